"""The tracking loop: one picture after the other, in the tracking process.

Where hands are wanted they are looked for on a thread of their own, while the body of the next picture is
tracked: the two networks take the time of one.
"""

from __future__ import annotations

import math
import os
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rehabgames.core.errors import CameraError
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import View
from rehabgames.signals.identity import Known
from rehabgames.tracking.opening import open_source
from rehabgames.tracking.pacing import Rate
from rehabgames.tracking.processors import OneProcessor, elsewhere_from_now_on
from rehabgames.tracking.reports import LOADING, OPENING, PICTURE, Job, Recognised, Report, Trouble, hands_of
from rehabgames.tracking.sources import CameraPicture, Source

if TYPE_CHECKING:
    from rehabgames.tracking.detector import Begun, Detector

CREDIT: Final = 8  # frames that may be under way to the parent
CREDIT_CHECK_S: Final = 0.002
AGAIN_S: Final = 0.15  # between two tries to open a camera that was unplugged
MEMORY_EVERY_S: Final = 1.0


class Reports:
    """The way to the game, for several threads."""

    def __init__(self, to_game: Connection) -> None:
        self._to_game = to_game
        self._lock = threading.Lock()

    def send(self, report: Report) -> None:
        with self._lock:
            self._to_game.send(report)


def awaited(job: Job, reports: Reports, error: CameraError | None = None) -> Source | None:
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
    return Trouble(f"{error.what} It is waited for.", error.code)


class TrackingLoop:
    """One picture after the other, until the source ends or the parent says stop.

    place: where it runs
    confirmed: how often somebody was before this process began, and so is not whoever it sees first.
    """

    def __init__(
        self,
        job: Job,
        reports: Reports,
        source: Source,
        detector: Detector,
        *,
        place: OneProcessor,
        confirmed: int,
    ) -> None:
        self._job = job
        self._ledger = job.ledger
        self._reports = reports
        self._source = source
        self._detector = detector
        self._stale_told = False
        self._offset = 0  # index of a reopened camera's first picture
        self._confirmed = confirmed
        self._place = place
        self._known: Known | None = job.known
        self._rate = Rate(job.most_fps)
        self._weighed_s = -math.inf
        self._hands = ThreadPoolExecutor(1, "hands", elsewhere_from_now_on)
        self._wanted = -1  # whose hands, as the ledger had it when it was looked at
        self._under_way: Future[None] | None = None  # the picture whose hands are looked for now

    def run(self) -> None:
        while not self._ledger.stop:
            self._ledger.beat_s = time.monotonic()
            view = self._job.view.get()
            if view is not None:
                self._see(view)
            picture = self._read()
            if picture is None:
                self._finished()
                return
            self._ledger.beat_s = time.monotonic()
            self._ledger.dropped += max(0, picture.index - self._ledger.seen)
            self._ledger.seen = picture.index + 1
            if not self._rate.wanted(picture.t_s):
                self._ledger.passed += 1
                continue
            self._track(picture)
            self._weigh()
            self._place.check()

    def _see(self, view: View) -> None:
        self._source.see(view)
        if view.confirmed > self._confirmed:
            self._detector.confirm()
        self._confirmed = max(self._confirmed, view.confirmed)  # an older view confirms nobody anew

    def _tell_known(self) -> None:
        """What is known of the patient outlives this process, or its end would let anybody take over."""
        known = self._detector.known
        if known is not None and (self._known is None or known.clothing is not self._known.clothing):
            self._known = known
            self._reports.send(Recognised(known))

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
        source = awaited(self._job, self._reports, error)
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
        self._hands.shutdown()
        self._source.close()

    def _track(self, picture: CameraPicture) -> None:
        if not picture.fresh:
            self._finished()
            self._pass_on(self._stale(picture), picture)
            return
        self._stale_told = False
        self._want_hands()
        begun = self._detector.begin(picture.bgr, picture.t_s, picture.index)
        self._tell_known()
        self._finished()
        if not self._detector.finds_hands:
            self._finish(begun, picture)
        else:
            self._under_way = self._hands.submit(self._finish, begun, picture)
            if self._job.every_frame:
                self._finished()

    def _want_hands(self) -> None:
        if self._ledger.hands != self._wanted:
            self._wanted = self._ledger.hands
            self._finished()
            self._ledger.awaits = LOADING
            try:
                self._detector.want(hands_of(self._wanted))
            finally:
                self._ledger.awaits = 0

    def _finished(self) -> None:
        """Waits for the picture before; raises what went wrong with it."""
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            under_way.result()

    def _finish(self, begun: Begun, picture: CameraPicture) -> None:
        frame = self._detector.finish(begun)
        if frame.has_body:
            self._ledger.tracked += 1
        if self._source.live:
            frame = replace(frame, tracked_s=time.monotonic())
        self._pass_on(frame, picture)

    def _pass_on(self, frame: PoseFrame, picture: CameraPicture) -> None:
        self._job.picture.put(picture.bgr)
        self._hand_over(frame)

    def _stale(self, picture: CameraPicture) -> PoseFrame:
        if not self._stale_told:
            self._reports.send(
                Trouble("The camera shows the same picture all the time; it may be covered or unplugged.")
            )
        self._stale_told = True
        height, width = picture.bgr.shape[:2]
        return PoseFrame(picture.t_s, picture.index, (width, height), fresh=False)

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


def memory_mb() -> float:
    """Of this process, MB, without what it maps of files, which the system takes back when needed; 0 where
    the system does not tell."""
    try:
        resident, of_files = Path("/proc/self/statm").read_text("ascii").split()[1:3]
        return (int(resident) - int(of_files)) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, ValueError, IndexError):
        return 0.0
