"""Whole tries against the real session: the same people succeed as often, in the same time, by as much."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from landmark_sessions import DIRECTIONS, Played, asks, game, median, played, rate, tried

from rehabgames.core.trial import Outcome
from rehabgames.patients import KINDS, Dropouts, Fatigue, Kind, Learning, Pain, Refusal, Soreness, Traits
from rehabgames.patients.trials import TrialPatient


def one_by_one(kind: str | Kind, distance: float, tries: int = 300, **more: Any) -> list[Outcome]:
    return tried(TrialPatient(kind, "right", 1, **more), distance, tries)


def test_success_over_distance_is_that_of_the_real_session() -> None:
    differences, margins = [], []
    for distance in (0.6, 0.88, 0.94, 1.05):
        real, whole = played("moderate", distance, 24), one_by_one("moderate", distance)
        differences.append(abs(real.success - rate(whole)))
        margins.append(median([t["margin"] for t in real.trials]) - median([o.margin for o in whole]))
    assert np.mean(differences) < 0.1
    assert max(differences) < 0.1 + 2 * math.sqrt(0.25 / 24)
    assert np.abs(margins).max() < 0.03


def test_times_are_those_of_the_real_session() -> None:
    for kind in ("healthy", "fma_severe"):
        real, whole = played(kind, 0.65, 12), one_by_one(kind, 0.65)
        assert median([o.reach_s for o in whole]) == pytest.approx(
            median([t["reach_s"] for t in real.trials]), rel=0.15
        )
        assert median([o.duration_s for o in whole]) == pytest.approx(
            median([t["duration_s"] for t in real.trials]), rel=0.15
        )


@pytest.mark.endurance
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", [*sorted(KINDS), "moderate+fatigue", "moderate+learning"])
def test_success_at_every_distance_is_that_of_the_real_session(kind: str) -> None:
    for distance in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0, 1.1):
        assert_as_expected([played(kind, distance, 50, seed) for seed in (1, 2)])


@pytest.mark.parametrize(
    ("kind", "distance"),
    [("fma_moderate", 0.95), ("bradykinesia", 1.0), ("neglect", 0.95), ("moderate+fatigue", 0.85)],
)
def test_people_who_tire_or_miss_things_succeed_as_often_in_the_real_session(
    kind: str, distance: float
) -> None:
    """A sample; all kinds at all distances are compared by hand, with -m endurance."""
    assert_as_expected([played(kind, distance, 20, 7)])


def assert_as_expected(runs: list[Played]) -> None:
    """As often as whole tries say of the same patients as they were when each of these tries began."""
    real = np.array([each["success"] for run in runs for each in run.trials])
    chances = np.array([chance for run in runs for chance in run.expected()])
    assert len(real) == len(chances) > 10
    spread = math.sqrt(max(0.01, float((chances * (1 - chances)).mean())) / len(real))
    assert abs(real.mean() - chances.mean()) < 0.05 + 2.5 * spread


@pytest.mark.parametrize("kind", ["healthy", "fma_moderate", "ataxia", "bradykinesia", "neglect", "tremor"])
def test_true_success_is_what_comes_out(kind: str) -> None:
    for distance in (0.7, 0.9, 1.05):
        patient = TrialPatient(kind, "right", 1, asks=asks)
        # decrements go on over tries, so each of these is the first one
        came = [rate(tried(TrialPatient(kind, "right", s), distance, 1, s)) for s in range(400)]
        assert patient.true_success({"distance": distance}, 400) == pytest.approx(np.mean(came), abs=0.09)


def test_true_success_falls_with_distance_and_follows_the_condition() -> None:
    patient = TrialPatient("moderate", "right", 3, traits=Traits(fatigue=Fatigue()), asks=asks)
    levels = [patient.true_success({"distance": d}) for d in np.linspace(0.5, 1.2, 15)]
    assert all(b <= a + 0.03 for a, b in itertools.pairwise(levels))
    assert levels[0] > 0.95
    assert levels[-1] < 0.05
    fresh = patient.true_success({"distance": 0.88})
    tried(patient, 0.9, 60)
    assert patient.true_success({"distance": 0.88}) < fresh - 0.1
    patient.rest(3600.0)
    assert patient.true_success({"distance": 0.88}) == pytest.approx(fresh)


def test_asking_for_the_truth_changes_nothing() -> None:
    asked, unasked = (TrialPatient("fma_moderate", "right", 4, asks=asks) for _ in range(2))
    outcomes = []
    for i in range(20):
        assert asked.true_success({"distance": 0.9}) == asked.true_success({"distance": 0.9})
        spec = game().propose(i, {"distance": 0.9}, DIRECTIONS[i % 5])
        outcomes.append((asked.play(spec), unasked.play(spec)))
    assert all(repr(one) == repr(other) for one, other in outcomes)
    assert len({repr(one) for one, _ in outcomes}) == 20


def test_what_is_not_known_cannot_be_asked() -> None:
    with pytest.raises(ValueError, match="asks"):
        TrialPatient("healthy", "right", 1).true_success({"distance": 0.5})
    with pytest.raises(ValueError, match="a try"):
        TrialPatient("healthy", "right", 1).success_of([])


def test_outcomes_are_those_of_the_game() -> None:
    seen = set()
    for kind in KINDS:
        for distance in (0.5, 0.9, 1.1):
            for outcome in one_by_one(kind, distance, 40):
                seen.add(outcome.reason)
                assert outcome.success == (outcome.reason == "placed")
                assert 0 < outcome.duration_s <= 8.0
                assert outcome.margin <= 0.13
                assert not outcome.path_ratio < 1.0
                assert outcome.reached < 1.2
                assert (outcome.margin >= 0) == math.isfinite(outcome.reach_s)
                assert outcome.success is False or outcome.margin >= 0
    assert seen == {"placed", "not_reached", "not_placed"}


def test_the_other_side_is_the_mirror_image() -> None:
    left = TrialPatient("moderate", "left", 1)
    assert rate(tried(left, 0.9, 200)) == pytest.approx(rate(one_by_one("moderate", 0.9, 200)), abs=1e-9)


def test_curves_and_leans_are_told() -> None:
    straight, curved = (replace(KINDS["healthy"], bow=bow) for bow in (0.0, 0.5))
    assert median([o.path_ratio for o in one_by_one(straight, 0.8)]) < 1.1
    assert median([o.path_ratio for o in one_by_one(curved, 0.8)]) > 1.1
    shares = [np.mean([o.compensated for o in one_by_one("fma_severe", d)]) for d in (0.3, 0.55, 0.8)]
    assert shares == sorted(shares)
    assert shares[0] < 0.1
    assert shares[-1] > 0.9
    assert not any(o.compensated for o in one_by_one("healthy", 0.8))


@pytest.mark.parametrize(
    ("name", "less", "more", "distance"),
    [
        ("movement_s", 0.8, 5.0, 0.8),
        ("reaction_s", 0.3, 3.0, 0.8),
        ("noise", 0.03, 0.4, 0.8),
        ("synergy", 0.0, 0.8, 0.95),
        ("tremor_m", 0.0, 0.1, 0.8),
        ("intention_m", 0.0, 0.1, 0.8),
        ("bow", 0.0, 0.5, 0.8),
        ("gain_spread", 0.0, 0.4, 0.8),
        ("attention", 0.1, 1.0, 0.8),
    ],
)
def test_more_of_it_is_harder(name: str, less: float, more: float, distance: float) -> None:
    base = replace(KINDS["mild"], tremor_hz=4.0, gain=0.7 if name == "attention" else 1.0)
    one, other = (one_by_one(replace(base, **{name: value}), distance) for value in (less, more))
    one, other = (other, one) if name == "attention" else (one, other)
    ratio = np.nanmean([o.path_ratio for o in other]) / np.nanmean([o.path_ratio for o in one])
    longer_s = np.mean([o.duration_s for o in other]) - np.mean([o.duration_s for o in one])
    assert rate(other) < rate(one) - 0.1 or longer_s > 0.2 or ratio > 1.1


def test_halts_and_neglect_cost_time_and_tries() -> None:
    quick, halting = (replace(KINDS["mild"], halts=h, halt_s=2.0) for h in (0.0, 0.8))
    assert median([o.duration_s for o in one_by_one(halting, 0.7)]) > 1 + median(
        [o.duration_s for o in one_by_one(quick, 0.7)]
    )
    neglecting = replace(KINDS["mild"], neglect="right", neglect_miss=0.5, neglect_delay_s=0.0)
    assert rate(one_by_one(neglecting, 0.7)) < 0.65


def test_traits_act_on_tries() -> None:
    tired = one_by_one("moderate", 0.9, 120, traits=Traits(fatigue=Fatigue(shorter=0.3)))
    assert rate(tired[60:]) < rate(tired[:20]) - 0.2
    taught = one_by_one("moderate", 0.98, 200, traits=Traits(learning=Learning()))
    assert rate(taught[100:]) > rate(taught[:20]) + 0.2
    hurt = TrialPatient("moderate", "right", 1, traits=Traits(pain=Pain(angle_deg=20.0, per_repetition=0.5)))
    tried(hurt, 0.9, 60)
    assert hurt.answer("pain") > 5
    sore = TrialPatient("moderate", "right", 1, traits=Traits(soreness=Soreness(free=10.0)))
    tried(sore, 0.6, 60)
    assert (
        TrialPatient("moderate", "right", 2, traits=sore.traits, before=sore.tomorrow()).answer("soreness")
        > 1
    )
    lost = one_by_one("healthy", 0.7, traits=Traits(dropouts=Dropouts(30.0)))
    assert 0.1 < np.mean([math.isnan(o.path_ratio) for o in lost]) < 0.6


def test_who_refuses_does_not_move_until_rested() -> None:
    patient = TrialPatient(
        "moderate", "right", 1, traits=Traits(refusal=Refusal(window=6, rest_s=30.0)), asks=asks
    )
    outcomes = tried(patient, 1.2, 12)
    assert [o.reason for o in outcomes[6:9]] == ["not_reached"] * 3
    assert outcomes[8].duration_s == 8.0
    assert len({o.margin for o in outcomes if math.isfinite(o.margin)}) > 6
    again = TrialPatient(
        "moderate", "right", 1, traits=Traits(refusal=Refusal(window=6, rest_s=300.0)), asks=asks
    )
    tried(again, 1.2, 12)
    assert again.true_success({"distance": 0.5}) == 0.0
    again.rest(301.0)
    assert again.true_success({"distance": 0.5}) > 0.9


def test_a_profile_is_the_reach_of_that_day() -> None:
    profiles = [TrialPatient("fma_severe", "left", s).profile(DIRECTIONS) for s in range(30)]
    mean = {d: np.mean([p.reach[d] for p in profiles]) for d in DIRECTIONS}
    assert profiles[0].side == "left"
    assert profiles[0].rest_xy[0] < 0
    assert mean[25.0] > mean[65.0] > mean[85.0]
    assert len({p.reach[45.0] for p in profiles}) == 30


def test_the_same_seed_is_the_same_session_and_another_is_not() -> None:
    one, same, other = (tried(TrialPatient("ataxia+fatigue", "right", s), 0.9, 30) for s in (1, 1, 2))
    assert [repr(o) for o in one] == [repr(o) for o in same]
    assert [repr(o) for o in one] != [repr(o) for o in other]
