"""Where movements begin and end, and how much of a speed is noise."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rehabgames.core.delay import Delay
from rehabgames.core.measured import Validity
from rehabgames.measures import reach, smoothness
from rehabgames.measures.movement import hand_path, movement_after, movements
from rehabgames.measures.noise import moving_noise, noise_speed, quietest_noise, rest_noise
from rehabgames.measures.reaching import find_reach, judge
from rehabgames.signals.zero_lag import derivative, low_pass

FS = 30.0
AT_5_PERCENT = 0.881  # share of a minimum-jerk movement above 5 % of its peak speed


def ramp(t: np.ndarray, begin_s: float, seconds: float) -> np.ndarray:
    """0 to 1 by minimum jerk."""
    u = np.clip((t - begin_s) / seconds, 0, 1)
    return 10 * u**3 - 15 * u**4 + 6 * u**5


def hand(t: np.ndarray, *steps: tuple[float, float, float]) -> np.ndarray:
    """Path (n, 2) of minimum-jerk steps (begin_s, seconds, length) along x."""
    x = sum((size * ramp(t, begin, seconds) for begin, seconds, size in steps), np.zeros_like(t))
    return np.stack([x, np.zeros_like(t)], axis=1)


def clock(seconds: float, fs_hz: float = FS) -> np.ndarray:
    return np.arange(round(seconds * fs_hz)) / fs_hz


@pytest.mark.parametrize(("cutoff_hz", "mm_s"), [(1, 1.9), (2, 5.3), (4, 15), (6, 27)])
def test_noise_speed_of_2_mm_as_published(cutoff_hz: float, mm_s: float) -> None:
    assert noise_speed(2.0, 30.0, cutoff_hz) == pytest.approx(mm_s, rel=0.03)


@pytest.mark.parametrize("cutoff_hz", [3.0, 4.0, 6.0])
def test_noise_speed_is_what_white_noise_really_has(cutoff_hz: float) -> None:
    noise = np.random.default_rng(4).normal(0, 2.0, 60_000)
    speed = derivative(low_pass(noise, 100.0, cutoff_hz, true_cutoff=False), 100.0)
    assert np.std(speed) == pytest.approx(noise_speed(2.0, 100.0, cutoff_hz), rel=0.12)


def test_noise_speed_of_what_is_no_noise() -> None:
    assert math.isnan(noise_speed(math.nan, 30.0, 6.0))
    assert math.isnan(noise_speed(-1.0, 30.0, 6.0))
    assert noise_speed(1.0, 30.0, 40.0) == noise_speed(1.0, 30.0, 15.0)
    with pytest.raises(ValueError, match="positive"):
        noise_speed(1.0, 0.0, 6.0)


def test_noise_at_rest_is_found_without_its_drift() -> None:
    rng = np.random.default_rng(5)
    t = clock(20)
    xy = rng.normal(0, 0.002, (len(t), 2)) + np.stack([0.1 * t, -0.05 * t], axis=1)
    assert rest_noise(t, xy) == pytest.approx(0.002, rel=0.1)
    moving = xy + hand(t, (5, 1, 0.3), (10, 1, -0.3))
    assert rest_noise(t, moving) > 0.05
    assert quietest_noise(t, moving) == pytest.approx(0.0017, abs=0.0004)


def test_noise_is_unknown_where_nothing_rests_in_one_piece() -> None:
    t = clock(0.8)
    assert math.isnan(quietest_noise(t, hand(t)))
    assert math.isnan(rest_noise(t[:4], hand(t)[:4]))
    broken = hand(t)
    broken[10:16] = np.nan
    assert math.isnan(rest_noise(t, broken))


def test_a_shaking_hand_shows_in_what_the_low_pass_takes_off() -> None:
    rng = np.random.default_rng(6)
    raw = rng.normal(0, 0.003, (600, 2))
    assert moving_noise(raw, low_pass(raw, FS, 4.0, true_cutoff=False), FS, 4.0) == pytest.approx(
        0.003, rel=0.1
    )


@pytest.mark.parametrize("seconds", [0.6, 1.0, 2.0, 3.0])
@pytest.mark.parametrize("fs_hz", [15.0, 30.0, 60.0])
def test_a_reach_is_cut_at_5_percent_of_its_peak(seconds: float, fs_hz: float) -> None:
    t = clock(seconds + 2, fs_hz)
    (only,) = movements(hand_path(t, hand(t, (1.01, seconds, 0.3)), noise=0.0))
    assert only.whole
    assert only.seen
    assert only.duration_s == pytest.approx(AT_5_PERCENT * seconds, abs=0.02 + 0.6 / fs_hz)
    assert only.peak_s == pytest.approx(1.01 + seconds / 2, abs=0.3 / fs_hz)
    assert only.peak_speed == pytest.approx(1.875 * 0.3 / seconds, rel=0.06)


@pytest.mark.parametrize("noise_mm", [0.0, 2.0])
def test_every_movement_of_a_recording_is_found_without_cues(noise_mm: float) -> None:
    rng = np.random.default_rng(7)
    t = clock(60)
    begins = np.arange(2, 58, 4.0)
    steps = [(b, 0.8 + 0.1 * (i % 4), 0.3 * (-1) ** i) for i, b in enumerate(begins)]
    xy = hand(t, *steps) + rng.normal(0, noise_mm / 1000, (len(t), 2))
    found = movements(hand_path(t, xy), smallest=0.05)
    assert len(found) == len(steps)
    for one, (begin, seconds, _) in zip(found, steps, strict=True):
        assert one.onset_s == pytest.approx(begin + 0.06 * seconds, abs=0.12)
        assert one.offset_s == pytest.approx(begin + 0.94 * seconds, abs=0.12)


def test_rest_alone_is_no_movement() -> None:
    rng = np.random.default_rng(8)
    t = clock(30)
    noise = rng.normal(0, 0.003, (len(t), 2))
    assert movements(hand_path(t, noise, noise=0.003), smallest=0.03) == []
    assert movements(hand_path(t, np.zeros((len(t), 2)))) == []


def test_out_and_back_without_rest_are_two_movements_once_a_pause_lasts_100_ms() -> None:
    t = clock(5)
    apart = hand_path(t, hand(t, (1, 1, 0.3), (2.2, 1, -0.3)), noise=0.0)
    assert len(movements(apart)) == 2
    joined = hand_path(t, hand(t, (1, 1, 0.3), (1.8, 1, 0.3)), noise=0.0)
    assert len(movements(joined)) == 1


def test_a_gap_inside_a_movement_is_seen() -> None:
    t = clock(4)
    xy = hand(t, (1, 1, 0.3))
    xy[45:50] = np.nan
    assert not any(one.seen for one in movements(hand_path(t, xy, noise=0.0)))
    short = hand(t, (1, 1, 0.3))
    short[45:47] = np.nan
    (only,) = movements(hand_path(t, short, noise=0.0))
    assert only.seen


def test_a_movement_cut_off_by_the_recording_has_no_whole_duration() -> None:
    t = clock(3)
    path = hand_path(t[45:], hand(t, (1.2, 1, 0.3))[45:], noise=0.0)
    (only,) = movements(path)
    assert not only.whole


def test_the_cue_and_the_target_choose_the_movement() -> None:
    t = clock(10)
    path = hand_path(t, hand(t, (1, 1, 0.3), (4, 1, 0.2), (5.3, 0.6, 0.1), (8, 1, -0.6)), noise=0.0)
    first = movement_after(path, 3.5, 6.5)
    assert first is not None
    assert (first.onset_s, first.offset_s) == pytest.approx((4.06, 5.86), abs=0.05)
    target = np.array([0.6, 0.0])
    halfway = movement_after(path, 3.5, target=target, near=0.11)
    whole = movement_after(path, 3.5, target=target, near=0.05)
    assert halfway is not None
    assert whole is not None
    assert halfway.offset_s == pytest.approx(4.94, abs=0.05)
    assert whole.offset_s == pytest.approx(5.86, abs=0.05)
    fastest = movement_after(path, 3.5)
    assert fastest is not None
    assert fastest.onset_s == pytest.approx(8.06, abs=0.05)
    assert movement_after(path, 9.5) is None


def test_already_moving_at_the_cue_is_not_a_whole_movement() -> None:
    t = clock(4)
    found = movement_after(hand_path(t, hand(t, (1, 1, 0.3)), noise=0.0), 1.4)
    assert found is not None
    assert not found.whole


def test_a_clean_camera_keeps_what_a_noisy_one_has_to_smooth_away() -> None:
    rng = np.random.default_rng(9)
    t = clock(4)
    cutoffs = []
    for mm in (0.0, 1.0, 2.0, 5.0):
        xy = hand(t, (1.5, 1, 0.3)) + rng.normal(0, mm / 1000, (len(t), 2))
        cutoffs.append(find_reach(t, xy, noise=mm / 1000).path.cutoff_hz)
    assert cutoffs[0] == 10.0
    assert cutoffs[-1] == 3.0
    assert cutoffs == sorted(cutoffs, reverse=True)


@pytest.mark.parametrize(
    ("change", "validity"),
    [
        ("none", Validity.GOOD),
        ("still", Validity.NO_MOVEMENT),
        ("hidden", Validity.GAP),
        ("cut", Validity.TOO_FEW),
        ("empty", Validity.TOO_FEW),
        ("shaky", Validity.NOISE),
        ("unknown", Validity.GOOD),
    ],
)
def test_a_reach_says_why_it_cannot_be_measured(change: str, validity: Validity) -> None:
    t = clock(4)
    xy, noise = hand(t, (1.5, 1, 0.3)), 0.0005
    if change == "still":
        xy = hand(t)
    elif change == "hidden":
        xy[60:66] = np.nan
    elif change == "cut":
        t, xy = t[:60], xy[:60]
    elif change == "empty":
        t, xy = t[:0], xy[:0]
    elif change == "shaky":
        noise = 0.02
    elif change == "unknown":
        noise = math.nan
    assert judge(find_reach(t, xy, noise=noise), 20.0) is validity


ANY = st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from([0.0, 1e9, -1e9])
TIMES = st.integers(0, 60).flatmap(
    lambda n: st.one_of(arrays(np.float64, n, elements=ANY), st.just(clock(n / FS)), st.just(np.zeros(n)))
)


@given(TIMES.flatmap(lambda t: st.tuples(st.just(t), arrays(np.float64, (len(t), 2), elements=ANY))), ANY)
def test_no_number_breaks_the_search(pair: tuple[np.ndarray, np.ndarray], sigma: float) -> None:
    t, xy = pair
    path = hand_path(t, xy, noise=sigma)
    assert all(one.first < one.stop for one in movements(path))
    found = find_reach(t, xy, noise=sigma, cue_s=sigma)
    results = [*reach.measured(found, cue_s=sigma, delay=Delay(0.1)), *smoothness.measured(found)]
    assert len(results) == 9
    assert all(one.good == math.isfinite(one.value) for one in results)
    assert not any(
        isinstance(v, float) and not math.isfinite(v) for one in results for v in one.how.params.values()
    )
    for measure in (rest_noise, quietest_noise):
        assert not math.isinf(measure(t, xy))


def test_times_that_stand_still_or_go_back_are_no_movement() -> None:
    t = clock(4)
    xy = hand(t, (1.5, 1, 0.3))
    for wrong in (np.zeros_like(t), t[::-1].copy()):
        assert all(not one.good for one in reach.measured(find_reach(wrong, xy)))
