"""Every phase can be painted, the same view gives the same pixels, and the target stands out."""

import itertools
from dataclasses import replace

import numpy as np
import pygame
import pytest
from screen import every, mean_colour, pixels
from stage_views import all_phases, base, playing

from rehabgames.core.view import Cue, Target
from rehabgames.stage import fonts
from rehabgames.stage.frame import Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.orchard.hours import FRUITS, HOURS, fruit_of
from rehabgames.stage.palette import CREAM, INK, INK_SOFT, contrast, rgb


def camera_picture(level=90):
    picture = np.full((480, 640, 3), level, np.uint8)
    picture[100:380, 200:440] = (30, 90, 200)
    return picture


def edge_colour(shot, centre, inner, outer):
    """Mean sRGB of the line drawn round the target: the darkest circle between two radii, px."""
    rings = [mean_colour(shot, centre, r, r + 1.5) for r in np.arange(inner, outer, 0.5)]
    return min(rings, key=sum)


def test_every_phase_paints_with_and_without_a_picture(make_stage, tmp_path):
    stage = make_stage()
    shots = {}
    for number, (name, view) in enumerate(all_phases().items()):
        for picture in (None, camera_picture()):
            stage.paint(view, 10.0 + number, picture)
        shots[name] = pixels()
        assert shots[name].std() > 20, name
    assert not stage.notes
    names = list(shots)
    for a, b in itertools.pairwise(names):
        assert np.abs(shots[a] - shots[b]).mean() > 0.3, (a, b)
    stage.save(tmp_path / "shown.png")
    assert pygame.image.load(tmp_path / "shown.png").get_size() == (640, 360)


def test_the_same_view_seed_and_instant_give_the_same_pixels(make_stage):
    shots = []
    for _ in range(2):
        stage = make_stage()
        for i in range(4):
            stage.paint(playing("pick"), 12.0 + i / 60, camera_picture())
        shots.append(pixels())
        stage.close()
    assert np.array_equal(*shots)


def test_another_seed_is_another_morning(make_stage):
    stage = make_stage()
    shots = []
    for seed in range(4):
        stage.paint(base(seed=seed), 5.0)
        shots.append(pixels())
    assert all(np.abs(shots[0] - shot).mean() > 1.5 for shot in shots[1:])


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("seed", [0, 5, 10])
def test_the_target_stands_out_of_its_surroundings(make_stage, seed, side):
    """Fruit against its halo, and the rim of it all against the orchard, as painted (WCAG contrast)."""
    size = (1280, 720)
    stage = make_stage(size)
    out = 1 if side == "right" else -1
    target = Target("pick", 0.62 * out, -0.35, 0.13, 0.0, 1)
    view = base(side=side, seed=seed, target=target, prompt=None)
    for i in every(5, 60):
        stage.paint(view, 3.0 + i / 60)
    shot = pixels()
    frame = Frame(size, view.window, Layout.of(size, side).play)
    centre, radius = frame.to_screen(target.x, target.y), frame.length(target.radius)
    fruit = mean_colour(shot, (centre[0], centre[1] + 0.2 * radius), 0, 0.5 * radius)
    halo = mean_colour(shot, centre, 1.08 * radius, 1.2 * radius)
    around = mean_colour(shot, centre, 1.9 * radius, 3.0 * radius)
    assert contrast(fruit, halo) >= 3.0
    assert contrast(edge_colour(shot, centre, 1.4 * radius, 1.7 * radius), around) >= 3.0
    assert max(fruit) - min(fruit) > 1.5 * (max(around) - min(around))


def test_the_hold_fills_a_ring_and_the_hand_is_seen(make_stage):
    stage = make_stage((1280, 720))
    view = playing("pick", hand=None)

    def shot(v):
        for _ in range(2):
            stage.paint(v, 20.0)
        return pixels()

    def changed(a, b):
        return int((np.abs(a - b).max(axis=2) > 60).sum())

    stage.paint(view, 18.9)
    for i in range(60):
        stage.paint(view, 19.0 + i / 60)
    half = shot(view)
    full = shot(replace(view, target=replace(view.target, hold=1.0)))
    hand = shot(playing("pick"))
    assert 1000 < changed(half, full) < 12000
    assert changed(half, hand) > 2000


@pytest.mark.parametrize("kind", ["pick", "place", None])
def test_board_and_sentence_show_the_fruit_of_the_day(make_stage, kind):
    """Seeds apart by as many as there are hours bear other fruit at the same hour."""
    stage = make_stage((1280, 720))
    shots = []
    for day in range(len(FRUITS)):
        view = playing(kind or "pick", seed=day * len(HOURS))
        stage.paint(view if kind else replace(view, target=None), 20.0)
        shots.append(pixels())
    assert len({fruit_of(day * len(HOURS)) for day in range(len(FRUITS))}) == len(FRUITS)
    layout = Layout.of((1280, 720), "right")
    for (left, top, width, height), half in ((layout.board, 160), (layout.prompt, 180)):
        middle = left + width // 2
        here = [shot[middle - half : middle + half, top + 12 : top + height - 12] for shot in shots]
        for one, other in itertools.combinations(here, 2):
            differs = np.abs(one - other).max(axis=2) > 60
            assert 20 < differs.sum() < 3000


def test_text_can_be_read():
    """Letters on the plates they stand on: at least 4.5 : 1."""
    plates = ("#fff9ea", "#e2dcc3")
    assert min(contrast(rgb(INK), rgb(p)) for p in plates) >= 7.0
    assert min(contrast(rgb(INK_SOFT), rgb(p)) for p in (*plates, CREAM)) >= 4.5


def test_contrast_is_that_of_wcag():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21.0)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_missing_pictures_and_fonts_are_told_once_and_painted_over(make_stage, tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "folders", lambda: ())
    (tmp_path / "pictures" / "orchard").mkdir(parents=True)
    (tmp_path / "pictures" / "orchard" / "apple.svg").write_text("not a picture")
    stage = make_stage(assets=tmp_path)
    for view in all_phases().values():
        stage.paint(view, 8.0, camera_picture())
    assert sorted(stage.notes) == [
        "No sans-serif system font was found; the letters of pygame stand in for it.",
        "Pictures of 'orchard' are missing or damaged; plain shapes stand in for them.",
        "The pictures of 'signs' are missing; plain shapes stand in for them.",
    ]
    assert pixels().std() > 10


def test_nan_and_cut_off_bodies_are_painted(make_stage):
    stage = make_stage()
    body = np.full((33, 2), np.nan)
    stage.paint(replace(playing(), body_px=body), 1.0, camera_picture())
    body[11:17] = (1e6, -1e6)
    stage.paint(replace(playing("farthest"), body_px=body), 1.1, camera_picture())
    far_away = replace(playing(), hand=replace(playing().hand, x=40.0, y=-40.0))
    stage.paint(far_away, 1.2)
    stage.paint(replace(playing(), hand=replace(playing().hand, x=float("nan"))), 1.3)
    for kind in ("appear", "pick", "place", "miss", "calibrated", "pause", "resume", "done", "unknown"):
        stage.cue(Cue(kind, 0.3, -0.2), 1.4)
    stage.paint(playing(), 1.5)


def test_the_mirror_shows_the_picture_mirrored(make_stage):
    stage = make_stage((1280, 720))
    picture = np.zeros((480, 640, 3), np.uint8)
    picture[:, :320] = (0, 0, 255)
    stage.paint(base(body_px=None), 1.0, picture)
    left, top, width, height = Layout.of((1280, 720), "right").mirror
    shot = pixels()[left : left + width, top : top + height]
    red = shot[..., 0] - shot[..., 1]
    assert red[int(width * 0.6) : int(width * 0.9), 60:-60].min() > 100
    assert red[int(width * 0.1) : int(width * 0.4), 60:-60].max() < 60
