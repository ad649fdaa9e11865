"""Stirring: something moved in the picture beside the body. It is cheap, and wrong now and then: whether it
is somebody, a look at the crowd tells."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from rehabgames.core.pose import Array

GRID: Final = (64, 48)  # cells across and down
CHANGED: Final = 14.0  # grey levels, of 255, over what the whole picture changed by
LEAST: Final = 0.012  # share of the picture; somebody at four metres is three times as much
FORGET_S: Final = 4.0  # what stays is part of the room after that
AROUND: Final = 0.35  # of the body's size is its own, around it


class Stirring:
    """`update` with every picture."""

    def __init__(self) -> None:
        self._room: npt.NDArray[np.float32] | None = None
        self._last_s = 0.0

    def update(self, small: npt.NDArray[np.float32], t_s: float, body: Array | None) -> bool:
        """small: GRID[1] x GRID[0] grey levels; body (n, 2) landmarks in cells, None: nobody."""
        if self._room is None or self._room.shape != small.shape:
            self._room, self._last_s = small.copy(), t_s
            return False
        dt_s, self._last_s = max(0.0, t_s - self._last_s), t_s
        change = small - self._room
        change -= np.median(change)  # the camera opens and closes its iris
        beside = np.ones(small.shape, np.bool_)
        if body is not None and len(body):
            low, high = body.min(axis=0), body.max(axis=0)
            more = AROUND * float((high - low).max())
            x0, y0 = np.maximum(0, np.floor(low - more)).astype(int)
            x1, y1 = np.maximum(0, np.ceil(high + more)).astype(int)
            beside[y0:y1, x0:x1] = False
        share = min(1.0, dt_s / FORGET_S)
        self._room += np.float32(share) * (small - self._room)
        return bool((np.abs(change) > CHANGED)[beside].sum() > LEAST * small.size)
