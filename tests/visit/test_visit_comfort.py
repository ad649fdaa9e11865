"""What suits whoever plays is changed on the screen of comfort, known to the stage at once, and kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from visits import PLAYER, House, day_of

from rehabgames.core.inputs import Press
from rehabgames.core.player import LETTERS, PACE, Comfort, Player
from rehabgames.visit.choosing import AGAIN, UNREAD_S, Choosing
from rehabgames.visit.comfort import changed
from rehabgames.visit.day import Day
from rehabgames.visit.places import ASKED, FOOT, HOME_NEAR, MOST, on_half, places
from rehabgames.visit.visit import Visit

LANGUAGES = ("ar", "de", "en")
DT_S = 1 / 30


class Looking:
    """Presses what it is told to, and sees what comes of it."""

    def __init__(self, day: Day) -> None:
        self.house = House(day=day)
        self.visit = Visit(day, self.house.helpers, LANGUAGES)
        self.now_s = 0.0
        self.view = self.step().view

    def step(self, *inputs):
        self.now_s += DT_S
        return self.visit.step(None, inputs, self.now_s)

    def press(self, choice: str):
        for _ in range(round(UNREAD_S / DT_S) + 2):
            self.step()
        x, y, across, down = next(each.box for each in self.view.menu.choices if each.id == choice)
        self.view = self.step(Press(x + across / 2, y + down / 2)).view
        return self.view


def walked(option: str) -> list[Comfort]:
    """Every setting of an option, until it comes round."""
    found = [Comfort()]
    while (after := changed(found[-1], option, LANGUAGES)) not in found:
        found.append(after)
    return found


def test_every_option_goes_round_through_its_settings() -> None:
    assert [each.neglects for each in walked("misses")] == ["", "left", "right"]
    assert [each.letters for each in walked("letters")] == [1.0, 1.25, 1.5, 2.0]
    assert {each.language for each in walked("language")} == set(LANGUAGES)
    assert [each.voice for each in walked("voice")].count(False) == 1
    slower = walked("slower")
    assert len({each.dwell_s for each in slower}) == len(slower)
    assert max(slower, key=lambda each: each.dwell_s).pace == min(each.pace for each in slower)
    for option in ("letters", "slower", "contrast", "calm"):
        for each in walked(option):
            assert LETTERS[0] <= each.letters <= LETTERS[1]
            assert PACE[0] <= each.pace <= PACE[1]


@pytest.mark.parametrize(
    ("option", "page", "what"),
    [
        ("letters", "comfort", {"letters": 1.25}),
        ("contrast", "comfort", {"contrast": True}),
        ("language", "comfort", {"language": "ar"}),
        ("voice", "comfort", {"volume": 1.0}),
        ("calm", "others", {"calm": True}),
        ("misses", "others", {"neglects": "left"}),
        ("slower", "others", {"dwell_s": 2.5, "pace": 0.85}),
    ],
)
def test_what_is_changed_holds_in_the_same_step_and_is_kept(option, page, what) -> None:
    looking = Looking(day_of("orchard_reach"))
    assert looking.view.comfort == Comfort()
    looking.press("comfort")
    if page == "others":
        looking.press("others")
    number = looking.view.menu.number
    view = looking.press(option)
    assert view.comfort == replace(Comfort(), **what)
    assert view.menu.number > number
    assert looking.house.kept[-1].comfort == view.comfort
    back = looking.press("back")
    assert back.comfort == view.comfort


def test_whoever_is_chosen_has_what_suits_them_and_a_newcomer_the_language_alone() -> None:
    own = Comfort(language="de", letters=1.5, contrast=True)
    ada, bo = replace(PLAYER, comfort=own), Player("bo", "Bo", "fish", comfort=Comfort(calm=True))
    looking = Looking(Day((ada, bo)))
    assert looking.view.comfort == own  # of who played last
    looking.house.day = replace(day_of("orchard_reach"), players=(ada, bo), player=bo)
    assert looking.press("bo").comfort == bo.comfort
    looking.press("who")
    assert looking.press("new").comfort == Comfort(language="en")
    newcomer = Looking(Day((ada, bo)))
    assert newcomer.press("new").comfort == Comfort(language="de")


def test_a_language_that_is_not_there_gives_way_to_one_that_is() -> None:
    player = replace(PLAYER, comfort=Comfort(language="xx", letters=1.5))
    assert Looking(replace(day_of(), player=player)).view.comfort == Comfort(letters=1.5)


def test_pointing_at_what_is_asked_chooses_nothing_and_has_it_said_once_until_the_hand_has_left() -> None:
    choosing = Choosing((), dwell_s=1.0, ear=ASKED)
    at, away = (0.5, 0.1), (0.5, 0.9)
    said = [choosing.step(away, (), DT_S) for _ in range(5)]
    said += [choosing.step(at, (), DT_S) for _ in range(200)]
    assert [each for each in said if each] == [AGAIN]
    assert (choosing.pointed, choosing.held) == ("", 0.0)
    said = [choosing.step(away, (), DT_S) for _ in range(60)]
    said += [choosing.step(at, (), DT_S) for _ in range(60)]
    assert [each for each in said if each] == [AGAIN]


def test_a_press_on_what_is_asked_is_counted_and_leads_nowhere() -> None:
    looking = Looking(day_of("orchard_reach"))
    for _ in range(20):
        looking.step()
    left, top, across, down = looking.view.menu.ear
    views = [looking.step(Press(left + across / 2, top + down / 2)).view for _ in range(2)]
    assert [view.menu.again for view in views] == [1, 2]
    assert {view.menu.screen for view in views} == {"home"}


@pytest.mark.parametrize("sees", ["left", "right"])
@pytest.mark.parametrize("many", range(1, MOST + 1))
def test_who_sees_one_half_has_large_choices_apart_on_it(many, sees) -> None:
    boxes = places(many, sees=sees)
    assert len(boxes) == many
    for i, (left, top, across, down) in enumerate(boxes):
        assert left > 0.5 if sees == "right" else left + across < 0.5
        assert 0.0 < left < left + across < 1.0
        assert min(across * 1280, down * 720) >= 110
        assert 0.2 < top < top + down <= FOOT + 1e-9
        for x, y, w, h in boxes[:i]:
            assert left >= x + w + 0.015 or x >= left + across + 0.015 or top >= y + h + 0.015
    mirrored = on_half(HOME_NEAR, sees)
    assert [round(box[2:][0], 6) for box in mirrored] == [round(box[2], 6) for box in HOME_NEAR]
