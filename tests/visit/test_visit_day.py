"""A day at home, on landmarks and virtual time: from the home screen to the summary, and what may come
between."""

from __future__ import annotations

from datetime import date

import pytest
from visits import House, day_of, visited

from rehabgames.core.inputs import Input, Key, Stop
from rehabgames.core.landmarks import Side, other_side
from rehabgames.visit.day import Day
from rehabgames.visit.today import told

BEFORE = ["home", "chest_pain", "new_weakness", "speech_or_vision", "dizziness", "fall", "pain", "chair"]
ROOM = ["looking", "calibrate"]
FIRST = ["shown", "looking", "rest", "calibrate", "play", "effort", "pain"]


def answers(documents) -> list[tuple[str, str, float]]:
    """(session, question, value) as they were written down."""
    told = [each for each in documents if each.kind == "event" and each.body["name"] == "answer"]
    return [(each.session_id, each.body["what"], each.body["value"]) for each in told]


def stops(documents) -> list[tuple[str, str]]:
    return [(each.body["status"], each.body["reason"]) for each in documents if each.kind == "stop"]


@pytest.mark.parametrize("kind", ["severe", "neglect"])
def test_somebody_is_led_through_a_day_by_the_hand_alone(kind: str) -> None:
    house = House(minutes=0.2)
    came = visited(day_of("orchard_reach", "star_shift"), house, kind)
    assert came.over
    assert came.screens[: len(BEFORE + ROOM)] == BEFORE + ROOM
    assert came.screens[-2:] == ["summary", "bye"]
    assert came.screens.count("play") == 2
    assert came.screens.count("rest") >= 3  # one between the two, beside those in which they calibrate
    assert stops(came.documents) == [
        ("completed", "calibrated"),
        ("completed", "time"),
        ("completed", "time"),
    ]
    written = answers(came.documents)
    assert ("room", "dizziness", 0.0) in written
    for session in house.opened[1:]:
        own = [what for each, what, _ in written if each == session._setup.session_id]
        assert own[-2:] == ["effort", "pain"]  # asked before it was closed


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("kind", ["severe", "neglect"])
def test_whoever_begins_for_the_first_time_is_at_home_in_two_minutes(kind: str, side: Side) -> None:
    """The hand that is good chooses, and nobody has said yet which that is."""
    house = House(after=day_of("orchard_reach"))
    good = other_side(side)
    means = {"affected": side, "points": good, "home": "close"}
    came = visited(Day(), house, kind, means=means, longest_s=120.0, side=side)
    assert came.screens == ["affected", "points", "posture", "camera", "picture", "home", "bye"]
    (player,) = house.kept
    assert (player.affected, player.points, player.posture) == (side, good, "sitting")


def test_the_summary_tells_what_is_known_as_soon_as_it_is_known() -> None:
    """It is asked of whoever plays, and only where it is told."""
    asked: list[tuple[str, int]] = []
    known = told(day_of(), date(2026, 11, 12), (), ())

    class Knows(House):
        def told(self, player):
            asked.append((player.id, len(self.opened)))
            return known if len(asked) > 30 else None

    came = visited(day_of("orchard_reach", checked=True), Knows(minutes=0.1))
    assert came.over
    assert set(asked) == {("virtual", 0), ("virtual", 1)}
    first, last = came.summaries[0], came.summaries[-1]
    assert first.sums is not None
    assert (last.week, last.sums) == (known.week, known.sums)
    assert first.number == last.number  # the same screen: whoever has begun to choose goes on


@pytest.mark.parametrize("flag", ["chest_pain", "fall"])
def test_hazard_h11_a_red_flag_ends_the_day_is_advised_and_written_down(flag: str) -> None:
    house = House()
    came = visited(day_of("orchard_reach"), house, means={flag: "yes"})
    assert came.screens[-2:] == ["advice", "bye"]
    assert came.over
    assert "play" not in came.screens
    assert stops(came.documents) == [("stopped", flag)]
    (flagged,) = [each.body for each in came.documents if each.kind == "event" and each.body.get("flag")]
    assert (flagged["what"], flagged["state"]) == (flag, "end_session")


def test_an_answer_by_mistake_is_taken_back() -> None:
    house = House(minutes=0.1)
    came = visited(day_of("orchard_reach"), house, means={"fall": "yes", "advice": "mistake"}, longest_s=60)
    assert came.screens.count("advice") >= 2  # this one always makes the mistake
    assert came.documents == []


def test_much_pain_before_is_enough_for_today() -> None:
    came = visited(day_of("orchard_reach"), House(), means={"pain": "6"})
    assert came.screens[-3:] == ["enough", "summary", "bye"]
    assert stops(came.documents) == [("stopped", "pain_end")]


@pytest.mark.parametrize("at_s", [0.5, 3.0, 12.0, 30.0, 60.0])
def test_hazard_h10_stop_is_obeyed_in_the_step_in_which_it_comes(at_s: float) -> None:
    house = House(minutes=0.3)
    came = visited(day_of("orchard_reach"), house, inputs=[(at_s, Stop("key"))], longest_s=at_s + 0.05)
    assert came.screens[-1] in ("stopped", "bye")
    assert all(session.closed is not None for session in house.opened)


def test_after_stop_in_play_the_day_ends_and_no_session_is_begun_for_it() -> None:
    house = House(minutes=0.5)
    stopped = visited(
        day_of("orchard_reach", checked=True),
        house,
        means={"stopped": "finish"},
        inputs=[(75.0, Stop("key"))],
        longest_s=140,
    )
    assert stopped.over
    assert stopped.screens[-3:] == ["stopped", "summary", "bye"]
    assert len(house.opened) == 1
    assert stops(stopped.documents) == [("stopped", "key")]


def test_hazard_h10_one_key_alone_leads_through_a_day_without_a_hand() -> None:
    """Nobody is in the picture: what moves is the light that goes from choice to choice."""
    presses: list[tuple[float, Input]] = [(s / 2, Key()) for s in range(1, 40)]
    presses += [(40.0, Stop("key")), (42.0, Stop("key"))]
    day = day_of("orchard_reach", checked=True)
    came = visited(day, House(), None, inputs=presses, longest_s=100)
    assert came.over
    assert came.screens == [*BEFORE, "shown", "looking", "stopped", "bye"]
