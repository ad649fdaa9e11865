"""What-if of exercises that no arm plays, and of a session that has not ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehabgames.app.telling_what_if import tell_what_if
from rehabgames.app.what_if import WhatIf, Wishes, what_if
from rehabgames.core.errors import UseError
from rehabgames.records.store import Store
from rehabgames.testing.acting import Act, act, setup_for


def played(home: Path, exercise: str, tries: int = 5) -> WhatIf:
    """Its own settings asked again, of a session that a virtual patient has just played."""
    with Store.open(home) as store:
        for each in act(Act(setup_for(exercise, 3), "mild", 3, tries=tries)).documents:
            store.add(each)
    return what_if("last", Wishes())


@pytest.mark.parametrize(
    ("exercise", "units"),
    [
        (
            "river_steer",
            {
                "shift": "share of the calibrated shift",
                "size": "share of the calibrated shift",
                "time": "s",
            },
        ),
        (
            "kitchen_grasp_close",
            {
                "grip": "share of the calibrated opening",
                "distance": "half picture widths",
                "size": "half picture widths",
                "time": "s",
            },
        ),
        ("concert_taps", {"amplitude": "share of the calibrated opening", "tempo": "movements/s"}),
        ("kitchen_pour", {"size": "share of the asked amount", "time": "s"}),
    ],
)
def test_its_own_settings_ask_what_was_played_and_say_the_units(
    home: Path, exercise: str, units: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    found = played(home, exercise)
    assert found.differing == ()
    assert [line.why for line in found.lines] == [line.why_played for line in found.lines]
    assert found.units == found.as_json()["units"] == units
    tell_what_if(found)
    told = " ".join(capsys.readouterr().out.split())
    assert "Units: " + "; ".join(f"{name}: {unit}" for name, unit in units.items()) in told
    assert "calibrated reach" not in told
    assert "arm length" not in told


def test_a_session_that_still_runs_is_not_asked_about(home: Path) -> None:
    documents = act(Act(setup_for("river_steer", 3), "mild", 3, tries=2)).documents
    with Store.open(home) as store:
        for each in documents[:-1]:
            store.add(each)
        with pytest.raises(UseError) as error:
            what_if("last", Wishes())
        assert str(error.value) == (
            "The session acted-river_steer-3 is still running. Ask again when it has ended."
        )
        store.add(documents[-1])
        assert what_if("last", Wishes()).lines


def test_a_session_that_was_cut_off_is(home: Path) -> None:
    documents = act(Act(setup_for("river_steer", 3), "mild", 3, tries=2)).documents
    with Store.open(home) as store:
        for each in documents[:-1]:
            store.add(each)
    assert len(what_if("last", Wishes()).lines) == 2
