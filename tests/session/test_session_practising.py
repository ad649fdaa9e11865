"""A first try that does not count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehabgames.app.repertoire import library
from rehabgames.core.message import Message
from rehabgames.session.practising import NUMBER
from rehabgames.testing import Act, Acted, act, setup_for

SITTING = [each.id for each in library().exercises() if each.posture == "sitting"]


def played(exercise: str, *, practice: bool, kind: str = "mild") -> Acted:
    setup = replace(setup_for(exercise, 3, minutes=2.0), practice=practice)
    return act(Act(setup, kind, 3, tries=2, whole=True))


def tries(acted: Acted) -> list[dict]:
    return [each.body for each in acted.documents if each.kind == "trial"]


def practised(acted: Acted) -> list[dict]:
    return [each.body for each in acted.events("practised")]


@pytest.mark.parametrize("exercise", SITTING)
def test_the_first_try_is_as_easy_as_can_be_and_nothing_follows_from_it(exercise: str) -> None:
    with_it, without = played(exercise, practice=True), played(exercise, practice=False)
    (first,) = practised(with_it)
    axes = library().exercise(exercise).axes
    assert first["number"] == NUMBER
    assert first["levels"] == pytest.approx({axis.name: axis.easiest for axis in axes}, abs=1e-6)
    assert practised(without) == []
    kept, plain = tries(with_it), tries(without)
    assert [each["number"] for each in kept] == [each["number"] for each in plain] == [0, 1]
    assert (kept[0]["levels"], kept[0]["goal"]) == (plain[0]["levels"], plain[0]["goal"])
    assert kept[0]["why"] == plain[0]["why"]


def test_it_is_said_that_it_does_not_count_and_that_it_does_now() -> None:
    acted = played("orchard_reach", practice=True, kind="severe")
    views = [view for _, view, _ in acted.moments if view.phase == "play" and view.prompt is not None]
    playing = [(view.prompt, view.count, view.score) for view in views]
    prompts = [prompt for prompt, _, _ in playing]
    assert prompts[0] == Message("play.practice")
    now = prompts.index(Message("play.counts_now"))
    assert {(count, score) for _, count, score in playing[: now + 1]} == {(0, 0)}
    assert Message("play.practice") not in prompts[now:]
    assert len({prompt.id for prompt in prompts[:now]}) > 1  # what is asked in it is said as well


def test_it_is_a_repetition_of_the_body() -> None:
    done = [played("orchard_reach", practice=wanted).documents[-1].body["done"] for wanted in (True, False)]
    assert done[0]["repetitions"] == done[1]["repetitions"] + 1
