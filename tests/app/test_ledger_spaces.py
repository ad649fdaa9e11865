"""The ledger keeps arm, weight and hand apart, and tells of each what it can have won."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rehabgames.app.ledger import account
from rehabgames.app.measure import measure
from rehabgames.app.telling_ledger import tell_account
from rehabgames.app.telling_measures import tell_measured
from rehabgames.core.document import Document
from rehabgames.records.store import Store
from rehabgames.testing.acting import Act, act, setup_for

ACTED = ("river_steer", "concert_taps", "kitchen_pour", "library_trace")


@pytest.fixture(scope="module")
def acted() -> dict[str, tuple[Document, ...]]:
    return {name: act(Act(setup_for(name, 3), "mild", 3, tries=5)).documents for name in ACTED}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, acted: dict[str, tuple[Document, ...]]) -> Path:
    """Each exercise once, and the river on three days."""
    folder = tmp_path_factory.mktemp("ledger")
    with Store.open(folder) as store:
        for name, documents in acted.items():
            keep(store, documents, name, "2026-01-01")
        for day in ("2026-01-02", "2026-01-03"):
            keep(store, acted["river_steer"], f"river_{day}", day)
    return folder


def keep(store: Store, documents: tuple[Document, ...], session: str, day: str) -> None:
    for each in documents:
        body = dict(each.body)
        if each.kind == "start":
            body["started_utc"] = f"{day}T08:00:00.000+00:00"
        if each.kind == "stop":
            body |= {"status": "completed", "done": {**body["done"], "day": day}}
        store.add(replace(each, session_id=session, body=body))


@pytest.fixture
def record(made: Path, home: Path) -> Iterator[Path]:
    shutil.copytree(made, home)
    return home


def test_each_practice_has_a_row_of_its_own(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = account("virtual")
    rows = [(day.day, day.practice, day.sessions) for day in found.days]
    assert rows == [
        ("2026-01-01", "arm", 1),
        ("2026-01-01", "hand", 2),
        ("2026-01-01", "shift", 1),
        ("2026-01-02", "shift", 1),
        ("2026-01-03", "shift", 1),
    ]
    assert all(day.ledger.purposeful + day.ledger.short == 5 * day.sessions for day in found.days)
    assert all(0 < day.ledger.active_minutes <= day.minutes for day in found.days)
    told = found.as_json()
    json.dumps(told, allow_nan=False)
    assert [day["practice"] for day in told["days"]] == [practice for _, practice, _ in rows]
    tell_account(found)
    said = capsys.readouterr().out
    assert "\N{HORIZONTAL ELLIPSIS}" not in said
    assert "weight" in said


def test_a_shift_wins_way_to_the_sides_and_nothing_by_an_arm(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = account("virtual")
    (won,) = found.won
    assert (won.exercise, won.gains.practice, won.gains.sessions) == ("river_steer", "shift", 2)
    assert won.gains.verdict == "none"  # the same session three times
    changes = {each.of for each in won.gains.changes}
    assert changes == {f"range_of_motion.seated_shift.{side}" for side in ("left", "right")}
    assert found.as_json()["gains"][0]["side"] is None
    tell_account(found)
    said = capsys.readouterr().out
    assert "river_steer: no change beyond this person's own spread." in said
    assert "right arm" not in said


@pytest.mark.parametrize(
    ("session", "names"),
    [
        ("river_steer", {"time_seen", "range_of_motion", "end_of_range", "neutral_position"}),
        (
            "concert_taps",
            {
                "time_seen",
                "hand_range_used",
                "tap_amplitude",
                "tap_opening_speed",
                "tap_closing_speed",
                "tap_decrement",
                "tap_decrement_slope",
                "tap_hesitations",
                "tap_count",
            },
        ),
        (
            "kitchen_pour",
            {
                "time_seen",
                "grasp_releases",
                "grasp_release_rate",
                "closing_time",
                "opening_time",
                "hand_range_used",
            },
        ),
    ],
)
def test_only_what_has_a_meaning_is_measured(
    record: Path, session: str, names: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    found = measure(session, None, None, lambda *_: None)
    assert {each.name for each in found.measured} == names
    (seen,) = [each for each in found.measured if each.name == "time_seen"]
    assert seen.value > 95.0
    tell_measured(found, everything=True)
    said = capsys.readouterr().out
    assert "nobody was in the picture" not in said


def test_a_reach_is_measured_as_ever(record: Path) -> None:
    found = measure("library_trace", None, None, lambda *_: None)
    assert {"reaches", "path_ratio", "trunk_share", "range_of_motion"} <= {m.name for m in found.measured}


def test_a_shift_is_measured_from_where_it_rests_and_in_play_alone(record: Path) -> None:
    found = {(m.name, m.of): m for m in measure("river_steer", None, None, lambda *_: None).measured}
    for side, sign in (("left", -1), ("right", 1)):
        of = f"seated_shift.{side}"
        way, end, rest = (found[n, of] for n in ("range_of_motion", "end_of_range", "neutral_position"))
        if way.good:
            assert way.unit == "trunk lengths"
            assert sign * (end.value - rest.value) == pytest.approx(way.value)
            assert abs(rest.value) < 0.03
            assert 0.08 < way.value < 0.25
    assert any(each.good for (name, _), each in found.items() if name == "range_of_motion")
