"""A camera with troubles has just the troubles that are asked for, in the webcam's own words."""

from __future__ import annotations

import time

import numpy as np
import pytest

from rehabgames.core.errors import CameraError, UnknownNameError
from rehabgames.tracking.opening import open_source
from rehabgames.tracking.sources import CameraPicture, Fault, FaultKind, FaultySpec, ReplaySpec, Source


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    path = tmp_path_factory.mktemp("film") / "film.npy"
    np.save(path, np.random.default_rng(1).integers(0, 255, (40, 48, 64, 3), np.uint8))
    return path


def camera(film, *faults: Fault, fps: float | None = None) -> Source:
    return open_source(FaultySpec(ReplaySpec(film, fps), faults, time.monotonic()))


def read(source: Source) -> CameraPicture:
    picture = source.read()
    assert picture is not None
    return picture


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("none", "There is no camera 0. No camera is connected."),
        ("unplugged", "There is no camera 0."),
        ("denied", "You are not allowed to use camera 0."),
        ("busy", "another program may be using it"),
    ],
)
def test_what_does_not_open_says_why(film, kind, said) -> None:
    with pytest.raises(CameraError) as told:
        camera(film, Fault(kind, 0.0))
    assert said in str(told.value)


def test_it_is_unplugged_in_the_middle_and_can_be_opened_again_later(film) -> None:
    zero_s = time.monotonic()
    spec = FaultySpec(ReplaySpec(film, None), (Fault("unplugged", 0.1, 0.4),), zero_s)
    source = open_source(spec)
    read(source)
    time.sleep(max(0.0, zero_s + 0.15 - time.monotonic()))
    with pytest.raises(CameraError, match="gives no more pictures"):
        source.read()
    with pytest.raises(CameraError, match="There is no camera"):
        open_source(spec)
    time.sleep(max(0.0, zero_s + 0.45 - time.monotonic()))
    assert read(open_source(spec)).index == 0


def test_a_frozen_picture_is_the_last_one_and_not_fresh_for_long(film) -> None:
    source = camera(film, Fault("frozen", 0.2), fps=50.0)
    read_s = time.monotonic()
    pictures = [read(source) for _ in range(50)]
    stood = [each for each in pictures if np.array_equal(each.bgr, pictures[-1].bgr)]
    assert len(stood) > 30
    stale = [each.t_s for each in pictures if not each.fresh]
    assert 0.2 + 0.4 < stale[0] - read_s < 1.0
    assert len({each.index for each in pictures}) == len(pictures)


def test_pictures_are_changed_as_asked(film) -> None:
    plain = read(camera(film)).bgr
    kinds: tuple[FaultKind, ...] = ("black", "mirrored", "turned", "upside_down")
    changed = {kind: read(camera(film, Fault(kind, 0.0))).bgr for kind in kinds}
    assert changed["black"].max() == 0
    assert np.array_equal(changed["mirrored"], plain[:, ::-1])
    assert changed["turned"].shape == (64, 48, 3)
    assert np.array_equal(changed["upside_down"], plain[::-1, ::-1])
    assert read(camera(film, Fault("smaller", 0.0))).bgr.shape == (24, 32, 3)
    dim = read(camera(film, Fault("dim", 0.0))).bgr
    assert dim.mean() < 0.15 * plain.mean()
    assert (read(camera(film, Fault("covered", 0.0, amount=0.5))).bgr[:, :32] == (70, 84, 92)).all()
    assert np.std(np.diff(read(camera(film, Fault("blurred", 0.0))).bgr.astype(float))) < np.std(
        np.diff(plain.astype(float))
    )
    noise = read(camera(film, Fault("noisy", 0.0, amount=0.2))).bgr.astype(float) - plain
    assert 8.0 < np.std(noise) < 20.0


def test_pictures_are_dropped_or_slow(film) -> None:
    dropping = camera(film, Fault("dropping", 0.0))
    kept = [read(dropping).index for _ in range(200)]
    assert 0.2 < 1.0 - 200 / (kept[-1] + 1) < 0.4
    slow = camera(film, Fault("slow", 0.0), fps=60.0)
    times = [read(slow).t_s for _ in range(4)]
    assert np.diff(times).min() > 0.17


def test_an_unknown_fault_names_the_nearest(film) -> None:
    with pytest.raises(UnknownNameError, match="frozen"):
        camera(film, Fault("frosen", 0.0))  # type: ignore[arg-type]
