"""Shape: whether what was just heard is one short word, said alone, that is built like "stop": quiet, a hiss,
a gap (t), an open dark vowel, and a sudden end (p).

A recogniser that looks for one word of four sounds finds it in any speech; what is built like that and said
alone is rare. All bounds are in dB and in frames of 10 ms, tried on spoken words in noise: docs/stop_word.md.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

RATE: Final = 16000  # Hz
HOP, WINDOW = 160, 320  # samples
FRAMES: Final = 200  # that are looked at
QUIET: Final = 16  # frames of it after the vowel; a p that is heard lies in them
FALL: Final = 20.0  # what is so much softer than the loudest is quiet; less where it is noisy
ABOVE: Final = 12.0  # the loudest is at least so far above the noise
LONGEST_BACK: Final = 75  # frames in which the loudest is looked for
VOWEL: Final = (7, 45)  # frames
OPEN, DARK = 6.0, 10.0  # of a vowel as in "stop": voice over what is between, and over hiss
HISS, BRIGHT, HISSES = 5.0, 4.0, 3  # over its noise, and more than voice is over its own; frames at least
BEFORE: Final = 30  # frames before the vowel in which the hiss is, and before the hiss that are quiet
GAP, STILL, NEAR = 10.0, 3.0, 9  # under the loudest hiss, or so near its noise; frames before the vowel
SUDDEN: Final = 12.0  # so little under the loudest the vowel is just before it ends
LATE: Final = 4  # frames of a p that may be heard

Floats = npt.NDArray[np.float32]
_WEIGHTS: Final = np.hanning(WINDOW).astype(np.float32)
_HZ: Final = np.fft.rfftfreq(WINDOW, 1 / RATE)
# voice, what is between, hiss
_BANDS: Final = tuple((low <= _HZ) & (high > _HZ) for low, high in ((250, 1600), (1600, 3500), (3500, 7600)))


def bands(sound: Floats) -> Floats:
    """(frames, 3) dB of voice, of what is between, and of hiss, of (WINDOW + n HOP,) samples."""
    at = np.arange(0, len(sound) - WINDOW + 1, HOP)
    power = np.abs(np.fft.rfft(sound[at[:, None] + np.arange(WINDOW)] * _WEIGHTS, axis=1)) ** 2
    return np.stack([10 * np.log10(power[:, band].sum(1) + 1) for band in _BANDS], axis=1, dtype=np.float32)


def word_began(heard: Floats) -> int | None:
    """heard: (FRAMES, 3), the newest bands. How many frames ago such a word began that has just ended, else
    None."""
    voice, between, hiss = heard.T
    if voice[-QUIET - 1] <= voice[-QUIET:].max():
        return None
    noise = np.quantile(heard, 0.1, axis=0)
    back = FRAMES - QUIET - LONGEST_BACK
    at = back + int(voice[back:-QUIET].argmax())
    top = voice[at]
    loud = voice >= top - min(FALL, 0.5 * (top - noise[0]))
    if top - noise[0] < ABOVE or not loud[-QUIET - 1] or loud[-QUIET:].any():
        return None
    vowel = loud & (voice - between >= OPEN) & (voice - hiss >= DARK)
    first, last = _run(vowel, at)
    if not VOWEL[0] <= last - first <= VOWEL[1] or first < 2 * BEFORE + 2:
        return None
    hisses = (hiss - noise[2] >= HISS) & (hiss - noise[2] - (voice - noise[0]) >= BRIGHT)
    before = first - BEFORE + np.nonzero(hisses[first - BEFORE : first])[0]
    if len(before) < HISSES or not _gap(heard, before, first, noise, loud):
        return None
    began = int(before[0])
    alone = not loud[began - BEFORE : first - 2].any() and hisses[last:].sum() < LATE
    sudden = voice[max(first, last - 4) : last].max() >= top - SUDDEN and loud[last:].sum() <= LATE
    return FRAMES - began if alone and sudden else None


def _run(vowel: npt.NDArray[np.bool_], at: int) -> tuple[int, int]:
    """First frame, and frame after the last one, of the vowel around `at`; one frame may be missing."""
    first, last = at, at
    while vowel[first - 1]:
        first -= 1
    while last < len(vowel) and vowel[last : last + 2].any():
        last += 1
    return first, last


def _gap(
    heard: Floats, hissing: npt.NDArray[np.intp], vowel: int, noise: Floats, loud: npt.NDArray[np.bool_]
) -> bool:
    """Whether it is quiet for a moment between hiss and vowel: a t, and not so."""
    hiss = heard[:, 2]
    between = np.arange(hissing[0] + HISSES, vowel)
    still = hiss[between] <= max(hiss[hissing].max() - GAP, noise[2] + STILL)
    gaps = between[still & ~loud[between]]
    return bool(len(gaps)) and bool(vowel - gaps[-1] <= NEAR)
