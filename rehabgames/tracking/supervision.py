"""One life of the tracking process: start it, hear it, notice that it died or hangs, end it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import wait as wait_for_any
from pathlib import Path
from typing import Any, Final, cast

from rehabgames.core.pose import PoseFrame
from rehabgames.processes import no_interrupt, signal_name
from rehabgames.tracking.child import run_child
from rehabgames.tracking.processors import OffProcessor
from rehabgames.tracking.reports import LOADING, OPENING, PICTURE, Ended, Failed, Job, Opened, Report

STARTING_S: Final = 30.0  # longest silence until the source is open, or open again
SILENT_S: Final = 0.8  # longest silence after that, over one picture
FILE_S: Final = 5.0  # and of a file: nobody waits in front of it, and its pictures may be large
CAMERA_S: Final = 3.0  # longest wait for a picture: some cameras look for focus and light for a second or two
LOADS_S: Final = 5.0  # a network: half a second of work, where nobody else wants the processor
WAITS_S: Final = {PICTURE: CAMERA_S, OPENING: STARTING_S, LOADING: LOADS_S}
DOUBT_S: Final = 0.3  # from so much silence on it is looked whether others keep it from running
STARVED_S: Final = 2.0  # and what it gets more for that, at most
STOPPED_S: Final = 0.5  # of a process that the system says is stopped
TICK_S: Final = 0.1
GOODBYE_S: Final = 1.5  # for closing camera and models before it is killed
GROWN_MB: Final = 200.0  # since its first picture: it leaks, and is replaced when nothing is lost by it
MOST_GROWN_MB: Final = 400.0  # and at once
_ASLEEP_S: Final = 0.4  # this process itself slept: whatever is silent gets its time anew


class Life:
    """A running child. `hear` tells what came of it; `end` leaves no process behind.

    calm: nothing is lost if it is replaced now; to be set by who knows
    """

    def __init__(self, job: Job) -> None:
        context = get_context("spawn")
        self._ledger = job.ledger
        self.calm = False
        self._looked: tuple[float, float] | None = None  # when, and how long it had run
        self._starved_s = 0.0  # while it was silent
        self._ledger.sent = self._ledger.taken = self._ledger.awaits = 0
        self._ledger.first_mb = self._ledger.memory_mb = 0.0
        self._ledger.processor = 0
        self._place = OffProcessor(job.processors)
        self._ledger.beat_s = time.monotonic()
        self._reports, child_end = context.Pipe(duplex=False)
        self.process = context.Process(
            target=run_child, args=(job, child_end), name="rehabgames tracking", daemon=True
        )
        try:
            with no_interrupt():
                self.process.start()
        except BaseException:
            self._reports.close()
            raise
        finally:
            child_end.close()

    @property
    def pid(self) -> int | None:
        return self.process.pid

    def hear(
        self, tell: Callable[[Report], None], stopping: Callable[[], bool]
    ) -> Ended | Failed | str | None:
        """Pass on what the child reports until it ends.

        Returns Ended, Failed, a few words on how it broke off, or None where it is `stopping`.
        """
        opened: Opened | None = None
        awake_s = looked_s = time.monotonic()
        while not stopping():
            ready = wait_for_any([cast(Any, self._reports), self.process.sentinel], timeout=TICK_S)
            now_s = time.monotonic()
            if now_s - looked_s > _ASLEEP_S:
                awake_s = now_s
            self._place.keep(self._ledger.processor - 1)
            looked_s = now_s
            if self._reports in ready:
                report = self._next_report()
                if report is None:
                    return self._last_words()
                if isinstance(report, Ended | Failed):
                    return report
                opened = report if isinstance(report, Opened) else opened
                tell(report)
            elif ready:
                return self._last_words()
            elif self._hangs(now_s - max(awake_s, self._ledger.beat_s), opened):
                return "it did not answer any more"
            if self._leaks():
                return "it took more and more memory"
        return None

    def _hangs(self, silent_s: float, opened: Opened | None) -> bool:
        longest_s = STARTING_S
        if opened is not None:
            over_one_s = SILENT_S if opened.live else FILE_S
            longest_s = WAITS_S.get(self._ledger.awaits, over_one_s)
        return silent_s > longest_s + self._kept_from_running_s(silent_s) or (
            silent_s > STOPPED_S and _is_stopped(self.pid)
        )

    def _kept_from_running_s(self, silent_s: float) -> float:
        """By others, while it was silent."""
        if silent_s < DOUBT_S:
            self._looked, self._starved_s = None, 0.0
            return 0.0
        now_s, (wants, ran_s) = time.monotonic(), run_of(self.pid)
        if self._looked is not None:
            gap_s = now_s - self._looked[0]
            if wants and ran_s - self._looked[1] < 0.5 * gap_s:
                self._starved_s += gap_s
        self._looked = now_s, ran_s
        return min(STARVED_S, self._starved_s)

    def _leaks(self) -> bool:
        grown_mb = self._ledger.memory_mb - self._ledger.first_mb
        return bool(grown_mb > (GROWN_MB if self.calm else MOST_GROWN_MB))

    def end(self) -> None:
        """Let it say goodbye, else kill it; bounded by about 4 s."""
        self._place.end()
        self._ledger.stop = 1
        self._drain(GOODBYE_S)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(2.0)
        self._ledger.stop = 0
        self._reports.close()
        if not self.process.is_alive():
            self.process.close()

    def kill(self) -> None:
        """For a child that broke off: nothing is expected of it any more."""
        if self.process.is_alive():
            self.process.kill()
        self.end()

    def _next_report(self) -> Report | None:
        try:
            report: Report = self._reports.recv()
        except (EOFError, OSError):
            return None
        return report

    def _drain(self, longest_s: float) -> None:
        """A child that is about to send must not wait for us."""
        deadline_s = time.monotonic() + longest_s
        open_end = True
        while self.process.is_alive() and (left_s := deadline_s - time.monotonic()) > 0:
            watched = [self.process.sentinel, *([cast(Any, self._reports)] if open_end else [])]
            if self._reports in wait_for_any(watched, timeout=left_s):
                report = self._next_report()
                open_end = report is not None
                self._ledger.taken += isinstance(report, PoseFrame)
        self.process.join(0.1)

    def _last_words(self) -> str:
        self.process.join(1.0)
        code = self.process.exitcode
        return f"it broke off with {signal_name(code)}" if code is not None else "it stopped reporting"


def _is_stopped(pid: int | None) -> bool:
    """By a signal, and not scheduled again; False where the system does not tell."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return False
    return told.rpartition(")")[2].split()[:1] == ["T"]


def run_of(pid: int | None) -> tuple[bool, float]:
    """Whether any of its threads runs or could, if it had a processor; and how long all of them have run, s.
    False and 0 where nobody tells. How long a thread has stood in line the system tells only afterwards."""
    wants, ran_ns = False, 0
    with suppress(OSError, IndexError, ValueError):  # threads go while they are counted
        for task in Path(f"/proc/{pid}/task").iterdir():
            ran_ns += int((task / "schedstat").read_text("ascii").split()[0])
            wants |= (task / "stat").read_text("ascii", "replace").rpartition(")")[2].split()[:1] == ["R"]
    return wants, ran_ns / 1e9
