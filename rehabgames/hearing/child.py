"""The listening process. What it hears lives for two seconds in its memory and nowhere else; what it tells
the game is whether it hears, and how often it heard the word."""

from __future__ import annotations

import ctypes
import os
import time
from typing import Any, Final

from rehabgames.core.errors import RehabgamesError
from rehabgames.processes import settle_in

BEGINS, HEARS, MUTE, GONE = range(4)  # its state
MUTE_S: Final = 5.0  # a microphone that is on is never quite still for so long
READ_S: Final = 0.2


class Ledger(ctypes.Structure):
    """What both processes see. why: one sentence, where it is GONE."""

    _fields_ = (
        ("state", ctypes.c_int),
        ("heard", ctypes.c_int),
        ("beat_s", ctypes.c_double),
        ("why", ctypes.c_char * 400),
    )


def run_listener(ledger: Any) -> None:
    """Main function of the listening process. Does not return: native libraries are not unwound."""
    settle_in()
    try:
        _listen(ledger)
    except RehabgamesError as error:
        why = str(error)
    except BaseException as error:
        why = f"{type(error).__name__}: {error}."
    ledger.why = why.encode()[:399]
    ledger.state = GONE
    os._exit(0)


def _listen(ledger: Any) -> None:
    from rehabgames.hearing.microphone import Microphone  # noqa: PLC0415 - after the terminal is silenced
    from rehabgames.hearing.spotter import Spotter  # noqa: PLC0415

    spotter = Spotter()
    with Microphone() as microphone:
        sound_s = time.monotonic()
        while True:
            sound = microphone.read(READ_S)
            ledger.beat_s = now_s = time.monotonic()
            if sound.strip(b"\0"):
                sound_s = now_s
            ledger.state = HEARS if now_s - sound_s < MUTE_S else MUTE
            if sound and spotter.hears(sound):
                ledger.heard += 1
