"""A webcam as a source of camera pictures; the newest picture wins."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from rehabgames.core.errors import CameraError
from rehabgames.core.view import View
from rehabgames.tracking.sources import (
    CAMERA_FPS,
    CAMERA_SIZE,
    CameraPicture,
    Picture,
    WebcamSpec,
    quiet_cv2,
)

FROZEN_S: Final = 0.5  # a real picture has noise: one that stays the same for so long is stale
FIRST_PICTURE_S: Final = 2.0  # what is wrong is said within 3 s of starting
_OTHER: Final = "choose another camera with --camera N, or play without one: 'rehabgames demo'."


class Webcam:
    """See Source. `capture` is an opened cv2.VideoCapture, which this then owns.

    A thread takes every picture as it comes, so the stamp is its arrival and a slow reader gets the
    newest; those between are drops. `read` waits for as long as the camera takes: a camera that
    hangs is noticed by the silence of this process. Raises CameraError where the camera stops.
    """

    def __init__(
        self, capture: Any, name: str, fps: float = CAMERA_FPS, first_picture_s: float = FIRST_PICTURE_S
    ) -> None:
        self._capture = capture
        self._name = name
        self._fps = fps if 1 <= fps <= 240 else CAMERA_FPS
        self._change = threading.Condition()
        self._newest: CameraPicture | None = None
        self._arrived = 0
        self._offset = 0
        self._closing = False
        self._failed = False
        self._stale = Stale()
        deadline_s = time.monotonic() + first_picture_s
        first = self._grab()
        while first is None and time.monotonic() < deadline_s:
            time.sleep(0.05)
            first = self._grab()
        if first is None:
            capture.release()
            raise busy(name)
        self._size = first.shape[1], first.shape[0]
        self._thread = threading.Thread(target=self._take_all, name=name, daemon=True)
        self._thread.start()

    @property
    def name(self) -> str:
        return self._name

    @property
    def size(self) -> tuple[int, int]:
        return self._size

    @property
    def fps(self) -> float:
        return self._fps

    @property
    def total(self) -> int | None:
        return None

    @property
    def live(self) -> bool:
        return True

    def read(self) -> CameraPicture | None:
        with self._change:
            while self._newest is None and not self._failed and not self._closing:
                self._change.wait()
            if self._closing:
                return None
            picture, self._newest = self._newest, None
        if picture is None:
            raise gone(self._name)
        return picture

    def skip(self) -> bool:
        with self._change:
            self._offset += 1
        return True

    def see(self, view: View) -> None:
        """A camera does not look at the screen."""

    def close(self) -> None:
        with self._change:
            self._closing = True
            self._change.notify_all()
        self._thread.join(timeout=1.0)
        if not self._thread.is_alive():  # releasing under a hanging read crashes some drivers
            self._capture.release()

    def _grab(self) -> Picture | None:
        good, bgr = self._capture.read()
        if not good or bgr is None or bgr.size == 0:
            return None
        return np.asarray(bgr, dtype=np.uint8)

    def _take_all(self) -> None:
        while not self._closing:
            bgr = self._grab()
            t_s = time.monotonic()
            with self._change:
                if bgr is None:
                    self._failed = True
                else:
                    index = self._arrived + self._offset
                    self._newest = CameraPicture(bgr, t_s, index, self._stale.fresh(bgr, t_s))
                    self._arrived += 1
                self._change.notify_all()
            if bgr is None:
                return


class Stale:
    """Sees a camera that repeats its last picture, as some drivers do after it was unplugged."""

    def __init__(self) -> None:
        self._sample: Picture | None = None
        self._since_s = 0.0

    def fresh(self, bgr: Picture, t_s: float) -> bool:
        sample = bgr[::8, ::8]
        if self._sample is None or not np.array_equal(sample, self._sample):
            self._sample, self._since_s = sample.copy(), t_s
        return t_s - self._since_s < FROZEN_S


def open_webcam(spec: WebcamSpec) -> Webcam:
    """Raises CameraError: no such camera, not allowed, or there but not to be opened (busy)."""
    number, name = spec.number, f"camera {spec.number}"
    if number < 0:
        raise CameraError(f"There is no {name}.", "Cameras count from 0.", code="camera_none")
    if sys.platform == "linux":
        _check_device(number)
    cv2: Any = quiet_cv2()
    for backend in _backends(cv2):
        try:
            capture = cv2.VideoCapture(number, backend)
        except cv2.error:
            continue
        if not capture.isOpened():
            capture.release()
            continue
        if backend == cv2.CAP_DSHOW:
            capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, CAMERA_SIZE[0])
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, CAMERA_SIZE[1])
        capture.set(cv2.CAP_PROP_FPS, spec.fps)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        return Webcam(capture, name, float(capture.get(cv2.CAP_PROP_FPS)))
    if sys.platform == "linux":
        raise busy(name)
    raise CameraError(
        f"The {name} cannot be opened.",
        "Plug it in, close other programs that use it, allow camera use in the system's privacy settings, "
        f"or {_OTHER}",
        code="camera_busy",
    )


def _backends(cv2: Any) -> tuple[int, ...]:
    if sys.platform == "win32":
        return cv2.CAP_MSMF, cv2.CAP_DSHOW
    if sys.platform == "darwin":
        return (cv2.CAP_AVFOUNDATION,)
    return (cv2.CAP_V4L2,) if sys.platform == "linux" else (cv2.CAP_ANY,)


def _check_device(number: int) -> None:
    device = Path(f"/dev/video{number}")
    if not device.exists():
        there = sorted(int(p.name[5:]) for p in Path("/dev").glob("video[0-9]*") if p.name[5:].isdigit())
        raise not_there(number, there)
    if not os.access(device, os.R_OK | os.W_OK):
        raise not_allowed(number)


def not_there(number: int, there: Sequence[int]) -> CameraError:
    known = f"Cameras found: {', '.join(map(str, there))}." if there else "No camera is connected."
    step = f"{known} Plug one in, or {_OTHER}"
    return CameraError(f"There is no camera {number}.", step, code="camera_none")


def not_allowed(number: int) -> CameraError:
    return CameraError(
        f"You are not allowed to use camera {number}.",
        f"Give yourself the right to /dev/video{number} (most systems: the group 'video'), "
        "then log in again.",
        code="camera_denied",
    )


def gone(name: str) -> CameraError:
    return CameraError(f"The {name} gives no more pictures.", f"Plug it in again, or {_OTHER}")


def busy(name: str) -> CameraError:
    return CameraError(
        f"The {name} is there but gives no picture: another program may be using it.",
        f"Close that program, or {_OTHER}",
        code="camera_busy",
    )
