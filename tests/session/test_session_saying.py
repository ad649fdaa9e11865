"""Sentences in play stay long enough to be read."""

from __future__ import annotations

import itertools

import pytest

from rehabgames.core.message import Message
from rehabgames.session.saying import READ_S, STEADY_S, Saying
from rehabgames.testing import Act, act, setup_for

GO, CLOSE, WON = (Message(f"play.{name}") for name in ("grasp_go", "grasp_close", "well_done"))
TICK_S = 1 / 60


def test_what_was_read_gives_way_at_once() -> None:
    saying = Saying()
    assert saying.of(GO, 1, 0.0) == GO
    assert saying.of(CLOSE, 1, READ_S) == CLOSE


def test_what_was_not_read_yet_gives_way_to_what_stays() -> None:
    saying = Saying()
    saying.of(GO, 1, 0.0)
    times = [0.2 + k * TICK_S for k in range(30)]
    shown = [saying.of(CLOSE, 1, t) for t in times]
    changed = times[shown.index(CLOSE)]
    assert shown[0] == GO
    assert 0.2 < changed <= 0.2 + STEADY_S + 2 * TICK_S


def test_a_hand_that_trembles_at_a_rim_changes_nothing() -> None:
    saying = Saying()
    shown = [saying.of((GO, CLOSE)[k // 6 % 2], 1, k * TICK_S) for k in range(600)]
    changes = sum(a != b for a, b in itertools.pairwise(shown))
    assert changes <= 600 * TICK_S / READ_S


def test_the_next_matter_never_waits() -> None:
    saying = Saying()
    saying.of(GO, 1, 0.0)
    assert saying.of(WON, None, 0.1) == WON
    assert saying.of(None, None, 0.12) == WON  # nothing new: it is read to its end
    assert saying.of(GO, 2, 0.13) == GO


def test_where_nothing_is_said_nothing_is_waited_for() -> None:
    saying = Saying()
    saying.of(GO, 1, 0.0)
    assert saying.of(None, None, 0.1) is None
    assert saying.of(WON, None, 0.12) == WON


@pytest.mark.parametrize("exercise", ["kitchen_grasp", "orchard_reach", "library_trace"])
def test_tremor_makes_no_sentence_flicker(exercise: str) -> None:
    acted = act(Act(setup_for(exercise, 5, minutes=0.6), "tremor", 5, whole=True))
    playing = [(t, view.prompt, view.target) for t, view, _ in acted.moments if view.phase == "play"]
    changed = [
        t
        for (_, before, was), (t, now, target) in itertools.pairwise(playing)
        if before != now and was is not None and target is not None and was.number == target.number
    ]
    assert changed
    assert max(sum(t <= other < t + 1.0 for other in changed) for t in changed) <= 3
