"""What a session knows before it begins: the plan, what was done earlier, what was learnt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acted_sessions import acted, keep

from rehabgames.app.plan import new_plan, set_plan
from rehabgames.app.planned import planned, with_earlier, with_learnt
from rehabgames.app.wiring import Request, setup_of
from rehabgames.core.document import Document
from rehabgames.core.errors import ContentError, UseError
from rehabgames.records.folder import data_folder
from rehabgames.records.store import Store
from rehabgames.session import Setup


def wanted(side: str = "right") -> Setup:
    return setup_of(Request("orchard_reach", "patient", "left" if side == "left" else "right"))


@pytest.fixture
def store(home: Path):
    with Store.open(data_folder()) as opened:
        yield opened


def record(store: Store, session_id: str, ago: timedelta, stop: dict | None, side: str = "right") -> None:
    started = (datetime.now(UTC) - ago).isoformat()
    start = {
        "patient": "patient",
        "side": side,
        "exercise": {"id": "orchard_reach", "title": "Orchard", "sha256": ""},
        "started_utc": started,
    }
    store.add(Document(session_id, 0, "start", 0.0, start))
    if stop is not None:
        store.add(Document(session_id, 1, "stop", 300.0, {"status": "completed", "reason": "dose", **stop}))


def test_without_a_plan_the_defaults_hold(home: Path) -> None:
    setup = wanted()
    assert planned(setup) == setup


def test_a_plan_is_what_is_played(home: Path) -> None:
    new_plan("patient", "orchard_reach", "right")
    set_plan(
        "patient",
        [("limits.shoulder_elevation_deg", "70"), ("exercise.orchard_reach.target_success", "0.85")],
        "AB",
        "shoulder pain",
    )
    setup = planned(wanted())
    assert setup.limits.shoulder_elevation_deg == 70
    assert setup.prescription is not None
    assert setup.prescription.target_success == 0.85
    other = planned(wanted("left"))
    assert other.prescription is None
    assert other.limits == setup.limits


def test_by_a_broken_plan_nothing_is_played(home: Path) -> None:
    new_plan("patient", "orchard_reach", "right")
    path = data_folder() / "plans" / "patient.toml"
    path.write_text(path.read_text("utf-8") + "\nnonsense = 1\n", "utf-8")
    with pytest.raises(ContentError):
        planned(wanted())


def test_hazard_h3_what_was_done_earlier_is_remembered(store: Store) -> None:
    done = {"begun_s": 100.0, "minutes": 12.5, "repetitions": 80, "day": "2026-11-21", "ended_s": 900.0}
    record(store, "old", timedelta(days=3), {"done": done})
    record(store, "cut", timedelta(hours=3), None)
    record(store, "today", timedelta(hours=1), {"trials": 80, "done": done})
    before = with_earlier(wanted(), store).before
    assert [each.minutes for each in before][-1] == 12.5
    assert before[-1].repetitions == 80
    assert len(before) == 2


def test_the_next_session_begins_with_what_the_last_one_found(store: Store) -> None:
    record(store, "one", timedelta(hours=5), {"learnt": {"levels": {"distance": 0.8}, "sd": 0.1}})
    record(store, "two", timedelta(hours=2), {"learnt": {"levels": {"distance": 0.9}, "sd": 0.05}})
    record(store, "left", timedelta(hours=1), {"learnt": {"levels": {"distance": 0.5}, "sd": 0.05}}, "left")
    learnt = with_learnt(wanted(), store).learnt
    assert learnt is not None
    assert learnt.levels == {"distance": 0.9}


@pytest.mark.parametrize(
    "told", [{"levels": 3}, {"levels": {"distance": "far"}, "sd": 0.1}, {"levels": {}, "sd": -1.0}, "x"]
)
def test_what_is_damaged_is_not_begun_with(store: Store, told: object) -> None:
    record(store, "one", timedelta(hours=5), {"learnt": told})
    assert with_learnt(wanted(), store).learnt is None


def test_a_real_session_leaves_what_the_next_begins_with(store: Store) -> None:
    keep(store, acted("first", 20, patient="patient"))
    stop = store.session("first").stop or {}
    assert stop["done"]["minutes"] == pytest.approx(0.5, abs=0.1)
    learnt = with_learnt(wanted(), store).learnt
    assert learnt is not None
    assert learnt.levels["distance"] > 0.7
    assert 0 < learnt.sd < 0.3


def test_hazard_h3_in_the_first_days_after_onset_there_is_nothing_and_then_less(home: Path) -> None:
    day = datetime.now().astimezone().date()
    new_plan("patient", "orchard_reach", "right")
    set_plan("patient", [("onset", str(day - timedelta(days=1)))])
    with pytest.raises(UseError, match="in the first days nothing is practised"):
        planned(wanted())
    set_plan("patient", [("early_dose", "true")], by="A. Meier", reason="stable, seen daily")
    assert planned(wanted()).limits.minutes_day == 60.0
    set_plan("patient", [("early_dose", "false"), ("onset", str(day - timedelta(days=5)))])
    assert planned(wanted()).limits.minutes_day == 30.0
    set_plan("patient", [("onset", str(day - timedelta(days=15)))])
    assert planned(wanted()).limits.minutes_day == 60.0
