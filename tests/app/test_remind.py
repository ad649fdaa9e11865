"""Reminders: a calendar file by the grammar of RFC 5545, read here by a reader of its own."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.app.remind import DAYS, LINE_BYTES, Reminder, calendar, folded, reminder
from rehabgames.core.errors import UseError
from rehabgames.core.player import Comfort, Player
from rehabgames.words import languages

ADA = Player("p-17", "Ada")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=1)))
# contentline = name *(";" param ) ":" value, RFC 5545 section 3.1, as far as this file has parameters: not
LINE = re.compile(r"(?P<name>[A-Z][A-Z-]*):(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)")
# TEXT, section 3.3.11: no bare comma or semicolon, and a backslash only before one of \ ; , n N
TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
HEALTH = ("rehab", "therap", "terap", "stroke", "patient", "治疗", "康复", "معالج", "علاج")


def unfolded(text: str) -> list[str]:
    """Content lines of a file; every line ends with CR LF and is no longer than 75 octets."""
    assert text.endswith("\r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert all("\r" not in line and "\n" not in line for line in lines)
    assert all(len(line.encode("utf-8")) <= 75 for line in lines)
    return "\r\n".join(lines).replace("\r\n ", "").split("\r\n")


def parsed(text: str) -> dict[str, dict[str, str]]:
    """Component → its properties; each is there once, and what begins ends."""
    found: dict[str, dict[str, str]] = {}
    inside: list[str] = []
    for line in unfolded(text):
        match = LINE.fullmatch(line)
        assert match is not None, line
        name, value = match["name"], match["value"]
        if name == "BEGIN":
            inside.append(value)
            assert value not in found
            found[value] = {}
        elif name == "END":
            assert inside.pop() == value
        else:
            assert name not in found[inside[-1]], line
            found[inside[-1]][name] = value
    assert inside == []
    assert list(found) == ["VCALENDAR", "VEVENT", "VALARM"]
    return found


def plain(text: str) -> str:
    assert TEXT.fullmatch(text), text
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def test_the_file_is_a_calendar_with_one_event_and_an_alarm() -> None:
    found = parsed(calendar(reminder("10:00"), ADA, MONDAY))
    outer, event, alarm = found.values()
    assert outer["VERSION"] == "2.0"
    assert outer["PRODID"].startswith("-//rehabgames//")
    assert event["DTSTAMP"] == "20261123T080000Z"
    assert event["DTSTART"] == "20261123T100000"
    assert event["RRULE"] == "FREQ=DAILY"
    assert re.fullmatch(r"P(T\d+[HM])", event["DURATION"])
    assert re.fullmatch(r"[0-9a-f-]{36}@rehabgames", event["UID"])
    assert "p-17" not in event["UID"]
    assert event["CLASS"] == "PRIVATE"
    assert (plain(event["SUMMARY"]), alarm["ACTION"]) == ("Time to play", "DISPLAY")
    assert (plain(alarm["DESCRIPTION"]), alarm["TRIGGER"]) == ("Time to play", "PT0S")


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (datetime(2026, 11, 23, 9, 59, 59, tzinfo=UTC), "20261123T100000"),
        (datetime(2026, 11, 23, 10, 0, tzinfo=UTC), "20261127T100000"),
        (datetime(2026, 11, 24, 9, 0, tzinfo=UTC), "20261127T100000"),
        (datetime(2026, 11, 27, 10, 0, 1, tzinfo=UTC), "20261130T100000"),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), "20270101T100000"),
    ],
)
def test_it_begins_on_the_next_of_its_days(now: datetime, first: str) -> None:
    event = parsed(calendar(reminder("10:00", "fr,mo"), ADA, now))["VEVENT"]
    assert (event["RRULE"], event["DTSTART"]) == ("FREQ=WEEKLY;BYDAY=MO,FR", first)


def test_of_one_day_that_is_over_it_begins_a_week_later() -> None:
    event = parsed(calendar(reminder("8:30", "mo"), ADA, MONDAY))["VEVENT"]
    assert event["DTSTART"] == "20261130T083000"


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_the_time_is_that_of_the_wall_on_both_sides_of_a_clock_change(zone: str) -> None:
    for month, day in ((3, 28), (10, 24), (3, 7), (10, 31), (4, 4), (10, 3)):
        now = datetime(2026, month, day, 23, tzinfo=ZoneInfo(zone))
        event = parsed(calendar(reminder("02:30"), ADA, now))["VEVENT"]
        assert event["DTSTART"] == f"{now + timedelta(days=1):%Y%m%d}T023000"  # without a zone


def test_made_again_it_takes_the_place_of_the_one_before() -> None:
    first, again, other = (
        parsed(calendar(reminder(at), player, now))["VEVENT"]
        for at, player, now in (
            ("10:00", ADA, MONDAY),
            ("16:30", ADA, MONDAY + timedelta(minutes=1)),
            ("10:00", Player("p-18"), MONDAY),
        )
    )
    assert first["UID"] == again["UID"] != other["UID"]
    assert int(first["SEQUENCE"]) < int(again["SEQUENCE"]) < 2**31


@pytest.mark.parametrize("language", languages())
def test_it_speaks_the_players_language_and_says_nothing_of_health(language: str) -> None:
    player = Player("p-17", comfort=Comfort(language=language))
    found = parsed(calendar(reminder("10:00"), player, MONDAY))
    title, what = (plain(found["VEVENT"][name]) for name in ("SUMMARY", "DESCRIPTION"))
    assert (title == "Time to play") == (language == "en")
    for said in (title, what):
        assert [word for word in HEALTH if word.lower() in said.lower()] == []


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=300))
def test_any_line_is_folded_between_letters_and_comes_back(text: str) -> None:
    (line,) = unfolded(folded(f"SUMMARY:{text}"))
    assert line == f"SUMMARY:{text}"
    pieces = folded(f"SUMMARY:{text}").split("\r\n")
    assert all(len(piece.encode("utf-8")) <= LINE_BYTES for piece in pieces)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co")), max_size=80))
def test_any_title_comes_back_as_it_was(title: str) -> None:
    wanted = Reminder(time(10), title=" ".join(title.split()))
    shown = plain(parsed(calendar(wanted, ADA, MONDAY))["VEVENT"]["SUMMARY"])
    assert shown == (wanted.title or "Time to play")


@pytest.mark.parametrize("at", ["", "10", "24:00", "10:60", "ten", "10:00:00", "-1:00", "10.00", "1O:00"])
def test_what_is_no_time_of_day_is_one_sentence(at: str) -> None:
    with pytest.raises(UseError, match="no time of day") as refused:
        reminder(at)
    assert "--at 10:00" in str(refused.value)


@pytest.mark.parametrize(("days", "near"), [("mon", "'mo'"), ("mo,,tu", "Choose one of"), ("", "Choose one")])
def test_what_is_no_day_of_the_week_is_told_with_those_that_are(days: str, near: str) -> None:
    with pytest.raises(UseError, match="There is no day") as refused:
        reminder("10:00", days)
    assert near in str(refused.value)


@pytest.mark.parametrize("title", ["x" * 81, "\u202etxt", "a\x07b", "\u200b"])
def test_a_title_that_cannot_be_shown_is_refused(title: str) -> None:
    with pytest.raises(UseError, match="--title"):
        reminder("10:00", None, title)


def test_days_may_come_in_any_order_and_twice() -> None:
    assert reminder("7:05", " SU,mo,su ") == Reminder(time(7, 5), (0, 6))
    assert reminder("7:05").days == tuple(range(len(DAYS)))


def test_nothing_is_written_into_the_data_folder(home: Path) -> None:
    calendar(reminder("10:00"), ADA)
    assert not home.exists()
