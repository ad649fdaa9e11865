"""The sleeve: its edges are smooth on whatever is behind it, and nothing is scaled to paint it."""

from __future__ import annotations

import numpy as np
import pygame
import pytest
from every_place import ASSETS
from stage_views import playing

from rehabgames.stage.easel import Easel
from rehabgames.stage.frame import Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.letters import Letters
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.sleeve import COLOUR, DENSE, NARROW, WHOLE, WIDE, Sleeve

SNOW = 240.0
SIZES = [(1280, 720), (1920, 1080)]


@pytest.fixture
def make_easel():
    def make(size):
        pygame.display.init()
        canvas = pygame.display.set_mode(size)
        canvas.fill((SNOW, SNOW, SNOW))
        layout = Layout.of(size, "right")
        frame = Frame(size, playing().window, layout.play)
        return Easel(canvas, Pictures(ASSETS / "pictures", []), Letters([]), layout, frame, 0.0)

    yield make
    pygame.display.quit()


def covered(easel):
    """(w, h) how much of it covers each pixel, 1 where all of it is."""
    red = pygame.surfarray.array3d(easel.canvas)[..., 0].astype(float)
    return (SNOW - red) / (DENSE * (SNOW - COLOUR[0]))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("reach", [(0.95, -0.31), (0.9, 0.07), (0.93, -0.02)])
def test_its_edges_are_straight_to_a_part_of_a_pixel(make_easel, size, reach):
    easel = make_easel(size)
    shoulder, hand = easel.frame.origin_px, easel.frame.to_screen(*reach)
    Sleeve().paint(easel, playing(body_px=None), hand, 1.0)
    begin = round(shoulder[0] + easel.frame.length(WHOLE + 0.02))
    columns = covered(easel)[begin : round(hand[0] - easel.px(NARROW))]
    assert len(columns) > 50
    x = np.arange(len(columns))
    slope = (hand[1] - shoulder[1]) / (hand[0] - shoulder[0])
    middle = np.round(shoulder[1] + slope * (begin + x - shoulder[0])).astype(int)
    upper = [int(y) - column[:y].sum() for column, y in zip(columns, middle, strict=True)]
    lower = [int(y) + column[y:].sum() for column, y in zip(columns, middle, strict=True)]
    for edge in (upper, lower):
        assert np.abs(edge - np.polyval(np.polyfit(x, edge, 1), x)).max() < 0.2
    partly = ((columns > 0.06) & (columns < 0.94)).sum(axis=1)
    assert partly.min() >= 1
    assert partly.max() <= 8  # a soft rim, and no blur


@pytest.mark.parametrize("size", SIZES)
def test_it_is_clear_at_the_shoulder_and_narrows_towards_the_hand(make_easel, size):
    easel = make_easel(size)
    hand = easel.frame.to_screen(0.98, 0.0)
    Sleeve().paint(easel, playing(body_px=None), hand, 1.0)
    seen, y = covered(easel), round(hand[1])
    x = round(easel.frame.origin_px[0])
    assert seen[x, y] < 0.05
    along = seen[x : round(hand[0]), y]
    assert (np.diff(along) > -0.03).all()
    assert along[-1] == pytest.approx(1.0, abs=0.03)
    wide = (seen[round(hand[0]) - 2] > 0.5).sum()
    assert 2 * easel.px(NARROW) - 3 <= wide <= 2 * easel.px(WIDE)


def test_nothing_is_scaled_or_turned_in_a_frame(make_easel, monkeypatch):
    easel, sleeve = make_easel((1280, 720)), Sleeve()
    sleeve.paint(easel, playing(body_px=None), easel.frame.to_screen(0.5, -0.2), 1.0)

    def refuse(*_):
        raise AssertionError("this costs too much for every frame")

    for name in ("smoothscale", "scale", "rotozoom", "rotate"):
        monkeypatch.setattr(pygame.transform, name, refuse)
    for i in range(5):
        sleeve.paint(easel, playing(body_px=None), easel.frame.to_screen(0.5 + i / 10, -0.2), 0.8)


def test_the_same_arm_is_the_same_picture_however_often_it_is_painted(make_easel):
    easel, sleeve = make_easel((640, 360)), Sleeve()
    shots = []
    for _ in range(3):
        easel.canvas.fill((SNOW, SNOW, SNOW))
        sleeve.paint(easel, playing(body_px=None), easel.frame.to_screen(0.6, -0.3), 1.0)
        shots.append(pygame.surfarray.array3d(easel.canvas))
        sleeve.paint(easel, playing(body_px=None), easel.frame.to_screen(-0.3, -0.6), 0.4)
    assert np.array_equal(shots[0], shots[1])
    assert np.array_equal(shots[0], shots[2])


@pytest.mark.parametrize("reach", [(40.0, -40.0), (-30.0, 2.0), (0.0, 0.0), (1e-9, 1e-9)])
def test_a_hand_far_off_or_at_the_shoulder_is_painted(make_easel, reach):
    easel = make_easel((640, 360))
    Sleeve().paint(easel, playing(body_px=None), easel.frame.to_screen(*reach), 1.0)
    assert covered(easel).max() <= 1.03
