"""The command line. Everything heavy is imported inside the command that needs it."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated

import typer

from rehabgames import __version__
from rehabgames.cli.bench import bench
from rehabgames.cli.beside import install_desktop, message, notice, remind, update
from rehabgames.cli.output import must_be_writable, tell_trouble_with_words, write_json
from rehabgames.cli.plan import plan
from rehabgames.cli.playing import JsonFile, Model, Side, calibrate, demo, home, play, takes_of
from rehabgames.cli.share import share
from rehabgames.cli.what_if import what_if
from rehabgames.core.errors import RehabgamesError, UseError

app = typer.Typer(
    name="rehabgames",
    help="Rehabilitation games played with the body, in front of a webcam.",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(plan, name="plan")
app.command()(home)
app.command()(demo)
app.command()(play)
app.command()(calibrate)
app.command()(bench)
app.command()(share)
app.command("what-if")(what_if)
app.command()(remind)
app.command()(message)
app.command()(notice)
app.command("install-desktop")(install_desktop)
app.command()(update)


def _tell_version(asked: bool) -> None:
    if asked:
        typer.echo(f"rehabgames {__version__}")
        raise typer.Exit


@app.callback()
def alone(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_tell_version, help="Tell the version."),
    ] = False,
) -> None:
    """Without a command: the home screen, for somebody who practises at home."""
    if context.invoked_subcommand is None:
        home()


@app.command()
def measure(
    what: Annotated[
        str, typer.Argument(metavar="SESSION|VIDEO", help="A session's id, 'last', or a video file.")
    ],
    side: Annotated[Side | None, typer.Option(help="The working arm in a video; else both are told.")] = None,
    latency_ms: Annotated[
        float | None,
        typer.Option(
            "--latency",
            help="Delay of camera and screen, ms, for reaction times; else as the session says it.",
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what could not be measured, and why.")
    ] = False,
    model: Model = None,
    json_file: JsonFile = None,
) -> None:
    """Every measure that applies to a session or a video, each with its validity."""
    from rehabgames.app.measure import measure as measured_of
    from rehabgames.app.telling import Bar
    from rehabgames.app.telling_measures import tell_measured

    if latency_ms is not None and not 0 <= latency_ms <= 1000:
        raise UseError(f"--latency {latency_ms:g} is not possible.", "Choose 0 to 1000 ms.")
    must_be_writable(json_file)
    tell_trouble_with_words()
    latency_s = None if latency_ms is None else latency_ms / 1000
    pose = takes_of(model).pose
    with Bar() as bar:
        found = measured_of(what, None if side is None else side.value, latency_s, bar, pose)
    write_json(json_file, found.as_json())
    tell_measured(found, everything=everything)


@app.command()
def track(
    video: Annotated[Path, typer.Argument(help="Any video file.")],
    signal: Annotated[list[str] | None, typer.Option(help="A signal to compute; may be repeated.")] = None,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Write signals per frame.")] = None,
    count: Annotated[str | None, typer.Option(help="Count the repetitions of this signal.")] = None,
    model: Model = None,
    json_file: JsonFile = None,
) -> None:
    """Turn a video into signals per frame, and count repetitions."""
    from rehabgames.app import track as tracking
    from rehabgames.app.telling import Bar, tell_tracked
    from rehabgames.signals import resolve

    for name in (*(signal or ()), *((count,) if count else ())):
        resolve(name)
    for target in (csv_file, json_file):
        must_be_writable(target)
    pose = takes_of(model).pose
    with Bar() as bar:
        tracked = tracking.track(video, signal or (), count, bar, pose)
    if csv_file is not None:
        tracking.write_csv(tracked, csv_file)
    write_json(json_file, tracked.as_json())
    tell_tracked(video, tracked)


@app.command("list")
def list_exercises(
    protocols: Annotated[
        bool, typer.Option("--protocols", help="The calibration protocols instead.")
    ] = False,
) -> None:
    """The exercises that can be played."""
    from rehabgames.app.repertoire import library
    from rehabgames.app.telling import tell_exercises, tell_protocols

    if protocols:
        tell_protocols(library().protocols())
        return
    exercises, broken = library().readable()
    tell_exercises(exercises)
    if broken:
        raise UseError("\n".join([*map(str, broken), "The others can be played."]))


@app.command()
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE|ID]...", help="Exercise or calibration files, or their names."),
    ] = None,
) -> None:
    """Judge exercise and calibration files; all that ship where none is named."""
    from rehabgames.app.repertoire import known, library
    from rehabgames.app.telling import tell_checked
    from rehabgames.content.finding import content_error
    from rehabgames.content.library import check as check_files
    from rehabgames.content.root import calibration_folder, exercises_folder

    shelf = library()
    named = [shelf.file_of(file) for file in files or ()]
    paths = named or sorted((*exercises_folder().glob("*.toml"), *calibration_folder().glob("*.toml")))
    findings = check_files(paths, known())
    if findings:
        raise content_error(findings)
    tell_checked(paths)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="ID", help="Small letters, digits and _.")],
    like: Annotated[str, typer.Option(help="The exercise to start from.")] = "orchard_reach",
) -> None:
    """Start an exercise of your own from one that exists."""
    from rehabgames.app.repertoire import library, own_exercises

    shelf = library()
    path = shelf.new_exercise(name, like, own_exercises())
    typer.echo(f"{path}\nEdit it, then: rehabgames check {path}")


@app.command()
def models() -> None:
    """List the tracking models, and fetch what is missing."""
    from rehabgames.app.telling import Bar, tell_models
    from rehabgames.tracking.models import list_models, model_path

    with Bar() as bar:
        for state in list_models():
            model_path(state.kind, progress=bar)
    tell_models(list_models())


@app.command()
def doctor(
    tune: Annotated[
        bool,
        typer.Option("--tune", help="First try each pose network that is here, and remember the best."),
    ] = False,
) -> None:
    """Tell what this machine has and lacks."""
    from rehabgames.app.doctor import examine
    from rehabgames.app.telling import Bar, tell_findings

    if tune:
        from rehabgames.app.telling import tell_tuned
        from rehabgames.testing.tuning import tune as find_best

        with Bar() as bar:
            tuned = find_best(bar)
        tell_tuned(tuned)
    findings = examine()
    tell_findings(findings)
    if any(finding.ok is False for finding in findings):
        raise typer.Exit(1)


@app.command()
def ledger(
    patient: Annotated[
        str | None,
        typer.Option("--patient", "--player", help="Whose; to be said where several play here."),
    ] = None,
    json_file: JsonFile = None,
) -> None:
    """What was practised day by day, and what it won: by the arm, or by the trunk."""
    from rehabgames.app.ledger import account
    from rehabgames.app.players import player_named
    from rehabgames.app.telling_ledger import tell_account

    must_be_writable(json_file)
    tell_trouble_with_words()
    found = account(patient or player_named(None).id)
    write_json(json_file, found.as_json())
    tell_account(found)


@app.command()
def report(
    session: Annotated[str, typer.Argument(help="A session's id or its beginning; or 'last'.")] = "last",
) -> None:
    """Write the report of a session again, and tell where it is."""
    from rehabgames.records.folder import data_folder
    from rehabgames.records.store import Store
    from rehabgames.reports.session_report import write_report

    tell_trouble_with_words()
    with Store.open(data_folder()) as store:
        typer.echo(str(write_report(store, session, data_folder())))


def run() -> None:
    """The program. Every failure is one plain message and an exit code: 2 use, 1 machine."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a letter that a terminal lacks becomes a ?
    try:
        app(standalone_mode=True)
    except RehabgamesError as error:
        typer.echo(f"rehabgames: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("rehabgames: stopped.", err=True)
        sys.exit(130)
