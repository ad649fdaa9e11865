"""Sources of camera pictures: a webcam, a video file, a virtual patient. One protocol for all.

A spec says which source and travels to the tracking process; `opening.open_source` opens it there.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Literal, Protocol

import numpy as np
import numpy.typing as npt

from rehabgames.core.landmarks import Side
from rehabgames.core.view import View

Picture = npt.NDArray[np.uint8]
CAMERA_SIZE: Final = (640, 480)
CAMERA_FPS: Final = 30.0


@dataclass(frozen=True, slots=True)
class CameraPicture:
    """bgr (h, w, 3), unmirrored; t_s capture time on the source's clock; index from 0, gaps are drops.

    fresh is False where a camera has been repeating itself: nothing is to be believed of it.
    """

    bgr: Picture
    t_s: float
    index: int
    fresh: bool = True


class Source(Protocol):
    """An open source.

    name, size (width, height), fps   what it is, for people and for the record
    total     number of pictures, None where that is not known
    live      True: pictures come in real time, stamped by time.monotonic(); what is missed is lost
    """

    @property
    def name(self) -> str: ...
    @property
    def size(self) -> tuple[int, int]: ...
    @property
    def fps(self) -> float: ...
    @property
    def total(self) -> int | None: ...
    @property
    def live(self) -> bool: ...

    def read(self) -> CameraPicture | None:
        """The next picture, waiting for it; None at the end. Raises CameraError or VideoError."""

    def skip(self) -> bool:
        """Pass over one picture without waiting for its time; False at the end."""

    def see(self, view: View) -> None:
        """Show what is on the screen; only a virtual patient looks."""

    def close(self) -> None:
        """Give the camera or file back; may be called twice."""


@dataclass(frozen=True, slots=True)
class WebcamSpec:
    """number: as the system counts cameras, from 0. fps: asked of it; it may give another rate."""

    number: int = 0
    fps: float = CAMERA_FPS


@dataclass(frozen=True, slots=True)
class VideoSpec:
    """paced: in real time, as if it were a camera; else every picture, stamped by the video's time."""

    path: Path
    paced: bool = False


Way = tuple[tuple[float, float], ...]  # (seconds since the first picture, metres right of the middle)


@dataclass(frozen=True, slots=True)
class Company:
    """Somebody else in the picture of a virtual patient.

    look    number or name of a Look
    way     where they are when, between which they walk evenly; none: they stand beside, where there is room
    nearer  to the camera than the patient, whom they may hide; else behind
    """

    look: int | str = "plaid"
    way: Way = ()
    nearer: bool = False


@dataclass(frozen=True, slots=True)
class VirtualSpec:
    """kind: a name of patients.KINDS; side: the working arm; look: number or name of a Look; company:
    somebody else in the picture, too; way: where the patient is when, as in Company, none: in one place;
    sitting: None is as the look has it, False stands as far away as to be seen from head to feet;
    distance_m: from the camera, None is as the look has it; close_up: only the working hand, palm to the
    camera."""

    kind: str
    side: Side = "right"
    seed: int = 0
    look: int | str = 0
    size: tuple[int, int] = CAMERA_SIZE
    fps: float = CAMERA_FPS
    company: Company | None = None
    way: Way = ()
    sitting: bool | None = None
    distance_m: float | None = None
    close_up: bool = False


@dataclass(frozen=True, slots=True)
class ReplaySpec:
    """Pictures of a .npy file (n, height, width, 3), over and over. fps: as a camera of that rate gives them;
    None as fast as they are taken."""

    path: Path
    fps: float | None = CAMERA_FPS


FaultKind = Literal[
    "none", "denied", "busy", "unplugged", "hanging", "stuck", "leaking", "frozen", "black", "slow",
    "dropping", "jittering", "smaller", "dim", "noisy", "blurred", "covered", "mirrored", "turned",
    "upside_down",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """From from_s up to to_s, by the clock of FaultySpec. amount: how much of it, 0..1, where that is said of
    it."""

    kind: FaultKind
    from_s: float
    to_s: float = math.inf
    amount: float = 1.0


@dataclass(frozen=True, slots=True)
class FaultySpec:
    """A source with troubles. zero_s: time.monotonic() at which the faults' clock is 0, the same for every
    child that is started."""

    spec: SourceSpec
    faults: tuple[Fault, ...]
    zero_s: float
    seed: int = 0


SourceSpec = WebcamSpec | VideoSpec | VirtualSpec | ReplaySpec | FaultySpec


def quiet_cv2() -> ModuleType:
    """cv2 that keeps its complaints, and FFmpeg's, to itself; call it before anything imports cv2."""
    os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")  # opening takes 20 s otherwise
    # seconds; otherwise one that gives nothing is read for 10, and the process is taken for one that hangs
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
    import cv2  # noqa: PLC0415 - after its environment is set

    levels: Any = cv2.utils.logging
    levels.setLogLevel(levels.LOG_LEVEL_SILENT)
    return cv2
