"""Microphone: the system's usual one, through SDL, which pygame brings along."""

from __future__ import annotations

import os
import queue
from types import TracebackType
from typing import Any, Final, Self

import pygame
from pygame._sdl2 import audio, sdl2

from rehabgames.core.errors import MachineError
from rehabgames.hearing.shape import RATE

CHUNK: Final = 256  # samples that come at once, 16 ms
_LONGEST: Final = 8 * RATE // CHUNK  # chunks that wait: who falls behind so far loses the oldest


class Microphone:
    """Open while it is entered; `read` what was heard since. Raises MachineError where there is none."""

    def __init__(self) -> None:
        self._heard: queue.Queue[bytes] = queue.Queue(_LONGEST)
        self._device: Any = None

    def __enter__(self) -> Self:
        if os.environ.get("SDL_AUDIODRIVER") == "dummy":
            raise MachineError("SDL_AUDIODRIVER turns the microphone off.", "Unset it.")
        try:
            sdl2.init_subsystem(sdl2.INIT_AUDIO)
            names = audio.get_audio_device_names(True)
        except (pygame.error, sdl2.error) as error:
            raise MachineError(f"No sound can be heard on this machine: {error}.", _PLUG_IN) from error
        if not names:
            raise MachineError("No microphone was found.", _PLUG_IN)
        for name in ("", names[0]):  # drivers take "" for the one that the system prefers, but for a few
            try:
                self._device = audio.AudioDevice(name, True, RATE, audio.AUDIO_S16, 1, CHUNK, 0, self._keep)
            except (pygame.error, sdl2.error) as error:
                why = str(error)
            else:
                self._device.pause(0)
                return self
        raise MachineError(f"The microphone cannot be opened: {why}.", "Allow its use to this program.")

    def read(self, longest_s: float) -> bytes:
        """(CHUNK,) int16 in the machine's order; b"" where nothing comes for so long."""
        try:
            return self._heard.get(timeout=longest_s)
        except queue.Empty:
            return b""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._device.close()

    def _keep(self, _device: object, sound: memoryview) -> None:
        """Called by SDL, from a thread of its own."""
        if self._heard.full():
            self._heard.get_nowait()
        self._heard.put_nowait(bytes(sound))


_PLUG_IN: Final = "Plug in a microphone."
