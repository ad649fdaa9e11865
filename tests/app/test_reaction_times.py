"""Reaction times of a drawn patient, through the real tracker, against when the hand truly set out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from delayed_play import Delayed, Late, play_delayed

from rehabgames.core.delay import Delay

pytestmark = [pytest.mark.camera, pytest.mark.timeout(300)]
LATE = Late()
NONE = Delay(0.0)


def biases(played: Delayed, folder: Path) -> tuple[float, float, int]:
    """(as if nothing were late and targets seen when they are asked for, as measured): medians of measured
    less true, s, and of how many."""
    before = played.errors(folder / "before", NONE, by_step=True)
    after = played.errors(folder / "after")
    return float(np.median(before)), float(np.median(after)), len(after)


def test_a_known_delay_is_taken_off(models: dict[str, Path], tmp_path: Path) -> None:
    played = play_delayed(models["pose"], LATE, 13.0, filmed=True)
    before, after, n = biases(played, tmp_path)
    assert n >= 2
    assert before > 0.05
    assert before - after == pytest.approx(LATE.painted_s + LATE.outside_s + 0.012, abs=0.002)
    assert abs(after) < before - 0.03


@pytest.mark.endurance
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("look", "filmed"), [(0, True), (5, False)])
def test_over_many_reaches_the_bias_is_small(
    models: dict[str, Path], tmp_path: Path, look: int, filmed: bool
) -> None:
    played = play_delayed(models["pose"], LATE, 90.0, filmed=filmed, look=look)
    before, after, n = biases(played, tmp_path)
    assert n >= 10
    assert before > 0.09
    assert abs(after) < (0.025 if filmed else 0.055)
    assert abs(after) < before / 2
