"""Dose: repetitions by the 20 % rule, active minutes with short pauses bridged."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.core.measured import Measured, Validity
from rehabgames.measures.dose import active_time, dose, repetitions
from rehabgames.signals.trace import Trace

FPS = 30.0


def bumps(heights: list[float], width_s: float = 1.5, apart_s: float = 3.0) -> tuple:
    t = np.arange(0, apart_s * len(heights) + 1, 1 / FPS)
    x = np.zeros_like(t)
    for i, height in enumerate(heights):
        inside = (t > i * apart_s + 0.5) & (t < i * apart_s + 0.5 + width_s)
        x[inside] += height * np.sin(np.pi * (t[inside] - i * apart_s - 0.5) / width_s) ** 2
    return t, x


def test_over_a_fifth_of_the_own_range_counts() -> None:
    t, x = bumps([100.0, 25.0, 15.0, 60.0, 19.0, 21.0])
    assert len(repetitions(t, x, 100.0)) == 4
    assert len(repetitions(t, x, 50.0)) == 6
    assert len(repetitions(t, -x, 100.0, rising=False)) == 4


def test_a_twitch_does_not_count_and_a_hold_does() -> None:
    t, x = bumps([100.0] * 4, width_s=0.2)
    assert repetitions(t, x, 100.0) == []
    assert len(repetitions(*bumps([100.0] * 4, width_s=0.6), 100.0)) == 4
    held = np.clip(t - 1.0, 0.0, 1.0) * 100
    assert len(repetitions(t, held, 100.0)) == 1


@pytest.mark.parametrize("fps", [5.0, 10.0, 15.0, 30.0])
def test_the_picture_rate_does_not_matter(fps: float) -> None:
    t = np.arange(0, 40, 1 / fps)
    x = 50 - 50 * np.cos(2 * np.pi * 0.25 * t)
    assert len(repetitions(t, x, 100.0)) == 10


def test_active_time_bridges_short_pauses() -> None:
    t = np.arange(0, 60, 1 / FPS)
    speed = np.zeros_like(t)
    speed[(t >= 10) & (t < 20)] = 1.0
    speed[(t >= 21.5) & (t < 30)] = 1.0  # a pause of 1.5 s is bridged
    speed[(t >= 33) & (t < 40)] = 1.0  # one of 3 s is not
    found = active_time(t, speed, 0.1)
    assert found.active_s == pytest.approx(20 + 7, abs=0.05)
    assert found.share == pytest.approx(27 / 60, abs=0.002)
    assert active_time(t, speed, 0.34).active_s == 0.0  # 1.0 is under three times that
    assert active_time(t, speed, 0.33).active_s == pytest.approx(27, abs=0.05)


def test_time_unseen_is_not_active() -> None:
    t = np.arange(0, 60, 1 / FPS)
    speed = np.where((t >= 20) & (t < 40), np.nan, 1.0)
    found = active_time(t, speed, 0.1)
    assert found.active_s == pytest.approx(40.0, abs=0.1)
    assert found.watched_s == pytest.approx(40.0, abs=0.1)
    gone = active_time(np.delete(t, slice(600, 1200)), np.ones(1200), 0.1)
    assert gone.active_s == pytest.approx(40.5, abs=0.1)
    assert gone.whole_s == pytest.approx(60.0, abs=0.1)


BAD = st.sampled_from([math.nan, math.inf, -math.inf, 0.0, 1.0, 2.0, 1e9, -1e9, 1e300])


@settings(max_examples=150)
@given(st.lists(st.tuples(BAD, BAD), max_size=30), BAD)
def test_bad_numbers_never_raise(rows: list[tuple[float, float]], one: float) -> None:
    t = np.array([row[0] for row in rows])
    x = np.array([row[1] for row in rows])
    assert isinstance(repetitions(t, x, one), list)
    assert repetitions(np.zeros(len(x)), x, 1.0) == []
    found = active_time(t, x, one)
    assert not any(math.isinf(value) for value in found)
    assert math.isnan(found.share) or 0.0 <= found.share <= 1.0 + 1e-9


def trace(t: np.ndarray, x: np.ndarray, name: str, unit: str, why: Validity = Validity.UNSEEN) -> Trace:
    return Trace(name, unit, t, x, np.where(np.isfinite(x), Validity.GOOD, why).astype(np.uint8))


def by_name(found: list[Measured]) -> dict[str, Measured]:
    return {each.name: each for each in found}


def test_measured_dose() -> None:
    t, x = bumps([100.0] * 8)
    seen = trace(t, x, "elbow_flexion.right", "deg")
    speed = trace(t, np.abs(np.gradient(x, t)), "hand_speed", "deg/s")
    found = by_name(dose(seen, 100.0, speed, 1.0))
    assert found["repetitions"].value == 8
    assert found["active_share"].value == pytest.approx(found["active_minutes"].value * 60 / t[-1])
    assert 0.8 < found["active_share"].value < 1.0
    unknown = by_name(dose(seen, math.nan, speed, math.nan))
    assert unknown["repetitions"].validity is Validity.UNCALIBRATED
    assert unknown["active_minutes"].validity is Validity.NO_BASELINE
    hidden = trace(t, np.full(len(t), np.nan), "x", "deg", Validity.NOBODY)
    assert {each.validity for each in dose(hidden, 100.0, hidden, 1.0)} == {Validity.NOBODY}
