"""The river: its gates stand out, its boat goes where it is steered, and nothing moves that should rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame
import pytest
from river_views import PERSON, RIVER_WINDOW, river_view, run, steered
from screen import brightness, flashes, pixels, shown
from stage_views import body
from test_stage_flash import FPS

from rehabgames.core.view import Cue, Hand, Target
from rehabgames.games.steer import SteerGame
from rehabgames.stage.frame import Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.palette import contrast, rgb
from rehabgames.stage.river.boat import HULL
from rehabgames.stage.river.course import ROW
from rehabgames.stage.river.hours import FEATURES, HOURS, TREES, feature_of, hour_of, tree_of
from rehabgames.stage.river.scene import still_river

SIZE = (1280, 720)
SIDES = ["left", "right"]
PHASES = ("looking", "rest", "play", "paused", "saving", "done")


def place(side, x):
    """Of a place across the river at the boat's row: where on the screen, and px per play unit."""
    layout = Layout.of(SIZE, side)
    frame = Frame(SIZE, RIVER_WINDOW, layout.play)
    row = layout.play[1] + layout.play[3] / 2 + ROW
    return frame.to_screen(x, 0.0)[0], row, frame.scale


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("size", [SIZE, (1080, 720), (960, 720), (720, 1280)])
def test_the_water_goes_on_to_the_lower_edge_of_a_screen_of_any_shape(make_stage, size, side):
    still = still_river(make_stage()._pictures, 0, size, side)
    whole = pygame.surfarray.array3d(still).astype(float)
    layout = Layout.of(size, side)
    left, top, across, down = layout.play
    x, row = round(left + across / 2), round(top + down / 2 + (ROW + 60) * layout.unit)
    column = np.median(whole[x - 40 : x + 40], axis=0)
    water, bank = (np.array([rgb(tone) for tone in tones]) for tones in (hour_of(0).water, hour_of(0).bank))
    away = [np.abs(column[row:, None] - tones[None]).sum(axis=2).min(axis=1) for tones in (water, bank)]
    assert (away[0] < away[1]).all()


@pytest.mark.parametrize("side", SIDES)
def test_every_phase_is_painted(make_stage, side):
    stage = make_stage()
    game = steered(2.0, 0.1)
    for number, phase in enumerate(PHASES):
        for given in (game, None):
            view = river_view(given, side=side, phase=phase)
            assert shown(stage, view, 10.0 + 3 * number, 0.2).std() > 20
    assert not stage.notes


@pytest.mark.parametrize("kind", ["rest", "farthest", "lean"])
def test_what_a_calibration_asks_is_painted_without_a_game(make_stage, kind):
    stage = make_stage()
    plain = shown(stage, river_view(phase="calibrate"))
    asked = shown(stage, river_view(phase="calibrate", target=Target(kind, 0.6, 0.0, 0.2, 0.3, 1)), 22.0)
    assert (np.abs(asked - plain).max(axis=2) > 40).sum() > 400


def test_hours_features_and_trees_are_mixed():
    seeds = range(len(HOURS) * len(FEATURES) * 5)
    assert {(hour_of(s), feature_of(s)) for s in seeds} == {(h, f) for h in HOURS for f in FEATURES}
    assert {(hour_of(s), tree_of(s)) for s in seeds} == {(h, t) for h in HOURS for t in TREES}


def test_another_seed_is_another_valley(make_stage):
    stage = make_stage()
    shots = [shown(stage, river_view(seed=seed), 5.0, 0.1) for seed in range(7)]
    for i, a in enumerate(shots):
        assert all(np.abs(a - b).mean() > 1.5 for b in shots[i + 1 :])


@pytest.mark.parametrize(("seed", "side"), [(seed, SIDES[seed % 2]) for seed in range(len(HOURS))])
def test_the_lane_stands_out_of_the_water_beside_it(make_stage, seed, side):
    stage = make_stage(SIZE)
    shot = shown(stage, river_view(steered(2.5, 0.0, shift=0.7), side=side, seed=seed, hand=None))
    x, row, scale = place(side, 0.7)
    rows = slice(round(row) - 60, round(row) - 10)

    def colour(left, right):
        return tuple(shot[round(left) : round(right), rows].mean(axis=(0, 1)))

    lane = colour(x - 0.5 * 0.28 * scale, x + 0.3 * 0.28 * scale)
    beside, _, _ = place(side, -0.6)
    water = colour(beside - 60, beside + 60)
    assert contrast(lane, water) >= 3.0
    assert sum(lane) > sum(water) + 200


@pytest.mark.parametrize(("size", "least"), [(0.35, 96), (0.12, 48)])
def test_the_lane_is_as_wide_as_the_gate_and_the_hull_from_the_first_moment(make_stage, size, least):
    """At the boat's row, where the boat has to be; the boat itself is away from it."""
    stage = make_stage(SIZE)
    game = steered(0.7, -0.7, shift=0.6, size=size)
    bare = replace(river_view(game), things=tuple(t for t in game.things() if t.kind != "gate"), target=None)
    before = shown(stage, bare)
    after = shown(stage, river_view(game), 23.0)
    x, row, scale = place("right", 0.6)
    lit = (after - before)[:, round(row) - 30 : round(row) - 14].mean(axis=(1, 2)) > 40
    wide = int(lit[round(x - scale * 0.55) : round(x + scale * 0.6)].sum())
    assert wide >= least
    assert wide == pytest.approx(2 * (size + HULL) * scale, rel=0.2)


@pytest.mark.parametrize("side", SIDES)
def test_the_boat_is_where_it_is_steered(make_stage, side):
    stage = make_stage(SIZE)
    there = {}
    for lean in (-0.8, 0.8):
        game = SteerGame({"gate_radius": 0.2, "hold_s": 0.5, "trial_s": 5.0}, PERSON, side)
        run(game, lean, 3.0)
        there[lean] = shown(stage, river_view(game, side=side), 30.0)
    moved = np.abs(there[0.8] - there[-0.8]).max(axis=2) > 60
    for x in (-0.8, 0.8):
        px, row, scale = place(side, x)
        half = round(0.2 * scale)
        around = moved[round(px) - half : round(px) + half, round(row) - 110 : round(row) + 10]
        assert around.mean() > 0.3
    middle, row, _ = place(side, 0.0)
    assert moved[round(middle) - 60 : round(middle) + 60, round(row) - 110 : round(row) + 10].mean() < 0.05


def test_what_steers_moves_the_boat_where_there_is_no_game_yet(make_stage):
    stage = make_stage()
    left = shown(stage, river_view(hand=Hand(-0.9, 0.0, 1.0)), 20.0)
    right = shown(stage, river_view(hand=Hand(0.9, 0.0, 1.0)), 20.0)
    assert (np.abs(left - right).max(axis=2) > 60).sum() > 500


def test_being_in_the_lane_is_told_only_where_performance_is_shown(make_stage):
    stage = make_stage(SIZE)
    inside = steered(3.0, 0.6)
    told = shown(stage, river_view(inside), 40.0)
    untold = shown(stage, river_view(inside, performance=False), 42.0)
    x, row, _ = place("right", 0.6)
    ring = np.abs(told - untold)[round(x) - 90 : round(x) + 90, round(row) - 30 : round(row) + 30]
    assert (ring.max(axis=2) > 40).sum() > 150


def test_a_gate_passed_raises_pennants_and_one_that_was_not_fades(make_stage):
    def after(counted):
        stage = make_stage()
        game = steered(4.5, 0.6)
        stage.paint(river_view(game), 10.0)
        run(game, 0.6, 0.6)
        game.settle(counted=counted)
        for cue in game.cues():
            stage.cue(cue, 10.1)
        return shown(stage, river_view(game), 10.1, 1.0)

    assert (np.abs(after(True) - after(False)).max(axis=2) > 60).sum() > 300


@pytest.mark.parametrize("phase", ["play", "paused"])
def test_nothing_moves_where_motion_is_reduced_or_the_scene_pauses(make_stage, phase):
    stage = make_stage(SIZE, calm=phase == "play")
    stage._follows_head = False
    game = steered(2.0, 0.2)
    shots = [shown(stage, river_view(game, phase=phase, seed=5), at_s, 1.5) for at_s in (50.0, 53.7, 58.1)]
    assert np.array_equal(shots[0], shots[1])
    assert np.array_equal(shots[0], shots[2])


def test_with_reduced_motion_gates_come_and_the_banks_stand(make_stage):
    stage = make_stage(SIZE, calm=True, follows_head=False)
    early, late = steered(1.5, 0.6, shift=0.6), steered(3.5, 0.6, shift=0.6)
    a, b = (
        shown(stage, river_view(game, prompt=None), 60.0 + 4 * i, 2.0) for i, game in enumerate((early, late))
    )
    x, row, scale = place("right", -0.5)
    assert np.array_equal(
        a[430 : round(x + 0.5 * scale), 90 : round(row)], b[430 : round(x + 0.5 * scale), 90 : round(row)]
    )
    assert not np.array_equal(a, b)


def test_the_same_views_give_the_same_pixels(make_stage):
    shots = []
    for _ in range(2):
        stage = make_stage()
        game = steered(1.0, 0.3)
        for i in range(30):
            run(game, 0.3, 1 / 60)
            stage.paint(river_view(game, body_px=body()), 12.0 + i / 60)
        shots.append(pixels())
        stage.close()
    assert np.array_equal(*shots)


def test_the_pictogram_leans_to_the_side_of_the_gate(make_stage):
    stage = make_stage(SIZE)
    scene = stage.prepare("river", 0, "right")
    stage.paint(river_view(), 1.0)
    easel = type("E", (), {"pictures": stage._pictures})
    signs = [
        pygame.surfarray.array_alpha(scene.place.sign(easel, river_view(steered(1.0, towards=towards)), 66))
        for towards in (90.0, -90.0)
    ]
    assert np.array_equal(signs[0], signs[1][::-1])
    assert scene.place.sign(easel, river_view(phase="paused"), 66) is None


@pytest.mark.parametrize("seed", [1, 5])
def test_the_quickest_gates_and_every_reward_do_not_flash_h6(make_stage, seed):
    stage = make_stage(SIZE)
    numbers = {"gate_radius": 0.35, "hold_s": 0.3, "trial_s": 2.2, "boat_follow_s": 0.05}
    game = SteerGame(numbers, PERSON, "right")
    frames, number = [], 0
    game.begin(game.propose(0, {"shift": 0.9}, 90.0))
    for i in range(round(2.5 * FPS)):
        lean = 0.9 if number % 2 == 0 else -0.9
        if game.step((lean, 0.0), 1 / FPS) is not None:
            number += 1
            game.settle(counted=number % 3 != 0)
            game.begin(game.propose(number, {"shift": 0.9}, 90.0 if number % 2 == 0 else -90.0))
        for cue in (*game.cues(), Cue(("place", "miss")[i // 3 % 2], lean, 0.0)):
            stage.cue(cue, 70.0 + i / FPS)
        stage.paint(river_view(game, seed=seed), 70.0 + i / FPS)
        frames.append(brightness())
    assert not flashes(frames, FPS)
