"""Sit-to-stand of people whose stands are known, and of one real person."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.measured import Measured, Validity
from rehabgames.measures.chair import measure_sit_to_stand
from rehabgames.measures.sit_to_stand import (
    Levels,
    arm_pushes,
    chair_stands,
    five_times,
    observed_levels,
    stands,
)
from rehabgames.signals.trace import Trace

LEVELS = Levels(sitting=0.5, standing=1.0)
REFERENCE = Path(__file__).parents[1] / "reference" / "ui_prmd_kinect_sample" / "global_positions"


def chair(
    n: int,
    *,
    fps: float = 30.0,
    rise_s: float = 1.0,
    up_s: float = 0.6,
    rest_s: float = 0.8,
    end_s: float = 3.0,
) -> tuple[np.ndarray, np.ndarray]:
    """n stands with straight ways up and down, the first off the seat 1 s after 0."""
    t_s, height = [0.0], [0.5]
    for _ in range(n):
        start = t_s[-1] + (1.0 if len(t_s) == 1 else rest_s)
        t_s += [start, start + rise_s, start + rise_s + up_s, start + 2 * rise_s + up_s]
        height += [0.5, 1.0, 1.0, 0.5]
    t = np.arange(0, t_s[-1] + end_s, 1 / fps)
    return t, np.interp(t, t_s, height)


def waited(t: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same person, who sat for three seconds before."""
    before = np.arange(-90, 0) / 30
    return np.concatenate([before, t]), np.concatenate([np.full(90, 0.5), x])


def trace(t: np.ndarray, x: np.ndarray, why: Validity = Validity.UNSEEN, name: str = "hip_height") -> Trace:
    good = np.isfinite(x)
    return Trace(name, "leg lengths", t, x, np.where(good, 0, why).astype(np.uint8))


def by_name(results: list[Measured]) -> dict[str, Measured]:
    return {m.name: m for m in results}


@pytest.mark.parametrize("fps", [5.0, 10.0, 15.0, 30.0])
def test_times_are_those_of_the_person_at_any_camera(fps: float) -> None:
    found = stands(*chair(6, fps=fps), LEVELS)
    assert len(found) == 6
    begins = np.array([1.0 + 3.4 * i for i in range(6)])
    assert [s.rise_s for s in found] == pytest.approx(begins + 0.15, abs=0.06)
    assert [s.stand_s for s in found] == pytest.approx(begins + 0.85, abs=0.06)
    assert [s.leave_s for s in found] == pytest.approx(begins + 1.75, abs=0.06)
    assert [s.seat_s for s in found] == pytest.approx(begins + 2.45, abs=0.06)


def test_half_a_stand_and_a_squat_that_does_not_reach_the_seat_do_not_count() -> None:
    t = np.arange(0, 10, 1 / 30)
    half = np.interp(t, [0, 2, 3, 4, 10], [0.5, 0.5, 0.9, 0.5, 0.5])
    low = np.interp(t, [0, 1, 2, 3, 4, 10], [0.5, 0.5, 1.0, 0.62, 1.0, 1.0])
    assert stands(t, half, LEVELS) == []
    assert len(stands(t, low, LEVELS)) == 1


def test_a_posture_of_under_300_ms_is_none() -> None:
    t = np.arange(0, 6, 1 / 30)
    spike = np.where((t > 2) & (t < 2.2), 1.0, 0.5)
    longer = np.where((t > 2) & (t < 2.5), 1.0, 0.5)
    assert stands(t, spike, LEVELS) == []
    assert len(stands(t, longer, LEVELS)) == 1


@pytest.mark.parametrize(
    ("go_s", "counted"),
    [(0.0, 9), (-1.8, 8), (1.7, 9), (2.0, 8), (2.2, 9)],  # the last one is over half way up at 32.2 s
)
def test_thirty_seconds_count_full_stands_and_one_that_is_over_half_way(go_s: float, counted: int) -> None:
    t, x = waited(*chair(12))  # a stand every 3.4 s; the first leaves the seat at 1.0 and stands at 1.85 s
    assert chair_stands(stands(t, x, LEVELS), t, x, LEVELS, go_s) == counted


@pytest.mark.parametrize(("end_share", "counted"), [(0.4, 8), (0.6, 9)])
def test_half_way_at_the_end_of_the_time(end_share: float, counted: int) -> None:
    t, x = waited(*chair(12))
    go_s = (1.0 + 3.4 * 8 + end_share) - 30.0  # time is up in the middle of the 9th rise
    assert chair_stands(stands(t, x, LEVELS), t, x, LEVELS, go_s) == counted


def test_five_times_from_go_to_the_seat() -> None:
    found = stands(*chair(7), LEVELS)
    assert five_times(found, 0.5) == pytest.approx(1.0 + 4 * 3.4 + 2.45 - 0.5, abs=0.02)
    assert math.isnan(five_times(found[:4], 0.5))
    assert five_times(found, 3.0) == pytest.approx(five_times(found[1:], 3.0))


def test_results_of_a_chair_test() -> None:
    found = by_name(measure_sit_to_stand(trace(*chair(10)), LEVELS, go_s=0.5))
    assert found["sit_to_stands"].value == 10
    assert found["rise_time"].value == pytest.approx(0.7, abs=0.02)
    assert found["sit_time"].value == pytest.approx(0.7, abs=0.02)
    assert found["sit_to_stand_cv"].value < 1.0
    assert found["sit_to_stand_drift"].value == pytest.approx(0.0, abs=1.0)
    assert found["chair_stands_30s"].value == 9
    assert found["five_times_sit_to_stand"].value == pytest.approx(16.55, abs=0.02)


def test_slowing_down_is_seen() -> None:
    parts_t, parts_x = [np.array([0.0])], [np.array([0.5])]
    for rise_s in (0.8, 0.9, 1.0, 1.1, 1.2):
        t, x = chair(1, rise_s=rise_s, end_s=0.5)
        parts_t.append(t + parts_t[-1][-1] + 1 / 30)
        parts_x.append(x)
    found = by_name(measure_sit_to_stand(trace(np.concatenate(parts_t), np.concatenate(parts_x)), LEVELS))
    # off the seat to on it: 2 · 0.85 · rise - 0.15 · 2 ... = 1.7 rise + 0.6
    assert found["sit_to_stand_drift"].value == pytest.approx(100 * (1.7 * 0.4) / (1.7 * 0.8 + 0.6), rel=0.05)
    assert found["sit_to_stand_cv"].value > 5


def test_a_gap_of_over_a_second_could_hide_a_stand() -> None:
    t, x = chair(12)
    x[(t > 10) & (t < 11.5)] = math.nan
    found = by_name(measure_sit_to_stand(trace(t, x), LEVELS, go_s=0.5))
    assert found["chair_stands_30s"].validity is Validity.GAP
    assert found["five_times_sit_to_stand"].validity is Validity.GAP
    assert found["sit_to_stands"].good
    assert found["sit_to_stands"].coverage < 1


def test_a_rise_that_was_not_seen_has_no_time() -> None:
    t, x = chair(3)
    x[(t > 1.3) & (t < 1.7)] = math.nan
    first, second, _ = stands(t, x, LEVELS)
    assert math.isnan(first.rising_s)
    assert second.rising_s == pytest.approx(0.7, abs=0.02)


@pytest.mark.parametrize(
    ("levels", "fps", "seen", "why"),
    [
        (None, 30.0, True, Validity.UNCALIBRATED),
        (Levels(0.9, 1.0), 30.0, True, Validity.UNCALIBRATED),
        (Levels(math.nan, 1.0), 30.0, True, Validity.UNCALIBRATED),
        (LEVELS, 30.0, False, Validity.UNSEEN),
        (LEVELS, 2.0, True, Validity.TOO_SLOW),
    ],
)
def test_what_cannot_be_measured_says_why(
    levels: Levels | None, fps: float, seen: bool, why: Validity
) -> None:
    t, x = chair(3, fps=fps)
    found = measure_sit_to_stand(trace(t, x if seen else np.full(len(t), math.nan)), levels, go_s=0.0)
    assert {m.validity for m in found} == {why}


def test_too_short_for_the_tests_is_too_few() -> None:
    found = by_name(measure_sit_to_stand(trace(*chair(3)), LEVELS, go_s=0.5))
    assert found["chair_stands_30s"].validity is Validity.TOO_FEW
    assert found["five_times_sit_to_stand"].validity is Validity.TOO_FEW


def test_levels_are_taken_from_what_was_seen_only_where_somebody_stood_up() -> None:
    assert observed_levels(chair(5)[1]) == pytest.approx((0.5, 1.0), abs=0.01)
    assert not observed_levels(np.full(100, 1.0)).known
    assert not observed_levels(np.array([])).known
    assert not observed_levels(np.array([math.nan, math.inf, 1e9])).known


def test_hands_that_push_are_low_and_move_with_the_rise() -> None:
    t, hip = chair(4)
    crossed = np.full(len(t), 0.5)
    hanging = np.full(len(t), -0.2)
    on_the_knee = (0.4 - hip) / 0.676  # a hand that stays where it is: it does not move with the rise
    found = stands(t, hip, LEVELS)
    assert arm_pushes(t, hip, crossed, found) == [False] * 4
    assert arm_pushes(t, hip, hanging, found) == [True] * 4
    assert arm_pushes(t, hip, on_the_knee, found) == [False] * 4
    once = np.where(t < 4.0, -0.2, 0.5)
    hands = [trace(t, once, name="hand_height.left"), trace(t, crossed, name="hand_height.right")]
    share = by_name(measure_sit_to_stand(trace(t, hip), LEVELS, hands=hands))["arm_push"]
    assert share.value == 25.0
    unseen = trace(t, np.full(len(t), math.nan), name="hand_height.left")
    assert by_name(measure_sit_to_stand(trace(t, hip), LEVELS, hands=[unseen]))["arm_push"].validity is (
        Validity.UNSEEN
    )


@pytest.mark.parametrize("movement", ["m01", "m05"])
@pytest.mark.parametrize("every", [1, 2, 3, 6])
def test_a_real_squat_and_sit_to_stand_is_one_rise(movement: str, every: int) -> None:
    """UI-PRMD, Kinect at 30 Hz: one deep squat, and one person who sits down and stands up."""
    with (REFERENCE / f"{movement}_s01_e01_global.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))

    def height(joint: str) -> np.ndarray:
        return np.array([(float(r[f"L_{joint}_y"]) + float(r[f"R_{joint}_y"])) / 2 for r in rows])

    hip = height("upper_leg") - height("foot")
    t, x = np.arange(len(hip))[::every] / 30, (hip / hip.max())[::every]
    levels = observed_levels(x)
    (found,) = stands(t, x, levels)
    lowest = t[np.argmin(x)]
    assert lowest < found.rise_s < found.stand_s < t[-1]
    assert found.rising_s == pytest.approx({"m01": 0.54, "m05": 0.30}[movement], abs=0.1)


def test_real_squats_have_as_many_rises_as_their_labels(shared: Path) -> None:
    """A person labelled "up" and "down" by hand, tracked by MediaPipe; no times, so 30 Hz is supposed."""
    path = shared / "reference" / "mediapipe_landmarks_exercise_correction" / "squat_test.csv"
    if not path.is_file():
        pytest.skip(f"There are no landmarks at {path}.")
    with path.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))

    def y(joint: str) -> np.ndarray:
        return np.array([(float(r[f"left_{joint}_y"]) + float(r[f"right_{joint}_y"])) / 2 for r in rows])

    up = np.array([r["label"] == "up" for r in rows])
    rises = np.flatnonzero(~up[:-1] & up[1:]) + 1
    hip = y("ankle") - y("hip")
    hip = hip / np.percentile(hip, 98)
    found = stands(np.arange(len(hip)) / 30, hip, observed_levels(hip))
    assert len(rises) == 4
    assert [s.stand_s for s in found] == pytest.approx((rises / 30).tolist(), abs=0.35)


numbers = st.one_of(st.floats(0, 1.5), st.sampled_from([math.nan, math.inf, -math.inf, 1e9, -1e9, 1e300]))


@given(
    st.lists(st.tuples(numbers, numbers), max_size=80),
    st.sampled_from([LEVELS, Levels(0.0, 0.0), Levels(math.nan, 1.0), Levels(0.0, 1e9)]),
    numbers,
)
def test_no_samples_make_it_fail(samples: list[tuple[float, float]], levels: Levels, go_s: float) -> None:
    t, x = np.array([s[0] for s in samples], dtype=float), np.array([s[1] for s in samples], dtype=float)
    t = np.where(np.abs(t) < 2, np.arange(len(t)) / 5 + t / 10, t)
    x = np.where(np.isfinite(x), x, math.nan)
    for stand in stands(t, x, levels):
        assert not stand.rising_s < 0
        assert not stand.lasting_s < 0
    hand = trace(t, -x, name="hand_height.left")
    for measured in measure_sit_to_stand(trace(t, x), levels, go_s=go_s, hands=[hand]):
        assert measured.good == math.isfinite(measured.value)
