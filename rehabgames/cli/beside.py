"""The commands beside playing."""

from __future__ import annotations

from typing import Annotated

import typer

from rehabgames.core.errors import UseError


def update(
    check: Annotated[
        bool, typer.Option("--check", help="Ask the package index for the newest version, once, now.")
    ] = False,
    index: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The index to ask, in place of the one that pip is set to."),
    ] = None,
) -> None:
    """Tell whether there is a newer version. Nothing is asked unless you ask, and nothing is installed."""
    from rehabgames.app.telling import say
    from rehabgames.app.update import newest

    if not check:
        raise UseError("Nothing was asked.", "Ask the package index: rehabgames update --check")
    say(str(newest(index)))
