"""`rehabgames plan`: how a therapist says what one patient practises, and what must never be asked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rehabgames.core.errors import UseError, unknown_name

plan = typer.Typer(
    help="What one patient practises, and what must never be asked of this patient.", no_args_is_help=True
)

Patient = Annotated[str, typer.Option(help="The patient's pseudonym.")]


@plan.command("show")
def show(
    patient: Patient = "patient",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """What is prescribed, and which limits hold today."""
    import json

    from rehabgames.app.plan import see_plan
    from rehabgames.app.telling_plan import plan_json, tell_plan

    seen = see_plan(patient)
    if as_json:
        typer.echo(json.dumps(plan_json(seen, patient), indent=2, allow_nan=False))
    else:
        tell_plan(seen, patient)


@plan.command("new")
def new(
    patient: Patient = "patient",
    exercise: Annotated[
        str | None, typer.Option(help="Prescribe this one; see 'rehabgames list'. Needs --side.")
    ] = None,
    side: Annotated[str | None, typer.Option(help="The working arm, left or right.")] = None,
) -> None:
    """Begin a plan: a text file in which every line is explained."""
    from rehabgames.app.plan import new_plan, plan_path

    new_plan(patient, exercise, side)
    path = plan_path(patient)
    typer.echo(f"{path}\nEdit it, then: rehabgames plan check {path}")


# a value may begin with a dash: -1 is a number, and no option
@plan.command("set", context_settings={"ignore_unknown_options": True})
def change(
    changes: Annotated[
        list[str] | None,
        typer.Argument(metavar="KEY VALUE...", help="Such as: limits.shoulder_elevation_deg 70"),
    ] = None,
    patient: Patient = "patient",
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who changes it.")] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why; loosening needs it.")] = None,
) -> None:
    """Change keys of a plan, all or none; its notes and its order stay."""
    from rehabgames.app.plan import plan_path, set_plan

    changes = changes or []
    for said in changes:
        if said.startswith("--") and len(said) > 2:
            raise unknown_name("option", said, ("--patient", "--by", "--reason"))
    if not changes:
        raise UseError("No key is named.", "Give pairs: rehabgames plan set KEY VALUE")
    if len(changes) % 2:
        raise UseError(f"{changes[-1]!a} has no value.", "Give pairs: rehabgames plan set KEY VALUE")
    made = set_plan(patient, list(zip(changes[::2], changes[1::2], strict=True)), by, reason)
    typer.echo(f"{plan_path(patient)}: version {made.version} holds from the next session on")


@plan.command("check")
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Plan files; those of all patients where none is named.")
    ] = None,
) -> None:
    """Judge plans. A patient's own plan that was edited becomes the next version if it is good."""
    from rehabgames.app.plan import check_plans

    judged = check_plans(files or ())
    for path, made in judged:
        typer.echo(f"{path}: good" + (f", kept as version {made.version}" if made else ""))
    if not judged:
        typer.echo("There is no plan yet, so the defaults hold. Begin one: rehabgames plan new")
