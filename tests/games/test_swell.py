"""The water that pushes: slow, smooth, never farther than asked, and the same for the same seed."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.games.raft import MOST_HEEL_RAD, Raft
from rehabgames.games.swell import FASTEST_HZ, Swell

LASTS_S = 20.0
TIMES = [i / 60 for i in range(round(60 * LASTS_S))]


@given(st.floats(0.01, 0.8), st.integers(0, 2**32 - 1), st.sampled_from([-1.0, 1.0]))
def test_it_pushes_as_far_as_asked_and_never_farther(push: float, seed: int, side: float) -> None:
    swell = Swell(push, (seed, 3), LASTS_S, side)
    far = max(abs(swell.at(t)) for t in [*TIMES, *(LASTS_S + t for t in TIMES)])
    assert 0.98 * push <= far <= push


@pytest.mark.parametrize("seed", range(6))
def test_it_is_slow_and_smooth(seed: int) -> None:
    """Nearly all of its power lies where somebody who leans can follow."""
    swell = Swell(0.5, (seed,), 80.0, 1.0)
    pushed = np.array([swell.at(i / 20) for i in range(1600)])
    power = np.abs(np.fft.rfft((pushed - pushed.mean()) * np.hanning(1600))) ** 2
    hz = np.fft.rfftfreq(1600, 1 / 20)
    assert power[(hz > 0.05) & (hz < FASTEST_HZ + 0.1)].sum() > 0.9 * power.sum()
    fastest = max(abs(b - a) * 20 for a, b in itertools.pairwise(pushed))
    assert fastest < 0.5 * math.tau * FASTEST_HZ


def test_the_gusts_come_from_the_side_that_is_asked() -> None:
    means = {
        side: np.mean([Swell(0.5, (seed,), LASTS_S, side).at(t) for seed in range(12) for t in TIMES[::6]])
        for side in (-1.0, 1.0)
    }
    assert means[1.0] > 0.02
    assert means[-1.0] < -0.02


@pytest.mark.parametrize("push", [0.0, -1.0, math.nan])
def test_no_push_is_still_water(push: float) -> None:
    assert {Swell(push, (1,), LASTS_S, 1.0).at(t) for t in TIMES} == {0.0}


def test_other_seeds_and_trials_are_other_waters() -> None:
    waters = [[Swell(0.5, key, LASTS_S, 1.0).at(t) for t in TIMES[::30]] for key in ((1, 1), (1, 2), (2, 1))]
    assert waters[0] == [Swell(0.5, (1, 1), LASTS_S, 1.0).at(t) for t in TIMES[::30]]
    assert waters[0] != waters[1] != waters[2] != waters[0]


def test_the_raft_comes_where_it_is_drawn_to_without_swinging_beyond() -> None:
    raft, places = Raft(), []
    for _ in range(120):
        raft.step(1 / 60, 0.5, 0.1)
        places.append(raft.x)
    assert places[-1] == pytest.approx(0.5, abs=1e-3)
    assert max(places) <= 0.5 + 1e-6
    assert raft.heel_rad == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize("dt_s", [1 / 60, 1 / 7, 1 / 240, 0.3])
def test_the_raft_is_where_it_is_at_any_frame_rate(dt_s: float) -> None:
    raft = Raft()
    for _ in range(round(2.1 / dt_s)):
        raft.step(dt_s, 0.5, 0.0)
    assert raft.x == pytest.approx(0.5, abs=1e-3)


def test_a_wild_player_leaves_the_raft_finite() -> None:
    raft = Raft()
    for i in range(300):
        raft.step(1 / 60, 1e6 if i % 2 else -1e6, 50.0)
        assert math.isfinite(raft.x)
        assert abs(raft.heel_rad) <= MOST_HEEL_RAD
