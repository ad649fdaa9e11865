"""What the record knows that may be told: days and minutes at once, gains as they are measured, aside."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from acted_sessions import acted, keep

from rehabgames.app.aside import Aside
from rehabgames.app.day import Opener, day_of
from rehabgames.app.gains import Past
from rehabgames.app.house import House
from rehabgames.app.players import keep_player
from rehabgames.core.document import Document
from rehabgames.core.errors import ModelError
from rehabgames.core.player import Player
from rehabgames.records.folder import data_folder
from rehabgames.records.store import DATABASE_NAME, Store
from rehabgames.tracking.sources import VirtualSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker
from rehabgames.visit.today import FEWEST, Told

Once = Callable[[str, Callable[[Path], Any]], Any]

ADA = Player("p-17", "Ada", "bird", affected="right", points="left")
DAYS = (9, 10, 11, 12, 13, 14)
EVENING = datetime(2026, 11, 14, 20, tzinfo=UTC)


def played(kinds: tuple[str, ...]) -> list[list[Document]]:
    """One person, who is alike on all days but the last."""
    return [
        acted(f"day-{day}", day, kind, minutes=1.0, seed=10) for day, kind in zip(DAYS, kinds, strict=True)
    ]


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with Store.open(data_folder()) as opened:
        yield opened


@pytest.fixture
def better(store: Store, once: Once) -> Store:
    """Five days alike, and a sixth on which the arm does what the trunk did."""
    for documents in once("told-better", lambda _: played(("severe",) * 5 + ("healthy",))):
        keep(store, documents)
    return store


def last(told: Iterator[Told]) -> Told:
    return list(told)[-1]


def kinds(told: Told) -> list[str]:
    return [each.text.id for each in told.news]


def test_what_an_arm_has_won_is_told_on_the_day_on_which_it_is_beyond_its_own_noise(better: Store) -> None:
    told = list(Past(better).told(ADA, EVENING))
    assert [each.whole for each in told] == [False, True]
    assert kinds(told[0]) == ["told.next"]
    assert "told.better.arm" in kinds(told[1])
    assert told[1].sums.days == len(DAYS)
    assert told[1].sums.minutes == pytest.approx(better.session("day-14").stop["done"]["minutes"])
    assert told[1].sums.count == better.session("day-14").stop["done"]["repetitions"]
    assert [each.practised for each in told[1].week] == [False] + [True] * 6
    assert [each.place for each in told[1].places] == ["orchard"]


def test_two_days_before_nothing_of_it_was_known(better: Store) -> None:
    """The same patient, alike: nothing is told as better, and of another patient nothing at all."""
    before = last(Past(better).told(ADA, EVENING - timedelta(days=2)))
    assert not [each for each in before.news if each.kind == "better"]
    other = last(Past(better).told(Player("p-18"), EVENING))
    assert (other.sums.days, other.sums.minutes, other.whole) == (0, 0.0, True)


def test_with_few_sessions_nothing_is_measured_and_that_is_said(better: Store) -> None:
    with sqlite3.connect(better.database) as record:
        record.execute("UPDATE sessions SET status = 'stopped' WHERE id IN ('day-9', 'day-10')")
    record.close()
    past = Past(better)
    assert kinds(last(past.told(ADA, EVENING))) == ["told.knowing", "told.next"]
    assert past._measured == {}


def test_what_today_is_compared_with_is_measured_ahead_and_once(better: Store) -> None:
    past = Past(better)
    assert len(list(past.ahead(ADA, EVENING))) == 5
    ready = dict(past._measured)
    assert set(ready) == {f"day-{day}" for day in DAYS[:5]}
    last(past.told(ADA, EVENING))
    assert {name: past._measured[name] is ready[name] for name in ready} == dict.fromkeys(ready, True)
    assert len(ready) >= FEWEST


@pytest.mark.parametrize(
    "stop",
    ["[1, 2]", '{"done": {"minutes": "x", "repetitions": true}}', '{"done": {"day": "tomorrow"}}', "{}"],
)
def test_a_damaged_session_is_left_out_and_the_others_are_told(better: Store, stop: str) -> None:
    with sqlite3.connect(better.database) as record:
        record.execute("UPDATE sessions SET stop = ? WHERE id = 'day-12'", (stop,))
    record.close()
    assert next(Past(better).told(ADA, EVENING)).sums.days == len(DAYS) - 1


# --- aside


@pytest.fixture
def aside(home: Path) -> Iterator[Aside]:
    made = Aside(data_folder())
    yield made
    made.close()


def awaited(aside: Aside, whole: bool = True, within_s: float = 200.0) -> Told:
    until_s = time.monotonic() + within_s
    while time.monotonic() < until_s:
        told = aside.told()
        if told is not None and told.whole >= whole:
            return told
        time.sleep(0.02)
    raise AssertionError("nothing was told")


def test_another_process_tells_the_same(better: Store, aside: Aside) -> None:
    aside.ask(ADA, EVENING, ("day-14",))
    assert aside.told() is None
    assert awaited(aside) == last(Past(better).told(ADA, EVENING))


def test_asking_and_looking_never_wait(store: Store, better: Store, aside: Aside, once: Once) -> None:
    """Beside a record of a hundred sessions, while these are measured."""
    many(better, 100)
    assert len(better.sessions()) >= 100
    spent_s, waited_s = [], []
    for number in range(60):
        began_s, wall_s = time.thread_time(), time.perf_counter()
        if number % 20 == 0:
            aside.ask(ADA, EVENING)
        aside.told()
        spent_s.append(time.thread_time() - began_s)
        waited_s.append(time.perf_counter() - wall_s)
        time.sleep(0.01)
    assert max(spent_s) < 0.005  # by the wall others may have run meanwhile
    assert sorted(waited_s)[len(waited_s) // 2] < 0.005
    assert awaited(aside, whole=False).sums.days == len(DAYS)


def many(store: Store, more: int) -> None:
    """So many more sessions of today's patient, long ago."""
    old = store.session("day-9")
    for number in range(more):
        began = EVENING - timedelta(days=40 + number)
        start = {**old.start, "started_utc": began.isoformat(), "side": "left"}
        store.add(Document(f"old-{number}", 0, "start", 0.0, start))
        stop = {**old.stop, "done": {**old.stop["done"], "day": str(began.date())}}
        store.add(Document(f"old-{number}", 1, "stop", 1.0, stop))


def test_it_waits_for_the_end_of_what_has_just_been_played(store: Store, aside: Aside, once: Once) -> None:
    """The last document is written while it is already asked."""
    days = once("told-better", lambda _: played(("severe",) * 5 + ("healthy",)))
    for documents in days[:-1]:
        keep(store, documents)
    keep(store, days[-1][:-1])
    aside.ask(ADA, EVENING, ("day-14",))
    time.sleep(0.5)
    assert aside.told() is None
    store.add(days[-1][-1])
    assert awaited(aside, whole=False).sums.minutes > 0.9


def test_only_what_was_asked_last_is_told(better: Store, aside: Aside) -> None:
    aside.ask(ADA, EVENING)
    awaited(aside, whole=False)
    aside.ask(Player("p-18"), EVENING)
    assert aside.told() is None
    assert awaited(aside).sums.days == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a signal that only POSIX systems have")
def test_where_it_died_nothing_is_told_and_nothing_breaks(store: Store, aside: Aside) -> None:
    assert aside._process.pid is not None
    os.kill(aside._process.pid, signal.SIGKILL)
    aside._process.join()
    for _ in range(3):
        aside.ask(ADA, EVENING)
        assert aside.told() is None


def test_a_damaged_record_tells_nothing(home: Path, aside: Aside) -> None:
    data_folder().mkdir(parents=True, exist_ok=True)
    (data_folder() / DATABASE_NAME).write_bytes(b"not a record" * 1000)
    aside.ask(ADA, EVENING)
    time.sleep(3.0)
    assert aside.told() is None
    assert aside._process.is_alive()


def no_models() -> ModelPaths:
    raise ModelError("There are none.", "Fetch them.")


def test_the_house_asks_anew_when_a_session_has_ended(better: Store) -> None:
    keep_player(ADA)
    spec = VirtualSpec("healthy", "right", 1)
    tracker = Tracker(spec, models=no_models)  # nobody is tracked, and no process begun for it
    house = House(data_folder(), spec, tracker)
    try:
        assert house.told(ADA) is None
        day = house.begin()
        assert house._aside is not None
        assert house.told(ADA) is None
        first = awaited(house._aside, whole=False)
        session = house.helpers().open_room(day, ())
        assert house.told(ADA) is not None
        for document in session.step(None, (), 0.0).documents + session.close("stopped", "key"):
            house.add(document, wait_s=5.0)
        assert house.told(ADA) is None
        assert awaited(house._aside, whole=False).week == first.week
    finally:
        tracker.stop()
        house.close()


def test_an_opener_knows_what_has_ended(store: Store) -> None:
    opener = Opener(store, VirtualSpec("healthy", "right", 1))
    room = opener.room(day_of(ADA, (ADA,), store, EVENING), ())
    assert opener.ended == ()
    room.close("stopped", "key")
    assert len(opener.ended) == 1
