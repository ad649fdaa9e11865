"""When a target was seen, and how late a movement is, reach the record: also where a session breaks off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from playing import TICK_S, Run, setup

from rehabgames.core.inputs import Flipped, Input
from rehabgames.core.view import View
from rehabgames.session.timing import SETTLED

LATE_S = 0.009  # from each step to its flip


def played(
    minutes: float = 0.5, longest_s: float = 120.0, **more: Any
) -> tuple[Run, list[tuple[float, View]]]:
    """A session, and what was on its screen from when on."""
    shown: list[tuple[float, View]] = []

    def say(now_s: float, view: View | None) -> list[Input]:
        if view is None:
            return []
        shown.append((now_s - TICK_S + LATE_S, view))
        return [Flipped(shown[-1][0])]

    made = replace(setup(minutes=minutes), **({"onlooker": "camera"} | more))
    return Run(made, say=say).until(longest_s), shown


def estimates(run: Run) -> list[dict[str, Any]]:
    return [each.body for each in run.of("event") if each.body["name"] == "motion_to_photon"]


def test_each_trial_says_when_its_target_was_first_on_the_screen() -> None:
    run, shown = played()
    first: dict[int, float] = {}
    for at_s, view in shown:
        if view.target is not None and view.target.kind == "pick":
            first.setdefault(view.target.number, at_s)
    seen = [each.body["seen_s"] for each in run.of("trial")]
    assert len(seen) >= 4
    assert seen == pytest.approx(list(first.values())[: len(seen)], abs=1e-6)


def test_the_estimate_is_noted_early_and_again_at_the_end() -> None:
    run, _ = played()
    assert [each.kind for each in run.documents[-3:]] == ["event", "landmarks", "stop"]
    early, last = estimates(run)
    assert early["measured"]["pictures"] == SETTLED
    assert last["measured"]["pictures"] > SETTLED
    for each in (early, last):
        assert each["measured"]["step_to_flip_ms"]["p50"] == pytest.approx(1000 * LATE_S, abs=0.5)
        assert each["measured"]["capture_to_flip_ms"]["p99"] == pytest.approx(1000 * LATE_S, abs=0.5)
        assert each["measured"]["picture_every_ms"] == pytest.approx(2000 * TICK_S, abs=0.5)
        assert each["outside"]["origin"] == "assumed"


def test_a_session_that_breaks_off_has_one() -> None:
    run, _ = played(longest_s=SETTLED / 30 + 1.0)
    assert run.session.closed is None
    assert len(estimates(run)) == 1


def test_what_somebody_filmed_is_taken_instead_of_what_is_assumed() -> None:
    run, _ = played(filmed_s=0.12)
    told = estimates(run)[-1]
    assert told["outside"]["origin"] == "filmed"
    assert told["outside"]["ms"] == pytest.approx(120 - told["measured"]["capture_to_flip_ms"]["p50"])
    assert told["ms"] == pytest.approx(120)


def test_without_flips_nothing_is_made_up() -> None:
    run = Run(setup()).until()
    assert estimates(run) == []
    assert {each.body["seen_s"] for each in run.of("trial")} == {None}
