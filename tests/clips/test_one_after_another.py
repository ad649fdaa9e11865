"""Real people who come one after another, three in black and two in grey: none is taken for who was confirmed
before (SAFETY H7)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import cv2
import pytest

from rehabgames.tracking.detector import Detector

PRESENT_S = ((6.5, 20.0), (22.8, 45.5), (50.3, 70.0), (74.3, 87.0), (92.3, 120.0), (123.8, 137.0))
EDGE_S = 1.5  # by which the human times of coming and going may be off


def told_of(clip: Path, pose: Path, confirmed_s: float, until_s: float) -> tuple[Counter[str], Counter[str]]:
    """What is said of the one who is confirmed then, after that, and of everybody who comes later."""
    video = cv2.VideoCapture(str(clip))
    fps = video.get(cv2.CAP_PROP_FPS)
    first = round((confirmed_s - 1.0) * fps)
    video.set(cv2.CAP_PROP_POS_FRAMES, first)
    gone_s = next(end_s for begin_s, end_s in PRESENT_S if begin_s < confirmed_s < end_s)
    own, later = Counter[str](), Counter[str]()
    with Detector(pose, keeps=True, beside=False) as detector:
        for index in range(first, round(until_s * fps)):
            read, bgr = video.read()
            if not read:
                break
            t_s = index / fps
            frame = detector.detect(bgr, t_s, index)
            if index == round(confirmed_s * fps):
                detector.confirm()
            elif t_s > confirmed_s and frame.has_body and t_s < gone_s - EDGE_S:
                own[frame.whose] += 1
            elif t_s > gone_s + EDGE_S and frame.has_body:
                later[frame.whose] += 1
    video.release()
    return own, later


def clip_of(shared: Path) -> Path:
    clip = shared / "video" / "intel_onebyone.mp4"
    if not clip.is_file():
        pytest.skip(f"There is no {clip}.")
    return clip


def test_h7_a_woman_in_black_is_not_the_man_in_black(shared: Path, models: dict[str, Path]) -> None:
    own, later = told_of(clip_of(shared), models["pose"], 40.0, 58.0)
    assert own["patient"] >= 0.95 * own.total()
    assert later["patient"] == 0
    assert later.total() > 50


@pytest.mark.endurance
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("begin_s", [begin_s for begin_s, _ in PRESENT_S])
def test_h7_nobody_is_taken_for_somebody_before(
    begin_s: float, shared: Path, models: dict[str, Path]
) -> None:
    own, later = told_of(clip_of(shared), models["pose"], begin_s + 5.0, 140.0)
    print(begin_s, dict(own), dict(later))
    assert own["patient"] >= 0.95 * own.total()
    assert later["patient"] == 0
