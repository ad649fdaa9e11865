"""Voice: rendered by the real espeak-ng, played once, repeated where wanted, never waited for."""

import shutil
import stat
import subprocess
import time
import wave

import pygame
import pytest
from menu_views import shown_as
from stage_views import base

from rehabgames.core.message import Message
from rehabgames.core.player import Comfort
from rehabgames.core.view import Guide
from rehabgames.stage.speaking import MENU_AGAIN_S
from rehabgames.stage.voice import AGAIN_AFTER_S, FAILED, MISSING, RENDER_WITHIN_S, VOICES, Voice
from rehabgames.stage.window import Stage
from rehabgames.words import languages, render

real = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
LIFT, REST = "Lift your right arm.", "Rest, and keep still for a moment."


@pytest.fixture
def speaker():
    pygame.mixer.init(44100, -16, 2, 512)
    yield
    pygame.mixer.quit()


@pytest.fixture
def make_voice(speaker, tmp_path):
    made = []

    def make(**more):
        notes = []
        voice = Voice(notes, **({"folder": tmp_path / "voice"} | more))
        made.append(voice)
        return voice, notes

    yield make
    for voice in made:
        voice.close()


def wait_silent():
    """The dummy sound card plays in real time; a sentence is cut short instead of waited for."""
    pygame.mixer.stop()


@real
def test_a_sentence_is_rendered_as_a_wav_and_spoken_once(make_voice, tmp_path):
    voice, notes = make_voice()
    voice.say(LIFT, 0.0)
    assert not voice.spoken
    assert voice.settle(RENDER_WITHIN_S)
    voice.say(LIFT, 0.1)
    assert not voice.spoken  # it may be asked for a moment only
    voice.say(LIFT, 0.5)
    assert voice.spoken
    assert voice.speaking
    (path,) = (tmp_path / "voice").iterdir()
    with wave.open(str(path)) as sound:
        assert 0.5 < sound.getnframes() / sound.getframerate() < 6.0
    wait_silent()
    for i in range(200):
        voice.say(LIFT, 1.0 + i / 10)
        assert not voice.speaking
    assert notes == []


@real
def test_it_is_said_again_after_eight_seconds_only_while_it_is_not_followed(make_voice):
    voice, _ = make_voice()
    voice.say(LIFT, 0.0)
    voice.settle(RENDER_WITHIN_S)
    voice.say(LIFT, 1.0, again=True)
    wait_silent()
    voice.say(LIFT, 0.9 + AGAIN_AFTER_S, again=True)
    assert not voice.speaking
    voice.say(LIFT, 1.1 + AGAIN_AFTER_S, again=True)
    assert voice.speaking
    wait_silent()
    voice.say(LIFT, 20.0, again=False)
    voice.say(LIFT, 20.0 + AGAIN_AFTER_S - 0.1, again=True)
    assert not voice.speaking
    voice.say(LIFT, 20.1 + AGAIN_AFTER_S, again=True)
    assert voice.speaking


@real
@pytest.mark.parametrize("language", languages())
def test_every_language_has_a_voice_that_says_nothing_in_another(make_voice, tmp_path, language):
    """Of a letter that a voice does not know it says the English name, or none: too little sound."""
    text = render(Message("guide.hand_open", {"side": "side.left"}), language)
    voice, notes = make_voice(comfort=Comfort(language=language))
    voice.say(text, 0.0)
    assert voice.settle(RENDER_WITHIN_S)
    (path,) = (tmp_path / "voice").iterdir()
    with wave.open(str(path)) as sound:
        assert 1.0 < sound.getnframes() / sound.getframerate() < 6.0
    assert notes == []
    command = ["espeak-ng", "-v", VOICES.get(language, language), "-q", "-x", "--stdin"]
    spoken = subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout.decode()
    assert "(" not in spoken  # "(en)" and the like stands before what is said in another language


@real
def test_of_very_many_sentences_the_newest_are_kept_in_memory(make_voice, monkeypatch):
    """A session of hours counts, and every number is another sentence."""
    monkeypatch.setattr("rehabgames.stage.voice.KEPT_SOUNDS", 4)
    voice, notes = make_voice()
    for k in range(7):
        voice.say(f"{k}.", float(k))
        assert voice.settle(10.0)
        voice.say(f"{k}.", k + 0.5)
        wait_silent()
    assert len(voice._sounds) == len(voice._heard_s) == 4
    assert voice.spoken
    assert notes == []


@real
def test_it_never_speaks_over_itself_and_newest_wins(make_voice):
    voice, _ = make_voice()
    for text in (LIFT, REST):
        voice.say(text, 0.0)
        voice.settle(RENDER_WITHIN_S)
    voice.say(LIFT, 1.0)
    voice.say(LIFT, 1.5)
    voice.say(REST, 2.0)
    voice.say(REST, 2.5)
    busy = sum(pygame.mixer.Channel(i).get_busy() for i in range(pygame.mixer.get_num_channels()))
    assert busy <= 1
    assert not voice.spoken or voice.speaking
    wait_silent()
    voice.say(REST, 2.6)
    assert voice.spoken


@real
def test_what_changes_to_and_fro_is_not_stuttered(make_voice):
    voice, _ = make_voice()
    for text in (LIFT, REST):
        voice.say(text, 0.0)
        voice.settle(RENDER_WITHIN_S)
    begun = 0
    for i in range(120):
        was = voice.spoken
        voice.say((LIFT, REST)[i // 6 % 2], 1.0 + i / 15)  # eight seconds, changing every 0.4 s
        begun += voice.spoken and not was
        wait_silent()
    assert 1 <= begun <= 5


@real
def test_a_kept_sentence_needs_no_program_and_a_damaged_one_is_rendered_anew(make_voice, tmp_path):
    first, _ = make_voice()
    first.ahead([LIFT, REST])
    assert first.settle(2 * RENDER_WITHIN_S)
    files = sorted((tmp_path / "voice").glob("*.wav"))
    assert len(files) == 2
    times = [f.stat().st_mtime_ns for f in files]
    second, _ = make_voice()
    second.ahead([LIFT, REST])
    second.settle(RENDER_WITHIN_S)
    assert [f.stat().st_mtime_ns for f in files] == times
    for file in files:
        file.write_bytes(b"not a sound")
    for text in (LIFT, "", LIFT):
        second.say(text, 0.0)
        second.settle(RENDER_WITHIN_S)
    second.say(LIFT, 1.0)
    assert second.spoken
    assert not list((tmp_path / "voice").glob("*.new"))


@real
def test_words_that_look_like_options_are_only_words(make_voice, tmp_path):
    voice, notes = make_voice()
    voice.say("--version -w /nowhere", 0.0)
    assert voice.settle(RENDER_WITHIN_S)
    voice.say("--version -w /nowhere", 1.0)
    assert voice.spoken
    assert notes == []


def test_without_the_program_there_is_one_note_and_silence(make_voice):
    voice, notes = make_voice(program="no-such-program")
    voice.say(LIFT, 0.0)
    voice.say(LIFT, 9.0, again=True)
    assert notes == [MISSING]
    assert not voice.spoken
    voice.close()


def a_program(tmp_path, lines):
    path = tmp_path / "speaker"
    path.write_text("#!/bin/sh\n" + lines)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_a_program_that_fails_is_one_note(make_voice, tmp_path):
    voice, notes = make_voice(program=a_program(tmp_path, "exit 3\n"))
    for text in (LIFT, REST):
        voice.say(text, 0.0)
        assert voice.settle(RENDER_WITHIN_S)
    voice.say(REST, 1.0)
    assert not voice.spoken
    assert notes == [FAILED]


def test_a_program_that_hangs_is_not_waited_for(make_voice, tmp_path):
    voice, _ = make_voice(program=a_program(tmp_path, "exec tail -f /dev/null\n"))
    start = time.perf_counter()
    voice.say(LIFT, 0.0)
    voice.say(LIFT, 1.0)
    assert not voice.settle(0.2)
    voice.close()
    assert time.perf_counter() - start < 2.0


def test_a_folder_that_cannot_be_written_is_a_note(make_voice, tmp_path):
    (tmp_path / "file").write_text("in the way")
    voice, notes = make_voice(folder=tmp_path / "file" / "voice", program=a_program(tmp_path, "exit 0\n"))
    voice.say(LIFT, 0.0)
    assert voice.settle(RENDER_WITHIN_S)
    assert notes == [FAILED]


@real
def test_the_stage_speaks_what_is_asked_but_not_in_play(monkeypatch, tmp_path):
    monkeypatch.setenv("REHABGAMES_CACHE", str(tmp_path))
    stage = Stage(tmp_path, lambda m, _: f"Says {m.id}", size=(640, 360), voice=True)
    try:
        asked = Guide("arm_out", "right", False, 0.0, 0, 2, 0)
        view = base("calibrate", guide=asked, prompt=Message("guide.arm_out"))
        longest = 0.0
        for i in range(6):
            start = time.perf_counter()
            stage._speaking.speak(view, 1.0 + i / 10)
            longest = max(longest, time.perf_counter() - start)
        assert longest < 0.05
        assert stage._voice.settle(60.0)
        stage._speaking.speak(view, 2.0)
        assert stage._voice.speaking
        stage._speaking.speak(base("play"), 3.0)
        assert not stage._voice.spoken
    finally:
        stage.close()
    assert list((tmp_path / "voice").glob("*.wav"))
    assert not [note for note in stage.notes if "spoken" in note]


@real
def test_what_a_screen_asks_is_spoken_with_what_it_tells_and_again_while_nothing_is_chosen(
    monkeypatch, tmp_path
):
    monkeypatch.setenv("REHABGAMES_CACHE", str(tmp_path))
    said = []
    stage = Stage(tmp_path, lambda m, _: said.append(m.id) or f"Says {m.id}", size=(640, 360), voice=True)
    try:
        view = shown_as("advice")
        stage._speaking.speak(view, 1.0)
        assert said == ["menu.advice", "why.dizziness"]
        assert stage._voice.settle(60.0)
        stage._speaking.speak(view, 2.0)
        assert stage._voice.speaking
        wait_silent()
        stage._speaking.speak(view, 1.9 + MENU_AGAIN_S)
        assert not stage._voice.speaking
        stage._speaking.speak(shown_as("advice", pointed="finish", held=0.5), 2.1 + MENU_AGAIN_S)
        assert not stage._voice.speaking  # something is being chosen
        stage._speaking.speak(view, 3.0 + MENU_AGAIN_S)
        assert not stage._voice.speaking
        stage._speaking.speak(view, 2.2 + 2 * MENU_AGAIN_S)
        assert stage._voice.speaking
    finally:
        stage.close()


def length_s(path):
    with wave.open(str(path)) as sound:
        return sound.getnframes() / sound.getframerate()


@real
def test_another_pace_and_another_language_come_without_being_waited_for(make_voice, tmp_path):
    voice, notes = make_voice()
    voice.say(LIFT, 0.0)
    assert voice.settle(RENDER_WITHIN_S)
    voice.say(LIFT, 1.0)
    assert voice.speaking
    (usual,) = (tmp_path / "voice").iterdir()
    longest = 0.0
    for i, comfort in enumerate((Comfort(pace=0.7), Comfort(language="de"))):
        began = time.perf_counter()
        voice.follow(comfort)
        voice.say(LIFT, 2.0 + 9 * i)
        longest = max(longest, time.perf_counter() - began)
        assert voice.settle(RENDER_WITHIN_S)
        wait_silent()
        voice.say(LIFT, 4.0 + 9 * i)
        assert voice.speaking  # what is asked now is said anew
    assert longest < 0.05
    lengths = sorted(length_s(path) for path in (tmp_path / "voice").iterdir() if path != usual)
    assert len(lengths) == 2
    assert lengths[-1] > 1.25 * length_s(usual)
    assert notes == []


@real
def test_who_wants_silence_hears_nothing_and_who_wants_it_softer_hears_it_softer(make_voice):
    voice, _ = make_voice()
    voice.say(LIFT, 0.0)
    assert voice.settle(RENDER_WITHIN_S)
    voice.say(LIFT, 1.0)
    loud = voice._channel.get_volume()
    voice.follow(Comfort(volume=0.4))
    assert 0 < voice._channel.get_volume() < 0.7 * loud
    voice.follow(Comfort(voice=False))
    wait_silent()
    for i in range(40):
        voice.say(LIFT, 2.0 + i, again=True)
        assert not voice.speaking
    voice.follow(Comfort())
    voice.say(LIFT, 50.0)
    voice.say(LIFT, 51.0)
    assert voice.speaking


@real
def test_r_and_pointing_at_what_is_asked_have_it_said_again(monkeypatch, tmp_path):
    monkeypatch.setenv("REHABGAMES_CACHE", str(tmp_path))
    stage = Stage(tmp_path, lambda m, _: f"Says {m.id}", size=(640, 360), voice=True)
    try:
        for i, wanted in enumerate(("nothing", "key", "pointed at")):
            view, at_s = shown_as("support", again=i == 2), 10.0 * i
            stage._speaking.speak(shown_as("support"), at_s)
            assert stage._voice.settle(60.0)
            if i == 0:
                stage._speaking.speak(view, at_s + 1.0)
                wait_silent()
            if wanted == "key":
                pygame.event.clear()
                pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_r))
                assert stage.inputs() == []
            stage._speaking.speak(view, at_s + 5.0)
            stage._speaking.speak(view, at_s + 5.5)
            assert stage._voice.speaking == (i > 0), wanted
            wait_silent()
    finally:
        stage.close()
