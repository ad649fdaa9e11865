"""The workshop: the place to be kept stands out, the board is where the game has it, nothing moves alone."""

from dataclasses import replace

import numpy as np
import pytest
from played_views import DT, SHIFT_WINDOW, tilting
from screen import every, mean_colour, pixels

from rehabgames.core.player import Comfort
from rehabgames.core.view import Cue
from rehabgames.stage.frame import Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.palette import contrast, rgb
from rehabgames.stage.window import Stage
from rehabgames.stage.workshop.hours import HOURS, SURPRISES, hour_of, surprise_of
from rehabgames.stage.workshop.tilted import SAG, bow

SIZE = (1280, 720)
SEEDS = (0, 3, 5, 1, 2, 4)


def settled(stage, view, start=5.0, frames=70):
    for i in every(5, frames):
        stage.paint(view, start + i * DT)
    return pixels()


def frame_of(side):
    return Frame(SIZE, SHIFT_WINDOW, Layout.of(SIZE, side).play)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("side", ["right", "left"])
def test_the_place_to_be_kept_stands_out(make_stage, seed, side):
    stage = make_stage(SIZE)
    view = tilting(seed=seed, side=side, direction=90.0 if side == "right" else -90.0, prompt=None)
    shot = settled(stage, view)
    assert not stage.notes
    target, frame = view.target, frame_of(side)
    centre, radius = frame.to_screen(target.x, target.y), frame.length(target.radius)
    assert 2 * radius >= 96
    disc = mean_colour(shot, (centre[0], centre[1] - 0.3 * radius), 0, 0.4 * radius)
    edges = [mean_colour(shot, centre, r, r + 1.5) for r in np.arange(1.05 * radius, 1.35 * radius, 0.5)]
    around = mean_colour(shot, (centre[0], centre[1] - 0.2 * radius), 1.7 * radius, 2.4 * radius)
    assert contrast(min(edges, key=sum), around) >= 3.0
    assert contrast(min(edges, key=sum), disc) >= 3.0
    assert sum(disc) > 700


@pytest.mark.parametrize("side", ["right", "left"])
def test_the_smallest_place_is_still_seen_round_the_ball(make_stage, side):
    stage = make_stage(SIZE)
    shift, way = 0.5, 1 if side == "right" else -1
    view = tilting(way * shift, 4.0, shift=shift, radius=0.05, direction=way * 90.0, side=side, prompt=None)
    shot = settled(stage, view)
    frame = frame_of(side)
    hollow = next(t for t in view.things if t.kind == "hollow")
    centre = frame.to_screen(hollow.x, hollow.y)
    white = [mean_colour(shot, centre, r, r + 1.5) for r in np.arange(40.0, 80.0, 1.0)]
    assert max(sum(c) for c in white) > 600
    blue = np.abs(shot - rgb("#0a67a6")).max(axis=2) < 60
    x, y = np.indices(blue.shape)
    ball = blue & (np.hypot(x - centre[0], y - centre[1]) < frame.length(0.125))
    assert ball.sum() > 1000


@pytest.mark.parametrize("lean", [-0.9, -0.3, 0.0, 0.6])
def test_the_ball_lies_on_the_board_that_is_painted_and_at_its_lowest(make_stage, lean):
    """What the strips paint is the bow that the game tells: dark wood under the ball, none over it."""
    stage = make_stage(SIZE)
    view = replace(tilting(lean, 4.0, prompt=None), target=None)
    board = next(t for t in view.things if t.kind == "board")
    ball = next(t for t in view.things if t.kind == "ball")
    view = replace(view, things=(board, ball))
    shot = settled(stage, view, frames=3)
    frame = frame_of("right")
    x, y = frame.to_screen(ball.x, ball.y - ball.radius)
    wood = shot[round(x), round(y) + 14 : round(y) + 24]
    assert (wood[:, 0] > wood[:, 2] + 20).all()
    assert wood.mean() < 130
    lowest = min(np.linspace(-1.2, 1.2, 481), key=lambda u: bow(float(u), board.angle_rad))
    assert lowest == pytest.approx(ball.x, abs=0.04)
    assert bow(1.0, 0.0) == SAG


def test_the_same_view_and_seed_give_the_same_picture_and_every_seed_another(make_stage):
    shots = {}
    for again in range(2):
        for seed in SEEDS[: 3 if again else 6]:
            stage = make_stage()
            shots[again, seed] = settled(stage, tilting(seed=seed), frames=4)
            stage.close()
    for seed in SEEDS:
        assert seed not in SEEDS[:3] or np.array_equal(shots[0, seed], shots[1, seed])
        assert all(np.abs(shots[0, seed] - shots[0, o]).mean() > 0.1 for o in SEEDS if o != seed)


def test_there_are_five_hours_and_three_surprises():
    assert {(hour_of(s), surprise_of(s)) for s in range(15)} == {(h, p) for h in HOURS for p in SURPRISES}


@pytest.mark.parametrize("seed", [2, 3, 5, 10])
def test_a_calm_stage_stands_still_and_so_does_a_paused_one(make_stage, seed):
    moving = make_stage()
    view = tilting(seed=seed, prompt=None)
    calm = Stage(
        moving._pictures.folder.parent,
        lambda m, _: m.id,
        size=(640, 360),
        headless=True,
        comfort=Comfort(calm=True),
    )
    still = [settled(calm, view, 5.0, 70), settled(calm, view, 5.0 + 70 * DT, 70)]
    assert np.array_equal(*still)
    calm.close()
    paused = replace(view, phase="paused", target=None)
    stage = make_stage()
    first = settled(stage, paused, 5.0, 130)
    assert np.array_equal(first, settled(stage, paused, 5.0 + 130 * DT, 100))


def test_what_was_made_stands_on_the_shelf(make_stage):
    stage = make_stage(SIZE)
    none = settled(stage, tilting(count=0), 5.0, 5)
    many = settled(stage, tilting(count=6), 6.0, 80)
    changed = np.abs(none - many).max(axis=2) > 40
    shelf = changed[980:1270, 110:190].sum()
    assert shelf > 4000


def test_the_goal_the_end_and_the_rewards_are_painted(make_stage):
    stage = make_stage(SIZE)
    before = settled(stage, tilting(), 5.0, 40)
    stage.cue(Cue("place", 0.2, 0.0), 5.7)
    for i in range(20):
        stage.paint(tilting(), 5.7 + i * DT)
    assert (np.abs(pixels() - before).max(axis=2) > 30).sum() > 2000
    settled(stage, tilting(phase="done", count=5, target=None), 8.0, 60)
    assert not stage.notes
