"""Hazard H12: two people on one machine, their plans exchanged, one in the place of the other: nothing of one
ever reaches a session of the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from acted_sessions import acted, keep

from rehabgames.app.day import Opener, day_of
from rehabgames.app.plan import keep_plan, new_plan, plan_path, set_plan
from rehabgames.core.document import Document
from rehabgames.core.errors import ContentError
from rehabgames.core.inputs import Answer, Input, Press
from rehabgames.core.player import Player
from rehabgames.records.folder import data_folder
from rehabgames.records.store import Store
from rehabgames.session import Setup
from rehabgames.tracking.sources import VirtualSpec
from rehabgames.visit.day import Day
from rehabgames.visit.visit import Helpers, Visit

ADA = Player("p-17", "Ada", "bird", affected="right", points="left")
BO = Player("p-18", "Bo", "cup", affected="right", points="left")
BOTH = (ADA, BO)
NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)
SOURCE = VirtualSpec("healthy", "right", 1)
SAID = (Answer("pain", 1.0),)


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with Store.open(data_folder()) as opened:
        yield opened


@pytest.fixture
def practised(store: Store) -> Store:
    """Ada played today, said much pain, and learnt something."""
    keep(store, acted("ada", 12, minutes=0.3))
    store.add(
        Document(
            "ada", 9_000, "event", 1.0, {"name": "answer", "what": "pain", "value": 7.0, "state": "ease"}
        )
    )
    return store


def setups(opener: Opener, player: Player, store: Store) -> tuple[Setup, Setup]:
    """Of the room check and the first exercise, as they would begin now."""
    day = day_of(player, BOTH, store, NOON)
    return opener.room(day, SAID)._setup, opener.block(day, 0, SAID)._setup


@pytest.mark.parametrize("first", [ADA, BO])
def test_hazard_h12_nothing_of_one_reaches_a_session_of_the_other(first: Player, practised: Store) -> None:
    new_plan("p-17", "orchard_reach", "right")
    set_plan("p-17", [("limits.reach", "0.6"), ("limits.minutes_day", "7")])
    opener, second = Opener(practised, SOURCE), BO if first is ADA else ADA
    made = {player.id: setups(opener, player, practised) for player in (first, second, first)}
    for name, of in made.items():
        assert {setup.patient for setup in of} == {name}
    _, ada = made["p-17"]
    _, bo = made["p-18"]
    assert (ada.limits.reach, bo.limits.reach) == (0.6, 1.1)
    assert ada.previous is not None
    assert (bo.previous, bo.learnt, bo.before, bo.first_pain, bo.held) == (None, None, (), None, False)
    day = day_of(BO, BOTH, practised, NOON)
    assert (day.begun, day.first_pain, day.limits.minutes_day) == (False, None, bo.limits.minutes_day)


def test_hazard_h12_exchanged_plans_are_refused_for_both_also_where_they_named_nobody(store: Store) -> None:
    new_plan("p-17", "orchard_reach", "right")
    new_plan("p-18", "kitchen_grasp", "left")
    ada, bo = plan_path("p-17"), plan_path("p-18")
    unnamed = bo.read_text("utf-8").replace('patient = "p-18"\n', "")
    bo.write_text(unnamed, "utf-8")
    keep_plan("p-18")  # from now on it says whose it is
    assert 'patient = "p-18"' in bo.read_text("utf-8")
    text = ada.read_text("utf-8")
    ada.write_text(bo.read_text("utf-8"), "utf-8")
    bo.write_text(text, "utf-8")
    for player in BOTH:
        with pytest.raises(ContentError) as told:
            day_of(player, BOTH, store, NOON)
        assert told.value.code == "plan_other"


def test_hazard_h12_who_was_confirmed_as_one_is_not_known_as_the_other(store: Store) -> None:
    opener = Opener(store, SOURCE)
    day = day_of(ADA, BOTH, store, NOON)
    session = opener.block(day, 0, SAID)
    session._confirming.confirmed = 1  # a hand was held up
    assert opener.block(day, 1, SAID)._setup.known
    other = day_of(BO, BOTH, store, NOON)
    assert not opener.block(other, 0, SAID)._setup.known
    assert opener.block(other, 0, SAID)._setup.confirms


class Chosen:
    """Presses choices of a visit by their ids."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.now_s, self.documents = visit, 0.0, list[Document]()

    def step(self, *heard: Input) -> str:
        self.now_s += 0.1
        step = self.visit.step(None, heard, self.now_s)
        self.documents += step.documents
        self.menu = step.view.menu
        return step.view.phase if self.menu is None else self.menu.screen

    def press(self, *options: str) -> str:
        at = ""
        for option in options:
            for _ in range(8):
                self.step()
            assert self.menu is not None
            left, top, across, down = next(each.box for each in self.menu.choices if each.id == option)
            self.step(Press(left + across / 2, top + down / 2))
            at = self.step()
        return at


def test_hazard_h12_whoever_is_somebody_else_says_so_before_the_exercise_and_it_is_theirs(
    store: Store,
) -> None:
    opener = Opener(store, SOURCE)

    def checked(player: Player) -> Day:
        return replace(day_of(player, BOTH, store, NOON), checked=True)

    visit = Visit(checked(ADA), Helpers(opener.room, opener.block, checked, lambda _: None))
    somebody = Chosen(visit)
    well = ["start", *["no"] * 5, "0", "yes"]
    assert somebody.press(*well) == "shown"
    assert somebody.menu is not None
    (who,) = [each for each in somebody.menu.choices if each.id == "who"]
    assert (who.picture, who.label.params) == ("who_bird", {"name": "Ada"})
    assert somebody.press("who") == "who"
    assert somebody.press("p-18") == "home"
    assert visit.player == BO
    assert somebody.press(*well, "go_on") == "looking"
    somebody.step()
    starts = [each.body["patient"] for each in somebody.documents if each.kind == "start"]
    assert starts == ["p-18"]
