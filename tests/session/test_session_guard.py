"""What a session does about pain, effort, sets, rests and caps. Hazards H3 and H5."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from playing import Run, setup

from rehabgames.adapt import Adapter
from rehabgames.core.inputs import Answer, Input, Question, Stop, Tighten
from rehabgames.core.landmarks import POSE
from rehabgames.core.limits import Limits
from rehabgames.core.plan import Prescription
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import View
from rehabgames.safety import Done


def answering(run: Run, after: int, *answers: Answer) -> Run:
    """The run, with these answers once so many trials were recorded."""
    left = list(answers)

    def say(_t: float, view: View | None) -> list[Input]:
        if left and view is not None and len(run.of("trial")) >= after:
            return [left.pop(0)]
        return []

    run.say = say
    return run


@pytest.mark.parametrize(
    ("what", "value", "reason"),
    [
        ("pain", 6.0, "pain_end"),
        ("pain", 9.0, "pain_stop"),
        ("sharp_pain", 1.0, "sharp_pain"),
        ("dizziness", 1.0, "dizziness"),
        ("effort", 9.0, "effort_end"),
    ],
)
def test_what_hurts_ends_it(what: Question, value: float, reason: str) -> None:
    run = answering(Run(setup(minutes=3.0)), 2, Answer(what, value)).until(60)
    assert (run.session.closed, run.session.reason) == ("stopped", reason)
    answer = next(e for e in run.of("event") if e.body["name"] == "answer")
    assert answer.body["code"] == reason
    assert 2 <= len(run.of("trial")) <= 3


def test_hazard_h5_after_much_effort_comes_rest_and_nothing_harder() -> None:
    run = answering(Run(setup(minutes=3.0)), 4, Answer("effort", 7.0)).until(240)
    resting = [view.t_s for view in run.views if view.prompt is not None and view.prompt.id == "play.rest"]
    assert resting[-1] - resting[0] >= 119
    trials = [(doc.t_s, doc.body["levels"]["distance"]) for doc in run.of("trial")]
    before = [level for t_s, level in trials if t_s < resting[0]]
    after = [level for t_s, level in trials if t_s > resting[-1]]
    assert len(after) >= 3
    assert max(after) <= before[-1] + 1e-9
    assert all(view.target is None for view in run.views if resting[0] < view.t_s < resting[-1])


def test_a_pain_that_is_no_number_is_asked_again_and_nothing_goes_on() -> None:
    run = answering(Run(setup(minutes=3.0)), 1, Answer("pain", math.nan)).until(60)
    assert len(run.of("trial")) <= 2
    assert run.session.closed is None


def test_sets_and_the_rest_between_them() -> None:
    ordered = Prescription("orchard_reach", "right", repetitions=3, sets=2, rest_s=75.0)
    run = Run(replace(setup(minutes=5.0), prescription=ordered)).until(300)
    assert (run.session.closed, run.session.reason) == ("completed", "dose")
    times = [doc.t_s for doc in run.of("trial")]
    assert len(times) == 6
    assert times[3] - times[2] >= 75.0
    assert times[2] - times[1] < 20.0


def test_hazard_h3_a_rest_comes_after_the_minutes_that_are_allowed() -> None:
    run = Run(setup(minutes=2.0, limits=Limits(minutes_work=0.5, rest_s=60.0))).until(150)
    times = [doc.t_s for doc in run.of("trial")]
    assert max(b - a for a, b in itertools.pairwise(times)) >= 60.0


def test_hazard_h3_the_cap_of_a_day_holds_over_sessions() -> None:
    limits = Limits(minutes_day=1.0)
    fresh = replace(setup(minutes=5.0, limits=limits), day="2026-11-21")
    first = Run(fresh).until(200)
    told = first.of("stop")[0].body["done"]
    assert told["minutes"] <= 1.0
    again = replace(fresh, before=(Done(told["begun_s"], told["minutes"], told["repetitions"], told["day"]),))
    second = Run(again).until(60)
    assert second.of("trial") == []
    assert second.session.closed is not None


def test_repetitions_are_capped() -> None:
    run = Run(setup(minutes=3.0, limits=Limits(repetitions_block=4))).until(120)
    assert len(run.of("trial")) == 4
    assert run.session.closed == "completed"


def test_a_locked_axis_and_another_rule_are_played() -> None:
    ordered = Prescription("orchard_reach", "right", adapter="fixed", locked={"distance": 0.6})
    run = Run(replace(setup(minutes=0.5), prescription=ordered)).until(60)
    assert {doc.body["levels"]["distance"] for doc in run.of("trial")} == {0.6}


def test_stop_is_obeyed_in_a_rest() -> None:
    run = answering(Run(setup(minutes=3.0)), 2, Answer("effort", 8.0))
    answer = run.say

    def say(t_s: float, view: View | None) -> list[Input]:
        resting = view is not None and view.prompt is not None and view.prompt.id == "play.rest"
        return [Stop("key")] if resting else answer(t_s, view)

    run.say = say
    run.until(60)
    assert (run.session.closed, run.session.reason) == ("stopped", "key")


def test_every_trial_says_why_its_levels_are_what_they_are() -> None:
    run = Run(setup(minutes=1.0)).until(90)
    whys = [doc.body["why"]["id"] for doc in run.of("trial")]
    assert whys[0] == "adapt.start"
    assert any(why.startswith("adapt.distance.") for why in whys[1:])


def test_hazard_h2_a_trunk_that_leans_far_over_pauses_within_half_a_second() -> None:
    upright = setup(minutes=1.0)
    run = Run(upright)
    bent = {"from": math.inf}

    def spoil(t_s: float, frame: PoseFrame) -> PoseFrame:
        if run.of("trial") and bent["from"] == math.inf:
            bent["from"] = t_s
        if not bent["from"] <= t_s < bent["from"] + 2.0:
            return frame
        points = frame.points_px.copy()
        hips = (points[POSE["left_hip"]] + points[POSE["right_hip"]]) / 2
        above = points[:, 1] < hips[1]
        angle = math.radians(26.0)
        turned = (points[above] - hips) @ np.array(
            [[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]]
        )
        points[above] = hips + turned
        return replace(frame, points_px=points)

    run.spoil = spoil
    run.until(60)
    pauses = [doc for doc in run.events("pause") if doc.body["reason"] == "trunk_tilt"]
    assert len(pauses) == 1
    assert pauses[0].t_s - bent["from"] <= 0.5
    resumed = next(doc for doc in run.events("resume") if doc.t_s > pauses[0].t_s)
    assert resumed.t_s - (bent["from"] + 2.0) <= 2.0


def test_probes_are_always_the_same_and_get_no_feedback() -> None:
    ordered = Prescription(
        "orchard_reach", "right", repetitions=12, probe_every=4, probe_levels={"distance": 0.5}
    )
    run = Run(replace(setup(minutes=5.0), prescription=ordered)).until(200)
    trials = run.of("trial")
    probes = [doc for doc in trials if doc.body["probe"]]
    assert [doc.body["number"] for doc in probes] == [3, 7, 11]
    assert {doc.body["levels"]["distance"] for doc in probes} == {0.5}
    assert {doc.body["why"]["id"] for doc in probes} == {"adapt.probe"}
    made = sum(doc.body["success"] is True for doc in trials if not doc.body["probe"])
    assert run.of("stop")[0].body["successes"] == made
    praised = [v.t_s for v in run.views if v.prompt is not None and v.prompt.id == "play.well_done"]
    for probe in probes:
        assert not any(probe.t_s < t_s < probe.t_s + 0.5 for t_s in praised)


def test_an_adapter_that_raises_or_asks_for_the_moon_gets_the_last_safe_levels(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = iter([{"distance": 0.6}, {"distance": math.nan}, {"distance": 1e9}, "moon", None])

    class Broken(Adapter):
        def ask(self) -> dict[str, float]:
            answer = next(asked, None)
            if answer is None:
                raise RuntimeError("no idea")
            return answer  # type: ignore[return-value]

    monkeypatch.setattr("rehabgames.session.plugged.Adapter", Broken)
    run = Run(setup(minutes=1.0)).until(90)
    levels = [doc.body["levels"]["distance"] for doc in run.of("trial")]
    assert len(levels) >= 5
    assert all(0.45 <= level <= 1.25 for level in levels)
    assert run.session.closed == "completed"
    assert {e.body["name"] for e in run.of("event")} >= {"plug_in_raised", "plug_in_gave_no_levels"}


def test_hazard_h1_limits_that_are_tightened_in_a_trial_take_its_goal_away_at_once() -> None:
    run = Run(setup(minutes=1.5))
    tightened: list[float] = []

    def say(t_s: float, view: View | None) -> list[Input]:
        picking = view is not None and view.target is not None and view.target.kind == "pick"
        if not tightened and picking and len(run.of("trial")) == 3:
            tightened.append(t_s)
            return [Tighten(Limits(reach=0.4, shoulder_elevation_deg=60.0))]
        return []

    run.say = say
    run.until(120)
    abandoned = run.events("trial_abandoned")
    assert abandoned
    assert abandoned[0].t_s - tightened[0] <= 0.1
    after = [doc.body["goal"] for doc in run.of("trial") if doc.t_s > tightened[0]]
    assert len(after) >= 2
    assert all(goal["distance"] <= 0.4 and abs(goal["direction_deg"]) <= 55.0 for goal in after)
    assert run.events("limits")[0].body["reach"] == 0.4


@pytest.mark.parametrize("limits", [None, Limits(reach=math.nan), Limits(shoulder_elevation_deg=-1.0)])
def test_limits_that_are_none_never_loosen_and_never_crash(limits: Limits) -> None:
    run = Run(setup(minutes=0.5))
    run.say = lambda t_s, view: [Tighten(limits)] if view is not None and len(run.of("trial")) == 1 else []
    run.until(60)
    assert run.session.closed is not None
    assert all(doc.body["goal"]["distance"] <= 1.1 for doc in run.of("trial"))
