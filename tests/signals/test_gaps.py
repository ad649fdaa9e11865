"""An even grid from uneven times: nothing is bridged that nobody saw."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rehabgames.signals.gaps import uniform, usable


def test_an_even_series_comes_back_as_it_is() -> None:
    t = 5.0 + np.arange(50) / 30.0
    x = np.sin(t)
    got = uniform(t, x)
    assert got.fs_hz == pytest.approx(30.0)
    assert got.t_s == pytest.approx(t)
    assert got.x == pytest.approx(x)


def test_jittered_times_lie_on_the_line_between_their_neighbours() -> None:
    rng = np.random.default_rng(1)
    t = np.arange(100) / 30.0 + rng.uniform(-0.01, 0.01, 100)
    got = uniform(t, np.stack([2 * t, 1 - t], axis=1), 30.0)
    assert np.diff(got.t_s) == pytest.approx(np.full(len(got.t_s) - 1, 1 / 30))
    assert got.x[:, 0] == pytest.approx(2 * got.t_s)
    assert got.x[:, 1] == pytest.approx(1 - got.t_s)


@pytest.mark.parametrize(("missing", "is_gap"), [(1, False), (2, False), (3, True), (9, True)])
def test_only_gaps_of_up_to_100_ms_are_bridged(missing: int, is_gap: bool) -> None:
    t = np.arange(40) / 30.0
    x = t.copy()
    x[20 : 20 + missing] = np.nan
    got = uniform(t, x)
    assert np.isnan(got.x).sum() == (missing if is_gap else 0)
    dropped = np.delete(np.arange(40), slice(20, 20 + missing))
    assert np.isnan(uniform(t[dropped], t[dropped]).x).sum() == (missing if is_gap else 0)


@pytest.mark.parametrize("fs_hz", [5.0, 10.0])
def test_the_ordinary_interval_of_a_slow_camera_is_no_gap(fs_hz: float) -> None:
    t = np.arange(30) / fs_hz
    assert np.isfinite(uniform(t, t).x).all()
    t = np.delete(t, 15)
    assert np.isnan(uniform(t, t, fs_hz).x).sum() == 1


def test_a_row_with_one_missing_coordinate_is_missing() -> None:
    t = np.arange(30) / 30.0
    x = np.stack([t, t], axis=1)
    x[10:15, 1] = np.nan
    assert np.isnan(uniform(t, x).x[10:15]).all()


def test_equal_and_backwards_times_are_left_out_and_reported() -> None:
    t = np.array([0.0, 0.1, 0.1, 0.05, 0.2, 0.3])
    x = np.array([0.0, 1.0, 99.0, -99.0, 2.0, 3.0])
    assert usable(t, x).tolist() == [True, True, False, False, True, True]
    assert usable(t, x).mean() == pytest.approx(4 / 6)
    assert uniform(t, x).x == pytest.approx([0.0, 1.0, 2.0, 3.0])


@pytest.mark.parametrize(
    ("t", "x"),
    [
        ([], []),
        ([1.0], [2.0]),
        ([0.0, 0.0, 0.0], [1, 2, 3]),
        ([3.0, 2.0, 1.0], [1, 2, 3]),
        ([0, 1], [math.nan, 1]),
    ],
)
def test_without_two_usable_samples_there_is_no_grid(t: list[float], x: list[float]) -> None:
    got = uniform(np.array(t), np.array(x))
    assert len(got.t_s) == len(got.x) == 0
    assert math.isnan(got.fs_hz)


def test_a_broken_clock_does_not_fill_the_memory() -> None:
    assert len(uniform(np.array([0.0, 0.03, 0.06, 1e9]), np.arange(4.0)).t_s) == 0


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="times"):
        uniform(np.zeros(3), np.zeros(4))
    with pytest.raises(ValueError, match="positive"):
        uniform(np.arange(3.0), np.zeros(3), 0.0)


ANY = st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from([0.0, 1e9, -1e9, 1e-300])


@given(st.integers(0, 12).flatmap(lambda n: st.tuples(*[arrays(np.float64, n, elements=ANY)] * 2)))
def test_no_number_breaks_the_grid(pair: tuple[np.ndarray, np.ndarray]) -> None:
    t, x = pair
    got = uniform(t, x, 30.0)
    assert len(got.t_s) == len(got.x)
    assert not np.isinf(got.x).any()
    assert (np.diff(uniform(t, x).t_s) >= 0).all()
