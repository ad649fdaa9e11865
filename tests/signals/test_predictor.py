"""Predictor: as steady as the filter at rest, ahead of it in movement, never beyond where a hand stops."""

import math

import numpy as np
import pytest

from rehabgames.signals import OneEuroFilter, Predictor
from rehabgames.signals.predictor import LONGEST_S

CUTOFF_HZ, BETA = 1.5, 3.0
FPS = 30.0
LATE_S = 0.045  # from capture to flip


def made() -> Predictor:
    return Predictor(CUTOFF_HZ, BETA)


def shown(x_at, seconds: float, *, noise: float = 0.0, sure: float = 1.0) -> np.ndarray:
    """(n, 2): time of each flip, and what is shown then of what was tracked LATE_S before."""
    predictor, rng, rows = made(), np.random.default_rng(3), []
    for k in range(int(seconds * FPS)):
        t_s = k / FPS
        predictor.update(t_s, x_at(t_s) + noise * rng.standard_normal())
        rows += [(t_s + LATE_S + i / 60, predictor.at(t_s + LATE_S + i / 60, sure)) for i in range(2)]
    return np.array(rows)


def lag_s(rows: np.ndarray, x_at) -> float:
    """By which the truth, shifted, is most like what is shown."""
    rows = rows[rows[:, 0] > 1.0]
    lags = np.arange(-0.06, 0.2, 0.001)
    truth = [[x_at(t - lag) for t in rows[:, 0]] for lag in lags]
    return float(lags[np.argmax([np.corrcoef(rows[:, 1], each)[0, 1] for each in truth])])


def swing(hz: float):
    return lambda t_s: 0.4 * math.sin(2 * math.pi * hz * t_s)


@pytest.mark.parametrize("hz", [0.3, 0.6, 1.0])
def test_a_swinging_hand_is_shown_hardly_late_and_hardly_beyond_its_ends(hz):
    rows = shown(swing(hz), 8.0)
    assert lag_s(rows, swing(hz)) <= 0.35 * (LATE_S + 0.5 / 60)
    assert np.abs(rows[rows[:, 0] > 1.0, 1]).max() <= 0.4 + 0.05 * 0.8


@pytest.mark.parametrize("took_s", [0.6, 1.0, 1.8])
def test_a_reach_that_stops_is_not_shown_beyond_it(took_s):
    def reach(t_s):
        share = min(1.0, max(0.0, (t_s - 1.0) / took_s))
        return 0.8 * share**3 * (10 - 15 * share + 6 * share * share)

    assert shown(reach, 4.0)[:, 1].max() <= 0.8 * 1.05


def test_at_rest_it_is_as_steady_as_the_filter():
    rng = np.random.default_rng(5)
    predictor, plain = made(), OneEuroFilter(CUTOFF_HZ, BETA)
    moved, filtered = [], []
    for k in range(600):
        x = 0.003 * rng.standard_normal()
        predictor.update(k / FPS, x)
        moved.append(predictor.at(k / FPS + LATE_S))
        filtered.append(plain(k / FPS, x))
    assert np.std(moved) <= 1.02 * np.std(filtered)
    assert np.std(np.diff(moved)) <= 1.05 * np.std(np.diff(filtered))


def test_what_is_not_sure_is_not_carried_forward():
    predictor, plain = made(), OneEuroFilter(CUTOFF_HZ, BETA)
    for k in range(60):
        predictor.update(k / FPS, swing(1.0)(k / FPS))
        last = plain(k / FPS, swing(1.0)(k / FPS))
        assert predictor.at(k / FPS + LATE_S, 0.0) == last


def test_it_does_not_look_farther_ahead_than_it_may():
    predictor = made()
    for k in range(30):
        predictor.update(k / FPS, 0.9 * k / FPS)
    last_s = 29 / FPS
    assert predictor.at(last_s + 5.0) == predictor.at(last_s + LONGEST_S)
    assert predictor.at(last_s - 1.0) == pytest.approx(predictor.at(last_s))


def test_what_is_lost_starts_anew():
    predictor = made()
    for k in range(30):
        predictor.update(k / FPS, 0.9 * k / FPS)
    assert math.isnan(predictor.update(1.0, math.nan))
    assert math.isnan(predictor.at(1.02))
    assert predictor.update(1.1, 0.2) == 0.2
    assert predictor.at(1.1 + LATE_S) == pytest.approx(0.2)


def test_a_time_that_stands_still_changes_nothing():
    predictor = made()
    predictor.update(0.0, 0.1)
    first = predictor.update(0.1, 0.2)
    assert predictor.update(0.1, 0.9) == first


def test_noise_of_a_camera_while_moving_is_not_multiplied():
    clean, noisy = shown(swing(0.6), 6.0), shown(swing(0.6), 6.0, noise=0.004)
    assert np.std(noisy[60:, 1] - clean[60:, 1]) <= 3.0 * 0.004
