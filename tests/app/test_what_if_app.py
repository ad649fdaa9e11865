"""A stored session is asked again under other settings; with its own it comes out as it was."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from acted_sessions import TICK_S, acted, keep
from bodies import frame_of

from rehabgames.adapt import ADAPTERS
from rehabgames.app.telling_what_if import tell_what_if
from rehabgames.app.what_if import SAME, WhatIf, Wishes, what_if
from rehabgames.app.wiring import Request, calibration_of, setup_of
from rehabgames.core.document import Document
from rehabgames.core.errors import UnknownNameError, UseError
from rehabgames.core.exercise import Axis
from rehabgames.core.inputs import Input, Recorded
from rehabgames.core.message import Message
from rehabgames.core.plan import Prescription
from rehabgames.core.trial import Learnt
from rehabgames.core.view import View
from rehabgames.patients import Patient
from rehabgames.records.store import DATABASE_NAME, Store
from rehabgames.session import Session, Setup
from rehabgames.words import render

Spoil = Callable[[dict[str, Any]], object]
SIZE = Axis("size", 0.25, 0.06, 0.12, 0.01)


def played(setup: Setup, kind: str, most_s: float = 180.0) -> list[Document]:
    """The documents of a session at landmark level; one that goes on for too long is cut off."""
    session, who = Session(setup), Patient(kind, setup.side, seed=setup.seed)
    documents: list[Document] = []
    fresh: list[Document] = []
    view: View | None = None
    for index in range(int(most_s / TICK_S)):
        now_s = 500.0 + index * TICK_S
        inputs: list[Input] = [Recorded(fresh[-1].number)] if fresh else []
        step = session.step(frame_of(who.step(view, now_s), now_s, index, 0.5, setup.seed), inputs, now_s)
        fresh, view = list(step.documents), step.view
        documents += fresh
        if session.closed:
            break
    return documents


def prescribed(
    name: str, prescription: Prescription, kind: str = "moderate", seed: int = 6
) -> list[Document]:
    """Of an exercise with two axes, played as prescribed."""
    setup = setup_of(Request("orchard_reach", "p-17", prescription.side, seed, 1.2))
    assert setup.exercise is not None
    exercise = replace(setup.exercise, axes=(*setup.exercise.axes, SIZE))
    return played(replace(setup, session_id=name, exercise=exercise, prescription=prescription), kind)


@pytest.fixture(scope="module")
def one() -> list[Document]:
    return acted("s1", 1)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, one: list[Document]) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    two_axes = Prescription(
        "orchard_reach",
        "right",
        target_success=0.8,
        adapter="weighted_up_down",
        order=("size", "distance"),
        probe_every=3,
    )
    locked = Prescription("orchard_reach", "right", adapter="quest_plus", locked={"distance": 0.8})
    again = replace(setup_of(Request("orchard_reach", "p-17", "left", 8, 0.5)), session_id="again")
    with Store.open(folder) as store:
        keep(store, one)
        keep(store, acted("s2", 2, "severe"))
        keep(store, prescribed("two_axes", two_axes))
        keep(store, prescribed("locked", locked))
        learnt = Learnt({"distance": 0.85}, 0.08)
        keep(store, played(replace(again, aim="compensation", learnt=learnt), "mild"))
    return folder


@pytest.fixture
def record(kept: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REHABGAMES_HOME", str(kept))
    return kept


def asked(session: str, adapter: str | None = None, target: float | None = None, **more: Any) -> WhatIf:
    return what_if(session, Wishes(adapter, target, **more))


@pytest.mark.parametrize("session", ["s1", "s2", "two_axes", "locked", "again"])
def test_its_own_settings_ask_what_was_played(record: Path, session: str) -> None:
    found = asked(session)
    with Store.open(record) as store:
        trials = store.trials(found.session)
    assert found.as_recorded
    assert found.differing == ()
    assert [line.number for line in found.lines] == [trial.trial for trial in trials]
    unmoved = [line for line in found.compared if not line.moved]
    assert len(unmoved) > 3
    for line in unmoved:
        assert line.asked == pytest.approx(line.played, abs=SAME)
        assert line.why == line.why_played
    levels = {tuple(line.played.values()) for line in unmoved}
    assert len(levels) > 2, "levels that never change would prove nothing"


def test_the_record_alone_says_with_what_it_was_played(record: Path) -> None:
    first, second = asked("two_axes").recorded, asked("locked").recorded
    assert (first.adapter, first.target_success) == ("weighted_up_down", 0.8)
    assert first.order == ("size", "distance")
    assert (second.adapter, second.target_success, second.locked) == ("quest_plus", 0.75, {"distance": 0.8})
    assert [axis.name for axis in first.axes] == ["distance", "size"]
    assert first.axes[1] == SIZE
    third = asked("again").recorded
    assert (third.aim, third.learnt, third.seed) == ("compensation", Learnt({"distance": 0.85}, 0.08), 8)


def test_naming_the_recorded_settings_changes_nothing(record: Path) -> None:
    assert asked("s1") == asked("s1", "skill", 0.75)
    assert asked("two_axes") == asked("two_axes", "weighted_up_down", 0.8, order="size, distance")
    assert asked("locked") == asked("locked", locks=("distance = 0.80",))
    assert not asked("s1", "fixed").as_recorded


def test_a_beginning_and_last_name_a_session(record: Path) -> None:
    assert asked("two").session == "two_axes"
    with Store.open(record) as store:
        assert asked("last").session == store.session("last").id


@pytest.mark.parametrize("adapter", sorted(ADAPTERS))
def test_every_adapter_answers_inside_the_axes_and_says_why(record: Path, adapter: str) -> None:
    for session in ("s1", "two_axes"):
        found = asked(session, adapter)
        axes = {axis.name: axis for axis in found.settings.axes}
        for line in found.compared:
            assert line.asked.keys() == axes.keys()
            for name, level in line.asked.items():
                assert axes[name].lowest - SAME <= level <= axes[name].highest + SAME
            assert line.why.endswith(".")
            assert not line.why.startswith("adapt.")


def test_a_fixed_difficulty_stays_at_the_start(record: Path) -> None:
    found = asked("s1", "fixed")
    assert [line.asked["distance"] for line in found.lines] == pytest.approx([0.7] * len(found.lines))


def test_a_staircase_goes_on_from_what_was_played(record: Path) -> None:
    """Up by the step of the file after a success, doubled until the first turn."""
    found = asked("s1", "weighted_up_down", 0.9)
    assert all(line.success and not line.compensated for line in found.lines)
    for before, line in zip(found.lines, found.lines[1:], strict=False):
        hardest = found.settings.axes[0].hardest
        assert line.asked["distance"] == pytest.approx(min(hardest, before.played["distance"] + 0.06))
        assert "because more than 90 % succeed" in line.why


def test_a_higher_target_asks_for_less(record: Path) -> None:
    high, low = asked("s2", target=0.95), asked("s2", target=0.5)
    assert high.difference("distance") < low.difference("distance")
    assert high.share("easier") > low.share("easier")
    assert low.share("harder") > high.share("harder")


def test_a_locked_axis_stays_and_the_others_go_on(record: Path) -> None:
    found = asked("two_axes", locks=("size=0.1",), order="distance")
    assert {line.asked["size"] for line in found.compared} == {0.1}
    assert len({line.asked["distance"] for line in found.compared}) > 1
    still = asked("s1", locks=("distance=0.8",))
    assert {line.asked["distance"] for line in still.lines} == {0.8}
    assert {line.why for line in still.lines} == {render(Message("adapt.locked"))}


def test_the_summary_is_that_of_the_lines(record: Path) -> None:
    found = asked("two_axes", "skill", 0.6)
    told = json.loads(json.dumps(found.as_json(), allow_nan=False))
    compared = [line for line in told["trials"] if not line["probe"]]
    assert told["compared"] == len(compared) < len(told["trials"]), "probes are shown, and not compared"
    assert sum(told["share"].values()) == pytest.approx(1, abs=1e-5)
    for axis, mean in told["mean_difference"].items():
        apart = [line["asked"][axis] - line["played"][axis] for line in compared]
        assert mean == pytest.approx(sum(apart) / len(apart), abs=1e-6)
    for course, share in told["share"].items():
        assert share == pytest.approx(
            sum(line["course"] == course for line in compared) / len(compared), abs=1e-6
        )
    for line in compared:
        # a larger distance is harder, and so is a smaller fruit
        ways = {
            (line["asked"][axis] > line["played"][axis]) == (axis == "distance")
            for axis in line["asked"]
            if abs(line["asked"][axis] - line["played"][axis]) > SAME
        }
        assert line["course"] == {0: "same", 2: "mixed"}.get(
            len(ways), "harder" if True in ways else "easier"
        )
    assert (told["settings"]["adapter"], told["recorded"]["adapter"]) == ("skill", "weighted_up_down")


def test_what_is_told(
    record: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    tell_what_if(asked("s1"))
    said = capsys.readouterr().out
    assert "Asked again with the same settings" in said
    assert "the same in 100%" in said
    assert "that were not played cannot be known" in said
    tell_what_if(asked("two_axes", "n_down_one_up"))
    said = capsys.readouterr().out
    assert "What if: n_down_one_up; 80% of tries to succeed; what gets harder: size, then distance" in said
    assert "no adapter asks for a probe" in said


def test_a_program_that_adapts_otherwise_is_said(
    home: Path, one: list[Document], capsys: pytest.CaptureFixture[str]
) -> None:
    spoiled(
        home,
        one,
        "trial",
        lambda body: [body[of].update(distance=0.5) for of in ("levels", "asked") if body["number"] == 4],
    )
    found = asked("s1")
    assert found.differing[0].number == 4
    tell_what_if(found)
    assert f"recorded by version {found.version}" in capsys.readouterr().out


def spoiled(home: Path, documents: list[Document], kind: str, spoil: Spoil) -> None:
    """A record whose documents of this kind were changed in place."""
    bodies = [json.loads(json.dumps(each.body)) for each in documents]
    for each, body in zip(documents, bodies, strict=True):
        if each.kind == kind:
            spoil(body)
    with Store.open(home) as store:
        keep(store, [replace(each, body=body) for each, body in zip(documents, bodies, strict=True)])


@pytest.mark.parametrize(
    ("wishes", "what", "step"),
    [
        (Wishes(adapter="skil"), "There is no adapter 'skil'.", "Did you mean 'skill'?"),
        (Wishes(adapter=""), "There is no adapter ''.", "Choose one of: fixed, "),
        (Wishes(target=80.0), "--target 80 is not possible.", "Choose 0.5 to 0.95."),
        (Wishes(target=math.nan), "--target nan is not possible.", "Choose 0.5 to 0.95."),
        (Wishes(locks=("distence=0.8",)), "There is no axis 'distence'.", "Did you mean 'distance'?"),
        (Wishes(locks=("distance",)), "--lock 'distance' names no level.", "Write it as AXIS=LEVEL."),
        (Wishes(locks=("distance=far",)), "--lock 'distance=far' is not possible.", "Choose 0.45 to 1.25."),
        (Wishes(locks=("distance=9",)), "--lock 'distance=9' is not possible.", "Choose 0.45 to 1.25."),
        (Wishes(locks=("distance=nan",)), "--lock 'distance=nan' is not possible.", "Choose 0.45 to 1.25."),
        (Wishes(locks=("distance=1", "distance=1")), "The axis 'distance' is locked twice.", "Lock it once."),
        (Wishes(order="sise,distance"), "There is no axis 'sise'.", "Did you mean 'size'?"),
        (Wishes(order="size,size"), "--order names 'size' twice.", "Name it once."),
        (Wishes(order=""), "There is no axis ''.", "Choose one of: distance, size."),
        (
            Wishes(order="distance,size", locks=("size=0.1",)),
            "The axis 'size' is locked, so it cannot move.",
            "Leave it out of --order.",
        ),
    ],
)
def test_a_setting_that_cannot_be(record: Path, wishes: Wishes, what: str, step: str) -> None:
    with pytest.raises(UseError) as error:
        what_if("two_axes", wishes)
    assert error.value.exit_code == 2
    assert error.value.what == what
    assert error.value.next_step.startswith(step)


def test_an_order_against_a_lock_of_the_record(record: Path) -> None:
    with pytest.raises(UseError, match=r"'distance' is locked.*It was locked when it was played"):
        asked("locked", order="distance")


@pytest.mark.parametrize("session", ["s4", "s" * 300, ".", "sésame", "a\0b"])
def test_a_session_that_does_not_exist(record: Path, session: str) -> None:
    with pytest.raises(UnknownNameError, match="There is no session"):
        asked(session)


def test_a_calibration_has_no_trials(home: Path) -> None:
    setup = replace(calibration_of(Request(patient="p-17", seed=3), "reach_quick"), session_id="c1")
    with Store.open(home) as store:
        keep(store, played(setup, "healthy"))
    with pytest.raises(UseError, match="c1 is a calibration and has no trials"):
        asked("c1")


def test_a_session_that_ended_before_its_first_trial(home: Path, one: list[Document]) -> None:
    with Store.open(home) as store:
        keep(store, [each for each in one if each.kind != "trial"])
    with pytest.raises(UseError, match="The session s1 has no trials"):
        asked("s1")


def test_an_adapter_that_is_not_here_can_be_replaced(home: Path, one: list[Document]) -> None:
    spoiled(home, one, "start", lambda body: body.update(adapter="house_made"))
    with pytest.raises(UseError, match=r"played with 'house_made', which is not here\. Choose another"):
        asked("s1")
    assert asked("s1", "fixed").settings.adapter == "fixed"


def test_a_record_of_before_plans_and_probes(home: Path, one: list[Document]) -> None:
    """What older programs did not write has its default."""
    late = {"prescription", "aim", "learnt", "probe", "assisted", "compensated", "why", "path_ratio"}
    with Store.open(home) as store:
        keep(store, [replace(e, body={k: v for k, v in e.body.items() if k not in late}) for e in one])
    assert asked("s1").differing == ()


def test_a_trial_that_was_cut_short_is_heard_and_not_shown(home: Path, one: list[Document]) -> None:
    trials = [each for each in one if each.kind == "trial"]
    cut = {**trials[-1].body, "name": "trial_abandoned", "success": None, "reason": "stopped", "margin": None}
    with Store.open(home) as store:
        keep(store, [replace(e, kind="event", body=cut) if e == trials[-2] else e for e in one])
    found = asked("s1", "fixed")
    assert [line.number for line in found.lines] == [t.body["number"] for t in trials if t != trials[-2]]
    assert found.lines[-1].why == render(Message("adapt.unjudged"))


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        ("start", lambda body: body.pop("axes")),
        ("start", lambda body: body.update(axes=[1])),
        ("start", lambda body: body.update(axes={})),
        ("start", lambda body: body["axes"]["distance"].update(step=0)),
        ("start", lambda body: body["axes"]["distance"].update(start=9)),
        ("start", lambda body: body["axes"]["distance"].update(hardest="far")),
        ("start", lambda body: body.update(seed=-1)),
        ("start", lambda body: body.update(seed="one")),
        ("start", lambda body: body.pop("adapter")),
        ("start", lambda body: body.update(adapter=3)),
        ("start", lambda body: body.update(target_success=1.0)),
        ("start", lambda body: body.update(target_success=None)),
        ("start", lambda body: body.update(prescription=[1])),
        ("start", lambda body: body.update(prescription={"locked": {"distance": "near"}})),
        ("start", lambda body: body.update(prescription={"order": 3})),
        ("start", lambda body: body.update(aim="glory")),
        ("start", lambda body: body.update(learnt={"levels": {"distance": 1.0}})),
        ("start", lambda body: body.update(versions=["1"])),
        ("trial", lambda body: body.pop("levels")),
        ("trial", lambda body: body.update(levels={})),
        ("trial", lambda body: body.update(asked={"size": 1.0})),
        ("trial", lambda body: body.update(levels=[3])),
        ("trial", lambda body: body["levels"].update(distance=None)),
        ("trial", lambda body: body["levels"].update(distance=10**400)),
        ("trial", lambda body: body.update(success="yes")),
        ("trial", lambda body: body.update(number=None)),
        ("trial", lambda body: body.update(goal=None)),
        ("trial", lambda body: body["goal"].pop("radius")),
        ("trial", lambda body: body.update(margin="deep")),
        ("trial", lambda body: body.update(probe=None)),
        ("trial", lambda body: body.update(why="because")),
        ("trial", lambda body: body.update(why={"id": "adapt.start", "params": {"target": [75]}})),
        ("trial", lambda body: body.update(clamped=3)),
    ],
)
def test_a_damaged_record_is_said_in_one_sentence(
    home: Path, one: list[Document], kind: str, spoil: Spoil
) -> None:
    spoiled(home, one, kind, spoil)
    with pytest.raises(UseError) as error:
        asked("s1")
    assert error.value.exit_code == 2
    assert str(error.value) == "The record of s1 is damaged. Ask about another session."


@pytest.mark.parametrize(("table", "column"), [("trials", "body"), ("sessions", "start")])
@pytest.mark.parametrize("text", ["{", "[]", "3", ""])
def test_a_document_that_is_no_longer_one(
    home: Path, one: list[Document], table: str, column: str, text: str
) -> None:
    with Store.open(home) as store:
        keep(store, one)
    engine = sa.create_engine(f"sqlite:///{home / DATABASE_NAME}")
    with engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE {table} SET {column} = :text"), {"text": text})
    engine.dispose()
    with pytest.raises(UseError, match="The record of s1 is damaged"):
        asked("s1")
