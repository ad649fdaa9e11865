"""The last profile of one person, protocol and side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_session import document, start, stop

from rehabgames.records.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


def record(store: Store, session: str, when: str | None, *profiles: tuple[str, str], who: str = "p") -> None:
    """A session with these (protocol, side) profiles; each holds its session and its place in it."""
    store.add(start(session, patient=who, started_utc=when))
    for number, (protocol, side) in enumerate(profiles, 1):
        body = {"protocol": protocol, "side": side, "of": session, "number": number}
        store.add(document("profile", number, body, session))
    store.add(stop(9, session))


def latest(store: Store, who: str = "p", protocol: str = "reach_quick", side: str = "left") -> object:
    row = store.latest_profile(who, protocol, side)
    return row if row is None else (row.body["of"], row.body["number"])


def test_nobody_has_one_yet(store: Store) -> None:
    assert latest(store) is None
    record(store, "s1", "2026-11-21T08:00:00+00:00")
    assert latest(store) is None


def test_the_newest_by_the_day_and_not_by_the_order_of_writing(store: Store) -> None:
    record(store, "z", "2026-11-20T08:00:00+00:00", ("reach_quick", "left"))
    record(store, "a", "2026-11-22T08:00:00+00:00", ("reach_quick", "left"))
    record(store, "m", "2026-11-21T08:00:00+00:00", ("reach_quick", "left"))
    assert latest(store) == ("a", 1)


def test_times_are_compared_across_time_zones(store: Store) -> None:
    record(store, "east", "2026-11-21T09:00:00+09:00", ("reach_quick", "left"))
    record(store, "west", "2026-11-21T01:00:00+00:00", ("reach_quick", "left"))
    assert latest(store) == ("west", 1)


def test_the_last_of_several_in_a_session(store: Store) -> None:
    record(store, "s", "2026-11-21T08:00:00+00:00", ("reach_quick", "left"), ("reach_quick", "left"))
    assert latest(store) == ("s", 2)


def test_a_session_of_an_unknown_day_comes_last(store: Store) -> None:
    record(store, "z", None, ("reach_quick", "left"))
    assert latest(store) == ("z", 1)
    record(store, "a", "2026-11-21T08:00:00+00:00", ("reach_quick", "left"))
    assert latest(store) == ("a", 1)


def test_only_of_the_same_person_protocol_and_side(store: Store) -> None:
    record(store, "s1", "2026-11-20T08:00:00+00:00", ("reach_quick", "left"))
    record(store, "s2", "2026-11-21T08:00:00+00:00", ("reach_quick", "right"), ("reach_map", "left"))
    record(store, "s3", "2026-11-22T08:00:00+00:00", ("reach_quick", "left"), who="somebody else")
    record(store, "s4", "2026-11-23T08:00:00+00:00")
    assert latest(store) == ("s1", 1)
    assert latest(store, side="right") == ("s2", 1)
    assert latest(store, protocol="reach_map") == ("s2", 2)
    assert latest(store, who="somebody else") == ("s3", 1)
    assert latest(store, who="somebody") is None
    assert latest(store, protocol="reach_%") is None
