"""The first days after onset: nothing, then little, unless a therapist clears more. Hazard H3."""

from __future__ import annotations

import pytest

from rehabgames.core.exercise import Axis
from rehabgames.core.limits import Limits
from rehabgames.safety import Guard, Refusal, allows_nothing, gated, tightest

ONSET = "2026-11-01"
WIDE = Limits(
    minutes_day=120.0, minutes_session=60.0, repetitions_day=900, shoulder_elevation_deg=120.0, standing=True
)
NARROW = Limits(minutes_day=10.0, minutes_session=5.0, repetitions_day=40)


@pytest.mark.parametrize("today", ["2026-11-01", "2026-11-02", "2026-10-31", "1999-01-01", "soon", ""])
def test_hazard_h3_in_the_first_days_and_where_dates_are_none_nothing_is_asked(today: str) -> None:
    held = gated(WIDE, ONSET, today)
    assert allows_nothing(held)
    refused = Guard(held, [Axis("distance", 0.4, 1.2, 0.7, 0.03)]).refusal(0.0)
    assert refused == Refusal("limits")


@pytest.mark.parametrize("today", ["2026-11-03", "2026-11-14"])
def test_then_little(today: str) -> None:
    held = gated(WIDE, ONSET, today)
    assert (held.minutes_day, held.minutes_session, held.repetitions_day) == (30.0, 15.0, 300)
    assert not allows_nothing(held)
    assert (held.shoulder_elevation_deg, held.standing) == (120.0, True), "only amounts are lowered"
    assert gated(NARROW, ONSET, today) == tightest(NARROW), "never more than the plan"


def test_then_what_the_plan_says() -> None:
    assert gated(WIDE, ONSET, "2026-11-15") == tightest(WIDE)
    assert gated(WIDE, "", "2026-11-02") == tightest(WIDE)
    assert gated(WIDE, ONSET, "2026-11-02", cleared=True) == tightest(WIDE)


def test_an_onset_that_is_no_date_allows_nothing() -> None:
    for onset in ("last spring", "2026-13-01", "0"):
        assert allows_nothing(gated(WIDE, onset, "2026-11-15"))
    assert allows_nothing(gated(WIDE, 3, "2026-11-15"))  # type: ignore[arg-type]


def test_limits_stricter_than_the_early_days_stay_and_a_minute_is_something() -> None:
    held = gated(NARROW, ONSET, ONSET)
    assert (held.minutes_day, held.minutes_session) == (0.0, 5.0)
    for minutes in (0.5, 1.0):
        assert not allows_nothing(Limits(minutes_day=minutes))
    assert allows_nothing(Limits(minutes_day=-1.0))
