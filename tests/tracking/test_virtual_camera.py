"""The virtual camera: lock-step and in real time, and that its patient sees what is shown."""

import math
import time
from itertools import pairwise

import numpy as np
import pytest

from rehabgames.core.errors import UseError
from rehabgames.core.landmarks import POSE
from rehabgames.core.view import Target, View
from rehabgames.tracking.detector import Detector
from rehabgames.tracking.figure import WHOLE_M
from rehabgames.tracking.looks import LOOKS
from rehabgames.tracking.models import model_path
from rehabgames.tracking.opening import open_source
from rehabgames.tracking.sources import VirtualSpec
from rehabgames.tracking.virtual import VirtualCamera, from_afar

WINDOW = (-1.5, -1.5, 1.5, 1.5)


def reach(t_s, x, y, number=0, side="right"):
    target = Target("pick", x, y, 0.15, 0.0, number)
    return View(t_s, "play", "orchard", side, 1, WINDOW, target=target)


def test_lock_step_is_repeatable_and_asks_no_clock():
    first, second = (VirtualCamera(VirtualSpec("moderate", "right", seed=4, look=3)) for _ in range(2))
    for i in range(12):
        t_s = 100.0 + i / 30
        view = reach(t_s, 0.6, 0.0) if i > 2 else None
        a, b = first.picture_at(t_s, view), second.picture_at(t_s, view)
        assert (a.t_s, a.index) == (t_s, i)
        assert np.array_equal(a.bgr, b.bgr)
        assert first.truth_px == second.truth_px


@pytest.mark.parametrize(("side", "x"), [("right", 0.8), ("left", -0.8)])
def test_the_patient_reaches_where_the_screen_shows(side, x):
    """The screen is a mirror and the picture is not: the player's right is left in the picture."""
    camera = VirtualCamera(VirtualSpec("healthy", side, seed=1))
    for i in range(75):
        camera.picture_at(i / 30, reach(0.0, x, 0.0, side=side))
    shoulder, wrist = camera.truth_px[f"{side}_shoulder"], camera.truth_px[f"{side}_wrist"]
    assert (wrist[0] - shoulder[0]) * x < 0
    assert abs(wrist[0] - shoulder[0]) > 1.5 * abs(wrist[1] - shoulder[1])


def test_without_a_view_the_hand_rests():
    camera = VirtualCamera(VirtualSpec("healthy", seed=1))
    camera.picture_at(0.0, None)
    before = np.array(camera.truth_px["right_wrist"])
    for i in range(1, 60):
        camera.picture_at(i / 30, None)
    assert np.linalg.norm(camera.truth_px["right_wrist"] - before) < 5


def test_the_real_network_finds_the_patient_where_it_was_drawn():
    camera = VirtualCamera(VirtualSpec("mild", "right", seed=2))
    off = []
    with Detector(model_path("pose")) as detector:
        for i in range(45):
            picture = camera.picture_at(i / 30, reach(0.0, 0.7, 0.0))
            frame = detector.detect(picture.bgr, picture.t_s, picture.index)
            assert frame.has_body
            for joint in ("left_shoulder", "right_shoulder", "right_elbow", "right_wrist"):
                off.append(np.linalg.norm(frame.points_px[POSE[joint]] - camera.truth_px[joint]))
    assert np.median(off) < 0.02 * 640


def test_real_time_keeps_its_rate():
    camera = open_source(VirtualSpec("healthy", fps=25.0))
    assert (camera.size, camera.fps, camera.total, camera.live) == ((640, 480), 25.0, None, True)
    pictures = [camera.read() for _ in range(26)]
    camera.close()
    assert camera.read() is None
    steps_s = np.diff([p.t_s for p in pictures])
    indices = np.diff([p.index for p in pictures])
    assert steps_s.sum() / indices.sum() == pytest.approx(1 / 25, rel=0.1)
    assert all(a.t_s < b.t_s and a.index < b.index for a, b in pairwise(pictures))
    assert pictures[0].t_s <= time.monotonic()


def test_what_is_seen_moves_the_patient_in_real_time():
    camera = VirtualCamera(VirtualSpec("healthy", "right", seed=1))
    camera.read()
    before = camera.truth_px["right_wrist"]
    camera.see(reach(0.0, 0.7, 0.0))
    deadline_s = time.monotonic() + 5
    while camera.truth_px["right_wrist"][0] > before[0] - 60 and time.monotonic() < deadline_s:
        camera.read()
    assert camera.truth_px["right_wrist"][0] <= before[0] - 60


def test_a_late_reader_misses_pictures():
    camera = VirtualCamera(VirtualSpec("healthy", fps=60.0))
    first = camera.read()
    slow = VirtualCamera(VirtualSpec("healthy", size=(320, 240)))
    while time.monotonic() < first.t_s + 0.2:
        slow.picture_at(time.monotonic(), None)
    late = camera.read()
    assert late.index - first.index == pytest.approx((late.t_s - first.t_s) * 60, abs=1.5)


@pytest.mark.parametrize("look", [0, len(LOOKS) - 1, LOOKS[2].name])
def test_looks_by_number_and_name(look):
    camera = VirtualCamera(VirtualSpec("healthy", look=look, size=(320, 240)))
    assert camera.picture_at(0.0, None).bgr.shape == (240, 320, 3)
    assert (LOOKS[look].name if isinstance(look, int) else look) in camera.name


@pytest.mark.parametrize(("look", "size"), [("near", (640, 480)), ("tall", (1280, 720))])
def test_whoever_stands_is_in_the_picture_from_head_to_feet(look, size):
    camera = VirtualCamera(VirtualSpec("severe", look=look, size=size, sitting=False))
    camera.picture_at(0.0, None)
    x = np.array(list(camera.truth_px.values()))[:, 0]
    assert (0.05 * size[0] < x).all()
    assert (x < 0.95 * size[0]).all()
    assert camera.truth_px["nose"][1] > 0.08 * size[1]
    assert max(camera.truth_px[f"{side}_ankle"][1] for side in ("left", "right")) < 0.97 * size[1]


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (480, 640)])
def test_the_camera_stands_as_far_from_who_stands_as_the_exercises_say(size):
    for look in LOOKS:
        stood = from_afar(look, size)
        assert stood.distance_m >= max(3.0, look.distance_m)
        assert stood.px_per_m(size[0]) * WHOLE_M <= size[1] + 1e-6


def test_from_half_as_far_everything_is_twice_as_large():
    def shoulders_px(distance_m):
        camera = VirtualCamera(VirtualSpec("healthy", look="far", distance_m=distance_m))
        camera.picture_at(0.0, None)
        return math.dist(camera.truth_px["left_shoulder"], camera.truth_px["right_shoulder"])

    assert shoulders_px(1.55) == pytest.approx(2 * shoulders_px(None))


@pytest.mark.parametrize(
    "bad", [{"size": (0, 480)}, {"size": (640, 99999)}, {"fps": 0.0}, {"fps": float("nan")}]
)
def test_what_cannot_be_drawn_is_refused(bad):
    with pytest.raises(UseError, match="Choose"):
        VirtualCamera(VirtualSpec("healthy", **bad))
