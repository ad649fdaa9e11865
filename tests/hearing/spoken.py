"""Words spoken by espeak-ng, in noise, as a microphone would hear them."""

from __future__ import annotations

import shutil
import subprocess
from importlib.util import find_spec

import numpy as np
import pytest
from scipy.signal import resample_poly

from rehabgames.hearing.shape import RATE

ESPEAK_RATE = 22050
LEVEL = 2500.0
can_hear = pytest.mark.skipif(
    find_spec("pocketsphinx") is None or shutil.which("espeak-ng") is None,
    reason="pocketsphinx (pip install 'rehabgames[voice]') or espeak-ng is not installed",
)


def spoken(text, voice="en-gb", speed=150, pitch=50):
    """(n,) at RATE, as loud as LEVEL, from its first sound to its last."""
    manner = ["-v", voice, "-s", str(speed), "-p", str(pitch)]
    done = subprocess.run(
        ["espeak-ng", *manner, "--stdin", "--stdout"], input=text.encode(), capture_output=True, check=True
    )
    data = done.stdout[done.stdout.index(b"data") + 8 :]
    sound = resample_poly(np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(float), 320, 441)
    hop = RATE // 100
    loud = [float(np.mean(sound[at : at + hop] ** 2)) for at in range(0, len(sound) - hop, hop)]
    heard = np.nonzero(np.array(loud) > max(loud) / 1000)[0]
    sound = sound[heard[0] * hop : (heard[-1] + 1) * hop]
    return sound * (LEVEL / np.sqrt(np.mean(sound**2)))


def noise(length, snr_db, *, pink=False):
    """So much softer than LEVEL; as a room (pink) or a ventilator sounds."""
    random = np.random.default_rng(length)
    shape = np.fft.rfft(random.standard_normal(length))
    if pink:
        shape /= np.sqrt(np.maximum(1, np.arange(len(shape))))
    sound = np.fft.irfft(shape, length)
    return sound * (LEVEL * 10 ** (-snr_db / 20) / np.sqrt(np.mean(sound**2)))


def recorded(sound, snr_db=45, *, pink=False, before_s=2.5, after_s=0.6):
    """(int16 samples, the sample after the last of `sound`), quiet but for noise before and after it."""
    first = round(before_s * RATE)
    whole = noise(first + len(sound) + round(after_s * RATE), snr_db, pink=pink)
    whole[first : first + len(sound)] += sound
    return np.clip(whole, -32768, 32767).astype(np.int16), first + len(sound)


def heard_at(spotter, samples, chunk=256):
    """After which sample the word was heard, each time."""
    ends = range(chunk, len(samples) + chunk, chunk)
    return [min(end, len(samples)) for end in ends if spotter.hears(samples[end - chunk : end].tobytes())]
