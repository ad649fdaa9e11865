"""The listening process: a real child, and SDL's own way to take a file for a microphone."""

import os
import signal
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import psutil
import pytest
from spoken import can_hear, noise, recorded, spoken

from rehabgames.core.inputs import HearingTrouble, Stop
from rehabgames.core.player import Comfort
from rehabgames.hearing.child import MUTE_S
from rehabgames.hearing.listener import MUTED, SILENT_S, Listener
from rehabgames.hearing.shape import RATE

WANTS = Comfort(voice_stop=True)
posix = pytest.mark.skipif(os.name != "posix", reason="signals of this kind are POSIX")


@pytest.fixture
def listener():
    made = Listener()
    yield made
    made.close()


@pytest.fixture
def microphone(monkeypatch, tmp_path):
    """Makes whoever is started from now on hear these samples, in real time, and then nothing."""

    def hears(samples):
        path = tmp_path / "microphone.raw"
        path.write_bytes(samples.astype(np.int16).tobytes())
        monkeypatch.setenv("SDL_AUDIODRIVER", "disk")
        monkeypatch.setenv("SDL_DISKAUDIOFILEIN", str(path))
        return path

    return hears


def until(said, longest_s):
    """What `said` returns as soon as that is true; fails after longest_s."""
    deadline_s = time.monotonic() + longest_s
    while not (value := said()):
        assert time.monotonic() < deadline_s, f"not within {longest_s} s"
        time.sleep(0.005)  # polling, with the deadline above
    return value


def test_one_that_nobody_wants_is_no_process(listener):
    assert (listener.hears, listener.pid, listener.poll()) == (None, None, [])
    listener.follow(Comfort())
    assert (listener.hears, listener.pid, listener.poll()) == (None, None, [])


def test_it_follows_whoever_plays_and_whoever_says_so_at_the_start(listener):
    listener.follow(WANTS)
    pid = listener.pid
    listener.follow(None)
    listener.follow(WANTS)
    assert (listener.hears, listener.pid) == (False, pid)
    listener.follow(Comfort())
    assert (listener.hears, listener.pid) == (None, None)
    with closing(Listener(always=True)) as always:
        always.follow(None)
        always.follow(Comfort())
        assert always.pid is not None
    assert always.told == ()


@can_hear
@pytest.mark.alone
def test_hazard_h10_the_word_is_a_stop_within_a_fifth_of_a_second(listener, microphone):
    samples, end = recorded(spoken("stop", "en-us"), after_s=5.0)
    microphone(samples)
    listener.follow(WANTS)
    until(lambda: listener.hears, 20)
    began_s = time.monotonic()
    assert until(listener.poll, 10) == [Stop("voice")]
    assert time.monotonic() - began_s < end / RATE + 0.2
    assert listener.poll() == []
    assert listener.told == ()


@can_hear
@posix
@pytest.mark.parametrize(("how", "within_s"), [("SIGKILL", 1.0), ("SIGSTOP", SILENT_S + 1.0)])
def test_one_that_dies_or_hangs_is_told_once_and_waited_for_by_nobody(listener, microphone, how, within_s):
    microphone(noise(60 * RATE, 30))
    listener.follow(WANTS)
    until(lambda: listener.hears, 20)
    child = psutil.Process(listener.pid)
    os.kill(listener.pid, getattr(signal, how))
    slowest_s, found, deadline_s = 0.0, [], time.monotonic() + within_s
    while time.monotonic() < deadline_s:
        began_s = time.monotonic()
        found += listener.poll()
        slowest_s = max(slowest_s, time.monotonic() - began_s)
        time.sleep(0.005)  # as often as a game asks
    assert [type(each) for each in found] == [HearingTrouble]
    assert found[0].what.startswith("The word 'stop' is not listened for any more")
    assert listener.told == (found[0].what,)
    assert (listener.hears, listener.pid) == (False, None)
    assert slowest_s < 0.3
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


@can_hear
def test_a_microphone_that_is_switched_off_is_told_and_may_come_back(listener, microphone):
    sound = noise(RATE, 30)
    microphone(np.concatenate([sound, np.zeros(round((MUTE_S + 2) * RATE)), sound, sound]))
    listener.follow(WANTS)
    until(lambda: listener.hears, 20)
    assert until(listener.poll, MUTE_S + 5) == [HearingTrouble(MUTED)]
    assert listener.hears is False
    until(lambda: listener.hears, 5)
    assert listener.poll() == []


@can_hear
def test_without_a_microphone_it_says_so(listener, monkeypatch):
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    listener.follow(WANTS)
    (trouble,) = until(listener.poll, 20)
    assert "microphone" in trouble.what
    assert listener.hears is False
    listener.follow(Comfort())
    assert listener.hears is None


@can_hear
@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the files that a process has open")
def test_nothing_that_is_heard_is_written_anywhere(listener, microphone):
    microphone(np.concatenate([recorded(spoken("stop", "en-us"))[0], noise(60 * RATE, 30)]))
    listener.follow(WANTS)
    assert until(listener.poll, 30) == [Stop("voice")]
    fds = Path(f"/proc/{listener.pid}/fd")
    written = [
        fd.readlink()
        for fd in fds.iterdir()
        if int((fds.parent / "fdinfo" / fd.name).read_text().split("flags:\t")[1].split()[0], 8) & 0o3
    ]
    kept = [path for path in map(str, written) if path.startswith("/") and path != "/dev/null"]
    # memory that it shares with the game: two numbers, a time and one sentence
    assert [path for path in kept if "pym-" not in path and not path.endswith("(deleted)")] == []
    assert not any(each.status != "NONE" for each in psutil.Process(listener.pid).net_connections())
