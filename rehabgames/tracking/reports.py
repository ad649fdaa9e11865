"""What the tracking process and the game say to each other.

Through a pipe: Opened, PoseFrame, Trouble, Recognised, Failed, Ended. Through shared memory: the ledger of
counters, the newest picture, and the newest view.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rehabgames.core.errors import RehabgamesError
from rehabgames.core.landmarks import SIDES, Side
from rehabgames.core.pose import PoseFrame
from rehabgames.signals.identity import Known
from rehabgames.tracking.mirror import SharedPicture, SharedView
from rehabgames.tracking.sources import SourceSpec

PICTURE: Final = 1  # the camera's next one
OPENING: Final = 2  # the camera itself, which some systems take long for
LOADING: Final = 3  # the network of hands, which is loaded when these are first wanted


@dataclass(frozen=True, slots=True)
class ModelPaths:
    """The bundles that MediaPipe loads; no hand model, no hands. hands: whose are wanted at first, see
    Detector."""

    pose: Path
    hand: Path | None = None
    hands: tuple[Side, ...] = SIDES


class Ledger(ctypes.Structure):
    """Counters in shared memory; each field has one writer.

    seen      pictures that the source gave so far (its next index)      written by the child
    tracked   of these, how many held a body                             child
    dropped   pictures that nobody tracked, and frames nobody took       child
    sent      frames put into the pipe                                   child
    beat_s    time.monotonic() of the last sign of life                  child
    awaits    PICTURE, OPENING, LOADING: what it waits for now, else 0   child
    first_mb  memory of the child when it had its first picture, MB; 0 where the system does not tell   child
    memory_mb and about now                                              child
    taken     frames taken out of the pipe                               parent
    stop      not 0: end now                                             parent
    passed    pictures that were one too many for `most_fps`             child
    processor the one that it has to itself, counted from 1; 0: none     child
    hands     whose hands are wanted now, see `hands_of`                 parent
    """

    _fields_ = (
        ("seen", ctypes.c_int64),
        ("tracked", ctypes.c_int64),
        ("dropped", ctypes.c_int64),
        ("sent", ctypes.c_int64),
        ("beat_s", ctypes.c_double),
        ("awaits", ctypes.c_int64),
        ("first_mb", ctypes.c_double),
        ("memory_mb", ctypes.c_double),
        ("taken", ctypes.c_int64),
        ("stop", ctypes.c_int64),
        ("passed", ctypes.c_int64),
        ("processor", ctypes.c_int64),
        ("hands", ctypes.c_int64),
    )


def hands_number(hands: tuple[Side, ...]) -> int:
    """Some sides as a number."""
    return sum(1 << i for i, side in enumerate(SIDES) if side in hands)


def hands_of(number: int) -> tuple[Side, ...]:
    return tuple(side for i, side in enumerate(SIDES) if number >> i & 1)


@dataclass(frozen=True, slots=True)
class Job:
    """What the child is to do. start_index: the first picture that is wanted, those before are skipped.
    count_people, keeps, known: see Detector. most_fps: no more pictures a second are tracked. processors: see
    OneProcessor. confirmed: how often somebody was before. again: the source was open before: a camera that
    does not open is waited for."""

    spec: SourceSpec
    models: ModelPaths
    every_frame: bool
    start_index: int
    ledger: Any  # Ledger
    picture: SharedPicture
    view: SharedView
    count_people: bool = False
    keeps: bool = False
    known: Known | None = None
    most_fps: float | None = None
    processors: frozenset[int] = frozenset()
    confirmed: int = 0
    again: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """The source as it was opened; fields as in Source."""

    name: str
    size: tuple[int, int]
    fps: float
    total: int | None
    live: bool


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that people should know and that did not end the tracking. code: as of a TrackingTrouble."""

    what: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """An error that ended the tracking, in parts, because exceptions do not travel whole."""

    kind: type[RehabgamesError]
    what: str
    next_step: str
    code: str = ""

    def error(self) -> RehabgamesError:
        return self.kind(self.what, self.next_step, code=self.code)


@dataclass(frozen=True, slots=True)
class Ended:
    """The source gave its last picture."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """This is known of the patient now."""

    known: Known


Report = Opened | PoseFrame | Trouble | Recognised | Failed | Ended
