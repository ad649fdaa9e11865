"""Screens of choices: one card stands out, its kind and its state are told by shape, its words stay on it,
and nothing flashes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame
import pytest
from every_place import some_assets
from menu_views import SCREENS, area_of, shown_as, view_of
from screen import brightness, flashes, pixels

from rehabgames.core.menu import Choice, Menu
from rehabgames.core.message import Message
from rehabgames.stage.crossing import FADE_S
from rehabgames.stage.layout import Layout
from rehabgames.stage.menus.menus import SOON_S
from rehabgames.stage.palette import contrast, luminance
from rehabgames.testing.flashes import luminance as luminances
from rehabgames.words import render

SIZE = (1280, 720)
FPS = 60


def painted(stage, view, at_s=20.0, seconds=0.6):
    """The pixels once everything has eased in."""
    for i in range(8):
        stage.paint(view, at_s + i * seconds / 7)
    return pixels()


def grey(shot):
    return shot @ np.array([0.2126, 0.7152, 0.0722])


def part(shot, box, wider=0.0):
    left, top, right, bottom = area_of(box, shot.shape[:2], wider)
    return shot[left:right, top:bottom]


def box_of(view, name):
    return next(each.box for each in view.menu.choices if each.id == name)


def windowed(plane, size):
    """Sums of every window of that size, by its corner."""
    total = np.pad(plane.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    w, h = size
    return total[w:, h:] - total[:-w, h:] - total[w:, :-h] + total[:-w, :-h]


# --- what stands out


def test_start_is_by_far_the_largest_and_what_a_squint_leaves_of_the_home_screen(make_spoken):
    view = shown_as("home")
    shot = painted(make_spoken(), view)
    sizes = {each.id: each.box[2] * each.box[3] for each in view.menu.choices}
    assert all(sizes["start"] >= 3 * size for name, size in sizes.items() if name != "start")
    small = pygame.transform.smoothscale(pygame.display.get_surface(), (128, 72))
    bright = luminances(pygame.surfarray.array3d(small))
    out = np.abs(bright - np.median(bright))
    left, top, right, bottom = area_of(box_of(view, "start"), (128, 72))
    looked = windowed(out, (30, 12))
    x, y = np.unravel_index(looked.argmax(), looked.shape)
    assert left - 3 <= x <= x + 30 <= right + 3
    assert top - 3 <= y <= y + 12 <= bottom + 3
    assert shot.shape == (*SIZE, 3)


@pytest.mark.parametrize("place", ["orchard", "library", "night_hill"])
@pytest.mark.parametrize("name", ["chest pain", "comfort"])
def test_cards_stand_out_from_what_is_around_them_3_to_1(make_spoken, name, place):
    view = replace(shown_as(name), place=place)
    shot = painted(make_spoken(), view)
    for choice in view.menu.choices:
        left, top, right, bottom = area_of(choice.box)
        paper = tuple(np.median(shot[left + 40 : right - 40, top + 10 : top + 20], axis=(0, 1)))
        around = (
            shot[left + 40 : right - 40, top - 18 : top - 8],
            shot[left + 40 : right - 40, bottom + 8 : bottom + 18],
            shot[left - 18 : left - 8, top + 40 : bottom - 40],
            shot[right + 8 : right + 18, top + 40 : bottom - 40],
        )
        for side in around:
            assert contrast(paper, tuple(side.mean(axis=(0, 1)))) >= 3.0, choice.id


def dark_and_light(region):
    """Of a region with words: the colour that is farthest from the most frequent one, and that. Bold letters
    may cover more than half of it, and then these are the ground."""
    colours = region.reshape(-1, 3)[::3]
    kinds, counts = np.unique(colours.astype(int) // 16, axis=0, return_counts=True)
    most = (colours.astype(int) // 16 == kinds[counts.argmax()]).all(axis=1)
    ground = np.median(colours[most], axis=0)
    away = np.abs(np.array([luminance(*rgb_) for rgb_ in colours]) - luminance(*ground))
    letters = colours[away >= np.quantile(away, 0.97)]
    return tuple(np.median(letters, axis=0)), tuple(ground)


@pytest.mark.parametrize("name", ["home", "pain", "advice", "rest"])
def test_words_stand_out_from_what_they_are_written_on_4_5_to_1(make_spoken, name):
    view = shown_as(name)
    shot = painted(make_spoken(), view)
    written = words_of(shot, make_spoken, view)
    assert len(written) >= len(view.menu.choices)
    for region in written:
        letters, ground = dark_and_light(region)
        assert contrast(letters, ground) >= 4.5


def words_of(shot, make, view):
    """Regions of the picture in which there are words: where it changes when they are others of the same
    length, one region for each label and one for what is above them."""
    other = make(say=lambda m, _: "".join("o" if c.isalpha() else c for c in render(m)))
    changed = np.abs(painted(other, view) - shot).max(axis=2) > 60
    regions = []
    top = min(each.box[1] for each in view.menu.choices)
    boxes = [area_of(each.box) for each in view.menu.choices] + [(300, 0, 980, round(top * SIZE[1]) - 8)]
    for left, upper, right, lower in boxes:
        where = np.argwhere(changed[left:right, upper:lower])
        if len(where) > 40:
            (x0, y0), (x1, y1) = where.min(axis=0), where.max(axis=0)
            regions.append(shot[left + x0 : left + x1 + 1, upper + y0 : upper + y1 + 1])
    return regions


# --- what kind of answer, and its state, without colour


def test_what_is_pointed_at_and_what_is_lit_are_seen_without_colour(make_spoken):
    stage = make_spoken(calm=True)
    plain = grey(painted(stage, shown_as("affected")))
    box = box_of(shown_as("affected"), "both")
    pointed = grey(painted(stage, shown_as("affected", pointed="both", held=0.3)))
    lit = grey(painted(stage, shown_as("affected", lit="both")))
    inside, outside = np.abs(pointed - plain) > 25, np.abs(lit - plain) > 60
    assert part(inside, box).mean() > 0.02
    assert part(outside, box, wider=16).mean() > 0.02
    assert part(outside, box, wider=-8).mean() < 0.001  # a frame around it, unlike the ring
    for other in ("left", "right"):
        elsewhere = box_of(shown_as("affected"), other)
        assert part(inside | outside, elsewhere).mean() < 0.001


def test_the_ring_grows_clockwise_from_the_top_with_the_time_held(make_spoken):
    stage = make_spoken(calm=True)
    box = box_of(shown_as("affected"), "both")
    shots = {
        held: part(grey(painted(stage, shown_as("affected", pointed="both", held=held))), box, wider=12)
        for held in (0.0, 0.25, 0.5, 0.75, 1.0)
    }
    filled = {held: np.abs(shot - shots[0.0]) > 30 for held, shot in shots.items()}
    counts = [int(each.sum()) for each in filled.values()]
    whole = counts[-1]
    assert whole > 5000
    for held, count in zip(shots, counts, strict=True):
        assert count == pytest.approx(held * whole, abs=0.03 * whole)
    middle = filled[0.25].shape[0] // 2
    assert filled[0.25][: middle - 4].sum() == 0
    assert filled[0.5][: middle - 4].sum() <= 0.01 * whole
    assert filled[0.75][:middle, : filled[0.75].shape[1] // 4].sum() == 0


def test_what_is_pointed_at_rises_and_stays_where_nothing_is_to_move(make_spoken):
    for calm in (False, True):
        stage = make_spoken(calm=calm)
        before = painted(stage, shown_as("affected"))
        after = painted(stage, shown_as("affected", pointed="both"))
        left, top, right, _ = area_of(box_of(shown_as("affected"), "both"))
        over = (slice(left + 40, right - 40), slice(top - 8, top - 2))
        rose = np.abs(after[over] - before[over]).max(axis=2) > 60
        assert (rose.mean() > 0.5) is not calm


# --- words and pictures stay where they belong


def test_other_words_of_a_choice_change_nothing_beside_the_choices(make_spoken):
    shots = []
    for words in ("Ja", "Somebody whom nobody has seen here before"):
        stage = make_spoken(say=lambda m, _, w=words: w if m.id == "choice.both" else m.id)
        shots.append(painted(stage, shown_as("affected"), seconds=0.1))
    changed = np.abs(shots[1] - shots[0]).max(axis=2) > 30
    for choice in shown_as("affected").menu.choices:
        left, top, right, bottom = area_of(choice.box)
        changed[left:right, top:bottom] = False
    assert not changed.any()


@pytest.mark.parametrize("name", SCREENS)
def test_what_is_asked_is_in_the_middle_and_over_both_halves(make_spoken, name):
    """Who misses one half of the screen is asked all the same."""
    stage = make_spoken((640, 360), calm=True)
    view = shown_as(name)
    asked = painted(stage, view, seconds=0.4)
    quiet = painted(
        stage, view_of(replace(view.menu, title=Message("menu.bye"), number=9)), 30.0, seconds=0.4
    )
    if name == "bye":
        return
    changed = np.abs(asked - quiet).max(axis=2)[:, :90] > 60
    columns = np.flatnonzero(changed.any(axis=1))
    assert columns.min() < 320 - 25
    assert columns.max() > 320 + 25


@pytest.mark.parametrize(
    "name", ["chest pain", "support", "chair", "stopped", "summary", "advice", "trouble"]
)
def test_who_misses_one_half_of_the_screen_sees_a_part_of_every_answer(name):
    """Of questions that have two answers, and of what goes on."""
    for choice in SCREENS[name].menu(0).choices:
        left, _, across, _ = choice.box
        assert left < 0.5 - 0.1
        assert left + across > 0.5 + 0.1


@pytest.mark.parametrize("name", ["home", "shown", "rest"])
def test_no_choice_is_under_a_sign_of_stop_or_another_choice(name):
    view = shown_as(name)
    layout = Layout.of(SIZE, "right")
    areas = [pygame.Rect(a, b, c - a, d - b) for a, b, c, d in (area_of(x.box) for x in view.menu.choices)]
    signs = [pygame.Rect(area).inflate(40, 40) for area in layout.stops]
    for i, area in enumerate(areas):
        assert min(area.size) >= 96
        assert area.inflate(26, 26).collidelist(areas[:i]) == -1
        assert area.collidelist(signs) == -1


# --- what else is on a screen


def test_the_exercises_of_the_day_are_shown_by_their_places_and_what_is_done_has_a_tick(make_spoken):
    stage = make_spoken()
    today = painted(stage, shown_as("home"))
    done = painted(stage, shown_as("home done", number=4, choices=shown_as("home").menu.choices), 30.0)
    none = painted(stage, shown_as("home", planned=(), number=5), 40.0)
    strip = slice(110, 300)
    assert (np.abs(today - none).max(axis=2) > 40)[:, strip].mean() > 0.08
    assert (np.abs(today - done).max(axis=2) > 40)[:, strip].mean() > 0.01


def test_the_movement_is_shown_large_between_the_choices(make_spoken):
    stage = make_spoken()
    view = shown_as("shown")
    without = painted(stage, replace(view, guide=None))
    with_it = painted(stage, view, 30.0, seconds=2.0)
    left, right = (area_of(box_of(view, name)) for name in ("skip", "go_on"))
    changed = np.abs(with_it - without).max(axis=2) > 60
    assert changed[left[2] : right[0], 150:700].mean() > 0.3
    assert part(changed, box_of(view, "skip"), -30).mean() < 0.01


def test_the_time_that_is_left_empties_its_ring(make_spoken):
    stage = make_spoken(calm=True)
    full = grey(painted(stage, shown_as("rest")))
    left = []
    for seconds in (73.0, 36.5, 1.0):
        shot = grey(painted(stage, replace(shown_as("rest"), seconds_left=seconds), 30.0, seconds=0.1))
        left.append(int((np.abs(shot - full) > 30)[:, :300].sum()))
    assert left[0] == 0
    assert 0 < left[1] < left[2]


@pytest.mark.parametrize("pointer", [None, (0.5, 0.9), (float("nan"), 0.5), (9.0, -9.0)])
def test_the_hand_is_seen_where_it_points_and_nowhere_else(make_spoken, pointer):
    stage = make_spoken(calm=True)
    before = painted(stage, shown_as("summary"))
    after = painted(stage, shown_as("summary", pointer=pointer), 30.0)
    changed = np.abs(after - before).max(axis=2) > 60
    if pointer == (0.5, 0.9):
        where = np.argwhere(changed).mean(axis=0)
        assert where == pytest.approx((640, 648), abs=30)
        assert 40 < np.ptp(np.argwhere(changed)[:, 0]) < 90
    elif pointer == (9.0, -9.0):
        assert changed[:1200, 80:].sum() == 0
    else:
        assert not changed.any()


def test_without_its_pictures_a_screen_still_has_its_words(tmp_path, make_spoken):
    assets = some_assets(tmp_path, without=("screens",))
    stage = make_spoken((640, 360), assets)
    shot = painted(stage, shown_as("pain"))
    assert stage.notes == ["The pictures of 'screens' are missing; plain shapes stand in for them."]
    for choice in shown_as("pain").menu.choices:
        assert grey(part(shot, choice.box)).std() > 20


def test_a_screen_without_choices_and_a_place_that_is_not_known_are_painted(make_stage):
    stage = make_stage()
    bare = Menu("x", 0, Message("x"), "no_such_picture", ())
    stage.paint(replace(view_of(bare), place="nowhere"), 1.0)
    odd = Choice("a", Message(""), "", (0.4, 0.4, 0.2, 0.2), "plain", "", ())
    stage.paint(view_of(replace(bare, number=1, choices=(odd,), pointed="b", lit="c", held=7.0)), 2.0)
    assert np.ptp(pixels()) > 100


# --- hazard H6


def screens_in_turn(period):
    names = ["chest pain", "comfort", "affected", "home"]

    def view(i):
        return shown_as(names[i // period % len(names)], number=i // period)

    return view


def two_in_turn(period):
    def view(i):
        return shown_as(("summary", "comfort")[i // period % 2], number=i // period)

    return view


def scanning_and_pointing(i):
    ids = [each.id for each in shown_as("comfort").menu.choices]
    held = {"pointed": ids[i // 5 % 6], "held": i % 5 / 5, "pointer": (i % 9 / 9, 0.5)}
    return shown_as("comfort", lit=ids[i // 7 % 6], **held)


def play_and_screen(period):
    def view(i):
        menu = shown_as("pain", number=i // period)
        return menu if i // period % 2 else replace(menu, phase="rest", menu=None)

    return view


FLASHING = {
    "screens 7 times a second": screens_in_turn(8),
    "screens 12 times a second": screens_in_turn(5),
    "two in turn 7 times a second": two_in_turn(8),
    "two in turn 4 times a second": two_in_turn(15),
    "scanning and pointing": scanning_and_pointing,
    "a screen and the play 7 times a second": play_and_screen(8),
}


@pytest.mark.parametrize("name", FLASHING)
def test_screens_that_follow_each_other_quickly_do_not_flash_h6(make_spoken, name):
    stage = make_spoken()
    frames = []
    for i in range(2 * FPS):
        stage.paint(FLASHING[name](i), 50.0 + i / FPS)
        frames.append(brightness())
    assert not flashes(frames, FPS)


def test_a_screen_gives_way_to_the_next_within_a_moment(make_spoken):
    stage = make_spoken((640, 360), calm=True)
    alone = painted(stage, shown_as("comfort"))
    painted(stage, shown_as("affected", number=4), 30.0)
    stage.paint(shown_as("comfort", number=5), 40.0)
    stage.paint(shown_as("comfort", number=5), 40.0 + SOON_S)
    first = pixels()
    stage.paint(shown_as("comfort", number=5), 40.0 + SOON_S + FADE_S + 0.01)
    assert np.abs(first - alone).max() > 60
    assert np.abs(pixels() - alone).max() <= 2
