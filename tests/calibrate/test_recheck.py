"""The 20-second re-check keeps a profile that still fits, and only such a one."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from people import FPS, SIZE, Follower, Pose, protocol, run, step_reach

from rehabgames.calibrate import Recheck
from rehabgames.core.limits import Limits
from rehabgames.core.person import Profile
from rehabgames.core.pose import PoseFrame
from rehabgames.core.sample import Sample
from rehabgames.core.view import Guide
from rehabgames.safety import Envelope

REACH = {-40.0: 0.7, 25.0: 0.85, 45.0: 0.8, 65.0: 0.72, 85.0: 0.6}
BEFORE = Profile("reach_quick", "right", 210.0, REACH, 0.004, (0.1, -0.7), version=3, made_utc="2026-11-01")
ENVELOPE = Envelope(Limits())
Point = tuple[float, float]


def reach_again(share: Callable[[float], float], before: Profile = BEFORE, arm_px: float = 190.0) -> Recheck:
    """A hand that reaches so much of what it reached before, 1.2 arm lengths a second."""
    it = Recheck(before, protocol("reach_quick"), ENVELOPE, "right", arm_px)
    hand = (0.15, -0.74)
    for i in range(int(30 * FPS)):
        target = it.target()
        aim: Point = (0.15, -0.74)
        if target is not None and target.kind == "farthest":
            direction = math.degrees(math.atan2(target.x, -target.y))
            known = min(REACH, key=lambda d: abs(d - direction))
            far = REACH[known] * share(known)
            aim = (far * math.sin(math.radians(direction)), -far * math.cos(math.radians(direction)))
        away = math.dist(aim, hand)
        part = min(1.0, 1.2 / FPS / away) if away > 0 else 0.0
        hand = (hand[0] + part * (aim[0] - hand[0]), hand[1] + part * (aim[1] - hand[1]))
        step_reach(it, hand, arm_px, i / FPS)
        if it.part == "done":
            break
    return it


@pytest.mark.parametrize("share", [1.0, 0.92, 1.1])
def test_a_reach_that_is_about_the_same_keeps_the_profile_with_the_arm_of_today(share: float) -> None:
    it = reach_again(lambda _: share)
    assert it.agrees
    kept = it.profile()
    assert kept.reach == REACH
    assert kept.arm_px == pytest.approx(190.0)
    assert (kept.version, kept.made_utc) == (3, "2026-11-01")
    assert it.progress() == 1.0


@pytest.mark.parametrize("worse", [-40.0, 85.0])
def test_a_reach_that_changed_in_one_direction_is_measured_anew(worse: float) -> None:
    it = reach_again(lambda direction: 0.7 if direction == worse else 1.0)
    assert it.part == "done"
    assert not it.agrees
    assert it.prompt().id == "calibrate.anew"
    with pytest.raises(ValueError, match="not found to fit"):
        it.profile()


def test_nothing_above_the_limit_is_asked_though_it_was_reached_before_h1() -> None:
    it = Recheck(BEFORE, protocol("reach_quick"), Envelope(Limits(50.0)), "right", 190.0)
    asked: set[float] = set()
    for i in range(int(22 * FPS)):
        step_reach(it, (0.15, -0.74), 190.0, i / FPS)
        target = it.target()
        if target is not None and target.kind == "farthest":
            asked.add(round(math.degrees(math.atan2(target.x, -target.y))))
    assert asked == {45, -40}


def test_it_ends_after_20_seconds_whatever_happens() -> None:
    it = Recheck(BEFORE, protocol("reach_quick"), ENVELOPE, "right", 190.0)
    done = next(
        i / FPS
        for i in range(10_000)
        if step_reach(it, (0.15 + 0.3 * (i % 2), -0.74), 190.0, i / FPS) is None and it.part == "done"
    )
    assert done == pytest.approx(20.0, abs=0.1)
    assert not it.agrees


def test_a_pause_does_not_count() -> None:
    it = Recheck(BEFORE, protocol("reach_quick"), ENVELOPE, "right", 190.0)
    for i in range(15):
        step_reach(it, (0.15, -0.74), 190.0, i / FPS)
    for i in range(15):
        step_reach(it, (0.15, -0.74), 190.0, 60 + i / FPS)
    assert it.part != "done"


@pytest.mark.parametrize(
    "before",
    [
        replace(BEFORE, side="left"),
        replace(BEFORE, protocol="reach_map"),
        replace(BEFORE, reach={}),
        replace(BEFORE, reach={120.0: 0.5}),
        replace(BEFORE, refused={f"reach.{d:g}": "NO_MOVEMENT" for d in REACH}),
    ],
)
def test_a_profile_that_says_nothing_about_this_is_not_checked(before: Profile) -> None:
    it = Recheck(before, protocol("reach_quick"), ENVELOPE, "right", 190.0)
    assert it.part != "done"
    step_reach(it, (0.15, -0.74), 190.0, 0.0)
    assert it.part == "done"
    assert not it.agrees


LEANS = Profile(
    "weight_shift_sitting",
    "right",
    found={"seated_shift.left": -0.17, "seated_shift.right": 0.23, "seated_shift.rest": 0.0},
)


@pytest.mark.parametrize(("right_deg", "agrees"), [(20.0, True), (12.0, False), (0.0, False)])
def test_movements_are_checked_again_too(right_deg: float, agrees: bool) -> None:
    def leaning(guide: Guide | None) -> Pose:
        if guide is None or guide.back or guide.name != "lean":
            return Pose()
        return Pose(lean_deg=right_deg if guide.side == "right" else -15.0)

    it = Recheck(LEANS, protocol("weight_shift_sitting"), ENVELOPE, "right", math.nan)
    assert it.needs == ("seated_shift",)
    assert it.part == "rest"
    course = run(it, Follower(leaning))
    assert it.agrees is agrees
    assert course.done_s < 1.5 + 20.1
    if agrees:
        assert it.profile() == LEANS


def test_a_room_is_looked_at_every_time() -> None:
    before = Profile("room_check", "right", found={"side": 1.0})
    it = Recheck(before, protocol("room_check"), ENVELOPE, "right", math.nan)
    it.step(PoseFrame(0.0, 0, SIZE), Sample(0.0))
    assert it.part == "done"
    assert not it.agrees
