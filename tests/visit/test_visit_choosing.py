"""Choosing with the hand, one key, or a press: what was not meant is not chosen."""

from __future__ import annotations

import pytest

from rehabgames.core.inputs import Key, Press
from rehabgames.core.menu import Choice, inside
from rehabgames.core.message import Message
from rehabgames.visit.choosing import BLINK_S, SCAN_S, UNREAD_S, Choosing
from rehabgames.visit.places import MOST, places

DT_S = 1 / 60
DWELL_S = 1.5
AWAY = (0.5, 0.1)


def choices(many: int) -> tuple[Choice, ...]:
    return tuple(Choice(str(i), Message(f"m{i}"), "", box) for i, box in enumerate(places(many)))


def middle(of: Choice) -> tuple[float, float]:
    left, top, across, down = of.box
    return left + across / 2, top + down / 2


def held(choosing: Choosing, at: tuple[float, float] | None, seconds: float) -> str:
    """What is chosen with the hand there for so long."""
    for _ in range(round(seconds / DT_S)):
        if chosen := choosing.step(at, (), DT_S):
            return chosen
    return ""


@pytest.fixture
def three() -> tuple[Choice, ...]:
    return choices(3)


def test_a_hand_that_stays_on_it_chooses_it(three):
    choosing = Choosing(three, dwell_s=DWELL_S)
    assert held(choosing, AWAY, 0.3) == ""
    assert held(choosing, middle(three[1]), DWELL_S - 0.1) == ""
    assert (choosing.pointed, choosing.held) == ("1", pytest.approx(0.93, abs=0.03))
    assert held(choosing, middle(three[1]), 0.2) == "1"


def test_what_lies_under_a_hand_when_it_comes_is_not_chosen(three):
    choosing = Choosing(three, dwell_s=DWELL_S)
    assert held(choosing, middle(three[0]), 20.0) == ""
    assert (choosing.pointed, choosing.held) == ("", 0.0)
    assert held(choosing, AWAY, 1.0) == ""  # nor by leaving it
    assert held(choosing, middle(three[0]), DWELL_S + 0.1) == "0"


def test_a_hand_that_is_first_seen_on_a_choice_has_been_nowhere_else(three):
    choosing = Choosing(three, dwell_s=DWELL_S)
    assert held(choosing, None, 2.0) == ""
    assert held(choosing, middle(three[0]), 20.0) == ""


def test_what_lay_under_the_hand_is_left_for_its_neighbour(three):
    choosing = Choosing(three, dwell_s=DWELL_S)
    assert held(choosing, middle(three[0]), 20.0) == ""
    assert held(choosing, middle(three[1]), DWELL_S - 0.1) == ""
    assert held(choosing, middle(three[1]), 0.2) == "1"


def test_a_hand_that_passes_over_it_chooses_nothing(three):
    choosing = Choosing(three, dwell_s=DWELL_S)
    for _ in range(20):
        assert held(choosing, middle(three[0]), 0.5) == ""
        assert held(choosing, AWAY, 0.5) == ""
        assert held(choosing, middle(three[2]), 0.5) == ""


def test_trembling_over_the_edge_is_still_on_it(three):
    left, top, _, down = three[1].box
    choosing = Choosing(three, dwell_s=DWELL_S)
    held(choosing, AWAY, 0.2)
    chosen = ""
    for i in range(round(2.2 * DWELL_S / DT_S)):
        at = (left + (0.01 if i % 2 else -0.01), top + down / 2)
        chosen = chosen or choosing.step(at, (), DT_S)
    assert chosen == "1"


def test_a_blink_of_the_camera_loses_nothing_and_a_lost_hand_all(three):
    choosing = Choosing(three, dwell_s=DWELL_S)
    held(choosing, AWAY, 0.2)
    held(choosing, middle(three[1]), 1.0)
    held(choosing, None, BLINK_S / 2)
    before = choosing.held
    assert before > 0.6
    held(choosing, None, BLINK_S)
    assert choosing.held == 0.0


def test_one_key_goes_through_them_and_chooses(three):
    choosing = Choosing(three, scan_s=1.0)
    held(choosing, None, UNREAD_S + DT_S)
    assert choosing.lit == ""
    assert choosing.step(None, (Key(),), DT_S) == ""
    lit = [choosing.lit]
    for _ in range(4):
        held(choosing, None, 1.0)
        lit.append(choosing.lit)
    assert lit == ["0", "1", "2", "0", "1"]
    assert choosing.step(None, (Key(),), DT_S) == "1"


def test_a_key_that_is_hit_by_chance_ends_nothing_where_there_is_one_choice():
    choosing = Choosing(choices(1))
    held(choosing, None, UNREAD_S + DT_S)
    assert choosing.step(None, (Key(),), DT_S) == ""
    assert choosing.lit == "0"
    held(choosing, None, 3 * SCAN_S)
    assert choosing.step(None, (Key(),), DT_S) == "0"


def test_a_press_chooses_what_is_there_and_nothing_beside_it(three):
    choosing = Choosing(three)
    held(choosing, None, UNREAD_S + DT_S)
    assert choosing.step(None, (Press(*AWAY),), DT_S) == ""
    assert choosing.step(None, (Press(*middle(three[2])),), DT_S) == "2"


@pytest.mark.parametrize("heard", [Key(), Press(0.5, 0.58)])
def test_a_press_that_was_meant_for_the_screen_before_chooses_nothing(heard):
    choosing = Choosing(choices(1))
    assert choosing.step(None, (heard,), DT_S) == ""


@pytest.mark.parametrize("many", range(1, MOST + 1))
def test_places_are_large_apart_on_the_screen_and_away_from_stop(many):
    boxes = places(many)
    assert len(boxes) == many
    for i, (left, top, across, down) in enumerate(boxes):
        assert across * 1280 >= 200
        assert down * 720 >= 160
        assert left >= 0.09
        assert left + across <= 0.91  # beside the signs of STOP
        assert top >= 0.28
        assert top + down <= 0.87
        for other in boxes[:i]:
            corners = [(left + dx * across, top + dy * down) for dx in (0, 1) for dy in (0, 1)]
            assert not any(inside(other, x, y, 0.02) for x, y in corners)


@pytest.mark.parametrize("many", [0, MOST + 1])
def test_more_than_fit_are_refused(many):
    with pytest.raises(ValueError, match="choices"):
        places(many)
