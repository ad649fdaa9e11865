"""`rehabgames what-if`: a session that was played, asked again under other settings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rehabgames.cli.output import must_be_writable, tell_trouble_with_words, write_json


def what_if(
    session: Annotated[str, typer.Argument(help="A session's id or its beginning; or 'last'.")] = "last",
    adapter: Annotated[
        str | None, typer.Option(help="skill, weighted_up_down, n_down_one_up, quest_plus or fixed.")
    ] = None,
    target: Annotated[float | None, typer.Option(help="Share of tries that ought to succeed.")] = None,
    lock: Annotated[
        list[str] | None, typer.Option(metavar="AXIS=LEVEL", help="An axis that stays; may be repeated.")
    ] = None,
    order: Annotated[
        str | None, typer.Option(metavar="AXIS,AXIS", help="The axes that move, the first one first.")
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the numbers to this file.")] = None,
) -> None:
    """What other settings would have asked, trial by trial, in a session that was played."""
    from rehabgames.app.telling_what_if import tell_what_if
    from rehabgames.app.what_if import Wishes
    from rehabgames.app.what_if import what_if as found_by

    must_be_writable(json_file)
    tell_trouble_with_words()
    found = found_by(session, Wishes(adapter, target, tuple(lock or ()), order))
    write_json(json_file, found.as_json())
    tell_what_if(found)
