"""The loop on landmark-level virtual patients: whole sessions in milliseconds."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from bodies import frame_of, nobody
from playing import TICK_S, Run, said, setup

from rehabgames.core.inputs import Input, NotRecorded, Recorded, Stop, TrackingTrouble
from rehabgames.core.limits import Limits
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import View
from rehabgames.patients import KINDS, Patient
from rehabgames.session import Session
from rehabgames.session.chunks import unpack


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_patient_comes_to_the_end(kind: str) -> None:
    run = Run(setup(), kind).until()
    assert run.session.closed == "completed"
    assert run.session.trials >= 3
    assert run.documents[0].kind == "start"
    assert run.documents[-1].kind == "stop"
    assert [d.number for d in run.documents] == list(range(len(run.documents)))
    stop = run.documents[-1].body
    assert (stop["trials"], stop["successes"]) == (len(run.of("trial")), run.session.successes)
    assert stop["successes"] == sum(d.body["success"] for d in run.of("trial"))


def test_the_same_frames_give_the_same_documents_byte_for_byte() -> None:
    one, other = Run(setup(), "moderate").until(), Run(setup(), "moderate").until()
    assert said(one.documents) == said(other.documents)
    assert said(Run(setup(seed=4), "moderate").until().documents) != said(one.documents)


def test_a_left_arm_plays_the_mirror_image() -> None:
    run = Run(setup(side="left"), "healthy").until()
    assert run.session.closed == "completed"
    assert run.session.successes >= 4
    outward = [v.target.x for v in run.views if v.target and v.target.kind == "pick"]
    assert min(outward) < -0.3


@pytest.mark.parametrize("phase", ["looking", "rest", "calibrate", "play", "paused"])
def test_stop_ends_it_in_that_very_step_from_every_phase(phase: str) -> None:
    asked: list[int] = []

    def say(now_s: float, view: View | None) -> list[Input]:
        if view is not None and view.phase == phase and now_s > 0.1 and not asked:
            asked.append(1)
            return [Stop("key")]
        return []

    def spoil(now_s: float, frame: PoseFrame) -> PoseFrame:
        return nobody(frame.t_s, frame.index) if phase == "paused" and now_s > 14 else frame

    run = Run(setup(), "moderate", say=say, spoil=spoil).until(40)
    assert asked, f"phase {phase} was never seen"
    assert (run.session.closed, run.session.reason) == ("stopped", "key")
    assert len(run.of("stop")) == 1
    assert run.views[-1].phase == "done"
    again = run.session.step(None, [Stop("key")], 1e6)
    assert again.documents == ()


def test_a_lost_body_pauses_within_300_ms_and_is_never_a_failed_try() -> None:
    def spoil(now_s: float, frame: PoseFrame) -> PoseFrame:
        return nobody(frame.t_s, frame.index) if 14.0 <= now_s < 32.0 else frame

    run = Run(setup(minutes=1.0), spoil=spoil).until()
    (lost,) = [v for v in run.views if v.phase == "paused"][:1]
    assert 14.0 < lost.t_s <= 14.0 + 0.3 + 3 * TICK_S
    assert all(v.target is None for v in run.views if v.phase == "paused")
    assert not [d for d in run.of("trial") if 14.0 < d.t_s < 32.5]
    before = [d for d in run.of("trial") if d.t_s < 14.0][-1]
    resumed = next(d for d in run.of("trial") if d.t_s > 32.0)
    assert resumed.body["duration_s"] < resumed.t_s - before.t_s - 17.5, (
        "the pause counted as time of a trial"
    )
    assert [e.body["reason"] for e in run.events("pause")] == ["not_seen"]
    assert len(run.events("resume")) == 1


def test_an_empty_room_and_a_ghost_never_get_a_trial() -> None:
    empty = Run(setup(), spoil=lambda _, frame: nobody(frame.t_s, frame.index)).until(20)
    rng = np.random.default_rng(5)

    def haunt(_: float, frame: PoseFrame) -> PoseFrame:
        jumped = frame.points_px + rng.normal(0, 25, frame.points_px.shape)
        return replace(frame, points_px=jumped, visibility=np.full(33, 0.45))

    ghost = Run(setup(), spoil=haunt).until(20)
    for run in (empty, ghost):
        assert {v.phase for v in run.views} == {"looking"}
        assert not run.of("trial")


def test_a_trial_counts_only_after_it_is_recorded() -> None:
    run = Run(setup(), ack=False).until(30)
    assert len(run.of("trial")) == 1
    assert max(v.count for v in run.views) == 0
    counted = Run(setup()).until()
    first = counted.of("trial")[0]
    before = [v.count for v in counted.views if v.t_s <= first.t_s]
    assert max(before) == 0
    assert max(v.count for v in counted.views) == counted.session.successes > 0


def test_a_record_that_stays_away_does_not_keep_the_patient_for_ever() -> None:
    run = Run(setup(), ack=False).until(90)
    assert (run.session.closed, run.session.reason) == ("failed", "record")
    assert run.views[-1].t_s < 60


def test_trouble_with_the_record_is_told() -> None:
    def say(now_s: float, _: View | None) -> list[Input]:
        return [NotRecorded("the disk is full")] if now_s > 12 else []

    run = Run(setup(), ack=False, say=say).until(30)
    assert run.views[-1].prompt is not None
    assert run.views[-1].prompt.id == "save.trouble"


def test_a_tracker_that_is_given_up_closes_the_session_as_failed() -> None:
    def say(now_s: float, _: View | None) -> list[Input]:
        return [TrackingTrouble("the camera is gone", fatal=now_s > 15)] if now_s > 13 else []

    run = Run(setup(), say=say).until()
    assert (run.session.closed, run.session.reason) == ("failed", "tracking")
    assert run.events("tracking_trouble")


def test_a_tracker_that_comes_back_is_waited_for_in_words() -> None:
    told: list[int] = []

    def say(now_s: float, _: View | None) -> list[Input]:
        if now_s < 14 or told:
            return []
        told.append(1)
        return [TrackingTrouble("the camera did not answer")]

    run = Run(setup(), say=say, spoil=lambda t, frame: None if 14 <= t < 17 else frame).until()
    prompts = {v.prompt.id for v in run.views if v.phase == "paused" and v.prompt}
    assert prompts == {"pause.tracker", "pause.going_on"}  # and then it goes on by a countdown
    gone = {v.prompt.id for v in run.views if v.phase == "paused" and v.prompt and not v.countdown}
    assert gone == {"pause.tracker"}
    assert run.session.closed == "completed"


def test_over_the_limit_the_target_goes_away_and_the_third_time_ends_it_h4() -> None:
    def spoil(now_s: float, frame: PoseFrame) -> PoseFrame:
        if not (now_s > 14 and now_s % 4 < 1.5):
            return frame
        points = frame.points_px.copy()
        points[14] = points[12] + (-20, -80)  # the elbow over the shoulder
        points[16] = points[12] + (-30, -150)
        return replace(frame, points_px=points)

    run = Run(setup(minutes=2.0), spoil=spoil).until()
    assert (run.session.closed, run.session.reason) == ("stopped", "over_range")
    assert [e.body["reason"] for e in run.events("pause")][:2] == ["ease_back", "ease_back"]


@pytest.mark.parametrize("limit", [60.0, 90.0, 150.0])
def test_no_target_is_ever_outside_the_envelope_h1(limit: float) -> None:
    run = Run(setup(limits=Limits(shoulder_elevation_deg=limit, reach=0.8)), "moderate").until()
    asked = [v.target for v in run.views if v.target and v.target.kind != "rest"]
    assert asked
    for target in asked:
        elevation = math.degrees(math.acos(-target.y / math.hypot(target.x, target.y)))
        assert elevation <= limit - 5 + 1e-6
        assert math.hypot(target.x, target.y) <= 0.8 + 1e-9


def test_landmarks_on_record_are_the_frames_that_were_seen() -> None:
    run = Run(setup()).until()
    chunks = [unpack(d.payload) for d in run.of("landmarks")]
    assert sum(len(c) for c in chunks) == run.session.frames_seen
    patient = Patient("healthy", "right", seed=1)
    first = frame_of(patient.step(None, 0.0), 0.0, 0, 0.5)
    assert np.allclose(chunks[0].points_px[0], first.points_px, atol=1e-3)


@pytest.mark.parametrize("jump_s", [-50.0, 1e4])
def test_a_clock_that_jumps_does_no_harm(jump_s: float) -> None:
    session = Session(setup())
    patient = Patient("healthy", "right", seed=1)
    view = None
    last_t = 0.0
    for tick in range(1200):
        now_s = tick * TICK_S + (jump_s if tick > 900 else 0.0)
        step = session.step(frame_of(patient.step(view, now_s), now_s, tick), [Recorded(10**6)], now_s)
        view = step.view
        for each in step.documents:
            assert each.t_s >= last_t
            last_t = each.t_s
    assert session.closed in (None, "completed")
