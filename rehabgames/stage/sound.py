"""Sounds: short warm tones, in one pentatonic key and of one instrument for each place, made with numpy; no
sound card is no error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pygame

from rehabgames.stage.notes import once

RATE: Final = 44100
_D4 = 293.665
_STEPS = {"D": 0, "E": 2, "F": 4, "A": 7, "B": 9}
_PEAK = 0.4
POUR_LOUD: Final = 0.35
_GAP_S = 0.12
TRAVELS: Final = 0.7  # of a sound's length: then it is where it belongs


@dataclass(frozen=True, slots=True)
class Tune:
    """The key of a place, semitones from D, and its instrument: partials as (times the pitch, strength, how
    fast it fades)."""

    key: int
    partials: tuple[tuple[float, float, float], ...]


BARS: Final = ((1.0, 1.0, 3.2), (2.0, 0.28, 6.0), (3.0, 0.08, 10.0))  # softly struck bars
STRINGS: Final = ((1.0, 1.0, 4.0), (2.0, 0.5, 5.0), (3.0, 0.25, 7.0), (4.0, 0.1, 9.0))  # plucked
BELLS: Final = ((1.0, 1.0, 2.2), (2.76, 0.22, 5.0), (5.4, 0.06, 9.0))  # of glass
WOOD: Final = ((1.0, 1.0, 6.0), (2.0, 0.12, 12.0), (4.0, 0.2, 18.0))  # marimba
TUNES: Final[dict[str, Tune]] = {
    "orchard": Tune(0, BARS),
    "garden": Tune(5, STRINGS),
    "library": Tune(-2, STRINGS),
    "river": Tune(-5, BARS),
    "harbour": Tune(-3, BELLS),
    "night_hill": Tune(2, BELLS),
    "workshop": Tune(3, WOOD),
    "kitchen": Tune(-1, BELLS),
    "concert": Tune(0, WOOD),
}
USUAL: Final = TUNES["orchard"]

# kind: (loudness, notes as (start_s, note, octave, length_s))
Note = tuple[float, str, int, float]
CUES: Final[dict[str, tuple[float, tuple[Note, ...]]]] = {
    "appear": (0.55, ((0.0, "A", 0, 0.45), (0.07, "D", 1, 0.5))),
    "pick": (0.85, ((0.0, "D", 1, 0.35), (0.09, "F", 1, 0.35), (0.18, "A", 1, 0.6))),
    "place": (1.0, ((0.0, "D", 0, 1.1), (0.08, "F", 0, 1.0), (0.16, "A", 0, 0.9), (0.26, "D", 1, 0.9))),
    "beat": (0.5, ((0.0, "D", 0, 0.22),)),
    "tick": (0.35, ((0.0, "A", -1, 0.16),)),
    "call": (0.4, ((0.0, "A", 0, 0.22), (0.12, "B", 0, 0.4))),
    "miss": (0.3, ((0.0, "D", -1, 0.5),)),
    "calibrated": (0.8, ((0.0, "A", 0, 0.5), (0.14, "B", 0, 0.5), (0.28, "D", 1, 0.8))),
    "pause": (0.5, ((0.0, "A", 0, 0.4), (0.16, "D", 0, 0.7))),
    "resume": (0.5, ((0.0, "D", 0, 0.4), (0.16, "A", 0, 0.7))),
    "done": (
        1.0,
        ((0.0, "D", 0, 1.8), (0.2, "F", 0, 1.6), (0.4, "A", 0, 1.5), (0.6, "D", 1, 1.6), (0.8, "F", 1, 1.6)),
    ),
}


def _tone(hz: float, length_s: float, tune: Tune) -> npt.NDArray[np.float64]:
    """Softly struck: 12 ms in, decaying, 40 ms out."""
    n = int(length_s * RATE)
    t = np.arange(n) / RATE
    wave = np.zeros(n)
    for times, strength, fades in tune.partials:
        wave += strength * np.sin(2 * np.pi * hz * times * t) * np.exp(-fades * t / length_s)
    ramp_in, ramp_out = int(0.012 * RATE), int(0.04 * RATE)
    wave[:ramp_in] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(ramp_in) / ramp_in)
    wave[-ramp_out:] *= 0.5 + 0.5 * np.cos(np.pi * (np.arange(ramp_out) + 1) / ramp_out)
    return np.asarray(wave)


def waveform(kind: str, tune: Tune = USUAL) -> npt.NDArray[np.int16]:
    """(n, 2) stereo samples at 44.1 kHz of a cue; its peak is `loudness` of a common level.

    Raises KeyError where there is no such cue.
    """
    if kind == "pour":
        return _stereo(_poured(), POUR_LOUD)
    loudness, notes = CUES[kind]
    whole = np.zeros(int(max(start + length for start, _, _, length in notes) * RATE) + 1)
    for start_s, note, octave, length_s in notes:
        tone = _tone(_D4 * 2 ** (octave + (_STEPS[note] + tune.key) / 12), length_s, tune)
        at = int(start_s * RATE)
        whole[at : at + len(tone)] += tone
    return _stereo(whole, loudness)


def _stereo(wave: npt.NDArray[np.float64], loudness: float) -> npt.NDArray[np.int16]:
    level = wave * (_PEAK * loudness / np.abs(wave).max())
    return np.repeat((level * 32767).astype(np.int16)[:, None], 2, axis=1)


def _poured() -> npt.NDArray[np.float64]:
    """Water: noise that is rounded off, and rises a little as a glass fills."""
    n = int(0.9 * RATE)
    noise = np.random.default_rng(5).standard_normal(n)
    for width in (24, 12):
        noise = np.convolve(noise, np.ones(width) / width, "same")
    swell = np.sin(np.pi * np.arange(n) / n) ** 0.7
    ripple = 1.0 + 0.3 * np.sin(2 * np.pi * np.cumsum(np.linspace(7.0, 11.0, n)) / RATE)
    return np.asarray(noise * swell * ripple)


class Travels(NamedTuple):
    """A sound that is heard, where it begins and ends, as of Sounds.play, and since when."""

    channel: pygame.mixer.Channel
    sound: pygame.mixer.Sound
    way: tuple[float, float]
    since_s: float


class Sounds:
    """Plays cues; silent where the machine has no sound.

    volume   of all of them, 0 to 1; heard: how loud the newest one is now, left and right
    """

    def __init__(self, notes: list[str], volume: float = 1.0) -> None:
        self.volume, self.heard = volume, (0.0, 0.0)
        self._sounds: dict[str, pygame.mixer.Sound] = {}
        self._tune = USUAL
        self._last: dict[str, float] = {}
        self._travels: Travels | None = None
        try:
            pygame.mixer.init(RATE, -16, 2, 512, allowedchanges=0)
            self._make()
        except (pygame.error, NotImplementedError):
            self._sounds = {}
            once(notes, "No sound can be played on this machine; the game goes on in silence.")

    @property
    def works(self) -> bool:
        return bool(self._sounds)

    def tune(self, place: str) -> None:
        """Sounds of this place from now on; makes them anew, in some hundredths of a second."""
        tune = TUNES.get(place, USUAL)
        if self._sounds and tune != self._tune:
            self._tune = tune
            self._make()

    def _make(self) -> None:
        for kind in (*CUES, "pour"):
            self._sounds[kind] = pygame.mixer.Sound(buffer=waveform(kind, self._tune).tobytes())

    def play(self, kind: str, where: float, now_s: float, *, begins: float | None = None) -> None:
        """`where` 0 is the left edge of the play area, 1 the right; a cue is not repeated at once. begins: it
        travels from there, see `step`."""
        sound = self._sounds.get(kind)
        if sound is None or 0 <= now_s - self._last.get(kind, -1e9) < _GAP_S:
            return
        self._last[kind] = now_s
        channel = sound.play()
        if channel is not None:
            self._travels = Travels(channel, sound, (where if begins is None else begins, where), now_s)
            self.step(now_s)

    def step(self, now_s: float) -> None:
        """Lets the newest sound travel on."""
        if self._travels is not None:
            channel, sound, (begins, ends), since_s = self._travels
            if channel.get_sound() is not sound:
                self._travels = None
                return
            k = min(1.0, max(0.0, (now_s - since_s) / (TRAVELS * sound.get_length())))
            left, right = pan(begins + (ends - begins) * k)
            self.heard = self.volume * left, self.volume * right
            channel.set_volume(*self.heard)

    def close(self) -> None:
        pygame.mixer.quit()


def pan(where: float) -> tuple[float, float]:
    """Loudness (left, right) of equal power, never quite silent on one side."""
    k = 0.12 + 0.76 * min(1.0, max(0.0, where))
    return float(np.cos(k * np.pi / 2)), float(np.sin(k * np.pi / 2))
