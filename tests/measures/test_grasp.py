"""Hands that open and close a known number of times."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.core.measured import Measured, Validity
from rehabgames.measures.hand import Grasp, HandRange, grasp_releases, grasp_state, measure_grasp
from rehabgames.signals.trace import Trace

HAND = HandRange(closed=0.8, open=1.8)


def hand(
    n: int, fps: float = 30.0, move_s: float = 0.5, hold_s: float = 0.5
) -> tuple[np.ndarray, np.ndarray]:
    """Open for a second, then n times straight down to closed, held, and straight up to open, held."""
    t_s, x = [0.0, 1.0], [1.8, 1.8]
    for _ in range(n):
        for to in (0.8, 1.8):
            t_s += [t_s[-1] + move_s, t_s[-1] + move_s + hold_s]
            x += [to, to]
    t = np.arange(0, t_s[-1], 1 / fps)
    return t, np.interp(t, t_s, x)


def trace(t: np.ndarray, x: np.ndarray) -> Trace:
    why = np.where(np.isfinite(x), 0, Validity.NO_HAND).astype(np.uint8)
    return Trace("hand_open.left", "ratio", t, x, why)


def by_name(results: list[Measured]) -> dict[str, Measured]:
    return {m.name: m for m in results}


@pytest.mark.parametrize("fps", [5.0, 10.0, 15.0, 30.0])
@pytest.mark.parametrize("noise", [0.0, 0.03])
def test_the_same_count_at_any_camera(fps: float, noise: float) -> None:
    t, x = hand(12, fps)
    x = x + np.random.default_rng(5).normal(0, noise, len(x))
    found = by_name(measure_grasp(trace(t, x), HAND))
    assert found["grasp_releases"].value == 12
    assert found["grasp_release_rate"].value == pytest.approx(12 / (t[-1] / 60))
    if fps == 30.0:
        # 30 % of a way of half a second
        assert found["closing_time"].value == pytest.approx(0.15, abs=0.04)
        assert found["opening_time"].value == pytest.approx(0.15, abs=0.04)
        assert found["hand_range_used"].value == pytest.approx(100, abs=12)


def test_state_needs_to_pass_the_other_threshold() -> None:
    x = 0.8 + np.array([0.7, 0.95, 0.7, 0.61, 0.59, 0.7, 0.89, 0.91, 0.7])
    state = grasp_state(np.arange(9) / 30, x, HAND)
    u, o, c = Grasp.UNKNOWN, Grasp.OPEN, Grasp.CLOSED
    assert state.tolist() == [u, o, o, o, c, c, c, o, o]


def test_half_a_grasp_and_half_a_release_do_not_count() -> None:
    t = np.arange(0, 8, 1 / 30)
    half_closed = np.interp(t, [0, 2, 3, 4, 8], [1.8, 1.8, 1.45, 1.8, 1.8])
    half_open = np.interp(t, [0, 2, 3, 4, 5, 6, 8], [1.8, 1.8, 0.8, 1.65, 0.8, 1.8, 1.8])
    assert grasp_releases(t, half_closed, HAND) == []
    (only,) = grasp_releases(t, half_open, HAND)
    assert only.closed_at_s == pytest.approx(2.4, abs=0.02)
    assert only.opened_at_s == pytest.approx(5.9, abs=0.02)


def test_unseen_is_unknown_and_a_short_gap_is_passed_over() -> None:
    t, x = hand(3)
    short, long = x.copy(), x.copy()
    short[(t > 1.55) & (t < 1.9)] = math.nan
    long[(t > 1.55) & (t < 2.8)] = math.nan
    state = grasp_state(t, short, HAND)
    assert (state[np.isnan(short)] == Grasp.UNKNOWN).all()
    assert (state[~np.isnan(short)] != Grasp.UNKNOWN).all()
    assert len(grasp_releases(t, short, HAND)) == 3
    # after over a second nobody knows what the hand did meanwhile
    assert len(grasp_releases(t, long, HAND)) == 2


def test_a_closing_that_was_not_seen_has_no_time() -> None:
    t, x = hand(2)
    x[(t > 1.1) & (t < 1.4)] = math.nan
    first, second = grasp_releases(t, x, HAND)
    assert math.isnan(first.closing_s)
    assert second.closing_s == pytest.approx(0.15, abs=0.01)


@pytest.mark.parametrize(
    ("calibrated", "fps", "seen", "why"),
    [
        (None, 30.0, True, Validity.UNCALIBRATED),
        (HandRange(1.8, 0.8), 30.0, True, Validity.UNCALIBRATED),
        (HandRange(math.nan, 1.8), 30.0, True, Validity.UNCALIBRATED),
        (HAND, 3.0, True, Validity.TOO_SLOW),
        (HAND, 30.0, False, Validity.NO_HAND),
    ],
)
def test_what_cannot_be_measured_says_why(
    calibrated: HandRange | None, fps: float, seen: bool, why: Validity
) -> None:
    t, x = hand(4, fps)
    found = measure_grasp(trace(t, x if seen else np.full(len(t), math.nan)), calibrated)
    assert {m.validity for m in found} == {why}


def test_a_hand_that_stays_open_has_no_times_but_a_count() -> None:
    t = np.arange(0, 5, 1 / 30)
    found = by_name(measure_grasp(trace(t, np.full(len(t), 1.8)), HAND))
    assert found["grasp_releases"].value == 0
    assert found["closing_time"].validity is Validity.NO_MOVEMENT


def test_the_count_has_no_clinical_name() -> None:
    names = " ".join(m.name + m.how.id for m in measure_grasp(trace(*hand(2)), HAND))
    assert "box" not in names
    assert "block" not in names


numbers = st.one_of(st.floats(0, 2.5), st.sampled_from([math.nan, math.inf, -math.inf, 1e9, -1e9, 1e300]))


@settings(max_examples=80)
@given(
    st.lists(st.tuples(numbers, numbers), max_size=60),
    st.sampled_from([HAND, HandRange(1.0, 1.0), HandRange(math.nan, 1.0), HandRange(-1e9, 1e9)]),
)
def test_no_samples_make_it_fail(samples: list[tuple[float, float]], calibrated: HandRange) -> None:
    t, x = (np.array([s[i] for s in samples], dtype=float) for i in range(2))
    t = np.where(np.abs(t) < 2, np.arange(len(t)) / 10 + t / 30, t)
    state = grasp_state(t, x, calibrated)
    assert len(state) == len(x)
    assert set(state.tolist()) <= {-1, 0, 1}
    for each in grasp_releases(t, x, calibrated):
        assert each.closed_at_s <= each.opened_at_s
    for measured in measure_grasp(trace(t, np.where(np.isfinite(x), x, math.nan)), calibrated):
        assert measured.good == math.isfinite(measured.value)
