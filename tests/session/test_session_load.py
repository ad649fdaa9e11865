"""Sessions in which it is to be chosen what to reach for, from the exercise file to the record and back."""

from __future__ import annotations

import itertools
import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from playing import Run, said, setup

from rehabgames.app.what_if import Wishes, what_if
from rehabgames.content.known import Known
from rehabgames.content.reading import read_source
from rehabgames.content.root import exercises_folder
from rehabgames.content.schema import exercise_of
from rehabgames.core.exercise import Exercise
from rehabgames.core.limits import Limits
from rehabgames.core.trial import Goal
from rehabgames.core.view import FRUITS
from rehabgames.games import GAMES
from rehabgames.patients import KINDS, Patient
from rehabgames.records.store import Store
from rehabgames.safety import Envelope
from rehabgames.session import Setup

LOAD = "\n[axes.load]\neasiest = {easiest}\nhardest = {hardest}\nstart = {start}\nstep = 0.5\n"
KNOWN = Known(
    games=frozenset(GAMES),
    signals=frozenset({"hand_position", "shoulder_elevation.left", "shoulder_elevation.right", "trunk_lean"}),
    adapters=frozenset({"skill", "weighted_up_down", "fixed"}),
    places=frozenset({"orchard"}),
    protocols=frozenset({"reach_quick"}),
    settings={name: game.settings for name, game in GAMES.items()},
)


def exercise(
    folder: Path, *, easiest: float = 0, hardest: float = 4, start: float = 2.4, adapter: str = "fixed"
) -> Exercise:
    """The shipped one with an axis of load, read from a file."""
    text = (exercises_folder() / "orchard_reach.toml").read_text("utf-8")
    text = text.replace('adapter = "skill"', f'adapter = "{adapter}"')
    path = folder / "my_choice.toml"
    path.write_text(text + LOAD.format(easiest=easiest, hardest=hardest, start=start), "utf-8")
    made, findings = exercise_of(read_source(path), KNOWN)
    assert made is not None, findings
    return made


def asked(folder: Path, seed: int = 3, minutes: float = 0.6, **more: float | str) -> Setup:
    return replace(setup(seed, minutes), exercise=exercise(folder, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("load", "wrong"),
    [
        ({"easiest": -1}, "axes.load.easiest: must be 0..5, got -1"),
        ({"hardest": 6}, "axes.load.hardest: must be 0..5, got 6"),
        ({"easiest": 4, "hardest": 0}, "axes.load.hardest: must be more than easiest (4), got 0"),
    ],
)
def test_a_file_with_an_impossible_load_is_refused(
    tmp_path: Path, load: dict[str, float], wrong: str
) -> None:
    text = (exercises_folder() / "orchard_reach.toml").read_text("utf-8")
    numbers = {"easiest": 0, "hardest": 4, "start": 2, **load}
    path = tmp_path / "my_choice.toml"
    path.write_text(text + LOAD.format(**numbers), "utf-8")
    made, findings = exercise_of(read_source(path), KNOWN)
    assert made is None
    assert wrong in [f"{each.key}: {each.what}" for each in findings]


def test_who_understands_plays_it_and_the_record_keeps_what_else_hung_there(tmp_path: Path) -> None:
    run = Run(asked(tmp_path)).until()
    trials = [d.body for d in run.of("trial")]
    assert len(trials) >= 6
    assert [t["reason"] for t in trials] == ["placed"] * len(trials)
    envelope = Envelope(Limits())
    for body in trials:
        others = [Goal(**other) for other in body["others"]]
        assert len(others) == math.floor(body["levels"]["load"] + 0.5) >= 1
        assert all(map(envelope.allows, others))
        assert all(other.distance <= body["goal"]["distance"] for other in others)
    assert sum(len(t["others"]) == 2 for t in trials) > len(trials) / 2
    wanted = [t.kind for view in run.views for t in view.things if t.state == "wanted"]
    assert set(wanted) <= set(FRUITS)
    assert len(set(wanted)) >= 4
    placed = [t.kind for t in run.views[-1].things if t.state == "placed"]
    assert len(placed) == len(trials)
    assert all(a != b for a, b in itertools.pairwise(placed))


def test_the_same_session_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    one, two = (Run(asked(tmp_path, minutes=0.3)).until() for _ in range(2))
    assert said(one.documents) == said(two.documents)
    assert b'"others"' in said(one.documents)


def test_at_load_0_trials_are_those_of_an_exercise_without_it(tmp_path: Path) -> None:
    """But for the level itself, which the record tells."""
    with_axis = Run(asked(tmp_path, minutes=0.4, start=0, hardest=4)).until()
    plain = replace(with_axis.setup.exercise, axes=with_axis.setup.exercise.axes[:1])
    without = Run(replace(with_axis.setup, exercise=plain)).until()
    said_of = {"levels": None, "asked": None}
    trials = [[json.dumps(d.body | said_of) for d in run.of("trial")] for run in (with_axis, without)]
    assert len(trials[0]) >= 3
    assert trials[0] == trials[1]
    assert not any("others" in d.body for d in with_axis.of("trial"))
    assert {t.kind for view in with_axis.views for t in view.things} == {"basket", "fruit"}
    assert [v.target for v in with_axis.views] == [v.target for v in without.views]


def test_the_confused_choose_wrongly_and_that_is_no_judgement_of_their_reach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    confused = replace(KINDS["healthy"], confusion=0.35)
    monkeypatch.setattr("playing.Patient", lambda kind, side, seed: Patient(confused, side, seed))
    run = Run(asked(tmp_path, minutes=1.0, start=3)).until(200.0)
    trials = [d.body for d in run.of("trial")]
    wrong = [t for t in trials if t["reason"] == "wrong"]
    assert 3 <= len(wrong) < len(trials)
    for body in wrong:
        assert body["success"] is False
        assert [body[n] for n in ("margin", "reached", "reach_s", "path_ratio")] == [None] * 4
        assert body["others"]
    assert run.session.successes == sum(t["reason"] == "placed" for t in trials)
    prompts = {view.prompt.id for view in run.views if view.prompt is not None}
    assert {"play.choose", "play.hold", "play.carry", "play.chosen", "play.well_done"} <= prompts


def test_load_alone_adapts_where_it_alone_may_move(tmp_path: Path) -> None:
    made = exercise(tmp_path, start=0, hardest=3, adapter="weighted_up_down")
    load = replace(made.axes[1], step=1.0)
    run = Run(replace(setup(3, 0.8), exercise=replace(made, axes=(load, made.axes[0])))).until()
    levels = [d.body["levels"]["load"] for d in run.of("trial")]
    assert levels[0] == 0.0
    assert max(levels) >= 2.0
    assert any(d.body["why"]["id"] == "adapt.load.harder" for d in run.of("trial"))


def test_what_if_reads_a_record_with_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehabgames.app.what_if.data_folder", lambda: tmp_path)
    run = Run(asked(tmp_path, minutes=0.4, adapter="skill")).until()
    with Store.open(tmp_path) as store:
        for each in run.documents:
            store.add(each)
    found = what_if("last", Wishes())
    assert len(found.lines) == len(run.of("trial")) >= 3
    assert all(line.played["load"] > 0 for line in found.lines)
    easier = what_if("last", Wishes(locks=("load=0",)))
    assert {line.asked["load"] for line in easier.lines} == {0.0}
