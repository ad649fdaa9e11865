"""Hands: both hands of a picture, found in squares cut around the wrists that the pose gives.

A hand at arm's length is too small for the hand network, which sees the whole picture at 192 px: so
each wanted hand is cut out and enlarged. Where the body has no wrist to show, or where a hand is far
too large for the body (a camera that looks at a hand only, on which MediaPipe Pose invents a body),
the whole picture is searched instead.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rehabgames.core.landmarks import MIDDLE_KNUCKLE, N_HAND, POSE, SIDES, WRIST, Side, other_side
from rehabgames.core.pose import Array, PoseFrame
from rehabgames.signals.presence import THRESHOLD, PresenceJudge

CONFIDENCE: Final = 0.25  # at 0.5 a fist is lost
SAME_HAND: Final = 0.5  # two finds nearer than this share of the palm are one hand
CUT_PX: Final = 224  # the size that the network of the landmarks works in
CUT_PALMS: Final = 6.0  # side of the square: a flat hand of two palms fills a third of it
PALM_PER_SHOULDERS: Final = 0.22  # wrist to middle knuckle; of people and of the drawn figure
PALM_PER_FOREARM: Final = 0.33
PALM_PER_TRUNK: Final = 0.17
LEAST_PALM_PX: Final = 3.0  # nothing is seen of a hand that is smaller
TOUCHING: Final = 1.0  # palms between the middles of two hands that lie on each other
BELIEVED: Final = 0.3  # visibility of a wrist that the network does not merely guess
REACH: Final = 2.0  # a hand of this wrist has its own within so many palms
NEAR: Final = 2.5  # a palm so much larger than the body's is no hand of this body
LOOK_AGAIN_MS: Final = 300  # between looks at the whole picture for a hand that its wrist did not show
_SIDES: Final = {"Left": 0, "Right": 1}
_PALM: Final = [0, 5, 9, 13, 17]
_INDEX_KNUCKLE: Final = 5
_LITTLE_KNUCKLE: Final = 17

Rgb = npt.NDArray[np.uint8]
Hand = tuple[int, float, Array]  # side (0 left, 1 right), score of its label, (21, 2) px


class Square(NamedTuple):
    """A part of a picture: where its middle is and how long its side, px; palm_px as the body has it."""

    x: float
    y: float
    side_px: float
    palm_px: float

    def cut(self, rgb: Rgb, other: Square | None = None) -> Rgb:
        """(CUT_PX, CUT_PX, 3): this part of the picture, black beside it.

        other  around the other hand: what is nearer to that one is black too, so that the network,
               which follows one hand, does not follow the wrong one. Hands that touch are left alone.
        """
        import cv2  # noqa: PLC0415 - after quiet_cv2

        scale = CUT_PX / self.side_px
        shift = CUT_PX / 2 - scale * self.x, CUT_PX / 2 - scale * self.y
        onto = np.array([[scale, 0.0, shift[0]], [0.0, scale, shift[1]]])
        smooth = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        part = np.asarray(cv2.warpAffine(rgb, onto, (CUT_PX, CUT_PX), flags=smooth), dtype=np.uint8)
        away = np.zeros(2) if other is None else np.array([other.x - self.x, other.y - self.y])
        apart_px = float(np.hypot(*away))
        if TOUCHING * self.palm_px < apart_px < 2 * self.side_px:
            towards = away / apart_px
            border = CUT_PX / 2 + scale * away / 2
            along, beyond = 2 * CUT_PX * towards[::-1] * (1, -1), 2 * CUT_PX * towards
            corners = [border + along, border + along + beyond, border - along + beyond, border - along]
            cv2.fillConvexPoly(part, np.array(corners, dtype=np.int32), (0, 0, 0))
        return part

    def to_picture(self, shares: Array) -> Array:
        """(n, 2) px of the picture from (n, 2) shares of this square."""
        return (shares - 0.5) * self.side_px + (self.x, self.y)


class Hands:
    """Finds the hands of `sides` in one picture after the other.

    bundle  the hand landmarker. Raises RuntimeError or ValueError where MediaPipe refuses it.
    sides   the person's own; each costs time. Where the whole picture is searched, both are found.
    """

    def __init__(self, bundle: bytes, sides: tuple[Side, ...] = SIDES) -> None:
        self._sides = tuple(side for side in SIDES if side in sides)
        self._tasks: dict[str, Any] = {}
        self._judge = PresenceJudge()
        self._near = False  # the newest look at the whole picture showed a hand that no square would hold
        self._filled = False
        self._looked_ms = -LOOK_AGAIN_MS
        try:
            if self._sides:
                self._tasks["whole"] = _landmarker(bundle, len(SIDES))
            for side in self._sides:
                self._tasks[side] = _landmarker(bundle, 1)
        except BaseException:
            self.close()
            raise

    def find(self, rgb: Rgb, stamp_ms: int, points_px: Array, visibility: Array) -> tuple[Array, Array]:
        """hands_px (2, 21, 2) and hand_scores (2,), left then right; NaN where there is none.

        rgb (h, w, 3), contiguous; stamp_ms ascends; points_px (33, 2) and visibility (33,) are those
        of the body in the same picture, NaN where there is none. What RuntimeError MediaPipe raises passes.
        """
        if not self._sides:
            return no_hands()
        wrists_px = points_px[[POSE[f"{side}_wrist"] for side in SIDES]]
        palm_px = palm_of_body(points_px)
        size = rgb.shape[1], rgb.shape[0]
        nobody = not self._somebody(stamp_ms, size, points_px, visibility) or not palm_px >= LEAST_PALM_PX
        whole = self._in_whole(rgb, stamp_ms) if nobody or self._near else None
        if nobody:
            self._near = bool(whole)
            return sort_hands(whole or [], np.full((2, 2), np.nan))
        if whole is not None and _too_large(whole, palm_px):
            return sort_hands(whole, wrists_px)
        self._near = False
        squares = {side: square_around(points_px, visibility, side, size) for side in SIDES}
        cut = self._in_squares(rgb, stamp_ms, squares, wrists_px)
        lost = {SIDES.index(side) for side in self._sides} - {hand[0] for hand in cut}
        if not lost or (whole is None and not self._may_look(stamp_ms)):
            return sort_hands(cut, wrists_px)
        whole = self._in_whole(rgb, stamp_ms) if whole is None else whole
        if _too_large(whole, palm_px):
            self._near = True
            return sort_hands(whole, wrists_px)
        unseen = {side for side in lost if squares[SIDES[side]] is None}
        more = [hand for hand in whole if hand[0] in unseen and not any(same_hand(hand, c) for c in cut)]
        self._filled = bool(more)
        return sort_hands([*cut, *more], wrists_px)

    def close(self) -> None:
        for task in self._tasks.values():
            task.close()
        self._tasks = {}

    def _somebody(self, stamp_ms: int, size: tuple[int, int], points_px: Array, visibility: Array) -> bool:
        """The body is more likely a person than a ghost."""
        body = PoseFrame(stamp_ms / 1000, 0, size, points_px, visibility)
        self._judge.update(body)
        return self._judge.likely > THRESHOLD

    def _may_look(self, stamp_ms: int) -> bool:
        """The whole picture costs as much as both squares: only now and then, while it shows nothing."""
        if not self._filled and stamp_ms - self._looked_ms < LOOK_AGAIN_MS:
            return False
        self._looked_ms = stamp_ms
        return True

    def _in_whole(self, rgb: Rgb, stamp_ms: int) -> list[Hand]:
        return _found(self._tasks["whole"], rgb, stamp_ms, (rgb.shape[1], rgb.shape[0]))

    def _in_squares(
        self, rgb: Rgb, stamp_ms: int, squares: dict[Side, Square | None], wrists_px: Array
    ) -> list[Hand]:
        hands: list[Hand] = []
        for side in self._sides:
            square = squares[side]
            if square is None:
                continue
            part = square.cut(rgb, squares[other_side(side)])
            for _, score, shares in _found(self._tasks[side], part, stamp_ms, (1, 1)):
                hand = SIDES.index(side), score, square.to_picture(shares)
                if belongs(hand, wrists_px, square.palm_px):
                    hands.append(hand)
        if len(hands) == 2 and same_hand(hands[0], hands[1]):
            return [min(hands, key=lambda hand: float(_apart(hand[2][WRIST], wrists_px[hand[0]])))]
        return hands


def _too_large(hands: list[Hand], palm_px: float) -> bool:
    """Is one of them no hand of this body? It is near, and the body was made up, or is far behind it."""
    return any(palm_of_hand(hand[2]) > NEAR * palm_px for hand in hands)


@np.errstate(all="ignore")  # a landmark at infinity has no length
def palm_of_body(points_px: Array) -> float:
    """Length of a palm of this body in this picture, px; NaN without a body.

    Whatever points at the camera looks short, so the longest of what the parts of the body say.
    """
    said = [PALM_PER_SHOULDERS * _between(points_px, "left_shoulder", "right_shoulder")]
    for side in SIDES:
        said.append(PALM_PER_FOREARM * _between(points_px, f"{side}_elbow", f"{side}_wrist"))
        said.append(PALM_PER_TRUNK * _between(points_px, f"{side}_shoulder", f"{side}_hip"))
    finite = [palm_px for palm_px in said if np.isfinite(palm_px)]
    return max(finite, default=float("nan"))


def palm_of_hand(hand_px: Array) -> float:
    """The longer of length and breadth of a palm (21, 2), px; a palm that is tilted looks short in one."""
    long = _apart(hand_px[WRIST], hand_px[MIDDLE_KNUCKLE])
    broad = _apart(hand_px[_INDEX_KNUCKLE], hand_px[_LITTLE_KNUCKLE])
    return float(max(long, broad))


@np.errstate(all="ignore")
def square_around(points_px: Array, visibility: Array, side: Side, size: tuple[int, int]) -> Square | None:
    """Around the hand of a side; None where its wrist is not seen, or the hand is beside the picture.

    points_px (33, 2) and visibility (33,) may be NaN; size is (width, height) of the picture.
    """
    wrist = points_px[POSE[f"{side}_wrist"]]
    knuckles = (points_px[POSE[f"{side}_index"]] + points_px[POSE[f"{side}_pinky"]]) / 2
    palm_px = palm_of_body(points_px)
    seen = visibility[POSE[f"{side}_wrist"]] >= BELIEVED
    if not (seen and LEAST_PALM_PX <= palm_px <= max(size)):
        return None
    along = knuckles - wrist
    long_px = float(np.hypot(*along))
    if not np.isfinite(long_px):
        return None
    # a hand that is held out to the camera is larger than the body says, and its knuckles show it
    palm_px = min(max(palm_px, long_px), NEAR * palm_px)
    middle = wrist + along * min(1.0, palm_px / max(long_px, 1e-6))
    if not ((middle >= 0) & (middle <= size)).all():
        return None
    return Square(float(middle[0]), float(middle[1]), CUT_PALMS * palm_px, palm_px)


@np.errstate(all="ignore")
def belongs(hand: Hand, wrists_px: Array, palm_px: float) -> bool:
    """Is a find in the square of a side the hand of that side? Its wrist lies near that of the body, and
    not nearer to the other one; its palm is no larger than a palm of this body can look."""
    side, _, points = hand
    own, other = (float(_apart(points[WRIST], wrists_px[i])) for i in (side, 1 - side))
    return own <= REACH * palm_px and not other < own and palm_of_hand(points) <= NEAR * palm_px


def no_hands() -> tuple[Array, Array]:
    """hands_px and hand_scores where nothing is found: NaN."""
    return np.full((2, N_HAND, 2), np.nan), np.full(2, np.nan)


def sort_hands(found: list[Hand], wrists_px: Array) -> tuple[Array, Array]:
    """hands_px (2, 21, 2) and hand_scores (2,), left then right, NaN where there is none.

    wrists_px (2, 2) are the body's left and right wrist, NaN where not seen. The label decides. Two
    finds in one place are one hand, the better one. Two hands with the same label are told apart by
    the nearer wrists of the body, without a body by score: the better one keeps its label.
    """
    hands_px, scores = no_hands()
    best_first = sorted(found, key=lambda hand: -hand[1])[:2]
    if len(best_first) == 2 and best_first[0][0] == best_first[1][0]:
        best_first = _told_apart(best_first[0], best_first[1], wrists_px)
    for side, score, points in best_first:
        hands_px[side], scores[side] = points, score
    return hands_px, scores


def same_hand(one: Hand, other: Hand) -> bool:
    """Do two finds lie in one place?"""
    palm = one[2][_PALM]
    apart_px = np.linalg.norm(palm - other[2][_PALM], axis=1).mean()
    return bool(apart_px < SAME_HAND * np.linalg.norm(palm[2] - palm[0]))


def _told_apart(better: Hand, other: Hand, wrists_px: Array) -> list[Hand]:
    if same_hand(better, other):
        return [better]
    side = better[0]
    if np.isfinite(wrists_px).all():
        far_px = np.linalg.norm(
            np.stack([better[2][WRIST], other[2][WRIST]])[:, None] - wrists_px[None], axis=2
        )
        side = 0 if far_px[0, 0] + far_px[1, 1] <= far_px[0, 1] + far_px[1, 0] else 1
    return [(side, better[1], better[2]), (1 - side, other[1], other[2])]


def _apart(a: Array, b: Array) -> Any:
    return np.hypot(*(a - b))


def _between(points_px: Array, a: str, b: str) -> float:
    return float(_apart(points_px[POSE[a]], points_px[POSE[b]]))


def _landmarker(bundle: bytes, most: int) -> Any:
    from mediapipe.tasks.python import BaseOptions, vision  # noqa: PLC0415 - takes a second

    return vision.HandLandmarker.create_from_options(
        vision.HandLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=bundle),
            running_mode=vision.RunningMode.VIDEO,
            num_hands=most,
            min_hand_detection_confidence=CONFIDENCE,
            min_hand_presence_confidence=CONFIDENCE,
            min_tracking_confidence=CONFIDENCE,
        )
    )


def _found(task: Any, rgb: Rgb, stamp_ms: int, size: tuple[int, int]) -> list[Hand]:
    """Hands in the unit in which `size` is the picture's."""
    import mediapipe as mp  # noqa: PLC0415 - takes a second

    image = mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(rgb))
    result = task.detect_for_video(image, stamp_ms)
    return [
        (
            _SIDES[label[0].category_name],
            float(label[0].score),
            np.array([(p.x, p.y) for p in points], dtype=np.float64) * size,
        )
        for points, label in zip(result.hand_landmarks, result.handedness, strict=True)
    ]
