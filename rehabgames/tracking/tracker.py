"""Tracker: the camera and MediaPipe in a child process, seen from the game, which never waits for it."""

from __future__ import annotations

import atexit
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing.sharedctypes import RawValue
from types import TracebackType
from typing import Any, Final, Self

from rehabgames.core.errors import CameraError, RehabgamesError, TrackerError
from rehabgames.core.inputs import TrackingTrouble
from rehabgames.core.landmarks import Side
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import View
from rehabgames.signals.identity import Known
from rehabgames.tracking.mirror import Picture, SharedPicture, SharedView
from rehabgames.tracking.processors import shared_out
from rehabgames.tracking.reports import (
    Failed,
    Job,
    Ledger,
    ModelPaths,
    Opened,
    Recognised,
    Report,
    Trouble,
    hands_number,
)
from rehabgames.tracking.restarts import Restarts
from rehabgames.tracking.sources import SourceSpec
from rehabgames.tracking.supervision import Life

MOST_TROUBLES: Final = (
    32  # that nobody asked for: a camera may come and go for hours while a video is tracked
)
_UNGUARDED: Final = "Start again; a script of your own needs 'if __name__ == \"__main__\":' around its start."

__all__ = ["ModelPaths", "Opened", "Tracker"]


class Tracker:
    """Tracks one source.

    models   where they are, or what fetches them when they are needed: its errors are those of the tracking
    every_frame False   newest wins: `poll` gives the newest frame, older ones are dropped and counted
    every_frame True    all frames come, in order, and the child waits for whoever takes them
    count_people, keeps see Detector
    apart    on a small machine it has a processor to itself, which this process keeps off, see OneProcessor
    most_fps no more pictures a second are tracked: a camera that gives more is passed over

    A child that dies, leaks or is silent for 0.8 s (3 s for a picture, 30 s while it starts) is replaced,
    which `troubles` tells; more than 3 times in 5 minutes is fatal. `poll`, `picture`, `show` and `troubles`
    never wait. A camera that is unplugged is waited for.
    """

    def __init__(
        self,
        spec: SourceSpec,
        *,
        models: ModelPaths | Callable[[], ModelPaths],
        every_frame: bool = False,
        count_people: bool = False,
        keeps: bool = False,
        apart: bool = False,
        most_fps: float | None = None,
    ) -> None:
        self._spec = spec
        self._models = models
        self._every_frame = every_frame
        self._count_people = count_people
        self._keeps = keeps
        self._known: Known | None = None
        self._confirmed = 0  # how often somebody was: a new process must not take whoever comes for them
        self._most_fps = most_fps
        self._processors = shared_out() if apart else frozenset[int]()
        self._ledger: Any = RawValue(Ledger)
        self.watch(models.hands if isinstance(models, ModelPaths) else ())
        self._picture = SharedPicture()
        self._view = SharedView()
        self._change = threading.Condition()
        self._frames: deque[PoseFrame] = deque()
        self._troubles: deque[TrackingTrouble] = deque(maxlen=MOST_TROUBLES)
        self._opened: Opened | None = None
        self._error: RehabgamesError | None = None
        self._ended = self._running = False
        self._overtaken = 0
        self._bodies = 0
        self._next_index = 0
        self._may_show = True
        self._stopping, self._turning = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._life: Life | None = None

    def start(self) -> Opened:
        """Open the source and the models in the child; returns when the first picture can come.

        Raises what the source or the models raised in the child (CameraError, VideoError, UseError,
        ModelError ...), TrackerError where the child cannot be started, or after stop.
        """
        self.begin()
        try:
            with self._change:
                while self._opened is None and self._error is None and not self._ended:
                    self._change.wait(0.5)
        except BaseException:
            self.stop()
            raise
        if self._opened is None:
            self.stop()
            raise self._error or TrackerError("Tracking did not start.", "Start again.")
        return self._opened

    def begin(self) -> None:
        """As `start`, and does not wait: pictures come as soon as they can, and where none can, `ended` and
        `error` tell. Raises TrackerError after stop."""
        if self._stopping.is_set():
            raise TrackerError("This tracker was stopped.", "Make a new one.")
        if self._thread is None:
            self._launch()

    def again(self, spec: SourceSpec | None = None) -> None:
        """Begin anew, where one is given with this source, also after it failed for good. Does not wait; what
        does not open is told at once, as by `begin`. Who was confirmed is still known."""
        with self._change:
            self._spec = spec or self._spec
            self._error, self._ended = None, False
            self._frames.clear()
            self._troubles.clear()
            if self._running:
                self._turning.set()  # the life that goes on is ended by its own thread
            elif not self._stopping.is_set():
                self._launch()

    def _launch(self) -> None:
        atexit.register(self.stop)
        self._opened, self._running = None, True
        self._thread = threading.Thread(target=self._supervise, name="tracking", daemon=True)
        self._thread.start()

    def poll(self) -> PoseFrame | None:
        """The newest frame that was not given yet (with every_frame: the next), or None."""
        with self._change:
            return self._take()

    def wait(self, longest_s: float) -> None:
        """Until there is a frame to `poll`, at most so long: whoever paints is woken by what is new.
        Where none can come any more it waits all of that: what is painted last is not painted faster."""
        with self._change:
            if longest_s > 0.0 and not self._frames:
                self._change.wait(longest_s)

    def frames(self) -> Iterator[PoseFrame]:
        """Frames until the source ends or `stop`. Raises the error that ended the tracking."""
        while True:
            with self._change:
                while not self._frames and self._error is None and not self._over:
                    self._change.wait(0.5)
                frame = self._take()
                error = self._error
            if frame is not None:
                yield frame
            elif error is not None:
                raise error
            else:
                return

    def picture(self) -> Picture | None:
        """(h, w, 3) BGR, the newest camera picture, unmirrored, at most 640 px wide.

        None before the first; the same array as long as there is no newer one: do not write into it.
        """
        return self._picture.get()

    def show(self, view: View) -> None:
        """Let a virtual patient see the view; at most one for each frame that was given is passed on."""
        self._confirmed = max(self._confirmed, view.confirmed)
        if self._may_show:
            self._may_show = False
            self._view.put(view)

    def watch(self, hands: tuple[Side, ...]) -> None:
        """From now on these hands are looked for, where there is a model for them: costs a moment where they
        were not before."""
        self._ledger.hands = hands_number(hands)

    def calm(self, *, now: bool) -> None:
        """now: nothing is lost if tracking is away for a moment; what has to be replaced is replaced then."""
        life = self._life
        if life is not None:
            life.calm = now

    def troubles(self) -> list[TrackingTrouble]:
        """What went wrong since the last call, oldest first; of very many the newest."""
        with self._change:
            told = list(self._troubles)
            self._troubles.clear()
        return told

    @property
    def opened(self) -> Opened:
        """The source. Raises TrackerError before `start`."""
        if self._opened is None:
            raise TrackerError("The tracker was not started.", "Call start first.")
        return self._opened

    @property
    def frames_seen(self) -> int:
        """Every picture that the source gave, also those before a body was found and dropped ones; not those
        that were passed over for most_fps."""
        return int(self._ledger.seen - self._ledger.passed)

    @property
    def frames_tracked(self) -> int:
        """Pictures in which a body was found."""
        return self._bodies if self._every_frame else int(self._ledger.tracked)

    @property
    def dropped(self) -> int:
        """Pictures that were not tracked in time, and frames that a newer one overtook."""
        return int(self._ledger.dropped) + self._overtaken

    @property
    def ended(self) -> bool:
        """The source is at its end, or tracking failed for good (see `error`), and no frame is left."""
        with self._change:
            return (self._ended or self._error is not None) and not self._frames

    @property
    def error(self) -> RehabgamesError | None:
        """What ended the tracking for good, or None."""
        return self._error

    @property
    def pid(self) -> int | None:
        """Of the tracking process, None where there is none now."""
        life = self._life
        return life.pid if life else None

    def stop(self) -> None:
        """End the child and free everything; bounded, may be called twice, frames not given are lost."""
        self._stopping.set()
        with self._change:
            self._change.notify_all()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(6.0)
        if thread is None or not thread.is_alive():
            # an error that `start` raised holds this tracker through its traceback, so do not wait for gc
            self._picture.free()
            self._view.free()
        atexit.unregister(self.stop)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _over(self) -> bool:
        return self._ended or self._stopping.is_set()

    def _take(self) -> PoseFrame | None:
        if not self._frames:
            return None
        if self._every_frame:
            self._ledger.taken += 1
        self._may_show = True
        return self._frames.popleft()

    def _supervise(self) -> None:
        """The tracker's thread: one life of the child after the other."""
        restarts, goes_on = Restarts(), True
        while goes_on:
            came_of_it = self._lived()
            with self._change:
                if self._turned():
                    restarts = Restarts()
                    continue
            goes_on = came_of_it is not None and self._goes_on(came_of_it, restarts)
            with self._change:
                goes_on = (goes_on or self._turned()) and not self._stopping.is_set()
                if not goes_on:
                    self._ended, self._running = True, False
                self._change.notify_all()

    def _turned(self) -> bool:
        """It was asked to begin anew since the last time."""
        turned = self._turning.is_set() and not self._stopping.is_set()
        if turned:
            self._turning.clear()
            self._opened, self._error, self._ended = None, None, False
            self._frames.clear()
            self._troubles.clear()
        return turned

    def _lived(self) -> RehabgamesError | Failed | str | None:
        """What came of one life of the child; an error that no other life would be without."""
        try:
            if not isinstance(self._models, ModelPaths):
                self._models = self._models()
            return self._live_once(self._models)
        except RehabgamesError as error:
            return error
        except Exception as error:  # whatever it is, whoever waits for frames has to hear of it
            what = f"The tracking process cannot be started: {type(error).__name__}: {error}"
            return TrackerError(what.splitlines()[0].rstrip(".:") + ".", _UNGUARDED)

    def _live_once(self, models: ModelPaths) -> Failed | str | None:
        """Failed or how the child broke off; None at the source's end and after stop."""
        if self._opened is not None and not self._opened.live:
            self._ledger.seen = self._next_index  # pictures that were seen but not handed over come again
        start_index = int(self._ledger.seen)
        job = Job(
            self._spec,
            models,
            self._every_frame,
            start_index,
            self._ledger,
            self._picture,
            self._view,
            self._count_people,
            self._keeps,
            self._known,
            self._most_fps,
            self._processors,
            self._confirmed,
            again=self._opened is not None,
        )
        life = self._life = Life(job)
        came_of_it = None
        try:
            came_of_it = life.hear(self._hear, lambda: self._stopping.is_set() or self._turning.is_set())
        finally:
            self._life = None
            if isinstance(came_of_it, str):
                life.kill()
            else:
                life.end()
        return came_of_it if isinstance(came_of_it, Failed | str) else None

    def _goes_on(self, came_of_it: RehabgamesError | Failed | str, restarts: Restarts) -> bool:
        """Whether another child is to be started."""
        if isinstance(came_of_it, RehabgamesError):
            self._fail(came_of_it)
            return False
        if isinstance(came_of_it, Failed):
            error = came_of_it.error()
            why = error.what.removesuffix(".")
        else:
            why = came_of_it
            error = TrackerError(
                f"Tracking failed: {why}.", "Start again; if it stays, run 'rehabgames doctor'."
            )
        mendable = self._opened is not None and isinstance(error, CameraError | TrackerError)
        if not mendable or not restarts.allowed(time.monotonic()):
            self._fail(error)
            return False
        self._tell(TrackingTrouble(f"Tracking is started again: {why}."))
        return True

    def _hear(self, report: Report) -> None:
        with self._change:
            match report:
                case PoseFrame():
                    self._receive(report)
                case Opened():
                    self._opened = report
                case Recognised():
                    self._known = report.known
                case Trouble():
                    self._troubles.append(TrackingTrouble(report.what, code=report.code))
            self._change.notify_all()

    def _receive(self, frame: PoseFrame) -> None:
        self._next_index = frame.index + 1
        self._bodies += frame.has_body
        if not self._every_frame:
            self._ledger.taken += 1
            self._overtaken += len(self._frames)
            self._frames.clear()
        self._frames.append(frame)

    def _fail(self, error: RehabgamesError) -> None:
        with self._change:
            self._error = error
            self._troubles.append(TrackingTrouble(error.what, fatal=True, code=error.code))
            self._change.notify_all()

    def _tell(self, trouble: TrackingTrouble) -> None:
        with self._change:
            self._troubles.append(trouble)
            self._change.notify_all()
