"""The ledger of a patient, from real sessions of virtual patients in a real record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from acted_sessions import acted, keep

from rehabgames.app.ledger import account
from rehabgames.app.telling_ledger import tell_account
from rehabgames.core.document import Document
from rehabgames.core.errors import StoreError, UseError
from rehabgames.records.folder import data_folder
from rehabgames.records.store import DATABASE_NAME, Store

Once = Callable[[str, Callable[[Path], Any]], Any]

KINDS = ("severe", "severe", "severe", "healthy")


@pytest.fixture
def practised(home: Path, once: Once) -> list[dict]:
    """The stop of each of four days, as it went into the record."""
    days: list[list[Document]] = once("ledger-days", lambda _: four_days())
    with Store.open(data_folder()) as store:
        for documents in days:
            keep(store, documents)
    return [documents[-1].body for documents in days]


def four_days() -> list[list[Document]]:
    # one person, who is on three days alike and then another; how alike is not what is tried here
    return [acted(f"day-{day}", day, kind, minutes=1.0, seed=10) for day, kind in enumerate(KINDS, start=10)]


def test_each_day_adds_up_and_the_arm_gets_the_credit(
    practised: list[dict], capsys: pytest.CaptureFixture[str]
) -> None:
    found = account("p-17")
    assert [day.day for day in found.days] == [f"2026-11-{day}" for day in range(10, 14)]
    for day, stop in zip(found.days, practised, strict=True):
        kept = stop["ledger"]
        assert day.ledger.purposeful == kept["purposeful"]
        assert day.ledger.compensated == kept["compensated"]
        assert day.minutes == pytest.approx(stop["done"]["minutes"])
        assert 0 < day.ledger.active_minutes <= day.minutes
    assert found.days[-1].ledger.purposeful > found.days[0].ledger.purposeful
    (won,) = found.won
    assert (won.exercise, won.gains.side, won.gains.sessions) == ("orchard_reach", "right", 3)
    assert won.gains.verdict == "restored"
    json.dumps(found.as_json(), allow_nan=False)
    tell_account(found)
    said = capsys.readouterr().out
    assert "by the arm, not by the trunk" in said
    assert "2026-11-13" in said


def test_a_session_without_a_ledger_is_said_and_not_counted(
    practised: list[dict], capsys: pytest.CaptureFixture[str]
) -> None:
    cut = acted("cut", 14)[:-1]
    with Store.open(data_folder()) as store:
        keep(store, cut)
    found = account("p-17")
    assert (found.days[-1].day, found.days[-1].unknown) == ("2026-11-14", 1)
    assert found.days[-1].ledger.purposeful == 0
    tell_account(found)
    assert "* with a session that was cut off" in capsys.readouterr().out


@pytest.mark.parametrize("stop", ["{oops", "[1, 2]", '{"done": "x", "ledger": {"purposeful": 1e300}}'])
def test_a_damaged_stop_is_no_traceback_and_no_number(practised: list[dict], stop: str) -> None:
    with sqlite3.connect(data_folder() / DATABASE_NAME) as record:
        record.execute("UPDATE sessions SET stop = ? WHERE id = 'day-12'", (stop,))
    record.close()
    if stop == "{oops":
        with pytest.raises(StoreError, match="is damaged"):
            account("p-17")
        return
    damaged = account("p-17").days[2]
    assert (damaged.sessions, damaged.unknown, damaged.minutes) == (1, 1, 0.0)
    assert damaged.ledger.purposeful == 0


def test_nobody_has_no_ledger(home: Path) -> None:
    with pytest.raises(UseError, match="has not played anything yet"):
        account("nobody")


@pytest.mark.parametrize("stop", ["as it was", "without a day"])
def test_a_session_that_says_not_when_it_began_is_counted(
    practised: list[dict], capsys: pytest.CaptureFixture[str], stop: str
) -> None:
    """Its practice counts; which gain it was the first or the last of nobody knows."""
    before = account("p-17")
    with sqlite3.connect(data_folder() / DATABASE_NAME) as record:
        record.execute("UPDATE sessions SET started_utc = NULL WHERE id = 'day-13'")
        if stop == "without a day":
            record.execute("UPDATE sessions SET stop = json_remove(stop, '$.done.day') WHERE id = 'day-13'")
    record.close()
    found = account("p-17")
    tell_account(found)
    said = capsys.readouterr().out
    told = {day.day: day.ledger for day in found.days}
    days = [day.day for day in before.days]
    if stop == "as it was" and practised[3]["done"]["day"]:
        assert [day.day for day in found.days] == days
    else:
        assert list(told) == ["", *days[:3]]
        assert "unknown" in said
    assert sorted(map(str, told.values())) == sorted(str(day.ledger) for day in before.days)
    (won,) = found.won
    assert won.gains.sessions == 2
