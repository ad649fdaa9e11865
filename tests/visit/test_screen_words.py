"""Every screen of a visit has its words: what it asks, what can be chosen there, and why it ended."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from test_visit_flow import DAYS, key_of, steps_from

import rehabgames.session
from rehabgames.app.patience import NOT_BEGUN, NOT_CALIBRATED
from rehabgames.app.repertoire import library
from rehabgames.core.inputs import Answer, Question, Stop
from rehabgames.core.limits import Limits
from rehabgames.core.message import Message
from rehabgames.core.player import PICTURES, Comfort
from rehabgames.safety import Envelope, State, StopRules
from rehabgames.session.session import NO_RANGE, NO_SUPPORT
from rehabgames.visit.flow import Flow
from rehabgames.visit.screens import EFFORTS, STEPS, Screen, scale, screen_of
from rehabgames.words import catalogue, fields_of, languages, render

SPOKEN = sorted(i for i in catalogue("en") if i.startswith(("menu.", "ask.")))


def screens():
    """Every screen of every day that the flow can come to, with what is answered and how sessions end."""
    for day in DAYS.values():
        seen, front = set(), [Flow(day)]
        while front:
            flow = front.pop()
            if key_of(flow) in seen:
                continue
            seen.add(key_of(flow))
            if not flow.in_session:
                yield screen_of(flow)
            front += [after for _, after in steps_from(flow)]


def messages(menu):
    yield menu.title
    yield from menu.facts
    for choice in menu.choices:
        yield choice.label
        yield from choice.facts
    for planned in menu.planned:
        yield from (planned.title, planned.minutes)


def made_up(message: Message) -> bool:
    """Names of exercises and reasons that only the tests of the flow know."""
    return message.id.startswith("exercise.e") or message.id == "why.x"


def test_every_message_of_every_screen_is_in_every_catalogue():
    said = {m.id: m for screen in screens() for m in messages(screen.menu(0)) if not made_up(m)}
    assert len(said) > 80
    for language in languages():
        assert sorted(set(said) - set(catalogue(language))) == []
    for message in said.values():
        assert fields_of(message.id) <= set(message.params), message.id
        assert render(message)


def reasons_of_sessions():
    """Codes with which a session closes that was not completed, as its source says them."""
    folder = Path(rehabgames.session.__file__).parent
    files = [*folder.glob("*.py"), *(folder.parent / "app").glob("*.py")]
    for path in files:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                continue
            if call.func.attr in ("close", "_close") and len(call.args) == 2:
                status, reason = call.args
                literal = isinstance(status, ast.Constant) and isinstance(reason, ast.Constant)
                if literal and status.value != "completed":
                    yield reason.value


def rulings():
    """Codes of what a person says that end an exercise or a day."""
    for what in get_args(Question):
        for first in (0.0, 3.0):
            for value in range(11):
                ruling = StopRules(Limits(), first_pain=first).hear(Answer(what, float(value)), 0.0)
                if ruling.state >= State.END_EXERCISE:
                    yield ruling.code


def refusals():
    """Codes of exercises that may not be done."""
    envelope = Envelope(Limits())
    for posture in ("sitting", "standing", "lying"):
        for support in (True, False, None):
            yield envelope.exercise_allowed(posture, support)


def test_how_tired_somebody_is_is_answered_in_words_for_that():
    labels = [choice.label.id for choice in scale("effort", "tired").menu(0).choices]
    assert labels == [f"tired.{n}" for n in EFFORTS]
    assert [choice.label.id for choice in scale("effort").menu(0).choices] == [f"effort.{n}" for n in EFFORTS]


def test_why_it_ended_is_told_in_words_whatever_it_was():
    sessions = set(reasons_of_sessions())
    assert {"tracking", "record", "game", "over_range", "fault"} <= sessions
    ruled = set(rulings())
    assert {"chest_pain", "pain_end", "pain_rise", "effort_end", "soreness_stop"} <= ruled
    stops = set(get_args(get_type_hints(Stop)["by"]))
    assert {"key", "press"} <= stops
    refused = set(refusals()) - {None, NO_SUPPORT}  # what is not confirmed yet is waited for
    assert refused
    codes = sessions | ruled | stops | refused | {NO_RANGE, NOT_BEGUN, NOT_CALIBRATED}
    assert sorted({f"why.{code}" for code in codes} - set(catalogue("en"))) == []


FLAGS = ("chest_pain", "new_weakness", "speech_or_vision", "dizziness", "fall", "sharp_pain")


@pytest.mark.parametrize("code", [*FLAGS, "pain_stop", "soreness_stop"])
def test_hazard_h11_who_must_not_practise_is_told_whom_to_call(code):
    assert "call" in render(Message(f"why.{code}")).lower()


def test_scales_pictures_and_exercises_have_names():
    wanted = (
        {f"pain.{n}" for n in STEPS} | {f"soreness.{n}" for n in STEPS} | {f"effort.{n}" for n in EFFORTS}
    )
    wanted |= {f"tired.{n}" for n in EFFORTS} | {f"choice.{name}" for name in PICTURES}
    wanted |= {f"exercise.{each.id}" for each in library().exercises()}
    assert wanted <= set(catalogue("en"))


@pytest.mark.parametrize("message_id", SPOKEN)
def test_what_a_screen_asks_has_at_most_eight_words(message_id):
    assert 1 <= len(render(Message(message_id, {"minutes": 5})).split()) <= 8


def test_in_arabic_rows_are_read_from_the_right_but_sides_are_sides() -> None:
    def order(screen, language: str) -> list[str]:
        choices = screen.menu(0, Comfort(language=language)).choices
        return [each.id for each in sorted(choices, key=lambda each: (each.box[1], each.box[0]))]

    def at(where: str) -> Screen:
        flow = Flow(DAYS["two"])
        flow.at = where
        return screen_of(flow)

    pain, shown = scale("pain"), at("shown")
    assert order(pain, "en") == ["0", "2", "4", "6", "8", "10"]
    assert order(pain, "ar") == ["4", "2", "0", "10", "8", "6"]
    for language, on_the_right in (("en", {"go_on"}), ("ar", {"who", "skip"})):
        beside = shown.menu(0, Comfort(language=language)).choices
        assert {each.id for each in beside if each.box[0] > 0.5} == on_the_right
    for name in ("affected", "points"):
        assert order(at(name), "ar")[0] == "left"
