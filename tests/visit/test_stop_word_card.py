"""The card that lets the word "stop" mean STOP."""

from __future__ import annotations

from typing import get_args

from rehabgames.core.inputs import StopBy
from rehabgames.core.player import Comfort
from rehabgames.visit.comfort import changed
from rehabgames.visit.day import Day
from rehabgames.visit.flow import Flow
from rehabgames.visit.places import MOST
from rehabgames.visit.screens import screen_of
from rehabgames.words import catalogue


def comforts(*, hears: bool) -> list[str]:
    flow = Flow(Day(), hears=hears)
    flow.at = "comfort_more"
    return [each.id for each in screen_of(flow).options]


def test_it_is_offered_where_it_can_be_heard_alone() -> None:
    with_it, without = comforts(hears=True), comforts(hears=False)
    assert [each for each in with_it if each not in without] == ["voice_stop"]
    assert len(with_it) <= MOST


def test_it_is_off_until_somebody_chooses_it_and_then_again() -> None:
    on = changed(Comfort(), "voice_stop", ["en"])
    assert (Comfort().voice_stop, on.voice_stop) == (False, True)
    assert changed(on, "voice_stop", ["en"]) == Comfort()


def test_every_way_to_stop_is_told_as_such() -> None:
    assert [by for by in get_args(StopBy) if f"why.{by}" not in catalogue("en")] == []
