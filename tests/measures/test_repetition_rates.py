"""Repetitions are the person's: any camera counts the same, and an hour takes no longer per minute."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from reference_movements import abduction

from rehabgames.measures.repetitions import count
from rehabgames.signals.signal import Swing

RATES = (5.0, 10.0, 15.0, 30.0)


def movements(
    hz: float, hold_s: float, fps: float, phase: float, n: int = 10
) -> tuple[np.ndarray, np.ndarray]:
    """n raised cosines of 1 / hz, held and rested for hold_s, with uneven pictures and 2 % noise."""
    length = 2.0 + n * (1 / hz + 2 * hold_s)
    frames = int(length * fps)
    rng = np.random.default_rng(3)
    t = (np.arange(frames) + phase + rng.uniform(0, 0.15, frames)) / fps
    x = rng.normal(0, 0.02, frames)
    for k in range(n):
        start = 1.0 + k * (1 / hz + 2 * hold_s)
        up = np.clip((t - start) * 2 * hz, 0, 1)
        down = np.clip((t - start - hold_s) * 2 * hz - 1, 0, 1)
        x += 0.5 * (np.cos(np.pi * down) - np.cos(np.pi * up))
    return t, x


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("hz", [0.1, 0.2, 0.33, 0.5])
@pytest.mark.parametrize("hold_s", [0.0, 0.5, 1.5])
def test_every_camera_counts_slow_movements_alike(hz: float, hold_s: float, fps: float) -> None:
    for phase in (0.0, 0.25, 0.5, 0.75):
        t, x = movements(hz, hold_s, fps, phase)
        assert len(count(t, x, Swing(0.3))) == 10
        assert len(count(t, -x, Swing(0.3, towards=-1))) == 10


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("every", [1, 2])
def test_a_real_person_lifts_one_arm_ten_times(shared: Path, side: str, every: int) -> None:
    other = {"left": "right", "right": "left"}[side]
    t, x = (row[::every] for row in abduction(shared, side, side))
    found = count(t, x, Swing(30.0))
    assert len(found) == 10
    assert np.diff([r.top_s for r in found]) == pytest.approx(5.0, abs=0.4)
    t, x = (row[::every] for row in abduction(shared, side, other))
    assert count(t, x, Swing(30.0)) == []


def test_real_curls_of_mediapipe_are_counted_alike_at_half_the_rate(shared: Path) -> None:
    """The longest stretch without a cut of people who curl an arm; no times, so 30 Hz is supposed."""
    path = shared / "reference" / "mediapipe_landmarks_exercise_correction" / "bicep_curl_test.csv"
    if not path.is_file():
        pytest.skip(f"There are no landmarks at {path}.")
    with path.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    names = [c[:-2] for c in rows[0] if c.endswith("_x")]
    seen = np.array([[[float(r[f"{n}_x"]), float(r[f"{n}_y"])] for n in names] for r in rows])
    cuts = np.flatnonzero(np.abs(np.diff(seen, axis=0)).max(axis=(1, 2)) > 0.08) + 1
    stretches = sorted(np.split(np.arange(len(rows)), cuts), key=len)
    assert len(stretches[-1]) == 82  # as the summary of the data set says
    for part in stretches[-5:]:
        left = seen[part][:, names.index("left_wrist"), 1]
        t = np.arange(len(left)) / 30
        assert len(count(t, -left, Swing(0.1))) == len(count(t[::2], -left[::2], Swing(0.1)))


@pytest.mark.parametrize(("hz", "made"), [(0.33, 198), (2.0, 1200)])
def test_ten_minutes_are_counted_to_the_last(hz: float, made: int) -> None:
    t = np.arange(18_000) / 30
    x = 0.5 - 0.5 * np.cos(2 * np.pi * hz * t) + np.random.default_rng(0).normal(0, 0.02, len(t))
    assert len(count(t, x, Swing(0.3))) == made
