"""Sizing: the pictures of one session in one size, whatever sizes the camera gives them in."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rehabgames.core.pose import PoseFrame

SAME_SHAPE: Final = 0.02  # share by which width over height may differ, as sizes are rounded


class Sizing:
    """An arm length is so many px of the pictures that it was found in. A camera that changes to larger or
    smaller ones in mid-session would make the same arm seem longer or shorter, and ask too much of it.

    changed: the newest picture has another shape; what it shows cannot be compared with the ones before
    """

    def __init__(self) -> None:
        self._size: tuple[int, int] | None = None
        self.changed = False

    def same(self, frame: PoseFrame) -> PoseFrame:
        """The frame as if its picture had the size of the session's first one. One of another shape shows
        nobody, and is not `fresh`."""
        if self._size is None:
            self._size = frame.size
        self.changed = False
        if frame.size == self._size:
            return frame
        (width, height), (first_width, first_height) = frame.size, self._size
        across = width * first_height
        self.changed = not across or abs(across - first_width * height) > SAME_SHAPE * across
        if self.changed:
            return PoseFrame(frame.t_s, frame.index, self._size, light=frame.light, fresh=False)
        share = first_width / width
        return replace(
            frame, size=self._size, points_px=frame.points_px * share, hands_px=frame.hands_px * share
        )
