"""What the room check sees by: how bright a picture is, and how many people are in it (H15)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rehabgames.core.pose import PoseFrame
from rehabgames.tracking.detector import Detector
from rehabgames.tracking.figure_room import paint_room
from rehabgames.tracking.looks import LOOKS
from rehabgames.tracking.sources import Company, VirtualSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker
from rehabgames.tracking.virtual import VirtualCamera

pytestmark = pytest.mark.camera


class Eyes:
    """One detector that counts; every look at a picture is two seconds after the last one."""

    def __init__(self, detector: Detector) -> None:
        self._detector = detector
        self._t_s = 0.0

    def look(self, bgr: np.ndarray) -> PoseFrame:
        self._t_s += 2.0
        return self._detector.detect(bgr, self._t_s, 0)


@pytest.fixture(scope="module")
def eyes(models: dict[str, Path]) -> Iterator[Eyes]:
    with Detector(models["pose"], count_people=True) as detector:
        yield Eyes(detector)


def drawn(look: str, *, company: bool) -> np.ndarray:
    camera = VirtualCamera(VirtualSpec("healthy", "right", 1, look, company=Company() if company else None))
    return np.asarray(camera.picture_at(0.5, None).bgr)


@pytest.mark.parametrize("look", ["morning", "grandmother", "far", "clinic", "from below"])
def test_people_are_counted(eyes: Eyes, look: str) -> None:
    assert eyes.look(drawn(look, company=False)).people == 1
    assert eyes.look(drawn(look, company=True)).people == 2


def test_an_empty_room_holds_nobody(eyes: Eyes) -> None:
    for look in LOOKS[:6]:
        assert eyes.look(paint_room(look, (640, 480), 400.0, 1)).people == 0


def test_light_is_the_mean_brightness(eyes: Eyes) -> None:
    picture = drawn("morning", company=False)
    bright = eyes.look(picture).light
    assert bright == pytest.approx(picture.mean() / 255, abs=0.01)
    assert eyes.look((picture * 0.2).astype(np.uint8)).light == pytest.approx(0.2 * bright, abs=0.01)
    assert eyes.look(np.zeros_like(picture)).light == 0.0
    assert eyes.look(np.full_like(picture, 255)).light == 1.0


def test_between_two_counts_the_last_one_holds(models: dict[str, Path]) -> None:
    alone, both = drawn("morning", company=False), drawn("morning", company=True)
    with Detector(models["pose"], count_people=True) as detector:
        pictures = [(0.0, alone), (0.5, both), (0.9, both), (1.1, both), (1.5, alone)]
        counts = [detector.detect(bgr, t_s, i).people for i, (t_s, bgr) in enumerate(pictures)]
    assert counts == [1, 1, 1, 2, 2]


def test_nobody_counts_unless_asked(models: dict[str, Path]) -> None:
    spec = VirtualSpec("healthy", "right", 1, "morning", company=Company())
    for asked in (False, True):
        with Tracker(spec, models=ModelPaths(models["pose"]), count_people=asked) as tracker:
            tracker.start()
            people = next(tracker.frames()).people
        assert people == (2 if asked else -1)
