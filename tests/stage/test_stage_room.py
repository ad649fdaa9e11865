"""The room behind the screen: a window into a place, whose planes move with the player's head.

Whoever looks through a window and moves to the right sees more of what is at the left: what is behind the
glass goes with the head, the more the farther it is, and what is before it goes against it. So of two planes
the nearer one is always displaced to the left of the farther one, and the more the nearer it is.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import numpy as np
import pygame
import pytest
from every_place import ASSETS, NAMES, played, with_head
from screen import pixels

from rehabgames.core.player import Comfort
from rehabgames.stage import head
from rehabgames.stage.easel import MOST_SHIFT
from rehabgames.stage.planes import Plane
from rehabgames.stage.window import Stage

SIZE = (1280, 720)
# where on the screen (x, y, width, height in shares) one plane is seen alone, from far to near
REGIONS = {
    "orchard": ((0.40, 0.50, 0.14, 0.10), (0.36, 0.03, 0.16, 0.1), (0.3, 0.95, 0.4, 0.05)),
    "garden": ((0.53, 0.44, 0.12, 0.10), (0.78, 0.03, 0.12, 0.12), (0.3, 0.95, 0.4, 0.05)),
    "library": ((0.60, 0.25, 0.2, 0.3), (0.81, 0.03, 0.13, 0.08), (0.02, 0.9, 0.2, 0.1)),
    "river": ((0.40, 0.16, 0.3, 0.14), (0.35, 0.62, 0.2, 0.1), (0.35, 0.9, 0.5, 0.1)),
    "harbour": ((0.40, 0.29, 0.2, 0.07), (0.35, 0.38, 0.2, 0.08), (0.4, 0.94, 0.4, 0.06)),
    "night_hill": (
        (0.90, 0.1, 0.09, 0.18),
        (0.35, 0.57, 0.14, 0.07),
        (0.4, 0.71, 0.4, 0.05),
        (0.35, 0.95, 0.5, 0.05),
    ),
    "workshop": ((0.41, 0.2, 0.2, 0.25), (0.8, 0.2, 0.18, 0.3), (0.82, 0.95, 0.12, 0.05)),
    "kitchen": ((0.39, 0.18, 0.1, 0.2), (0.75, 0.2, 0.2, 0.2), (0.02, 0.955, 0.2, 0.045)),
    "concert": ((0.4, 0.2, 0.1, 0.3), (0.96, 0.2, 0.04, 0.4), (0.35, 0.96, 0.5, 0.04)),
}


@pytest.fixture
def room(monkeypatch):
    """room(place, right, up): the picture with the head there, in the place's usual look."""
    monkeypatch.setattr(head, "FOLLOWS", 1.0)
    made = []

    def paint(place, right, up=0.0, **how):
        if not made or made[-1][0] != (place, how):
            for _, stage in made:
                stage.close()
            given = {"size": SIZE, "headless": True, "sound": False, **how}
            stage = Stage(ASSETS, lambda m, _: m.id, **given)
            made[:] = [((place, how), stage)]
        stage = made[-1][1]
        for _ in range(3):
            stage.paint(with_head(played(place), right, up), 20.0)
        return pixels()

    yield paint
    for _, stage in made:
        stage.close()


def displaced(left, right, region):
    """How far what a region shows went to the right between two pictures, px: where it fits best."""
    x0, y0 = round(region[0] * SIZE[0]), round(region[1] * SIZE[1])
    x1, y1 = x0 + round(region[2] * SIZE[0]), y0 + round(region[3] * SIZE[1])
    most = round(2 * MOST_SHIFT) + 6
    found = {}
    for by in range(-most, most + 1):
        a0, a1 = max(x0, x0 - by, 0), min(x1, x1 - by, SIZE[0])
        a, b = left[a0:a1, y0:y1], right[a0 + by : a1 + by, y0:y1]
        found[by] = float(np.abs(a - b).mean())
    return min(found, key=found.get)


@pytest.mark.parametrize("place", NAMES)
def test_planes_move_as_behind_a_window(room, place):
    left, right = room(place, -1.0), room(place, 1.0)
    moved = [displaced(left, right, region) for region in REGIONS[place]]
    assert moved == sorted(moved, reverse=True)
    assert moved[0] >= 0 > moved[-1]
    apart = [moved[0] - each for each in moved[1:]]
    assert apart == sorted(apart)
    assert apart[0] > 0
    assert apart[-1] >= MOST_SHIFT


def planes_of(place):
    """The still planes of a place; the river has none, see below."""
    still = place._still
    found = [getattr(still, field.name) for field in fields(still)] if is_dataclass(still) else []
    return [each for each in found if isinstance(each, Plane)]


@pytest.mark.parametrize("place", NAMES)
@pytest.mark.parametrize(
    ("size", "side"), [((640, 360), "right"), ((860, 360), "left"), ((480, 360), "right")]
)
def test_no_end_of_a_plane_is_ever_seen(make_stage, place, size, side):
    """Whatever reaches an edge of the screen while the head is in the middle reaches it wherever it is."""
    scene = make_stage(size).prepare(place, 1, side)
    most = MOST_SHIFT * scene.layout.unit
    planes = planes_of(scene.place)
    assert len(planes) >= 3 or place == "river"
    for plane in planes:
        if plane.surface.get_width() == 1:  # nothing of it is on a screen of this shape
            continue
        aside, x = round(abs(plane.depth) * most), plane.corner[0]
        end = x + plane.surface.get_width()
        assert x > 0 or x + aside <= 0
        assert end < size[0] or end - aside >= size[0]
    if place == "river":
        spare = [(still - seen) / 2 for still, seen in zip(scene.place._still.get_size(), size, strict=True)]
        assert spare[0] >= most
        assert spare[1] >= most / 2
    if place in ("workshop", "kitchen"):  # behind the panes there is garden everywhere
        garden = scene.place._still.garden
        aside, up = round(garden.depth * most), round(garden.depth * most / 2)
        there = pygame.Rect(garden.corner, garden.surface.get_size()).inflate(-2 * aside, -2 * up)
        assert all(there.contains(pane) for pane in scene.place._still.panes)


@pytest.mark.parametrize("place", NAMES)
@pytest.mark.parametrize("up", [-1.0, 1.0])
def test_the_whole_screen_is_painted_wherever_the_head_is(room, place, up):
    room(place, 0.0)
    key = (255, 0, 255)
    for right in (-1.0, 1.0):
        pygame.display.get_surface().fill(key)
        shown = room(place, right, up)
        assert not (shown == key).all(axis=2).any()


@pytest.mark.parametrize("place", NAMES)
@pytest.mark.parametrize("how", [{"comfort": Comfort(calm=True)}, {"follows_head": False}])
def test_a_fixed_room_and_a_calm_one_keep_still(room, place, how):
    beside = 410  # px: the mirror shows the head where it is
    middle = room(place, 0.0, **how)
    for right, up in ((-1.0, 1.0), (1.0, -1.0)):
        assert np.array_equal(room(place, right, up, **how)[beside:], middle[beside:])


def test_the_room_goes_back_to_the_middle_while_nobody_is_seen_and_stays_in_a_pause():
    where = (0.8, 0.4)
    view = with_head(played("harbour"), -0.6, 0.2)
    nobody = replace(view, body_px=None)
    for _ in range(200):
        where = head.drifted(where, view)
    assert where == pytest.approx((-0.6, 0.2), abs=0.01)
    assert head.drifted(where, replace(nobody, phase="paused")) == where
    for _ in range(200):
        where = head.drifted(where, nobody)
    assert where == pytest.approx((0.0, 0.0), abs=0.01)
