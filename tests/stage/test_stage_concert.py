"""The concert stage: the beat is seen without sound and from either half, and nothing flashes at 4 Hz."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from played_views import DT, GRIP_WINDOW, tapping, taps_game, view_of
from screen import brightness, every, flashes, mean_colour, pixels

from rehabgames.core.player import Comfort
from rehabgames.core.view import Cue, Guide, Hand
from rehabgames.stage.concert.hours import BESIDE, EVENINGS, beside_of, evening_of
from rehabgames.stage.concert.pan import spots
from rehabgames.stage.concert.scene import EDGE, FLOOR
from rehabgames.stage.frame import Frame
from rehabgames.stage.ground import Ground
from rehabgames.stage.layout import Layout
from rehabgames.stage.palette import contrast
from rehabgames.stage.window import Stage

SIZE = (1280, 720)
SEEDS = (0, 3, 5, 1, 2, 4)


def settled(stage, view, start=5.0, frames=70):
    for i in every(5, frames):
        stage.paint(view, start + i * DT)
    return pixels()


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("side", ["right", "left"])
def test_the_middle_of_the_pan_stands_out_while_it_is_to_be_tapped(make_stage, seed, side):
    stage = make_stage(SIZE)
    view = tapping(4.6, 0.0, side=side, seed=seed, prompt=None)
    shot = settled(stage, view)
    assert not stage.notes
    frame = Frame(SIZE, GRIP_WINDOW, Layout.of(SIZE, side).play)
    centre, radius = frame.to_screen(view.target.x, view.target.y), frame.length(view.target.radius)
    assert 2 * radius >= 96
    disc, around = (
        mean_colour(shot, centre, 0, 0.6 * radius),
        mean_colour(shot, centre, 1.25 * radius, 1.6 * radius),
    )
    assert contrast(disc, around) >= 3.0
    quiet = settled(stage, tapping(1.0, 0.0, side=side, seed=seed, prompt=None), 9.0)
    assert sum(mean_colour(quiet, centre, 0.3 * radius, 0.6 * radius)) < 0.6 * sum(disc)


@pytest.mark.parametrize("half", ["left", "right"])
def test_the_beat_is_seen_to_come_in_either_half_of_the_screen(make_stage, half):
    """Between two beats something moves in each half, and goes on moving."""
    stage = make_stage(SIZE)
    game = taps_game(tempo=0.8)
    for _ in range(round(5.7 / DT)):
        game.step((0.0, 0.0), DT, 0.4)
    part = slice(400, 640) if half == "left" else slice(840, 1270)
    shots = []
    for i in range(60):
        game.step((0.0, 0.0), DT, 0.4)
        stage.paint(view_of(game, "concert", GRIP_WINDOW, Hand(0, 0, 1, 0.4), prompt=None), 5.0 + i * DT)
        if i % 12 == 0:
            shots.append(pixels()[part])
    moved = [(np.abs(a - b).max(axis=2) > 40).sum() for a, b in itertools.pairwise(shots)]
    assert min(moved) > 100


def test_fingers_show_how_far_they_are_open_and_posts_how_wide_is_asked(make_stage):
    stage = make_stage(SIZE)
    closed = settled(stage, tapping(4.6, 1.0, prompt=None), 5.0)
    opened = settled(stage, tapping(4.6, 0.0, prompt=None), 7.0)
    assert (np.abs(closed - opened).max(axis=2) > 60).sum() > 4000
    narrow = settled(stage, tapping(4.6, 0.5, amplitude=0.3, prompt=None), 9.0)
    wide = settled(stage, tapping(4.6, 0.5, amplitude=0.9, prompt=None), 11.0)
    assert (np.abs(narrow - wide).max(axis=2) > 60).sum() > 1000
    unseen = replace(tapping(4.6, 0.5, prompt=None), hand=Hand(0.0, 0.0, 1.0))
    assert np.isfinite(settled(stage, unseen, 13.0)).all()


@pytest.mark.parametrize(("tempo", "seed"), [(3.2, 0), (4.0, 3)])
def test_nothing_flashes_at_the_quickest_beats_h6(make_stage, tempo, seed):
    """More than three beats a second, every one hit: what swings more than three times a second stays
    under a quarter of any ten degrees of the field."""
    stage, game = make_stage(SIZE), taps_game(tempo=tempo, amplitude=0.5)
    frames = []
    for i in range(round(2.0 / DT)):
        grip = 1.0 - abs(math.sin(math.pi * ((i * DT - 0.1) * tempo - 0.5)))
        game.step((0.0, 0.0), DT, grip)
        for cue in game.cues():
            stage.cue(cue, 50.0 + i * DT)
        view = view_of(game, "concert", GRIP_WINDOW, Hand(0, 0, 1, grip), seed=seed, prompt=None)
        stage.paint(view, 50.0 + i * DT)
        frames.append(brightness())
    second = [frames[0], *frames[45:105]]
    assert not flashes(second, len(second))


def test_the_pan_is_out_of_the_way_while_a_movement_is_shown_and_comes_down_for_the_play(make_stage):
    asked = Guide("pinch_close", "right", False, 0.0, 0, 2, 0, shows="hand")
    bare = {"things": (), "target": None, "prompt": None}
    shown = tapping(1.0, phase="calibrate", guide=asked, **bare)
    looking = tapping(1.0, phase="looking", **bare)
    x, y = Frame(SIZE, GRIP_WINDOW, Layout.of(SIZE, "right").play).to_screen(0.0, -0.2)
    rim = slice(round(x) + 180, round(x) + 230), slice(round(y) - 12, round(y) + 12)

    def steel(shot):
        """The pan's is bluish, the hall's wood is not."""
        red, _, blue = shot[rim].mean(axis=(0, 1))
        return blue > red

    stage = make_stage(SIZE)
    assert not steel(settled(stage, looking, 5.0, 30))
    for i in range(6):  # while the hand comes
        assert not steel(settled(stage, shown, 6.0 + 0.1 * i, 6))
    plays = tapping(1.0, prompt=None)
    assert not steel(settled(stage, plays, 7.0, 30))  # while it goes
    assert steel(settled(stage, plays, 7.5, 90))
    paused = replace(plays, phase="paused", target=None)
    assert steel(settled(stage, paused, 9.0, 90))
    assert steel(settled(make_stage(SIZE), paused, 9.0, 2))


def test_where_motion_is_reduced_the_pan_comes_where_it_is_played(make_stage):
    asked = Guide("pinch_close", "right", False, 0.0, 0, 2, 0, shows="hand")
    shown = tapping(1.0, phase="calibrate", guide=asked, things=(), target=None, prompt=None)
    x, y = Frame(SIZE, GRIP_WINDOW, Layout.of(SIZE, "right").play).to_screen(0.0, -0.2)
    where = {"above": slice(120, 220), "there": slice(round(y) - 60, round(y))}
    for calm, moves in ((True, "there"), (False, "above")):
        stage = make_stage(SIZE, calm=calm, follows_head=False)
        settled(stage, shown, 5.0, 20)
        plays = tapping(1.0, prompt=None)
        settled(stage, plays, 5.4, 55)
        before = settled(stage, plays, 6.3, 2)
        after = settled(stage, plays, 6.4, 1)
        beside = slice(round(x) - 200, round(x) - 60)
        seen = {name: np.abs(after - before)[beside, rows].max() > 12 for name, rows in where.items()}
        assert seen[moves]
        assert not (calm and seen["above"])


def test_the_same_view_and_seed_give_the_same_picture_and_every_seed_another(make_stage):
    shots = {}
    for again in range(2):
        for seed in SEEDS[: 3 if again else 6]:
            stage = make_stage()
            shots[again, seed] = settled(stage, tapping(4.6, seed=seed), frames=4)
            stage.close()
    for seed in SEEDS:
        assert seed not in SEEDS[:3] or np.array_equal(shots[0, seed], shots[1, seed])
        assert all(np.abs(shots[0, seed] - shots[0, o]).mean() > 0.1 for o in SEEDS if o != seed)


def test_there_are_five_evenings_and_three_instruments():
    assert {(evening_of(s), beside_of(s)) for s in range(15)} == {(e, b) for e in EVENINGS for b in BESIDE}
    for lights in range(1, 9):
        assert len(spots(lights)) == lights


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_calm_stage_stands_still_and_so_does_a_paused_one(make_stage, seed):
    stage = make_stage()
    view = tapping(4.6, seed=seed, prompt=None)
    calm = Stage(
        stage._pictures.folder.parent,
        lambda m, _: m.id,
        size=(640, 360),
        headless=True,
        comfort=Comfort(calm=True),
    )
    assert np.array_equal(settled(calm, view, 5.0, 70), settled(calm, view, 5.0 + 70 * DT, 70))
    calm.close()
    paused = replace(view, phase="paused", target=None)
    stage = make_stage()
    first = settled(stage, paused, 5.0, 130)
    assert np.array_equal(first, settled(stage, paused, 5.0 + 130 * DT, 100))


def test_roses_rewards_and_the_end_are_painted(make_stage):
    stage = make_stage(SIZE)
    none = settled(stage, tapping(1.0, count=0), 5.0, 5)
    many = settled(stage, tapping(1.0, count=8), 6.0, 80)
    assert (np.abs(none - many).max(axis=2) > 40)[420:, 560:640].sum() > 800
    stage.cue(Cue("place", 0.0, -0.2), 8.0)
    for i in range(20):
        stage.paint(tapping(1.0, count=8), 8.0 + i * DT)
    assert (np.abs(pixels() - many).max(axis=2) > 30).sum() > 2000
    settled(stage, tapping(1.0, count=8, phase="done", target=None), 9.0, 40)
    assert not stage.notes


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("size", [SIZE, (1920, 1080), (1080, 720)])
@pytest.mark.parametrize("count", [1, 5, 24])
def test_at_the_end_the_roses_lie_on_the_boards(make_stage, size, side, count):
    stage = make_stage(size, calm=True, follows_head=False)
    end = {"phase": "done", "target": None, "prompt": None, "side": side}
    none, roses = (settled(stage, tapping(1.0, count=n, **end), 5.0 + n, 40) for n in (0, count))
    left, top, width, height = Layout.of(size, side).play
    under = round(top + 0.46 * height)  # over that stands the number
    apart = np.abs(roses - none)[left : left + width, under:].max(axis=2) > 40
    ys = np.flatnonzero(apart.any(axis=0)) + under
    ground = Ground(size, side)
    assert apart.sum() > 200 * min(count, 5)
    assert ys[0] > ground.to_screen(0.0, FLOOR + 60.0)[1]
    assert ys[-1] < ground.to_screen(0.0, EDGE)[1]
