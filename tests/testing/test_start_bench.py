"""How long it takes from the start of the program to the home screen: that it is measured, not how long."""

from __future__ import annotations

import math

import pytest

from rehabgames.testing.start_bench import bench_start


@pytest.mark.camera
def test_a_start_is_timed_to_the_home_screen_and_to_the_first_tracked_picture() -> None:
    told: list[tuple[str, int, int]] = []
    found = bench_start(1, progress=lambda *said: told.append(said))
    assert told == [("Starts", 0, 2), ("Starts", 1, 2)]
    ((home_s,), (tracked_s,)) = found.home_s, found.tracked_s
    assert 0 < home_s <= tracked_s < math.inf
