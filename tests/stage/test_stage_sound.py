"""Cues sound: none clips or clicks, loudness is even, and silence is no error."""

import numpy as np
import pygame
import pytest
from stage_views import playing

from rehabgames.core.view import Cue
from rehabgames.stage.sound import CUES, RATE, Sounds, pan, waveform

ALL = (
    "appear",
    "pick",
    "place",
    "miss",
    "calibrated",
    "pause",
    "resume",
    "done",
    "beat",
    "tick",
    "call",
    "pour",
)


@pytest.mark.parametrize("kind", ALL)
def test_a_cue_neither_clips_nor_clicks(kind):
    wave = waveform(kind)
    assert wave.dtype == np.int16
    assert wave.shape[1] == 2
    level = np.abs(wave[:, 0].astype(float))
    assert 1000 < level.max() < 0.5 * 32767
    assert level[0] <= 40
    assert level[-1] <= 40
    assert level[: int(0.003 * RATE)].max() < 0.3 * level.max()
    assert np.abs(np.diff(wave[:, 0].astype(float))).max() < 0.25 * 32767


def test_a_miss_is_softer_than_a_success_and_nothing_is_much_louder():
    peak = {kind: int(np.abs(waveform(kind).astype(int)).max()) for kind in ALL}
    assert {*CUES, "pour"} == set(ALL)
    assert peak["miss"] < 0.5 * peak["place"]
    assert max(peak.values()) <= 1.3 * peak["pick"]


def test_success_rises():
    for kind in ("pick", "place"):
        _, notes = CUES[kind]
        heights = [octave * 12 + {"D": 0, "E": 2, "F": 4, "A": 7, "B": 9}[n] for _, n, octave, _ in notes]
        assert heights == sorted(heights)
        assert heights[-1] > heights[0]


def test_a_cue_comes_from_where_it_is():
    left, right = pan(0.0), pan(1.0)
    assert left[0] > 2 * left[1] > 0
    assert right[1] > 2 * right[0] > 0
    for where in (-3.0, 0.0, 0.3, 0.5, 1.0, 7.0):
        assert sum(v * v for v in pan(where)) == pytest.approx(1.0)


def test_cues_play_on_a_machine_with_sound(make_stage):
    stage = make_stage(sound=True)
    stage.paint(playing(), 1.0)
    stage.cue(Cue("place", 0.5, 0.0), 1.0)
    assert stage.notes == []
    assert pygame.mixer.get_busy()


def test_no_sound_card_is_a_note(make_stage, monkeypatch):
    def refuse(*_, **__):
        raise pygame.error("No such device.")

    monkeypatch.setattr(pygame.mixer, "init", refuse)
    stage = make_stage(sound=True)
    stage.cue(Cue("place"), 0.0)
    assert [note for note in stage.notes if "silence" in note]


@pytest.fixture
def sounds():
    made = Sounds([], volume=0.5)
    yield made
    made.close()


def test_sounds_are_as_loud_as_somebody_wants_them(sounds):
    sounds.play("done", 0.5, 0.0)
    soft = sounds.heard
    sounds.volume = 1.0
    sounds.play("done", 0.5, 5.0)
    assert soft == pytest.approx(tuple(each / 2 for each in sounds.heard))
    assert min(soft) > 0.2


def test_a_sound_travels_from_where_it_begins_to_where_it_belongs(sounds):
    sounds.play("done", 0.0, 0.0, begins=1.0)
    heard = [sounds.heard]
    for i in range(1, 16):
        sounds.step(i / 8)
        heard.append(sounds.heard)
    left, right = zip(*heard, strict=True)
    assert list(left) == sorted(left)
    assert list(right) == sorted(right, reverse=True)
    assert left[0] < 0.25 * right[0]
    assert right[-1] < 0.25 * left[-1]
    sounds.play("place", 0.0, 20.0)
    assert sounds.heard == (left[-1], right[-1])
