"""Processors: on a small machine the network that follows the body has one to itself, the game the others.

MediaPipe works on a picture with several threads in turn. Where these wander, each hand-over wakes up a
processor that sleeps, and whoever paints beside is put before them now and then: on two processors that takes
7 to 20 of 100 pictures. As soon as others use that processor too, the system decides again who runs where.
Linux alone lets a program choose; everywhere else nothing happens.
"""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

FEWEST, MOST = 2, 4  # on more there is room, and they are not all as fast
OTHERS: Final = 0.2  # share of the processor that others may take
CHECKED_S: Final = 1.0
AGAIN_S: Final = 30.0  # after others took it
_elsewhere: frozenset[int] = frozenset()  # where threads run that are not kept to one; none: all


def shared_out() -> frozenset[int]:
    """The processors of this process, where the tracking process is to have one to itself; else none."""
    if sys.platform != "linux":
        return frozenset()
    found = frozenset(os.sched_getaffinity(0))
    return found if FEWEST <= len(found) <= MOST else frozenset()


@contextmanager
def elsewhere() -> Iterator[None]:
    """This thread, and those that it starts meanwhile, keep off the processor that is kept for others."""
    if sys.platform != "linux" or not _elsewhere:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, _elsewhere)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def elsewhere_from_now_on() -> None:
    """As `elsewhere`, for a thread that does nothing else."""
    if sys.platform == "linux" and _elsewhere:
        os.sched_setaffinity(0, _elsewhere)


class OneProcessor:
    """Keeps this process's main thread, and what it starts, to one of `processors`, all else off that one;
    no processors: it does nothing. Which one, `ledger` tells the game, that keeps off it."""

    def __init__(self, processors: frozenset[int], ledger: Any) -> None:
        self._processors = processors
        self._ledger = ledger
        self._threads: list[int] = [os.getpid()]
        self._before: tuple[float, dict[int, float], float] | None = None  # when, busy, own, at the last look
        self._checked_s = self._left_s = -math.inf

    def keep(self) -> None:
        """Best on the one that the game leaves free already."""
        if self._processors:
            free = self._processors - frozenset(os.sched_getaffinity(0))
            self._take(max(free or self._processors))  # the first one answers the machine's own calls

    def check(self) -> None:
        """To be called often; looks once a second."""
        now_s = time.monotonic()
        if not self._processors or now_s - self._checked_s < CHECKED_S:
            return
        self._checked_s = now_s
        kept = self._ledger.processor - 1
        if kept >= 0:
            self._threads = [each for each in _threads() if _where(each) == {kept}]
        busy_s, own_s = _busy_s(), _threads_s(self._threads)
        before, self._before = self._before, (now_s, busy_s, own_s)
        if before is None:
            return
        spent_s = {each: busy_s.get(each, 0.0) - before[1].get(each, 0.0) for each in self._processors}
        if kept < 0:
            if now_s - self._left_s >= AGAIN_S:
                self._take(min(spent_s, key=lambda each: spent_s[each]))
        elif spent_s[kept] - (own_s - before[2]) > OTHERS * (now_s - before[0]):
            self._leave(now_s)

    def _take(self, processor: int) -> None:
        self._move_others(self._processors - {processor})
        _move(self._threads, frozenset({processor}))
        self._ledger.processor = processor + 1
        self._before = None

    def _leave(self, now_s: float) -> None:
        self._move_others(self._processors)
        _move(self._threads, self._processors)
        self._ledger.processor = 0
        self._left_s = now_s

    def _move_others(self, processors: frozenset[int]) -> None:
        global _elsewhere  # noqa: PLW0603 - where a process may run is the process's own
        _elsewhere = processors
        _move(set(_threads()) - set(self._threads), processors)


class OffProcessor:
    """Keeps this process off the processor that the tracking process has taken; `end` undoes it."""

    def __init__(self, processors: frozenset[int]) -> None:
        self._processors = processors
        self._off = -1

    def keep(self, processor: int) -> None:
        """-1: there is none."""
        if not self._processors or processor == self._off:
            return
        self._off = processor
        _move(_threads(), self._processors - {processor})

    def end(self) -> None:
        self.keep(-1)


def _threads() -> list[int]:
    with suppress(OSError):
        return [int(each.name) for each in Path("/proc/self/task").iterdir()]
    return []


def _where(thread: int) -> set[int]:
    if sys.platform == "linux":
        with suppress(OSError):  # it has ended
            return os.sched_getaffinity(thread)
    return set()


def _move(threads: Iterable[int], processors: frozenset[int]) -> None:
    if sys.platform == "linux":
        for each in threads:
            with suppress(OSError):  # it has ended
                os.sched_setaffinity(each, processors)


def _busy_s() -> dict[int, float]:
    """Of each processor; empty where the system does not tell."""
    found: dict[int, float] = {}
    with suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/stat").read_text("ascii", "replace").splitlines()[1:]:
            name, *ticks = line.split()
            if not name.startswith("cpu"):
                break
            user, nice, system, _idle, _waits, irq, softirq = (int(each) for each in ticks[:7])
            found[int(name[3:])] = (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")
    return found


def _threads_s(threads: Iterable[int]) -> float:
    """Processor time of these threads of this process."""
    ticks = 0
    for each in threads:
        with suppress(OSError, ValueError, IndexError):
            told = Path(f"/proc/self/task/{each}/stat").read_text("ascii", "replace").rpartition(")")[2]
            ticks += sum(int(part) for part in told.split()[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")
