"""The arrow in the mirror: which way to go, for who does not see the half of the screen with the play."""

import itertools
from dataclasses import replace

import numpy as np
import pygame
import pytest
from stage_views import playing

from rehabgames.core.view import Hand, Target


def shown(stage, view):
    stage.paint(view, 9.0)
    return painted(stage, view, 10.0)


def painted(stage, view, now_s):
    stage.paint(view, now_s)
    left, top, width, height = stage.prepare(view.place, view.seed, view.side).layout.mirror
    return pygame.surfarray.array3d(pygame.display.get_surface())[
        left : left + width, top : top + height
    ].astype(int)


def there(view, dx, dy, radius=0.1):
    hand = Hand(0.1, -0.4, 1.0)
    return replace(view, hand=hand, target=Target("pick", 0.1 + dx, -0.4 + dy, radius, 0.0, 1), things=())


@pytest.mark.parametrize(("dx", "dy"), [(0.5, 0.0), (-0.5, 0.0), (0.0, 0.5)])
def test_it_lies_on_the_way_to_the_target(make_stage, dx, dy):
    stage = make_stage((1280, 720))
    view = playing()
    arrived, asked = there(view, 0.0, 0.0), there(view, dx, dy)
    bare = shown(stage, arrived)
    other = shown(stage, asked)
    changed = np.argwhere(np.abs(other - bare).max(axis=2) > 40)
    assert len(changed) > 200
    opposite = shown(stage, there(view, -dx, -dy))
    also = np.argwhere(np.abs(opposite - bare).max(axis=2) > 40)
    off = changed.mean(axis=0) - also.mean(axis=0)
    assert np.sign(round(off[0] / 20)) == np.sign(dx)
    assert np.sign(round(off[1] / 20)) == -np.sign(dy)


def test_there_is_none_for_who_is_there_or_is_not_seen(make_stage):
    stage = make_stage((1280, 720))
    view = playing()
    here = shown(stage, there(view, 0.0, 0.0))
    near = shown(stage, there(view, 0.05, 0.0))
    assert np.array_equal(here, near)
    unseen = replace(there(view, 0.5, 0.0), hand=None)
    assert np.array_equal(shown(stage, unseen), here)


def test_a_hand_that_trembles_at_the_rim_does_not_make_it_blink(make_stage):
    stage = make_stage((1280, 720))
    view = playing()
    inside, outside = there(view, 0.09, 0.0), there(view, 0.11, 0.0)
    full = np.abs(shown(stage, outside) - shown(stage, inside)).max()
    shots = [painted(stage, (inside, outside)[k // 3 % 2], 20.0 + k / 60) for k in range(60)]
    steps = [np.abs(b - a).max() for a, b in itertools.pairwise(shots)]
    assert full > 100
    assert max(steps) < full / 8
    swing = np.abs(np.max(shots[30:], axis=0) - np.min(shots[30:], axis=0)).max()
    assert swing < full / 3


def test_a_lean_has_no_up_and_down(make_stage):
    stage = make_stage((1280, 720))
    level, sloped = there(playing(), 0.5, 0.0), there(playing(), 0.5, -0.6)
    shots = [
        shown(stage, replace(view, target=replace(view.target, kind="lean"))) for view in (level, sloped)
    ]
    assert np.array_equal(*shots)
