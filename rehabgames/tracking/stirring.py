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
OWN_S: Final = 5.0  # where the body was, the room is not known: for so long that is no stirring


class Stirring:
    """`update` with every picture."""

    def __init__(self) -> None:
        self._room = np.zeros((0, 0), np.float32)
        self._own_s = np.zeros((0, 0))  # when the body was there last
        self._last_s = 0.0

    def update(self, small: npt.NDArray[np.float32], t_s: float, body: Array | None) -> bool:
        """small: GRID[1] x GRID[0] grey levels; body (n, 2) landmarks in cells, None: nobody."""
        if self._room.shape != small.shape:
            self._room, self._last_s = small.copy(), t_s
            self._own_s = np.full(small.shape, -np.inf)
        if body is not None and len(body):
            low, high = body.min(axis=0), body.max(axis=0)
            more = AROUND * float((high - low).max())
            x0, y0 = np.maximum(0, np.floor(low - more)).astype(int)
            x1, y1 = np.maximum(0, np.ceil(high + more)).astype(int)
            self._own_s[y0:y1, x0:x1] = t_s
        beside = t_s - self._own_s > OWN_S
        change = small - self._room
        if beside.any():
            change -= np.median(change[beside])  # the camera opens and closes its iris
        share = np.float32(min(1.0, max(0.0, t_s - self._last_s) / FORGET_S))
        self._room = np.where(beside, self._room + share * (small - self._room), small)
        self._last_s = t_s
        return bool((np.abs(change[beside]) > CHANGED).sum() > LEAST * small.size)
