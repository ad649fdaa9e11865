"""`rehabgames what-if`: a stored session asked again; bad input is one message and exit code 2."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helped import helped
from terminal import Terminal

from rehabgames.adapt import ADAPTERS
from rehabgames.app.wiring import Request, calibration_of, setup_of
from rehabgames.core.document import Document
from rehabgames.core.trial import Goal, Outcome, TrialSpec
from rehabgames.records.store import Store
from rehabgames.session.diary import Diary

NAMED = "skill, weighted_up_down, n_down_one_up, quest_plus or fixed"


def written(session_id: str, *, trials: int, calibration: bool = False) -> list[Document]:
    """The documents of a session, by the session's own diary; half of the trials succeeded."""
    request = Request("orchard_reach", "p-17", seed=3)
    setup = calibration_of(request, "reach_quick") if calibration else setup_of(request)
    diary, rng = Diary(session_id), np.random.default_rng(3)
    diary.start(setup, 0.0)
    for number in range(trials):
        diary.at(5.0 * number)
        goal = Goal(60.0, 0.7, 0.12, 0.3)
        spec = TrialSpec(number, {"distance": 0.7 + 0.02 * number}, goal, goal, 8.0)
        margin = float(rng.normal(0.0, 0.05))
        reason = "placed" if margin > 0 else "not_reached"
        diary.trial(spec, Outcome(number, margin > 0, reason, margin, 0.7 + margin, 1.0, 2.0), 1.5)
    return list(diary.take())


@pytest.fixture
def kept(terminal: Terminal) -> Terminal:
    with Store.open(terminal.home) as store:
        for each in (*written("s1", trials=8), *written("c1", trials=0, calibration=True)):
            store.add(each)
        damaged = written("d1", trials=3)
        for each in damaged:
            store.add(replace(each, body={**each.body, "levels": 3}) if each.kind == "trial" else each)
    return terminal


def test_help_imports_nothing_heavy() -> None:
    ((code, said, imported),) = helped(("what-if",))
    assert code == 0
    assert "Usage: rehabgames what-if" in said
    assert imported in ([], ["pydantic"])


def test_the_help_names_every_adapter(terminal: Terminal) -> None:
    assert sorted(NAMED.replace(" or", ",").split(", ")) == sorted(ADAPTERS)
    assert NAMED in terminal.typed("what-if", "--help").out


def test_trial_by_trial_and_in_sum(kept: Terminal, tmp_path: Path) -> None:
    numbers = tmp_path / "what-if.json"
    answer = kept("what-if", "s1", "--adapter", "weighted_up_down", "--target", "0.8", "--json", numbers)
    assert (answer.code, answer.err) == (0, "")
    told = json.loads(numbers.read_text("utf-8"))
    assert (told["session"], told["compared"], len(told["trials"])) == ("s1", 8, 8)
    assert told["settings"]["adapter"] == "weighted_up_down"
    assert told["settings"]["target_success"] == 0.8
    assert not told["as_recorded"]
    for said in (
        "s1: played with skill; 75% of tries to succeed",
        "What if: weighted_up_down; 80% of tries to succeed",
        "On average over 8 trials: distance ",
        "cannot be known",
    ):
        assert said in answer.out
    for line in told["trials"]:
        assert f"{line['asked']['distance']:.2f}" in answer.out
        assert line["why"] in answer.out


def test_an_axis_can_be_locked_and_an_order_given(kept: Terminal, tmp_path: Path) -> None:
    numbers = tmp_path / "what-if.json"
    answer = kept.typed("what-if", "s1", "--lock", "distance=0.8", "--json", numbers)
    assert (answer.code, answer.err) == (0, "")
    assert {line["asked"]["distance"] for line in json.loads(numbers.read_text("utf-8"))["trials"]} == {0.8}
    assert kept.typed("what-if", "s1", "--order", "distance").code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("s9",), "There is no session 's9'. Did you mean 's1'?"),
        (("s1", "--adapter", "skil"), "There is no adapter 'skil'. Did you mean 'skill'?"),
        (("s1", "--target", "75"), "--target 75 is not possible. Choose 0.5 to 0.95."),
        (("s1", "--lock", "distnce=1"), "There is no axis 'distnce'. Did you mean 'distance'?"),
        (("s1", "--lock", "distance=2"), "--lock 'distance=2' is not possible. Choose 0.45 to 1.25."),
        (("s1", "--order", "distnce"), "There is no axis 'distnce'. Did you mean 'distance'?"),
        (
            ("c1",),
            "The session c1 is a calibration and has no trials. Choose one in which an exercise was played.",
        ),
        (("d1",), "The record of d1 is damaged. Ask about another session."),
        (
            ("s1", "--json", "nowhere/numbers.json"),
            "nowhere/numbers.json cannot be written. Name a file in a folder that exists and is yours.",
        ),
    ],
)
def test_bad_input_is_one_message(kept: Terminal, arguments: tuple[str, ...], message: str) -> None:
    answer = kept.typed("what-if", *arguments)
    assert answer.code == 2
    assert answer.message == message
    assert kept.files() == []


def test_before_the_first_session(terminal: Terminal) -> None:
    answer = terminal.typed("what-if")
    assert answer.code == 2
    assert answer.message.startswith("There is no session in ")
    assert answer.message.endswith("Play one: rehabgames demo")
