"""Signs of fatigue from the trials, and what they mean for the dose. Truths are made, chance is seeded."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from rehabgames.adapt.advice import advice, after_soreness
from rehabgames.adapt.fatigue import Fatigue, FatigueWatch
from rehabgames.core.errors import UseError
from rehabgames.core.limits import Limits
from rehabgames.core.measured import Validity
from rehabgames.core.trial import Goal, Outcome, TrialSpec

HOME = Goal(0.0, 0.6, 0.17, 0.3)
NO_SIGN = Fatigue("none", 0.0, 0.0, 0.0, (), 40, Validity.GOOD)


def trial(
    number: int,
    *,
    time_s: float = 1.5,
    path: float = 1.2,
    margin: float = 0.03,
    distance: float = 0.7,
    direction_deg: float = 45.0,
    hold_s: float = 0.5,
    **more: object,
) -> tuple[TrialSpec, Outcome]:
    goal = Goal(direction_deg, distance, 0.13, hold_s)
    spec = TrialSpec(number, {"distance": distance}, goal, HOME, 8.0)
    outcome = Outcome(number, True, "placed", margin, distance, time_s, time_s + 2, path)
    return spec, replace(outcome, **more)  # type: ignore[arg-type]


def watched(*trials: tuple[TrialSpec, Outcome], noise: float = 0.0) -> FatigueWatch:
    watch = FatigueWatch(noise)
    for each, (spec, outcome) in enumerate(trials):
        watch.told(spec, outcome, 5.0 * each)
    return watch


def growing(per_trial: float, n: int = 40) -> list[tuple[TrialSpec, Outcome]]:
    return [trial(i, time_s=1.5 * (1 + per_trial) ** i) for i in range(n)]


def test_times_that_grow_by_a_known_share_give_that_slope() -> None:
    sign = watched(*growing(0.01)).sign()
    assert sign.time == pytest.approx(1.01**10 - 1)
    assert (sign.path, sign.margin) == (0.0, 0.0)
    assert sign.from_slopes == ("time",)
    assert sign.trials == 40
    assert sign.validity is Validity.GOOD


@pytest.mark.parametrize(
    ("trials", "level"),
    [
        (growing(0.0), "none"),
        (growing(0.002), "none"),  # 8 % over all
        (growing(0.004), "some"),  # 17 %
        (growing(0.01), "much"),  # 47 %
        (growing(-0.01), "none"),
        ([trial(i, path=1.1 * 1.005**i) for i in range(40)], "some"),
        ([trial(i, margin=0.1 - 0.002 * i) for i in range(40)], "some"),
        ([trial(i, margin=0.1 - 0.004 * i) for i in range(40)], "much"),
        ([trial(i, time_s=1.5 * 1.004**i, path=1.1 * 1.005**i) for i in range(40)], "much"),
    ],
)
def test_levels(trials: list[tuple[TrialSpec, Outcome]], level: str) -> None:
    assert watched(*trials).sign().level == level


def test_what_follows_difficulty_is_not_the_person() -> None:
    """Farther goals take longer: not tired. Nearer ones that take as long as far ones: tired."""
    farther = [trial(i, distance=0.6 * 1.01**i, time_s=1.5 * 1.0075**i) for i in range(40)]
    assert watched(*farther).sign().level == "none"
    assert watched(*farther).sign().time == pytest.approx(0.0, abs=1e-3)
    nearer = [trial(i, distance=0.8 / 1.01**i) for i in range(40)]
    assert watched(*nearer).sign().from_slopes == ("time", "margin")


def test_only_trials_that_asked_the_same_are_compared() -> None:
    one = [trial(i, direction_deg=-40.0, time_s=1.0) for i in range(20)]
    other = [trial(20 + i, direction_deg=85.0, time_s=3.0) for i in range(20)]
    assert watched(*one, *other).sign().level == "none"
    held = [trial(20 + i, hold_s=3.0, time_s=3.0) for i in range(20)]
    assert watched(*[trial(i) for i in range(20)], *held).sign().level == "none"


def test_trials_that_say_nothing_of_the_person_are_not_looked_at() -> None:
    spoiled = [
        *(trial(i, success=None, time_s=9.0) for i in range(10)),
        *(trial(i, assisted=True, time_s=9.0) for i in range(10)),
    ]
    probes = [(replace(spec, probe=True), outcome) for spec, outcome in (trial(i) for i in range(10))]
    assert watched(*spoiled, *probes).sign().trials == 0
    assert watched().sign().validity is Validity.TOO_FEW
    assert math.isnan(watched().sign().time)
    assert watched(*growing(0.05, 14)).sign().level == "none"


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, -1.0])
def test_numbers_that_are_none_count_for_nothing(bad: float) -> None:
    clean = growing(0.01)
    dirty = [trial(99, time_s=bad, path=bad, margin=math.nan) for _ in range(5)]
    sign = watched(*clean, *dirty, noise=bad).sign()
    assert sign.from_slopes == ("time",)
    unasked = [(replace(spec, limit_s=bad), outcome) for spec, outcome in clean]
    assert watched(*unasked).sign().trials == 0


def test_noise_of_the_hand_makes_a_loss_of_margin_none() -> None:
    falling = [trial(i, margin=0.1 - 0.002 * i) for i in range(40)]
    assert watched(*falling).sign().from_slopes == ("margin",)
    assert watched(*falling, noise=0.03).sign().level == "none"


def test_after_ten_minutes_all_begins_anew() -> None:
    watch = watched(*growing(0.01))
    watch.told(*trial(40), at_s=5.0 * 39 + 599.0)
    assert watch.sign().trials == 41
    watch.told(*trial(41), at_s=5.0 * 39 + 599.0 + 600.0)
    assert watch.sign().trials == 1
    watch.told(*trial(42), at_s=math.nan)
    assert watch.sign().trials == 2


def test_chance_alone_hardly_ever_is_a_sign() -> None:
    """SURE is 2.6 standard deviations, about 0.5 % of looks at each of three slopes."""
    rng = np.random.default_rng(5)
    alarms = 0
    for _ in range(200):
        noisy = [
            trial(
                i,
                time_s=1.5 * math.exp(0.27 * rng.standard_normal()),
                path=1.0 + 0.2 * rng.random(),
                margin=0.04 + 0.04 * rng.standard_normal(),
                direction_deg=float(rng.choice([-40, 25, 45, 65, 85])),
            )
            for i in range(40)
        ]
        alarms += watched(*noisy).sign().level != "none"
    assert alarms <= 8


def test_state_goes_to_json_and_back_and_goes_on_the_same() -> None:
    trials = growing(0.01, 90)
    watch = watched(*trials[:50], noise=0.01)
    again = FatigueWatch.from_json(watch.to_json())
    assert again.to_json() == watch.to_json()
    for number, (spec, outcome) in enumerate(trials[50:], start=50):
        for each in (watch, again):
            each.told(spec, outcome, 5.0 * number)
    assert again.to_json() == watch.to_json()
    assert again.sign() == watch.sign()
    assert watch.sign().trials == 80
    assert len(watch.to_json()) < 64 * 1024


@pytest.mark.parametrize(
    "spoil",
    [
        lambda state: state.pop("trials"),
        lambda state: state.update(told=-1),
        lambda state: state.update(noise="loud"),
        lambda state: state["trials"][3].__setitem__(2, -0.5),
        lambda state: state["trials"][3].pop(),
        lambda state: state["trials"].reverse(),
        lambda state: state.update(format="fatigue_watch/9"),
    ],
)
def test_a_damaged_state_is_refused(spoil) -> None:  # type: ignore[no-untyped-def]
    state = json.loads(watched(*growing(0.01)).to_json())
    spoil(state)
    with pytest.raises(UseError):
        FatigueWatch.from_json(json.dumps(state))


@pytest.mark.parametrize(
    ("level", "effort", "pain", "told"),
    [
        ("none", None, None, (1.0, 0.0, "dose.as_prescribed")),
        ("none", 5.0, 3.0, (1.0, 0.0, "dose.as_prescribed")),
        ("none", 6.0, None, (0.8, 30.0, "dose.effort")),
        ("none", 7.0, None, (0.6, 60.0, "dose.effort")),
        ("some", None, None, (0.8, 30.0, "dose.fatigue.time")),
        ("some", 6.0, None, (0.6, 60.0, "dose.fatigue_and_effort")),
        ("much", None, None, (0.6, 60.0, "dose.fatigue.time")),
        ("none", None, 4.0, (0.6, 60.0, "dose.pain")),
        ("much", 8.0, 9.0, (0.6, 60.0, "dose.pain")),
        ("none", math.nan, -3.0, (1.0, 0.0, "dose.as_prescribed")),
    ],
)
def test_advice(level: str, effort: float | None, pain: float | None, told: tuple[float, float, str]) -> None:
    sign = NO_SIGN if level == "none" else replace(NO_SIGN, level=level, from_slopes=("time",))
    found = advice(sign, effort, pain)
    assert (found.share, found.rest_s, found.why.id) == told


def test_advice_keeps_to_tighter_limits_and_never_gives_more_than_prescribed() -> None:
    tight = Limits(effort_hold=3.0, effort_rest=4.0, pain_ease=2.0)
    assert advice(NO_SIGN, 3.0, None, tight).share == 0.8
    assert advice(NO_SIGN, None, 2.0, tight).share == 0.6
    for share_of in (advice(NO_SIGN), advice(NO_SIGN, 7.0), after_soreness(6.0)):
        for prescribed in (-3, 0, 1, 2, 5, 40):
            assert 0 <= share_of.repetitions(prescribed) <= max(0, prescribed)
    assert advice(NO_SIGN, 7.0).repetitions(10) == 6
    assert advice(NO_SIGN, 7.0).repetitions(1) == 1


@pytest.mark.parametrize(
    ("soreness", "share"),
    [(None, 1.0), (1.9, 1.0), (2.0, 0.9), (4.0, 0.8), (6.0, 0.5), (8.0, 0.0), (99.0, 0.0), (math.nan, 0.5)],
)
def test_soreness_of_the_next_day(soreness: float | None, share: float) -> None:
    assert after_soreness(soreness).share == share
