"""Somebody else's adapter in a session: one that hangs, one that cannot begin, one that is brought."""

from __future__ import annotations

import math
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playing import Run, setup

from rehabgames.adapt import ADAPTERS, Start
from rehabgames.adapt.fixed import Fixed
from rehabgames.adapt.weighted_up_down import WeightedUpDown
from rehabgames.app.bounded import Bounded
from rehabgames.core.message import Message
from rehabgames.core.plan import Prescription

SOON_S = 0.05


@pytest.fixture
def freed() -> Iterator[threading.Event]:
    """Set at the end, so that what hangs in a test ends with it."""
    event = threading.Event()
    yield event
    event.set()


@pytest.mark.parametrize("when", ["begin", "ask", "tell", "explain"])
def test_one_that_hangs_is_not_asked_any_more_and_the_session_goes_on(
    when: str, freed: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = {"begin": 0, "ask": 0, "tell": 0, "explain": 0}

    def called(name: str) -> None:
        calls[name] += 1
        if name == when and calls[name] >= (1 if when == "begin" else 3):
            freed.wait()

    class Hanging(Fixed):
        def __init__(self, start: Start) -> None:
            called("begin")
            super().__init__(start)

        def ask(self) -> float:
            called("ask")
            return super().ask()

        def tell(self, *args: object, **more: object) -> None:
            called("tell")
            super().tell(*args, **more)  # type: ignore[arg-type]

        def explain(self):  # type: ignore[no-untyped-def]
            called("explain")
            return super().explain()

    monkeypatch.setitem(ADAPTERS, "hanging", Hanging)
    made = replace(setup(minutes=0.5), prescription=Prescription("orchard_reach", "right", adapter="hanging"))
    run = Run(made, bounded=Bounded(SOON_S)).until(60)
    assert (run.session.closed, run.session.reason) == ("completed", "time")
    trials = run.of("trial")
    assert len(trials) >= 4
    assert all(0.45 <= doc.body["levels"]["distance"] <= 1.25 for doc in trials)
    hung = run.events("plug_in_hung")
    assert len(hung) == 1, "it is said once"
    assert hung[0].body["adapter"] == "hanging"
    if when != "begin":
        assert trials[-1].body["why"]["id"] == "adapt.safe"
        assert calls[when] == 3
    else:
        assert {doc.body["why"]["id"] for doc in trials} == {"adapt.gone"}


def test_one_that_cannot_begin_is_replaced_by_one_that_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(start: Start) -> Fixed:
        raise KeyError("no idea")

    monkeypatch.setitem(ADAPTERS, "broken", broken)
    made = replace(setup(minutes=0.3), prescription=Prescription("orchard_reach", "right", adapter="broken"))
    run = Run(made).until(60)
    assert run.session.closed == "completed"
    assert len(run.events("plug_in_raised")) == 1
    assert {doc.body["levels"]["distance"] for doc in run.of("trial")} == {0.7}


@pytest.mark.parametrize("wants", [math.nan, math.inf, -1.0, 1.5, 1e9])
def test_one_that_asks_for_no_difficulty_gets_the_last_safe_levels(
    wants: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Moon(Fixed):
        def ask(self) -> float:
            return wants

    monkeypatch.setitem(ADAPTERS, "moon", Moon)
    made = replace(setup(minutes=0.5), prescription=Prescription("orchard_reach", "right", adapter="moon"))
    run = Run(made).until(60)
    trials = run.of("trial")
    assert len(trials) >= 4
    assert {doc.body["levels"]["distance"] for doc in trials} == {0.7}
    assert trials[-1].body["why"]["id"] == "adapt.safe"
    assert len(run.events("plug_in_raised")) >= 3


def test_one_that_gives_no_reason_is_said_to_give_none(monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent(WeightedUpDown):
        def explain(self) -> Message:
            raise LookupError

    monkeypatch.setitem(ADAPTERS, "silent", Silent)
    made = replace(setup(minutes=0.4), prescription=Prescription("orchard_reach", "right", adapter="silent"))
    trials = Run(made).until(60).of("trial")
    assert {doc.body["why"]["id"] for doc in trials} == {"adapt.unexplained"}
    assert len({doc.body["levels"]["distance"] for doc in trials}) > 1


def test_what_ships_is_not_switched_off_by_a_slow_moment() -> None:
    def never(work: object) -> object:
        raise TimeoutError

    run = Run(setup(minutes=0.3), bounded=never).until(60)
    assert run.events("plug_in_hung") == []
    assert run.session.closed == "completed"


def test_work_that_is_done_aside_gives_and_raises_as_it_would_here() -> None:
    aside = Bounded()
    assert [aside(lambda i=i: i * 2) for i in range(100)] == [2 * i for i in range(100)]
    with pytest.raises(ZeroDivisionError):
        aside(lambda: 1 / 0)
    with pytest.raises(RuntimeError, match="end the program"):
        aside(sys.exit)
    assert aside(lambda: "still here") == "still here"


def test_a_package_brings_an_adapter_by_its_entry_point(tmp_path: Path) -> None:
    """In a program of its own: what is installed is found when it starts."""
    package = tmp_path / "site"
    known = package / "other_rules-1.0.dist-info"
    known.mkdir(parents=True)
    (known / "METADATA").write_text("Metadata-Version: 2.1\nName: other-rules\nVersion: 1.0\n")
    (known / "entry_points.txt").write_text(
        "[rehabgames.adapters]\nsteady = other_rules:Steady\nskill = other_rules:Steady\n"
        "gone = other_rules:Gone\nnumber = other_rules:NUMBER\n"
    )
    (package / "other_rules.py").write_text(
        "from rehabgames.adapt.fixed import Fixed\nclass Steady(Fixed):\n    pass\nNUMBER = 3\n"
    )
    code = textwrap.dedent(
        """
        from rehabgames.app.plug_ins import load_adapters
        from rehabgames.app.repertoire import known
        from rehabgames.adapt import ADAPTERS, skill
        assert "steady" in known().adapters and "gone" not in known().adapters
        assert ADAPTERS["skill"] is skill
        print(*load_adapters(), sep="\\n")
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(package), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    notes = done.stdout.splitlines()
    assert len(notes) == 3
    assert "'gone' of other_rules:Gone cannot be loaded" in notes[0]
    assert "'number' of other_rules:NUMBER cannot be called" in notes[1]
    assert "'skill' of other_rules:Steady is not used" in notes[2]
