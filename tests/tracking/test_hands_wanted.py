"""Whose hands are looked for can change while a tracker runs."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from rehabgames.core.landmarks import SIDES, Side
from rehabgames.tracking.reports import hands_number, hands_of
from rehabgames.tracking.sources import VirtualSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker

SPEC = VirtualSpec("healthy", "right", 1, distance_m=1.5)
WITHIN_S = 8.0


@pytest.mark.parametrize("hands", [(), ("left",), ("right",), SIDES])
def test_sides_are_kept_as_a_number(hands: tuple[Side, ...]) -> None:
    assert hands_of(hands_number(hands)) == hands


def seen_within(tracker: Tracker, wanted: set[int]) -> set[int]:
    """Which hands the newest pictures have (0 left, 1 right), as soon as these are what is wanted."""
    until_s, found = time.monotonic() + WITHIN_S, set[int]()
    same = 0
    while time.monotonic() < until_s and same < 5:
        frame = tracker.poll()
        if frame is None:
            tracker.wait(0.05)
            continue
        found = set(np.flatnonzero(np.isfinite(frame.hands_px[:, 0, 0])).tolist())
        same = same + 1 if found == wanted else 0
    return found


def test_a_hand_is_found_as_soon_as_it_is_wanted_and_no_longer(models: dict[str, Path]) -> None:
    with Tracker(SPEC, models=ModelPaths(models["pose"], models["hand"], ())) as tracker:
        assert seen_within(tracker, set()) == set()
        tracker.watch(("right",))
        assert seen_within(tracker, {1}) == {1}
        tracker.watch(SIDES)
        assert seen_within(tracker, {0, 1}) == {0, 1}
        tracker.watch(())
        assert seen_within(tracker, set()) == set()
        assert tracker.troubles() == []
