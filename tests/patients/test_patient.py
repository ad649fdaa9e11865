"""Virtual patients move like the people they stand for, and know only what they see."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from rehabgames.core.errors import UnknownNameError
from rehabgames.core.view import Hand, Target, View
from rehabgames.patients import KINDS, Patient
from rehabgames.patients.motor import farthest


def showing(x: float, y: float, number: int = 1, kind: str = "pick", hand: Hand | None = None) -> View:
    target = Target(kind, x, y, 0.13, 0.0, number)  # type: ignore[arg-type]
    return View(0.0, "play", "orchard", "right", 0, (-1, -1, 1, 1), target=target, hand=hand)


def wrist(patient: Patient, view: View | None, seconds: float, start_s: float = 0.0) -> np.ndarray:
    """(n, 2) of the working wrist from its shoulder in arm lengths, play coordinates, at 100 Hz."""
    places = []
    for i in range(round(seconds * 100)):
        joints = patient.step(view, start_s + i / 100).joints
        shoulder, hand = (np.array(joints[f"right_{j}"]) for j in ("shoulder", "wrist"))
        places.append((hand - shoulder) / patient.build.arm * (-1, 1))
    return np.array(places)


def test_a_reach_is_minimum_jerk() -> None:
    path = wrist(Patient("healthy", "right", 5), showing(0.7, -0.2), 1.2)
    speed = np.hypot(*np.diff(path, axis=0).T) * 100
    # above 15 % of the peak, where the physiological tremor does not count: there peak / mean is 1.50
    moving = np.flatnonzero(speed > 0.15 * speed.max())
    peak = (np.argmax(speed) - moving[0]) / (moving[-1] - moving[0])
    assert peak == pytest.approx(0.5, abs=0.06)
    assert speed.max() == pytest.approx(1.50 * speed[moving].mean(), rel=0.08)
    assert np.hypot(*(path[-1] - (0.7, -0.2))) < 0.13


def test_nothing_moves_before_something_is_seen_and_the_reaction_is_over() -> None:
    path = wrist(Patient("moderate", "right", 5), None, 1.0)
    assert np.ptp(path, axis=0).max() < 0.02
    path = wrist(Patient("moderate", "right", 5), showing(0.5, -0.3), 0.2)
    assert np.ptp(path, axis=0).max() < 0.02


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_nobody_reaches_beyond_the_own_range(kind: str) -> None:
    reached = []
    for seed in range(8):
        path = wrist(Patient(kind, "right", seed), showing(1.4, -0.05), 6.0)
        reached.append(np.hypot(*path[-1]))
    assert np.mean(reached) == pytest.approx(farthest(KINDS[kind], 1.0, 1.0), abs=0.1)
    assert max(reached) <= 1.0


def test_the_more_severe_the_slower_and_shorter() -> None:
    kinds = [KINDS[k] for k in ("healthy", "mild", "moderate", "severe")]
    for one, next_one in itertools.pairwise(kinds):
        assert one.movement_s < next_one.movement_s
        assert one.reach_up > next_one.reach_up
        assert one.reaction_s < next_one.reaction_s


def test_tremor_shakes_the_hand_at_its_rate() -> None:
    path = wrist(Patient("tremor", "right", 1), None, 4.0)[:, 0]
    power = np.abs(np.fft.rfft(path - path.mean()))
    assert np.fft.rfftfreq(len(path), 0.01)[power.argmax()] == pytest.approx(5.0, abs=0.3)


def test_what_is_seen_on_the_screen_is_corrected() -> None:
    patient = Patient("healthy", "right", 2)
    wrist(patient, showing(0.5, -0.3), 1.5)
    off = showing(0.5, -0.3, hand=Hand(0.3, -0.3, 1.0))
    path = wrist(patient, off, 1.5, start_s=1.5)
    assert path[-1][0] > path[0][0] + 0.1


def test_the_same_seed_and_views_give_the_same_body() -> None:
    one, other = (wrist(Patient("severe", "right", 7), showing(0.6, -0.4), 3.0) for _ in range(2))
    assert np.array_equal(one, other)


def test_segments_keep_their_length() -> None:
    patient = Patient("mild", "left", 3)
    for i in range(200):
        j = patient.step(showing(-0.6, -0.1), i / 50).joints
        for a, b, length in (
            ("shoulder", "elbow", patient.build.upper_arm),
            ("elbow", "wrist", patient.build.forearm),
        ):
            assert math.dist(j[f"left_{a}"], j[f"left_{b}"]) == pytest.approx(length, abs=2e-3)


def test_an_unknown_kind_offers_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="moderate"):
        Patient("moderat", "right", 0)


@pytest.mark.parametrize("sitting", [True, False])
def test_who_leaned_before_reaches_with_the_arm_and_stands_upright_again(sitting: bool) -> None:
    """An exercise of the trunk is followed by one of the arm, on the same day."""
    patient = Patient("healthy", "right", 4, sitting=sitting)
    lean = showing(0.9, 0.0, kind="lean")
    leant = [patient.step(lean, i / 100) for i in range(300)][-1]
    went = np.abs(np.subtract(leant.joints["right_hip"], leant.joints["right_shoulder"]))[0]
    path = wrist(patient, showing(0.7, -0.2, number=2), 3.0, start_s=3.0)
    jumps = np.hypot(*np.diff(path, axis=0).T)
    assert np.hypot(*(path[-1] - (0.7, -0.2))) < 0.13
    assert jumps.max() < 0.1
    body = patient.step(showing(0.7, -0.2, number=2), 6.01)
    assert math.degrees(body.lean_rad) == pytest.approx(0.0, abs=5.0)
    assert sitting == (went > 0.1)
