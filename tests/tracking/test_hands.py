"""Hands at arm's length and in close-ups, through the real networks; and bodies that make no sense."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.landmarks import MIDDLE_KNUCKLE, N_POSE, POSE, SIDES, WRIST, Side
from rehabgames.core.pose import Array, PoseFrame
from rehabgames.patients.stance import Arm, Stance, body_of
from rehabgames.tracking.closeup import CloseUpHand
from rehabgames.tracking.detector import Detector
from rehabgames.tracking.figure import Figure
from rehabgames.tracking.figure_accuracy import moving_body
from rehabgames.tracking.hands import (
    CUT_PALMS,
    CUT_PX,
    Hands,
    Square,
    belongs,
    palm_of_body,
    palm_of_hand,
    same_hand,
    square_around,
)
from rehabgames.tracking.looks import LOOKS, Look

SMALL = (640, 480)
FPS = 15.0
N_PICTURES = 45
LOOKED_AT = ("far", "grandmother", "dusk")
NOWHERE = np.full((N_POSE, 2), np.nan), np.full(N_POSE, np.nan)


def look(name: str) -> Look:
    return next(each for each in LOOKS if each.name == name)


def person(name: str, n: int = N_PICTURES, size: tuple[int, int] = SMALL) -> Iterator[tuple[Array, dict]]:
    """Pictures of somebody whose arms move and whose hands open and close, and where the joints are."""
    figure = Figure(look(name), size, 1)
    for i in range(n):
        drawn = figure.draw(moving_body(i / FPS, look(name).sitting), i / FPS)
        yield drawn.picture, drawn.joints_px


def close_up(side: Side, n: int = N_PICTURES, name: str = "morning") -> list[Array]:
    hand = CloseUpHand(4, look(name), side, SMALL)
    return [hand.draw(0.5 + 0.5 * math.cos(4 * i / FPS), i / FPS) for i in range(n)]


def seen(frame: PoseFrame) -> list[bool]:
    return np.isfinite(frame.hands_px[:, WRIST, 0]).tolist()


@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_hand_at_arms_length_is_found(models: dict[str, Path], name: str) -> None:
    """Palms of about 20 px: in the whole picture half of them and more are missed."""
    own, whole, far_px, palms_px = [], [], [], []
    bundle = models["hand"].read_bytes()
    with Detector(models["pose"], models["hand"]) as detector:
        blind = Hands(bundle)
        for i, (picture, joints_px) in enumerate(person(name)):
            frame = detector.detect(picture, i / FPS, i)
            own.append(seen(frame))
            rgb = np.ascontiguousarray(picture[..., ::-1])
            whole.append(np.isfinite(blind.find(rgb, round(1000 * i / FPS), *NOWHERE)[0][:, WRIST, 0]))
            palms_px.append(palm_of_body(frame.points_px))
            for k, side in enumerate(SIDES):
                if own[-1][k]:
                    far_px.append(np.hypot(*(frame.hands_px[k, WRIST] - joints_px[f"{side}_wrist"])))
        blind.close()
    print(f"{name}: found {np.mean(own):.0%}, in the whole picture {np.mean(whole):.0%}")
    assert np.median(palms_px) < 40
    assert np.mean(own, axis=0).min() >= 0.9
    assert np.mean(own) > np.mean(whole) + 0.2
    assert np.median(far_px) < 0.5 * np.median(palms_px)


@pytest.mark.parametrize("side", SIDES)
def test_only_the_hand_that_is_asked_for(models: dict[str, Path], side: Side) -> None:
    with Detector(models["pose"], models["hand"], hands=(side,)) as detector:
        found = [seen(detector.detect(bgr, i / FPS, i)) for i, (bgr, _) in enumerate(person("morning", n=12))]
    assert np.mean(found, axis=0)[SIDES.index(side)] > 0.9
    assert not np.any(found, axis=0)[1 - SIDES.index(side)]


@pytest.mark.parametrize("side", SIDES)
def test_the_other_hand_close_by_is_not_taken_for_it(models: dict[str, Path], side: Side) -> None:
    """The right hand crosses the left one twice and rests beside it, a palm and a half away."""
    figure = Figure(look("grandmother"), SMALL, 1)
    found, far_px, palms_px = [], [], []
    with Detector(models["pose"], models["hand"], hands=(side,)) as detector:
        for i in range(50):
            swing = 0.5 + 0.5 * math.cos(2 * math.pi * i / FPS / 1.3) if i < 39 else 1.0
            arms = Arm(12, -75, bend=1.0), Arm(12, -70 - 35 * swing, bend=1.0)
            drawn = figure.draw(body_of(Stance(left=arms[0], right=arms[1], stand=0.0)), i / FPS)
            frame = detector.detect(drawn.picture, i / FPS, i)
            k = SIDES.index(side)
            found.append(seen(frame)[k])
            palms_px.append(palm_of_body(frame.points_px))
            if found[-1]:
                far_px.append(np.hypot(*(frame.hands_px[k, WRIST] - drawn.joints_px[f"{side}_wrist"])))
    print(f"{side}: found in {np.mean(found):.0%}, off by {np.median(far_px):.0f} px")
    assert np.mean(found) > 0.6
    assert np.max(far_px) < np.median(palms_px)


def test_no_hand_is_asked_for(models: dict[str, Path]) -> None:
    with Detector(models["pose"], models["hand"], hands=()) as detector:
        frame = detector.detect(close_up("right", n=1)[0], 0.0, 0)
    assert seen(frame) == [False, False]
    assert np.isnan(frame.hand_scores).all()


@pytest.mark.parametrize(("side", "hands"), [("right", SIDES), ("left", ("left",))])
def test_a_close_up_shows_the_hand_whatever_body_is_made_up(
    models: dict[str, Path], side: Side, hands: tuple[Side, ...]
) -> None:
    with Detector(models["pose"], models["hand"], hands=hands) as detector:
        frames = [detector.detect(bgr, i / FPS, i) for i, bgr in enumerate(close_up(side))]
    k = SIDES.index(side)
    ghosts = np.mean([frame.has_body for frame in frames])
    found = np.mean([seen(frame) for frame in frames], axis=0)
    palm_px = np.median([palm_of_hand(frame.hands_px[k]) for frame in frames if seen(frame)[k]])
    print(f"a body in {ghosts:.0%}, hands in {found}, palm {palm_px:.0f} px")
    assert ghosts > 0.5  # otherwise this test shows nothing
    assert found[k] >= 0.95
    assert found[1 - k] == 0
    assert palm_px > 60


def test_from_a_person_to_a_close_up_and_back(models: dict[str, Path]) -> None:
    people = [picture for picture, _ in person("morning", n=45)]
    pictures = [*people[:12], *close_up("right", n=15), *people[12:]]
    with Detector(models["pose"], models["hand"]) as detector:
        frames = [detector.detect(bgr, i / FPS, i) for i, bgr in enumerate(pictures)]
    right = np.array([seen(frame)[1] for frame in frames])
    palms_px = np.array([palm_of_hand(frame.hands_px[1]) for frame in frames])
    assert right[:12].mean() > 0.8
    assert right[12:27].mean() > 0.6
    assert right[45:].all()
    assert np.nanmedian(palms_px[12:27]) > 2.5 * np.nanmedian(palms_px[:12])
    assert np.nanmedian(palms_px[45:]) < 1.5 * np.nanmedian(palms_px[:12])


@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (40, 40), (480, 640)])
def test_any_picture_and_any_body(models: dict[str, Path], shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(3)
    hands = Hands(models["hand"].read_bytes())
    odd = [0.0, 5.0, -40.0, 639.0, math.nan, math.inf, -math.inf, 1e300, 1e-300]
    for i in range(12):
        picture = np.full((*shape, 3), 90, np.uint8)
        points_px = rng.choice(odd, (N_POSE, 2)) if i % 2 else rng.uniform(0, 1.2, (N_POSE, 2)) * shape[::-1]
        hands_px, scores = hands.find(picture, i * 33, points_px, rng.choice([1.0, 0.0, math.nan], N_POSE))
        assert hands_px.shape == (2, 21, 2)
        assert np.isfinite(scores).tolist() == np.isfinite(hands_px[:, :, 0]).all(axis=1).tolist()
    hands.close()
    hands.close()


def test_a_person_at_the_edge_of_a_picture_that_changes_its_size(models: dict[str, Path]) -> None:
    whole = [picture for picture, _ in person("near", n=6)]
    parts = [whole[0], whole[1][:, 300:], whole[2][:, :330], whole[3][:200], whole[4][::3, ::3], whole[5]]
    with Detector(models["pose"], models["hand"]) as detector:
        for i, bgr in enumerate(parts):
            grey = np.ascontiguousarray(bgr[..., 1])
            frame = detector.detect(grey if i % 2 else bgr, i / FPS, i)
            assert frame.hands_px.shape == (2, 21, 2)


def test_a_cut_and_the_way_back() -> None:
    picture = np.zeros((300, 400, 3), np.uint8)
    picture[118:123, 248:253] = 255
    for square in (Square(240.0, 130.0, 80.0, 13.0), Square(300.0, 20.0, 700.0, 100.0)):
        cut = square.cut(picture)
        assert cut.shape == (CUT_PX, CUT_PX, 3)
        rows, columns = np.nonzero(cut[..., 0] > 0)
        middle = (np.array([[columns.mean(), rows.mean()]]) + 0.5) / CUT_PX
        assert square.to_picture(middle)[0] == pytest.approx((250, 120), abs=2.5)


def test_what_is_nearer_to_the_other_hand_is_blackened() -> None:
    picture = np.full((300, 400, 3), 200, np.uint8)
    own = Square(150.0, 150.0, 120.0, 20.0)
    cut = own.cut(picture, Square(150.0 + 45.0, 150.0, 120.0, 20.0))
    border = CUT_PX // 2 + round(45 / 2 * CUT_PX / 120)
    assert (cut[:, : border - 2] == 200).all()
    assert (cut[:, border + 2 :] == 0).all()
    assert (own.cut(picture, Square(160.0, 150.0, 120.0, 20.0)) == 200).all(), "they lie on each other"
    assert (own.cut(picture, Square(150.0, 700.0, 120.0, 20.0)) == 200).all(), "it is far away"


def standing() -> tuple[Array, Array]:
    """Facing the camera: shoulders 100 px apart, forearms 67 px, so that palms are 22 px."""
    points_px = np.zeros((N_POSE, 2))
    for side, x in (("left", 370.0), ("right", 270.0)):
        for joint, y in (("shoulder", 150.0), ("elbow", 210.0), ("wrist", 270.0), ("hip", 280.0)):
            points_px[POSE[f"{side}_{joint}"]] = x, y
        points_px[[POSE[f"{side}_index"], POSE[f"{side}_pinky"]]] = (x + 4, 288.0), (x - 4, 288.0)
    return points_px, np.ones(N_POSE)


def test_the_square_holds_the_hand() -> None:
    points_px, visibility = standing()
    assert palm_of_body(points_px) == pytest.approx(22.1, abs=0.2)
    square = square_around(points_px, visibility, "left", SMALL)
    assert square is not None
    assert square[:2] == pytest.approx((370, 288))
    assert square.side_px == pytest.approx(CUT_PALMS * 22.1, abs=2)


def test_a_hand_that_comes_nearer_gets_a_larger_square() -> None:
    points_px, visibility = standing()
    points_px[[POSE["left_index"], POSE["left_pinky"]]] = 370.0, 270.0 + 40.0
    square = square_around(points_px, visibility, "left", SMALL)
    assert square is not None
    assert square.palm_px == pytest.approx(40)


def test_no_square_without_a_wrist_that_is_seen() -> None:
    points_px, visibility = standing()
    assert square_around(*NOWHERE, "left", SMALL) is None
    unseen = visibility.copy()
    unseen[POSE["left_wrist"]] = 0.1
    assert square_around(points_px, unseen, "left", SMALL) is None
    assert square_around(points_px, unseen, "right", SMALL) is not None
    assert square_around(points_px + np.array([400.0, 0.0]), visibility, "left", SMALL) is None
    assert square_around(points_px / 20, visibility, "left", SMALL) is None


def hand_at(x: float, y: float, palm_px: float, side: int = 0) -> tuple[int, float, Array]:
    """A flat hand, fingers up, wrist at (x, y)."""
    points = np.array([(x + 0.2 * palm_px * (i // 4 - 2), y - palm_px * (i % 4 + 1) / 2) for i in range(21)])
    points[WRIST], points[MIDDLE_KNUCKLE] = (x, y), (x, y - palm_px)
    return side, 0.9, points


def test_a_hand_belongs_to_the_wrist_it_hangs_on() -> None:
    wrists_px = np.array([[370.0, 270.0], [270.0, 270.0]])
    assert belongs(hand_at(372, 265, 22), wrists_px, 22.0)
    assert not belongs(hand_at(300, 265, 22), wrists_px, 60.0), "nearer to the other wrist"
    assert not belongs(hand_at(440, 270, 22), wrists_px, 22.0), "too far"
    assert not belongs(hand_at(372, 265, 80), wrists_px, 22.0), "too large"
    assert not belongs(hand_at(372, 265, 22), np.full((2, 2), np.nan), 22.0)
    assert belongs(hand_at(372, 265, 22), np.array([[370.0, 270.0], [math.nan, math.nan]]), 22.0)


def test_two_finds_in_one_place() -> None:
    assert same_hand(hand_at(300, 200, 40), hand_at(303, 198, 41, side=1))
    assert not same_hand(hand_at(300, 200, 40), hand_at(340, 200, 40, side=1))


numbers = st.one_of(st.floats(-50, 700), st.floats(), st.sampled_from([0.0, math.nan, math.inf, 1e308]))


@given(
    st.lists(numbers, min_size=2 * N_POSE, max_size=2 * N_POSE),
    st.sampled_from([0.0, 0.9, math.nan]),
    st.sampled_from([(1, 1), SMALL, (3, 900)]),
)
def test_a_square_is_finite_or_none(places: list[float], how_seen: float, size: tuple[int, int]) -> None:
    points_px = np.array(places).reshape(N_POSE, 2)
    for side in SIDES:
        square = square_around(points_px, np.full(N_POSE, how_seen), side, size)
        assert square is None or np.isfinite(square).all()
        if square is not None:
            assert 0 < square.palm_px * CUT_PALMS == pytest.approx(square.side_px)
            assert 0 <= square.x <= size[0]
            assert 0 <= square.y <= size[1]
