"""PoseFrame: what the tracker saw in one camera picture. Recording: many of them as arrays."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from rehabgames.core.errors import UseError
from rehabgames.core.landmarks import N_HAND, N_POSE

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Whose = Literal["", "patient", "unsure", "other"]


# copied for each frame, which takes a third of the time of filling an array
_NO_POINTS, _NO_VISIBILITY = np.full((N_POSE, 2), np.nan), np.full(N_POSE, np.nan)
_NO_WORLD = np.full((N_POSE, 3), np.nan)
_NO_HANDS, _NO_SCORES = np.full((2, N_HAND, 2), np.nan), np.full(2, np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class PoseFrame:
    """One tracked picture, in the coordinates of that picture.

    t_s          capture time in seconds on the source's own monotonic clock
    index        number of this picture in the source, counted from 0 (gaps are dropped pictures)
    size         (width, height) of the picture, px
    points_px    (33, 2) x right, y down, px of the unmirrored picture; NaN where not seen
    visibility   (33,) 0..1, the network's own estimate; NaN where not seen
    world_m      (33, 3) metres, origin mid-hip, y down; z has no stated accuracy; NaN where not seen
    hands_px     (2, 21, 2) left, right hand, px; NaN where not seen or not asked for
    hand_scores  (2,) handedness score 0..1; NaN where not seen
    tracked_s    time when tracking of this picture was done, same clock as `t_s`
    light        mean brightness of the picture, 0..1; NaN where it was not looked at
    fresh        False where the camera repeats itself: nothing is known of this instant
    people       how many bodies were found in this picture, or in the last one in which they were
                 counted; -1 where nobody counted
    whose        whose body this is: "" nobody was confirmed yet, "patient" the confirmed one, "unsure" that
                 cannot be told now, "other" somebody else; the landmarks stay whatever it says

    A body that MediaPipe reports is not yet a person: see `signals.presence`.
    """

    t_s: float
    index: int
    size: tuple[int, int]
    points_px: Array = field(default_factory=_NO_POINTS.copy)
    visibility: Array = field(default_factory=_NO_VISIBILITY.copy)
    world_m: Array = field(default_factory=_NO_WORLD.copy)
    hands_px: Array = field(default_factory=_NO_HANDS.copy)
    hand_scores: Array = field(default_factory=_NO_SCORES.copy)
    tracked_s: float = float("nan")
    light: float = float("nan")
    people: int = -1
    whose: Whose = ""
    fresh: bool = True

    @property
    def has_body(self) -> bool:
        """True where MediaPipe reports a body, ghost or not."""
        across = self.points_px[:, 0]
        # asked several times of each picture: the first landmark nearly always says it
        return bool(len(across) and math.isfinite(across[0])) or bool(np.isfinite(across).any())

    @property
    def of_another(self) -> bool:
        """A body is in it that is not, or not surely, the one that was confirmed."""
        return self.whose in ("unsure", "other") and self.has_body

    def unseen(self) -> PoseFrame:
        """The same picture as if nobody were in it: no landmark of body or hands."""
        return replace(
            self,
            points_px=_NO_POINTS.copy(),
            visibility=_NO_VISIBILITY.copy(),
            world_m=_NO_WORLD.copy(),
            hands_px=_NO_HANDS.copy(),
            hand_scores=_NO_SCORES.copy(),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """n tracked pictures as arrays with a leading frame axis; fields as in PoseFrame.

    `size` is (n, 2) because a camera may change its resolution in mid-session.
    """

    t_s: Array
    size: Array
    points_px: Array
    visibility: Array
    world_m: Array
    hands_px: Array
    hand_scores: Array

    def __len__(self) -> int:
        return len(self.t_s)

    def only(self, which: Mask) -> Recording:
        """The frames where `which` (n,) is True."""
        return Recording(*(getattr(self, part.name)[which] for part in fields(self)))

    def between(self, start_s: float, end_s: float) -> Recording:
        """The frames from start_s to end_s, both included; times must ascend. Copies nothing."""
        first = int(np.searchsorted(self.t_s, start_s, side="left"))
        stop = int(np.searchsorted(self.t_s, end_s, side="right"))
        return Recording(*(getattr(self, part.name)[first : max(first, stop)] for part in fields(self)))

    @staticmethod
    def joined(parts: Sequence[Recording]) -> Recording:
        """One after the other; no parts give a recording of length 0."""
        if not parts:
            return Recording.of([])
        return Recording(
            *(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Recording))
        )

    @staticmethod
    def of(frames: Sequence[PoseFrame]) -> Recording:
        """Stack frames; an empty sequence gives a recording of length 0.

        Raises UseError where a frame has another number of landmarks than `PoseFrame` says.
        """
        n = len(frames)

        def stack(name: str, *shape: int) -> Array:
            values = [np.asarray(getattr(f, name), dtype=np.float64) for f in frames]
            for value in values:
                if value.shape != shape:
                    raise UseError(
                        f"A frame's {name} has the shape {value.shape} where {shape} is expected.",
                        f"Give {N_POSE} landmarks of the body and {N_HAND} of each hand.",
                    )
            return np.array(values, dtype=np.float64).reshape(n, *shape)

        return Recording(
            t_s=stack("t_s"),
            size=stack("size", 2),
            points_px=stack("points_px", N_POSE, 2),
            visibility=stack("visibility", N_POSE),
            world_m=stack("world_m", N_POSE, 3),
            hands_px=stack("hands_px", 2, N_HAND, 2),
            hand_scores=stack("hand_scores", 2),
        )
