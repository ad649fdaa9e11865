"""SkillTracker: what it learns from, what it ignores, and that it does better than the best staircase."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest

from rehabgames.adapt import SkillTracker
from rehabgames.bench.adapter import bench_adapter
from rehabgames.bench.players import players


def test_a_margin_tells_more_than_a_hit() -> None:
    far, near, hit = SkillTracker(), SkillTracker(), SkillTracker()
    far.tell(0.5, success=True, margin=3.0)
    near.tell(0.5, success=True, margin=0.1)
    hit.tell(0.5, success=True)
    assert near.wanted[0] < hit.wanted[0] < far.wanted[0]
    assert near.wanted[1] < hit.wanted[1]


@pytest.mark.parametrize("margin", [math.nan, math.inf, -math.inf, -0.5])
def test_a_margin_that_cannot_be_counts_as_unknown(margin: float) -> None:
    odd, hit = SkillTracker(), SkillTracker()
    odd.tell(0.5, success=True, margin=margin)
    hit.tell(0.5, success=True)
    assert odd.to_json() == hit.to_json()


def test_at_least_so_far_inside_tells_more_than_a_hit() -> None:
    least, exactly, hit = SkillTracker(), SkillTracker(), SkillTracker()
    least.tell(0.5, success=True, margin=1.2, at_least=True)
    exactly.tell(0.5, success=True, margin=1.2)
    hit.tell(0.5, success=True)
    assert hit.wanted[0] < least.wanted[0]
    assert exactly.wanted[0] < least.wanted[0]


def test_it_begins_where_the_prior_says_in_the_units_of_the_bounds() -> None:
    for mean in (30.0, 50.0, 70.0):
        tracker = SkillTracker(bounds=(20.0, 90.0), prior=(mean, 5.0))
        assert mean - 5.0 < tracker.ask() <= mean  # too hard costs more than too easy
        assert tracker.wanted[0] == pytest.approx(mean, abs=3.0)


def test_a_wrong_prior_is_outvoted() -> None:
    tracker, rng = SkillTracker(prior=(0.9, 0.05)), np.random.default_rng(0)
    for _ in range(15):
        asked = tracker.ask()
        margin = (0.3 - asked + 0.08 * float(rng.logistic())) / (1.8 * 0.08)
        tracker.tell(asked, margin > 0, margin)
    assert tracker.ask() < 0.4


def test_a_higher_target_asks_for_less() -> None:
    asked = []
    for target in (0.65, 0.75, 0.9):
        tracker = SkillTracker(target, prior=(0.5, 0.1))
        tracker.tell(0.5, success=True, margin=0.8)
        asked.append(tracker.success(0.5))
    assert asked[0] < asked[1] < asked[2]


def test_it_says_why() -> None:
    tracker = SkillTracker(prior=(0.5, 0.2))
    assert tracker.explain().id == "adapt.start"
    tracker.tell(0.5, success=True, margin=4.0)
    assert tracker.explain().id == "adapt.harder"
    assert tracker.explain().params["expected"] > 75
    tracker.tell(0.9, success=False, margin=-4.0)
    assert tracker.explain().id == "adapt.easier"


@pytest.mark.parametrize("bounds", [(1.0, 0.0), (0.5, 0.5), (0.0, math.inf), (math.nan, 1.0)])
def test_bounds_that_are_none_are_refused(bounds: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="bounds"):
        SkillTracker(bounds=bounds)


@pytest.mark.parametrize("prior", [(math.nan, 0.1), (0.5, 0.0), (0.5, -1.0), (0.5, math.nan)])
def test_a_prior_that_is_none_is_refused(prior: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="prior"):
        SkillTracker(prior=prior)


def test_the_same_players_are_the_same() -> None:
    one, other = players(3, "learning", "probit", 4), players(3, "learning", "probit", 4)
    assert all((a.noise == b.noise).all() and a.slope == b.slope for a, b in zip(one, other, strict=True))


def test_a_player_succeeds_as_often_as_it_says() -> None:
    for family in ("logistic", "probit", "heavy_tailed", "steep_when_easy"):
        group = players(2000, "static", family, 1)
        said = np.mean([player.chance(0, 0.4) for player in group])
        made = np.mean([player.play(0, 0.4)[0] for player in group])
        assert made == pytest.approx(said, abs=0.03), family


def test_it_beats_the_best_staircase_on_a_sample() -> None:
    """60 players a scenario; `rehabgames bench adapter` has the figures of thousands."""
    bench = bench_adapter(60, 3, families=("logistic",), scenarios=("static", "sudden_drop"))
    for scenario in ("static", "sudden_drop"):
        early, late = bench.ratio("logistic", scenario, "skill")
        assert early < 0.75
        assert late < 0.95
        assert bench.ratio("logistic", scenario, "skill, seeded 0.05")[0] < 0.5


def test_a_try_takes_well_under_a_frame() -> None:
    tracker, taken = SkillTracker(), []
    for k in range(60):
        began_s = time.perf_counter()
        tracker.tell(tracker.ask(), success=k % 4 != 0, margin=0.5 if k % 4 else -0.5)
        taken.append(time.perf_counter() - began_s)
    assert np.median(taken) < 0.010


def test_on_a_long_way_the_same_player_is_followed_as_well() -> None:
    """Three units hold what one unit holds, three times: a player with a slope of 0.08 in 1 is the same
    person as one with 0.08 in 3 units, a share of 0.027 of the bounds."""
    far: dict[float, list[float]] = {1.0: [], 3.0: []}
    for length, off in far.items():
        for seed in range(8):
            tracker = SkillTracker(length=length, prior=(0.5, 0.15 / length))
            rng = np.random.default_rng(seed)
            for number in range(40):
                asked = tracker.ask()
                at = length * (asked - 0.6)  # units beyond the threshold
                margin = (0.08 * float(rng.logistic()) - at) / (1.8 * 0.08)
                tracker.tell(asked, margin > 0, margin)
                if number >= 10:
                    off.append(abs(1 / (1 + math.exp(at / 0.08)) - 0.75))
    assert np.mean(far[3.0]) < 1.2 * np.mean(far[1.0])
    assert np.mean(far[3.0]) < 0.12
