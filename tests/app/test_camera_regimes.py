"""Regimes of test_camera_faults: hundreds of troubles at seeded times (H9, H16): -m endurance -s -n 0."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import psutil
import pytest
from faulty_play import PATIENT, PROCESS, Seen, play_with
from harms import FREEZE_S, Came, judged, planned, played, told

from rehabgames.app.calibrate import calibrate
from rehabgames.app.play import Screen
from rehabgames.app.wiring import Request
from rehabgames.tracking.sources import Fault, FaultySpec, ReplaySpec, VirtualSpec
from rehabgames.tracking.virtual import VirtualCamera

pytestmark = [pytest.mark.endurance, pytest.mark.timeout(3 * 3600)]
REPLACED = ("kill", "stop", "stuck")
MOST_OTHERS = 0.25  # cores
TRIES = 5


class Others:
    """How many cores others keep busy. A bound that is missed beside them says nothing of the program."""

    def __init__(self) -> None:
        self._began = self._now()

    def cores(self) -> float:
        now_s, busy_s, own_s = (now - then for now, then in zip(self._now(), self._began, strict=True))
        return max(0.0, busy_s - own_s) / now_s

    def _now(self) -> tuple[float, float, float]:
        machine, own = psutil.cpu_times(), os.times()
        busy_s = sum(machine[:8]) - machine.idle - getattr(machine, "iowait", 0.0)
        return time.monotonic(), busy_s, own.user + own.system + own.children_user + own.children_system


def regime(sessions: Sequence[Sequence[str]], seed: int, folder: Path) -> list[Came]:
    """All sessions, one after the other, each just as often as others left it no time."""
    rng = np.random.default_rng(seed)
    cames: list[Came] = []
    missed: list[str] = []
    for number, kinds in enumerate(sessions):
        harms = planned(kinds, rng)
        for attempt in range(TRIES):
            others = Others()
            seen, new = played(harms, folder / f"{number}-{attempt}")
            why = _missed(seen, new)
            busy = others.cores()
            if why is None:
                cames += new
                break
            gaps_s = np.diff([t_s for t_s, _ in seen.views])
            stood = f"no scene for {gaps_s.max():.2f} s at {seen.views[int(gaps_s.argmax())][0]:.2f}"
            print(f"missed in {number}, others took {busy:.2f} cores, {stood}: {why}", flush=True)
            if busy <= MOST_OTHERS or attempt == TRIES - 1:
                missed.append(why)
                break
        print(f"{number + 1} of {len(sessions)}, others {busy:.2f} cores, {told(cames)}", flush=True)
    assert missed == []
    return cames


def _missed(seen: Seen, cames: Sequence[Came]) -> str | None:
    try:
        assert seen.closed == ("stopped", "watched")
        judged(seen, cames)
    except AssertionError as error:
        return f"{traceback.extract_tb(error.__traceback__)[-1].line}: {error}"
    return None


def test_h9_unplugged_a_hundred_times(tmp_path: Path) -> None:
    cames = regime([["unplugged"] * 10] * 10, 6, tmp_path)
    assert len(cames) == 100
    short = [each for each in cames if each.harm.to_s - each.harm.from_s <= 0.5]
    assert all(each.counted == () for each in short)


def test_h9_two_hundred_frozen_pictures_are_found(tmp_path: Path) -> None:
    cames = regime([["frozen"] * 10] * 20, 7, tmp_path)
    assert max(each.named_s for each in cames) <= 1.0
    assert len(cames) == 200


def test_h16_two_hundred_trackers_are_replaced(tmp_path: Path) -> None:
    """Three in each session: the fourth within five minutes ends one."""
    rng = np.random.default_rng(8)
    cames = regime([[str(kind) for kind in rng.permutation(REPLACED)] for _ in range(67)], 8, tmp_path)
    assert len(cames) == 201
    assert {each.harm.kind for each in cames} == {*PROCESS, "stuck"}


def test_h9_a_motionless_person_is_no_frozen_picture(tmp_path: Path) -> None:
    """A minute before a camera with a sensor's noise; ten of them in test_motionless.py, at the source."""
    film = tmp_path / "still.npy"
    np.save(film, VirtualCamera(PATIENT).picture_at(0.0, None).bgr[None])
    seen = play_with((Fault("noisy", -60.0, amount=0.02),), 60.0, tmp_path, spec=ReplaySpec(film))
    assert seen.told("tracking_trouble") == []
    pauses_s = [t_s for t_s, _ in seen.told("pause") if t_s > 0.0]
    assert [t_s for t_s in pauses_s if t_s - seen.newest_s(t_s) < FREEZE_S] == []  # that is a busy machine
    assert all(fresh for _, _, fresh in seen.frames)
    assert len(seen.frames) > 0.9 * 60 * 30


def test_h8_a_mirrored_camera_is_found_by_the_room_check(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("REHABGAMES_HOME", str(tmp_path))
    screen = Screen(headless=True, voice=False, size=(640, 360))
    for fault, refused in (((), {}), ((Fault("mirrored", 0.0),), {"side": "WRONG_SIDE"})):
        spec = FaultySpec(VirtualSpec("healthy", "right", 1), fault, time.monotonic())
        done = calibrate("room_check", Request(patient="p", seed=1), spec, screen)
        assert done.profile.refused == refused
