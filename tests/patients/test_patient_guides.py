"""Virtual patients follow guides they see, each as far as that kind can, and calibrations find how far."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from itertools import cycle

import numpy as np
import pytest

from rehabgames.calibrate import Calibration, calibration_of
from rehabgames.content.known import Known
from rehabgames.content.library import Library
from rehabgames.core.landmarks import N_HAND, N_POSE, POSE, SIDES, Side
from rehabgames.core.limits import Limits
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import GUIDES, Guide, Target, View
from rehabgames.patients import KINDS, Body, CloseUpPatient, Patient
from rehabgames.patients.close_up import HeldUp
from rehabgames.patients.following import BENT_DEG, LIFT_DEG, STRAIGHT_DEG, at_rest
from rehabgames.patients.stance import body_of
from rehabgames.safety import Envelope
from rehabgames.session.control import Control
from rehabgames.signals.catalogue import CONTROLS, all_names

IN_TURNS = list(zip(sorted(KINDS), cycle(SIDES), strict=False))
Who = type[Patient] | type[CloseUpPatient]

FPS = 30.0
SIZE = (640, 480)
LIBRARY = Library.open(
    Known(
        games=frozenset({"reach"}),
        signals=frozenset(all_names()),
        adapters=frozenset({"skill", "weighted_up_down"}),
        places=frozenset({"orchard"}),
        controls=frozenset(CONTROLS),
    )
)


def view(guide: Guide | None, t_s: float = 0.0, target: Target | None = None) -> View:
    return View(t_s, "calibrate", "orchard", "right", 0, (-1, -1, 1, 1), target=target, guide=guide)


def guide(name: str, side: Side = "right", *, back: bool = False, number: int = 1) -> Guide:
    return Guide(name, side, back, 0.0, 0, 1, number)


def after(patient: Patient, what: View, seconds: float, start_s: float = 0.0) -> Body:
    return [patient.step(what, start_s + i / 100) for i in range(round(seconds * 100))][-1]


def hand_px(openness: float) -> np.ndarray:
    """(21, 2) px: the signal hand_open of a fist is 0.85, of a flat hand 1.8."""
    hand = np.tile([320.0, 400.0], (N_HAND, 1))
    for k in range(5):
        angle = math.radians(-20 + 10 * k)
        for j in range(4):
            far = 80.0 * (1.0 + (-0.15 + 0.95 * openness) * j / 3)
            hand[1 + 4 * k + j] += (far * math.sin(angle), -far * math.cos(angle))
    return hand


def frame_of(body: Body, t_s: float, index: int, side: Side, *, close_up: bool) -> PoseFrame:
    rng = np.random.default_rng((3, index))
    if close_up:
        hands = np.full((2, N_HAND, 2), np.nan)
        hands[SIDES.index(side)] = hand_px(body.hand_open[side]) + rng.normal(0, 0.5, (N_HAND, 2))
        return PoseFrame(t_s, index, SIZE, hands_px=hands)
    joints = dict(body.joints)
    for each, out in (("left", 1.0), ("right", -1.0)):
        joints[f"{each}_ear"] = (joints["nose"][0] + out * 0.07, joints["nose"][1])
        joints[f"{each}_heel"] = joints[f"{each}_foot_index"] = joints[f"{each}_ankle"]
    points = np.array([joints.get(name, joints["nose"]) for name in POSE])
    points = np.array([320.0, 470.0]) + 230 * points * (1, -1) + rng.normal(0, 0.5, (N_POSE, 2))
    seen = np.full(N_POSE, 0.99)
    return PoseFrame(t_s, index, SIZE, points_px=points, visibility=seen, light=0.5, people=1)


@cache
def calibrated(name: str, kind: str, side: Side = "right", seed: int = 1) -> Calibration:
    """The machine of a protocol after a virtual patient went through it, who sees only the view."""
    protocol = LIBRARY.protocol(name)
    patient = Patient(kind, side, seed, sitting=protocol.posture == "sitting")
    control = Control("hand_position", ("shoulder_elevation", "trunk_lean"), side)
    it = calibration_of(protocol, Envelope(Limits(170.0)), side, math.nan)
    control.watch(it.needs)
    for index in range(int(180 * FPS)):
        t_s = index / FPS
        looking = t_s < 1.5
        body = patient.step(view(None if looking else it.guide(), t_s), t_s)
        frame = frame_of(body, t_s, index, side, close_up=name == "hand_opening")
        sample = control.update(frame)
        if not looking:
            it.step(frame, sample)
        if it.part == "done":
            break
    return it


def test_a_rest_in_angles_is_the_rest_of_before() -> None:
    patient = Patient("healthy", "right", 1)
    before, after_ = patient.step(None, 0.0), body_of(at_rest(patient.build, sitting=True))
    for name, place in before.joints.items():
        assert after_.joints[name] == pytest.approx(place, abs=2e-3)


@pytest.mark.parametrize(("kind", "side"), IN_TURNS)
def test_the_range_of_every_kind_of_arm_is_found(kind: str, side: Side) -> None:
    """Left and right in turns."""
    range_of_arm(kind, side)


@pytest.mark.endurance
@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("side", SIDES)
def test_the_range_of_every_kind_of_both_arms_is_found(kind: str, side: Side) -> None:
    range_of_arm(kind, side)


def range_of_arm(kind: str, side: Side) -> None:
    it = calibrated("upper_limb_range", kind, side)
    profile, able = it.profile(), KINDS[kind]
    assert profile.refused == {}
    most = min(165.0, LIFT_DEG * able.lift)  # the limit of 170 less 5
    spread = 3 * able.reach_spread
    assert profile.found["shoulder_abduction.most"] == pytest.approx(most, abs=3 + spread * most)
    lost = (1 - able.bend) * (BENT_DEG - STRAIGHT_DEG) / 2
    off = 3 + spread * 70 + math.degrees(able.tremor_m / 0.26) * 0.5
    assert profile.found["elbow_flexion.most"] == pytest.approx(BENT_DEG - lost, abs=off)
    assert profile.found["elbow_flexion.least"] == pytest.approx(STRAIGHT_DEG + lost, abs=off)


@pytest.mark.parametrize(
    ("protocol", "less", "more"),
    [
        ("weight_shift_sitting", "seated_shift.left", "seated_shift.right"),
        ("weight_shift_standing", "weight_shift.left", "weight_shift.right"),
        ("hand_opening", "hand_open.closed", "hand_open.open"),
    ],
)
def test_the_more_severe_the_smaller_is_what_a_calibration_finds(protocol: str, less: str, more: str) -> None:
    ranges = []
    for kind in ("healthy", "mild", "moderate", "severe"):
        profile = calibrated(protocol, kind).profile()
        assert profile.refused == {}
        ranges.append(profile.found[more] - profile.found[less])
    assert ranges == sorted(ranges, reverse=True)
    assert ranges[-1] < 0.75 * ranges[0]


@pytest.mark.parametrize("kind", ["healthy", "severe"])
def test_stands_and_steps(kind: str) -> None:
    stands = calibrated("sit_to_stand", kind).profile()
    assert stands.refused == {}
    assert stands.found["hip_height.sitting"] == pytest.approx(0.5, abs=0.04)
    assert stands.found["hip_height.standing"] == pytest.approx(1.0, abs=0.04)
    steps = calibrated("stepping", kind).profile()
    assert steps.refused == {}
    assert steps.found["step_height.steps"] >= 2


def test_slow_people_stand_up_less_often() -> None:
    often = [
        calibrated("sit_to_stand", kind).profile().found["hip_height.stands"]
        for kind in ("healthy", "moderate", "severe")
    ]
    assert often == sorted(often, reverse=True)
    assert often[0] > often[-1]


@pytest.mark.parametrize(("kind", "side"), IN_TURNS)
def test_everybody_passes_a_right_room(kind: str, side: Side) -> None:
    right_room(kind, side)


@pytest.mark.endurance
@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("side", SIDES)
def test_everybody_passes_a_right_room_with_either_arm(kind: str, side: Side) -> None:
    right_room(kind, side)


def right_room(kind: str, side: Side) -> None:
    profile = calibrated("room_check", kind, side).profile()
    assert profile.refused == {}
    assert len(profile.found) == 6


def test_nothing_moves_before_the_reaction_is_over_and_the_way_back_leads_to_rest() -> None:
    patient = Patient("mild", "right", 4)
    rest = after(patient, view(guide("rest")), 1.0).joints["right_elbow"]
    early = after(patient, view(guide("arm_out")), 0.18, 1.0).joints["right_elbow"]
    there = after(patient, view(guide("arm_out")), 3.0, 1.18).joints["right_elbow"]
    back = after(patient, view(guide("arm_out", back=True)), 3.0, 4.18).joints["right_elbow"]
    assert math.dist(rest, early) < 0.01
    assert math.dist(rest, there) > 0.3
    assert math.dist(rest, back) < 0.01


def test_the_next_asking_is_seen_by_its_number_alone() -> None:
    patient = Patient("severe", "right", 4)
    first = after(patient, view(guide("arm_out", number=1)), 5.0).joints["right_elbow"]
    same = after(patient, view(guide("arm_out", number=1)), 5.0, 5.0).joints["right_elbow"]
    next_ = after(patient, view(guide("arm_out", number=2)), 5.0, 10.0).joints["right_elbow"]
    assert math.dist(first, same) < 0.005
    assert math.dist(first, next_) > 0.005


def test_only_the_named_side_moves_and_the_affected_one_less() -> None:
    build = Patient("severe", "right", 0).build

    def up(side: Side, other: Side) -> tuple[float, float]:
        body = after(Patient("severe", "right", 4), view(guide("arm_out", side)), 6.0)
        at = {s: body.joints[f"{s}_elbow"][1] - body.joints[f"{s}_shoulder"][1] for s in SIDES}
        return at[side] / build.upper_arm, at[other] / build.upper_arm

    affected, other = up("right", "left"), up("left", "right")
    assert affected[0] == pytest.approx(-math.cos(math.radians(LIFT_DEG * 0.4)), abs=0.3)
    assert other[0] > affected[0] + 0.2
    still = Patient("severe", "right", 4).step(None, 0.0).joints
    unmoved = (still["left_elbow"][1] - still["left_shoulder"][1]) / build.upper_arm
    assert affected[1] == pytest.approx(unmoved, abs=0.01)


@pytest.mark.parametrize("name", GUIDES)
@pytest.mark.parametrize("sitting", [True, False])
def test_every_guide_is_understood_and_bones_keep_their_length(name: str, sitting: bool) -> None:
    patient = Patient("tremor", "left", 2, sitting=sitting)
    for number, back in ((1, False), (1, True), (2, False)):
        what = view(guide(name, "left", back=back, number=number))
        for i in range(60):
            body = patient.step(what, number + 0.5 * back + i / 60)
            assert np.isfinite(np.array(list(body.joints.values()))).all()
            for side in SIDES:
                arm = [body.joints[f"{side}_{joint}"] for joint in ("shoulder", "elbow", "wrist")]
                assert math.dist(arm[0], arm[1]) == pytest.approx(patient.build.upper_arm, abs=1e-6)
                assert math.dist(arm[1], arm[2]) == pytest.approx(patient.build.forearm, abs=1e-6)
                assert 0.0 <= body.hand_open[side] <= 1.0


@pytest.mark.parametrize("who", [Patient, CloseUpPatient])
@pytest.mark.parametrize("name", ["hand", "pinch"])
def test_fingers_open_and_close_for_the_guides_of_a_hand_and_of_a_pinch(who: Who, name: str) -> None:
    def opened(asked: str, *, back: bool = False) -> float:
        patient, shown = who("healthy", "right", 3), view(guide(asked, back=back))
        return [_open_share(patient.step(shown, i / 60)) for i in range(240)][-1]

    rest = opened(f"{name}_close", back=True)
    assert opened(f"{name}_open") > rest + 0.1
    assert opened(f"{name}_close") < rest - 0.3


def _open_share(now: Body | HeldUp) -> float:
    return now.hand_open["right"] if isinstance(now, Body) else now.open_share


def test_a_raised_hand_is_over_its_shoulder_and_its_upper_arm_under_the_limit() -> None:
    for side in SIDES:
        body = after(Patient("severe", "right", 2), view(guide("raise_hand", side)), 6.0)
        assert body.joints[f"{side}_wrist"][1] > body.joints[f"{side}_shoulder"][1] + 0.05
        assert body.joints[f"{side}_elbow"][1] < body.joints[f"{side}_shoulder"][1]


def test_a_pause_leads_back_to_rest_and_the_guide_begins_again() -> None:
    patient = Patient("healthy", "right", 2)
    out = after(patient, view(guide("arm_out")), 3.0)
    paused = after(patient, replace(view(guide("arm_out")), phase="paused", guide=None), 4.0, 3.0)
    again = after(patient, view(guide("arm_out")), 3.0, 7.0)
    assert math.dist(out.joints["right_elbow"], paused.joints["right_elbow"]) > 0.3
    assert math.dist(out.joints["right_elbow"], again.joints["right_elbow"]) < 0.02


def test_from_a_reach_to_a_guide_and_back_nothing_jumps() -> None:
    patient = Patient("mild", "right", 5)
    pick = Target("pick", 0.6, -0.2, 0.13, 0.0, 1)
    lap = Target("rest", 0.15, -0.75, 0.13, 0.0, 2)
    shown = [(view(None, target=pick), 2.0), (view(guide("arm_out")), 3.0), (view(None, target=lap), 3.0)]
    t_s, places = 0.0, []
    for what, seconds in shown:
        for _ in range(round(seconds * 100)):
            places.append(patient.step(what, t_s).joints["right_wrist"])
            t_s += 0.01
    steps = np.hypot(*np.diff(np.array(places), axis=0).T)
    assert steps.max() < 0.04
    assert np.hypot(*(np.array(places[-1]) - places[0])) < 0.12


def test_the_same_seed_and_guides_give_the_same_body() -> None:
    one, other = (after(Patient("severe", "left", 9), view(guide("lean", "left")), 3.0) for _ in range(2))
    assert one.joints == other.joints
