"""Bounded: runs somebody else's code aside, and does not wait for it longer than a picture can wait."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any, Final

LONGEST_S: Final = 0.5  # the shipped adapters take under a thousandth of it


class Bounded:
    """Call it with a piece of work: gives what the work gives, raises what it raises (RuntimeError for what
    would end the program), and TimeoutError where it takes over LONGEST_S. It must not be called again after
    that: the thread is still busy.

    Python code that hangs slows the program, but no longer stops it; a library of machine code that never
    gives the interpreter free still would.
    """

    def __init__(self, longest_s: float = LONGEST_S) -> None:
        self._longest_s = longest_s
        self._work: queue.SimpleQueue[Callable[[], Any]] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[tuple[Any, BaseException | None]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def __call__(self, work: Callable[[], Any]) -> Any:
        if self._thread is None:
            # a daemon: a program that ends does not wait for what hangs
            self._thread = threading.Thread(target=self._serve, name="plug-in", daemon=True)
            self._thread.start()
        self._work.put(work)
        try:
            given, raised = self._done.get(timeout=self._longest_s)
        except queue.Empty:
            raise TimeoutError(f"no answer within {self._longest_s} s") from None
        if isinstance(raised, Exception):
            raise raised
        if raised is not None:  # SystemExit and its like would end the program
            raise RuntimeError(f"it asked to end the program: {raised!r}") from raised
        return given

    def _serve(self) -> None:
        while True:
            work = self._work.get()
            try:
                self._done.put((work(), None))
            except BaseException as error:  # a plug-in may raise anything, also SystemExit
                self._done.put((None, error))
