"""What is to be chosen can be seen: five shapes apart without colour, one large picture of the wanted one."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pygame
import pytest
from screen import pixels
from stage_views import base

from rehabgames.core.message import Message
from rehabgames.core.view import FRUITS, Hand, Target, Thing
from rehabgames.stage.frame import Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.orchard.hours import FRUITS as BORNE
from rehabgames.stage.orchard.hours import KINDS, picture_of
from rehabgames.stage.palette import contrast
from rehabgames.stage.pictures import Pictures

SIZE = (1280, 720)
PLACES = ((0.6, -0.5), (0.75, -0.1), (0.3, -0.2), (-0.5, -0.45))
ASKED = Message("play.choose", {"fruit": "fruit.lemon"})


def choosing(wanted="lemon", side="right", state="ready", others=("pear", "plum", "apple"), **more):
    out = 1 if side == "right" else -1
    kinds = (wanted, *others)
    hanging = [
        Thing(f"fruit {i}", kind, out * x, y, 0.13, state=state)
        for i, (kind, (x, y)) in enumerate(zip(kinds, PLACES, strict=False))
    ]
    given = {
        "things": (
            Thing("basket", "basket", -0.05 * out, -0.62, 0.17),
            Thing("wanted 1", wanted, -0.05 * out, -0.98, 0.21, state="wanted"),
            *hanging,
        ),
        "prompt": Message("play.choose", {"fruit": f"fruit.{wanted}"}),
        "hand": Hand(0.2 * out, -0.74, 1.0),
    }
    return base(side=side, **(given | more))


def painted(stage, view, from_s=4.0, seconds=1.0):
    for i in range(round(seconds * 20)):
        stage.paint(view, from_s + i / 20)
    return pixels()


def around(shot, view, x, y, radius):
    """A square cut out of the picture, and the mask of the disc in it."""
    frame = Frame(SIZE, view.window, Layout.of(SIZE, view.side).play)
    (cx, cy), r = frame.to_screen(x, y), frame.length(radius)
    xs, ys = np.indices(shot.shape[:2])
    return shot[np.hypot(xs - cx, ys - cy) < r]


@pytest.fixture(scope="module")
def shapes():
    """Silhouette and mean lightness of each kind, 120 px wide."""
    pygame.display.init()
    pygame.display.set_mode((8, 8))
    notes: list[str] = []
    pictures = Pictures(Path(__file__).parents[2] / "assets" / "pictures", notes)
    made = {}
    for kind in FRUITS:
        sprite = pictures.sprite(f"orchard/{picture_of(kind, '')}", 120)
        solid = pygame.surfarray.array_alpha(sprite) > 128
        grey = pygame.surfarray.array3d(sprite) @ (0.299, 0.587, 0.114)
        made[kind] = solid, float(grey[solid].mean())
    assert not notes
    return made


def test_every_kind_has_a_picture_and_a_name_of_its_own():
    assert set(KINDS) == set(FRUITS)
    assert len(set(KINDS.values())) == len(KINDS)
    assert [picture_of("fruit", borne) for borne in BORNE] == list(BORNE)


def test_kinds_are_apart_by_shape_or_lightness_where_colour_is_gone(shapes):
    for one, two in itertools.combinations(FRUITS, 2):
        (a, light_a), (b, light_b) = shapes[one], shapes[two]
        same = (a & b).sum() / (a | b).sum()
        assert same < 0.8, (one, two)
        assert same < 0.7 or abs(light_a - light_b) > 25, (one, two)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("wanted", FRUITS)
def test_what_is_wanted_is_painted_large_under_the_basket(make_stage, wanted, side):
    stage = make_stage(SIZE)
    others = tuple(kind for kind in FRUITS if kind != wanted)[:3]
    view = choosing(wanted, side, others=others)
    shot = painted(stage, view)
    bare = painted(stage, replace(view, things=view.things[:1]), 20.0)
    model = view.things[1]
    disc = around(shot, view, model.x, model.y, 0.17)
    assert np.abs(disc - around(bare, view, model.x, model.y, 0.17)).max(axis=1).mean() > 60
    fruit = around(shot, view, model.x, model.y, 0.16)
    there = around(shot, view, view.things[2].x, view.things[2].y, 0.16)
    coloured = [part[part.min(axis=1) < 180] for part in (fruit, there)]
    # the same picture, and no smaller than the one that hangs there
    assert np.linalg.norm(coloured[0].mean(axis=0) - coloured[1].mean(axis=0)) < 25
    assert len(coloured[0]) > 0.95 * len(coloured[1])
    rim = around(shot, view, model.x, model.y, 0.23)
    darkest = tuple(np.percentile(rim, 2, axis=0))
    lightest = tuple(np.percentile(disc, 90, axis=0))
    assert contrast(darkest, lightest) > 7.0
    assert not stage.notes


def test_no_fruit_calls_until_the_hand_is_in_one_and_then_that_one_does(make_stage):
    stage = make_stage(SIZE)
    view = choosing(hand=None)
    shot = painted(stage, view)
    lights = []
    for thing in view.things[2:]:
        rim = around(shot, view, thing.x, thing.y, 0.165)
        lights.append(float(np.percentile(rim.mean(axis=1), 90)))
    assert max(lights) - min(lights) < 6
    held = replace(view, target=Target("pick", *PLACES[2], 0.13, 0.6, 4))
    ringed = painted(stage, held, 5.0)
    for thing in view.things[2:]:
        before, after = (around(s, view, thing.x, thing.y, 0.2) for s in (shot, ringed))
        changed = (np.abs(before - after).max(axis=1) > 60).sum()
        assert (changed > 500) == ((thing.x, thing.y) == PLACES[2])


def test_the_prompt_shows_the_fruit_that_it_speaks_of(make_stage):
    stage = make_stage(SIZE)
    left, top, width, height = Layout.of(SIZE, "right").prompt

    def plate(view, at_s):
        return painted(stage, view, at_s, 0.3)[left : left + width, top : top + height]

    pear, lemon = plate(choosing("pear", others=("lemon",)), 4.0), plate(choosing("lemon"), 8.0)
    chosen = choosing("pear", prompt=Message("play.choose", {"fruit": "fruit.lemon"}), others=("lemon",))
    assert np.abs(plate(chosen, 12.0) - lemon).mean() < np.abs(pear - lemon).mean() / 20
    held = plate(choosing("pear", prompt=Message("play.hold"), others=("lemon",)), 16.0)
    plain = plate(base(prompt=Message("play.hold")), 20.0)
    assert np.abs(held - plain).mean() > 0.5
    paused = replace(choosing("pear", prompt=Message("pause.not_seen")), phase="paused")
    stage.paint(paused, 24.0)


def test_fruit_that_is_gone_fades_and_does_not_vanish(make_stage):
    stage = make_stage(SIZE)
    view = choosing(hand=None)
    there = painted(stage, view)
    empty = replace(view, things=view.things[:1])
    lights = []
    for i in range(16):
        stage.paint(empty, 5.0 + i / 20)
        lights.append(float(np.abs(around(pixels() - there, view, *PLACES[0], 0.16)).mean()))
    assert lights[0] < 0.05 * lights[-1]
    assert np.diff(lights).max() < 0.4 * lights[-1]
    assert lights[-1] > 30
    model = view.things[1]
    frames = []
    painted(stage, view, 10.0)
    for i in range(10):
        stage.paint(empty, 11.0 + i / 20)
        frames.append(float(around(pixels(), view, model.x, model.y, 0.1).mean()))
    assert len({round(light) for light in frames}) >= 3


def test_a_basket_fills_with_the_kinds_that_were_brought(make_stage):
    stage = make_stage(SIZE)
    basket = Thing("basket", "basket", 0.0, -0.62, 0.17)

    def heap(kinds, at_s):
        placed = [Thing(f"placed {i}", k, 0.0, -0.62, 0.06, state="placed") for i, k in enumerate(kinds)]
        return painted(stage, base(things=(basket, *placed), hand=None, target=None), at_s, 0.3)

    shots = [
        heap(k, 4.0 + 2 * i) for i, k in enumerate(([], ["lemon"], ["plum"], ["lemon"] * 12, ["plum"] * 30))
    ]
    view = base()
    bins = [around(s, view, 0.0, -0.6, 0.1).mean(axis=0) for s in shots]
    assert bins[3][0] - bins[4][0] > 30
    assert bins[1][0] > bins[2][0]
    assert all(np.abs(a - b).max() > 1 for a, b in itertools.combinations(bins, 2))
    done = replace(base("done"), things=(basket, Thing("placed 0", "lemon", 0.0, 0.0, 0.1, state="placed")))
    one, two = painted(stage, done, 20.0), painted(stage, replace(done, things=()), 24.0)
    assert np.abs(one - two).mean() > 0.2
