"""The real networks on real and odd pictures."""

import math
import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from rehabgames.core.errors import ModelError, TrackerError
from rehabgames.core.landmarks import POSE, WRIST
from rehabgames.tracking.detector import Detector
from rehabgames.tracking.hands import sort_hands
from rehabgames.tracking.models import model_path

SHARED = Path(os.environ.get("REHABGAMES_SHARED", Path(__file__).parents[3] / "shared"))
CLIP = SHARED / "video" / "asl_A_skull.mp4"


@pytest.fixture(scope="module")
def pictures():
    if not CLIP.exists():
        pytest.skip(f"no clips of people: {CLIP} is missing (see REHABGAMES_SHARED)")
    capture = cv2.VideoCapture(str(CLIP))
    try:
        return [capture.read()[1] for _ in range(120)]
    finally:
        capture.release()


@pytest.fixture
def detector():
    with Detector(model_path("pose")) as made:
        yield made


def test_a_person_is_found_in_pixels_and_metres(detector, pictures):
    frames = [detector.detect(bgr, i / 30, i) for i, bgr in enumerate(pictures[:10])]
    for i, frame in enumerate(frames):
        assert frame.has_body
        assert (frame.t_s, frame.index, frame.size) == (i / 30, i, (640, 480))
        assert math.isnan(frame.tracked_s)
        assert np.isnan(frame.hands_px).all()
        assert np.isfinite(frame.points_px).all()
        assert ((frame.visibility >= 0) & (frame.visibility <= 1)).all()
        left, right = frame.points_px[POSE["left_shoulder"]], frame.points_px[POSE["right_shoulder"]]
        assert 100 < left[0] - right[0] < 450, "the person's left is right in an unmirrored picture"
        across_m = np.linalg.norm(
            frame.world_m[POSE["left_shoulder"]] - frame.world_m[POSE["right_shoulder"]]
        )
        assert 0.2 < across_m < 0.6


def test_hands_are_the_persons_own(pictures):
    with Detector(model_path("pose"), model_path("hand")) as both:
        frames = [both.detect(bgr, i / 30, i) for i, bgr in enumerate(pictures)]
    own, other, found = [], [], 0
    for frame in frames:
        wrists = frame.points_px[[POSE["left_wrist"], POSE["right_wrist"]]]
        for side in (0, 1):
            hand = frame.hands_px[side, WRIST]
            assert np.isfinite(frame.hand_scores[side]) == np.isfinite(hand).all()
            if np.isfinite(hand).all():
                found += 1
                own.append(np.linalg.norm(hand - wrists[side]))
                other.append(np.linalg.norm(hand - wrists[1 - side]))
    assert found > 40
    assert np.mean(np.array(own) < np.array(other)) > 0.95
    assert np.median(own) < 40


def test_nobody_is_nan(detector):
    frame = detector.detect(np.full((480, 640, 3), 90, np.uint8), 0.0, 0)
    assert not frame.has_body
    assert np.isnan(frame.points_px).all()
    assert np.isnan(frame.visibility).all()
    assert np.isnan(frame.world_m).all()


def test_time_may_stand_go_back_jump_or_be_missing(detector, pictures):
    for i, t_s in enumerate((5.0, 5.0, 4.0, -3.0, math.nan, 1e9, math.inf, 1e9, 0.0, 1e300, 0.1)):
        frame = detector.detect(pictures[i], t_s, i)
        assert frame.has_body
        assert frame.t_s == t_s or math.isnan(t_s)


def test_other_layouts_of_the_same_picture(pictures):
    bgr = pictures[0]
    grey = cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY)
    wide = np.zeros((480, 1280, 3), np.uint8)
    wide[:, ::2] = bgr
    same = {"grey": grey, "one channel": grey[..., None], "strided": wide[:, ::2]}
    same["alpha"] = cv2.cvtColor(bgr, cv2.COLOR_BGR2BGRA)
    same["read only"] = np.frombuffer(bgr.tobytes(), np.uint8).reshape(bgr.shape)
    expected = _first(bgr)
    for name, picture in same.items():
        frame = _first(picture)
        assert np.abs(frame.points_px[11:13] - expected.points_px[11:13]).max() < 8, name


def _first(picture):
    with Detector(model_path("pose")) as fresh:
        return fresh.detect(picture, 0.0, 0)


def test_size_may_change_in_mid_stream(detector, pictures):
    sizes = [(640, 480), (320, 240), (1, 1), (1280, 720), (3, 900), (640, 480)]
    frames = []
    for i, size in enumerate(sizes):
        frame = detector.detect(cv2.resize(pictures[i], size), i / 30, i)
        assert frame.size == size
        frames.append(frame)
    assert frames[0].has_body
    assert frames[-1].has_body
    assert np.abs(frames[0].points_px[:13] - frames[-1].points_px[:13]).max() < 60


@pytest.mark.parametrize(
    "bad",
    [
        np.zeros((480, 640, 3)),
        np.zeros((0, 640, 3), np.uint8),
        np.zeros((480, 640, 2), np.uint8),
        np.zeros(7, np.uint8),
        np.zeros((2, 480, 640, 3), np.uint8),
        None,
    ],
    ids=["float", "empty", "two channels", "a line", "a stack", "none"],
)
def test_what_is_no_picture_is_refused(detector, bad):
    with pytest.raises(TrackerError, match="not a camera picture"):
        detector.detect(bad, 0.0, 0)


def test_a_closed_detector_says_so(pictures):
    detector = Detector(model_path("pose"), model_path("hand"))
    assert detector.detect(pictures[0], 0.0, 0).has_body
    detector.close()
    detector.close()
    with pytest.raises(TrackerError, match="closed"):
        detector.detect(pictures[1], 0.1, 1)


@pytest.mark.parametrize("content", [None, b"", b"not a bundle" * 100, "half"])
def test_a_model_that_cannot_be_loaded(tmp_path, content):
    path = tmp_path / "pose.task"
    if content == "half":
        whole = model_path("pose").read_bytes()
        content = whole[: len(whole) // 2]
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"pose\.task") as told:
        Detector(path)
    assert told.value.next_step
    assert "\n" not in str(told.value)


def _hand_at(x, y, label, score):
    return label, score, np.array([(x + 3 * (i % 5), y - 10.0 * (i // 5)) for i in range(21)])


def test_labels_decide_where_they_differ():
    px, scores = sort_hands([_hand_at(500, 300, 1, 0.6), _hand_at(100, 300, 0, 0.9)], np.full((2, 2), np.nan))
    assert px[0, WRIST, 0] == 100
    assert px[1, WRIST, 0] == 500
    assert scores.tolist() == [0.9, 0.6]


@pytest.mark.parametrize("order", [1, -1])
def test_two_hands_with_one_label_go_to_the_nearer_wrists(order):
    found = [_hand_at(500, 300, 1, 0.9), _hand_at(100, 300, 1, 0.6)][::order]
    px, scores = sort_hands(found, np.array([[480.0, 290.0], [120.0, 310.0]]))
    assert px[0, WRIST, 0] == 500
    assert px[1, WRIST, 0] == 100
    assert scores.tolist() == [0.9, 0.6]


def test_two_hands_with_one_label_and_no_body_the_better_keeps_it():
    found = [_hand_at(500, 300, 1, 0.6), _hand_at(100, 300, 1, 0.9)]
    px, _ = sort_hands(found, np.full((2, 2), np.nan))
    assert px[1, WRIST, 0] == 100
    assert px[0, WRIST, 0] == 500


def test_one_hand_found_twice_is_one_hand():
    found = [_hand_at(500, 300, 1, 0.6), _hand_at(501, 301, 1, 0.9)]
    px, scores = sort_hands(found, np.array([[480.0, 290.0], [120.0, 310.0]]))
    assert px[1, WRIST, 0] == 501
    assert np.isnan(px[0]).all()
    assert math.isnan(scores[0])
