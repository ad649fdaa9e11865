"""The garden: where it lands stands out, and nothing moves that should rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from reaching_views import catching
from screen import brightness, flashes, mean_colour, pixels, shown
from stage_views import base, playing
from test_stage_flash import FPS

from rehabgames.core.view import Cue
from rehabgames.stage.frame import Frame
from rehabgames.stage.garden.hours import SEASONS, season_of
from rehabgames.stage.layout import Layout
from rehabgames.stage.palette import contrast

SIZE = (1280, 720)
PHASES = ("looking", "rest", "play", "paused", "saving", "done")


def landing(view):
    """Centre and radius of where it lands, px."""
    frame = Frame(SIZE, view.window, Layout.of(SIZE, view.side).play)
    return frame.to_screen(view.target.x, view.target.y), frame.length(view.target.radius)


@pytest.mark.parametrize("side", ["left", "right"])
def test_every_phase_is_painted(make_stage, side):
    stage = make_stage()
    player = catching(side=side)
    for number, phase in enumerate(PHASES):
        for view in (player.view(phase=phase), base(phase, side=side, place="garden", prompt=None)):
            assert shown(stage, view, 10.0 + 3 * number, 0.2).std() > 20
    assert not stage.notes


@pytest.mark.parametrize("kind", ["rest", "farthest"])
def test_what_a_calibration_asks_is_painted(make_stage, kind):
    stage = make_stage()
    asked = replace(playing(kind, place="garden"), phase="calibrate", things=())
    plain = shown(stage, replace(asked, target=None))
    assert (np.abs(shown(stage, asked, 22.0) - plain).max(axis=2) > 40).sum() > 400


def test_seasons_and_hours_are_mixed():
    seen = {(season_of(s).falls, season_of(s).hour.sky) for s in range(12)}
    assert len(seen) == 12
    assert {falls for falls, _ in seen} == {season.falls for season in SEASONS}


def test_another_seed_is_another_garden(make_stage):
    stage = make_stage()
    shots = [shown(stage, base(seed=seed, place="garden"), 5.0, 0.1) for seed in range(6)]
    for i, a in enumerate(shots):
        assert all(np.abs(a - b).mean() > 1.5 for b in shots[i + 1 :])


@pytest.mark.parametrize(
    ("seed", "side"), [(0, "right"), (1, "left"), (2, "right"), (3, "left"), (11, "right")]
)
def test_where_it_lands_and_what_falls_stand_out(make_stage, seed, side):
    stage = make_stage(SIZE)
    player = catching(1.2, side, seed, direction=45.0)
    view = player.view(prompt=None, hand=None)
    shot = shown(stage, view)
    centre, radius = landing(view)
    inside = mean_colour(shot, centre, 0.5 * radius, 1.1 * radius)
    edge = min((mean_colour(shot, centre, r, r + 1.5) for r in np.arange(1.3, 1.7, 0.02) * radius), key=sum)
    around = mean_colour(shot, centre, 1.9 * radius, 2.6 * radius)
    assert contrast(edge, around) >= 3.0
    seed_now = next(t for t in view.things if t.kind == "seed")
    frame = Frame(SIZE, view.window, Layout.of(SIZE, side).play)
    falls = frame.to_screen(seed_now.x, seed_now.y)
    x, y = np.indices(shot.shape[:2])
    body = shot[np.hypot(x - falls[0], y - falls[1]) < 0.5 * radius]
    dark = tuple(np.median(body, axis=0))
    assert contrast(dark, inside) >= 3.0
    assert max(dark) - min(dark) > 1.5 * (max(around) - min(around))


@pytest.mark.parametrize("size", [SIZE, (1080, 720), (1600, 720)])
@pytest.mark.parametrize("side", ["left", "right"])
def test_what_falls_is_never_behind_the_sentence_or_beside_the_play(make_stage, size, side):
    stage, at_s = make_stage(size, calm=True, follows_head=False), 20.0
    left, top, width, height = Layout.of(size, side).play
    second_line = round(0.04 * height)
    for number, direction in enumerate((-40.0, 25.0, 65.0, 85.0) * 3):
        player = catching(0.0, side, 3)
        player.begin(number, direction, distance=(0.5, 0.9, 1.2)[number % 3]).step(0.5 * (number % 4), 0.0)
        view = player.view(prompt=None, hand=None, count=0)
        below = [replace(t, x=0.0, y=-2.0) if t.kind == "seed" else t for t in view.things]
        here = shown(stage, view, at_s, 0.8)
        gone = shown(stage, replace(view, things=tuple(below)), at_s + 0.8, 0.1)
        falls = np.abs(here - gone).max(axis=2) > 30
        falls[:, round(0.85 * size[1]) :] = False  # its shadow lies there
        assert falls.sum() > 200
        falls[left : left + width, top + second_line :] = False
        assert not falls.any()
        at_s += 2.0


@pytest.mark.parametrize(("size", "least"), [(0.13, 96), (0.05, 48)])
def test_the_ring_is_large_enough(make_stage, size, least):
    stage = make_stage(SIZE)
    player = catching(2.0, size=size)
    view = player.view(prompt=None, hand=None)
    (x, y), _ = landing(view)
    bare = replace(view, target=None, things=())
    apart = np.abs(shown(stage, view) - shown(stage, bare, 22.0)).max(axis=2) > 30
    across = apart[round(x) - 200 : round(x) + 200, round(y)].sum()
    assert across >= least


def test_the_ring_fills_as_it_falls_and_its_shadow_comes_nearer(make_stage):
    stage = make_stage(SIZE)
    early, late = (catching(s).view(hand=None, prompt=None) for s in (1.0, 3.8))
    assert late.target.hold > early.target.hold + 0.5
    a, b = shown(stage, early), shown(stage, late, 22.0)
    (x, y), radius = landing(early)
    ring = np.abs(a - b)[
        round(x - 1.5 * radius) : round(x + 1.5 * radius), round(y - 1.5 * radius) : round(y + 1.5 * radius)
    ]
    assert (ring.max(axis=2) > 60).sum() > 1000


def test_the_branch_bends_away_where_the_trunk_helps_and_comes_back(make_stage):
    stage = make_stage(SIZE, calm=True, follows_head=False)
    view = catching(1.0).view(prompt=None)
    straight = shown(stage, view)
    bent = shown(stage, replace(view, trunk=1.0), 22.0, 2.0)
    assert np.abs(bent - straight)[500:, :160].mean() > 3.0
    assert np.abs(bent - straight)[430:1100, 500:640].mean() < 3.0
    back = shown(stage, replace(view, trunk=0.0), 25.0, 2.0)
    assert np.abs(back - straight)[500:, :160].mean() < 1.0


def test_what_was_caught_is_seen_in_the_basket_of_the_hand(make_stage):
    stage = make_stage(SIZE)
    player = catching(speed=0.6).to_the_end()
    player.game.settle(counted=True)
    player.step(2.0, speed=0.0)
    assert [t.state for t in player.game.things()] == ["placed"]
    full = player.view(prompt=None)
    empty = replace(full, things=())
    assert (np.abs(shown(stage, full) - shown(stage, empty, 22.0)).max(axis=2) > 40).sum() > 80


@pytest.mark.parametrize("phase", ["play", "paused"])
def test_nothing_moves_where_motion_is_reduced_or_the_scene_pauses(make_stage, phase):
    stage = make_stage(SIZE, calm=phase == "play", follows_head=False)
    # the dots that lead the hand go on: the hand is there
    view = catching(2.0, speed=2.0).view(phase=phase)
    shots = [shown(stage, view, at_s, 2.0) for at_s in (50.0, 53.7, 58.1)]
    assert np.array_equal(shots[0], shots[1])
    assert np.array_equal(shots[0], shots[2])


def test_the_same_views_give_the_same_pixels(make_stage):
    shots = []
    for _ in range(2):
        stage = make_stage()
        player = catching(0.5)
        for i in range(30):
            stage.paint(player.step(speed=0.5).view(), 12.0 + i / 60)
        shots.append(pixels())
        stage.close()
    assert np.array_equal(*shots)


def jumping(i):
    return catching(1.0, direction=(85.0, -40.0)[i // 5 % 2]).view()


def rewarded(i):
    return catching(3.0).view(count=i)


def trunk_in_and_out(i):
    return catching(1.0).view(trunk=float(i // 5 % 2))


@pytest.mark.parametrize("scene", [jumping, rewarded, trunk_in_and_out])
def test_nothing_flashes_h6(make_stage, scene):
    stage = make_stage(SIZE)
    views = {n: scene(n) for n in range(10)}
    frames = []
    for i in range(2 * FPS):
        now_s = 50.0 + i / FPS
        if scene is rewarded:
            stage.cue(Cue(("pick", "place", "miss")[i % 3], 0.5, -0.4), now_s)
        view = views[i % 10]
        if view.target is not None and scene is jumping:
            view = replace(view, target=replace(view.target, number=i // 5))
        stage.paint(view, now_s)
        frames.append(brightness())
    assert not flashes(frames, FPS)
