"""Memory that two processes share without waiting: the newest camera picture, the newest view.

Each has two slots: the writer fills the one that is not the newest, then names it the newest. A
sequence number per slot is odd while it is written, so a reader sees when it was overtaken and
reads again. The memory is anonymous (multiprocessing's heap): it goes with the last of the two
processes, however that ends.
"""

from __future__ import annotations

import ctypes
import pickle
import zlib
from multiprocessing.sharedctypes import RawArray, RawValue
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rehabgames.core.view import View

Picture = npt.NDArray[np.uint8]

MAX_WIDTH_PX: Final = 640
MAX_HEIGHT_PX: Final = 1280
VIEW_BYTES: Final = 1 << 18
_TRIES: Final = 4


class _Head(ctypes.Structure):
    """newest: slot of the newest content, -1 for none; per slot its sequence and what it holds."""

    _fields_ = (
        ("newest", ctypes.c_int64),
        ("sequence", ctypes.c_int64 * 2),
        ("first", ctypes.c_int64 * 2),
        ("second", ctypes.c_int64 * 2),
    )


class _Slots:
    """Two slots of `capacity` bytes, each with two whole numbers of its writer's choice."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._head: Any = RawValue(_Head)
        self._head.newest = -1
        self._bytes = RawArray(ctypes.c_uint8, 2 * capacity)

    def _slot(self, slot: int, size: int) -> Picture:
        return np.frombuffer(memoryview(self._bytes), np.uint8, size, slot * self._capacity)

    def write(self, content: Picture, first: int, second: int) -> None:
        head = self._head
        slot = 1 - head.newest if head.newest >= 0 else 0
        number = max(head.sequence[0], head.sequence[1]) | 1
        head.sequence[slot] = number + 2
        self._slot(slot, content.size)[:] = content
        head.first[slot], head.second[slot] = first, second
        head.sequence[slot] = number + 3
        head.newest = slot

    def newest(self) -> int:
        """The sequence number of the newest content, 0 where there is none."""
        slot = self._head.newest
        return int(self._head.sequence[slot]) if slot >= 0 else 0

    def read(self, size_of: tuple[int, int, int]) -> tuple[int, Picture, int, int] | None:
        """(sequence, bytes, first, second); None where nothing is there or the writer is too fast.

        size_of is (a, b, c): the content is first**a * second**b * c bytes long.
        """
        head = self._head
        for _ in range(_TRIES):
            slot = head.newest
            if slot < 0:
                return None
            number, first, second = head.sequence[slot], head.first[slot], head.second[slot]
            size = first ** size_of[0] * second ** size_of[1] * size_of[2]
            if number % 2 or not 0 <= size <= self._capacity:
                continue
            content = self._slot(slot, size).copy()
            if head.sequence[slot] == number:
                return number, content, first, second
        return None


class SharedPicture:
    """The newest camera picture, unmirrored, at most 640 px wide and 1280 px high."""

    def __init__(self) -> None:
        self._slots: _Slots | None = _Slots(MAX_WIDTH_PX * MAX_HEIGHT_PX * 3)
        self._last: tuple[int, Picture] | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {"_slots": self._slots, "_last": None}

    def put(self, bgr: Picture) -> None:
        """Share an (h, w, 3) picture, made smaller where it is too large; nothing after `free`."""
        if self._slots is None:
            return
        height, width = bgr.shape[:2]
        scale = min(1.0, MAX_WIDTH_PX / width, MAX_HEIGHT_PX / height)
        if scale < 1.0:
            import cv2  # noqa: PLC0415 - only the camera process needs it

            width, height = max(1, int(width * scale)), max(1, int(height * scale))
            bgr = np.asarray(cv2.resize(bgr, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
        self._slots.write(bgr.reshape(-1), height, width)

    def get(self) -> Picture | None:
        """(h, w, 3) BGR, None before the first; the same array as long as there is no newer one."""
        if self._slots is None:
            return self._last[1] if self._last else None
        number = self._slots.newest()
        if self._last is None or self._last[0] != number:
            found = self._slots.read((1, 1, 3))
            if found is not None:
                number, content, height, width = found
                self._last = number, content.reshape(height, width, 3)
        return self._last[1] if self._last else None

    def free(self) -> None:
        """Give this process's share of the memory back at once; `get` keeps what it gave last."""
        self._slots = None


class SharedView:
    """The newest View, as the virtual patient sees it on the screen."""

    def __init__(self) -> None:
        self._slots: _Slots | None = _Slots(VIEW_BYTES)
        self._last: tuple[int, View | None] = (0, None)

    def __getstate__(self) -> dict[str, Any]:
        return {"_slots": self._slots, "_last": (0, None)}

    def put(self, view: View) -> None:
        """Raises ValueError where the view takes more than VIEW_BYTES; nothing after `free`."""
        if self._slots is None:
            return
        content = pickle.dumps(view, protocol=5)
        if len(content) > VIEW_BYTES:
            raise ValueError(f"a view of {len(content)} bytes is too large to be shown")
        self._slots.write(np.frombuffer(content, np.uint8), len(content), zlib.crc32(content))

    def get(self) -> View | None:
        """The newest view that could be read whole, None before the first."""
        if self._slots is None:
            return self._last[1]
        number = self._slots.newest()
        if number != self._last[0]:
            found = self._slots.read((1, 0, 1))
            content = b"" if found is None else found[1].tobytes()
            if found is not None and zlib.crc32(content) == found[3]:
                self._last = found[0], pickle.loads(content)
        return self._last[1]

    def free(self) -> None:
        """As SharedPicture.free."""
        self._slots = None
