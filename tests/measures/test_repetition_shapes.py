"""Repetitions of movements as people make them: held, uneven, half-hearted, lost from sight."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.measures.repetitions import count
from rehabgames.signals import SIGNALS, Swing

FPS = 30.0


def strokes(*moves: tuple[float, float, float, float], rest_s: float = 1.0, noise: float = 0.0) -> tuple:
    """(t, x) of moves (height, up_s, held_s, down_s), with a rest before each and at the end."""
    parts = [np.zeros(round(rest_s * FPS))]
    for height, up_s, held_s, down_s in moves:
        up = 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, round(up_s * FPS)))
        down = 0.5 + 0.5 * np.cos(np.linspace(0, np.pi, round(down_s * FPS)))
        parts += [height * up, np.full(round(held_s * FPS), height), height * down, parts[0]]
    x = np.concatenate(parts)
    return np.arange(len(x)) / FPS, x + np.random.default_rng(6).normal(0, noise, len(x))


def test_a_held_top_is_one_repetition_marked_in_its_middle() -> None:
    (only,) = count(*strokes((1.0, 0.5, 4.0, 0.5)), Swing(0.3))
    assert only.onset_s == pytest.approx(1.0 + 0.1, abs=0.1)
    assert only.top_s == pytest.approx(1.0 + 0.5 + 2.0, abs=0.1)
    assert only.rise == pytest.approx(1.0)


@pytest.mark.parametrize("noise", [0.0, 0.03])
def test_uneven_repetitions_all_count_in_order(noise: float) -> None:
    moves = [(1.0, 0.4, 0.5, 0.4), (0.5, 1.5, 0.0, 1.0), (0.8, 0.3, 2.0, 1.2), (0.45, 0.6, 0.2, 0.6)]
    found = count(*strokes(*moves, noise=noise), Swing(0.3))
    assert [r.rise for r in found] == pytest.approx([m[0] for m in moves], abs=0.15)
    assert [r.onset_s for r in found] == sorted(r.onset_s for r in found)
    assert all(r.onset_s < r.top_s for r in found)
    begins = np.cumsum([1.0] + [sum(m[1:]) + 1.0 for m in moves[:-1]])
    assert [r.onset_s for r in found] == pytest.approx(begins, abs=0.6)


def test_marks_follow_the_signal() -> None:
    t, x = strokes((1.0, 1.0, 1.0, 1.0))
    (onset,), (top,) = count(t, x, Swing(0.3, mark="onset")), count(t, x, Swing(0.3, mark="top"))
    assert onset.marked_s == onset.onset_s < top.marked_s == top.top_s


def test_a_return_of_a_third_is_not_yet_the_next_one() -> None:
    t = np.arange(0, 8, 1 / FPS)
    shallow = np.interp(t, [0, 1, 2, 3, 4, 5, 6, 8], [0, 0, 1, 0.65, 1, 0.65, 1, 1])
    deep = np.interp(t, [0, 1, 2, 3, 4, 5, 6, 8], [0, 0, 1, 0.3, 1, 0.3, 1, 1])
    assert len(count(t, shallow, Swing(0.3))) == 1
    assert len(count(t, deep, Swing(0.3))) == 3


def test_a_drifting_baseline_does_not_matter() -> None:
    t, x = strokes(*[(1.0, 0.5, 0.2, 0.5)] * 6)
    assert len(count(t, x + 0.05 * t, Swing(0.3))) == 6


def test_one_wild_frame_is_no_repetition() -> None:
    t = np.arange(90) / FPS
    x = np.zeros(90)
    x[[20, 50]] = 5.0, -5.0
    assert count(t, x, Swing(0.3)) == []


@pytest.mark.parametrize("unseen_s", [0.3, 0.9])
def test_a_top_that_was_not_seen_is_still_one_repetition(unseen_s: float) -> None:
    t, x = strokes((1.0, 0.6, unseen_s, 0.6), (1.0, 0.6, 0.4, 0.6))
    x[(t > 1.5) & (t < 1.5 + unseen_s)] = math.nan
    assert len(count(t, x, Swing(0.3))) == 2


def test_squats_are_counted_by_their_depth() -> None:
    t, x = strokes(*[(0.4, 0.8, 0.2, 0.8)] * 5, noise=0.01)
    assert len(count(t, 1.0 - x, SIGNALS["hip_height"].swing)) == 5
    stood_up = np.where(t < 8, 0.5, 1.0)
    assert count(t, stood_up, SIGNALS["hip_height"].swing) == []


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_next_to_nothing_is_nothing(n: int) -> None:
    assert count(np.arange(n) / FPS, np.zeros(n), Swing(0.3)) == []
    assert count(np.arange(n) / FPS, np.full(n, math.nan), Swing(0.3)) == []


numbers = st.one_of(st.floats(-2, 2), st.sampled_from([math.nan, math.inf, -math.inf, 1e9, -1e9]))


@settings(max_examples=150)
@given(
    st.lists(numbers, max_size=80),
    st.lists(st.sampled_from([0.0, 1 / 30, 0.9, 2.0, math.nan]), min_size=80, max_size=80),
    st.sampled_from(sorted(SIGNALS)),
)
def test_no_numbers_and_no_times_make_it_fail(values: list[float], steps: list[float], name: str) -> None:
    t = np.cumsum(np.nan_to_num(steps))[: len(values)]
    t = np.where(np.isnan(steps[: len(values)]), np.nan, t)
    for r in count(t, np.array(values, dtype=float), SIGNALS[name].swing):
        assert r.onset_s <= r.top_s
        assert r.rise > SIGNALS[name].swing.size
        assert r.marked_s in (r.onset_s, r.top_s)
