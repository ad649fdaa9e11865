"""A scripted hand is calibrated to what it can do."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from people import step_reach

from rehabgames.calibrate import ReachCalibration
from rehabgames.core.limits import Limits
from rehabgames.core.protocol import ReachProtocol
from rehabgames.safety import Envelope

PROTOCOL = ReachProtocol(
    id="reach_quick",
    title="Quick reach",
    posture="sitting",
    camera="in front",
    control="hand_position",
    rest_s=1.5,
    directions_deg=(-40.0, 25.0, 45.0, 65.0, 85.0),
    statistic="median",
    hold_s=0.4,
    timeout_s=6.0,
    minimum=0.2,
    sha256="",
)
ABLE = {-40.0: 0.7, 25.0: 0.85, 45.0: 0.8, 65.0: 0.72, 85.0: 0.6}
ARM_PX = 200.0
Goes = Callable[[ReachCalibration, float, tuple[float, float]], tuple[float, float]]


def towards(direction_deg: float, distance: float) -> tuple[float, float]:
    angle = math.radians(direction_deg)
    return distance * math.sin(angle), -distance * math.cos(angle)


def run(
    goes: Goes, protocol: ReachProtocol = PROTOCOL, limit: float = 90.0, guess: float = 1.0
) -> ReachCalibration:
    """Ticks at 30 fps; `goes` says where the hand wants to be; it moves at 1.2 arm lengths a second."""
    rng = np.random.default_rng(4)
    it = ReachCalibration(protocol, Envelope(Limits(limit)), "right", ARM_PX * guess)
    hand = (0.15, -0.74)
    for i in range(30 * 120):
        t = i / 30
        x, y = goes(it, t, hand)
        away = math.hypot(x - hand[0], y - hand[1])
        share = min(1.0, 1.2 / 30 / away) if away > 0 else 0.0
        hand = (hand[0] + share * (x - hand[0]), hand[1] + share * (y - hand[1]))
        seen = (np.array(hand) + rng.normal(0, 0.004, 2)) / guess
        step_reach(it, (float(seen[0]), float(seen[1])), ARM_PX - abs(float(rng.normal(0, 3))), t)
        if it.part == "done":
            break
    return it


def able(it: ReachCalibration, t: float, hand: tuple[float, float]) -> tuple[float, float]:
    target = it.target()
    if target is None or target.kind == "rest":
        return (0.15, -0.74)
    direction = math.degrees(math.atan2(target.x, -target.y))
    return towards(direction, ABLE[min(ABLE, key=lambda d: abs(d - direction))])


@pytest.mark.parametrize("guess", [1.0, 0.8, 1.25])
def test_the_profile_is_what_the_hand_can_do_whatever_the_first_guess_of_the_arm(guess: float) -> None:
    profile = run(able, guess=guess).profile()
    assert profile.reach.keys() == ABLE.keys()
    for direction, far in ABLE.items():
        assert profile.reach[direction] == pytest.approx(far, abs=0.03)
    assert profile.arm_px == pytest.approx(ARM_PX, rel=0.02)
    assert 0.002 < profile.noise < 0.012
    assert profile.rest_xy == pytest.approx((0.15, -0.74), abs=0.02)


@pytest.mark.parametrize(("limit", "steepest"), [(90.0, 85.0), (60.0, 55.0), (30.0, 25.0)])
def test_nothing_above_the_limit_is_asked_h1(limit: float, steepest: float) -> None:
    asked: list[float] = []

    def goes(it: ReachCalibration, t: float, hand: tuple[float, float]) -> tuple[float, float]:
        target = it.target()
        if target is not None and target.kind == "farthest":
            asked.append(abs(math.degrees(math.atan2(target.x, -target.y))))
            return towards(math.degrees(math.atan2(target.x, -target.y)), 0.7)
        return (0.15, -0.74)

    it = run(goes, limit=limit)
    assert it.part == "done"
    assert max(asked) <= steepest + 1e-6


def test_who_never_moves_gets_the_least_reach_after_two_tries_a_direction() -> None:
    it = run(lambda *_: (0.0, 0.1))
    assert it.part == "done"
    assert all(far == pytest.approx(0.2, abs=0.05) for far in it.profile().reach.values())


def test_a_hand_that_keeps_trembling_still_comes_to_an_end() -> None:
    def shaking(it: ReachCalibration, t: float, hand: tuple[float, float]) -> tuple[float, float]:
        x, y = able(it, t, hand)
        return x + 0.2 * math.sin(30 * t), y

    assert run(shaking).part == "done"


def test_a_gap_in_the_middle_of_a_reach_is_not_a_hold() -> None:
    it = ReachCalibration(replace(PROTOCOL, rest_s=0.5), Envelope(Limits()), "right", ARM_PX)
    for i in range(30):
        step_reach(it, (0.15, -0.74), ARM_PX, i / 30)
    assert it.part == "ask"
    for i in range(8):
        step_reach(it, (0.15 - 0.03 * i, -0.74), ARM_PX, 1.0 + i / 30)
    step_reach(it, (-0.1, -0.74), ARM_PX, 3.0)
    step_reach(it, (-0.1, -0.74), ARM_PX, 3.03)
    assert it.progress() == 0.0


def test_no_profile_before_the_end() -> None:
    with pytest.raises(ValueError, match="not done"):
        ReachCalibration(PROTOCOL, Envelope(Limits()), "right", ARM_PX).profile()
