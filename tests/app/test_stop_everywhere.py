"""STOP is followed within a fifth of a second, on every screen of a day and in play, by the real program in
real time."""

from __future__ import annotations

from pathlib import Path

import pytest
from watched_home import ADA, STOP_S, Hand, at_home

from rehabgames.app.players import keep_player
from rehabgames.core.view import View

pytestmark = [pytest.mark.alone, pytest.mark.camera, pytest.mark.endurance, pytest.mark.timeout(1800)]
BEFORE = ("chest_pain", "new_weakness", "speech_or_vision", "dizziness", "fall", "pain", "chair")
READS_S = 0.3  # sooner than the drawn patient chooses
ALL = (*BEFORE, "looking", "calibrate", "shown", "play", "effort", "rest", "stopped")


def test_hazard_h10_stop_is_followed_at_once_wherever_somebody_is(
    models: dict[str, Path], home: Path
) -> None:
    """On each screen once, and on from there; an exercise is played to its end meanwhile."""
    keep_player(ADA)
    tried: set[str] = set()

    def does(at: str, view: View) -> str:
        if at == "home":
            return "first"
        if at == "stopped":
            return "STOP" if tried >= set(ALL) - {"stopped"} else "first"
        if at in tried:
            return "" if view.menu is None else "first"
        tried.add(at)
        return "STOP"

    hand = Hand(does, reads_s=READS_S)
    been = at_home(hand)
    print({at: round(took_s, 3) for at, took_s in hand.stops.items()})
    assert been.over
    assert set(hand.stops) >= set(ALL)
    assert max(hand.stops.values()) <= STOP_S


def test_hazard_h10_stop_leads_out_of_the_home_screen_at_once(home: Path) -> None:
    keep_player(ADA)
    hand = Hand(lambda at, view: "STOP")
    assert at_home(hand).over
    assert hand.stops["home"] <= STOP_S
