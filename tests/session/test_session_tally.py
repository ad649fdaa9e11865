"""The ledger of what no arm reaches for: shifts of weight, hands in the picture, openings."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from rehabgames.core.trial import Goal, Outcome, TrialSpec
from rehabgames.session.tally import Tally

MISSED = Outcome(0, success=False, reason="missed")


def spec_of(goal: Goal) -> TrialSpec:
    return TrialSpec(0, {}, goal, None, 5.0)


def moving(tally: Tally, start: float, end: float, seconds: float, grips: tuple[float, float]) -> None:
    n = round(60 * seconds)
    for i in range(n):
        share = (i + 1) / n
        grip = grips[0] + (grips[1] - grips[0]) * share
        tally.moved((start + (end - start) * share, 0.0), 1 / 60, grip)


def test_a_slow_shift_is_movement_and_what_the_camera_adds_is_none() -> None:
    tally = Tally(math.nan, 1.0, "shift")
    for i in range(600):  # 10 s at rest, with twice the tremble that drawn people have
        tally.moved((0.02 * math.sin(i), 0.0), 1 / 60)
    assert tally.ledger().active_minutes == 0.0
    moving(tally, 0.0, 0.8, 2.0, (math.nan, math.nan))
    assert 60 * tally.ledger().active_minutes == pytest.approx(2.0, abs=0.3)


def test_the_noise_of_a_hand_is_none_of_the_weights() -> None:
    """In arm lengths it says nothing about shares of a shift."""
    loud, unknown = Tally(0.5, 1.0, "shift"), Tally(math.nan, 1.0, "shift")
    for tally in (loud, unknown):
        moving(tally, 0.0, 0.8, 1.5, (math.nan, math.nan))
    assert loud.ledger() == unknown.ledger()
    assert loud.ledger().active_minutes > 0


def test_fingers_at_work_are_movement_of_a_hand_in_the_picture() -> None:
    still, taps, arm = (Tally(math.nan, 1.0, space) for space in ("picture", "picture", "arm"))
    for closing in range(10):
        ends = (0.0, 0.9) if closing % 2 else (0.9, 0.0)
        moving(still, 0.3, 0.3, 0.5, (0.4, 0.4))
        moving(taps, 0.3, 0.3, 0.5, ends)
        moving(arm, 0.3, 0.3, 0.5, ends)  # small in the picture: what is seen of its fingers is noise
    assert still.ledger().active_minutes == arm.ledger().active_minutes == 0.0
    assert 60 * taps.ledger().active_minutes == pytest.approx(5.0, abs=0.3)


@pytest.mark.parametrize(("opened", "kind"), [(0.35, "short"), (0.5, "purposeful"), (math.nan, "short")])
def test_an_opening_counts_by_how_wide_it_was_and_not_by_where_the_hand_is(opened: float, kind: str) -> None:
    goal = Goal(0.0, 0.8, 0.13, 0.0, "grip")
    tally = Tally(math.nan, 1.0, "picture")
    tally.begin(goal)
    moving(tally, 0.4, 0.4, 1.0, (0.2, 0.6))
    tally.told(spec_of(goal), replace(MISSED, reached=opened))
    assert getattr(tally.ledger(), kind) == 1


@pytest.mark.parametrize(("side", "counted"), [(90.0, "purposeful"), (-90.0, "short")])
def test_a_shift_counts_by_its_way_to_that_side(side: float, counted: str) -> None:
    """Left is left, whichever arm is named."""
    goal = Goal(side, 0.8, 0.1, 0.5, "shift")
    tally = Tally(math.nan, -1.0, "shift")
    tally.begin(goal)
    moving(tally, 0.0, 0.5, 1.0, (math.nan, math.nan))
    tally.told(spec_of(goal), MISSED)
    assert getattr(tally.ledger(), counted) == 1
