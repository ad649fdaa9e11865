"""`rehabgames share`: a page about a week of practice, for the family."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rehabgames.cli.beside import Whose
from rehabgames.cli.output import must_be_writable, tell_trouble_with_words


def share(
    player: Whose = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A .pdf or .png; else a PDF in the data folder.")
    ] = None,
    name: Annotated[
        str, typer.Option(metavar="TEXT", help="A name to write on it; else there is none.")
    ] = "",
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Such as de; else that of the player.")
    ] = None,
) -> None:
    """One page to show to the family: the days, minutes and places of a week, and what is better."""
    from rehabgames.app.share import share as run_share
    from rehabgames.app.telling import say, tell_notes

    must_be_writable(out)
    tell_trouble_with_words()
    shared = run_share(player, out, name, language)
    tell_notes(shared.notes)
    say(str(shared.path))
