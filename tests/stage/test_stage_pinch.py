"""The guides of a pinch: thumb and index move, the rest of the hand is quiet, and arrows say which way."""

import math

import cv2
import numpy as np
import pygame
import pytest

from rehabgames.core.view import Guide
from rehabgames.stage.guides import fingers
from rehabgames.stage.guides.sketch import PINCHES, Sketch

AREA = (0, 0, 520, 480)


@pytest.fixture(autouse=True)
def _screen():
    pygame.display.set_mode((640, 360))  # surfaces need one
    yield
    pygame.display.quit()


def sketch(name, side="right"):
    guide = Guide(name, side, False, 0.0, 0, 2, 0, shows="hand")
    return Sketch(guide, 0, AREA, largest=900.0, light=-1, edge=1.5)


def drawn(picture):
    surface, corner = picture
    sheet = pygame.Surface(AREA[2:], pygame.SRCALPHA)
    sheet.blit(surface, corner)
    alpha = pygame.surfarray.array_alpha(sheet)
    return (pygame.surfarray.array3d(sheet) * (alpha > 0)[..., None]).astype(int)


def tips(together):
    """How far they are apart, in palms."""
    bones = fingers.index(together), fingers.thumb(together)
    return math.dist(bones[0][-1], bones[1][-1])


def test_together_the_tips_touch_and_apart_they_are_more_than_a_palm_apart():
    assert 0.1 < tips(1.0) <= fingers._INDEX_RADII[-1] + fingers._THUMB_RADII[-1]
    assert tips(0.0) > 1.2
    assert all(tips(share) > tips(share + 0.1) for share in np.arange(0.0, 0.95, 0.1))


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("name", PINCHES)
def test_only_thumb_and_index_move(name, side):
    one = sketch(name, side)
    start, end = drawn(one.picture(0.0)), drawn(one.picture(1.0))
    moved = np.abs(start - end).max(axis=2) > 0
    edge = one.on_screen(-0.1, 0.0)[0]  # between index and middle finger
    others = moved[round(edge) :] if side == "right" else moved[: round(edge)]
    assert moved.sum() > 4000
    assert others.sum() == 0


def test_the_other_fingers_are_paler_than_thumb_and_index():
    one = sketch("pinch_close")
    shot = drawn(one.picture(1.0))

    def lit(place):
        x, y = one.on_screen(*place)
        return shot[round(x) - 3 : round(x) + 4, round(y) - 3 : round(y) + 4].mean()

    middle = fingers._finger((-0.12, 0.99), 0.97, math.radians(-2.0), fingers._QUIET)
    assert lit(middle[1]) > lit(fingers.index(1.0)[1]) + 8


@pytest.mark.parametrize("side", ["left", "right"])
def test_two_arrows_meet_where_it_closes_and_part_where_it_opens(side):
    def ends(name):
        return [(line[0], line[-1]) for line in sketch(name, side).ways()]

    (a, b), (c, d) = ends("pinch_close")
    assert math.dist(b, d) < 0.7 * math.dist(a, c)
    assert ends("pinch_open") == [(b, a), (d, c)]
    one = sketch("pinch_close", side)
    places = [p for line in one.ways() for p in line]
    bones = [
        one.on_screen(*p) for share in (0.0, 0.5, 1.0) for p in fingers.index(share) + fingers.thumb(share)
    ]
    assert min(math.dist(p, q) for p in places for q in bones) > 0.15 * one.scale


@pytest.mark.parametrize(("name", "rings"), [("pinch_closed", 1), ("pinch_open", 0)])
def test_the_pictogram_of_a_pinch_is_a_ring_of_thumb_and_index(make_stage, name, rings):
    picture = make_stage()._pictures.sprite(f"kitchen/{name}", 120)
    clear = (np.pad(pygame.surfarray.array_alpha(picture), 2) < 20).astype(np.uint8)
    found, spots = cv2.connectedComponents(clear)
    sizes = [(spots == i).sum() for i in range(1, found)]
    assert sum(size > 100 for size in sizes) == 1 + rings  # what is round it is one
