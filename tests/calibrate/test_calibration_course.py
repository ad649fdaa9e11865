"""How a calibration goes on: timeouts, second tries, pauses, words, and hands that make no sense."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import step_reach

from rehabgames.calibrate import ReachCalibration
from rehabgames.core.landmarks import Side
from rehabgames.core.limits import Limits
from rehabgames.core.protocol import ReachProtocol
from rehabgames.safety import Envelope

PROTOCOL = ReachProtocol(
    id="two_ways",
    title="Two ways",
    posture="sitting",
    camera="in front",
    control="hand_position",
    rest_s=1.0,
    directions_deg=(25.0, 85.0),
    statistic="median",
    hold_s=0.4,
    timeout_s=6.0,
    minimum=0.3,
    sha256="",
)
FPS = 30.0
LAP = (0.15, -0.75)
Point = tuple[float, float]


def towards(direction_deg: float, distance: float) -> Point:
    angle = math.radians(direction_deg)
    return distance * math.sin(angle), -distance * math.cos(angle)


class Hand:
    """A hand that makes minimum-jerk movements of 0.8 s and is seen with 4 mm of noise."""

    def __init__(self, protocol: ReachProtocol = PROTOCOL, side: Side = "right", limit: float = 90.0) -> None:
        self.it = ReachCalibration(protocol, Envelope(Limits(limit)), side, 200.0)
        self.out = 1.0 if side == "right" else -1.0
        self.t = 0.0
        self.at: Point = LAP
        self.rng = np.random.default_rng(3)
        self.prompts: list[str] = []
        self.cues: list[str] = []

    def stay(self, seconds: float) -> None:
        self.go(self.at, seconds, seconds)

    def go(self, to: Point, seconds: float, move_s: float = 0.8) -> None:
        """Move to a place (outward, up) in move_s, and stay there until `seconds` are over."""
        start = self.at
        for i in range(1, round(seconds * FPS) + 1):
            share = min(1.0, i / FPS / move_s)
            s = share**3 * (10 - 15 * share + 6 * share**2)
            self.at = (start[0] + s * (to[0] - start[0]), start[1] + s * (to[1] - start[1]))
            self.t += 1 / FPS
            noise = self.rng.normal(0, 0.004, 2)
            hand = (self.out * (self.at[0] + noise[0]), self.at[1] + noise[1])
            if self.it.part == "done":
                return
            step_reach(self.it, hand, 200.0, self.t)
            self.prompts.append(self.it.prompt().id)
            self.cues += [cue.kind for cue in self.it.cues()]


@pytest.mark.parametrize("side", ["right", "left"])
@pytest.mark.parametrize("statistic", ["median", "max"])
def test_minimum_jerk_reaches_are_measured_where_they_end(side: Side, statistic: str) -> None:
    hand = Hand(replace(PROTOCOL, statistic=statistic), side)  # type: ignore[arg-type]
    hand.stay(1.2)
    assert hand.it.part == "ask"
    hand.go(towards(25, 0.83), 1.8)
    hand.go(towards(85, 0.64), 1.8)
    assert hand.it.part == "done"
    profile = hand.it.profile()
    assert profile.reach == {25.0: pytest.approx(0.83, abs=0.03), 85.0: pytest.approx(0.64, abs=0.03)}
    assert profile.side == side
    assert profile.rest_xy == pytest.approx((hand.out * LAP[0], LAP[1]), abs=0.01)
    assert hand.cues == ["calibrated", "calibrated"]
    assert (hand.it.progress(), hand.it.target(), hand.it.prompt().id) == (1.0, None, "calibrate.done")


def test_a_reach_that_was_too_short_is_asked_once_more_and_the_second_try_counts() -> None:
    hand = Hand(replace(PROTOCOL, directions_deg=(85.0,)))
    hand.stay(1.2)
    first = hand.it.target()
    hand.stay(6.2)
    second = hand.it.target()
    assert first is not None
    assert second is not None
    assert second.number == first.number + 1
    assert hand.it.progress() == 0.0
    assert "calibrate.again" in hand.prompts
    hand.go(towards(85, 0.6), 2.0)
    assert hand.it.profile().reach[85.0] == pytest.approx(0.6, abs=0.03)


def test_who_cannot_lift_the_arm_gets_the_minimum_after_two_tries() -> None:
    hand = Hand(replace(PROTOCOL, directions_deg=(85.0,)))
    hand.stay(1.2 + 6.1)
    assert hand.it.part == "ask"
    hand.stay(6.1)
    assert hand.it.profile().reach == {85.0: 0.3}


def test_who_never_holds_still_is_taken_as_far_as_the_arm_came_at_the_timeout() -> None:
    hand = Hand(replace(PROTOCOL, directions_deg=(85.0,)))
    hand.stay(1.2)
    for _ in range(5):
        hand.go(towards(85, 0.7), 0.65, 0.65)
        hand.go(towards(60, 0.5), 0.65, 0.65)
    assert hand.it.part == "done"
    assert hand.it.profile().reach[85.0] == pytest.approx(0.7, abs=0.03)
    assert 6.0 <= hand.t - 1.0 <= 6.5


def test_a_rest_that_is_no_rest_is_waited_for_and_then_taken() -> None:
    restless = Hand()
    step_reach(restless.it, (0.1, -0.7), 200.0, 0.0)
    for i in range(1, round(5.9 * FPS)):
        step_reach(restless.it, (0.1 + 0.2 * math.sin(i / 3), -0.7), 200.0, i / FPS)
    assert restless.it.part == "rest"
    for i in range(round(5.9 * FPS), round(6.2 * FPS)):
        step_reach(restless.it, (0.1 + 0.2 * math.sin(i / 3), -0.7), 200.0, i / FPS)
    assert restless.it.part == "ask"


@pytest.mark.parametrize(("limit", "asked"), [(90.0, [25.0, 85.0]), (50.0, [25.0, 45.0]), (20.0, [15.0])])
def test_directions_above_the_limit_become_one_at_the_limit_h1(limit: float, asked: list[float]) -> None:
    hand = Hand(limit=limit)
    hand.stay(1.2)
    for direction in asked:
        target = hand.it.target()
        assert target is not None
        assert math.degrees(math.atan2(target.x, -target.y)) == pytest.approx(direction)
        hand.go(towards(direction, 0.8), 2.9)
    assert hand.it.part == "done"
    assert list(hand.it.profile().reach) == asked


def test_the_same_moment_twice_is_one_moment() -> None:
    one, two = Hand(), Hand()
    for i in range(40):
        for hand, often in ((one, 1), (two, 3)):
            for _ in range(often):
                step_reach(hand.it, LAP, 200.0, i / FPS)
    assert one.it.part == two.it.part == "ask"
    assert one.it.target() == two.it.target()


places = st.floats(-1e9, 1e9) | st.sampled_from([0.0, 1e9, -1e9])
moments = st.tuples(places, places, st.floats(-1e9, 1e9) | st.just(math.nan) | st.just(0.0), st.floats(-1, 3))


@settings(max_examples=60)
@given(st.lists(moments, max_size=60))
def test_no_hand_makes_it_fail(said: list[tuple[float, float, float, float]]) -> None:
    it = ReachCalibration(PROTOCOL, Envelope(Limits()), "right", 200.0)
    t = 0.0
    for x, y, arm_px, dt in said:
        t += dt
        step_reach(it, (x, y), arm_px, t)
        assert 0.0 <= it.progress() <= 1.0
        target = it.target()
        assert target is None or math.isfinite(target.x + target.y + target.hold)
    if it.part == "done":
        profile = it.profile()
        assert profile.arm_px > 0
        assert all(math.isfinite(far) and far > 0 for far in profile.reach.values())
