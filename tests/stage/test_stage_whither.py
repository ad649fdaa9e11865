"""The arrow in the mirror: which way to go, for who does not see the half of the screen with the play."""

from dataclasses import replace

import numpy as np
import pygame
import pytest
from stage_views import playing

from rehabgames.core.view import Hand, Target


def shown(stage, view):
    stage.paint(view, 10.0)
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
