"""Hazard H14: the tremble of landmarks is no range of motion, and does not widen the range that there is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from upright_figure import Pose, recording, swell

from rehabgames.core.measured import Measured, Validity
from rehabgames.measures.battery import battery
from rehabgames.measures.material import Material
from rehabgames.measures.of_body import RANGES
from rehabgames.measures.range_of_motion import measure_range, tremble
from rehabgames.signals import BodyScale
from rehabgames.signals.trace import Trace

REST = (0.2, 2.5)
SPANS = [(3.0 + 5 * k, 7.0 + 5 * k) for k in range(3)]
RESULTS = ("range_of_motion", "end_of_range", "neutral_position")


def ranges(t_s: np.ndarray, pose: Pose, px: float, seed: int, rested: bool) -> dict[str, Measured]:
    """What the battery says of every joint, for a person whose lengths a calibration knows."""
    known = BodyScale.of(recording(t_s, pose))
    rec = recording(t_s, pose, noise_px=px, seed=seed)
    found = battery(Material(rec, known=known, rested=REST if rested else None))
    return {f"{m.of} {m.name}": m for m in found if m.name in RESULTS and m.of.split(".")[0] in RANGES}


def raised(t_s: np.ndarray, way: float) -> Pose:
    pose, share = Pose.still(len(t_s)), sum(swell(t_s, *span) for span in SPANS)
    pose.up_right = way * share
    return pose


def held(t_s: np.ndarray, way: float) -> np.ndarray:
    return 20.0 + way * np.asarray(sum(swell(t_s, *span) for span in SPANS))


def trace(t_s: np.ndarray, x: np.ndarray, why: Validity = Validity.VIEW) -> Trace:
    reasons = np.where(np.isfinite(x), 0, why).astype(np.uint8)
    return Trace("elbow_flexion.right", "deg", t_s, x, reasons)


@pytest.mark.parametrize("px", [0.5, 2.0, 5.0])
@pytest.mark.parametrize(("fps", "seconds"), [(10, 40), (30, 20), (30, 60)])
@pytest.mark.parametrize("rested", [True, False])
def test_h14_joints_that_rest_have_no_range(px: float, fps: int, seconds: int, rested: bool) -> None:
    t_s = np.arange(fps * seconds) / fps
    for seed in range(2):
        found = ranges(t_s, Pose.still(len(t_s)), px, seed, rested)
        assert len(found) == 54  # 6 pairs and 6 single ones, three results each
        assert {name: m.value for name, m in found.items() if m.good} == {}


@pytest.mark.parametrize("px", [0.0, 0.5, 2.0, 5.0])
@pytest.mark.parametrize("rested", [True, False])
def test_h14_joints_that_move_keep_their_range_and_the_others_have_none(px: float, rested: bool) -> None:
    t_s = np.arange(19 * 30) / 30
    for way in (40.0, 85.0):
        found = ranges(t_s, raised(t_s, way), px, 1, rested)
        for name in ("shoulder_abduction.right", "shoulder_elevation.right"):
            one = found[f"{name} range_of_motion"]
            if px < 5:
                assert one.value == pytest.approx(way, abs=3.0)
            else:  # where nobody is believed to be there, or the arm to be in the plane
                assert not one.good or one.value == pytest.approx(way, abs=6.0)
        # an arm has weight, which shifts as it goes out
        moved = ("shoulder_abduction.right", "shoulder_elevation.right", "weight_shift", "seated_shift")
        still = {name: m.value for name, m in found.items() if m.good and not name.startswith(moved)}
        assert still == {}


@pytest.mark.parametrize("noise_deg", [0.3, 1.0, 2.0, 4.0])
@pytest.mark.parametrize("way", [15.0, 30.0, 90.0])
def test_noise_neither_widens_a_range_nor_is_one(noise_deg: float, way: float) -> None:
    t_s = np.arange(19 * 30) / 30
    for seed in range(5):
        noise = np.random.default_rng(seed).normal(0.0, noise_deg, len(t_s))
        for given in (None, noise_deg):
            moved = measure_range(trace(t_s, held(t_s, way) + noise), noise=given)[0]
            if noise_deg <= 2.0:
                assert moved.value == pytest.approx(way, abs=3.0)
            else:
                assert not moved.good or moved.value == pytest.approx(way, abs=6.0)
                assert way > 15.0 or not moved.good
            assert not measure_range(trace(t_s, 20.0 + noise), noise=given)[0].good


def test_a_range_under_eight_times_the_noise_at_rest_is_noise() -> None:
    t_s = np.arange(19 * 30) / 30
    x = held(t_s, 15.0)
    assert measure_range(trace(t_s, x), noise=15.0 / 8.5)[0].good
    assert {m.validity for m in measure_range(trace(t_s, x), noise=15.0 / 7.5)} == {Validity.NOISE}
    assert measure_range(trace(t_s, x), noise=math.nan)[0].value == pytest.approx(15.0, abs=0.5)


def test_a_wild_picture_in_a_tremble_is_not_spread() -> None:
    t_s = np.arange(19 * 30) / 30
    x = held(t_s, 60.0) + np.random.default_rng(3).normal(0.0, 1.5, len(t_s))
    for at in (30, 150, 250):
        wild = x.copy()
        wild[at] += 80.0
        assert measure_range(trace(t_s, wild))[0].value == pytest.approx(60.0, abs=3.0)


def test_what_was_hardly_seen_says_why() -> None:
    t_s = np.arange(19 * 30) / 30
    x = held(t_s, 60.0)
    assert measure_range(trace(t_s, np.where(t_s < 12.2, x, np.nan)))[0].validity is Validity.TOO_FEW
    five = np.concatenate([x, x])
    times = np.arange(len(five)) / 30
    assert measure_range(trace(times, np.where(times < 20, five, np.nan)))[0].good
    third = np.concatenate([five, np.full(len(x), np.nan)])
    times = np.arange(len(third)) / 30
    hidden = np.where(times < 20, third, np.nan)
    assert {m.validity for m in measure_range(trace(times, hidden))} == {Validity.VIEW}


def test_the_tremble_of_a_trace_is_its_noise_and_not_its_movement() -> None:
    t_s = np.arange(900) / 30
    noise = np.random.default_rng(0).normal(0.0, 2.0, len(t_s))
    for moved in (np.zeros(len(t_s)), 45.0 * np.sin(np.pi * t_s), held(t_s, 90.0)):
        assert tremble(moved + noise) == pytest.approx(2.0, rel=0.12)
        assert tremble(moved) < 0.1
    assert tremble(np.zeros(2)) == 0.0


@pytest.mark.parametrize("hz", [0.5, 0.8, 1.0, 1.5, 2.0, 2.5])
def test_smoothing_never_narrows_a_fast_movement(hz: float) -> None:
    t_s = np.arange(450) / 30
    x = 30.0 - 30.0 * np.cos(2 * np.pi * hz * t_s) + np.random.default_rng(2).normal(0.0, 1.3, len(t_s))
    one = measure_range(trace(t_s, x))[0]
    assert one.good == (hz <= 1.0)
    assert one.value == pytest.approx(60.0, abs=3.0) if one.good else one.validity is Validity.TOO_SLOW
