"""Limits of stability on leans whose numbers are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.core.measured import Measured, Validity
from rehabgames.measures.excursion import Excursion, excursion
from rehabgames.measures.stability import (
    LeanTrial,
    lean_seen_from_front,
    own_limits,
    stability_measures,
    theoretical_limit,
)
from rehabgames.signals.trace import Trace

FPS = 100.0
CUE_S = 1.0


def minimum_jerk(t: np.ndarray, start_s: float, lasts_s: float, far: float) -> np.ndarray:
    s = np.clip((t - start_s) / lasts_s, 0.0, 1.0)
    return far * (10 * s**3 - 15 * s**4 + 6 * s**5)


def lean(
    direction_deg: float, *, far: float = 10.0, askew_deg: float = 0.0, more: float = 0.0, fps: float = FPS
) -> LeanTrial:
    """1 s of rest, cue, 0.4 s later a lean of 1.5 s; `more` is a second attempt, after a moment back."""
    t = np.arange(0.0, 9.5, 1 / fps)
    on = minimum_jerk(t, 1.4, 1.5, far)
    if more:
        on = on - minimum_jerk(t, 3.5, 0.5, 1.0) + minimum_jerk(t, 4.5, 1.0, more + 1.0)
    angle = math.radians(direction_deg + askew_deg)
    xy = on[:, None] * [math.sin(angle), math.cos(angle)] + [40.0, -7.0]
    return LeanTrial(direction_deg, t, xy, CUE_S)


def of(trial: LeanTrial) -> Excursion:
    return excursion(trial.t_s, trial.xy, trial.direction_deg, cue_s=trial.cue_s)


@pytest.mark.parametrize("direction_deg", [0.0, 45.0, 90.0, 180.0, 270.0, -45.0])
def test_a_straight_lean(direction_deg: float) -> None:
    found = of(lean(direction_deg))
    assert found.endpoint == pytest.approx(10.0, abs=0.01)
    assert found.maximum == pytest.approx(10.0, abs=1e-6)
    assert found.directional_control == pytest.approx(100.0, abs=1e-6)
    # 5 % of the peak velocity is passed 0.049 of the 1.5 s after the lean begins
    assert found.reaction_time_s == pytest.approx(0.4 + 0.049 * 1.5, abs=0.02)
    # a minimum jerk passes 5 and 95 % of its way at 0.1893 and 0.8107 of its time
    assert found.mean_velocity == pytest.approx(9.0 / (0.6214 * 1.5), rel=0.02)


@pytest.mark.parametrize("askew_deg", [10.0, -20.0, 30.0])
def test_an_askew_lean_loses_control(askew_deg: float) -> None:
    found = of(lean(90.0, askew_deg=askew_deg))
    assert found.maximum == pytest.approx(10.0 * math.cos(math.radians(askew_deg)), rel=1e-6)
    assert found.directional_control == pytest.approx(
        100.0 * (1 - abs(math.tan(math.radians(askew_deg)))), abs=1e-6
    )


def test_the_first_attempt_ends_where_it_stops() -> None:
    found = of(lean(0.0, more=4.0))
    assert found.endpoint == pytest.approx(10.0, abs=0.01)
    assert found.maximum == pytest.approx(14.0, abs=0.01)


def test_what_comes_after_eight_seconds_does_not_count() -> None:
    trial = lean(0.0)
    late = trial.xy + minimum_jerk(trial.t_s, 9.05, 0.4, 30.0)[:, None] * [0.0, 1.0]
    assert excursion(trial.t_s, late, 0.0, cue_s=CUE_S).maximum == pytest.approx(10.0, abs=0.01)


@pytest.mark.parametrize("fps", [10.0, 15.0, 30.0])
def test_webcam_rates(fps: float) -> None:
    found = of(lean(90.0, fps=fps))
    assert found.endpoint == pytest.approx(10.0, abs=0.1)
    assert found.mean_velocity == pytest.approx(9.0 / (0.6214 * 1.5), rel=0.05)


def test_moving_the_other_way_is_no_lean() -> None:
    trial = lean(0.0)
    assert all(math.isnan(x) for x in excursion(trial.t_s, trial.xy, 180.0, cue_s=CUE_S))
    still = np.full((len(trial.t_s), 2), 3.0)
    assert all(math.isnan(x) for x in excursion(trial.t_s, still, 0.0, cue_s=CUE_S))


def test_an_axis_that_is_not_seen() -> None:
    trial = lean(90.0)
    front = trial.xy.copy()
    front[:, 1] = np.nan
    found = excursion(trial.t_s, front, 90.0, cue_s=CUE_S)
    assert found.maximum == pytest.approx(10.0, abs=1e-6)
    assert math.isnan(found.directional_control)
    assert math.isnan(excursion(trial.t_s, front, 0.0, cue_s=CUE_S).maximum)
    assert math.isnan(excursion(trial.t_s, front, 45.0, cue_s=CUE_S).maximum)


def test_the_first_three_trials_do_not_count() -> None:
    trials = [lean(90.0, far=3.0)] * 3 + [lean(90.0, far=far) for far in (8.0, 10.0, 11.0)]
    limits = own_limits(trials)
    assert limits == {90.0: pytest.approx(10.0, abs=1e-3)}
    found = by_name(measures(trials, {90.0: 12.5}))
    assert found["maximal_excursion"].value == pytest.approx(80.0, abs=0.1)
    assert found["maximal_excursion"].of == "90 deg"
    assert own_limits(trials[:3]) == {}
    assert {each.validity for each in measures(trials[:3], limits)} == {Validity.TOO_FEW}


def measures(
    trials: list[LeanTrial], limits: dict[float, float], latency_s: float | None = 0.1, noise: float = 0.1
) -> list[Measured]:
    return stability_measures(
        trials, limits, unit="cm", noise=noise, noise_speed=0.1 * noise, latency_s=latency_s
    )


def by_name(found: list[Measured]) -> dict[str, Measured]:
    return {each.name: each for each in found}


def test_measured_per_direction() -> None:
    trials = [lean(0.0)] * 3 + [lean(90.0), lean(270.0, far=6.0), lean(90.0)]
    found = measures(trials, {90.0: 10.0, 270.0: 10.0, 0.0: 10.0})
    assert {each.of for each in found} == {"0 deg", "90 deg", "270 deg"}
    right = by_name([each for each in found if each.of == "90 deg"])
    left = by_name([each for each in found if each.of == "270 deg"])
    assert right["lean_reaction_time"].value == pytest.approx(0.3735, abs=0.02)
    assert right["lean_mean_velocity"].unit == "cm/s"
    assert left["endpoint_excursion"].value == pytest.approx(60.0, abs=0.2)
    assert all(each.good for each in (*right.values(), *left.values()))


def test_what_cannot_be_measured_says_why() -> None:
    trials = [lean(90.0)] * 5
    assert by_name(measures(trials, {}))["maximal_excursion"].validity is Validity.UNCALIBRATED
    without = by_name(measures(trials, {90.0: 10.0}, latency_s=None))
    assert without["lean_reaction_time"].validity is Validity.NO_LATENCY
    assert without["lean_mean_velocity"].good
    early = by_name(measures(trials, {90.0: 10.0}, latency_s=0.45))
    assert early["lean_reaction_time"].validity is Validity.BAD_NUMBER
    assert {m.validity for m in measures(trials, {90.0: 10.0}, noise=3.4)} == {Validity.NOISE}
    assert {m.validity for m in measures(trials, {90.0: 10.0}, noise=math.nan)} == {Validity.NO_BASELINE}
    front = [LeanTrial(0.0, t.t_s, t.xy * [1.0, math.nan], t.cue_s) for t in trials]
    assert {m.validity for m in measures(front, {0.0: 10.0})} == {Validity.VIEW}
    right = [LeanTrial(90.0, t.t_s, t.xy * [1.0, math.nan], t.cue_s) for t in trials]
    seen = by_name(measures(right, {90.0: 10.0}))
    assert seen["directional_control"].validity is Validity.VIEW
    assert seen["maximal_excursion"].good
    away = [LeanTrial(270.0, t.t_s, t.xy, t.cue_s) for t in trials]
    assert {m.validity for m in measures(away, {270.0: 10.0})} == {Validity.NO_MOVEMENT}


def test_a_gap_in_the_lean_is_not_bridged() -> None:
    trial = lean(90.0)
    xy = trial.xy.copy()
    xy[(trial.t_s > 2.0) & (trial.t_s < 2.09)] = np.nan
    assert excursion(trial.t_s, xy, 90.0, cue_s=CUE_S).maximum == pytest.approx(10.0, abs=1e-6)
    xy[(trial.t_s > 2.0) & (trial.t_s < 2.3)] = np.nan
    assert math.isnan(excursion(trial.t_s, xy, 90.0, cue_s=CUE_S).maximum)
    holed = [LeanTrial(90.0, trial.t_s, xy, CUE_S)] * 5
    assert {m.validity for m in measures(holed, {90.0: 10.0})} == {Validity.GAP}


def test_from_the_front_under_jitter() -> None:
    """Centre of mass in trunk lengths at 30 Hz: a lean of 15 cm of a trunk of 50 cm, 2 mm jitter."""
    made = lean(270.0, far=0.3, fps=30.0)
    x = made.xy[:, 0] + np.random.default_rng(6).normal(0, 0.004, len(made.t_s))
    good = np.zeros(len(x), dtype=np.uint8)
    trial = lean_seen_from_front(Trace("com_x", "trunk lengths", made.t_s, x, good), 270.0, CUE_S)
    found = of_noisy(trial, 0.02)
    assert found.maximum == pytest.approx(0.3, abs=0.01)
    assert found.endpoint == pytest.approx(0.3, abs=0.02)
    assert found.reaction_time_s == pytest.approx(0.4735, abs=0.15)
    assert math.isnan(found.directional_control)
    nobody = Trace("com_x", "trunk lengths", made.t_s, np.full(len(x), np.nan), good + 1)
    assert math.isnan(of_noisy(lean_seen_from_front(nobody, 270.0, CUE_S), 0.02).maximum)


def of_noisy(trial: LeanTrial, noise_speed: float) -> Excursion:
    return excursion(trial.t_s, trial.xy, trial.direction_deg, cue_s=trial.cue_s, noise_speed=noise_speed)


def test_theoretical_limits() -> None:
    assert math.isnan(theoretical_limit(170.0, math.inf))
    assert theoretical_limit(170.0, 90.0) == pytest.approx(13.1, abs=0.05)
    assert theoretical_limit(170.0, 0.0) == pytest.approx(13.1, abs=0.05)
    assert theoretical_limit(170.0, 180.0) == pytest.approx(7.4, abs=0.05)


def test_wrong_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="points"):
        excursion(np.zeros(5), np.zeros(5), 0.0, cue_s=0.0)
    with pytest.raises(ValueError, match="points"):
        excursion(np.zeros(5), np.zeros((4, 2)), 0.0, cue_s=0.0)


BAD = st.sampled_from([math.nan, math.inf, -math.inf, 0.0, 1.0, 2.0, 1e9, -1e9, 1e300])


@settings(max_examples=150)
@given(st.lists(st.tuples(BAD, BAD, BAD), max_size=30), BAD, BAD, BAD, st.booleans())
def test_bad_numbers_never_raise(
    rows: list[tuple[float, float, float]], direction: float, cue: float, noise: float, steady: bool
) -> None:
    t = np.arange(len(rows)) / 10 if steady else np.array([row[0] for row in rows])
    xy = np.array([row[1:] for row in rows]).reshape(-1, 2)
    found = excursion(t, xy, direction, cue_s=cue, noise_speed=noise)
    assert not any(math.isinf(x) for x in found)
    for each in measures([LeanTrial(direction, t, xy, cue)] * 4, {direction: noise}, noise=noise):
        assert each.good == math.isfinite(each.value)
