"""Independent parts of a benchmark side by side, one process each; any number of them gives the same results.

Every part runs in a process of its own with one thread for linear algebra, also where there is only one
worker, because sums that are shared out to threads come out differently in their last digits.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from typing import Final, TypeVar

T = TypeVar("T")
Progress = Callable[[int, int], None]  # parts that are done, and all of them

THREADS: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
MOST: Final = 61  # processes that Windows can wait for


def side_by_side(
    parts: Sequence[Callable[[], T]], workers: int | None = None, progress: Progress | None = None
) -> list[T]:
    """What each part returned, in their order. Parts and results go through pickle.

    workers: None for as many as this process may use cores. Raises what a part raises, and ValueError
    for fewer than one worker.
    """
    if workers is not None and workers < 1:
        raise ValueError(f"{workers} workers do no work")
    most = min(MOST, len(parts), workers or cores())
    if not parts:
        return []
    with _one_thread(), _pool(most) as pool:
        running = [pool.submit(part) for part in parts]
        for done, future in enumerate(as_completed(running), 1):
            future.result()
            if progress is not None:
                progress(done, len(parts))
        return [future.result() for future in running]


def cores() -> int:
    """That this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that begin anew, as they do on every system; what is not begun when it fails never is."""
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_begun)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begun() -> None:
    """In each worker: Ctrl-C is for the process that waits for the results, and so is the terminal, which
    MediaPipe would write to past Python. Without that process there is nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _one_thread() -> Iterator[None]:
    """For linear algebra in processes that begin inside this block."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
