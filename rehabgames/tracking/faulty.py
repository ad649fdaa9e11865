"""Faulty: any source with the troubles that cameras have, at times of one's choice, to be tried."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np

from rehabgames.core.errors import CameraError, unknown_name
from rehabgames.core.view import View
from rehabgames.tracking.sources import (
    CameraPicture,
    FaultKind,
    FaultySpec,
    Picture,
    Source,
    SourceSpec,
    quiet_cv2,
)
from rehabgames.tracking.webcam import Stale, busy, gone, not_allowed, not_there

_CLOSED: Final[dict[str, Callable[[], CameraError]]] = {
    "none": lambda: not_there(0, ()),
    "denied": lambda: not_allowed(0),
    "busy": lambda: busy("camera 0"),
    "unplugged": lambda: not_there(0, ()),
}
SLOW_FPS: Final = 5.0
DROPPED: Final = 0.3
LATE_S: Final = 0.08
LEAK_MB_S: Final = 600.0


class FaultyCamera:
    """See Source. What a camera with these faults gives, or raises, in the words of the webcam."""

    def __init__(self, spec: FaultySpec, opened: Callable[[SourceSpec], Source]) -> None:
        for fault in spec.faults:
            if fault.kind not in _KINDS:
                raise unknown_name("fault", fault.kind, _KINDS)
        self._spec = spec
        self._rng = np.random.default_rng(spec.seed)
        self._refuse()
        self._source = opened(spec.spec)
        self._stale = Stale()
        self._last: CameraPicture | None = None
        self._index = 0
        self._leaked: list[Picture] = []
        self._leaked_s = time.monotonic()

    @property
    def name(self) -> str:
        return self._source.name

    @property
    def size(self) -> tuple[int, int]:
        return self._source.size

    @property
    def fps(self) -> float:
        return self._source.fps

    @property
    def total(self) -> int | None:
        return self._source.total

    @property
    def live(self) -> bool:
        return True

    def read(self) -> CameraPicture | None:
        """The source's next picture, as the faults of now let it through."""
        while True:
            picture = self._source.read()
            if picture is None:
                return None
            now = self._now()
            if "unplugged" in now:
                raise gone(self._source.name)
            self._hang_while("hanging")
            now = self._now()
            self._leak(now.get("leaking", 0.0))
            self._index += 1
            if "dropping" in now and self._rng.random() < DROPPED * now["dropping"]:
                continue
            if (
                "slow" in now
                and self._last is not None
                and picture.t_s - self._last.t_s < 1 / SLOW_FPS - 0.01
            ):
                continue
            return self._given(picture, now)

    def skip(self) -> bool:
        self._index += 1
        return self._source.skip()

    def see(self, view: View) -> None:
        self._hang_while("stuck")
        self._source.see(view)

    def close(self) -> None:
        self._source.close()

    def _now(self) -> dict[FaultKind, float]:
        """The faults of this moment and how much of each."""
        t_s = time.monotonic() - self._spec.zero_s
        return {each.kind: each.amount for each in self._spec.faults if each.from_s <= t_s < each.to_s}

    def _hang_while(self, kind: str) -> None:
        while kind in self._now():
            time.sleep(0.05)

    def _leak(self, amount: float) -> None:
        gone_s, self._leaked_s = time.monotonic() - self._leaked_s, time.monotonic()
        if amount:
            self._leaked.append(np.ones(round(LEAK_MB_S * amount * gone_s * 1e6), np.uint8))

    def _refuse(self) -> None:
        for kind in self._now():
            if kind in _CLOSED:
                raise _CLOSED[kind]()

    def _given(self, picture: CameraPicture, now: dict[FaultKind, float]) -> CameraPicture:
        t_s = picture.t_s
        if "jittering" in now:
            late_s = LATE_S * now["jittering"] * float(self._rng.random())
            time.sleep(late_s)
            t_s += late_s
        bgr = picture.bgr
        if "frozen" in now and self._last is not None:
            bgr = self._last.bgr
        else:
            for kind, amount in now.items():
                if kind in _CHANGES:
                    bgr = changed(bgr, kind, amount, self._rng)
        self._last = replace(picture, bgr=bgr, t_s=t_s, index=self._index - 1)
        return replace(self._last, fresh=self._stale.fresh(bgr, t_s))


Change = Callable[[Picture, float, np.random.Generator], Picture]


def changed(bgr: Picture, kind: FaultKind, amount: float, rng: np.random.Generator) -> Picture:
    """The picture with one fault of those that change pictures. Raises KeyError for any other."""
    return _CHANGES[kind](bgr, amount, rng)


def _black(bgr: Picture, _: float, __: np.random.Generator) -> Picture:
    return np.zeros_like(bgr)


def _smaller(bgr: Picture, _: float, __: np.random.Generator) -> Picture:
    return np.ascontiguousarray(bgr[::2, ::2])


def _dim(bgr: Picture, amount: float, rng: np.random.Generator) -> Picture:
    """A room without a lamp: less light, and the noise of a sensor that is turned up."""
    left = bgr.astype(np.float32) * (1.0 - 0.95 * amount)
    return _as_picture(left + rng.normal(0.0, 6.0 * amount, bgr.shape))


def _noisy(bgr: Picture, amount: float, rng: np.random.Generator) -> Picture:
    return _as_picture(bgr.astype(np.float32) + rng.normal(0.0, 80.0 * amount, bgr.shape))


def _blurred(bgr: Picture, amount: float, _: np.random.Generator) -> Picture:
    cv2: Any = quiet_cv2()
    return np.asarray(cv2.GaussianBlur(bgr, (0, 0), max(0.1, 14.0 * amount)), np.uint8)


def _covered(bgr: Picture, amount: float, _: np.random.Generator) -> Picture:
    """A board before the camera, from the left edge of the picture."""
    made = bgr.copy()
    made[:, : round(amount * bgr.shape[1])] = (70, 84, 92)
    return made


def _mirrored(bgr: Picture, _: float, __: np.random.Generator) -> Picture:
    return np.ascontiguousarray(bgr[:, ::-1])


def _turned(bgr: Picture, _: float, __: np.random.Generator) -> Picture:
    return np.ascontiguousarray(np.rot90(bgr))


def _upside_down(bgr: Picture, _: float, __: np.random.Generator) -> Picture:
    return np.ascontiguousarray(bgr[::-1, ::-1])


def _as_picture(values: np.ndarray[Any, np.dtype[np.floating]]) -> Picture:
    return np.asarray(np.clip(values, 0, 255), np.uint8)


_CHANGES: Final[dict[str, Change]] = {
    "black": _black,
    "smaller": _smaller,
    "dim": _dim,
    "noisy": _noisy,
    "blurred": _blurred,
    "covered": _covered,
    "mirrored": _mirrored,
    "turned": _turned,
    "upside_down": _upside_down,
}
_KINDS: Final = (
    *(*_CLOSED, "hanging", "stuck", "leaking", "frozen", "slow", "dropping", "jittering"),
    *_CHANGES,
)
