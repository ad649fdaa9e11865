"""A process that works for the game and may be killed at any time: how it begins, and how it is told of."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait as wait_for_any
from multiprocessing.process import parent_process


def settle_in() -> None:
    """To be called first in a child: it never writes to the terminal, ignores Ctrl-C (its parent decides) and
    goes when its parent goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _silence()
    threading.Thread(target=_follow_parent, daemon=True).start()


def _silence() -> None:
    """Native libraries write to the terminal past Python; the game owns the terminal."""
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


@contextmanager
def no_interrupt() -> Iterator[None]:
    """A new process inherits that Ctrl-C waits, until it has made itself deaf to it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def signal_name(exit_code: int) -> str:
    """ "SIGKILL", "exit code 1"."""
    if exit_code < 0:
        try:
            return signal.Signals(-exit_code).name
        except ValueError:
            return f"signal {-exit_code}"
    return f"exit code {exit_code}"
