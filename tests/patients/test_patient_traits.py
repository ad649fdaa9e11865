"""What changes over minutes and days: tiredness, practice, pain, will, soreness; and what is answered."""

from __future__ import annotations

import itertools
from dataclasses import fields, replace
from typing import Any

import pytest

from rehabgames.patients import (
    KINDS,
    Before,
    Dropouts,
    Fatigue,
    Learning,
    Pain,
    Patient,
    Refusal,
    Soreness,
    Traits,
)
from rehabgames.patients.condition import Condition

KIND = KINDS["moderate"]


def condition(before: Before | None = None, **traits: Any) -> Condition:
    return Condition(KIND, Traits(**traits), before or Before())


def worked(it: Condition, repetitions: int, share: float = 1.0, elevation_deg: float = 45.0) -> Condition:
    for _ in range(repetitions):
        it.repeated(share, elevation_deg)
    return it


def test_fatigue_makes_slower_shorter_and_less_steady_and_rest_takes_it_back() -> None:
    it = worked(condition(fatigue=Fatigue()), 40)
    tired = it.now()
    assert tired.movement_s > 1.2 * KIND.movement_s
    assert tired.reach < 0.95 * KIND.reach
    assert tired.reach_up < 0.95 * KIND.reach_up
    assert tired.noise > 1.2 * KIND.noise
    it.rested(180.0)
    some = it.now()
    assert KIND.movement_s < some.movement_s < tired.movement_s
    it.rested(3600.0)
    assert it.now().movement_s == pytest.approx(KIND.movement_s, rel=1e-3)


def test_far_work_tires_more_than_near_work() -> None:
    near, far = (worked(condition(fatigue=Fatigue()), 20, share).fatigue for share in (0.5, 1.1))
    assert far > 1.5 * near


@pytest.mark.parametrize(
    ("trait", "name", "less", "more", "seen"),
    [
        ("fatigue", "per_repetition", 0.005, 0.05, lambda it: it.fatigue),
        ("fatigue", "recovery_s", 10.0, 1000.0, lambda it: (it.rested(30.0), it.fatigue)[1]),
        ("fatigue", "slower", 0.1, 1.0, lambda it: it.now().movement_s),
        ("fatigue", "shorter", 0.3, 0.05, lambda it: it.now().reach),
        ("fatigue", "noisier", 0.1, 1.0, lambda it: it.now().noise),
        ("learning", "repetitions", 200.0, 10.0, lambda it: it.learned),
        ("learning", "retention", 0.1, 0.9, lambda it: it.tomorrow().learned),
        ("learning", "farther", 0.02, 0.12, lambda it: it.now().reach),
        ("learning", "quicker", 0.5, 0.1, lambda it: it.now().movement_s),
        ("learning", "steadier", 0.5, 0.1, lambda it: it.now().noise),
        ("pain", "start", 0.5, 3.0, lambda it: it.pain),
        ("pain", "angle_deg", 80.0, 20.0, lambda it: it.pain),
        ("pain", "per_repetition", 0.01, 0.3, lambda it: it.pain),
        ("pain", "relief_s", 10.0, 1000.0, lambda it: (it.rested(30.0), it.pain)[1]),
        ("pain", "guard", 0.8, 0.1, lambda it: it.now().reach_up),
        ("soreness", "free", 30.0, 5.0, lambda it: it.tomorrow().soreness),
        ("soreness", "per_repetition", 0.01, 0.2, lambda it: it.tomorrow().soreness),
    ],
)
def test_every_number_of_a_trait_shows(trait: str, name: str, less: float, more: float, seen: Any) -> None:
    made = {"fatigue": Fatigue(), "learning": Learning(), "pain": Pain(), "soreness": Soreness()}[trait]
    one, other = (
        seen(worked(condition(**{trait: replace(made, **{name: value})}), 60, 1.0, 75.0))
        for value in (less, more)
    )
    assert other > one


def test_learning_goes_to_its_asymptote_and_keeps_its_share_overnight() -> None:
    learning = Learning(repetitions=20.0, retention=0.6)
    it, levels = condition(learning=learning), []
    for _ in range(5):
        levels.append(worked(it, 20).learned)
    gains = [b - a for a, b in itertools.pairwise(levels)]
    assert gains == sorted(gains, reverse=True)
    assert levels[0] == pytest.approx(1 - 2.718281828**-1, abs=1e-6)
    assert levels[-1] < 1.0
    assert it.tomorrow().learned == pytest.approx(0.6 * it.learned)


def test_every_day_of_practice_begins_better_until_no_more_is_kept() -> None:
    traits = Traits(learning=Learning(daily=20.0))
    starts = [Before.of(traits, day).learned for day in range(12)]
    assert starts == sorted(starts)
    assert starts[0] == 0.0
    assert starts[11] - starts[10] < 0.01
    assert Before.of(Traits(), 9) == Before()
    with pytest.raises(ValueError, match="day"):
        Before.of(traits, -1)


def test_a_day_more_is_the_same_as_what_yesterday_left() -> None:
    traits = Traits(learning=Learning(daily=25.0), soreness=Soreness(free=10.0))
    it = worked(Condition(KIND, traits, Before.of(traits, 3)), 25)
    tomorrow, of_day = it.tomorrow(), Before.of(traits, 4)
    assert tomorrow.learned == pytest.approx(of_day.learned)
    assert tomorrow.soreness == pytest.approx(of_day.soreness)


def test_pain_builds_only_over_the_own_angle_and_guards() -> None:
    low = worked(condition(pain=Pain(angle_deg=60.0)), 30, elevation_deg=50.0)
    high = worked(condition(pain=Pain(angle_deg=60.0)), 30, elevation_deg=85.0)
    assert low.answer("pain") == 1.0
    assert high.answer("pain") >= 5.0
    assert high.now().reach_up < 0.9 * low.now().reach_up
    assert high.now().movement_s > 1.1 * low.now().movement_s
    worked(high, 200, elevation_deg=90.0)
    assert high.answer("pain") == 10.0
    assert high.answer("sharp_pain") == 1.0
    high.rested(3600)
    assert high.answer("pain") == 1.0


def test_effort_is_answered_by_kind_by_fatigue_and_by_distance() -> None:
    fresh = condition(fatigue=Fatigue())
    assert fresh.answer("effort") == KIND.effort
    near, far = (
        worked(condition(fatigue=Fatigue(per_repetition=0.03)), 30, share).answer("effort")
        for share in (0.6, 1.0)
    )
    assert KIND.effort < near < far <= 10.0


def test_soreness_is_answered_the_day_after() -> None:
    soreness = Soreness(free=20.0, per_repetition=0.1, half_life_days=1.0)
    today = worked(condition(soreness=soreness), 60)
    assert today.answer("soreness") == 0.0
    tomorrow = condition(today.tomorrow(), soreness=soreness)
    assert tomorrow.answer("soreness") == 4.0
    assert condition(tomorrow.tomorrow(), soreness=soreness).answer("soreness") == 2.0
    slow = replace(soreness, half_life_days=4.0)
    assert condition(Before(0, 4.0), soreness=slow).tomorrow().soreness > 3.0


def test_symptoms_that_nobody_has_are_not_told() -> None:
    it = condition()
    assert [
        it.answer(q) for q in ("chest_pain", "new_weakness", "speech_or_vision", "dizziness", "fall")
    ] == [0] * 5
    assert it.answer("support") == 1.0
    assert it.answer("pain") == 0.0


def test_failing_for_long_ends_the_will_and_a_rest_brings_it_back() -> None:
    it = condition(refusal=Refusal(below=0.4, window=10, rest_s=60.0))
    for i in range(9):
        it.came(success=i == 0)
        assert it.willing
    it.came(success=False)
    assert not it.willing
    it.rested(59.0)
    assert not it.willing
    it.rested(2.0)
    assert it.willing
    for _ in range(20):
        it.came(success=True)
    assert it.willing


def test_pain_ends_the_will_until_it_has_eased() -> None:
    it = condition(pain=Pain(start=2.0, relief_s=100.0), refusal=Refusal(pain_from=6.0, rest_s=20.0))
    worked(it, 40, elevation_deg=85.0)
    assert not it.willing
    it.rested(21.0)
    assert not it.willing
    it.rested(300.0)
    assert it.willing


def test_more_of_each_number_of_a_refusal_is_sooner_or_longer() -> None:
    def tries_until_refusal(refusal: Refusal) -> int:
        it, n = condition(refusal=refusal), 0
        while it.willing and n < 100:
            it.came(success=n % 4 == 0)
            n += 1
        return n

    base = Refusal(below=0.4, window=8)
    assert tries_until_refusal(base) < tries_until_refusal(replace(base, window=20)) < 100
    assert tries_until_refusal(replace(base, below=0.1)) == 100


@pytest.mark.parametrize("trait", [Fatigue, Learning, Pain, Refusal, Soreness, Dropouts])
def test_numbers_of_traits_out_of_range_are_refused_by_name(trait: type) -> None:
    for each in fields(trait):
        with pytest.raises(ValueError, match=each.name):
            trait(**{each.name: "leg" if each.name == "part" else -1.0})
        if each.name != "part":
            with pytest.raises(ValueError, match=each.name):
                trait(**{each.name: float("nan")})


def test_a_patient_answers_and_hands_over_to_tomorrow() -> None:
    today = Patient("mild+learning+soreness+pain", "right", 1)
    worked(today.condition, 80, elevation_deg=80.0)
    assert today.answer("pain") > 3
    tomorrow = Patient("mild+learning+soreness+pain", "right", 2, before=today.tomorrow())
    assert tomorrow.condition.learned > 0.4
    assert tomorrow.answer("soreness") > 0
    assert tomorrow.answer("pain") == 1
    assert Patient("mild+learning", "right", 1, day=3).condition.learned > 0.4
