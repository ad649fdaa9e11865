"""The hill at night: star and lamp stand out of the dark, nothing blinks, calm stands still."""

from dataclasses import replace

import numpy as np
import pytest
from every_place import ASSETS
from screen import brightness, flashes, mean_colour, pixels
from shift_scenes import (
    SIZE,
    at_night,
    calm_stage,
    changed_box,
    frame_of,
    lit,
    settled,
    shifting,
)
from test_stage_flash import FPS

from rehabgames.core.message import Message
from rehabgames.core.view import Cue, Hand, Target, Thing
from rehabgames.stage.night_hill.hours import (
    HOURS,
    PHASES,
    SEASONS,
    SURPRISES,
    hour_of,
    phase_of,
    season_of,
    surprise_of,
)
from rehabgames.stage.palette import contrast

OF_A_SESSION = ("looking", "rest", "calibrate", "play", "paused", "saving", "done")


def test_every_phase_and_state_is_painted(make_stage):
    stage = make_stage()
    for side in ("left", "right"):
        for phase in OF_A_SESSION:
            for home in (False, True):
                stage.paint(at_night(phase=phase, side=side, home=home), 5.0)
                assert pixels().std() > 8
    for state in ("growing", "ready", "held", "placed", "fading"):
        star = Thing("star 1", "star", 0.4, 0.5, 0.15, state=state)
        stage.paint(at_night(things=(lit(), star), target=None), 6.0)
    stage.paint(shifting("night_hill", "rest", target=Target("rest", 0.0, -0.4, 0.15, 0.5, 1)), 6.0)
    stage.paint(shifting("night_hill", hand=None), 7.0)
    assert not stage.notes


def test_the_same_views_give_the_same_pixels(make_stage):
    shots = []
    for _ in range(2):
        stage = make_stage()
        for i in range(8):
            stage.paint(at_night(lamp=0.05 * i, seed=6), 12.0 + i / 60)
        stage.cue(Cue("place", 0.7, 0.6), 12.2)
        stage.paint(at_night(home=True, seed=6), 12.9)
        shots.append(pixels())
        stage.close()
    assert np.array_equal(*shots)


def test_another_seed_is_another_night(make_stage):
    stage = make_stage()
    shots = []
    for seed in range(5):
        stage.paint(shifting("night_hill", seed=seed), 5.0)
        shots.append(pixels())
    assert all(np.abs(a - b).mean() > 1.0 for i, a in enumerate(shots) for b in shots[i + 1 :])
    nights = {(hour_of(s).sky, season_of(s), phase_of(s), surprise_of(s)) for s in range(400)}
    assert len(nights) >= len(HOURS) * len(SEASONS) * 3
    assert {phase_of(s) for s in range(400)} == set(PHASES)
    assert {surprise_of(s) for s in range(400)} == set(SURPRISES)


@pytest.mark.parametrize(("seed", "side"), [(0, "right"), (1, "left"), (2, "right"), (3, "left")])
def test_the_star_stands_out_of_the_sky(make_stage, seed, side):
    """Star against its disc, ring against the sky around, as painted (WCAG contrast)."""
    stage = make_stage(SIZE)
    for y in (0.13, 0.24):
        view = at_night(x=-0.7, y=y, lamp=0.7, hold=0.0, seed=seed, side=side, prompt=None)
        shot = settled(stage, view)
        frame = frame_of(view)
        centre, radius = frame.to_screen(-0.7, y), frame.length(0.15)
        star = mean_colour(shot, centre, 0, 0.14 * radius)
        disc = mean_colour(shot, (centre[0] + 0.52 * radius, centre[1] - 0.52 * radius), 0, 0.14 * radius)
        ring = mean_colour(shot, centre, 1.1 * radius, 1.17 * radius)
        above = mean_colour(shot, (centre[0], centre[1] - 2.4 * radius), 0, 0.5 * radius)
        aside = mean_colour(shot, (centre[0] + 2.4 * radius, centre[1]), 0, 0.5 * radius)
        assert contrast(star, disc) >= 3.0
        assert contrast(ring, above) >= 3.0
        assert contrast(ring, aside) >= 3.0


@pytest.mark.parametrize("seed", range(4))
def test_the_lamp_is_well_seen_and_is_where_the_weight_is(make_stage, seed):
    stage = make_stage(SIZE)
    view = at_night(x=0.9, lamp=-0.55, seed=seed)
    dark = settled(stage, replace(view, things=view.things[:3], hand=None))
    shown = np.abs(settled(stage, view) - dark).sum(axis=2)
    frame = frame_of(view)
    x, _ = frame.to_screen(-0.55, 0.0)
    columns = shown[round(x) - 90 : round(x) + 90, 380:520].sum(axis=1)
    assert abs(int(np.argmax(np.convolve(columns, np.ones(25), "same"))) - 90) <= 8
    shot = pixels()
    y = int(np.argmax(shot[round(x), 380:500].sum(axis=1))) + 380
    lamp = mean_colour(shot, (x, y), 0, 6)
    sky = mean_colour(shot, (x - 130, y), 0, 20)
    assert contrast(lamp, sky) >= 3.0


@pytest.mark.parametrize(("radius", "least"), [(0.2, 96), (0.06, 48)])
def test_the_star_is_large_enough(make_stage, radius, least):
    stage = make_stage(SIZE)
    view = at_night(radius=radius, lamp=-0.6)
    without = replace(view, target=None, things=tuple(t for t in view.things if t.kind != "star"))
    wide, high = changed_box(settled(stage, without)[:, :400], settled(stage, view)[:, :400], least=60)
    assert min(wide, high) >= least


def test_the_middle_is_ringed_while_it_is_asked_for(make_stage):
    stage = make_stage(SIZE)
    view = at_night(home=True, lamp=0.8, hold=0.0)
    shot = settled(stage, view)
    x, _ = frame_of(view).to_screen(0.0, 0.0)
    ring = shot[round(x) - 75 : round(x) + 75, 400:560]
    assert (ring.min(axis=2) > 235).sum() > 1500
    assert (
        settled(stage, at_night(lamp=0.8))[round(x) - 75 : round(x) + 75, 400:560].min(axis=2) > 235
    ).sum() < 200


def test_constellations_are_drawn_and_shown_again_at_the_end(make_stage):
    stage = make_stage(SIZE)
    view = at_night(prompt=None)
    none = settled(stage, replace(view, things=view.things[1:]))
    some = settled(stage, view)
    assert (np.abs(some - none).max(axis=2)[:, :260] > 60).sum() > 300
    done = [
        settled(stage, shifting("night_hill", "done", things=t, count=c)) for t, c in (((), 0), ((lit(),), 9))
    ]
    assert (np.abs(done[0] - done[1]).max(axis=2)[:, 250:] > 60).sum() > 300


def test_the_prompt_stays_readable_at_night(make_stage):
    stage = make_stage(SIZE)
    for seed in range(4):
        view = at_night(prompt=Message("play.star"), seed=seed)
        shot = settled(stage, view, frames=2)
        left, top, width, height = 408, 12, 848, 72
        plate = shot[left : left + width, top + 10 : top + height - 10]
        ink, paper = plate.reshape(-1, 3), plate.reshape(-1, 3)
        dark, light = (
            ink[ink.sum(axis=1).argsort()[:200]].mean(axis=0),
            np.median(paper[paper.min(axis=1) > 200], axis=0),
        )
        assert contrast(tuple(dark), tuple(light)) >= 4.5


def test_a_calm_night_stands_still():
    stage = calm_stage(ASSETS)
    view = at_night(seed=3)
    try:
        assert np.array_equal(settled(stage, view), settled(stage, view, 47.3))
    finally:
        stage.close()


@pytest.mark.parametrize("seed", range(3))
def test_nothing_moves_while_the_play_is_paused(make_stage, seed):
    stage = make_stage(SIZE)
    view = at_night(phase="paused", seed=seed)
    before = settled(stage, view, 20.0, 24)
    after = settled(stage, view, 22.0, 6)
    assert np.abs(before - after).max() == 0


def stars(i):
    return at_night(
        x=(0.7, -0.7)[i // 5 % 2], lamp=(0.4, -0.4)[i // 4 % 2], number=i // 5, home=bool(i // 7 % 2)
    ), None


def rewards(i):
    return at_night(home=i % 2, number=i), Cue(("pick", "place", "miss")[i % 3], 0.6, 0.2 + 0.4 * (i % 2))


def comes_and_goes(i):
    view = at_night(radius=0.4, number=i // 4)
    return (view if i // 4 % 2 else replace(view, target=None, things=(), hand=Hand(0.1, 0.0, i % 2))), None


@pytest.mark.parametrize("scene", [stars, rewards, comes_and_goes])
def test_the_night_never_flashes_h6(make_stage, scene):
    stage = make_stage(SIZE)
    frames = []
    for i in range(2 * FPS):
        view, cue = scene(i)
        if cue is not None:
            stage.cue(cue, 50.0 + i / FPS)
        stage.paint(view, 50.0 + i / FPS)
        frames.append(brightness())
    assert not flashes(frames, FPS)
