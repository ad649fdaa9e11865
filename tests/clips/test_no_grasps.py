"""Clips of hands that grasp nothing: nothing is counted, on either side, whichever way they are held."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from rehabgames.core.landmarks import SIDES
from rehabgames.core.pose import Array, PoseFrame, Recording
from rehabgames.measures.hand import HandRange, grasp_releases
from rehabgames.measures.repetitions import count
from rehabgames.signals import compute, resolve
from rehabgames.signals.scale import BodyScale
from rehabgames.tracking.detector import Detector

STILL = ("mps_hand", "mps_gesture")  # an open palm, a fist
OPENS_ONCE = "tfjs_asl_hand"
NAMES = tuple(f"hand_open.{side}" for side in SIDES)
Change = Callable[[Array], Array]
Film = Callable[[str], tuple[float, list[PoseFrame]]]


def _turned(deg: float) -> Change:
    def turn(picture: Array) -> Array:
        height, width = picture.shape[:2]
        about = cv2.getRotationMatrix2D((width / 2, height / 2), deg, 1.0)
        return cv2.warpAffine(picture, about, (width, height), borderMode=cv2.BORDER_REFLECT)

    return turn


CHANGED: dict[str, Change] = {
    "mirrored": lambda picture: np.ascontiguousarray(picture[:, ::-1]),
    "turned": _turned(25.0),
    "turned far": _turned(-40.0),
    "small": lambda picture: cv2.resize(picture, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA),
    "dark": lambda picture: (picture * 0.3).astype(np.uint8),
}


def tracked(video: Path, models: dict[str, Path], change: Change, step: int) -> Recording:
    """Every `step`-th picture of a clip, changed."""
    capture = cv2.VideoCapture(str(video))
    frames = []
    try:
        fps = capture.get(cv2.CAP_PROP_FPS)
        with Detector(models["pose"], models["hand"]) as detector:
            index = 0
            while (picture := capture.read()[1]) is not None:
                if index % step == 0:
                    frames.append(detector.detect(change(picture), index / fps, index))
                index += 1
    finally:
        capture.release()
    return Recording.of(frames)


def grasps_s(rec: Recording) -> dict[str, list[float]]:
    """When a hand was counted, by its signal; and releases of an uncalibrated hand."""
    found = {}
    for name, x in compute(rec, NAMES).items():
        found[name] = [each.marked_s for each in count(rec.t_s, x, resolve(name)[0].swing)]
        found[f"{name} releases"] = [
            each.opened_at_s for each in grasp_releases(rec.t_s, x, HandRange(*BodyScale().hand_open))
        ]
    return found


@pytest.mark.camera
@pytest.mark.parametrize("name", STILL)
def test_a_hand_that_is_held_up_grasps_nothing(film: Film, name: str) -> None:
    rec = Recording.of(film(name)[1])
    shown = np.isfinite(rec.hands_px[:, :, 0, 0])
    assert shown.any(axis=1).mean() > 0.8
    assert shown.mean(axis=0).min() < 0.03, "it is one hand, whatever body is made up behind it"
    assert not any(grasps_s(rec).values())


@pytest.mark.camera
def test_a_hand_that_opens_once_releases_nothing(shared: Path, film: Film) -> None:
    """It forms signs, and opens at the end of them; it does not close again."""
    labels = json.loads((shared / "video" / "labels.json").read_text("utf-8"))
    (opens_s,) = labels[f"{OPENS_ONCE}.mp4"]["full_open_moments_s"]
    rec = Recording.of(film(OPENS_ONCE)[1])
    found = grasps_s(rec)
    print(found)
    assert all(abs(at_s - opens_s) < 1.0 for each in found.values() for at_s in each)
    assert all(len(each) <= 1 for each in found.values())


@pytest.mark.endurance
@pytest.mark.parametrize("change", CHANGED)
@pytest.mark.parametrize("name", STILL)
def test_nor_when_it_is_held_another_way(
    shared: Path, models: dict[str, Path], name: str, change: str
) -> None:
    rec = tracked(shared / "video" / f"{name}.mp4", models, CHANGED[change], 2)
    assert not any(grasps_s(rec).values())
