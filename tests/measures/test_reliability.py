"""ICC, SEM and MDC against published and computed tables (tests/reference/reliability_icc_mdc)."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.measures.reliability import (
    bland_altman,
    chance_of,
    change,
    icc,
    mdc90,
    mdc95,
    mdc_percent,
    measured_change,
    sem,
)

REFERENCE = Path(__file__).parents[1] / "reference" / "reliability_icc_mdc"
FORMS = ("ICC(1,1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)")
ANY = st.sampled_from([math.nan, math.inf, -math.inf, 0.0, 1.0, -1.0, 2.5, 1e9, -1e9, 1e300])


@pytest.fixture(scope="module")
def golden() -> Any:
    return json.loads((REFERENCE / "expected.json").read_text("utf-8"))


def test_shrout_and_fleiss(golden: Any) -> None:
    table = golden["shrout_fleiss_1979"]
    found = icc(table["ratings_6x4"])
    assert [round(value, 2) for value in found] == list(table["published"].values())
    assert list(found) == pytest.approx([table["pingouin"][form]["icc"] for form in FORMS], rel=1e-9)


def test_test_retest(golden: Any) -> None:
    table, expected = golden["test_retest_20x2"]["data"], golden["test_retest_20x2"]["expected"]
    pingouin = golden["test_retest_20x2"]["pingouin"]
    assert list(icc(table)) == pytest.approx([pingouin[form]["icc"] for form in FORMS], rel=1e-9)
    consistency = sem(table)
    assert consistency == pytest.approx(expected["SEM_consistency_sqrtMSE"], rel=1e-9)
    assert sem(table, kind="agreement") == pytest.approx(
        expected["SEM_agreement_sqrt((MSc-MSe)/n+MSe)"], rel=1e-9
    )
    assert mdc95(consistency) == pytest.approx(expected["MDC95_from_SEM_consistency"], rel=1e-9)
    assert mdc90(consistency) == pytest.approx(expected["MDC90"], rel=1e-9)
    first, second = np.array(table).T
    limits = bland_altman(first, second)
    assert (limits.bias, limits.sd) == pytest.approx(
        (expected["mean_difference"], expected["sd_difference"]), rel=1e-9
    )
    assert [limits.lower, limits.upper] == pytest.approx(expected["LoA95"], rel=1e-9)
    assert np.std(table, ddof=1) == pytest.approx(expected["SD_all"], rel=1e-9)


def test_the_natural_calls_agree(golden: Any) -> None:
    table = golden["test_retest_20x2"]["data"]
    assert mdc95(table) == mdc95(table=table) == mdc95(np.array(table)) == mdc95(sem(table))
    assert mdc95(table, kind="agreement") == mdc95(sem(table, kind="agreement"))
    assert sem(sd=10.0, icc=0.91) == sem(10.0, 0.91) == pytest.approx(3.0)
    assert mdc95(sd=10.0, icc=0.91) == pytest.approx(1.96 * math.sqrt(2) * 3.0, rel=1e-4)
    assert mdc_percent(5.0, -50.0) == 10.0


def test_a_subject_that_is_not_whole_is_left_out(golden: Any) -> None:
    table = golden["shrout_fleiss_1979"]["ratings_6x4"]
    assert icc([*table, [1.0, math.nan, 3.0, 4.0]]) == icc(table)


def test_wrong_parameters_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        icc([1.0, 2.0])
    with pytest.raises(ValueError, match="kind"):
        sem([[1.0, 2.0]], kind="other")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="needs"):
        mdc95()
    with pytest.raises(ValueError, match="one number"):
        sem([[1.0, 2.0]], 0.5)
    with pytest.raises(ValueError, match="length"):
        bland_altman([1.0], [1.0, 2.0])


def test_tables_that_are_too_small_are_nan() -> None:
    for table in ([], [[1.0, 2.0]], [[1.0], [2.0]], [[5.0, 5.0], [5.0, 5.0]], [[math.nan, 1.0]] * 5):
        assert all(math.isnan(value) for value in icc(table))
    assert math.isnan(sem([[1.0, 2.0]]))
    assert math.isnan(mdc95(-1.0))
    assert math.isnan(sem(sd=2.0, icc=1.2))
    assert all(math.isnan(value) for value in bland_altman([1.0], [2.0]))
    assert math.isnan(mdc_percent(1.0, 0.0))


@settings(max_examples=150)
@given(st.integers(1, 4).flatmap(lambda k: st.lists(st.lists(ANY, min_size=k, max_size=k), max_size=8)))
def test_bad_tables_never_raise(table: list[list[float]]) -> None:
    for value in (*icc(table), sem(table), mdc95(table=table), sem(table, kind="agreement")):
        assert not math.isinf(value)


@settings(max_examples=150)
@given(st.lists(st.lists(ANY, max_size=4) | ANY, max_size=6), ANY, ANY)
def test_change_of_bad_numbers_never_raises_and_is_no_change(
    baselines: list[Any], value: float, floor: float
) -> None:
    found = change(baselines, value, floor=floor)
    if found.beyond:
        assert found.sessions >= 2
        assert abs(found.difference) > found.mdc95
    assert not any(math.isinf(x) for x in found[:5])


def test_change_only_beyond_the_patients_own_mdc() -> None:
    baselines = [40.0, 44.0, 42.0]  # SD 2, MDC95 5.54
    inside, outside = change(baselines, 47.5), change(baselines, 47.6)
    assert inside.mdc95 == pytest.approx(1.96 * math.sqrt(2) * 2.0, rel=1e-4)
    assert (inside.beyond, outside.beyond) == (False, True)
    assert change(baselines, 36.4).beyond
    assert outside.difference == pytest.approx(5.6)
    assert (outside.baseline, outside.sessions) == (42.0, 3)


def test_no_change_before_two_baselines_exist() -> None:
    for baselines in ([], [40.0], [40.0, math.nan], [[40.0, 41.0], []]):
        found = change(baselines, 400.0)
        assert not found.beyond
        assert math.isnan(found.mdc95)


def test_equal_baselines_do_not_make_every_change_real() -> None:
    repetitions = [[40.0, 50.0, 45.0, 35.0, 55.0]] * 2  # equal means, wide scatter
    found = change(repetitions, 47.0)
    assert found.sem == pytest.approx(math.sqrt(62.5 / 5))
    assert not found.beyond
    assert not change([45.0, 45.0], 47.0, floor=2.0).beyond
    assert change([45.0, 45.0], 47.0).beyond


@pytest.mark.parametrize(("k", "rate"), [(2, 0.27), (3, 0.14), (4, 0.09), (6, 0.05)])
def test_false_alarms_are_as_said(k: int, rate: float) -> None:
    """What Change says about `chance` at the MDC, counted on patients who do not change."""
    rng = np.random.default_rng(7)
    sessions = rng.normal(0.0, 1.0, (4000, k + 1))
    found = [change(row[:k], row[k]) for row in sessions]
    assert np.mean([each.beyond for each in found]) == pytest.approx(rate, abs=0.025)
    assert np.mean([each.chance < 0.05 for each in found]) == pytest.approx(0.05, abs=0.012)


def measured(value: float, name: str = "path_ratio", unit: str = "ratio") -> Measured:
    return Measured(name, "right", value, unit, Message("how.path_ratio"))


def test_measured_change() -> None:
    baselines = [measured(1.40), measured(1.44), measured(1.42)]
    found = measured_change(baselines, measured(1.20))
    assert found.value == pytest.approx(-0.22)
    assert (found.name, found.of, found.unit) == ("change", "path_ratio.right", "ratio")
    assert found.how.params["sessions"] == 3
    cases = {
        Validity.NO_BASELINE: (baselines[:1], measured(1.20)),
        Validity.NOISE: (baselines, measured(1.43)),
        Validity.BAD_NUMBER: (baselines, measured(math.nan)),
    }
    for why, (before, new) in cases.items():
        assert measured_change(before, new).validity is why
    strangers = [measured(1.4, name="sparc"), measured(1.4, unit="deg"), measured(math.nan), baselines[0]]
    assert measured_change(strangers, measured(1.2)).validity is Validity.NO_BASELINE


@pytest.mark.parametrize(("sessions", "chance"), [(2, 0.27), (3, 0.14), (4, 0.09), (6, 0.05)])
def test_chance_of_a_difference_of_one_mdc(sessions: int, chance: float) -> None:
    assert chance_of(mdc95(2.0), 2.0, sessions) == pytest.approx(chance, abs=0.01)
    assert chance_of(-mdc95(2.0), 2.0, sessions) == chance_of(mdc95(2.0), 2.0, sessions)


@given(ANY, ANY, st.integers(-1, 9))
def test_chance_of_anything_is_a_share_or_unknown(difference: float, error: float, sessions: int) -> None:
    found = chance_of(difference, error, sessions)
    known = sessions >= 2 and math.isfinite(difference) and math.isfinite(error) and error > 0
    assert 0.0 <= found <= 1.0 if known else math.isnan(found)
