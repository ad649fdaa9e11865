"""Repetitions of signals whose count is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.measures.repetitions import count
from rehabgames.signals.signal import Swing

FPS = 30.0


def wave(cycles: int, high: float = 1.0, period_s: float = 2.0, noise: float = 0.0) -> tuple:
    t = np.arange(0, cycles * period_s, 1 / FPS)
    x = high * (0.5 - 0.5 * np.cos(2 * np.pi * t / period_s))
    return t, x + np.random.default_rng(2).normal(0, noise, len(t))


@pytest.mark.parametrize("cycles", [0, 1, 3, 12])
@pytest.mark.parametrize("noise", [0.0, 0.02, 0.05])
def test_clean_and_noisy_cycles(cycles: int, noise: float) -> None:
    t, x = wave(cycles, noise=noise)
    found = count(t, x, Swing(0.3))
    assert len(found) == cycles
    assert [r.top_s for r in found] == pytest.approx([2.0 * i + 1.0 for i in range(cycles)], abs=0.15)
    assert all(r.rise == pytest.approx(1.0, abs=0.2) for r in found)


def test_a_dip_counts_downwards() -> None:
    t, x = wave(4)
    assert len(count(t, 1 - x, Swing(0.3, towards=-1))) == 4
    assert next(r.marked_s for r in count(t, 1 - x, Swing(0.3, towards=-1))) == pytest.approx(1.0, abs=0.1)


def test_a_movement_held_to_the_end_counts_once() -> None:
    t = np.arange(0, 6, 1 / FPS)
    x = np.clip(t - 2, 0, 1) + 0.02 * np.sin(9 * t)
    (only,) = count(t, x, Swing(0.3, mark="onset"))
    assert only.marked_s == pytest.approx(2.1, abs=0.25)


def test_wobbling_at_the_top_is_one_repetition() -> None:
    t, x = wave(1, period_s=6)
    x = x - 0.35 * (np.sin(2 * np.pi * t) ** 2) * (x > 0.8)
    assert len(count(t, x, Swing(0.3))) == 1


def test_small_movements_do_not_count() -> None:
    assert count(*wave(5, high=0.25), Swing(0.3)) == []


def test_a_short_gap_is_passed_over_and_a_long_one_starts_afresh() -> None:
    t, x = wave(3)
    short = x.copy()
    short[70:80] = math.nan
    assert len(count(t, short, Swing(0.3))) == 3
    moved = np.concatenate([np.zeros(30), np.full(60, math.nan), np.full(30, 1.0)])
    assert count(np.arange(120) / FPS, moved, Swing(0.3)) == []


def test_gates_say_where_it_must_begin_and_arrive() -> None:
    t, x = wave(3)
    gated = Swing(0.4, from_below=1.05, to_above=1.45)
    assert len(count(t, 0.8 + 0.9 * x, gated)) == 3
    assert count(t, 1.15 + 0.8 * x, gated) == []
    assert count(t, 0.7 + 0.7 * x, gated) == []


@settings(max_examples=100)
@given(
    st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=60),
    st.sampled_from([1.0, 30.0, 1e-9]),
    st.sampled_from([1, -1]),
)
def test_no_signal_makes_it_fail(values: list[float], fps: float, towards: int) -> None:
    t = np.arange(len(values)) / fps
    found = count(t, np.array(values, dtype=float), Swing(0.3, towards=towards))
    assert all(r.onset_s <= r.top_s for r in found)
