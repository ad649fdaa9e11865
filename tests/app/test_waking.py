"""A machine that slept is known by either clock; what is set back, or is only slow, is no sleep."""

from __future__ import annotations

import pytest

from rehabgames.app.waking import Waking


@pytest.mark.parametrize(
    ("steady_s", "wall_s", "slept_s"),
    [
        (0.017, 0.017, 0.0),
        (0.9, 0.9, 0.0),
        (5.0, 5.0, 5.0),
        (0.02, 3600.0, 3600.0),
        (0.02, -3600.0, 0.0),
    ],
)
def test_it_woke_where_either_clock_went_on(steady_s: float, wall_s: float, slept_s: float) -> None:
    waking = Waking()
    assert not waking.woke(100.0, 1e9)
    assert waking.woke(100.0 + steady_s, 1e9 + wall_s) == pytest.approx(slept_s)
    assert not waking.woke(100.017 + steady_s, 1e9 + 0.017 + wall_s)
