"""What is told in the end: a week that is read without words, and a sheet that stays where it belongs."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from menu_views import SCREENS, area_of, shown_told, told, view_of
from screen import brightness, flashes, pixels
from system_fonts import needs

from rehabgames.core.menu import WeekDay
from rehabgames.core.message import Message
from rehabgames.stage.menus import telling
from rehabgames.stage.menus.telling import NUMBER, TEXT
from rehabgames.stage.menus.words import LEAST
from rehabgames.stage.palette import contrast
from rehabgames.words import languages, render

SIZE = (1280, 720)
QUIET = replace(told(), week=())
EACH = [pytest.param(language, marks=needs(language)) for language in languages()]


def painted(stage, view, at_s=20.0):
    """The pixels once all is made, which takes a frame for each piece at most, and has eased in."""
    for i in range(60):
        stage.paint(view, at_s + i / 30)
    return pixels()


def changed(one, other, least=40):
    return np.abs(one.astype(int) - other).max(axis=2) > least


@pytest.mark.parametrize("screen", ["home", "summary"])
def test_today_is_the_largest_day_and_the_last_that_is_read(screen, make_spoken):
    for language, last in (("en", 6), ("ar", 0)):
        stage = make_spoken(language=language, calm=True)
        shot = painted(stage, shown_told(screen, told()))[410:870]
        strip = shot.copy()
        strip[:] = np.median(shot[20:440, 648:652], axis=(0, 1))
        seen = changed(shot, strip)[12:-12, 650:698].any(axis=1)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], seen.astype(int), [0]))))
        widths = [b - a for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 12]
        assert len(widths) == 7
        assert widths.index(max(widths)) == last
        assert widths[last] > 1.2 * np.median(widths)


@pytest.mark.parametrize("today", [False, True])
def test_a_day_with_practice_differs_from_one_without_in_grey_too(today, make_spoken):
    stage = make_spoken(calm=True)
    shots = []
    for practised in (True, False):
        week = tuple(WeekDay(i, practised, today and i == 6) for i in range(7))
        shot = painted(stage, shown_told("summary", replace(told(), week=week)), 20.0 + 10 * practised)
        shots.append(shot @ np.array([0.2126, 0.7152, 0.0722]))
    strip = (slice(430, 850), slice(648, 700))
    assert (np.abs(shots[0] - shots[1])[strip] > 30).mean() > 0.1


SUITS = {
    "as usual": {},
    "large letters": {"letters": 2.0},
    "the right half": {"neglects": "left"},
    "the left half in large letters": {"neglects": "right", "letters": 2.0},
    "high contrast": {"contrast": True},
}
HALVES = {"left": (0.5, 1.0), "right": (0.0, 0.5)}


@pytest.mark.parametrize("suits", SUITS.values(), ids=SUITS)
@pytest.mark.parametrize("language", EACH)
def test_what_is_told_stays_between_the_heading_and_what_can_be_chosen(language, suits, make_spoken):
    suits = {"language": language, "calm": True, **suits}
    size = (960, 600)
    stage = make_spoken(size, **suits)
    view = shown_told("summary", QUIET, **suits)
    nothing = replace(view.menu, sums=SCREENS["summary"].menu(0).sums, news=())
    without = painted(stage, replace(view, menu=nothing))
    seen = changed(painted(stage, view, 40.0), without, 60)
    rows, columns = (np.flatnonzero(seen.any(axis=axis)) for axis in (0, 1))
    _, top, _, _ = area_of(view.menu.choices[0].box, size)
    first, last = HALVES.get(suits.get("neglects"), (0.04, 0.96))
    assert seen.mean() > 0.03
    assert 0.15 * size[1] < rows.min() < rows.max() < top
    assert first * size[0] <= columns.min() < columns.max() <= last * size[0]


@pytest.mark.parametrize("suits", SUITS.values(), ids=SUITS)
@pytest.mark.parametrize("language", EACH)
def test_every_letter_of_it_can_be_read_at_three_metres(language, suits, make_spoken, monkeypatch):
    """No line of the sheet is written smaller than 32 px of the 720 px grid, and what is better is there."""
    written, write = [], telling.write

    def listening(easel, lines, size_px, *more, **named):
        written.append((size_px, *lines))
        write(easel, lines, size_px, *more, **named)

    monkeypatch.setattr(telling, "write", listening)
    suits = {"language": language, "calm": True, **suits}
    stage = make_spoken(**suits)
    painted(stage, shown_told("summary", told(), **suits))
    sizes = [size for size, *_ in written]
    assert len(written) >= 5
    assert LEAST <= min(sizes) <= max(sizes) <= 2 * max(NUMBER, TEXT)
    better = render(Message("told.better.arm"), language)
    assert better.split()[-1] in " ".join(" ".join(lines) for _, *lines in written)


def test_words_of_the_sheet_stand_out_4_5_to_1(make_spoken):
    shot = painted(make_spoken(calm=True), shown_told("summary", told()))
    sheet = shot[200:1080, 300:500].reshape(-1, 3)
    ground = np.median(sheet, axis=0)
    assert contrast(tuple(np.percentile(sheet, 2, axis=0)), tuple(ground)) >= 4.5


def test_nothing_is_told_before_it_is_known(make_spoken):
    stage = make_spoken(calm=True)
    menu = SCREENS["summary"].menu(3)
    before = painted(stage, view_of(menu))
    early = painted(stage, view_of(replace(menu, news=told().news)), 40.0)
    assert not changed(before, early).any()


def test_what_is_told_comes_softly_as_it_becomes_known_h6(make_spoken):
    stage = make_spoken()
    nothing, whole = view_of(SCREENS["summary"].menu(3)), shown_told("summary", told())
    numbers = replace(whole, menu=replace(whole.menu, news=()))
    frames = []
    for i in range(120):
        stage.paint((nothing, numbers, whole)[min(2, i // 20)], 20.0 + i / 60)
        frames.append(brightness())
    assert not flashes(frames, 60)
    sheet = [frame[60:260, 75:120].mean() for frame in frames]
    risen = max(after - before for before, after in pairwise(sheet))
    assert risen < 0.35 * (max(sheet) - min(sheet))  # not from one picture to the next
