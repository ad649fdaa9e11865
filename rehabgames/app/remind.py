"""Reminders: a calendar file (RFC 5545) with one event that comes again on the days of practice.

Its time has no zone ("10:00 wherever the clock hangs"), so it stays at 10:00 when clocks change. Nothing in
it says what the practice is for, and it asks calendars to show it to nobody else.
"""

from __future__ import annotations

import platform
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from rehabgames import __version__
from rehabgames.content.rules import TURNING, is_visible
from rehabgames.core.errors import UseError, unknown_name
from rehabgames.core.message import Message
from rehabgames.core.player import Player
from rehabgames.records.folder import data_folder
from rehabgames.words import render

DAYS: Final = ("mo", "tu", "we", "th", "fr", "sa", "su")
LASTS: Final = "PT30M"  # what is planned for most days, with rests
LONGEST_TITLE: Final = 80
LINE_BYTES: Final = 75  # of one line of the file, at most
_AT: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reminder:
    """at: by the clock on the wall; days: numbers of weekdays, Monday is 0; title: "" for the usual one."""

    at: time
    days: tuple[int, ...] = tuple(range(7))
    title: str = ""


def reminder(at: str, days: str | None = None, title: str | None = None) -> Reminder:
    """As people type it: "10:00", "mo,we,fr". Raises UseError."""
    clock = _AT.fullmatch(at.strip())
    if clock is None:
        raise UseError(f"{at[:40]!a} is no time of day.", "Say it like this: --at 10:00, or --at 16:30")
    said = [each.strip().lower() for each in days.split(",")] if days is not None else list(DAYS)
    for each in said:
        if each not in DAYS:
            raise unknown_name("day", each[:40], DAYS)
    title = "" if title is None else " ".join(title.split())
    if len(title) > LONGEST_TITLE or (title and not _readable(title)):
        raise UseError(f"--title must be text of 1..{LONGEST_TITLE} characters.", "Give another one.")
    numbers = tuple(sorted({DAYS.index(each) for each in said}))
    return Reminder(time(int(clock[1]), int(clock[2])), numbers, title)


def calendar(wanted: Reminder, player: Player, now: datetime | None = None) -> str:
    """The text of the file, its lines ended by CR LF. now: with its zone; None: by the wall."""
    now = datetime.now().astimezone() if now is None else now
    language = player.comfort.language
    title = wanted.title or render(Message("remind.title"), language)
    stamp = now.astimezone(UTC)
    daily = len(wanted.days) == len(DAYS)
    by_day = ",".join(DAYS[number].upper() for number in wanted.days)
    lines = (
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", f"-//rehabgames//rehabgames {__version__}//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("BEGIN", "VEVENT"),
        ("UID", _identity(player)),
        ("DTSTAMP", f"{stamp:%Y%m%dT%H%M%SZ}"),
        # of two with one identity, a calendar keeps the one that was made later
        ("SEQUENCE", str(max(0, int((stamp - _EPOCH).total_seconds())))),
        ("DTSTART", f"{_first(wanted, now):%Y%m%dT%H%M%S}"),
        ("DURATION", LASTS),
        ("RRULE", "FREQ=DAILY" if daily else f"FREQ=WEEKLY;BYDAY={by_day}"),
        ("SUMMARY", _escaped(title)),
        ("DESCRIPTION", _escaped(render(Message("remind.what"), language))),
        ("CLASS", "PRIVATE"),
        ("TRANSP", "TRANSPARENT"),
        ("BEGIN", "VALARM"),
        ("ACTION", "DISPLAY"),
        ("TRIGGER", "PT0S"),
        ("DESCRIPTION", _escaped(title)),
        ("END", "VALARM"),
        ("END", "VEVENT"),
        ("END", "VCALENDAR"),
    )
    return "".join(folded(f"{name}:{value}") for name, value in lines)


def _readable(text: str) -> bool:
    printable = all(each.isprintable() or each in "\u200c\u200d" for each in text)
    return printable and not TURNING & set(text) and any(map(is_visible, text))


def _identity(player: Player) -> str:
    """The same for one person on one machine, so that a file that is made again takes the place of the one
    before; it gives away neither."""
    whose = f"{platform.node()} {data_folder()} {player.id}"
    return f"{uuid.uuid5(uuid.NAMESPACE_OID, whose)}@rehabgames"


def _first(wanted: Reminder, now: datetime) -> datetime:
    """When it is time for the first time, by the wall: today only if that is still to come."""
    days = (now.date() + timedelta(days=ahead) for ahead in range(8))
    times = (datetime.combine(day, wanted.at) for day in days if day.weekday() in wanted.days)
    return next(each for each in times if each > now.replace(tzinfo=None))


def _escaped(text: str) -> str:
    """As a TEXT value."""
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def folded(line: str) -> str:
    """A content line with its end, parted where it is too long, never within a letter."""
    pieces, piece, size = [], "", 0
    for letter in line:
        more = len(letter.encode("utf-8"))
        if size + more > LINE_BYTES:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + more
    return "\r\n".join((*pieces, piece)) + "\r\n"


def days_said(wanted: Reminder) -> str:
    """For people who type: "mo, we, fr"."""
    daily = len(wanted.days) == len(DAYS)
    return "every day" if daily else ", ".join(DAYS[number] for number in wanted.days)
