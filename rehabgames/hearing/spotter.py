"""Spotter: hears the word "stop" where it is said alone. Offline; what was heard is forgotten after 2 s."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rehabgames.content.root import assets_folder
from rehabgames.core.errors import MachineError
from rehabgames.hearing.shape import FRAMES, HOP, RATE, WINDOW, bands, word_began

WORD: Final = "stop"
AROUND: Final = 10  # frames before the word that the recogniser hears, too
AGAIN_S: Final = 3.0  # who says it several times means it once
INSTALL: Final = "Run: pip install 'rehabgames[voice]'"


class Spotter:
    """What is built like the word is given to pocketsphinx, which says whether it is that one or another.
    Raises MachineError where it is not installed."""

    def __init__(self) -> None:
        try:
            from pocketsphinx import Decoder  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise MachineError("pocketsphinx is not installed.", INSTALL) from error
        folder = assets_folder() / "hearing"
        self._decoder: Any = Decoder(
            dict=str(folder / "stop.dict"), jsgf=str(folder / "stop.gram"), loglevel="FATAL"
        )
        self._sound = np.zeros(FRAMES * HOP + WINDOW, np.float32)
        self._bands = np.zeros((FRAMES, 3), np.float32)
        self._rest = np.zeros(0, np.float32)  # less than a frame
        self._frames = 0  # so far
        self._deaf_until = FRAMES

    def hears(self, sound: bytes) -> bool:
        """sound: what came next, int16 at RATE Hz, of any length. Whether the word has just ended in it."""
        new = np.concatenate([self._rest, np.frombuffer(sound, np.int16).astype(np.float32)])
        whole = len(new) // HOP * HOP
        self._rest = new[whole:]
        return sum(self._frame(new[at : at + HOP]) for at in range(0, whole, HOP)) > 0

    def _frame(self, new: npt.NDArray[np.float32]) -> bool:
        self._sound = np.concatenate([self._sound[HOP:], new])
        self._bands = np.concatenate([self._bands[1:], bands(self._sound[-WINDOW:])])
        self._frames += 1
        if self._frames < self._deaf_until:
            return False
        began = word_began(self._bands)
        heard = began is not None and self._recognised(self._sound[-(began + AROUND) * HOP :])
        if heard:
            self._deaf_until = self._frames + round(AGAIN_S * RATE / HOP)
        return heard

    def _recognised(self, sound: npt.NDArray[np.float32]) -> bool:
        self._decoder.start_utt()
        self._decoder.process_raw(sound.astype(np.int16).tobytes(), full_utt=True)
        self._decoder.end_utt()
        best = self._decoder.hyp()
        return best is not None and best.hypstr == WORD
