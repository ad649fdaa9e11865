"""Aside: gathers what is told at the end of a visit in a process of its own.

To measure a session takes seconds, and the loop waits for nothing. The process gives way to others, writes
nothing, and goes when its parent goes. What is heavy is imported when it is first asked.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rehabgames.processes import no_interrupt, settle_in

if TYPE_CHECKING:
    from rehabgames.app.gains import Past
    from rehabgames.core.player import Player
    from rehabgames.visit.today import Told

SAVED_WITHIN_S: Final = 5.0  # the last document of a session that has ended is on disk by then
LOOK_S: Final = 0.05
NICE: Final = 10  # where others want the processor, too, it gets a tenth of what they do: some, and little


@dataclass(frozen=True, slots=True)
class Asked:
    """What is told of a player. now: when the visit began, with its zone; ended: sessions whose end has to be
    on disk before; number: counts what was asked."""

    number: int
    player: Player
    now: datetime
    ended: tuple[str, ...]


class Aside:
    """`ask`, then look at `told` now and then; neither waits. `close` it in the end."""

    def __init__(self, folder: Path) -> None:
        """folder: of the record."""
        context = get_context("spawn")
        self._asks, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=run_aside, args=(folder, theirs), name="rehabgames telling", daemon=True
        )
        with suppress(OSError), no_interrupt():  # where it cannot begin, nothing is told
            self._process.start()
        theirs.close()
        self._number = 0
        self._told: Told | None = None

    def ask(self, player: Player, now: datetime, ended: tuple[str, ...] = ()) -> None:
        """What was told before is told no more."""
        self._number, self._told = self._number + 1, None
        with suppress(OSError):
            self._asks.send(Asked(self._number, player, now, ended))

    def told(self) -> Told | None:
        """The newest answer to what was asked last, None while there is none."""
        with suppress(OSError, EOFError):
            while self._asks.poll():
                number, known = self._asks.recv()
                if number == self._number:
                    self._told = known
        return self._told

    def close(self) -> None:
        self._asks.close()
        if self._process.pid is not None:
            self._process.kill()  # it writes nothing
            self._process.join()


def run_aside(folder: Path, asks: Connection) -> None:
    """Main function of the process."""
    settle_in()
    if hasattr(os, "nice"):
        os.nice(NICE)
    past: Past | None = None
    with suppress(EOFError, OSError):  # nobody listens any more
        while True:
            asked = asks.recv()
            if not asks.poll():  # else there is something newer
                past = past or _past(folder)
                _answer(past, asked, asks)


def _past(folder: Path) -> Past:
    from rehabgames.app.gains import Past  # noqa: PLC0415
    from rehabgames.records.store import Store  # noqa: PLC0415

    return Past(Store(folder))


def _answer(past: Past, asked: Asked, asks: Connection) -> None:
    """Until something newer is asked. What cannot be told ends no visit: then nothing is."""
    with suppress(Exception):
        _wait(past, asked.ended)
        for known in past.told(asked.player, asked.now):
            asks.send((asked.number, known))
            if asks.poll():
                return
        for _ in past.ahead(asked.player, asked.now):
            if asks.poll():
                return


def _wait(past: Past, ended: tuple[str, ...]) -> None:
    """Until the ends of these sessions are on disk."""
    until_s = time.monotonic() + SAVED_WITHIN_S
    while ended and time.monotonic() < until_s:
        status = {row.id: row.status for row in past.store.sessions()}
        if all(status.get(each, "running") != "running" for each in ended):
            return
        time.sleep(LOOK_S)
