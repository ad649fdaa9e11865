"""Moves: for every guide the posture it starts from, the posture it leads to, and what leads the eye."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final, Literal

from rehabgames.core.view import Shows
from rehabgames.stage.guides.body import ANKLE, SITTING, Arm, Foot, Pose, mix

# how far an arm is lifted where no limit says less: plainly out, plainly forward
OUT_DEG: Final = 118.0
FORWARD_DEG: Final = 98.0
UP_DEG: Final = 64.0  # of the upper arm of a raised hand; the forearm points up

About = Literal["arm", "leg", "trunk", ""]
Scene = Literal["", "frame", "lamp", "other"]


@dataclass(frozen=True, slots=True)
class Move:
    """From one posture to another, the own limb at x > 0.

    via     posture half way, where the way is not straight
    about   the part that has the colour
    aim     the joint that leads: the arrow follows it, the ring of the hold is round where it ends
    ring    radius of that ring, m; 0: none
    aside   how far beside its way the arrow is drawn, m; to the right of the way where positive
    way     places (across, up) of an arrow that follows no joint
    yaw     from where it is looked at, degrees
    walks   the feet take steps on the way
    """

    start: Pose
    end: Pose
    via: Pose | None = None
    about: About = ""
    aim: str = ""
    ring: float = 0.0
    aside: float = 0.15
    way: tuple[tuple[float, float], ...] = ()
    yaw: float = 0.0
    chair: bool = False
    walks: bool = False
    scene: Scene = ""

    def at(self, share: float) -> Pose:
        """The posture at 0 (start) .. 1 (end)."""
        if self.via is None:
            pose = mix(self.start, self.end, share)
        else:  # the parabola through the three
            first, second = mix(self.start, self.via, 2 * share), mix(self.via, self.end, 2 * share - 1)
            pose = mix(first, second, share)
        return _stepping(pose, share) if self.walks else pose


def _stepping(pose: Pose, share: float) -> Pose:
    swing = math.sin(share * 4 * math.pi) * 0.13
    near, far = max(0.0, swing), max(0.0, -swing)
    return pose._replace(
        foot=Foot(pose.foot.x, ANKLE + 0.5 * near, swing),
        foot2=Foot(pose.foot2.x, ANKLE + 0.5 * far, -swing),
        own=pose.own._replace(lift=16, plane=90 if swing < 0 else -90, fore=26),
        other=pose.other._replace(lift=16, plane=-90 if swing < 0 else 90, fore=26),
    )


_LAP = Arm(lift=20, plane=62, fore=74, fore_plane=112)
_HANGS = Arm()
_LOOSE = Arm(lift=26, plane=20, fore=34, fore_plane=50)
_HAND_UP = Arm(lift=30, plane=50, fore=108, fore_plane=72)
_SIT = Pose(hips=SITTING, own=_LAP, other=_LAP, foot=Foot(0.13, ANKLE, 0.4), foot2=Foot(-0.13, ANKLE, 0.4))
_STAND = Pose()
# on the chair, ready to rise: the feet are drawn back
_SAT = _SIT._replace(foot=Foot(0.13, ANKLE, 0.33), foot2=Foot(-0.13, ANKLE, 0.33))
_RISING = _SAT._replace(hips=0.66, z=0.17, bow=42.0, own=Arm(34, 80, 40, 88), other=Arm(34, 80, 40, 88))
_RISEN = _SAT._replace(hips=0.915, z=0.3, bow=0.0, own=_HANGS, other=_HANGS)
_BENT = Arm(lift=44, plane=4, fore=196, fore_plane=4)
_STRAIGHT = Arm(lift=44, plane=4, fore=46, fore_plane=4)
_WIDE = _STAND._replace(foot=Foot(0.15), foot2=Foot(-0.15))
_ROUND = tuple(
    (0.5 * math.sin(math.radians(a)), 0.06 - 0.15 * math.cos(math.radians(a))) for a in range(112, -20, -8)
)
_OVER = tuple(math.radians(a) for a in range(-28, 20, 6))
_SINKS = ((0.6, 1.18), (0.64, 0.98), (0.54, 0.78))
_RISES = ((0.76, 0.72), (0.8, 1.05), (0.72, 1.42))
_TO_FRONT = ((0.44, 0.36), (0.49, 0.16), (0.56, -0.1))


def _arm(base: Pose, end: Arm, *, start: Arm | None = None, yaw: float, aside: float = 0.15) -> Move:
    first = base if start is None else base._replace(own=start)
    chair = base.hips == SITTING
    return Move(
        first, base._replace(own=end), about="arm", aim="hand", ring=0.15, yaw=yaw, chair=chair, aside=aside
    )


def _either(name: str, shows: Shows, most_deg: float) -> Move | None:
    """The moves that can be made in either posture; no arm is lifted over `most_deg`."""
    sits = shows != "standing"
    base = _SIT if sits else _STAND
    turned = 8.0 if sits else 0.0
    if name == "rest":
        way = _SINKS if sits else tuple((x, y + 0.1) for x, y in _SINKS)
        first = base._replace(own=_HAND_UP if sits else _LOOSE)
        return replace(_arm(first, base.own, yaw=2 * turned), way=way)
    if name == "lean":
        end = base._replace(lean=24.0, x=0.0 if sits else 0.05)
        over = tuple((1.04 * math.sin(a), base.hips + 1.04 * math.cos(a)) for a in _OVER)
        return Move(base, end, about="trunk", aim="head", ring=0.2, chair=sits, way=over)
    out, forward, up = (min(deg, most_deg) for deg in (OUT_DEG, FORWARD_DEG, UP_DEG))
    lifts = {
        "arm_out": _arm(base, Arm(out, 4, out + 2, 4), yaw=2 * turned),
        "arm_forward": _arm(base, Arm(forward, 88, forward + 2, 88), yaw=52),
        "elbow_bend": _arm(base, _BENT, start=_STRAIGHT, yaw=turned),
        "elbow_straight": _arm(base, _STRAIGHT, start=_BENT, yaw=turned, aside=-0.15),
        "raise_hand": _arm(base, Arm(up, 4, 178, 4, 1.0), yaw=turned),
    }
    return lifts.get(name)


_MOVES: Final[dict[str, Move]] = {
    "shift_weight": Move(
        _WIDE,
        _WIDE._replace(x=0.13, lean=5.0, foot2=Foot(-0.17, ANKLE + 0.03, 0.0)),
        about="leg",
        way=((0.34, 0.98), (0.5, 0.86), (0.53, 0.55), (0.4, 0.22), (0.15, 0.04)),
        aim="ankle",
        ring=0.17,
    ),
    "stand_up": Move(
        _SAT, _RISEN, _RISING, about="trunk", aim="head", ring=0.21, yaw=48, chair=True, way=_RISES
    ),
    "sit_down": Move(
        _RISEN, _SAT, _RISING, about="trunk", aim="head", ring=0.21, yaw=48, chair=True, way=_RISES[::-1]
    ),
    "step": Move(
        _STAND._replace(own=_LOOSE, other=_LOOSE),
        _STAND._replace(own=_LOOSE, other=_LOOSE, foot=Foot(0.11, 0.5, 0.24)),
        about="leg",
        aim="knee",
        ring=0.17,
        yaw=38,
        aside=0.24,
    ),
    "come_into_picture": Move(
        _STAND._replace(where=1.08, turn=-48.0),
        _STAND,
        about="trunk",
        way=((1.02, 0.16), (0.74, 0.12), (0.36, 0.14)),
        walks=True,
        scene="frame",
    ),
    "come_closer": Move(
        _STAND._replace(near=0.5), _STAND._replace(near=0.98), about="trunk", way=_TO_FRONT, walks=True,
        scene="frame",
    ),
    "step_back": Move(
        _STAND._replace(near=1.4), _STAND._replace(near=0.8), about="trunk", way=_TO_FRONT[::-1], walks=True,
        scene="frame",
    ),
    "face_camera": Move(_STAND._replace(turn=80.0), _STAND, about="trunk", way=_ROUND, scene="frame"),
    "more_light": Move(_STAND, _STAND, scene="lamp"),
    "one_person": Move(
        _STAND._replace(where=-0.24),
        _STAND._replace(where=-0.12),
        way=((0.62, 0.14), (0.86, 0.11), (1.16, 0.14)),
        scene="other",
    ),
}  # fmt: skip


def move_of(name: str, shows: Shows, most_deg: float = 180.0) -> Move:
    """What is shown for a guide of the body, no arm higher than it may be asked.

    Raises KeyError for a name that no picture knows.
    """
    return _either(name, shows, most_deg) or _MOVES[name]
