import math

import cv2
import mediapipe
import numpy as np
import pytest
from mediapipe.tasks.python import BaseOptions, vision

from rehabgames.core.landmarks import FINGERTIPS, MIDDLE_KNUCKLE, SIDES, WRIST
from rehabgames.tracking.closeup import CloseUpHand
from rehabgames.tracking.looks import LOOKS
from rehabgames.tracking.models import model_path

pytestmark = pytest.mark.camera

FPS = 30.0
CYCLE_S = 1.5
FRAMES = 45
SURE_ENOUGH = 0.25


def opening(t_s):
    """Open, shut, open again, with a rest at both ends."""
    return float(np.clip(0.5 + 0.65 * math.cos(2 * math.pi * t_s / CYCLE_S), 0, 1))


def hand_open(landmarks):
    tips = np.hypot(*(landmarks[list(FINGERTIPS)] - landmarks[WRIST]).T)
    return tips.mean() / np.hypot(*(landmarks[MIDDLE_KNUCKLE] - landmarks[WRIST]))


def track(hand):
    """[(opening drawn, hand_open found or NaN, handedness)] for one cycle."""
    options = vision.HandLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(model_path("hand"))),
        running_mode=vision.RunningMode.VIDEO,
        num_hands=2,
        min_hand_detection_confidence=SURE_ENOUGH,
        min_hand_presence_confidence=SURE_ENOUGH,
        min_tracking_confidence=SURE_ENOUGH,
    )
    rows = []
    with vision.HandLandmarker.create_from_options(options) as landmarker:
        for i in range(FRAMES):
            picture = hand.draw(opening(i / FPS), i / FPS)
            rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
            image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)
            result = landmarker.detect_for_video(image, round(i * 1000 / FPS))
            if not result.hand_landmarks:
                rows.append((opening(i / FPS), math.nan, ""))
                continue
            height, width = picture.shape[:2]
            marks = np.array([[m.x * width, m.y * height] for m in result.hand_landmarks[0]])
            rows.append((opening(i / FPS), hand_open(marks), result.handedness[0][0].category_name))
    return rows


@pytest.fixture(scope="module")
def tracked():
    return {
        look.name: (SIDES[i % 2], track(CloseUpHand(i, look, SIDES[i % 2])))
        for i, look in enumerate(LOOKS[::2])
    }


def test_the_hand_is_found_in_every_look(tracked):
    share = {name: np.mean([not math.isnan(row[1]) for row in rows]) for name, (_, rows) in tracked.items()}
    assert all(s >= 0.95 for s in share.values()), share


def test_opening_and_closing_is_followed(tracked):
    for name, (_, rows) in tracked.items():
        drawn, found = (np.array([row[i] for row in rows if not math.isnan(row[1])]) for i in (0, 1))
        assert np.corrcoef(drawn, found)[0, 1] > 0.9, name
        assert 1.7 < np.median(found[drawn > 0.95]) < 2.05, name
        assert 0.6 < np.median(found[drawn < 0.05]) < 1.0, name


def test_it_is_the_hand_of_its_side(tracked):
    for name, (side, rows) in tracked.items():
        names = [row[2] for row in rows if row[2]]
        assert names.count(side.capitalize()) >= 0.95 * len(names), name


def test_one_seed_draws_one_hand():
    one, other, third = (CloseUpHand(seed).draw(0.4, 0.7) for seed in (3, 3, 4))
    assert np.array_equal(one, other)
    assert not np.array_equal(one, third)


def test_the_two_sides_are_mirrored():
    left, right = (CloseUpHand(2, side=side).frame(0.0) for side in SIDES)
    assert left.thumbward[0] == -right.thumbward[0]
    assert left.fingerward == right.fingerward


def test_openings_beyond_the_ends_are_drawn_as_the_ends():
    hand = CloseUpHand(1)
    assert np.array_equal(hand.draw(-0.3, 0.0), hand.draw(0.0, 0.0))
    assert np.array_equal(hand.draw(1.4, 0.0), hand.draw(1.0, 0.0))
