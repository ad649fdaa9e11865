"""The harbour: its ring stands out, nothing blinks, calm stands still, the same view is the same picture."""

from dataclasses import replace

import numpy as np
import pytest
from every_place import ASSETS
from screen import brightness, flashes, mean_colour, pixels
from shift_scenes import SIZE, at_sea, calm_stage, changed_box, frame_of, settled, shifting
from test_stage_flash import FPS

from rehabgames.core.view import Cue, Target
from rehabgames.stage.easel import Easel
from rehabgames.stage.harbour.hours import FLEETS, HOURS, SURPRISES, fleet_of, hour_of, surprise_of
from rehabgames.stage.harbour.water import FLAT
from rehabgames.stage.palette import contrast

PHASES = ("looking", "rest", "calibrate", "play", "paused", "saving", "done")


def test_every_phase_and_kind_of_target_is_painted(make_stage):
    stage = make_stage()
    shots = []
    for side in ("left", "right"):
        for phase in PHASES:
            stage.paint(at_sea(phase=phase, side=side), 5.0)
            shots.append(pixels())
    stage.paint(shifting("harbour", "rest", target=Target("rest", 0.0, -0.4, 0.15, 0.5, 1)), 6.0)
    stage.paint(shifting("harbour", hand=None), 7.0)
    assert not stage.notes
    assert min(shot.std() for shot in shots) > 20


def test_the_same_views_give_the_same_pixels(make_stage):
    shots = []
    for _ in range(2):
        stage = make_stage()
        for i in range(8):
            stage.paint(at_sea(raft=0.03 * i, seed=6), 12.0 + i / 60)
        stage.cue(Cue("place", 0.0, 0.0), 12.2)
        stage.paint(at_sea(count=4, seed=6), 12.4)
        shots.append(pixels())
        stage.close()
    assert np.array_equal(*shots)


def test_another_seed_is_another_day(make_stage):
    stage = make_stage()
    shots = []
    for seed in range(5):
        stage.paint(shifting("harbour", seed=seed), 5.0)
        shots.append(pixels())
    assert all(np.abs(a - b).mean() > 1.0 for i, a in enumerate(shots) for b in shots[i + 1 :])
    days = {(hour_of(s).sky, fleet_of(s), surprise_of(s)) for s in range(200)}
    assert len(days) >= len(HOURS) * len(FLEETS) * 2
    assert {surprise_of(s) for s in range(200)} == set(SURPRISES)


@pytest.mark.parametrize(("seed", "side"), [(0, "right"), (1, "left"), (2, "right"), (3, "left")])
def test_the_ring_stands_out_of_the_water(make_stage, seed, side):
    """As painted (WCAG contrast), with the raft away from it."""
    stage = make_stage(SIZE)
    view = at_sea(raft=1.0, ahead=0.0, radius=0.24, hold=0.0, seed=seed, side=side)
    shot = settled(stage, view)
    frame = frame_of(view)
    centre, radius = frame.to_screen(0.0, 0.0), frame.length(0.24)
    calm = mean_colour(shot, centre, 0, 0.7 * radius, FLAT)
    water = mean_colour(shot, centre, 1.5 * radius, 2.2 * radius, FLAT)
    assert contrast(calm, water) >= 3.0


@pytest.mark.parametrize("seed", range(4))
def test_the_raft_stands_out_of_the_water_beside_the_ring(make_stage, seed):
    stage = make_stage(SIZE)
    view = at_sea(raft=-0.7, ahead=0.0, seed=seed)
    frame = frame_of(view)
    shot = settled(stage, view)
    x, y = frame.to_screen(-0.7, 0.0)
    lamp = mean_colour(shot, (x - 6, y - 39), 0, 3.5)
    water = mean_colour(shot, (x, y), 70, 90)
    assert contrast(lamp, water) >= 3.0


@pytest.mark.parametrize(("radius", "least"), [(0.24, 96), (0.12, 48)])
def test_the_ring_is_large_enough(make_stage, radius, least):
    stage = make_stage(SIZE)
    with_ring = at_sea(raft=1.0, ahead=0.0, radius=radius)
    without = replace(with_ring, target=None, things=with_ring.things[1:])
    wide, _ = changed_box(settled(stage, without), settled(stage, with_ring))
    assert wide >= least


def test_the_hold_fills_the_rim_and_the_swell_is_seen_on_the_side_it_comes_from(make_stage):
    stage = make_stage(SIZE)
    empty = settled(stage, at_sea(raft=1.0, ahead=0.0, hold=0.0))
    full = settled(stage, at_sea(raft=1.0, ahead=0.0, hold=1.0))
    assert int((np.abs(full - empty).max(axis=2) > 60).sum()) > 800
    quiet = settled(stage, at_sea(raft=0.0, ahead=0.0))
    middle = frame_of(at_sea()).to_screen(0.0, 0.0)[0]
    for ahead in (-0.6, 0.6):
        coming = np.abs(settled(stage, at_sea(raft=0.0, ahead=ahead)) - quiet).max(axis=2) > 60
        sides = coming[: round(middle)].sum(), coming[round(middle) :].sum()
        assert max(sides) > 4 * min(sides)
        assert (sides[0] > sides[1]) == (ahead > 0)


@pytest.mark.parametrize("ahead", [-0.8, -0.3, 0.3, 0.8])
def test_an_arrow_says_where_to_go_and_never_where_the_swell_comes_from(make_stage, monkeypatch, ahead):
    """Every chevron that is painted points from the raft to the ring."""
    turns = []
    drawn = Easel.chevron

    def chevron(easel, size_px, turn_deg, colour, edge):
        turns.append(turn_deg)
        return drawn(easel, size_px, turn_deg, colour, edge)

    monkeypatch.setattr(Easel, "chevron", chevron)
    stage = make_stage(SIZE)
    settled(stage, at_sea(raft=0.0, ahead=ahead), frames=4)
    assert turns == []
    for raft, there in ((-0.7, 0), (0.7, 180)):
        settled(stage, at_sea(raft=raft, ahead=ahead), frames=4)
        assert set(turns) == {there}
        turns.clear()


def test_the_stronger_the_swell_the_more_of_it_is_seen(make_stage):
    stage = make_stage(SIZE)
    quiet = settled(stage, at_sea(raft=0.0, ahead=0.0))
    seen = []
    for ahead in (0.12, 0.3, 0.8):
        shot = settled(stage, at_sea(raft=0.0, ahead=ahead))
        seen.append(int((np.abs(shot - quiet).max(axis=2) > 60).sum()))
    assert 2000 < seen[0] < seen[1] / 1.3
    assert seen[1] < seen[2] / 1.3


def test_every_hold_that_counted_is_a_pennant_more(make_stage):
    stage = make_stage(SIZE)
    shots = [settled(stage, at_sea(count=count), frames=2)[:, 560:660] for count in (0, 1, 12)]
    one = int((np.abs(shots[1] - shots[0]).max(axis=2) > 60).sum())
    twelve = int((np.abs(shots[2] - shots[0]).max(axis=2) > 60).sum())
    assert 100 < one < twelve / 6


def test_calm_water_stands_still():
    stage = calm_stage(ASSETS)
    view = at_sea(ahead=0.0, seed=2)
    try:
        assert np.array_equal(settled(stage, view), settled(stage, view, 47.3))
    finally:
        stage.close()


def test_nothing_moves_while_the_play_is_paused(make_stage):
    stage = make_stage(SIZE)
    view = at_sea(phase="paused", ahead=0.0, seed=5)
    before = settled(stage, view, 20.0, 24)
    after = settled(stage, view, 22.0, 6)
    assert np.abs(before - after).max() == 0


def weather(i):
    return at_sea(raft=(0.1, 0.3)[i // 3 % 2], ahead=(0.8, -0.8)[i // 4 % 2], number=i // 5), None


def rewards(i):
    return at_sea(count=i // 4), Cue(("place", "miss", "appear")[i % 3], 0.0, 0.0)


def rings(i):
    view = at_sea(number=i // 4, hold=i % 2, radius=(0.4, 0.1)[i // 4 % 2])
    return (view if i // 6 % 2 else replace(view, target=None, things=())), None


@pytest.mark.parametrize("scene", [weather, rewards, rings])
def test_the_harbour_never_flashes_h6(make_stage, scene):
    stage = make_stage(SIZE)
    frames = []
    for i in range(2 * FPS):
        view, cue = scene(i)
        if cue is not None:
            stage.cue(cue, 50.0 + i / FPS)
        stage.paint(view, 50.0 + i / FPS)
        frames.append(brightness())
    assert not flashes(frames, FPS)
