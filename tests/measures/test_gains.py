"""Where a gain came from. Truths are made: every session has the same small scatter."""

from __future__ import annotations

import math

import pytest

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.measures.gains import Key, gains, gains_of_hand, gains_of_shift

SIDE = "right"


def session(arm: float, trunk: float, sparc: float = -2.0, elbow: float = 60.0, **spoiled: Validity):
    values = {
        ("arm_displacement", SIDE): (arm, "arm lengths"),
        ("trunk_displacement", SIDE): (trunk, "arm lengths"),
        ("trunk_share", SIDE): (trunk / (arm + trunk), "ratio"),
        ("sparc", SIDE): (sparc, ""),
        ("range_of_motion", f"elbow_flexion.{SIDE}"): (elbow, "deg"),
        ("range_of_motion", "elbow_flexion.left"): (elbow, "deg"),
        ("repetitions", SIDE): (20.0, "count"),
    }
    found: dict[Key, Measured] = {}
    for (name, of), (value, unit) in values.items():
        validity = spoiled.get(name, Validity.GOOD)
        known = value if validity is Validity.GOOD else math.nan
        found[name, of] = Measured(name, of, known, unit, Message("how.x"), validity, 1.0)
    return found


BEFORE = [session(0.50, 0.10), session(0.51, 0.11), session(0.49, 0.09)]


@pytest.mark.parametrize(
    ("arm", "trunk", "verdict"),
    [
        (0.70, 0.10, "restored"),
        (0.70, 0.01, "restored"),
        (0.50, 0.30, "compensated"),
        (0.70, 0.30, "both"),
        (0.30, 0.10, "lost"),
        (0.30, 0.30, "lost"),
        (0.51, 0.10, "none"),
        (0.50, 0.01, "none"),
    ],
)
def test_where_it_came_from(arm: float, trunk: float, verdict: str) -> None:
    found = gains(BEFORE, session(arm, trunk), SIDE)
    assert found.verdict == verdict
    assert found.sessions == 3
    told = {each.of: each for each in found.changes}
    assert f"arm_displacement.{SIDE}" in told
    if verdict == "restored":
        assert told[f"arm_displacement.{SIDE}"].value == pytest.approx(0.2)


def test_what_a_camera_cannot_tell_apart_is_no_gain_however_alike_the_sessions_were() -> None:
    alike = [session(0.5, 0.001 * i) for i in range(3)]
    assert gains(alike, session(0.52, 0.02), SIDE).verdict == "none"
    assert gains(alike, session(0.52, 0.04), SIDE).verdict == "compensated"


def test_joints_and_smoothness_of_this_arm_are_told_with_it() -> None:
    found = gains(BEFORE, session(0.5, 0.1, sparc=-1.5, elbow=90.0), SIDE)
    told = {each.of for each in found.changes}
    assert f"range_of_motion.elbow_flexion.{SIDE}" in told
    assert f"sparc.{SIDE}" in told
    assert "range_of_motion.elbow_flexion.left" not in told
    assert f"repetitions.{SIDE}" not in told


def test_what_cannot_be_told_is_unknown() -> None:
    now = session(0.7, 0.1)
    assert gains(BEFORE[:1], now, SIDE).verdict == "unknown"
    assert gains([], now, SIDE).verdict == "unknown"
    assert gains(BEFORE, {}, SIDE).verdict == "unknown"
    unseen = session(0.7, 0.1, trunk_displacement=Validity.UNSEEN)
    assert gains(BEFORE, unseen, SIDE).verdict == "unknown"
    dark = [session(0.5, 0.1, arm_displacement=Validity.DARK) for _ in range(3)]
    assert gains(dark, now, SIDE).verdict == "unknown"


def shifted(left: float, right: float) -> dict[Key, Measured]:
    return {
        ("range_of_motion", f"seated_shift.{side}"): Measured(
            "range_of_motion", f"seated_shift.{side}", way, "trunk lengths", Message("how.x")
        )
        for side, way in (("left", left), ("right", right))
    }


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        (0.10, 0.15, "none"),
        (0.17, 0.15, "farther"),
        (0.17, 0.25, "farther"),
        (0.04, 0.15, "less_far"),
        (0.17, 0.07, "uneven"),
        (0.10, math.nan, "none"),
        (math.nan, math.nan, "unknown"),
    ],
)
def test_a_weight_wins_way_to_either_side(left: float, right: float, verdict: str) -> None:
    before = [shifted(0.10, 0.15), shifted(0.105, 0.155), shifted(0.095, 0.145)]
    found = gains_of_shift(before, shifted(left, right), SIDE)
    assert (found.verdict, found.practice, found.sessions) == (verdict, "shift", 3)
    assert gains_of_shift(before[:1], shifted(left, right), SIDE).verdict == "unknown"


@pytest.mark.parametrize(("used", "verdict"), [(80.0, "none"), (95.0, "changed"), (60.0, "changed")])
def test_a_hand_changes_and_nobody_says_whether_that_is_better(used: float, verdict: str) -> None:
    def hand(share: float) -> dict[Key, Measured]:
        of = "pinch.right"
        return {
            ("hand_range_used", of): Measured("hand_range_used", of, share, "%", Message("how.x")),
            ("grasp_releases", of): Measured("grasp_releases", of, share, "count", Message("how.x")),
        }

    found = gains_of_hand([hand(80.0), hand(82.0), hand(78.0)], hand(used), SIDE)
    assert (found.verdict, found.practice) == (verdict, "hand")
    assert [each.of for each in found.changes] == ["hand_range_used.pinch.right"]
