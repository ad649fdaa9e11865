"""Calibrating inside a session: alone, checked again, and done anew, on landmark-level patients."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from bodies import frame_of, nobody
from playing import Run, said, setup

from rehabgames.app.planned import standing_allowed
from rehabgames.app.wiring import Request, calibration_of
from rehabgames.core.inputs import Answer
from rehabgames.core.landmarks import N_POSE, POSE, Side
from rehabgames.core.limits import Limits
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.pose import PoseFrame
from rehabgames.patients import Patient
from rehabgames.session import Session, Setup
from rehabgames.session.control import Control
from rehabgames.session.profiles import profile_of

EARLIER = "2026-11-20T08:00:00.000+00:00"


def alone(side: Side = "right", previous: Profile | None = None, protocol: str = "reach_quick") -> Setup:
    made = calibration_of(Request(patient="p", side=side, seed=3), protocol)
    made = standing_allowed(made, in_the_room=False)
    return replace(
        made,
        session_id="test-alone",
        started_utc="2026-11-21T08:00:00.000+00:00",
        zone="UTC",
        previous=previous,
        versions={},
    )


@cache
def calibrated(side: Side = "right", noise_px: float = 0.5, protocol: str = "reach_quick") -> Run:
    return Run(alone(side, protocol=protocol), noise_px=noise_px).until()


@cache
def found(kind: str = "healthy", protocol: str = "reach_quick") -> Profile:
    """What an earlier session found about this kind of patient."""
    run = Run(replace(alone(protocol=protocol), started_utc=EARLIER), kind).until()
    (document,) = run.of("profile")
    return profile_of(document.body)


@cache
def again(kind: str, before: str = "healthy", protocol: str = "reach_quick") -> Run:
    return Run(alone(previous=found(before, protocol), protocol=protocol), kind).until()


def times(run: Run) -> dict[str, float]:
    return {each.body["name"]: each.t_s for each in run.of("event")}


@pytest.mark.parametrize("side", ["left", "right"])
def test_without_an_exercise_it_calibrates_and_closes(side: Side) -> None:
    run = calibrated(side)
    assert (run.session.closed, run.session.reason) == ("completed", "calibrated")
    (document,) = run.of("profile")
    profile = profile_of(document.body)
    assert (profile.protocol, profile.side, profile.version) == ("reach_quick", side, 1)
    assert profile.made_utc == run.setup.started_utc
    assert set(profile.reach) == set(run.setup.protocol.directions_deg)
    assert all(0.5 < far < 1.2 for far in profile.reach.values())
    assert not run.of("trial")
    assert run.documents[-1].kind == "stop"
    assert run.documents[-1].body["trials"] == 0
    assert {"looking", "rest", "calibrate", "done"} == {view.phase for view in run.views}


def test_the_start_says_what_is_calibrated_and_when_its_clock_began() -> None:
    made = alone()
    session = Session(made)
    (start,) = session.step(None, [], 1234.5).documents
    assert (start.kind, start.t_s, start.body["clock_s"]) == ("start", 0.0, 1234.5)
    assert "exercise" not in start.body
    assert (start.body["profile"], start.body["previous"]) == (None, None)
    assert start.body["protocol"]["id"] == "reach_quick"
    assert start.body["posture"] == made.protocol.posture
    offered = Session(alone(previous=found())).step(None, [], 0.0).documents[0]
    assert profile_of(offered.body["previous"]) == found()


@pytest.mark.parametrize("noise_px", [0.3, 1.0, 2.0])
def test_the_noise_of_the_rest_is_on_record_before_anything_is_asked(noise_px: float) -> None:
    run = calibrated(noise_px=noise_px)
    (event,) = run.events("noise_floor")
    sigma = event.body["sigma_px"]
    assert len(sigma) == N_POSE
    still = [sigma[POSE[name]] for name in ("nose", "left_shoulder", "right_hip", "left_hip")]
    assert np.median(still) == pytest.approx(noise_px, rel=0.15)
    assert event.body["seconds"] == pytest.approx(run.setup.protocol.rest_s, abs=0.15)
    asked_s = min(view.t_s for view in run.views if view.phase == "calibrate")
    assert event.t_s == pytest.approx(asked_s, abs=1e-5)
    assert event.number < run.of("profile")[0].number


def test_the_noise_is_on_record_before_the_block_of_an_exercise() -> None:
    run = Run(setup(minutes=0.5)).until()
    (event,) = run.events("noise_floor")
    assert event.number < run.of("profile")[0].number < run.of("trial")[0].number


def test_a_person_as_before_is_checked_in_20_seconds_and_keeps_the_reach() -> None:
    run = again("healthy")
    assert (run.session.closed, run.session.reason) == ("completed", "calibrated")
    assert run.events("recheck")
    assert not run.events("calibration")
    (document,) = run.of("profile")
    kept = profile_of(document.body)
    assert kept.reach == found().reach
    assert (kept.version, kept.made_utc) == (2, run.setup.started_utc)
    assert document.t_s - times(run)["recheck"] < 20.0
    assert run.events("noise_floor"), "the rest was watched, and is used"


def test_a_person_who_got_worse_is_calibrated_anew() -> None:
    run = again("severe")
    assert (run.session.closed, run.session.reason) == ("completed", "calibrated")
    (recheck,), (whole,) = run.events("recheck"), run.events("calibration")
    assert recheck.number < whole.number
    assert whole.t_s - recheck.t_s < 20.5
    (document,) = run.of("profile")
    anew = profile_of(document.body)
    assert anew.version == 2
    assert anew.reach[85.0] < 0.85 * found().reach[85.0]
    assert len(run.events("noise_floor")) == 2, "one for each rest"


def test_a_profile_of_another_protocol_or_side_is_no_previous_one() -> None:
    for other in (
        replace(found(), side="left"),
        replace(found(), protocol="reach_map"),
        replace(found(), reach={}),
    ):
        run = Run(alone(previous=other)).until()
        assert run.events("calibration"), other
        assert set(profile_of(run.of("profile")[0].body).reach) == set(found().reach)


def test_movements_are_checked_again_too() -> None:
    run = again("healthy", protocol="upper_limb_range")
    assert not run.events("calibration")
    (document,) = run.of("profile")
    assert profile_of(document.body).found == found(protocol="upper_limb_range").found
    assert document.t_s - times(run)["recheck"] < 20.0
    worse = again("severe", protocol="upper_limb_range")
    assert worse.events("calibration")
    arm = "shoulder_abduction.most"
    assert profile_of(worse.of("profile")[0].body).found[arm] < found(protocol="upper_limb_range").found[arm]


def test_a_session_plays_with_the_profile_that_was_kept() -> None:
    run = Run(replace(setup(minutes=0.5), previous=found())).until()
    assert (run.session.closed, run.session.reason) == ("completed", "time")
    assert not run.events("calibration")
    (document,) = run.of("profile")
    assert profile_of(document.body).version == 2
    assert run.of("trial")[0].number > document.number


def test_nobody_in_the_picture_while_it_is_checked_again_pauses_it() -> None:
    def spoil(now_s: float, frame: PoseFrame) -> PoseFrame:
        return nobody(frame.t_s, frame.index) if 3.0 <= now_s < 40.0 else frame

    run = Run(alone(previous=found()), spoil=spoil).until()
    assert [each.body["reason"] for each in run.events("pause")] == ["not_seen"]
    assert run.session.closed == "completed"
    assert not run.events("calibration"), "a pause is no time of the check"


def test_the_same_pictures_give_the_same_documents() -> None:
    made = alone(previous=found())
    one, other = (Run(made, "severe").until().documents for _ in range(2))
    assert said(one) == said(other)
    assert json.loads(json.dumps([each.body for each in one], allow_nan=False))


def test_values_are_raw_and_the_hand_that_steers_is_smoothed() -> None:
    control = Control("hand_position", ("trunk_lean",), "right")
    control.watch(("hand_x.right", "hand_y.right"))
    body = Patient("healthy", "right", seed=1).step(None, 0.0)
    clean = frame_of(body, 0.0, 0)
    hands, values = [], []
    for index in range(120):
        points = clean.points_px.copy()
        points[POSE["right_wrist"], 0] += 4.0 if index % 2 else -4.0
        sample = control.update(replace(clean, t_s=index / 30, index=index, points_px=points))
        if index >= 60:
            assert sample.at is not None
            hands.append(sample.at[0])
            values.append(sample.values["hand_x.right"])
    arm_px = control.scale.arm_px("right")
    assert np.ptp(values) == pytest.approx(8.0 / arm_px, rel=0.02)
    assert 0 < np.ptp(hands) < 0.5 * np.ptp(values)


def test_a_value_that_cannot_be_seen_is_nan_and_only_what_is_watched_is_there() -> None:
    control = Control("hand_position", (), "right")
    body = Patient("healthy", "right", seed=1).step(None, 0.0)
    assert control.update(frame_of(body, 0.0, 0)).values == {}
    control.watch(("elbow_flexion.right",))
    seen = control.update(frame_of(body, 0.1, 1))
    assert set(seen.values) == {"elbow_flexion.right"}
    gone = control.update(nobody(0.2, 2))
    assert math.isnan(gone.values["elbow_flexion.right"])
    assert not gone.present


def standing(*said: Answer, locked: bool = False) -> Setup:
    made = calibration_of(Request(patient="p", seed=3, limits=Limits(standing=not locked)), "stepping")
    return replace(made, session_id="test-standing", said=said)


def test_hazard_h1_a_calibration_that_stands_is_locked_until_a_therapist_allows_it() -> None:
    run = Run(standing(Answer("support", 1.0), locked=True)).until(5)
    assert (run.session.closed, run.session.reason) == ("stopped", "standing_locked")
    assert all(view.guide is None for view in run.views)


def test_hazard_h1_a_calibration_that_stands_waits_until_a_support_is_confirmed() -> None:
    run = Run(standing())
    run.say = lambda t_s, view: [Answer("support", 1.0)] if 4.0 <= t_s < 4.01 else []
    run.until(8)
    early = [view for view in run.views if view.t_s < 4.0]
    assert all(view.phase == "looking" and view.guide is None for view in early)
    assert early[-1].prompt == Message("look.support")
    assert run.views[-1].phase != "looking"
