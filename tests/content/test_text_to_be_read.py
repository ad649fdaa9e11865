"""Titles and other texts that are shown can be seen, and read in the order in which they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shipped import EXERCISE, KNOWN, changed

from rehabgames.app.repertoire import library
from rehabgames.content.reading import Source
from rehabgames.content.rules import TURNING, is_visible
from rehabgames.content.schema import exercise_of

GOOD = [
    "Reach",
    "Äpfel pflücken",
    "למעלה",  # is read from the right without any sign that turns it
    "می\u200cخواهم",  # a joiner inside a word is how it is written
    "👩\u200d🌾 farm",
    "1",
    "é e\u0301",
    "🍎",
]
UNSEEN = [
    "\u200b",
    "\u2060\ufeff",
    "\u200d \u200c",
    "\u00ad",
    "\u2800",
    "\u3164",
    "\u0301",
    "\ue000",
    "\u180e",
]
TEXTS = ["title", "camera", "purpose.goal", "purpose.evidence"]


def whats(key: str, text: object) -> list[str]:
    _, findings = exercise_of(changed("orchard_reach", (key, text)), library().known)
    return [f"{each.key}: {each.what}" for each in findings]


@pytest.mark.parametrize("text", GOOD)
def test_text_that_can_be_read_is_good(text: str) -> None:
    assert whats("title", text) == []


@pytest.mark.parametrize("key", TEXTS)
@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_text_that_nobody_sees_is_told(key: str, text: str) -> None:
    assert whats(key, text) == [f"{key}: must be text that can be seen, got invisible characters only"]


@pytest.mark.parametrize("key", TEXTS)
@pytest.mark.parametrize("turn", sorted(TURNING), ids=ascii)
def test_text_that_turns_round_is_told(key: str, turn: str) -> None:
    said = "must be text without characters that turn the direction of writing"
    assert whats(key, f"safe {turn}ton si siht") == [f"{key}: {said}"]


def test_lists_of_text_are_looked_at_one_by_one() -> None:
    assert whats("purpose.for_whom", ["stroke", "\u200b"]) == [
        "purpose.for_whom[1]: must be text that can be seen, got invisible characters only"
    ]


@given(st.text(max_size=20))
def test_whatever_is_taken_can_be_seen(text: str) -> None:
    source = Source("x.toml", "some_name", table=EXERCISE.table | {"title": text})
    exercise, _ = exercise_of(source, KNOWN.with_protocols(frozenset({"reach_quick"})))
    if exercise is not None:
        assert any(map(is_visible, exercise.title))
        assert not set(exercise.title) & TURNING
