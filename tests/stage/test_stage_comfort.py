"""What suits whoever plays is followed at once, and what it promises is seen: large letters, high contrast, a
still picture, all answers on the half that is seen."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pygame
import pytest
from every_place import ASSETS, NAMES, played, settled
from menu_views import SCREENS, area_of, view_of
from screen import pixels

from rehabgames.core.player import Comfort
from rehabgames.stage.easel import Easel
from rehabgames.stage.frame import Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.letters import Letters
from rehabgames.stage.menus import contents, heading
from rehabgames.stage.menus.cards import Card
from rehabgames.stage.menus.laying import lay, told_of
from rehabgames.stage.menus.menus import SOON_S
from rehabgames.stage.menus.seen import Seen
from rehabgames.stage.menus.top import Top
from rehabgames.stage.menus.words import LEAST
from rehabgames.stage.palette import contrast
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.window import Stage
from rehabgames.words import languages, suited

SIZE = (1280, 720)
SMALL = (640, 360)
SIDES = ("left", "right")
SPEAKING = ["home", "who", "comfort", "comfort more", "pain", "effort", "chest pain", "shown", "advice"]


def screen(name: str, comfort: Comfort, number: int = 3, **more):
    """more: of the View."""
    return replace(view_of(SCREENS[name].menu(number, comfort), **more), comfort=comfort)


# --- followed at once


@pytest.mark.parametrize(
    "suits",
    [
        Comfort(language="ar"),
        Comfort(letters=2.0),
        Comfort(contrast=True),
        Comfort(language="de", letters=1.5, contrast=True, neglects="left"),
        Comfort(child=True),
    ],
)
def test_a_stage_that_follows_shows_what_one_shows_that_began_so(make_spoken, suits):
    calm = replace(suits, calm=True)
    for view in (screen("pain", calm), replace(played("library"), comfort=calm)):
        followed = make_spoken(SMALL)
        settled(followed, replace(view, comfort=Comfort(calm=True)))
        seen = settled(followed, view, at_s=30.0)
        began = Stage(ASSETS, suited, size=SMALL, headless=True, sound=False, comfort=calm)
        try:
            assert np.array_equal(settled(began, replace(view, comfort=None), at_s=30.0), seen)
        finally:
            began.close()


def test_what_is_followed_stays_where_a_view_says_nothing(make_spoken):
    stage, view = make_spoken(SMALL, calm=True), replace(played("library"), comfort=None)
    usual = settled(stage, view)
    strong = settled(stage, replace(view, comfort=Comfort(calm=True, contrast=True)), at_s=30.0)
    assert np.abs(strong - usual).mean() > 20
    assert np.array_equal(settled(stage, view, at_s=40.0), strong)


def test_the_screen_before_stands_until_the_next_is_made_and_not_for_long(make_spoken):
    stage = make_spoken(SMALL, calm=True)
    before = settled(stage, screen("pain", Comfort(calm=True), 1))
    coming = screen("comfort", Comfort(calm=True, language="de"), 2)
    shots = []
    for i in range(60):
        stage.paint(coming, 40.0 + i / 60)
        shots.append(pixels())
    moved = [not np.array_equal(shot, before) for shot in shots]
    first = moved.index(True)
    assert 1 <= first <= SOON_S * 60 + 2
    assert np.array_equal(shots[-1], shots[-2])
    assert np.abs(shots[-1] - before).max() > 60


# --- letters


def easel_for(comfort: Comfort) -> Easel:
    layout = Layout.of(SIZE, "right", text_scale=comfort.letters)
    frame, letters = Frame(SIZE, (-1, -1, 1, 1), layout.play), Letters([], comfort.language)
    pictures = Pictures(ASSETS / "pictures", [])
    return Easel(pygame.display.get_surface(), pictures, letters, layout, frame, 0.0, comfort=comfort)


@pytest.fixture
def window():
    pygame.display.set_mode(SIZE)
    yield
    pygame.display.quit()


def seen_by(comfort: Comfort, name: str) -> Seen:
    view = screen(name, comfort)
    return Seen(view, view.menu, lambda message: suited(message, comfort), "R")


def sizes_of(easel: Easel, seen: Seen) -> list[tuple[str, int]]:
    """Of every label and every fact on a card, px."""
    found = []
    for choice, told in told_of(seen):
        size = Card(easel, (choice.box[2] * SIZE[0], choice.box[3] * SIZE[1]), choice.tone).size
        found.append((choice.id, contents.label_size(easel, size, told)))
        facts = contents.facts_of(easel, contents.rooms(easel, size, told), told)
        found += [(choice.id, each) for each, _, _ in facts]
    return found


@pytest.mark.parametrize("neglects", ["", "left"])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("language", languages())
def test_what_is_written_on_cards_is_32_px_or_more_and_stays_inside(window, language, scale, neglects):
    comfort = Comfort(language=language, letters=scale, neglects=neglects)
    easel = easel_for(comfort)
    for name in SCREENS:
        assert [x for x in sizes_of(easel, seen_by(comfort, name)) if x[1] < LEAST] == [], name
    for name in SPEAKING:
        for made in lay(easel, told_of(seen_by(comfort, name))):
            if made is None:
                continue
            ring = pygame.mask.from_surface(made.card.ring.track, 100)
            bare = pygame.surfarray.array3d(made.card.paper).astype(int)
            written = np.abs(pygame.surfarray.array3d(made.face).astype(int) - bare).max(axis=2) > 40
            alpha = pygame.surfarray.array_alpha(made.card.paper) > 250
            words = pygame.mask.Mask(made.face.get_size())
            for x, y in np.argwhere(written & alpha)[::3]:
                words.set_at((int(x), int(y)))
            dx, dy = ((a - b) // 2 for a, b in zip(made.face.get_size(), ring.get_size(), strict=True))
            assert ring.overlap_area(words, (-dx, -dy)) == 0, (name, made.choice.id)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("language", languages())
def test_what_is_asked_is_32_px_or_more_and_stays_on_its_sheet_above_the_choices(window, language, scale):
    for neglects in ("", "right"):
        comfort = Comfort(language=language, letters=scale, neglects=neglects)
        easel = easel_for(comfort)
        for name in SCREENS:
            seen = seen_by(comfort, name)
            laid = Top().lay(easel, seen)
            first = min(each.box[1] for each in seen.menu.choices) * SIZE[1]
            assert 0 <= laid.area[1] < laid.bottom < first, (name, laid)
            assert laid.title[0] >= heading.TITLE[1], (name, laid.title)
            assert all(size >= LEAST for size, _, _ in laid.facts), (name, laid.facts)
            for size, lines, _ in (laid.title, *laid.facts):
                broad = max(easel.letters.width(line, size, bold=size == laid.title[0]) for line in lines)
                assert broad <= laid.area[2]


@pytest.mark.parametrize("name", ["who", "affected", "chest pain", "pain"])
def test_what_is_asked_and_what_can_be_chosen_grow_with_the_letters(window, name):
    titles, labels = [], []
    for scale in (1.0, 1.5, 2.0):
        comfort = Comfort(letters=scale)
        easel, seen = easel_for(comfort), seen_by(comfort, name)
        titles.append(Top().lay(easel, seen).title[0])
        labels.append(min(size for _, size in sizes_of(easel, seen)))
    assert titles[0] < titles[1] <= titles[2]
    assert labels[0] < labels[1] <= labels[2]
    assert titles[2] >= 1.2 * titles[0]
    assert labels[2] >= 1.2 * labels[0]


# --- contrast


@pytest.mark.parametrize("name", ["home", "pain", "advice", "rest", "comfort"])
def test_high_contrast_has_words_7_to_1_and_edges_3_to_1_as_they_are_painted(make_spoken, name):
    view = screen(name, Comfort(contrast=True))
    shot = settled(make_spoken(contrast=True), view)
    for choice in view.menu.choices:
        left, top, _, bottom = area_of(choice.box)
        across = shot[left - 20 : left + 40, (top + bottom) // 2]
        ground, paper = tuple(across[:4].mean(axis=0)), tuple(np.median(across[-20:], axis=0))
        assert contrast(paper, ground) >= 15.0
        assert max(contrast(tuple(each), paper) for each in across[16:32]) >= 3.0, choice.id
    other = make_spoken(
        contrast=True, say=lambda m, c: "".join("o" if x.isalpha() else x for x in suited(m, c))
    )
    changed = np.abs(settled(other, view) - shot).max(axis=2) > 60
    first = min(each.box[1] for each in view.menu.choices)
    for box in (*(each.box for each in view.menu.choices), (0.2, 0.0, 0.6, 0.9 * first)):
        left, top, right, bottom = area_of(box)
        words = shot[left:right, top:bottom][changed[left:right, top:bottom]]
        if len(words) > 40:
            words = words[np.argsort(words.sum(axis=1))]
            few = max(1, len(words) // 20)
            ink, paper = words[:few].mean(axis=0), words[-few:].mean(axis=0)
            assert contrast(tuple(ink), tuple(paper)) >= 7.0, box


@pytest.mark.parametrize("place", NAMES)
def test_high_contrast_takes_the_place_back_behind_the_play(make_spoken, place):
    view = replace(played(place), comfort=Comfort(contrast=True))
    shot = settled(make_spoken(contrast=True), view)
    layout = Layout.of(SIZE, view.side)
    left, top, width, height = layout.play
    area = shot[left : left + width, top : top + height]
    grey = area @ np.array([0.2126, 0.7152, 0.0722])
    ground = tuple(np.median(area.reshape(-1, 3), axis=0))
    frame = Frame(SIZE, view.window, layout.play)
    x, y = (round(each) for each in frame.to_screen(view.target.x, view.target.y))
    r = max(24, round(frame.length(view.target.radius)))
    disc = shot[x - r : x + r, max(0, y - r) : y + r].reshape(-1, 3)
    bright = disc[np.argsort(disc.sum(axis=1))][-len(disc) // 20 :]
    assert contrast(tuple(np.median(bright, axis=0)), ground) >= 4.5
    assert np.median(grey) < 45
    assert (grey < 70).mean() > 0.6


# --- reduced motion


@pytest.mark.parametrize("name", [each for each in SCREENS if each != "shown"])
def test_with_reduced_motion_a_screen_keeps_still(make_spoken, name):
    stage, view = make_spoken(SMALL, calm=True), screen(name, Comfort(calm=True))
    first = settled(stage, view)
    for at_s in (23.0, 29.3, 57.1):
        stage.paint(view, at_s)
        assert np.array_equal(pixels(), first)


# --- one side is missed


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("neglects", SIDES)
def test_who_misses_one_side_has_all_that_is_asked_and_can_be_chosen_on_the_other(
    make_spoken, name, neglects
):
    comfort = Comfort(neglects=neglects, calm=True)
    for choice in SCREENS[name].menu(0, comfort).choices:
        left, _, across, down = choice.box
        assert left > 0.5 if neglects == "left" else left + across < 0.5
        assert min(across * SIZE[0], down * SIZE[1]) >= 96, choice.id
    view = screen(name, comfort)
    said = settled(make_spoken(SMALL, calm=True), view)
    other = make_spoken(
        SMALL, calm=True, say=lambda m, c: "".join("o" if x.isalpha() else x for x in suited(m, c))
    )
    changed = np.abs(settled(other, view) - said).max(axis=2)[:, : round(0.85 * SMALL[1])] > 40
    missed = changed[: SMALL[0] // 2] if neglects == "left" else changed[SMALL[0] // 2 :]
    assert changed.sum() > 200
    assert not missed.any()


@pytest.mark.parametrize("neglects", SIDES)
@pytest.mark.parametrize("place", ["river", "kitchen", "night_hill"])
def test_from_the_seen_side_it_is_led_across_to_a_target_on_the_missed_one(make_spoken, place, neglects):
    view = played(place, "right")
    target = replace(
        view.target, hold=0.0, x=abs(view.target.x) if neglects == "right" else -abs(view.target.x)
    )
    view = replace(view, target=target)
    stage = make_spoken(calm=True)
    plain = settled(stage, replace(view, comfort=Comfort(calm=True)))
    led = settled(stage, replace(view, comfort=Comfort(calm=True, neglects=neglects)), 30.0)
    held = replace(view, target=replace(target, hold=0.4), comfort=Comfort(calm=True, neglects=neglects))
    left, _, width, _ = Layout.of(SIZE, "right").play
    seen = (
        slice(left, left + width // 4) if neglects == "right" else slice(left + 3 * width // 4, left + width)
    )
    assert (np.abs(led - plain).max(axis=2) > 60)[seen].sum() > 300
    lines = settled(stage, held, 40.0)
    assert (np.abs(lines - plain).max(axis=2) > 60)[seen].sum() < 30


def test_a_bird_flies_there_from_the_seen_side_where_motion_is_not_reduced(make_spoken):
    view = played("kitchen", "right")
    target = replace(view.target, hold=0.0, x=abs(view.target.x))
    view = replace(view, target=target, comfort=Comfort(neglects="right"))
    still = replace(view, comfort=Comfort(neglects="right", calm=True))
    birds = {}
    for name, shown in (("flies", view), ("still", still)):
        stage = make_spoken()
        settled(stage, shown, 20.0, frames=3)
        shots = []
        for i in range(12):
            stage.paint(shown, 20.4 + i / 8)
            shots.append(pixels())
        left, _, width, _ = Layout.of(SIZE, "right").play
        strip = [shot[left : left + width // 2, 150:420] for shot in shots]
        moved = [int((np.abs(a - b).max(axis=2) > 90).sum()) for a, b in pairwise(strip)]
        birds[name] = max(moved)
    assert birds["flies"] > 600
    assert birds["still"] < birds["flies"] / 4
