"""Keys, mouse and fingers on a screen of choices: one key, presses in shares of the picture, STOP as ever."""

from __future__ import annotations

import pygame
import pytest
from every_place import ASSETS
from menu_views import shown_as
from pygame._sdl2.video import Window
from stage_views import base

from rehabgames.core.inputs import Key, Press, Stop
from rehabgames.stage.window import Stage

SIZE = (640, 360)


@pytest.fixture
def stage():
    made = Stage(ASSETS, lambda m, _: m.id, size=SIZE, sound=False)
    yield made
    made.close()


def heard(stage, kind, **more):
    """What comes of one event."""
    stage.inputs()
    pygame.event.post(pygame.event.Event(kind, **more))
    return stage.inputs()


def pressed(stage, x, y, button=1, **more):
    return heard(stage, pygame.MOUSEBUTTONDOWN, pos=(x, y), button=button, **more)


def test_on_a_screen_space_and_return_are_the_one_key_and_stop_stays_stop(stage):
    stage.paint(shown_as("summary"), 1.0)
    for key in (pygame.K_SPACE, pygame.K_RETURN, pygame.K_KP_ENTER):
        assert heard(stage, pygame.KEYDOWN, key=key) == [Key()]
    for key in (pygame.K_ESCAPE, pygame.K_q):
        assert heard(stage, pygame.KEYDOWN, key=key) == [Stop(by="key")]
    assert heard(stage, pygame.KEYDOWN, key=pygame.K_a) == []
    assert heard(stage, pygame.QUIT) == [Stop(by="window")]


def test_where_no_screen_is_shown_everything_is_as_ever(stage):
    def as_ever():
        assert heard(stage, pygame.KEYDOWN, key=pygame.K_SPACE) == [Stop(by="key")]
        assert heard(stage, pygame.KEYDOWN, key=pygame.K_RETURN) == []
        assert pressed(stage, 320, 180) == []
        assert heard(stage, pygame.FINGERDOWN, x=0.5, y=0.5) == []

    as_ever()
    stage.paint(shown_as("summary"), 1.0)
    assert heard(stage, pygame.KEYDOWN, key=pygame.K_SPACE) == [Key()]
    stage.paint(base("play"), 2.0)
    as_ever()


def test_a_press_of_mouse_or_finger_is_told_in_shares_of_the_picture(stage):
    stage.paint(shown_as("summary"), 1.0)
    assert pressed(stage, 160, 90) == [Press(0.25, 0.25)]
    assert pressed(stage, 480, 90, button=3) == [Press(0.75, 0.25)]
    assert heard(stage, pygame.FINGERDOWN, x=0.5, y=0.75) == [Press(0.5, 0.75)]
    assert pressed(stage, 160, 90, button=4) == []  # the wheel
    assert pressed(stage, 160, 90, touch=True) == []  # the finger's shadow: it was told already
    assert heard(stage, pygame.MOUSEBUTTONUP, pos=(160, 90), button=1) == []


@pytest.mark.parametrize("shown", [shown_as("summary"), base("play"), base("calibrate")])
@pytest.mark.parametrize("x", [0.045, 0.955])
def test_hazard_h10_a_press_on_a_sign_of_stop_stops(stage, x, shown):
    stage.paint(shown, 1.0)
    assert pressed(stage, round(x * SIZE[0]), round(0.93 * SIZE[1])) == [Stop(by="press")]
    assert heard(stage, pygame.FINGERDOWN, x=x, y=0.93) == [Stop(by="press")]


@pytest.mark.parametrize("size", [(900, 360), (600, 800)])
def test_in_a_window_of_another_shape_presses_are_on_what_is_shown_there(stage, size):
    window = Window.from_display_module()  # pygame's events look for it for as long as it is there
    window.size = size
    pygame.event.pump()
    for i in range(6):
        stage.paint(shown_as("summary"), 10.0 + i / 5)
    picture = stage._canvas.surface
    scale = min(size[0] / picture.get_width(), size[1] / picture.get_height())
    shown = picture.get_width() * scale, picture.get_height() * scale
    left, top = (size[0] - shown[0]) / 2, (size[1] - shown[1]) / 2
    for share in ((0.5, 0.5), (0.25, 0.6), (0.99, 0.02)):
        at = round(left + share[0] * shown[0]), round(top + share[1] * shown[1])
        (press,) = pressed(stage, *at)
        assert (press.x, press.y) == pytest.approx(share, abs=0.005)
        (touch,) = heard(stage, pygame.FINGERDOWN, x=at[0] / size[0], y=at[1] / size[1])
        assert (touch.x, touch.y) == pytest.approx(share, abs=0.005)
    if top > 1:
        assert pressed(stage, 300, 2) == []
        assert pressed(stage, 300, size[1] - 3) == []


def test_the_mouse_is_seen_only_where_it_can_choose(stage):
    assert not pygame.mouse.get_visible()
    stage.paint(shown_as("summary"), 1.0)
    assert pygame.mouse.get_visible()
    stage.paint(base("play"), 2.0)
    assert not pygame.mouse.get_visible()
