"""The tracking process: reads pictures, tracks them, sends landmarks. It can be killed at any time."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final

import numpy as np

from rehabgames.core.errors import RehabgamesError, TrackerError
from rehabgames.processes import settle_in
from rehabgames.tracking.loop import Reports, TrackingLoop, awaited
from rehabgames.tracking.opening import open_source
from rehabgames.tracking.processors import OneProcessor
from rehabgames.tracking.reports import Ended, Failed, Job, Opened, hands_of
from rehabgames.tracking.sources import CAMERA_SIZE, Source, quiet_cv2
from rehabgames.tracking.sparing import import_mediapipe

if TYPE_CHECKING:
    from rehabgames.tracking.detector import Detector

LONGEST_TEXT: Final = 1000


def run_child(job: Job, reports: Connection) -> None:
    """Main function of the tracking process. Does not return: native libraries are not unwound."""
    settle_in()
    try:
        _track_all(job, Reports(reports))
        reports.send(Ended())
    except (BrokenPipeError, ConnectionResetError):
        pass  # nobody listens any more
    except BaseException as error:
        _send_failure(reports, error)
    finally:
        reports.close()
        os._exit(0)


def _track_all(job: Job, reports: Reports) -> None:
    from rehabgames.tracking.detector import Detector  # noqa: PLC0415 - after the terminal is silenced

    quiet_cv2()
    source = None if job.again else open_source(job.spec)  # what does not open is said before models load
    import_mediapipe()
    models = job.models
    view = job.view.get()
    confirmed = max(job.confirmed, 0 if view is None else view.confirmed)
    place = OneProcessor(job.processors, job.ledger)
    place.keep()
    try:
        with Detector(
            models.pose,
            models.hand,
            hands=hands_of(job.ledger.hands),
            count_people=job.count_people,
            keeps=job.keeps,
            known=job.known,
            before=confirmed > 0,
        ) as detector:
            _warm_up(detector, source.size if source else CAMERA_SIZE)
            source = source or awaited(job, reports)
            if source is None:
                return
            _skip_to(job, source)
            reports.send(Opened(source.name, source.size, source.fps, source.total, source.live))
            loop = TrackingLoop(job, reports, source, detector, place=place, confirmed=confirmed)
            try:
                loop.run()
            finally:
                loop.close()
    finally:
        if source is not None:
            source.close()


def _warm_up(detector: Detector, size: tuple[int, int]) -> None:
    """The first detection takes long; do it before the first picture that counts."""
    width, height = size
    detector.detect(np.zeros((height, width, 3), np.uint8), float("nan"), 0)


def _skip_to(job: Job, source: Source) -> None:
    for _ in range(job.start_index):
        if job.ledger.stop or not source.skip():
            return
        job.ledger.beat_s = time.monotonic()


def _send_failure(reports: Connection, error: BaseException) -> None:
    if isinstance(error, RehabgamesError):
        said = error.what[:LONGEST_TEXT], error.next_step[:LONGEST_TEXT]
        failed = Failed(type(error), *said, error.code)
    else:
        what = f"Tracking failed: {type(error).__name__}: {error}"[:LONGEST_TEXT]
        failed = Failed(TrackerError, what, "Start again; if it stays, please report it.")
    with suppress(OSError):  # nobody listens any more
        reports.send(failed)
