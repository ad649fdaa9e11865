"""The dual-task effect: its sign, its pair, and what it does near 0."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.measures.dual_task import d_prime, dual_task, dual_task_effect, interference

ANY = st.floats(allow_nan=True, allow_infinity=True)


def test_a_cost_is_negative_whichever_way_is_better() -> None:
    assert dual_task_effect(1.2, 0.9).percent == pytest.approx(-25.0)  # speed, m/s
    assert dual_task_effect(0.4, 0.5, lower_is_better=True).percent == pytest.approx(-25.0)  # reaction time
    assert dual_task_effect(-1.5, -1.8).percent == pytest.approx(-20.0)  # SPARC: further from 0 is worse
    assert dual_task_effect(1.0, 1.1).percent == pytest.approx(10.0)
    assert dual_task_effect(0.4, 0.5, lower_is_better=True).difference == pytest.approx(-0.1)


def test_single_tasks_before_and_after_are_averaged() -> None:
    assert dual_task_effect([1.0, 1.4], [0.9]).percent == pytest.approx(-25.0)


def test_near_zero_gives_the_difference_alone() -> None:
    effect = dual_task_effect(0.01, 0.05, near_zero=0.02, lower_is_better=True)
    assert math.isnan(effect.percent)
    assert effect.difference == pytest.approx(-0.04)
    assert math.isnan(dual_task_effect(0.0, 1.0).percent)


@pytest.mark.parametrize(
    ("motor", "cognitive", "pattern"),
    [
        (-10.0, -20.0, "mutual_interference"),
        (10.0, 20.0, "mutual_facilitation"),
        (10.0, -20.0, "motor_priority"),
        (-10.0, 20.0, "cognitive_priority"),
        (-10.0, 2.0, "motor_interference"),
        (3.0, -20.0, "cognitive_interference"),
        (10.0, 0.0, "motor_facilitation"),
        (-5.0, 20.0, "cognitive_facilitation"),
        (5.0, -5.0, "no_interference"),
        (math.nan, -5.0, "unknown"),
        (-50.0, math.inf, "unknown"),
    ],
)
def test_pairs(motor: float, cognitive: float, pattern: str) -> None:
    assert interference(motor, cognitive).pattern == pattern


def test_d_prime_is_corrected() -> None:
    assert d_prime(10, 10, 10, 10) == pytest.approx(0.0)
    # 20.5 / 21 and 0.5 / 21 lie at z = ± 1.98075
    assert d_prime(20, 0, 0, 20) == pytest.approx(2 * 1.980752, abs=1e-5)
    # 15.5 / 21 = 0.738095 → 0.637531; 5.5 / 21 = 0.261905 → -0.637531
    assert d_prime(15, 5, 5, 15) == pytest.approx(1.275062, abs=1e-4)
    assert d_prime(5, 15, 15, 5) == -d_prime(15, 5, 5, 15)


@given(ANY, ANY, ANY, ANY)
def test_bad_numbers_never_raise(a: float, b: float, c: float, d: float) -> None:
    assert not any(math.isinf(x) for x in dual_task_effect(a, b))
    assert not math.isinf(d_prime(a, b, c, d))
    interference(a, b)


def test_counts_without_trials_are_nan() -> None:
    assert math.isnan(d_prime(0, 0, 3, 4))
    assert math.isnan(d_prime(3, 4, 0, 0))
    assert math.isnan(d_prime(-1, 4, 3, 4))
    assert math.isnan(dual_task_effect([], 1.0).difference)


def measured(value: float, name: str = "peak_velocity", validity: Validity = Validity.GOOD) -> Measured:
    return Measured(name, "right", value, "arm lengths/s", Message("how.peak_velocity"), validity, 0.8)


def test_measured_effect() -> None:
    found = dual_task(measured(2.0), measured(1.5))
    assert (found.value, found.unit, found.of) == (-25.0, "%", "peak_velocity.right")
    assert found.coverage == 0.8
    near = dual_task(measured(0.1), measured(1.5), near_zero=0.2)
    assert (near.value, near.unit) == (pytest.approx(1.4), "arm lengths/s")
    unseen = dual_task(measured(2.0), measured(math.nan, validity=Validity.UNSEEN))
    assert unseen.validity is Validity.UNSEEN
    assert dual_task(measured(2.0), measured(1.5, name="sparc")).validity is Validity.TOO_FEW
