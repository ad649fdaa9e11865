"""Who the patient is: learnt at the confirmation, believed only of what looks like it (SAFETY H7)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rehabgames.core.pose import Array, PoseFrame, Whose
from rehabgames.patients import Patient, frame_of
from rehabgames.signals.identity import AWAY_S, LEARN_S, PatientLock, apart

FPS = 30


def dressed(seed: int) -> Array:
    """(64,) a spread of colours: four of them, as a shirt has."""
    colours = np.full(64, 1e-4)
    colours[np.random.default_rng(seed).choice(64, 4, replace=False)] = 1.0
    return np.asarray(colours / colours.sum())


OWN, THEIRS = dressed(1), dressed(2)


class Room:
    """One lock, and somebody before it for some seconds at a time."""

    def __init__(self, lock: PatientLock) -> None:
        self.lock, self._index = lock, 0
        self._patient = Patient("healthy", "right", seed=1)

    def see(
        self, seconds: float, clothing: Array | None, aside_px: float = 0.0, *, alone: bool = False
    ) -> list[Whose]:
        return [
            self.lock.update(self._frame(aside_px), clothing, alone=alone)
            for _ in range(round(seconds * FPS))
        ]

    def nobody(self, seconds: float, *, alone: bool = False) -> list[Whose]:
        told: list[Whose] = []
        for _ in range(round(seconds * FPS)):
            self._index += 1
            empty = PoseFrame(self._index / FPS, self._index, (640, 480))
            told.append(self.lock.update(empty, None, alone=alone))
        return told

    def _frame(self, aside_px: float) -> PoseFrame:
        self._index += 1
        t_s = self._index / FPS
        frame = frame_of(self._patient.step(None, t_s), t_s, self._index, 0.5)
        return replace(frame, points_px=frame.points_px + np.array([aside_px, 0.0]))


def confirmed() -> Room:
    room = Room(PatientLock())
    room.see(0.5, OWN)
    room.lock.confirm()
    assert set(room.see(LEARN_S + 0.5, OWN)) == {"patient"}
    return room


def test_two_shirts_are_further_apart_than_one_from_itself() -> None:
    assert apart(OWN, OWN) == pytest.approx(0.0, abs=1e-12)
    assert apart(OWN, THEIRS) > 0.9


def test_before_anybody_was_confirmed_nobody_is_told_to_be_anybody() -> None:
    assert set(Room(PatientLock()).see(2.0, OWN)) == {""}


def test_h7_who_takes_the_place_in_other_clothes_is_never_the_patient_and_who_comes_back_is() -> None:
    room = confirmed()
    told = room.see(2.0, THEIRS, 200.0)
    assert "patient" not in told
    assert told[-1] == "other"
    assert room.see(1.0, OWN)[-1] == "patient"


def test_who_went_away_is_known_when_they_are_back() -> None:
    room = confirmed()
    assert set(room.nobody(2.0)) == {"unsure"}
    told = room.see(1.0, OWN, -100.0)
    assert (told[0], told[-1]) == ("unsure", "patient")


def test_h7_who_comes_after_a_while_is_asked_again_whatever_they_wear() -> None:
    room = confirmed()
    room.nobody(AWAY_S + 0.5)
    assert set(room.see(5.0, OWN)) == {"unsure"}
    room.lock.confirm()
    assert set(room.see(1.5, OWN)) == {"patient"}
    room.see(AWAY_S + 0.5, THEIRS, 200.0)
    assert "patient" not in room.see(5.0, OWN)


def test_who_is_lost_while_nobody_can_have_come_is_known_again_however_long_it_takes() -> None:
    room = confirmed()
    room.nobody(4 * AWAY_S, alone=True)
    assert room.see(1.0, OWN, alone=True)[-1] == "patient"


def test_who_comes_in_between_while_the_patient_is_learnt_is_not_learnt_too() -> None:
    room = Room(PatientLock())
    room.see(0.5, OWN)
    room.lock.confirm()
    room.see(0.4 * LEARN_S, OWN)
    assert "patient" not in room.see(2.0, THEIRS, 250.0)
    assert room.see(1.0, OWN)[-1] == "patient"


def test_h7_where_nothing_is_known_of_who_was_confirmed_before_nobody_is_believed_nor_accused() -> None:
    room = Room(PatientLock(before=True))
    assert set(room.see(5.0, OWN)) == {"unsure"}
    room.lock.confirm()
    assert set(room.see(1.5, OWN)) == {"patient"}


def test_what_was_known_before_goes_on_in_another_lock() -> None:
    known = confirmed().lock.known
    assert known is not None
    assert Room(PatientLock(known, before=True)).see(1.0, OWN)[-1] == "patient"
    assert Room(PatientLock(known, before=True)).see(2.0, THEIRS)[-1] == "other"
