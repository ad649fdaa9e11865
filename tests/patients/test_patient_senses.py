"""What a virtual patient can do and what it knows: measured on its movements, not read from its table."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal

import numpy as np
import pytest

from rehabgames.core.landmarks import Side
from rehabgames.core.message import Message
from rehabgames.core.view import Hand, Target, Thing, View
from rehabgames.patients import KINDS, Body, Patient, posture
from rehabgames.patients.motor import Movement, farthest

SEVERITY = ("healthy", "mild", "moderate", "severe")
HZ = 100


def showing(x: float, y: float, kind: Literal["pick", "farthest"] = "pick", side: Side = "right") -> View:
    target = Target(kind, x, y, 0.13, 0.0, 1)
    return View(0.0, "play", "orchard", side, 0, (-1, -1, 1, 1), target=target)


def place(body: Body, side: Side) -> np.ndarray:
    """Wrist from its shoulder in arm lengths, play coordinates."""
    shoulder, wrist = (np.array(body.joints[f"{side}_{j}"]) for j in ("shoulder", "wrist"))
    return (wrist - shoulder) / body.build.arm * (-1, 1)


def moved(patient: Patient, view: View | None, seconds: float, start_s: float = 0.0) -> np.ndarray:
    """(n, 2) at 100 Hz."""
    return np.array(
        [place(patient.step(view, start_s + i / HZ), patient.side) for i in range(round(seconds * HZ))]
    )


def test_a_movement_is_the_published_minimum_jerk_curve() -> None:
    """Flash & Hogan 1985: at rest at both ends, symmetric, peak speed 1.875 times the mean."""
    move = Movement((0.0, 0.0), (0.3, 0.4), 1.0, 2.0)
    t = np.linspace(1, 3, 2001)
    path = np.array([move.at(s) for s in t])
    far = np.hypot(*path.T)
    speed = np.gradient(far, t)
    assert speed.max() == pytest.approx(1.875 * 0.5 / 2.0, rel=1e-4)
    assert t[speed.argmax()] == pytest.approx(2.0, abs=0.01)
    assert np.allclose(speed, speed[::-1], atol=1e-6)
    assert speed[[0, -1]] == pytest.approx([0, 0], abs=1e-3)
    assert np.allclose(path[:, 1] * 3, path[:, 0] * 4)
    assert (move.at(0.0), move.at(9.0)) == ((0.0, 0.0), pytest.approx((0.3, 0.4)))


def test_the_more_severe_reach_less_far_and_slower_in_what_can_be_seen() -> None:
    farthest, peak_speed, began_s = [], [], []
    for kind in SEVERITY:
        runs = [moved(Patient(kind, "right", seed), showing(0.99, -0.1), 6.0) for seed in range(12)]
        farthest.append(np.mean([np.hypot(*run[-1]) for run in runs]))
        speeds = [np.hypot(*np.diff(run, axis=0).T) * HZ for run in runs]
        peak_speed.append(np.mean([s.max() for s in speeds]))
        began_s.append(np.mean([np.argmax(s > 0.3 * s.max()) / HZ for s in speeds]))
    assert farthest == sorted(farthest, reverse=True)
    assert peak_speed == sorted(peak_speed, reverse=True)
    assert began_s == sorted(began_s)
    assert farthest[0] - farthest[-1] > 0.35
    assert peak_speed[0] > 2 * peak_speed[-1]


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("what", ["pick", "farthest"])
def test_what_is_asked_too_far_is_reached_as_far_as_this_arm_goes(
    kind: str, what: Literal["pick", "farthest"]
) -> None:
    able = KINDS[kind]
    for direction, share in ((5, 5 / 90), (45, 0.5), (90, 1.0)):
        range_here = farthest(able, share, 1.0)
        aim = math.radians(direction)
        view = showing(1.5 * math.sin(aim), -1.5 * math.cos(aim), kind=what)
        ends = [np.hypot(*moved(Patient(kind, "right", seed), view, 6.0)[-1]) for seed in range(10)]
        spread = 4 * (able.reach_spread + able.noise) + (able.tremor_m + able.intention_m) / 0.56
        assert max(ends) <= min(1.0, range_here + spread)
        assert np.mean(ends) == pytest.approx(min(0.995, range_here), abs=0.09)


def test_what_is_near_is_reached_and_not_passed() -> None:
    for seed in range(5):
        end = moved(Patient("healthy", "right", seed), showing(0.3, -0.5), 3.0)[-1]
        assert np.hypot(*(end - (0.3, -0.5))) < 0.08


def test_the_two_sides_mirror_each_other() -> None:
    right = moved(Patient("mild", "right", 4), showing(0.6, -0.3), 2.5)
    left = moved(Patient("mild", "left", 4), showing(-0.6, -0.3, side="left"), 2.5)
    assert left[-1][0] == pytest.approx(-right[-1][0], abs=0.1)
    assert left[-1][1] == pytest.approx(right[-1][1], abs=0.1)


def test_only_what_is_seen_on_the_screen_matters() -> None:
    """Score, words, things and the tracked body change nothing: the hand goes by target and shown hand."""
    plain = showing(0.5, -0.3)
    rich = replace(
        plain,
        t_s=99.0,
        seed=7,
        count=9,
        goal=40,
        score=1234,
        progress=0.9,
        seconds_left=3.0,
        prompt=Message("play.reach"),
        things=(Thing("fruit 0", "fruit", -0.9, 0.9, 0.1),),
        body_px=np.full((33, 2), 7.0),
    )
    assert np.array_equal(
        moved(Patient("moderate", "right", 3), plain, 4.0), moved(Patient("moderate", "right", 3), rich, 4.0)
    )


def test_without_a_hand_on_the_screen_nothing_is_corrected_and_with_one_it_is() -> None:
    blind, sighted = Patient("severe", "right", 9), Patient("severe", "right", 9)
    view = showing(0.2, -0.4)
    unseen = moved(blind, view, 5.0)
    assert np.ptp(unseen[-100:], axis=0).max() < 0.01
    shown = []
    for i in range(5 * HZ):
        there = place(sighted.step(replace(view, hand=Hand(0.5, -0.4, 1.0)), i / HZ), "right")
        shown.append(there)
    assert np.ptp(np.array(shown)[-200:], axis=0).max() > 0.05


def test_a_pause_sends_the_hand_to_the_lap_and_play_brings_it_back() -> None:
    patient = Patient("healthy", "right", 1)
    out = moved(patient, showing(0.7, -0.2), 2.0)[-1]
    paused = replace(showing(0.7, -0.2), phase="paused", target=None)
    lap = moved(patient, paused, 3.0, 2.0)[-1]
    again = moved(patient, showing(0.7, -0.2), 2.0, 5.0)[-1]
    assert np.hypot(*(out - (0.7, -0.2))) < 0.1
    assert lap[1] < -0.6
    assert np.hypot(*(again - (0.7, -0.2))) < 0.1


def test_the_trunk_helps_those_who_come_short_towards_the_working_side() -> None:
    for side, sign in (("right", 1.0), ("left", -1.0)):
        patient = Patient("severe", "left" if side == "left" else "right", 2)
        view = showing(sign * 1.2, 0.0)
        for i in range(400):
            body = patient.step(view, i / HZ)
        assert sign * math.degrees(body.lean_rad) > 5
        straight = Patient("healthy", patient.side, 2)
        for i in range(400):
            body = straight.step(showing(sign * 0.5, -0.4), i / HZ)
        assert abs(math.degrees(body.lean_rad)) < 1


@pytest.mark.parametrize("hand", [(0.0, 0.0), (5.0, 5.0), (0.0, -1e-9), (-0.3, 0.2)])
def test_a_posture_is_whole_wherever_the_hand_is_asked_to_be(hand: tuple[float, float]) -> None:
    build = Patient("healthy", "right", 0).build
    body = posture(build, "right", hand, 0.1)
    assert all(math.isfinite(v) for xy in body.joints.values() for v in xy)
    shoulder, elbow = body.joints["right_shoulder"], body.joints["right_elbow"]
    assert math.dist(shoulder, elbow) == pytest.approx(build.upper_arm)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_another_seed_is_another_day(kind: str) -> None:
    one, other = (moved(Patient(kind, "right", seed), showing(0.9, -0.2), 4.0) for seed in (1, 2))
    assert not np.array_equal(one, other)
