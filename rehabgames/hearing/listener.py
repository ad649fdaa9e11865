"""Listener: the microphone and the recogniser in a child process, seen from the game, which never waits."""

from __future__ import annotations

import atexit
import time
from importlib.util import find_spec
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import RawValue
from types import TracebackType
from typing import Any, Final, Self

from rehabgames.core.inputs import HearingTrouble, Stop
from rehabgames.core.player import Comfort
from rehabgames.hearing.child import BEGINS, GONE, HEARS, MUTE, Ledger, run_listener
from rehabgames.processes import no_interrupt, signal_name

BEGINNING_S: Final = 30.0  # longest silence until it listens
SILENT_S: Final = 2.0  # and after that
ASLEEP_S: Final = 0.4  # this process itself slept: the child gets its time anew
NO_MORE: Final = "The word 'stop' is not listened for any more"
MUTED: Final = "The microphone gives no sound, so the word 'stop' cannot be heard: is it switched off?"


def recogniser_here() -> bool:
    """Whether it is installed."""
    return find_spec("pocketsphinx") is not None


class Listener:
    """Listens for the word "stop" while it is on. Without a microphone or a recogniser, and when its process
    dies or hangs, it is deaf, which `poll` tells once; nothing here waits. always: whoever plays."""

    def __init__(self, *, always: bool = False) -> None:
        self._always = always
        self._on = False
        self._process: BaseProcess | None = None
        self._ledger: Any = None
        self._heard = 0
        self._begun_s = self._looked_s = 0.0
        self._troubles: list[HearingTrouble] = []
        self._told: set[str] = set()

    @property
    def hears(self) -> bool | None:
        """It listens now, and would hear; None while it is off."""
        return self._process is not None and self._ledger.state == HEARS if self._on else None

    @property
    def pid(self) -> int | None:
        """Of the listening process, None where there is none now."""
        return None if self._process is None else self._process.pid

    @property
    def told(self) -> tuple[str, ...]:
        """Every trouble that there was, as a sentence."""
        return tuple(sorted(self._told))

    def __enter__(self) -> Self:
        self.follow(None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def follow(self, comfort: Comfort | None) -> None:
        """Listens from now on, or not any more, as suits whoever plays; None: as it was so far. One that went
        deaf is tried again when it is switched on again."""
        if comfort is not None or self._always:
            self._listen(on=self._always or (comfort is not None and comfort.voice_stop))

    def _listen(self, *, on: bool) -> None:
        if on and not self._on:
            self._begin()
        elif not on:
            self.close()
        self._on = on

    def poll(self) -> list[Stop | HearingTrouble]:
        """What was heard, and what went wrong, since the last call."""
        found: list[Stop | HearingTrouble] = []
        if self._process is not None:
            heard = self._ledger.heard
            found += [Stop("voice")] if heard != self._heard else []
            self._heard = heard
            self._look(time.monotonic())
        found += self._troubles
        self._troubles = []
        return found

    def close(self) -> None:
        """End the process, if there is one, at once."""
        process, self._process = self._process, None
        if process is not None:
            atexit.unregister(self.close)
            process.kill()
            process.join(0.2)

    def _begin(self) -> None:
        self._ledger = RawValue(Ledger)
        self._heard, self._ledger.state = 0, BEGINS
        self._begun_s = self._looked_s = time.monotonic()
        process = get_context("spawn").Process(
            target=run_listener, args=(self._ledger,), name="rehabgames hearing", daemon=True
        )
        try:
            with no_interrupt():
                process.start()
        except Exception as error:  # deaf is no reason not to play
            self._tell(f"{NO_MORE}: {type(error).__name__}: {error}.")
            return
        self._process = process
        atexit.register(self.close)

    def _look(self, now_s: float) -> None:
        """Whether it lives and works."""
        assert self._process is not None
        if now_s - self._looked_s > ASLEEP_S:
            self._begun_s = now_s
        self._looked_s = now_s
        state, silent_s = self._ledger.state, now_s - max(self._begun_s, self._ledger.beat_s)
        if state == MUTE:
            self._tell(MUTED)
        if state == GONE:
            why = bytes(self._ledger.why).decode("utf-8", "replace")
        elif (code := self._process.exitcode) is not None:
            why = f"it broke off with {signal_name(code)}."
        elif silent_s > (BEGINNING_S if state == BEGINS else SILENT_S):
            why = "it did not answer any more."
        else:
            return
        self.close()
        self._tell(f"{NO_MORE}: {why}")

    def _tell(self, what: str) -> None:
        if what not in self._told:
            self._told.add(what)
            self._troubles.append(HearingTrouble(what))
