"""What does not work is a screen, which leads back to where it came from; whoever stops is asked all that was
not asked yet; whoever is somebody else says so."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
from test_visit_flow import FLAGS, PLAYER, asked, block, day, well

from rehabgames.core.limits import Limits
from rehabgames.core.message import Message
from rehabgames.core.player import Player
from rehabgames.visit.flow import Flow
from rehabgames.visit.screens import screen_of
from rehabgames.visit.troubles import TROUBLES

BEFORE_PLAY = [*FLAGS, "soreness", "pain", "support", "chair"]


@pytest.mark.parametrize("at", BEFORE_PLAY)
def test_hazard_h11_whoever_stopped_at_a_question_is_asked_it_and_all_after_it(at: str) -> None:
    flow = Flow(day(block(0), block(1, "standing")))
    flow.chose("start", 0.0)
    while flow.at != at:
        well(flow)
    flow.stop()
    assert flow.at == "stopped"
    flow.chose("go_on", 0.0)
    asked_then = []
    while flow.at != "room":
        asked_then.append(flow.at)
        well(flow)
    assert asked_then == BEFORE_PLAY[BEFORE_PLAY.index(at) :]


def test_hazard_h15_nothing_is_played_in_a_room_that_was_not_checked_to_its_end() -> None:
    flow = asked("room")
    flow.ended("stopped", "key", 1.0)
    assert (flow.at, flow.why) == ("stopped", "key")
    flow.chose("go_on", 2.0)
    assert flow.at == "room"


@pytest.mark.parametrize("code", TROUBLES)
@pytest.mark.parametrize("at", ["home", "shown", "play", "stopped"])
def test_a_trouble_leads_back_to_where_it_came_or_to_the_end(at: str, code: str) -> None:
    flow = Flow(day()) if at == "home" else asked("play" if at == "stopped" else at)
    if at == "stopped":
        flow.ended("failed", "tracking", 1.0, 1.0)
    flow.fails(code)
    flow.fails(code)  # told once more, it is still the same
    assert (flow.at, flow.trouble, flow.in_session) == ("trouble", code, False)
    done = copy.deepcopy(flow)
    flow.mends()
    assert (flow.at, flow.trouble) == (at, "")
    done.chose("finish", 1.0)
    assert done.at == ("summary" if at == "stopped" else "bye")


def test_hazard_h12_whoever_is_somebody_else_says_so_and_nothing_said_before_holds() -> None:
    flow = Flow(replace(day(), players=(PLAYER, Player("p-2", "Bo", "cup"))))
    flow.chose("start", 0.0)
    while flow.at != "shown":
        well(flow)
    (who,) = [each for each in screen_of(flow).options if each.id == "who"]
    assert (who.picture, who.label) == ("who_bird", Message("shown.for", {"name": "Ada"}))
    flow.chose("who", 1.0)
    assert flow.at == "who"
    assert [each.id for each in screen_of(flow).options] == ["p-1", "p-2", "new"]
    flow.begin(replace(flow.day, player=flow.day.players[1], limits=Limits(rest_s=90.0)))
    assert (flow.at, flow.said, flow.answers(2.0), flow.rest_s) == ("home", {}, (), 90.0)
