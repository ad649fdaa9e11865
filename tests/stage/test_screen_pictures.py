"""The pictograms of the screens outside of play: whole, seen against their card, and not to be confused."""

import io
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pygame
import pytest
import resvg_py

from rehabgames.stage.palette import GREEN, VERMILLION, rgb
from rehabgames.stage.pictures import Part, read_part
from rehabgames.testing.flashes import luminance

FOLDER = Path(__file__).parents[2] / "assets" / "pictures" / "screens"
NAMES = sorted(path.stem for path in FOLDER.glob("*.svg"))
CARD = (0xF7, 0xF1, 0xE1)
SMALL, LARGE = 64, 192  # px wide
UNSEEN = 24  # levels of a channel: the pale rim around what lies on a body is lost on the card


def named(names):
    return names.split()


PAIN = [f"pain_{i}" for i in (0, 2, 4, 6, 8, 10)]
PAIN_CHILD = [f"{name}_child" for name in PAIN]
EFFORT = [f"effort_{i}" for i in (0, 3, 5, 7, 10)]
SORE = named("sore_none sore_some sore_much")
AFFECTED, CHOOSES = named("hand_left_affected hand_right_affected"), named("choose_left choose_right")
FLAGS = named("chest_pain new_weakness speech_or_vision dizziness fall sharp_pain support chair")
ANSWERS = named("yes no go_on back again stop_now skip help phone start pause")
BODY = [*AFFECTED, *CHOOSES, *named("both_affected sits stands wheelchair dwell")]
SENSES = named(
    "camera_on camera_choose camera_off microphone sound_on sound_off voice_louder voice_softer voice_slower"
    " letters_larger contrast calm language misses_none misses_left misses_right"
)
WHO = [
    f"who_{what}" for what in named("boat tree house bird fish cup sun flower mountain bicycle book guitar")
]
DAY = named(
    "home clock calendar tick_done rest_cup goal goal_half goal_empty sprig better same next_time family"
    " message reminder update day_leaf day_bud day_apple day_blossom"
)
TROUBLES = named(
    "camera_busy camera_locked machine_tired disk_full record_broken plan_torn plan_other person_torn"
    " two_windows"
)
# groups of which no two may be taken for each other, and the least share of pixels that differ in grey
APART = [
    (["yes", "no", "stop_now"], 0.25),
    (["go_on", "back", "again", "skip"], 0.25),
    (["start", "pause", "stop_now"], 0.2),
    ([*AFFECTED, "both_affected"], 0.12),
    (CHOOSES, 0.3),
    (PAIN, 0.05),
    (PAIN_CHILD, 0.05),
    (EFFORT, 0.2),
    (SORE, 0.03),
    (["sits", "stands", "wheelchair"], 0.18),
    (["camera_on", "camera_off", "camera_choose"], 0.3),
    (["camera_off", "camera_locked", "camera_busy"], 0.15),
    (TROUBLES, 0.15),
    (["sound_on", "sound_off"], 0.2),
    (["misses_none", "misses_left", "misses_right"], 0.08),
    (["voice_louder", "voice_softer", "voice_slower"], 0.1),
    (["goal", "goal_half", "goal_empty"], 0.1),
    (["better", "same"], 0.25),
    (["day_leaf", "day_bud", "day_apple", "day_blossom"], 0.2),
    (FLAGS, 0.2),
    (WHO, 0.2),
]


def part(name):
    return read_part((FOLDER / f"{name}.svg").read_text(encoding="utf-8"))


@cache
def painted(name, width=SMALL, around=0.0, style=""):
    """(w, h, 3) uint8: the picture on its card, `width` px without what is around it; around: units of the
    view more on every side."""
    made = part(name)
    left, top, across, high = made.box
    scale = width / across
    wider = Part(made.inner, (left - around, top - around, across + 2 * around, high + 2 * around))
    size = [round((length + 2 * around) * scale) for length in (across, high)]
    png = bytes(resvg_py.svg_to_bytes(svg_string=wider.document(*size, style), skip_system_fonts=True))
    card = pygame.Surface(size)
    card.fill(CARD)
    card.blit(pygame.image.load(io.BytesIO(png), "part.png"), (0, 0))
    return pygame.surfarray.array3d(card)


def seen(shot):
    return np.abs(shot.astype(int) - CARD).max(axis=2) > UNSEEN


def strong(shot):
    """Where the contrast to the card is 3:1 at least."""
    card = luminance(np.array([[CARD]], np.uint8))[0, 0]
    return (card + 0.05) / (luminance(shot) + 0.05) >= 3.0


def grey(shot):
    return shot @ np.array([0.2126, 0.7152, 0.0722])


def extent(mask):
    """(2,) how wide and how high what is True is, as shares of the whole."""
    return np.array([np.ptp(np.flatnonzero(mask.any(axis=axis))) / mask.shape[1 - axis] for axis in (1, 0)])


def like(shot, colour):
    return np.abs(shot.astype(int) - rgb(colour)).max(axis=2) < 24


def first_met(mask):
    """Where a line from any of the four sides first meets what is True."""
    met = np.zeros_like(mask)
    for turn in range(4):
        turned = np.rot90(mask, turn)
        rows = np.flatnonzero(turned.any(axis=1))
        np.rot90(met, turn)[rows, turned[rows].argmax(axis=1)] = True
    return met


def within(mask, px):
    """What is True and what is no further than `px` from it, along rows and columns."""
    for _ in range(px):
        wide = np.pad(mask, 1)
        mask = mask | wide[2:, 1:-1] | wide[:-2, 1:-1] | wide[1:-1, 2:] | wide[1:-1, :-2]
    return mask


def test_there_is_a_picture_for_all_that_is_asked_outside_of_play():
    wanted = {*FLAGS, *ANSWERS, *PAIN, *PAIN_CHILD, *EFFORT, *SORE, *BODY, *SENSES, *WHO, *DAY, *TROUBLES}
    assert wanted <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_ours_whole_and_needs_no_letters_of_the_system(name):
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert text.startswith("<!-- rehabgames, Apache-2.0 -->\n")
    assert not [tag for tag in ("<text", "<image") if tag in text]
    assert part(name).box in ((0, 0, 96, 96), (0, 0, 144, 96))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_off_and_the_room_is_used(name):
    shot = seen(painted(name, LARGE, around=12.0))
    edge = 24
    outside = shot.copy()
    outside[edge:-edge, edge:-edge] = False
    assert not outside.any()
    across, high = extent(shot[edge:-edge, edge:-edge])
    assert max(across, high) > 0.75
    assert min(across, high) > 0.5


@pytest.mark.parametrize("name", NAMES)
def test_the_shapes_stand_out_from_the_card(name):
    shot = painted(name, LARGE)
    bold, all_of_it = strong(shot), seen(shot)
    assert bold.mean() > 0.1
    assert (extent(bold) > 0.9 * extent(all_of_it)).all()
    met = first_met(all_of_it)
    assert (met & within(bold, 4)).sum() > 0.85 * met.sum()


@pytest.mark.parametrize(("group", "least"), APART, ids=[group[0] for group, _ in APART])
def test_what_must_not_be_confused_differs_without_colour(group, least):
    shares = {
        pair: (np.abs(np.subtract(*map(grey, map(painted, pair)))) > 40).mean()
        for pair in combinations(group, 2)
    }
    assert {pair: share for pair, share in shares.items() if share < least} == {}


def test_yes_and_no_differ_in_colour_too():
    for name, own, other in (("yes", GREEN, VERMILLION), ("no", VERMILLION, GREEN)):
        assert like(painted(name), own).mean() > 0.2
        assert like(painted(name), other).mean() < 0.01


@pytest.mark.parametrize(("left", "right"), [AFFECTED, CHOOSES], ids=["affected", "chooses"])
def test_left_and_right_are_mirror_images(left, right):
    one, other = painted(left, LARGE), painted(right, LARGE)[::-1]
    assert (np.abs(grey(one) - grey(other)) > 40).mean() < 0.01


def test_as_in_a_mirror_ones_own_left_is_on_the_left():
    half = LARGE // 2
    for name, where in (("hand_left_affected", "left"), ("choose_left", "left"), ("both_affected", "both")):
        marked = like(painted(name, LARGE), VERMILLION)
        left, right = marked[:half].sum(), marked[half:].sum()
        assert left > 400
        assert right > 0.5 * left if where == "both" else right < 0.2 * left


def test_more_pain_is_a_darker_face():
    means = [grey(painted(name)).mean() for name in PAIN]
    assert all(less - more > 2.0 for less, more in pairwise(means))


@pytest.mark.parametrize("scale", [EFFORT, SORE], ids=["effort", "soreness"])
def test_more_of_it_is_more_orange(scale):
    shares = [like(painted(name), VERMILLION).mean() for name in scale]
    assert shares[0] == 0.0
    assert all(more - less > 0.015 for less, more in pairwise(shares))


def test_each_leaf_of_the_sprig_takes_a_colour_of_its_own():
    bare = painted("sprig", LARGE)
    places = []
    for leaf in range(1, 8):
        lit = painted("sprig", LARGE, style=f"#leaf{leaf}{{fill:{GREEN}}}")
        changed = np.abs(lit.astype(int) - bare).max(axis=2) > 40
        assert changed.sum() > 300
        places.append(changed)
    assert np.sum(places, axis=0).max() == 1
    heights = [np.flatnonzero(changed.any(axis=0)).mean() for changed in places]
    assert heights == sorted(heights, reverse=True)  # they grow from the foot to the tip
