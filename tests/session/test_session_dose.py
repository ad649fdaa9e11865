"""The dose of a block: lowered by tiredness, effort and soreness, and what the ledger keeps of it."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
from playing import Run, setup

from rehabgames.core.inputs import Answer
from rehabgames.core.message import Message
from rehabgames.core.plan import Prescription
from rehabgames.core.trial import Goal, Outcome, TrialSpec
from rehabgames.safety import Guard
from rehabgames.session.cueing import APART_S, Cueing
from rehabgames.session.dosing import Dosing
from rehabgames.session.leaning import LEAN_DEG, LOOSEST_DEG, Leaning
from rehabgames.session.tally import Tally

GOAL = Goal(90.0, 0.8, 0.1, 0.5)
SPEC = TrialSpec(0, {"distance": 0.8}, GOAL, Goal(0.0, 0.6, 0.17, 0.3), 8.0)
MADE = Outcome(0, True, "placed", 0.05, 0.8, 1.5, 3.0, 1.1)


def dosing(repetitions: int = 10, sets: int = 4, *heard: Answer) -> Dosing:
    made = setup(minutes=10.0)
    assert made.exercise is not None
    ordered = Prescription("orchard_reach", "right", repetitions=repetitions, sets=sets, rest_s=90.0)
    guard = Guard(made.limits, made.exercise.axes)
    return Dosing(replace(made, prescription=ordered), made.exercise, guard, 0.005, heard)


def tried(dose: Dosing, *times_s: float) -> list[int]:
    """Tries with these times to the goal, as many as the dose lets; how many were made in each set."""
    sets, now_s = [0], 0.0
    for number, time_s in enumerate(times_s):
        if dose.done:
            break
        if dose.resting is not None:
            sets += [0] if dose.resting == "set" else []
            dose.pass_time(3600.0, now_s, playing=False)
        spec = replace(SPEC, number=number)
        dose.tried(spec, replace(MADE, number=number, reach_s=time_s), now_s := now_s + 5.0)
        sets[-1] += 1
    return sets


def test_without_signs_the_dose_is_as_prescribed() -> None:
    dose = dosing()
    assert dose.repetitions == 40
    assert tried(dose, *[1.5] * 60) == [10, 10, 10, 10]
    assert dose.news() == ()
    assert dose.done


def test_whoever_tires_gets_shorter_sets_and_a_longer_rest() -> None:
    dose = dosing()
    assert tried(dose, *[1.5 * 1.02**i for i in range(60)]) == [10, 10, 6, 6]
    news = dose.news()
    assert [each.share for each in news] == [0.6]
    assert news[0].why.id == "dose.fatigue.time"


def test_the_rest_after_a_tiring_set_is_longer() -> None:
    dose = dosing()
    tried(dose, *[1.5 * 1.02**i for i in range(20)])
    assert dose.resting == "set"
    assert dose.rest_left_s == 150.0


def test_a_long_set_is_looked_at_within_and_rests() -> None:
    dose = dosing(60, 1)
    tried(dose, *[1.5 * 1.02**i for i in range(20)])
    assert dose.resting == "tired"
    assert dose.rest_left_s == 60.0
    assert dose.repetitions == 36


def test_effort_lowers_at_once_and_never_rises_again() -> None:
    dose = dosing()
    tried(dose, *[1.5] * 3)
    dose.hear(Answer("effort", 7.0))
    assert dose.repetitions == 4 * 6
    dose.hear(Answer("effort", 2.0))
    assert dose.repetitions == 4 * 6


def test_what_was_said_before_the_block_counts() -> None:
    assert dosing(10, 4, Answer("soreness", 4.0)).repetitions == 4 * 8
    both = dosing(10, 4, Answer("soreness", 6.0), Answer("effort", 6.0))
    assert both.repetitions == 4 * 4
    assert [each.why.id for each in both.news()] == ["dose.soreness", "dose.effort"]
    none = dosing(10, 4, Answer("soreness", 9.0))
    assert none.done
    assert none.repetitions == 0
    assert dosing(10, 4, Answer("soreness", math.nan)).repetitions == 4 * 5
    assert dosing(1, 2, Answer("soreness", 6.0)).repetitions == 2


def test_soreness_shortens_the_time_as_well() -> None:
    dose = dosing(10, 4, Answer("soreness", 6.0))
    assert dose.seconds_left == pytest.approx(300.0)


def test_in_a_session_what_is_said_lowers_the_dose_and_is_recorded() -> None:
    said = [Answer("soreness", 5.0)]
    run = Run(
        replace(
            setup(minutes=3.0),
            prescription=Prescription("orchard_reach", "right", repetitions=5, sets=2, rest_s=60.0),
        )
    )
    run.say = lambda t_s, view: [said.pop()] if said and t_s > 1.0 else []
    run.until(200)
    assert (run.session.closed, run.session.reason) == ("completed", "dose")
    assert len(run.of("trial")) == 8
    lowered = run.events("dose_lowered")
    assert len(lowered) == 1
    assert lowered[0].body["share"] == 0.8
    assert lowered[0].body["why"] == {"id": "dose.soreness", "params": {"percent": 80, "soreness": 5.0}}


def test_the_ledger_adds_up() -> None:
    run = Run(replace(setup(minutes=2.0), prescription=Prescription("orchard_reach", "right", probe_every=4)))
    run.until(200)
    ledger = run.of("stop")[0].body["ledger"]
    trials = [doc.body for doc in run.of("trial")]
    kinds = ("purposeful", "compensated", "assisted", "short", "unjudged", "probes")
    assert sum(ledger[kind] for kind in kinds) == len(trials) > 8
    assert ledger["probes"] == sum(body["probe"] for body in trials) > 1
    assert ledger["probes_made"] == sum(body["probe"] and body["success"] for body in trials)
    assert ledger["purposeful"] > 6
    minutes = run.of("stop")[0].body["done"]["minutes"]
    assert 0.3 * minutes < ledger["active_minutes"] < minutes


def moving(tally: Tally, *way: tuple[float, float], dt_s: float = 1 / 30) -> None:
    for hand in way:
        tally.moved(hand, dt_s)


def along(start: float, end: float, n: int = 30) -> list[tuple[float, float]]:
    return [(start + (end - start) * i / n, 0.0) for i in range(n + 1)]


def test_each_kind_of_try_is_counted_once() -> None:
    tally = Tally(0.005, 1.0)
    for to, outcome in (
        (0.8, MADE),
        (0.5, replace(MADE, success=False)),  # over half of the way, and not there
        (0.1, replace(MADE, success=False)),  # hardly begun
        (0.8, replace(MADE, compensated=True)),
        (0.8, replace(MADE, compensated=True, assisted=True)),
        (0.8, replace(MADE, success=None)),
    ):
        tally.begin(GOAL)
        moving(tally, *along(0.0, to))
        tally.told(SPEC, outcome)
    tally.told(replace(SPEC, probe=True), MADE)
    tally.told(replace(SPEC, probe=True), replace(MADE, success=False))
    told = tally.ledger()
    assert (told.purposeful, told.short, told.compensated, told.assisted) == (2, 1, 1, 1)
    assert (told.unjudged, told.probes, told.probes_made) == (1, 2, 1)


def test_active_is_who_moves_and_short_pauses_are_bridged() -> None:
    tally = Tally(0.005, 1.0)
    still = [(0.0, 0.0)]
    moving(tally, *still * 300)  # 10 s at rest
    assert tally.ledger().active_minutes == 0.0
    moving(tally, *along(0.0, 0.8, 60))  # 2 s
    moving(tally, *along(0.8, 0.8, 30))  # 1 s of holding: bridged
    moving(tally, *along(0.8, 0.0, 60))  # 2 s
    assert 60 * tally.ledger().active_minutes == pytest.approx(5.0, abs=0.4)
    moving(tally, *still * 300)
    moving(tally, *along(0.0, 0.8, 60))
    assert 60 * tally.ledger().active_minutes == pytest.approx(7.0, abs=0.6)


def test_a_hand_that_comes_back_elsewhere_after_a_pause_has_not_moved() -> None:
    tally = Tally(0.005, 1.0)
    moving(tally, *[(0.0, 0.0)] * 30)
    tally.paused()
    moving(tally, *[(0.9, 0.0)] * 30)
    assert tally.ledger().active_minutes == 0.0


def leaned(leaning: Leaning, deg: float) -> tuple[bool, bool]:
    leaning.begin()
    leaning.update(3.0, 1 / 30)
    for _ in range(15):
        leaning.update(3.0 + deg, 1 / 30)
    found = leaning.held, leaning.tolerated
    leaning.judged()
    return found


def test_what_is_tolerated_is_shaped_tighter_and_what_is_compensation_stays() -> None:
    leaning = Leaning()
    assert leaned(leaning, 8.0) == (True, True), "compensation, and at first let pass"
    for _ in range(60):
        leaned(leaning, 1.0)
    assert leaning.tolerance_deg == LEAN_DEG
    assert leaned(leaning, 8.0) == (True, False)
    assert leaning.tolerance_deg == pytest.approx(1.1 * LEAN_DEG)
    assert leaned(leaning, 5.0) == (False, True)
    for _ in range(60):
        leaned(leaning, 30.0)
    assert leaning.tolerance_deg == LOOSEST_DEG
    before = leaning.tolerance_deg
    leaning.begin()
    leaning.update(math.nan, 1.0)
    leaning.judged()
    assert leaning.tolerance_deg == before, "what cannot be measured shapes nothing"


def test_cues_are_mild_one_at_a_time_and_apart() -> None:
    cueing, begins = Cueing(), []
    for tick in range(600):
        now_s = tick / 10
        before = cueing.message(now_s)
        if tick % 17 == 0:
            cueing.told(replace(MADE, compensated=True, tolerated=False), now_s)
        if before is None and cueing.message(now_s) is not None:
            begins.append(now_s)
    assert len(begins) >= 6
    assert all(later - earlier >= APART_S for earlier, later in itertools.pairwise(begins))
    assert cueing.message(begins[-1] + 4.0) is None, "it goes away"


def test_what_is_tolerated_is_not_spoken_of() -> None:
    cueing = Cueing()
    cueing.told(replace(MADE, compensated=True), 0.0)
    assert cueing.message(0.0) is None
    cueing.told(replace(MADE, assisted=True, tolerated=False), 1.0)
    assert cueing.message(1.0) == Message("cue.by_itself")


@pytest.mark.parametrize("aim", ["restitution", "compensation"])
def test_a_severe_arm_that_leans_gets_cues_and_no_points_only_where_it_is_to_be_restored(aim: str) -> None:
    run = Run(replace(setup(minutes=2.0), aim=aim), kind="fma_severe").until(200)  # type: ignore[arg-type]
    trials = [doc.body for doc in run.of("trial")]
    assert any(body["compensated"] for body in trials)
    cued = [view.t_s for view in run.views if view.prompt is not None and view.prompt.id == "cue.by_the_arm"]
    stop = run.of("stop")[0].body
    made = sum(body["success"] is True for body in trials)
    beyond = sum(body["success"] is True and not body["tolerated"] for body in trials)
    assert stop["successes"] == made - beyond
    if aim == "compensation":
        assert beyond == 0
        assert cued == []
        return
    assert beyond > 0
    begins = [t for t, before in zip(cued, [-100.0, *cued], strict=False) if t - before > 0.1]
    assert begins
    assert all(later - earlier >= APART_S - 0.1 for earlier, later in itertools.pairwise(begins))
