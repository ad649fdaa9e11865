"""Replay: pictures of a file as if a camera took them now, over and over."""

from __future__ import annotations

import time

import numpy as np

from rehabgames.core.errors import VideoError
from rehabgames.core.view import View
from rehabgames.tracking.pacing import CameraClock
from rehabgames.tracking.sources import CameraPicture, Picture, ReplaySpec


class ReplayCamera:
    """See Source. Pictures are stamped when they are given, whatever was in the file.

    Raises VideoError where the file holds no (n, height, width, 3) pictures of 8 bits.
    """

    def __init__(self, spec: ReplaySpec) -> None:
        try:
            pictures = np.load(spec.path, mmap_mode="r", allow_pickle=False)
        except (OSError, EOFError, ValueError) as error:
            raise VideoError(
                f"{spec.path} holds no pictures: {error}.", "Give a file of numpy.save."
            ) from error
        if pictures.ndim != 4 or pictures.shape[3] != 3 or pictures.dtype != np.uint8 or not pictures.size:
            raise VideoError(
                f"{spec.path} holds {pictures.dtype} {pictures.shape}, which are no pictures.",
                "Give (n, height, width, 3) of 8 bits: blue, green, red.",
            )
        self._pictures = pictures
        self._name = f"replay of {spec.path.name}"
        self._fps = spec.fps
        self._next_index = 0
        self._clock = None if spec.fps is None else CameraClock(spec.fps)

    @property
    def name(self) -> str:
        return self._name

    @property
    def size(self) -> tuple[int, int]:
        return int(self._pictures.shape[2]), int(self._pictures.shape[1])

    @property
    def fps(self) -> float:
        return self._fps or 0.0

    @property
    def total(self) -> int | None:
        return None

    @property
    def live(self) -> bool:
        return True

    def read(self) -> CameraPicture | None:
        """Waits until the next picture is due; those that nobody asked for in time are left out."""
        if self._clock is not None:
            self._next_index += self._clock.wait()
        picture: Picture = np.array(self._pictures[self._next_index % len(self._pictures)])
        self._next_index += 1
        return CameraPicture(picture, time.monotonic(), self._next_index - 1)

    def skip(self) -> bool:
        self._next_index += 1
        return True

    def see(self, view: View) -> None:
        """Nobody in a file looks at the screen."""

    def close(self) -> None:
        """The file is let go with this."""
