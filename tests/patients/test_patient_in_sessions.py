"""Grown-up patients in the real session, at landmark level: what they are shows in what it records."""

from __future__ import annotations

from dataclasses import replace

from landmark_sessions import median, played

from rehabgames.patients import KINDS, Dropouts, Fatigue, Pain, Refusal, Traits

EASY = 0.7


def test_the_tired_take_longer_at_the_same_distance() -> None:
    traits = Traits(fatigue=Fatigue(per_repetition=0.1, slower=2.5, shorter=0.0, noisier=0.0))
    trials = played("moderate", EASY, 24, traits=traits).trials
    times = [t["duration_s"] for t in trials]
    assert median(times[-8:]) > 1.3 * median(times[:4])


def test_who_fails_for_long_stops_trying() -> None:
    traits = Traits(refusal=Refusal(window=4, below=0.5, rest_s=600.0))
    run = played("mild", 1.1, 8, traits=traits)
    assert not run.patient.condition.willing
    assert [t["success"] for t in run.trials] == [False] * 8
    # the hand waits in the lap: what it still reaches is not what it did
    assert run.trials[0]["reached"] > 0.8
    assert run.trials[-1]["reached"] < 0.76


def test_success_keeps_the_will_and_the_count_is_how_it_is_known() -> None:
    traits = Traits(refusal=Refusal(window=4, below=0.9))
    run = played("healthy", EASY, 10, traits=traits)
    assert run.patient.condition.willing
    assert run.success == 1.0
    assert run.patient.condition.repetitions == 10


def test_a_shoulder_that_hurts_says_so() -> None:
    run = played("mild", EASY, 12, traits=Traits(pain=Pain(angle_deg=20.0, per_repetition=0.5)))
    assert run.patient.answer("pain") >= 5


def test_targets_on_the_neglected_side_are_missed() -> None:
    kind = replace(KINDS["mild"], neglect="right", neglect_miss=1.0)
    run = played(kind, EASY, 12)
    beside = [t for t in run.trials if t["goal"]["direction_deg"] > 0]
    across = [t for t in run.trials if t["goal"]["direction_deg"] < 0]
    assert len(beside) >= 6
    assert {t["reason"] for t in beside} == {"not_reached"}
    assert "not_reached" not in {t["reason"] for t in across[:1]}


def test_dropouts_pause_and_are_no_misses() -> None:
    traits = Traits(dropouts=Dropouts(per_minute=8.0, mean_s=1.0, part="arm"))
    run = played("healthy", EASY, 10, traits=traits)
    assert run.events.count("pause") >= 3
    assert run.success == 1.0
    assert run.seconds > played("healthy", EASY, 10).seconds + 3
