"""Bodies → PoseFrames without a camera: the joints of a virtual patient as landmarks, with noise.

What MediaPipe adds to that is only its spread, not its mistakes: nothing is hidden, and the picture
has no edges. Typical spread of a webcam is 1 to 6 mm (MEASURES 0.7), that is 0.3 to 1.8 px here.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from rehabgames.core.landmarks import N_POSE, POSE, SIDES, Side
from rehabgames.core.pose import Array, PoseFrame
from rehabgames.patients.body import Body
from rehabgames.patients.hand_landmarks import KNUCKLES, PALM_M, hand_px
from rehabgames.patients.kinds import side_named
from rehabgames.patients.traits import Dropouts

PX_PER_M: Final = 300.0
SIZE: Final = (640, 480)
ORIGIN: Final = (320.0, 500.0)  # px of the floor under mid-hip
_PX, _ORIGIN = np.array((PX_PER_M, -PX_PER_M)), np.array(ORIGIN)
FACE: Final = {
    "left_eye": (0.03, 0.03),
    "right_eye": (-0.03, 0.03),
    "left_ear": (0.07, 0.01),
    "right_ear": (-0.07, 0.01),
    "mouth_left": (0.03, -0.05),
    "mouth_right": (-0.03, -0.05),
}
_FOOT: Final = {"heel": (0.0, -0.05), "foot_index": (0.03, -0.08)}  # from the ankle, + outward and up
_FOOT_PX: Final = {
    side: np.array([(outward * out * PX_PER_M, -up * PX_PER_M) for out, up in _FOOT.values()])
    for side, outward in (("left", 1.0), ("right", -1.0))  # the picture is not mirrored
}
_FEET_AT: Final = {side: [POSE[f"{side}_{name}"] for name in _FOOT] for side in SIDES}
_JOINTS_AT: Final = {side: [POSE[f"{side}_{name}"] for name in ("elbow", "wrist", "ankle")] for side in SIDES}
_ALONG: Final = np.array([out * np.exp(1j * np.radians(deg)) for deg, out in KNUCKLES.values()])
_HANDS_AT: Final = {side: [POSE[f"{side}_{name}"] for name in KNUCKLES] for side in SIDES}
_FACE_AT: Final = [POSE[name] for name in FACE]
_FACE_PX: Final = np.array(list(FACE.values())) * (PX_PER_M, -PX_PER_M)
_SEEN: Final = 0.99  # what the network says of a joint in plain view


def frame_of(
    body: Body, t_s: float, index: int, noise_px: float = 0.0, seed: int = 0, *, hands: bool = False
) -> PoseFrame:
    """A frame in which every joint of the body is seen; hands are in line with the forearms, the landmarks of
    the face that the body does not have lie at its nose. hands: the landmarks of both hands are seen as well.

    The noise (SD noise_px, each axis) depends on seed and index alone. Raises ValueError where it is
    not 0 or more.
    """
    if not noise_px >= 0:
        raise ValueError(f"noise_px = {noise_px} is not 0 or more")
    places = np.array(list(body.joints.values())) * _PX + _ORIGIN
    points = np.empty((N_POSE, 2))
    at = _at(tuple(body.joints))
    points[:] = places[list(body.joints).index("nose")]
    points[at] = places
    points[_FACE_AT] = points[POSE["nose"]] + _FACE_PX
    for side in SIDES:
        _extremities(points, side)
    rng = np.random.default_rng((seed, index))
    points += rng.normal(0, noise_px, points.shape)
    frame = PoseFrame(t_s, index, SIZE, points_px=points, visibility=np.full(N_POSE, _SEEN))
    if hands:
        for hand, side in enumerate(SIDES):
            elbow, wrist = (places[list(body.joints).index(f"{side}_{j}")] for j in ("elbow", "wrist"))
            frame.hands_px[hand] = _hand(elbow, wrist, body.hand_open[side], side)
        frame.hands_px[:] += rng.normal(0, noise_px, frame.hands_px.shape)
        frame.hand_scores[:] = _SEEN
    return frame


@cache
def _at(joints: tuple[str, ...]) -> npt.NDArray[np.intp]:
    return np.array([POSE[name] for name in joints], dtype=np.intp)


def _extremities(points: Array, side: Side) -> None:
    """Knuckles and feet, from forearm and ankle; in place."""
    elbow, wrist, ankle = (points[at] for at in _JOINTS_AT[side])
    forearm = complex(*(wrist - elbow))
    turns = _ALONG if side == "right" else _ALONG.conj()
    knuckles = forearm / max(abs(forearm), 1.0) * turns * (PALM_M * PX_PER_M)
    points[_HANDS_AT[side]] = wrist + knuckles.view(np.float64).reshape(-1, 2)
    points[_FEET_AT[side]] = ankle + _FOOT_PX[side]


def _hand(elbow: Array, wrist: Array, open_share: float, side: Side) -> Array:
    """In line with the forearm."""
    (x, y), (to_x, to_y) = wrist, 2 * wrist - elbow
    return hand_px((float(x), float(y)), (float(to_x), float(to_y)), PALM_M * PX_PER_M, open_share, side)


def nobody(t_s: float, index: int) -> PoseFrame:
    """A frame in which nothing was found."""
    return PoseFrame(t_s, index, SIZE)


class Tracked:
    """A tracker without a camera: `frame` per body, with the bursts in which it loses somebody.

    side: the working arm; seed: of noise and bursts; hands: their landmarks are wanted, too. Ask in order
    of time.
    """

    def __init__(
        self,
        side: Side,
        seed: int,
        *,
        noise_px: float = 0.5,
        dropouts: Dropouts | None = None,
        hands: bool = False,
    ) -> None:
        self._side, self._hands = SIDES.index(side_named(side)), hands
        self._lost = [POSE[f"{side}_{joint}"] for joint in ("elbow", "wrist")]
        self._seed, self._noise_px, self._dropouts = seed, noise_px, dropouts
        self._rng = np.random.default_rng((seed, 0x0D06))
        self._from_s = self._to_s = -np.inf

    def frame(self, body: Body, t_s: float, index: int) -> PoseFrame:
        frame = frame_of(body, t_s, index, self._noise_px, self._seed, hands=self._hands)
        if not self._gone(t_s):
            return frame
        if self._dropouts is not None and self._dropouts.part == "body":
            return nobody(t_s, index)
        frame.points_px[self._lost] = np.nan
        frame.visibility[self._lost] = np.nan
        frame.hands_px[self._side] = frame.hand_scores[self._side] = np.nan
        return frame

    def _gone(self, t_s: float) -> bool:
        if self._dropouts is None or self._dropouts.per_minute <= 0:
            return False
        if self._to_s == -np.inf:
            self._to_s = t_s
        while t_s >= self._to_s:
            wait_s = float(self._rng.exponential(60.0 / self._dropouts.per_minute))
            self._from_s = self._to_s + wait_s
            self._to_s = self._from_s + float(self._rng.exponential(self._dropouts.mean_s))
        return t_s >= self._from_s
