"""The library: the line stands out of the page, ink follows, and nothing moves that should rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from reaching_views import tracing
from screen import brightness, flashes, pixels, shown
from stage_views import base, playing
from test_stage_flash import FPS

from rehabgames.core.view import Cue, Hand
from rehabgames.stage.frame import Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.library.hours import evening_of
from rehabgames.stage.library.lines import INK, INK_PX, smooth
from rehabgames.stage.palette import contrast, rgb

SIZE = (1280, 720)
PHASES = ("looking", "rest", "play", "paused", "saving", "done")


def line_of(view):
    return next(t for t in view.things if t.kind == "line" and t.state != "placed")


def on_screen(view):
    """Places of the line, px."""
    frame = Frame(SIZE, view.window, Layout.of(SIZE, view.side).play)
    return np.array([frame.to_screen(x, y) for x, y in line_of(view).way])


def bare(player, **more):
    """The page with its line alone: no hand, no bead, no words."""
    view = player.view(hand=None, prompt=None, target=None, performance=False, **more)
    return replace(view, things=tuple(t for t in view.things if t.kind == "line"))


def colours(shot, places):
    """Of the pixels at these places."""
    return np.array([shot[round(x), round(y)] for x, y in places])


@pytest.mark.parametrize("side", ["left", "right"])
def test_every_phase_is_painted(make_stage, side):
    stage = make_stage()
    player = tracing(side=side)
    for number, phase in enumerate(PHASES):
        for view in (player.view(phase=phase), base(phase, side=side, place="library", prompt=None)):
            assert shown(stage, view, 10.0 + 3 * number, 0.2).std() > 20
    assert not stage.notes


@pytest.mark.parametrize("kind", ["rest", "farthest"])
def test_what_a_calibration_asks_is_painted(make_stage, kind):
    stage = make_stage()
    asked = replace(playing(kind, place="library"), phase="calibrate", things=())
    plain = shown(stage, replace(asked, target=None))
    assert (np.abs(shown(stage, asked, 22.0) - plain).max(axis=2) > 40).sum() > 400


def test_skies_and_sheets_are_mixed():
    assert len({(evening_of(s).weather, evening_of(s).chart) for s in range(12)}) == 12
    assert len({evening_of(s).lamp for s in range(12)}) == 3


def test_another_seed_is_another_evening(make_stage):
    stage = make_stage()
    shots = [shown(stage, base(seed=seed, place="library"), 5.0, 0.1) for seed in (0, 1, 2, 4, 8)]
    for i, a in enumerate(shots):
        assert all(np.abs(a - b).mean() > 0.8 for b in shots[i + 1 :])


@pytest.mark.parametrize(("seed", "side"), [(0, "right"), (4, "left"), (8, "right"), (11, "left")])
def test_the_line_stands_out_of_its_page(make_stage, seed, side):
    stage = make_stage(SIZE)
    player = tracing(0.5, side, seed)
    view = bare(player)
    share = line_of(view).share
    assert 0.2 < share < 0.8
    shot = shown(stage, view)
    way = smooth(on_screen(view), 2.0)
    middle = round(share * len(way))
    drawn, left = colours(shot, way[10 : middle - 15]), colours(shot, way[middle + 15 : -20])
    page = tuple(colours(shot, np.add(way[middle + 15 : -20], (0.0, 14.0))).max(axis=0))
    assert contrast(tuple(np.median(drawn, axis=0)), page) >= 3.0
    assert np.abs(np.median(drawn, axis=0) - rgb(INK)).max() < 12
    dashes = left[left.sum(axis=1) <= np.percentile(left.sum(axis=1), 20)]
    assert contrast(tuple(dashes.mean(axis=0)), page) >= 3.0


@pytest.mark.parametrize("side", ["left", "right"])
def test_what_is_to_be_followed_is_large_and_stands_out(make_stage, side):
    stage = make_stage(SIZE)
    player = tracing(0.4, side)
    view = player.view(hand=None, prompt=None)
    shot = shown(stage, view)
    plain = shown(stage, replace(view, target=None), 22.0)
    frame = Frame(SIZE, view.window, Layout.of(SIZE, side).play)
    x, y = frame.to_screen(view.target.x, view.target.y)
    apart = np.abs(shot - plain).max(axis=2) > 60
    assert apart[:, round(y)].sum() >= 48
    ix, iy = np.indices(shot.shape[:2])
    away = np.hypot(ix - x, iy - y)
    bead = np.median(shot[(away > 18) & (away < 25)], axis=0)
    page = tuple(np.median(plain[(away > 40) & (away < 46)], axis=0))
    assert contrast(tuple(bead), page) >= 3.0
    assert bead.max() - bead.min() > 150


def test_ink_grows_with_the_share_and_never_runs_ahead(make_stage):
    stage = make_stage(SIZE)
    player = tracing(0.1)
    for _ in range(4):
        player.step(0.25)
        view = bare(player)
        share, shot = line_of(view).share, shown(stage, view)
        way = smooth(on_screen(view), 2.0)
        inked = np.abs(colours(shot, way) - rgb(INK)).max(axis=1) < 30
        cap = INK_PX / 2 / (2.0 * len(way))  # the pen is round
        assert inked.mean() == pytest.approx(share + cap, abs=0.04)


def test_the_own_way_is_shown_only_where_performance_is(make_stage):
    stage = make_stage(SIZE)
    player = tracing(0.1)
    player.step(0.8, off=(0.05, -0.06))
    told = player.view(hand=None, prompt=None)
    a, b = shown(stage, told), shown(stage, replace(told, performance=False), 22.0)
    assert (np.abs(a - b).max(axis=2) > 30).sum() > 150


def test_a_finished_line_turns_to_gold_and_is_kept_under_the_board(make_stage):
    stage = make_stage(SIZE)
    player = tracing(0.1)
    before = shown(stage, player.view(prompt=None))
    player.to_the_end()
    player.game.settle(counted=True)
    player.step(0.2, speed=0.0)
    view = player.view(hand=None, prompt=None, performance=False)
    assert line_of(view).state == "held"
    for i in range(45):
        stage.paint(view, 22.0 + i / 30)
    shot = pixels()
    way = smooth(on_screen(view), 2.0)
    core = np.median(colours(shot, way), axis=0)
    assert core[0] > 180 > core[2] + 60
    left, top, width, height = Layout.of(SIZE, "right").board
    under = np.abs(shot - before)[left : left + width, top + height + 18 : top + height + 74]
    assert (under.max(axis=2) > 60).sum() > 800


def test_ink_runs_as_fast_however_often_it_is_painted(make_stage):
    inked = []
    for fps in (20, 60):
        stage, player = make_stage(SIZE), tracing(0.1)
        without = shown(stage, bare(player), 18.0, 1.0)
        player.to_the_end()
        for i in range(1, round(0.1 * fps) + 1):
            stage.paint(bare(player), 19.0 + i / fps)
        inked.append(int((np.abs(pixels() - without).max(axis=2) > 60).sum()))
    assert min(inked) > 300
    assert max(inked) < 1.15 * min(inked)


def test_a_line_that_was_not_drawn_fades(make_stage):
    stage = make_stage(SIZE)
    player = tracing(0.4)
    player.game.step(player.hand, 30.0)
    player.game.settle(counted=False)
    view = bare(player)
    assert line_of(view).state == "fading"
    faded = shown(stage, view, 20.0, 1.5)
    empty = shown(stage, replace(view, things=()), 22.0)
    assert np.abs(faded - empty)[420:1240, 100:660].max() < 25


def test_the_light_drifts_where_the_trunk_helps_and_comes_back(make_stage):
    stage = make_stage(SIZE, calm=True, follows_head=False)
    view = tracing(0.4).view(prompt=None)
    straight = shown(stage, view)
    drifted = shown(stage, replace(view, trunk=1.0), 22.0, 2.0)
    assert straight[440:640, 200:600].mean() - drifted[440:640, 200:600].mean() > 8
    back = shown(stage, replace(view, trunk=0.0), 25.0, 2.0)
    assert np.abs(back - straight)[440:640, 200:600].mean() < 1.0


@pytest.mark.parametrize("phase", ["play", "paused"])
def test_nothing_moves_where_motion_is_reduced_or_the_scene_pauses(make_stage, phase):
    stage = make_stage(SIZE, calm=phase == "play", follows_head=False)
    view = tracing(0.4).view(phase=phase)
    shots = [shown(stage, view, at_s, 2.0) for at_s in (50.0, 53.7, 58.1)]
    assert np.array_equal(shots[0], shots[1])
    assert np.array_equal(shots[0], shots[2])


def test_the_same_views_give_the_same_pixels(make_stage):
    shots = []
    for _ in range(2):
        stage = make_stage()
        player = tracing(0.2)
        for i in range(30):
            stage.paint(player.step().view(), 12.0 + i / 60)
        shots.append(pixels())
        stage.close()
    assert np.array_equal(*shots)


def test_lines_of_long_sessions_do_not_pile_up(make_stage):
    """Pictures of lines belong to one trial each: none is kept for ever."""
    stage = make_stage()
    player = tracing(0.0)
    stage.paint(player.view(), 9.0)
    pictures = stage._pictures
    counts = []
    for number in range(14):
        player.begin(number, 45.0).to_the_end()
        player.game.settle(counted=True)
        player.step(0.1, speed=0.0)
        for i in range(4):
            stage.paint(player.view(), 10.0 + number + i / 30)
        player.step(1.5, speed=0.0)
        counts.append(sum(s.get_width() * s.get_height() for s in pictures._sprites.values()))
    place = stage._scene.place
    assert len(place._pages) <= 8
    assert counts[-1] - counts[8] < 60_000


def other_lines(i):
    return tracing(0.4, number=i // 5 % 2, direction=(85.0, -40.0)[i // 5 % 2]).view(
        hand=Hand(0.1, -0.5, 1.0)
    )


def trunk_in_and_out(i):
    return tracing(0.4).view(trunk=float(i // 5 % 2))


def rewarded(i):
    return tracing(0.6).view(count=i)


@pytest.mark.parametrize("scene", [other_lines, trunk_in_and_out, rewarded])
def test_nothing_flashes_h6(make_stage, scene):
    stage = make_stage(SIZE)
    views = {n: scene(n) for n in range(10)}
    frames = []
    for i in range(2 * FPS):
        now_s = 50.0 + i / FPS
        if scene is rewarded:
            stage.cue(Cue(("pick", "place", "miss")[i % 3], 0.5, -0.4), now_s)
        stage.paint(views[i % 10], now_s)
        frames.append(brightness())
    assert not flashes(frames, FPS)
