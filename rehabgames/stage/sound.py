"""Sounds: short warm tones in D major pentatonic, made with numpy; no sound card is no error."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pygame

RATE: Final = 44100
_D4 = 293.665
_STEPS = {"D": 0, "E": 2, "F": 4, "A": 7, "B": 9}
_PEAK = 0.32
_GAP_S = 0.12

# kind: (loudness, notes as (start_s, note, octave, length_s))
Note = tuple[float, str, int, float]
CUES: Final[dict[str, tuple[float, tuple[Note, ...]]]] = {
    "appear": (0.55, ((0.0, "A", 0, 0.45), (0.07, "D", 1, 0.5))),
    "pick": (0.85, ((0.0, "D", 1, 0.35), (0.09, "F", 1, 0.35), (0.18, "A", 1, 0.6))),
    "place": (1.0, ((0.0, "D", 0, 1.1), (0.08, "F", 0, 1.0), (0.16, "A", 0, 0.9), (0.26, "D", 1, 0.9))),
    "miss": (0.3, ((0.0, "D", -1, 0.5),)),
    "calibrated": (0.8, ((0.0, "A", 0, 0.5), (0.14, "B", 0, 0.5), (0.28, "D", 1, 0.8))),
    "pause": (0.5, ((0.0, "A", 0, 0.4), (0.16, "D", 0, 0.7))),
    "resume": (0.5, ((0.0, "D", 0, 0.4), (0.16, "A", 0, 0.7))),
    "done": (
        1.0,
        ((0.0, "D", 0, 1.8), (0.2, "F", 0, 1.6), (0.4, "A", 0, 1.5), (0.6, "D", 1, 1.6), (0.8, "F", 1, 1.6)),
    ),
}


def _tone(hz: float, length_s: float) -> npt.NDArray[np.float64]:
    """A soft struck bar: three partials, 12 ms in, decaying, 40 ms out."""
    n = int(length_s * RATE)
    t = np.arange(n) / RATE
    wave = (
        np.sin(2 * np.pi * hz * t) * np.exp(-3.2 * t / length_s)
        + 0.28 * np.sin(4 * np.pi * hz * t) * np.exp(-6.0 * t / length_s)
        + 0.08 * np.sin(6 * np.pi * hz * t) * np.exp(-10.0 * t / length_s)
    )
    ramp_in, ramp_out = int(0.012 * RATE), int(0.04 * RATE)
    wave[:ramp_in] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(ramp_in) / ramp_in)
    wave[-ramp_out:] *= 0.5 + 0.5 * np.cos(np.pi * (np.arange(ramp_out) + 1) / ramp_out)
    return np.asarray(wave)


def waveform(kind: str) -> npt.NDArray[np.int16]:
    """(n, 2) stereo samples at 44.1 kHz of a cue; its peak is `loudness` of a common level.

    Raises KeyError where there is no such cue.
    """
    loudness, notes = CUES[kind]
    whole = np.zeros(int(max(start + length for start, _, _, length in notes) * RATE) + 1)
    for start_s, note, octave, length_s in notes:
        tone = _tone(_D4 * 2 ** (octave + _STEPS[note] / 12), length_s)
        at = int(start_s * RATE)
        whole[at : at + len(tone)] += tone
    whole *= _PEAK * loudness / np.abs(whole).max()
    return np.repeat((whole * 32767).astype(np.int16)[:, None], 2, axis=1)


class Sounds:
    """Plays cues; silent where the machine has no sound."""

    def __init__(self, notes: list[str]) -> None:
        self._sounds: dict[str, pygame.mixer.Sound] = {}
        self._last: dict[str, float] = {}
        try:
            pygame.mixer.init(RATE, -16, 2, 512, allowedchanges=0)
            for kind in CUES:
                self._sounds[kind] = pygame.mixer.Sound(buffer=waveform(kind).tobytes())
        except (pygame.error, NotImplementedError):
            self._sounds = {}
            notes.append("No sound can be played on this machine; the game goes on in silence.")

    def play(self, kind: str, where: float, now_s: float) -> None:
        """`where` 0 is the left edge of the play area, 1 the right; a cue is not repeated at once."""
        sound = self._sounds.get(kind)
        if sound is None or 0 <= now_s - self._last.get(kind, -1e9) < _GAP_S:
            return
        self._last[kind] = now_s
        channel = sound.play()
        if channel is not None:
            left, right = pan(where)
            channel.set_volume(left, right)

    def close(self) -> None:
        pygame.mixer.quit()


def pan(where: float) -> tuple[float, float]:
    """Loudness (left, right) of equal power, never quite silent on one side."""
    k = 0.12 + 0.76 * min(1.0, max(0.0, where))
    return float(np.cos(k * np.pi / 2)), float(np.sin(k * np.pi / 2))
