"""The tracking process: reads pictures, tracks them, sends landmarks. It can be killed at any time.

It speaks through a pipe (Opened, PoseFrame, Trouble, Failed, Ended) and through shared memory: the
ledger of counters, the newest picture, and the newest view for a virtual patient. It never writes to
the terminal, ignores Ctrl-C (its parent decides) and goes when its parent goes.
"""

from __future__ import annotations

import ctypes
import math
import os
import signal
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for_any
from multiprocessing.process import parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from rehabgames.core.errors import CameraError, RehabgamesError, TrackerError
from rehabgames.core.landmarks import SIDES, Side
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import View
from rehabgames.signals.identity import Known
from rehabgames.tracking.mirror import SharedPicture, SharedView
from rehabgames.tracking.opening import open_source
from rehabgames.tracking.pacing import Rate
from rehabgames.tracking.sources import CAMERA_SIZE, CameraPicture, Source, SourceSpec, quiet_cv2

if TYPE_CHECKING:
    from rehabgames.tracking.detector import Detector

CREDIT: Final = 8  # frames that may be under way to the parent
CREDIT_CHECK_S: Final = 0.002
PICTURE: Final = 1  # the camera's next one
OPENING: Final = 2  # the camera itself, which some systems take long for
AGAIN_S: Final = 0.15  # between two tries to open a camera that was unplugged
MEMORY_EVERY_S: Final = 1.0
LONGEST_TEXT: Final = 1000


@dataclass(frozen=True, slots=True)
class ModelPaths:
    """The bundles that MediaPipe loads; no hand model, no hands. hands: see Detector."""

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
    awaits    PICTURE, OPENING: what it waits for now, else 0            child
    first_mb  memory of the child when it had its first picture, MB; 0 where the system does not tell   child
    memory_mb and about now                                              child
    taken     frames taken out of the pipe                               parent
    stop      not 0: end now                                             parent
    passed    pictures that were one too many for `most_fps`             child
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
    )


@dataclass(frozen=True, slots=True)
class Job:
    """What the child is to do. start_index: the first picture that is wanted, those before are skipped.
    count_people, keeps, known: see Detector. confirmed: as in the View that was seen last. most_fps: no more
    pictures a second are tracked. again: the source was open before: a camera that does not open is waited
    for."""

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
    confirmed: int = 0
    most_fps: float | None = None
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
    """Something that people should know and that did not end the tracking."""

    what: str


@dataclass(frozen=True, slots=True)
class Failed:
    """An error that ended the tracking, in parts, because exceptions do not travel whole."""

    kind: type[RehabgamesError]
    what: str
    next_step: str

    def error(self) -> RehabgamesError:
        return self.kind(self.what, self.next_step)


@dataclass(frozen=True, slots=True)
class Ended:
    """The source gave its last picture."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The patient was confirmed so many times, and this is known of them now."""

    confirmed: int
    known: Known


Report = Opened | PoseFrame | Trouble | Recognised | Failed | Ended


def run_child(job: Job, reports: Connection) -> None:
    """Main function of the tracking process. Does not return: native libraries are not unwound."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _silence()
    threading.Thread(target=_follow_parent, daemon=True).start()
    try:
        _track_all(job, reports)
        reports.send(Ended())
    except (BrokenPipeError, ConnectionResetError):
        pass  # nobody listens any more
    except BaseException as error:
        _send_failure(reports, error)
    finally:
        reports.close()
        os._exit(0)


def _track_all(job: Job, reports: Connection) -> None:
    from rehabgames.tracking.detector import Detector  # noqa: PLC0415 - after the terminal is silenced

    quiet_cv2()
    source = None if job.again else open_source(job.spec)  # what does not open is said before models load
    models = job.models
    try:
        with Detector(
            models.pose,
            models.hand,
            hands=models.hands,
            count_people=job.count_people,
            keeps=job.keeps,
            known=job.known,
        ) as detector:
            _warm_up(detector, source.size if source else CAMERA_SIZE)
            source = source or _awaited(job, reports)
            if source is None:
                return
            _skip_to(job, source)
            reports.send(Opened(source.name, source.size, source.fps, source.total, source.live))
            loop = _Loop(job, reports, source, detector)
            try:
                loop.run()
            finally:
                loop.close()
    finally:
        if source is not None:
            source.close()


def _awaited(job: Job, reports: Connection, error: CameraError | None = None) -> Source | None:
    """The source, as soon as it opens; None where it is to end before. error: what has been said of it."""
    while not job.ledger.stop:
        job.ledger.beat_s = time.monotonic()
        try:
            return open_source(job.spec)
        except CameraError as still:
            if error is None:
                reports.send(_waited_for(still))
            error = still
        time.sleep(AGAIN_S)
    return None


def _waited_for(error: CameraError) -> Trouble:
    return Trouble(f"{error.what} It is waited for.")


class _Loop:
    """One picture after the other, until the source ends or the parent says stop."""

    def __init__(self, job: Job, reports: Connection, source: Source, detector: Detector) -> None:
        self._job = job
        self._ledger = job.ledger
        self._reports = reports
        self._source = source
        self._detector = detector
        self._stale_told = False
        self._offset = 0  # index of a reopened camera's first picture
        self._confirmed = job.confirmed
        self._known: Known | None = job.known
        self._rate = Rate(job.most_fps)
        self._weighed_s = -math.inf

    def run(self) -> None:
        while not self._ledger.stop:
            self._ledger.beat_s = time.monotonic()
            view = self._job.view.get()
            if view is not None:
                self._see(view)
            picture = self._read()
            if picture is None:
                return
            self._ledger.beat_s = time.monotonic()
            self._ledger.dropped += max(0, picture.index - self._ledger.seen)
            self._ledger.seen = picture.index + 1
            if not self._rate.wanted(picture.t_s):
                self._ledger.passed += 1
                continue
            frame = self._tracked(picture)
            self._tell_known()
            self._job.picture.put(picture.bgr)
            self._hand_over(frame)
            self._weigh()

    def _see(self, view: View) -> None:
        self._source.see(view)
        if view.confirmed > self._confirmed:
            self._detector.confirm()
        self._confirmed = view.confirmed

    def _tell_known(self) -> None:
        """What is known of the patient outlives this process, or its end would let anybody take over."""
        known = self._detector.known
        if known is not None and (self._known is None or known.clothing is not self._known.clothing):
            self._known = known
            self._reports.send(Recognised(self._confirmed, known))

    def _read(self) -> CameraPicture | None:
        """The next picture. A camera that is unplugged is waited for here, so that it goes on at once when it
        is plugged in again: a new process would first load its models."""
        while not self._ledger.stop:
            self._ledger.awaits = PICTURE
            try:
                picture = self._source.read()
                return picture and replace(picture, index=picture.index + self._offset)
            except CameraError as error:
                self._reports.send(_waited_for(error))
                self._reopen(error)
            finally:
                self._ledger.awaits = 0
        return None

    def _reopen(self, error: CameraError) -> None:
        self._source.close()
        self._ledger.awaits = OPENING
        source = _awaited(self._job, self._reports, error)
        if source is not None:
            self._source, self._offset = source, self._ledger.seen

    def _weigh(self) -> None:
        now_s = time.monotonic()
        if now_s - self._weighed_s < MEMORY_EVERY_S:
            return
        self._weighed_s = now_s
        self._ledger.memory_mb = memory_mb()
        if not self._ledger.first_mb:
            self._ledger.first_mb = self._ledger.memory_mb

    def close(self) -> None:
        self._source.close()

    def _tracked(self, picture: CameraPicture) -> PoseFrame:
        if not picture.fresh:
            if not self._stale_told:
                self._reports.send(
                    Trouble("The camera shows the same picture all the time; it may be covered or unplugged.")
                )
            self._stale_told = True
            height, width = picture.bgr.shape[:2]
            return PoseFrame(picture.t_s, picture.index, (width, height), fresh=False)
        self._stale_told = False
        frame = self._detector.detect(picture.bgr, picture.t_s, picture.index)
        if frame.has_body:
            self._ledger.tracked += 1
        return replace(frame, tracked_s=time.monotonic()) if self._source.live else frame

    def _hand_over(self, frame: PoseFrame) -> None:
        """Send within the credit: a parent that does not take frames is waited for, or gets fewer."""
        while self._ledger.sent - self._ledger.taken >= CREDIT:
            if not self._job.every_frame:
                self._ledger.dropped += 1
                return
            if self._ledger.stop:
                return
            time.sleep(CREDIT_CHECK_S)
            self._ledger.beat_s = time.monotonic()
        self._ledger.sent += 1
        self._reports.send(frame)


def _warm_up(detector: Detector, size: tuple[int, int]) -> None:
    """The first detection takes long; do it before the first picture that counts."""
    width, height = size
    detector.detect(np.zeros((height, width, 3), np.uint8), float("nan"), 0)


def _skip_to(job: Job, source: Source) -> None:
    for _ in range(job.start_index):
        if job.ledger.stop or not source.skip():
            return
        job.ledger.beat_s = time.monotonic()


def memory_mb() -> float:
    """Of this process, MB; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, ValueError, IndexError):
        return 0.0


def _silence() -> None:
    """MediaPipe and FFmpeg write to the terminal past Python; the game owns the terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _follow_parent() -> None:
    """End with the parent, however it ended."""
    parent = parent_process()
    if parent is None:
        return
    while not wait_for_any([parent.sentinel], timeout=0.5):
        if os.name == "posix" and os.getppid() != parent.pid:
            break
    os._exit(1)


def _send_failure(reports: Connection, error: BaseException) -> None:
    if isinstance(error, RehabgamesError):
        failed = Failed(type(error), error.what[:LONGEST_TEXT], error.next_step[:LONGEST_TEXT])
    else:
        what = f"Tracking failed: {type(error).__name__}: {error}"[:LONGEST_TEXT]
        failed = Failed(TrackerError, what, "Start again; if it stays, please report it.")
    with suppress(OSError):  # nobody listens any more
        reports.send(failed)
