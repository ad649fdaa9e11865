"""What somebody at home has to do today: from the plan or the starter plan, less what is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from acted_sessions import acted, keep

from rehabgames.app.day import STARTER, Opener, day_of, starter
from rehabgames.app.plan import new_plan, set_plan
from rehabgames.app.planned import felt_today
from rehabgames.app.repertoire import library
from rehabgames.core.document import Document
from rehabgames.core.errors import UseError
from rehabgames.core.inputs import Answer
from rehabgames.core.message import Message
from rehabgames.core.player import Player
from rehabgames.records.folder import data_folder
from rehabgames.records.store import Store
from rehabgames.tracking.sources import VirtualSpec
from rehabgames.visit.flow import Flow
from rehabgames.visit.screens import screen_of

ADA = Player("p-17", "Ada", "bird", affected="right", points="left")
NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with Store.open(data_folder()) as opened:
        yield opened


@pytest.mark.parametrize("posture", ["sitting", "standing"])
@pytest.mark.parametrize("affected", ["left", "right", "both"])
def test_until_a_plan_comes_there_is_one_for_every_side_and_posture(affected, posture, store: Store) -> None:
    player = replace(ADA, affected=affected, posture=posture)
    day = day_of(player, (player,), store, NOON)
    assert [block.exercise for block in day.blocks] == list(STARTER[posture])
    assert {block.side for block in day.blocks} == ({"left", "right"} if affected == "both" else {affected})
    for block in day.blocks:
        exercise = library().exercise(block.exercise)
        assert block.posture == exercise.posture == "sitting"  # standing stays locked until a plan allows it
        assert block.place == exercise.place
    assert (day.left, day.sore, day.checked) == ((0, 1, 2), False, False)
    assert sum(each.minutes or 0 for each in starter(player)) == day.minutes == 15.0


def test_a_plan_takes_the_place_of_the_starter_plan(store: Store) -> None:
    new_plan("p-17", "kitchen_grasp", "left")
    (block,) = day_of(ADA, (ADA,), store, NOON).blocks
    assert (block.exercise, block.side, block.place) == ("kitchen_grasp", "left", "kitchen")


@pytest.fixture
def practised(store: Store) -> Store:
    """On the 12th, at eight in the morning UTC."""
    keep(store, acted("today", 12, minutes=0.1))
    return store


def test_what_was_done_today_is_left_out_and_what_was_yesterday_is_asked_about(practised: Store) -> None:
    today = day_of(ADA, (ADA,), practised, NOON)
    assert ([block.done for block in today.blocks], today.left, today.sore) == (
        [True, False, False],
        (1, 2),
        False,
    )
    tomorrow = day_of(ADA, (ADA,), practised, NOON + timedelta(days=1))
    assert (tomorrow.left, tomorrow.sore) == ((0, 1, 2), True)
    assert not day_of(ADA, (ADA,), practised, NOON + timedelta(days=3)).sore


def test_the_day_ends_at_midnight_by_the_wall(practised: Store) -> None:
    """Eight in the morning in Greenwich is still yesterday evening in Honolulu, before and after midnight."""
    honolulu = timezone(timedelta(hours=-10))
    evening = datetime(2026, 11, 11, 23, 30, tzinfo=honolulu)
    assert day_of(ADA, (ADA,), practised, evening).blocks[0].done
    assert not day_of(ADA, (ADA,), practised, evening + timedelta(hours=1)).blocks[0].done


def test_what_another_or_the_other_arm_did_is_not_done(practised: Store) -> None:
    other, left = replace(ADA, id="p-18"), replace(ADA, affected="left")
    assert not day_of(other, (ADA, other), practised, NOON).blocks[0].done
    assert not day_of(left, (left,), practised, NOON).blocks[0].done


def test_sessions_are_opened_for_whom_it_is_with_what_was_said(practised: Store) -> None:
    opener = Opener(practised, VirtualSpec("healthy", "right", 1))
    day = day_of(ADA, (ADA,), practised, NOON)
    said = (Answer("pain", 2.0),)
    room, block = opener.room(day, said)._setup, opener.block(day, 1, said)._setup
    assert (room.patient, room.protocol.id, room.exercise, room.said) == ("p-17", "room_check", None, said)
    assert block.exercise is not None
    assert (block.patient, block.exercise.id, block.side) == ("p-17", "star_shift", "right")
    assert (block.said, block.asks, block.minutes, block.confirms) == (said, ("effort", "pain"), 5.0, True)
    assert not block.known
    assert room.session_id != block.session_id


def test_a_plan_that_allows_nothing_yet_is_said(store: Store) -> None:
    path = new_plan("p-17", "orchard_reach", "right")
    assert path.patient == "p-17"
    file = data_folder() / "plans" / "p-17.toml"
    today = datetime.now().astimezone().date().isoformat()
    file.write_text(file.read_text("utf-8").replace('onset = ""', f'onset = "{today}"'), "utf-8")
    assert day_of(ADA, (ADA,), store).blocks == ()


def test_whom_to_call_is_what_the_therapist_wrote(store: Store) -> None:
    new_plan("p-17", "orchard_reach", "right")
    set_plan("p-17", [("contact", "Praxis am Ring 030 1234567")])
    day = day_of(ADA, (ADA,), store, NOON)
    flow = Flow(day)
    flow.chose("start", 0.0)
    flow.chose("yes", 1.0)
    whom = Message("menu.contact", {"contact": "Praxis am Ring 030 1234567"})
    assert (flow.at, screen_of(flow).facts) == ("advice", (Message("why.chest_pain"), whom))
    with pytest.raises(UseError, match="contact"):
        set_plan("p-17", [("contact", "x" * 41)])


def document(session_id: str, number: int, kind, **body) -> Document:
    return Document(session_id, number, kind, float(number), body)


def stopped(store: Store, reason: str, minutes: float, pain: float = 1.0, status: str = "stopped") -> None:
    """Somebody played for so long today, said so much pain, and it ended like this."""
    many = len(store.sessions())
    name, at = f"cut-{many}", NOON - timedelta(hours=3 - many)
    begun = {"patient": "p-17", "side": "right", "started_utc": at.isoformat()}
    exercise = {"id": "orchard_reach", "title": "Orchard", "sha256": ""}
    state = "go" if pain < 4 else "ease"
    done = {"begun_s": 0.0, "minutes": minutes, "repetitions": 9, "day": "2026-11-12", "ended_s": 1.0}
    store.add(document(name, 0, "start", **begun, exercise=exercise))
    store.add(document(name, 1, "event", name="answer", what="pain", value=pain, state=state))
    store.add(document(name, 2, "stop", status=status, reason=reason, done=done))


@pytest.mark.parametrize(("reason", "status"), [("key", "stopped"), ("tracking", "failed")])
def test_what_was_stopped_or_failed_goes_on_with_what_is_left(reason, status, store: Store) -> None:
    stopped(store, reason, 2.0, status=status)
    day = day_of(ADA, (ADA,), store, NOON)
    first = day.blocks[0]
    assert (first.done, first.minutes, day.begun, day.minutes) == (False, 3.0, True, 13.0)
    stopped(store, reason, 2.5, status=status)
    assert day_of(ADA, (ADA,), store, NOON).blocks[0].done


def test_what_a_rule_ended_is_over_for_today(store: Store) -> None:
    stopped(store, "pain_end", 1.0, pain=6.0)
    assert day_of(ADA, (ADA,), store, NOON).left == (1, 2)


def test_the_first_pain_of_the_day_is_that_of_its_first_session(store: Store) -> None:
    stopped(store, "key", 1.0, pain=2.0)
    stopped(store, "key", 1.0, pain=5.0)
    day = day_of(ADA, (ADA,), store, NOON)
    assert day.first_pain == 2.0
    assert day_of(ADA, (ADA,), store, NOON + timedelta(days=1)).first_pain is None
    assert felt_today("p-17", store, NOON) == (2.0, True)
    assert felt_today("p-17", store, NOON + timedelta(days=1)) == (None, False)
