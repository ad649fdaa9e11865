"""What one picture says about room, light and camera: each check with the guide that would put it right."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from rehabgames.core.exercise import Posture
from rehabgames.core.landmarks import N_POSE, POSE
from rehabgames.core.measured import Validity
from rehabgames.core.pose import PoseFrame, Recording
from rehabgames.signals.scale import SEEN, apparent_trunk_px
from rehabgames.signals.view import FRONT_FROM, breadth

DARK: Final = 0.15  # mean brightness; below it the landmarks tremble and get lost
MARGIN: Final = 0.02  # share of the picture that a landmark stays away from its edges
# height of the trunk as a share of the picture's: below, landmarks are coarse; above, arms leave it
FAR: Final = 0.15
NEAR: Final = {"sitting": 0.48, "standing": 0.33}
WIDE: Final = 0.45  # shoulders this wide leave no room for the body: step back

_UPPER: Final = ("nose", "left_shoulder", "right_shoulder", "left_hip", "right_hip")
_LOWER: Final = ("left_knee", "right_knee", "left_ankle", "right_ankle")


@dataclass(frozen=True, slots=True)
class Finding:
    """guide  what would put it right, of GUIDES; "" where all is well
    why    GOOD where all is well; TOO_FEW where the picture cannot tell
    """

    guide: str = ""
    why: Validity = Validity.GOOD

    @property
    def good(self) -> bool:
        return self.why is Validity.GOOD


FINE: Final = Finding()
Check = Callable[[PoseFrame, bool, Posture], Finding]


def whole(frame: PoseFrame) -> bool:
    """The frame holds as many landmarks as a body has."""
    return frame.points_px.shape == (N_POSE, 2) and frame.visibility.shape == (N_POSE,)


def alone(frame: PoseFrame, present: bool, posture: Posture) -> Finding:
    if frame.people < 0:
        return Finding("one_person", Validity.TOO_FEW)
    if frame.people == 0:
        return Finding("come_into_picture", Validity.NOBODY)
    return FINE if frame.people == 1 else Finding("one_person", Validity.CROWD)


def light(frame: PoseFrame, present: bool, posture: Posture) -> Finding:
    if not math.isfinite(frame.light):
        return Finding("more_light", Validity.TOO_FEW)
    return FINE if frame.light >= DARK else Finding("more_light", Validity.DARK)


@np.errstate(all="ignore")
def framing(frame: PoseFrame, present: bool, posture: Posture) -> Finding:
    if not present or not whole(frame):
        return Finding("come_into_picture", Validity.NOBODY)
    which = [POSE[name] for name in (_UPPER if posture == "sitting" else (*_UPPER, *_LOWER))]
    points, size = frame.points_px[which], np.array(frame.size, dtype=np.float64)
    inside = (points >= MARGIN * size) & (points <= (1 - MARGIN) * size)
    if inside.all() and (frame.visibility[which] >= SEEN).all():
        return FINE
    shoulders = frame.points_px[[POSE["left_shoulder"], POSE["right_shoulder"]], 0]
    near = abs(float(shoulders[0] - shoulders[1])) > WIDE * size[0]
    return Finding("step_back" if near else "come_into_picture", Validity.UNSEEN)


@np.errstate(all="ignore")
def distance(frame: PoseFrame, present: bool, posture: Posture) -> Finding:
    if not present or not whole(frame):
        return Finding("come_into_picture", Validity.NOBODY)
    share = float(apparent_trunk_px(Recording.of([frame]))[0]) / max(1.0, float(frame.size[1]))
    if not math.isfinite(share):
        return Finding("come_into_picture", Validity.UNSEEN)
    if share < FAR:
        return Finding("come_closer", Validity.VIEW)
    return FINE if share <= NEAR[posture] else Finding("step_back", Validity.VIEW)


@np.errstate(all="ignore")
def view(frame: PoseFrame, present: bool, posture: Posture) -> Finding:
    if not present or not whole(frame):
        return Finding("come_into_picture", Validity.NOBODY)
    facing = float(breadth(Recording.of([frame]))[0])
    return FINE if facing >= FRONT_FROM else Finding("face_camera", Validity.VIEW)


CHECKS: Final[dict[str, Check]] = {
    "alone": alone,
    "light": light,
    "framing": framing,
    "distance": distance,
    "view": view,
}
