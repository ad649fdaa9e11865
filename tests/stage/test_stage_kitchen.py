"""The kitchen: what is to be taken stands out, the hand sees how far to close, and nothing blinks."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pygame
import pytest
from kitchen_views import NAMES, Kitchen, exercise
from screen import brightness, flashes, pixels, ring, shown
from stage_views import playing
from test_stage_flash import FPS

from rehabgames.core.message import Message
from rehabgames.core.view import Cue
from rehabgames.stage.frame import Frame
from rehabgames.stage.kitchen.brought import CLOSE, HIGH, WIDE, rows_for
from rehabgames.stage.kitchen.hours import DRINKS, GUESTS, HOURS, TILES, drink_of, guest_of, hour_of, tiles_of
from rehabgames.stage.layout import Layout
from rehabgames.stage.palette import contrast

SIZE = (1280, 720)
OTHER = {"cup": "mill", "mill": "onion", "onion": "jar", "jar": "bottle", "bottle": "cup", "glass": "glass"}
PHASES = ("looking", "rest", "play", "paused", "saving", "done")


def where(view, x, y, radius, size=SIZE):
    frame = Frame(size, view.window, Layout.of(size, view.side).play)
    return frame.to_screen(x, y), frame.length(radius)


def darkest(shot, centre, inner, outer):
    """Mean sRGB of the line that is drawn round the target."""
    lines = [tuple(ring(shot, centre, r, r + 1.5).mean(axis=0)) for r in np.arange(inner, outer, 0.5)]
    return min(lines, key=sum)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("side", ["left", "right"])
def test_every_phase_is_painted(make_stage, name, side):
    stage = make_stage()
    it = Kitchen(name, side, placed=2)
    for number, phase in enumerate(PHASES):
        assert shown(stage, it.view(phase), 10.0 + 3 * number, 0.2).std() > 20
    assert not stage.notes


@pytest.mark.parametrize("kind", ["rest", "farthest"])
def test_what_a_calibration_asks_is_painted(make_stage, kind):
    stage = make_stage()
    asked = replace(playing(kind, place="kitchen"), phase="calibrate", things=())
    plain = shown(stage, replace(asked, target=None))
    with_it = shown(stage, asked, 30.0)
    assert (np.abs(plain - with_it).max(axis=2) > 40).sum() > 2000


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("seed", range(len(HOURS)))
def test_what_is_to_be_taken_stands_out(make_stage, seed, side):
    """The object against its light ground, and the line around that against the room (WCAG contrast)."""
    stage = make_stage(SIZE)
    view = Kitchen("kitchen_grasp", side, seed).view(hand=None, prompt=None)
    shot = shown(stage, view)
    centre, radius = where(view, view.target.x, view.target.y, view.target.radius)
    ground = ring(shot, centre, 1.12 * radius, 1.25 * radius)
    ground = tuple(np.percentile(ground, 80, axis=0))
    thing = tuple(np.median(ring(shot, (centre[0], centre[1] + 0.1 * radius), 0, 0.4 * radius), axis=0))
    around = tuple(ring(shot, centre, 1.9 * radius, 2.8 * radius).mean(axis=0))
    assert contrast(thing, ground) >= 3.0
    assert contrast(darkest(shot, centre, 1.5 * radius, 1.8 * radius), around) >= 3.0


@pytest.mark.parametrize("seed", range(4))
def test_the_glass_and_its_line_stand_out(make_stage, seed):
    stage = make_stage(SIZE)
    it = Kitchen("kitchen_pour", seed=seed).take()
    view = it.view(hand=None, prompt=None)
    shot = shown(stage, view)
    glass = next(t for t in view.things if t.kind == "glass")
    (x, y), half = where(view, glass.x, glass.y, glass.radius)
    line = y - 3.0 * half * (0.05 + 0.95 * glass.way[0][1])
    column = shot[round(x + 0.5 * half), round(line) - 4 : round(line) + 5]
    lights = [sum(c) for c in column]
    assert contrast(tuple(column[int(np.argmin(lights))]), tuple(column[int(np.argmax(lights))])) >= 3.0
    side = shot[round(x - 0.99 * half) : round(x - 0.6 * half), round(y - 1.2 * half)]
    beside = shot[round(x - 1.3 * half), round(y - 1.2 * half)]
    assert contrast(tuple(min(side, key=sum)), tuple(beside)) >= 3.0


@pytest.mark.parametrize("name", NAMES)
def test_targets_are_as_large_as_they_have_to_be(name):
    it = exercise(name)
    axis = next((axis for axis in it.axes if axis.name == "size"), None)
    sizes = (it.settings.get("jug_radius") or it.settings["object_radius"],)
    if axis is not None and name != "kitchen_pour":
        sizes = (axis.easiest, axis.hardest)
    view = Kitchen(name).view()
    assert 2 * where(view, 0, 0, sizes[0])[1] >= 96
    assert 2 * where(view, 0, 0, sizes[-1])[1] >= 48


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("side", ["left", "right"])
def test_what_matters_lies_inside_the_play_area_on_the_worktop_or_above(name, side):
    for direction in exercise(name).directions_deg:
        it = Kitchen(name, side, direction=direction)
        left, top, width, height = Layout.of(SIZE, side).play
        view = it.view()
        for thing in view.things:
            (x, y), r = where(view, thing.x, thing.y, 0.7 * thing.radius)
            assert left <= x - r <= x + r <= left + width, thing
            assert top <= y - r <= top + height, thing


def test_the_arcs_close_as_the_hand_does(make_stage):
    stage = make_stage(SIZE)
    it = Kitchen("kitchen_grasp")
    blues = []
    for i, grip in enumerate((0.1, 0.25, 0.4, 0.5)):
        it.hand(it.there, grip, 0.3)
        shot = shown(stage, it.view(hand=None), 20.0 + 3 * i)
        centre, radius = where(it.view(), *it.there, it.spec.goal.radius)
        lines = ring(shot, centre, 1.3 * radius, 1.65 * radius)
        blues.append(int(((lines[:, 2] > 120) & (lines[:, 0] < 60)).sum()))
    assert all(b > a * 1.15 for a, b in pairwise(blues))
    without = it.view(hand=None, performance=False)
    shot = shown(stage, without, 40.0)
    lines = ring(shot, centre, 1.3 * radius, 1.65 * radius)
    assert int(((lines[:, 2] > 120) & (lines[:, 0] < 60)).sum()) <= 1.1 * blues[0]


def test_what_is_held_goes_with_the_hand_and_the_tray_calls(make_stage):
    stage = make_stage(SIZE)
    it = Kitchen("kitchen_grasp").take()
    it.hand((0.2, -0.2), 1.0, 0.5)
    view = it.view()
    assert view.target.kind == "release"
    there, empty = shown(stage, view), shown(stage, replace(view, things=view.things[:-1]), 30.0)
    centre, radius = where(view, 0.2, -0.2, it.spec.goal.radius)
    changed = np.abs(there - empty).max(axis=2) > 60
    assert ring(changed, centre, 0, radius).mean() > 0.15


def test_the_glass_fills_and_the_jug_tips(make_stage):
    stage = make_stage(SIZE)
    it = Kitchen("kitchen_pour", seed=0)
    drink = pygame.Color(drink_of(0))
    full = []
    for i in range(4):
        view = it.view(hand=None)
        glass = next(t for t in view.things if t.kind == "glass")
        shot = shown(stage, view, 20.0 + 3 * i)
        (x, y), half = where(view, glass.x, glass.y, glass.radius)
        column = shot[round(x - 0.4 * half), round(y - 2.7 * half) : round(y - 0.2 * half)]
        near = np.abs(column - (drink.r, drink.g, drink.b)).max(axis=1) < 90
        full.append(int(near.sum()))
        it.hand(it.there, 0.1 if i == 0 else 1.0, 0.3 if i == 0 else 0.8)
    assert full[0] < 5
    assert full[0] + 5 < full[2] < full[3] - 5


def test_what_was_brought_home_fills_the_shelf(make_stage):
    stage = make_stage(SIZE)
    few, more = Kitchen("kitchen_grasp", placed=2), Kitchen("kitchen_grasp", placed=7)
    left, right = (where_on_the_shelf(i) for i in (0, 4))
    views = [each.view(target=None, hand=None, prompt=None) for each in (few, more)]
    for view in views:
        assert len([t for t in view.things if t.state == "placed"]) in (2, 7)
    a, b = shown(stage, views[0]), shown(stage, views[1], 30.0, 2.0)
    assert np.abs(a - b)[left].mean() < 3 < np.abs(a - b)[right].mean()


@pytest.mark.parametrize("count", [*range(1, 40), 60, 100, 500])
def test_all_that_was_counted_has_room(count):
    rows = rows_for(count)
    assert rows.rows * rows.each >= count
    assert (rows.rows - 1) * rows.each < count
    assert rows.each * CLOSE * rows.across <= WIDE
    assert rows.rows * rows.pitch <= HIGH or rows.across <= 12


@pytest.mark.parametrize("count", [6, 7, 30])
def test_the_end_shows_each_thing_that_was_counted(make_stage, count):
    """Whichever of them had been another one, the picture would be another one."""
    stage = make_stage(SIZE, calm=True, follows_head=False)
    view = Kitchen("kitchen_grasp", placed=count).view("done", target=None, hand=None, prompt=None, count=0)
    placed = [t for t in view.things if t.state == "placed"]
    assert len(placed) == count
    left, _, width, _ = Layout.of(SIZE, "right").play
    where = slice(left, left + width), slice(310, 560)  # not on the wall, not on the board
    before = shown(stage, replace(view, things=tuple(placed)), 20.0, 1.5)[where]
    seen = 0
    for i in range(count):
        other = [t if j != i else replace(t, kind=OTHER[t.kind]) for j, t in enumerate(placed)]
        now = shown(stage, replace(view, things=tuple(other)), 22.0 + i, 0.1)[where]
        seen += (np.abs(now - before).max(axis=2) > 40).sum() > 60
    assert seen == count


@pytest.mark.parametrize("name", NAMES)
def test_board_and_sentence_show_what_was_brought(make_stage, name):
    """Nothing else of the board changes with the kind that came home."""
    stage = make_stage(SIZE)
    view = Kitchen(name, placed=1).view("play", target=None, hand=None, prompt=Message("play.well_done"))
    kind = next(t.kind for t in view.things if t.state == "placed")
    other = [replace(t, kind=OTHER[kind]) if t.state == "placed" else t for t in view.things]
    layout = Layout.of(SIZE, "right")
    a, b = shown(stage, view, 20.0), shown(stage, replace(view, things=tuple(other)), 22.0)
    for left, top, width, height in (layout.board, layout.prompt):
        differs = np.abs(a - b)[left : left + width, top : top + height].max(axis=2) > 40
        assert (differs.sum() > 100) == (kind != "glass")


def where_on_the_shelf(slot):
    """Slices of the screen at one slot of the upper shelf, on the right side."""
    x, y = round((1392 + 34 + 432 * slot / 8) / 1.5), round(258 / 1.5)
    return slice(x - 12, x + 12), slice(y - 34, y - 6)


def test_the_sign_shows_the_hand_that_is_asked_for(make_stage):
    stage = make_stage(SIZE)
    left, top, width, height = Layout.of(SIZE, "right").prompt
    shots = []
    for i, (name, said) in enumerate(
        (
            ("kitchen_grasp", "play.grasp_go"),
            ("kitchen_grasp", "play.grasp_close"),
            ("kitchen_pour", "play.pour_go"),
            ("kitchen_pour", "play.pour_pinch"),
        )
    ):
        view = Kitchen(name).view(prompt=Message(said), hand=None)
        stage.paint(view, 20.0 + i)
        shots.append(pixels()[left : left + width, top : top + height])
    assert all(np.abs(a - b).mean() > 0.5 for a, b in pairwise(shots))
    assert not stage.notes


def test_the_same_view_and_instant_give_the_same_pixels(make_stage):
    shots = []
    for _ in range(2):
        stage = make_stage()
        it = Kitchen("kitchen_pour", seed=1, placed=2).take()
        shots.append(shown(stage, it.view(), 12.0, 0.3))
        stage.close()
    assert np.array_equal(*shots)


def test_hours_tiles_drinks_and_guests_are_drawn_from_the_seed(make_stage):
    seeds = range(48)
    for of, all_of in ((hour_of, HOURS), (tiles_of, TILES), (drink_of, DRINKS), (guest_of, GUESTS)):
        assert {repr(of(seed)) for seed in seeds} == {repr(each) for each in all_of}
    rooms = {(id(hour_of(s)), tiles_of(s), guest_of(s)) for s in seeds}
    assert len(rooms) >= 24
    stage = make_stage()
    shots = [shown(stage, Kitchen("kitchen_grasp", seed=s).view(), 5.0, 0.1) for s in range(len(HOURS))]
    assert all(np.abs(a - b).mean() > 1.5 for a, b in pairwise(shots))


@pytest.mark.parametrize("seed", [1, 4])
def test_calm_stands_still_and_so_does_a_pause(make_stage, seed):
    """Rain, snow, robin and steam; what informs is left out of the view."""
    view = Kitchen("kitchen_grasp", seed=seed).view(target=None, things=(), hand=None, prompt=None)
    moving = make_stage()
    shown(moving, view, 20.0)
    one = pixels()
    moving.paint(view, 23.0)
    for i in range(30):
        moving.paint(view, 23.0 + i / 30)
    assert np.abs(one - pixels()).max() > 20
    paused = replace(view, phase="paused")
    shown(moving, paused, 30.0, 2.0)
    one = pixels()
    shown(moving, paused, 33.0, 1.0)
    field = np.s_[250:, :300]  # beside mirror and board, and without the sign of the pause
    assert np.abs(one - pixels())[field].max() < 40
    moving.close()
    calm = make_stage(calm=True)
    shown(calm, view, 20.0)
    one = pixels()
    shown(calm, view, 24.0)
    assert np.array_equal(one, pixels())


def jumping(i):
    """A new object every twelfth of a second, in another place."""
    view = Kitchen(NAMES[0], direction=(65.0, -40.0)[i // 5 % 2]).view()
    things = tuple(replace(t, key=t.key if t.kind == "tray" else f"{t.kind} {i // 5}") for t in view.things)
    return replace(view, target=replace(view.target, number=i // 5), things=things), None


def gripping(i):
    it = Kitchen("kitchen_grasp")
    return it.hand(it.there, (0.1, 0.5)[i // 4 % 2], 0.2).view(), None


def rewards(i):
    kind = ("pick", "place", "miss", "pour")[i % 4]
    return Kitchen("kitchen_grasp").view(), Cue(kind, 0.3, -0.4)


def pours(i):
    it = Kitchen("kitchen_pour")
    it.hand(it.there, 0.1, 0.3).hand(it.there, 1.0, 0.2 + 0.1 * (i // 6 % 4))
    return it.view(), None


@pytest.mark.parametrize("scene", [jumping, gripping, rewards, pours])
def test_nothing_flashes_h6(make_stage, scene):
    stage = make_stage(SIZE)
    frames = []
    for i in range(2 * FPS):
        view, extra = scene(i)
        if extra is not None:
            stage.cue(extra, 50.0 + i / FPS)
        stage.paint(view, 50.0 + i / FPS)
        frames.append(brightness())
    assert not flashes(frames, FPS)
