"""Rounds: as large as asked, filled as far as asked, and of one colour to their edge."""

import math

import numpy as np
import pygame
import pytest

from rehabgames.content.root import assets_folder
from rehabgames.stage import rounds
from rehabgames.stage.pictures import Pictures, bled, octave


@pytest.fixture(autouse=True)
def display(monkeypatch):
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()
    yield pygame.display.set_mode((64, 64))
    pygame.display.quit()


def _area(made: pygame.Surface) -> float:
    """px, each as far as it is covered"""
    return float(np.sum(pygame.surfarray.array_alpha(made)) / 255)


@pytest.mark.parametrize("radius", [3, 20, 86])
def test_a_disc_is_as_large_as_asked(radius):
    assert _area(rounds.disc(radius, "#fff8e6", "none", 0.0)) == pytest.approx(math.pi * radius**2, rel=0.02)
    edged = rounds.disc(radius, "#fff8e6", "#13263a", 2.0)
    assert _area(edged) == pytest.approx(math.pi * (radius + 1.0) ** 2, rel=0.02)
    middle = edged.get_width() // 2
    assert edged.get_at((middle, middle))[:3] == pygame.Color("#fff8e6")[:3]


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8, 1.0])
def test_an_arc_is_as_long_as_asked_with_round_ends(share):
    made = rounds.arc(80, 12, (0.0, math.tau * share), "#0072b2")
    ends = 0.0 if share == 1.0 else math.pi * 6.0**2
    assert _area(made) == pytest.approx(math.tau * share * 80 * 12 + ends, rel=0.02)
    alpha = pygame.surfarray.array_alpha(made)
    assert alpha[92 + 80, 92] == (255 if share > 0.25 else 0)  # a quarter of the way, clockwise from the top


def test_an_arc_of_nothing_is_nothing():
    assert _area(rounds.arc(40, 8, (1.0, 1.0), "#0072b2")) == 0.0


@pytest.mark.parametrize("share", [0.25, 0.5, 1.0])
def test_a_flat_ring_fills_from_below_both_ways(share):
    made = rounds.oval((100, 50), 8.0, "#0072b2", share=share)
    alpha = pygame.surfarray.array_alpha(made).astype(float)
    assert abs(alpha[: len(alpha) // 2].sum() / alpha[len(alpha) // 2 :].sum() - 1.0) < 0.02
    below, above = alpha[:, alpha.shape[1] // 2 :].sum(), alpha[:, : alpha.shape[1] // 2].sum()
    assert (above == pytest.approx(below, rel=0.01)) if share == 1.0 else above < 0.03 * below


def test_a_flat_ring_is_as_strong_inside_as_asked():
    alpha = pygame.surfarray.array_alpha(rounds.oval((100, 50), 8.0, "#0072b2", inside=0.12))
    assert alpha[alpha.shape[0] // 2, alpha.shape[1] // 2] == round(0.12 * 255)


def test_a_stroke_covers_its_line_and_its_ends():
    made = rounds.stroke(60, [(-30.0, 0.0), (30.0, 0.0)], 10.0, "#fff8e6")
    assert _area(made) == pytest.approx(60 * 10 + math.pi * 25, rel=0.02)


@pytest.mark.parametrize(
    "made",
    [
        rounds.disc(30, "#fff8e6", "none", 0.0),
        rounds.arc(30, 8, (0.0, 4.0), "#fff8e6"),
        rounds.light(30, "#fff8e6", ((0.3, 1.0), (1.0, 0.0))),
        rounds.oval((40, 20), 6.0, "#fff8e6", share=0.4),
    ],
    ids=["disc", "arc", "light", "oval"],
)
def test_no_edge_is_darker_when_made_smaller(made):
    small = pygame.transform.smoothscale(made, (17, 13))
    seen = pygame.surfarray.array3d(small)[pygame.surfarray.array_alpha(small) > 8]
    assert len(seen) > 20
    assert seen.min() >= 0xE4  # of #fff8e6


def test_a_picture_made_smaller_has_no_dark_edge(tmp_path):
    (tmp_path / "signs").mkdir()
    white = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><circle cx="50" cy="50" r="40" '
    (tmp_path / "signs" / "moon.svg").write_text(white + 'fill="#ffffff"/></svg>', encoding="utf-8")
    small = Pictures(tmp_path, []).sprite("signs/moon", 37)
    seen = pygame.surfarray.array3d(small)[pygame.surfarray.array_alpha(small) > 8]
    assert seen.min() >= 250


def test_what_was_warmed_is_not_rasterised_again(monkeypatch):
    pictures = Pictures(assets_folder() / "pictures", [])
    pictures.warm("kitchen", 136)
    monkeypatch.setattr(Pictures, "raster", lambda *_a, **_k: pytest.fail("rasterised in mid-play"))
    for kind in ("cup", "mill", "onion", "jar", "bottle"):
        for width in (30, 46, 107, 122, 200):
            assert pictures.sprite(f"kitchen/{kind}", width).get_width() == width


def test_the_octave_is_the_next_power_of_two():
    assert [octave(width) for width in (1, 8, 9, 128, 129)] == [8, 8, 16, 128, 256]


def test_clear_pixels_keep_clear():
    made = pygame.Surface((20, 20), pygame.SRCALPHA)
    made.fill("#ffffff", (8, 8, 4, 4))
    grown = bled(made)
    assert np.array_equal(pygame.surfarray.array_alpha(grown), pygame.surfarray.array_alpha(made))
    assert grown.get_at((7, 9))[:3] == (255, 255, 255)
