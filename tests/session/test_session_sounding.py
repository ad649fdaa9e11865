"""What an exercise asks for to be heard besides: a beat, and a call from the target."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from rehabgames.core.exercise import Cues
from rehabgames.core.view import Target
from rehabgames.session.sounding import Sounding
from rehabgames.testing import Act, Acted, act, setup_for


def acted(cues: Cues, kind: str = "severe") -> Acted:
    setup = setup_for("orchard_reach", 4, minutes=0.5)
    assert setup.exercise is not None
    return act(Act(replace(setup, exercise=replace(setup.exercise, cues=cues)), kind, 4, whole=True))


def heard(acted: Acted, kind: str) -> list[tuple[float, float]]:
    """(time, x) of every such cue."""
    return [(t_s, cue.x) for t_s, _, cues in acted.moments for cue in cues if cue.kind == kind]


def test_what_is_not_asked_for_is_not_heard() -> None:
    came = acted(Cues())
    assert heard(came, "tick") == heard(came, "call") == []


@pytest.mark.parametrize("per_minute", [40.0, 90.0])
def test_a_beat_is_even_and_only_heard_in_play(per_minute: float) -> None:
    came = acted(Cues(beats_per_minute=per_minute))
    phases = {view.phase for _, view, cues in came.moments if any(cue.kind == "tick" for cue in cues)}
    assert phases <= {"play", "done"}  # in the step in which it ends, too
    times = [t_s for t_s, _ in heard(came, "tick")]
    gaps = [b - a for a, b in itertools.pairwise(times)]
    assert len(times) >= 0.4 * per_minute
    assert sorted(gaps)[len(gaps) // 2] == pytest.approx(60 / per_minute, abs=0.02)
    whole = (times[-1] - times[0]) / (60 / per_minute)
    assert whole == pytest.approx(round(whole), abs=0.05)


def test_a_target_that_is_not_reached_calls_from_its_place() -> None:
    came = acted(Cues(target_calls_s=0.8))
    calls = [(view, cue) for _, view, cues in came.moments for cue in cues if cue.kind == "call"]
    assert len(calls) >= 3
    for view, cue in calls:
        assert view.target is not None
        assert (cue.x, cue.y) == (view.target.x, view.target.y)
        assert view.target.hold == 0.0


def target(number: int, hold: float = 0.0) -> Target:
    return Target("pick", -0.4, 0.2, 0.1, hold, number)


def test_a_call_waits_for_whoever_is_there_and_for_another_target() -> None:
    sounding = Sounding(Cues(target_calls_s=1.0))
    assert sounding.step(target(0), 0.0) == []
    assert [cue.x for cue in sounding.step(target(0), 1.0)] == [-0.4]
    assert sounding.step(target(0, hold=0.3), 2.5) == []
    assert sounding.step(target(1), 3.0) == []  # it has just come
    assert len(sounding.step(target(1), 4.0)) == 1
    assert sounding.step(None, 9.0) == []


def test_a_beat_that_would_come_late_is_left_out_and_the_next_is_in_time() -> None:
    sounding = Sounding(Cues(beats_per_minute=60.0))
    assert len(sounding.step(None, 0.5)) == 1
    assert sounding.step(None, 2.9) == []
    assert len(sounding.step(None, 3.5)) == 1
