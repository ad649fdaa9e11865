"""Replay: pictures of a file as if a camera took them now, over and over."""

from __future__ import annotations

import math
import time

import numpy as np

from rehabgames.core.errors import VideoError
from rehabgames.core.view import View
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
        self._due_s = -math.inf

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
        if self._fps is not None:
            now_s = time.monotonic()
            due_s = max(self._due_s, now_s - 1.0)
            if due_s > now_s:
                time.sleep(due_s - now_s)
            missed = max(0, math.floor((now_s - due_s) * self._fps)) if self._next_index else 0
            self._next_index += missed
            self._due_s = (due_s if self._next_index else now_s) + (missed + 1) / self._fps
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
