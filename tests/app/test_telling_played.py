"""What people are told after play: probes apart from practice, and why it ended."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rehabgames.app.play import Result, came_of
from rehabgames.app.telling import tell_notes, tell_played
from rehabgames.core.plan import Prescription
from rehabgames.records.store import Store
from rehabgames.session import Session, Setup
from rehabgames.testing.acting import Act, act, setup_for


def told(setup: Setup, home: Path, capsys: pytest.CaptureFixture[str]) -> tuple[str, dict[str, Any], Session]:
    """The words, the numbers of the record, and the session itself."""
    acted = act(Act(setup, "healthy", 3))
    with Store.open(home) as store:
        for each in acted.documents:
            store.add(each)
        came = came_of(store.trials(setup.session_id))
    session = acted.session
    rest = dict.fromkeys(("frames_tracked", "frames_seen", "tracked_fps", "render_fps"), 1)
    rest |= {
        "found": "body",
        "capture_to_flip_ms": {"p50": None},
        "session_id": "s",
        "database": "d",
        "report": "r",
    }
    facts = {
        "trials": session.trials,
        "successes": session.successes,
        "closed_as": session.closed,
        "reason": session.reason,
    }
    tell_played(Result({**rest, **facts, **came}, ()))
    return " ".join(capsys.readouterr().out.split()), came, session


def test_probes_are_no_misses(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ordered = Prescription("library_trace", "right", repetitions=6, probe_every=3)
    text, came, session = told(replace(setup_for("library_trace", 3), prescription=ordered), home, capsys)
    assert (session.trials, came["probes"]) == (6, 2)
    assert f"Trials 4, of these {session.successes} succeeded Probes 2, of these" in text
    assert f"Probes 2, of these {came['probes_made']} succeeded Body found" in text
    assert "completed (all tries of the dose were made)" in text


def test_time_that_was_over_is_no_dose_that_was_done(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, came, session = told(setup_for("library_trace", 3, minutes=0.2), home, capsys)
    assert session.reason == "time"
    assert "completed (its time was over)" in text
    assert "dose" not in text
    assert came["probes"] == 0
    assert "Probes" not in text


def test_what_nobody_could_judge_is_said(home: Path) -> None:
    with Store.open(home) as store:
        for each in act(Act(setup_for("library_trace", 3), "healthy", 3, tries=3)).documents:
            if each.kind == "trial" and each.body["number"] == 1:
                each.body.update(success=None, reason="lost")
            store.add(each)
        assert came_of(store.trials("acted-library_trace-3")) == {
            "probes": 0,
            "probes_made": 0,
            "unjudged": 1,
        }


def test_what_was_missing_comes_with_a_next_step(capsys: pytest.CaptureFixture[str]) -> None:
    tell_notes(())
    assert capsys.readouterr().out == ""
    tell_notes(("The pictures are missing; plain shapes stand in for them.", "No sound can be played."))
    *notes, step = capsys.readouterr().out.splitlines()
    assert notes == ["The pictures are missing; plain shapes stand in for them.", "No sound can be played."]
    assert step == "'rehabgames doctor' tells what to do about that."
