"""The commands beside playing: reminders, messages, the desktop, and whether there is a newer version."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rehabgames.cli.output import must_be_writable, tell_trouble_with_words
from rehabgames.core.errors import StoreError, UseError

Whose = Annotated[
    str | None,
    typer.Option("--player", metavar="ID", help="Who is meant, where several play here."),
]


def remind(
    at: Annotated[
        str, typer.Option("--at", metavar="HH:MM", help="By the clock on the wall, such as 10:00.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.ics", help="The calendar file to write.")],
    days: Annotated[
        str | None, typer.Option(metavar="DAYS", help="Such as mo,we,fr; every day where none is named.")
    ] = None,
    player: Whose = None,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What the calendar shows, in other words than usual.")
    ] = None,
) -> None:
    """Write a calendar file that reminds of practice; open it with any calendar."""
    from rehabgames.app.players import player_named
    from rehabgames.app.remind import calendar, days_said, reminder
    from rehabgames.app.telling import say
    from rehabgames.content.whole import OWNER_ONLY, write_whole

    wanted = reminder(at, days, title)
    must_be_writable(out)
    tell_trouble_with_words()
    text = calendar(wanted, player_named(player))
    try:
        write_whole(out, text, OWNER_ONLY)
    except OSError as error:
        raise StoreError(f"{out} cannot be written ({error.strerror}).", "Name another file.") from error
    say(f"{out}: {wanted.at:%H:%M}, {days_said(wanted)}. Open it with a calendar.")


def message(
    text: Annotated[str | None, typer.Argument(help="What the therapist is to know.")] = None,
    player: Whose = None,
    helper: Annotated[bool, typer.Option("--helper", help="A helper writes it, not the patient.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Show the messages that were left.")] = False,
) -> None:
    """Leave a message for the therapist. It is kept in the record, and travels with it."""
    from rehabgames.app.messages import leave_message, left_messages
    from rehabgames.app.players import player_named
    from rehabgames.app.telling import say
    from rehabgames.app.telling_messages import tell_messages
    from rehabgames.core.message import Message
    from rehabgames.words import render

    if (text is None) != listed:
        step = 'Leave one: rehabgames message "Good day"; or see them: rehabgames message --list'
        raise UseError("Give a message or --list, one of the two.", step)
    tell_trouble_with_words()
    if text is None:
        tell_messages(left_messages(None if player is None else player_named(player)))
        return
    who = player_named(player)
    leave_message(text, who, "helper" if helper else "patient")
    say(render(Message("message.kept"), who.comfort.language))


def notice() -> None:
    """At login: whoever has not practised today is told so once a day, and may begin."""
    from rehabgames.app.notice import due, tell
    from rehabgames.app.play import Screen
    from rehabgames.app.telling import say, tell_notes
    from rehabgames.cli.playing import home
    from rehabgames.stage.window import display_available

    tell_trouble_with_words()
    waiting, notes = due()
    for note in notes:
        say(note)
    if waiting is None:
        say("There is nobody to be told now.")
        return
    if not display_available():
        raise UseError("There is no display here that a notice could be shown on.", "Log in at a screen.")
    begins, missing = tell(waiting, Screen())
    if begins:
        home()
    else:
        tell_notes(missing)


def install_desktop(
    at_login: Annotated[
        bool, typer.Option("--at-login", help="Also tell once a day, at login, that practice is waiting.")
    ] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take all of it away again.")] = False,
) -> None:
    """Put rehabgames into the menu of programs of a Linux desktop, with its icon."""
    from rehabgames.app.desktop import install
    from rehabgames.app.desktop import remove as take_away
    from rehabgames.app.telling import say

    if remove and at_login:
        raise UseError("--at-login and --remove exclude each other.", "Name one of them.")
    if remove:
        for path in (gone := take_away()):
            say(f"{path}: removed")
        if not gone:
            say("There was nothing to remove.")
        return
    tell_trouble_with_words()
    for path in install(at_login=at_login):
        say(f"{path}: written")


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
