import dataclasses
import itertools
import time

import numpy as np
import pytest

from rehabgames.patients.body import Build
from rehabgames.patients.script import hanging
from rehabgames.patients.stance import body_of
from rehabgames.tracking.detector import Detector
from rehabgames.tracking.figure import Figure
from rehabgames.tracking.figure_accuracy import MOTION_S, moving_body
from rehabgames.tracking.figure_legs import is_seated
from rehabgames.tracking.looks import LOOKS, Look, bgr
from rehabgames.tracking.models import model_path

DRAWING_SHARE = 0.75


def _named(name: str) -> Look:
    return next(look for look in LOOKS if look.name == name)


def test_there_are_at_least_twenty_looks_with_their_own_names_and_appearance():
    assert len(LOOKS) >= 20
    assert len({look.name for look in LOOKS}) == len(LOOKS)
    assert len({dataclasses.replace(look, name="") for look in LOOKS}) == len(LOOKS)


def test_looks_vary_in_all_that_a_camera_meets():
    skin = [sum(bgr(look.skin)) / 3 for look in LOOKS]
    assert min(skin) < 70
    assert max(skin) > 200
    for field, least in (("room", 5), ("hair_style", 6), ("pattern", 4), ("shirt", 20)):
        assert len({getattr(look, field) for look in LOOKS}) >= least, field
    for field, low, high in (("girth", 0.9, 1.2), ("gain", 0.6, 1.1), ("distance_m", 1.6, 2.8)):
        values = [getattr(look, field) for look in LOOKS]
        assert min(values) < low < high < max(values), field
    assert {look.sitting for look in LOOKS} == {True, False}


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_look_shows_the_head_and_both_arms_at_rest(look):
    drawn = Figure(look).draw(moving_body(0.0, look.sitting), 0.5)
    assert drawn.picture.shape == (480, 640, 3)
    assert drawn.picture.dtype == np.uint8
    for name, (x, y) in drawn.joints_px.items():
        if name.split("_")[-1] in ("nose", "shoulder", "elbow", "wrist", "hip"):
            assert 0 <= x < 640, name
            assert 0 <= y < 480, name


@pytest.mark.parametrize("joint", ["left_wrist", "right_wrist", "left_elbow", "right_elbow", "nose"])
def test_the_picture_changes_where_a_joint_goes_and_only_there(joint):
    look = dataclasses.replace(_named("white on white"), noise=0.0, shirt="#202060", skin="#203060")
    figure = Figure(look)
    body = moving_body(0.8, sitting=False)
    before = figure.draw(body, 1.0)
    x, y = body.joints[joint]
    moved = dataclasses.replace(body, joints=body.joints | {joint: (x + 0.12, y + 0.16)})
    after = figure.draw(moved, 1.0)
    changed = np.abs(before.picture.astype(int) - after.picture).sum(axis=2) > 60
    column, row = (round(n) for n in after.joints_px[joint])
    assert changed[row, column]
    assert changed.mean() < 0.08
    way_px = np.subtract(after.joints_px[joint], before.joints_px[joint])
    assert way_px == pytest.approx(np.array([0.12, -0.16]) * figure.px_per_m)


def test_true_places_keep_the_lengths_of_the_build_at_one_scale():
    look = _named("tall")
    figure = Figure(look)
    build = Build(upper_arm=0.33)
    px = figure.draw(moving_body(0.4, False, build), 0.4).joints_px
    upper_arm = np.hypot(*np.subtract(px["left_shoulder"], px["left_elbow"]))
    assert upper_arm == pytest.approx(0.33 * look.px_per_m(640))


def test_the_same_body_time_and_seed_give_the_same_picture():
    look, body = _named("dusk"), moving_body(0.3, sitting=False)
    one, other = (Figure(look, seed=4).draw(body, 0.3).picture for _ in range(2))
    assert np.array_equal(one, other)
    assert not np.array_equal(one, Figure(look, seed=5).draw(body, 0.3).picture)


def test_grain_is_new_in_every_picture():
    figure, body = Figure(_named("dusk")), moving_body(0.3, sitting=False)
    assert not np.array_equal(figure.draw(body, 1.0).picture, figure.draw(body, 1.033).picture)


def test_eyes_blink():
    figure = Figure(dataclasses.replace(_named("morning"), noise=0.0))
    body = moving_body(0.3, sitting=False)
    open_eyes, shut = figure.draw(body, 1.0).picture, figure.draw(body, 4.31).picture
    rows, columns = np.nonzero((open_eyes != shut).any(axis=2))
    x, y = figure.draw(body, 1.0).joints_px["nose"]
    assert len(rows) > 0
    assert np.abs(columns - x).max() < 0.08 * figure.px_per_m
    assert np.abs(rows - y).max() < 0.08 * figure.px_per_m


def test_a_body_that_stands_up_rises_in_a_camera_that_stays():
    figure = Figure(_named("far and seated"))
    seated, standing = moving_body(0.0, sitting=True), moving_body(0.0, sitting=False)
    assert is_seated(seated)
    assert not is_seated(standing)
    low, high = (figure.draw(body, 1.0).joints_px["nose"][1] for body in (seated, standing))
    rise = standing.joints["nose"][1] - seated.joints["nose"][1]
    assert low - high == pytest.approx(rise * figure.px_per_m)


def _plain(name: str) -> Figure:
    """Without grain, aimed at the standing body."""
    figure = Figure(dataclasses.replace(_named(name), noise=0.0))
    figure.draw(body_of(hanging(stand=1.0)), 1.0)
    return figure


def _rows_changed(one, other):
    return np.flatnonzero((one.picture != other.picture).any(axis=(1, 2)))


def test_a_hiked_shoulder_takes_the_shirt_along_but_not_its_hem():
    figure, rest = _plain("morning"), hanging(stand=1.0)
    hiked = dataclasses.replace(rest, right=dataclasses.replace(rest.right, hike=0.25))
    before, after = (figure.draw(body_of(stance), 1.0) for stance in (rest, hiked))
    x, y = after.joints_px["right_shoulder"]
    assert before.joints_px["right_shoulder"][1] - y == pytest.approx(0.25 * 0.36 * figure.px_per_m)
    beside_neck = round(y + 0.01 * figure.px_per_m), round(x + 0.06 * figure.px_per_m)
    assert np.abs(before.picture[beside_neck].astype(int) - after.picture[beside_neck]).sum() > 60
    middle = round(before.joints_px["nose"][0])
    left_half = before.picture[:, middle + 20 :], after.picture[:, middle + 20 :]
    assert np.array_equal(*left_half)


def test_a_tilted_head_turns_about_the_neck_and_moves_nothing_below_it():
    figure, rest = _plain("morning"), hanging(stand=1.0)
    before, after = (
        figure.draw(body_of(dataclasses.replace(rest, head_tilt_deg=tilt)), 1.0) for tilt in (0.0, 20.0)
    )
    assert after.joints_px["nose"][0] < before.joints_px["nose"][0]
    assert _rows_changed(before, after).max() < before.joints_px["left_shoulder"][1] + 0.05 * figure.px_per_m


def test_a_lifted_knee_comes_before_the_shirt_and_the_other_leg_stays():
    figure, rest = _plain("morning"), hanging(stand=1.0)
    before, after = (
        figure.draw(body_of(dataclasses.replace(rest, lift_right=lift)), 1.0) for lift in (0.0, 1.0)
    )
    x, y = (round(n) for n in after.joints_px["right_knee"])
    assert before.picture[y, x, 0] > before.picture[y, x, 2] + 30  # the shirt is blue
    assert abs(int(after.picture[y, x, 0]) - int(after.picture[y, x, 2])) < 20  # trousers are grey
    middle = round((before.joints_px["left_hip"][0] + before.joints_px["right_hip"][0]) / 2)
    assert np.array_equal(before.picture[:, middle + 12 :], after.picture[:, middle + 12 :])


@pytest.mark.parametrize("moved", ["stand", "lift_left", "hike", "lean_deg", "head_tilt_deg", "shift_m"])
def test_no_part_of_a_stance_jumps_as_it_changes(moved):
    rest, figure = hanging(stand=1.0), _plain("skin shirt")
    ends = {"stand": 1.0, "lift_left": 1.0, "hike": 0.3, "lean_deg": 15.0, "head_tilt_deg": 20.0}
    changed = []
    for share in np.linspace(0.0, 1.0, 61):
        value = float(share) * ends.get(moved, 0.1)
        if moved == "hike":
            stance = dataclasses.replace(rest, right=dataclasses.replace(rest.right, hike=value))
        else:
            stance = dataclasses.replace(rest, **{moved: value})
        changed.append(figure.draw(body_of(stance), 1.0).picture.astype(float))
    steps = np.array([np.abs(b - a).sum() for a, b in itertools.pairwise(changed)])
    assert steps[1:].max() < 2 * np.median(steps)


def test_hands_open_and_close():
    figure = Figure(dataclasses.replace(_named("near"), noise=0.0))
    body = moving_body(0.0, sitting=False)
    shut, flat = (
        figure.draw(dataclasses.replace(body, hand_open={"left": s, "right": s}), 1.0).picture
        for s in (0.0, 1.0)
    )
    assert (shut != flat).any(axis=2).sum() > 300


@pytest.mark.parametrize("size", [(320, 240), (1280, 720)])
def test_other_sizes(size):
    drawn = Figure(_named("morning"), size=size).draw(moving_body(0.0, False), 1.0)
    assert drawn.picture.shape == (size[1], size[0], 3)
    assert 0 < drawn.joints_px["nose"][1] < size[1]


def test_a_body_out_of_the_picture_draws_the_empty_room():
    figure = Figure(dataclasses.replace(_named("morning"), noise=0.0))
    body = moving_body(0.0, sitting=False)
    figure.draw(body, 1.0)
    away = {name: (x + 9.0, y) for name, (x, y) in body.joints.items()}
    further = {name: (x - 9.0, y) for name, (x, y) in body.joints.items()}
    pictures = [figure.draw(dataclasses.replace(body, joints=j), 1.0).picture for j in (away, further)]
    assert np.array_equal(*pictures)


def test_drawing_takes_less_than_tracking_what_was_drawn():
    """A virtual patient in real time shares its process with the tracker."""
    drawing, tracking = [], []
    with Detector(model_path("pose")) as detector:
        for look in LOOKS[::4]:
            figure = Figure(look)
            figure.draw(moving_body(0.0, look.sitting), 0.0)
            for t_s in np.arange(0.0, MOTION_S, 0.2):
                begin = time.perf_counter()
                drawn = figure.draw(moving_body(float(t_s), look.sitting), float(t_s))
                between = time.perf_counter()
                detector.detect(np.asarray(drawn.picture, np.uint8), len(drawing) / 30, len(drawing))
                drawing.append(between - begin)
                tracking.append(time.perf_counter() - between)
    # the fastest quarter of each: what it costs, not what else the machine was doing
    assert np.percentile(drawing, 25) < DRAWING_SHARE * np.percentile(tracking, 25)
