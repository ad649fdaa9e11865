"""Detector: MediaPipe's pose and hand landmarkers on one picture after the other (VIDEO mode).

MediaPipe is imported with the first Detector, because that takes half a second and more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from rehabgames.core.errors import ModelError, TrackerError
from rehabgames.core.landmarks import N_POSE, SIDES, Side
from rehabgames.core.pose import Array, PoseFrame
from rehabgames.signals.identity import Known
from rehabgames.tracking.crowd import MOST_PEOPLE, Crowd
from rehabgames.tracking.hands import Hands
from rehabgames.tracking.keeper import Keeper
from rehabgames.tracking.processors import elsewhere

LONGEST_STEP_MS: Final = 10_000.0
LIGHT_STEP: Final = 8  # every so many pixels are enough to tell how bright a picture is
COUNT_EVERY_S: Final = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """A picture whose body is tracked, and whose hands are not looked for yet."""

    frame: PoseFrame
    rgb: npt.NDArray[np.uint8]
    stamp_ms: int


class Detector:
    """Finds one body and, with a hand model, its hands.

    hands: whose hands are wanted, the person's own; each costs time (see Hands). In a close-up both
    are found, whatever was wanted.
    count_people: once a second it is also counted how many bodies are in the picture; the counting
    has a network of its own, so that it does not disturb the one that follows the body.
    keeps: whose body it is, is judged from `confirm` on, and the patient is held on to, see Keeper; known,
    before: see PatientLock; beside False: the same answers for the same pictures, but slower.
    The labels "Left" and "Right" of the hand model are the person's own on an unmirrored picture.
    Raises ModelError where MediaPipe cannot load a model.
    """

    def __init__(
        self,
        pose: Path,
        hand: Path | None = None,
        *,
        hands: tuple[Side, ...] = SIDES,
        count_people: bool = False,
        keeps: bool = False,
        known: Known | None = None,
        before: bool = False,
        beside: bool = True,
    ) -> None:
        self._pose: Any = None
        self._hands: Hands | None = None
        self._crowd = Crowd(lambda: _load("crowd", pose), beside=False) if count_people else None
        self._keeper = None
        if keeps:
            crowd = Crowd(lambda: _load("crowd", pose), beside=beside)
            self._keeper = Keeper(crowd, known, before=before)
        self._people = -1
        self._counted_s = -math.inf
        self._last_t_s = math.nan
        self._clock_ms = 0.0
        self._stamp_ms = -1
        self._open = True
        self._hand, self._wanted = hand, tuple[Side, ...]()
        try:
            self._pose = _load("pose", pose)
            self.want(hands)
        except BaseException:
            self.close()
            raise

    def detect(self, bgr: npt.NDArray[Any], t_s: float, index: int) -> PoseFrame:
        """What is seen in an unmirrored picture; nobody is NaN. `tracked_s` is left NaN.

        bgr     (h, w, 3) uint8; (h, w), (h, w, 1) and (h, w, 4) are understood too
        t_s     capture time; one that does not go forward is tracked as 1 ms later than the last
        Raises TrackerError after close, for anything that is not a picture, and where MediaPipe fails.
        """
        return self.finish(self.begin(bgr, t_s, index))

    def begin(self, bgr: npt.NDArray[Any], t_s: float, index: int) -> Begun:
        """The body alone; as `detect`. `finish` the pictures in the order in which they were begun; another
        thread may do that while the next one is begun."""
        if not self._open:
            raise TrackerError("The detector is closed.", "Open a new one.")
        import mediapipe as mp  # noqa: PLC0415 - takes a second

        rgb = _rgb(bgr)
        size = rgb.shape[1], rgb.shape[0]
        stamp_ms = self._next_stamp_ms(t_s)
        searched = rgb if self._keeper is None else self._keeper.cover(rgb)
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=searched)
        try:
            pose = self._pose.detect_for_video(image, stamp_ms)
        except (RuntimeError, ValueError) as error:
            raise _failed(index, error) from error
        points_px, visibility, world_m = _body(pose, size)
        self._count(rgb, t_s)
        light = float(rgb[::LIGHT_STEP, ::LIGHT_STEP].mean()) / 255.0
        frame = PoseFrame(t_s, index, size, points_px, visibility, world_m, light=light, people=self._people)
        return Begun(frame if self._keeper is None else self._keeper.judge(frame, rgb), rgb, stamp_ms)

    def finish(self, begun: Begun) -> PoseFrame:
        """With the hands, where these are wanted. Raises TrackerError where MediaPipe fails."""
        frame = begun.frame
        if self._hands is None:
            return frame
        try:
            hands_px, scores = self._hands.find(begun.rgb, begun.stamp_ms, frame.points_px, frame.visibility)
        except (RuntimeError, ValueError) as error:
            raise _failed(frame.index, error) from error
        return replace(frame, hands_px=hands_px, hand_scores=scores)

    def want(self, hands: tuple[Side, ...]) -> None:
        """From now on find these; no picture is to be under way. Raises ModelError."""
        if hands == self._wanted or self._hand is None:
            return
        if self._hands is not None:
            self._hands.close()
            self._hands = None
        if hands:
            with elsewhere():
                self._hands = _load("hand", self._hand, hands)
        self._wanted = hands

    @property
    def finds_hands(self) -> bool:
        return self._hands is not None

    def confirm(self) -> None:
        """Whoever was found last is the patient. Nothing happens where the patient is not kept."""
        if self._keeper is not None:
            self._keeper.confirm()

    @property
    def known(self) -> Known | None:
        """Of the patient who is kept; None where nobody is, or where not enough is known yet."""
        return None if self._keeper is None else self._keeper.known

    def _count(self, rgb: npt.NDArray[np.uint8], t_s: float) -> None:
        if self._crowd is None or (math.isfinite(t_s) and abs(t_s - self._counted_s) < COUNT_EVERY_S):
            return
        self._counted_s = t_s if math.isfinite(t_s) else -math.inf
        self._crowd.ask(t_s, rgb)
        look = self._crowd.newest()
        self._people = -1 if look is None else len(look.bodies)

    def close(self) -> None:
        """Free MediaPipe's graphs; may be called twice."""
        self._open = False
        for task in (self._pose, self._hands, self._crowd, self._keeper):
            if task is not None:
                task.close()
        self._pose = self._hands = self._crowd = self._keeper = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _next_stamp_ms(self, t_s: float) -> int:
        """MediaPipe's clock starts at 0 and strictly increases, whatever t_s does."""
        step_ms = (t_s - self._last_t_s) * 1000
        if math.isfinite(t_s):
            self._last_t_s = t_s
        self._clock_ms += min(max(step_ms, 0.0), LONGEST_STEP_MS) if math.isfinite(step_ms) else 0.0
        self._stamp_ms = max(self._stamp_ms + 1, round(self._clock_ms))
        return self._stamp_ms


def _failed(index: int, error: Exception) -> TrackerError:
    return TrackerError(f"MediaPipe failed on picture {index}: {error}", "Start again.")


def _load(kind: str, path: Path, hands: tuple[Side, ...] = ()) -> Any:
    from mediapipe.tasks.python import BaseOptions, vision  # noqa: PLC0415 - takes a second

    try:
        bundle = path.read_bytes()
        if kind == "hand":
            return Hands(bundle, hands)
        base = BaseOptions(model_asset_buffer=bundle)
        if kind == "crowd":
            return vision.PoseLandmarker.create_from_options(
                vision.PoseLandmarkerOptions(
                    base_options=base,
                    running_mode=vision.RunningMode.IMAGE,
                    num_poses=MOST_PEOPLE,
                )
            )
        return vision.PoseLandmarker.create_from_options(
            vision.PoseLandmarkerOptions(
                base_options=base, running_mode=vision.RunningMode.VIDEO, num_poses=1
            )
        )
    except (OSError, RuntimeError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "MediaPipe refuses it"
        raise ModelError(
            f"The {kind} model {path} cannot be loaded: {why}.",
            "Run 'rehabgames models' to see and fetch the models.",
        ) from error


def _rgb(picture: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """Contiguous (h, w, 3) RGB. Raises TrackerError for anything that is not a picture."""
    import cv2  # noqa: PLC0415 - after quiet_cv2

    shape = getattr(picture, "shape", None)
    channels = 1 if shape is not None and len(shape) == 2 else shape[2] if shape and len(shape) == 3 else 0
    known = {1: cv2.COLOR_GRAY2RGB, 3: cv2.COLOR_BGR2RGB, 4: cv2.COLOR_BGRA2RGB}
    if channels not in known or picture.dtype != np.uint8 or picture.size == 0:
        raise TrackerError(
            f"This is not a camera picture: shape {shape}, type {getattr(picture, 'dtype', type(picture))}.",
            "Pictures are (height, width, 3) arrays of 8-bit blue, green, red.",
        )
    rgb = cv2.cvtColor(np.ascontiguousarray(picture), known[channels])
    return np.ascontiguousarray(rgb, dtype=np.uint8)


def _body(result: Any, size: tuple[int, int]) -> tuple[Array, Array, Array]:
    """points_px, visibility, world_m as in PoseFrame."""
    if not result.pose_landmarks:
        return np.full((N_POSE, 2), np.nan), np.full(N_POSE, np.nan), np.full((N_POSE, 3), np.nan)
    points = result.pose_landmarks[0]
    visibility = [math.nan if p.visibility is None else p.visibility for p in points]
    world = [(p.x, p.y, p.z) for p in result.pose_world_landmarks[0]]
    return _px(points, size), np.array(visibility, dtype=np.float64), np.array(world, dtype=np.float64)


def _px(points: Any, size: tuple[int, int]) -> Array:
    return np.array([(p.x, p.y) for p in points], dtype=np.float64) * size
