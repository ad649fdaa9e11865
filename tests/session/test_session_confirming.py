"""Who plays is confirmed before anything is asked: by the raised hand that is not trained, or by staying."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from playing import TICK_S, Run, setup

from rehabgames.core.inputs import Input
from rehabgames.core.landmarks import Side, other_side
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import Guide, View
from rehabgames.patients import Patient, frame_of
from rehabgames.session import Session, Setup
from rehabgames.session.chunks import unpack
from rehabgames.session.confirming import HELD_S, STAYS_S
from rehabgames.session.profiles import profile_of
from rehabgames.words import render

Does = Callable[[Guide], Guide | None]


def confirming(**how: object) -> Setup:
    return replace(setup(**how), confirms=True)  # type: ignore[arg-type]


def before_play(made: Setup, does: Does, people: int = 1, longest_s: float = 60.0) -> tuple[Session, Run]:
    """Somebody who does something of their own with what a guide asks, until calibration or play begins."""
    run, session, patient = Run(made), Session(made), Patient("healthy", made.side, seed=1)
    view: View | None = None
    run.session = session
    for tick in range(int(longest_s / TICK_S)):
        now_s, frame = tick * TICK_S, None
        if tick % 2 == 0:
            saw = None if view is None or view.guide is None else replace(view, guide=does(view.guide))
            frame = replace(frame_of(patient.step(saw, now_s), now_s, tick // 2, 0.5), people=people)
        step = session.step(frame, list[Input](), now_s)
        view = step.view
        run.documents += step.documents
        run.views.append(view)
        if view.phase != "looking":
            break
    return session, run


def ids_of(run: Run) -> list[str]:
    return list(dict.fromkeys(view.prompt.id for view in run.views if view.prompt))


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_hand_that_is_not_trained_is_asked_first_and_then_the_calibration_begins(side: Side) -> None:
    _, run = before_play(confirming(side=side), lambda guide: guide)
    asked = [view for view in run.views if view.guide is not None]
    assert {(view.phase, view.guide.name, view.guide.side) for view in asked if view.guide} == {
        ("looking", "raise_hand", other_side(side))
    }
    assert run.views[-1].phase in ("rest", "calibrate")
    (told,) = run.events("confirmed")
    assert (told.body["how"], told.body["hand"], told.body["wrong"]) == ("hand", other_side(side), 0)
    assert HELD_S < told.body["after_s"] < 5.0
    counted = [view.confirmed for view in run.views]
    assert sorted(counted) == counted
    assert (counted[0], counted[-1]) == (0, 1)


def test_the_count_rises_with_the_hand_up_and_the_hand_comes_down_before_anything_else_is_asked() -> None:
    _, run = before_play(confirming(), lambda guide: guide)
    at = next(i for i, view in enumerate(run.views) if view.confirmed == 1)
    before, rises = run.views[at - 1], run.views[at]
    assert before.guide is not None
    assert before.guide.hold > 0.8
    assert rises.body_px is not None
    assert rises.body_px[15, 1] < rises.body_px[11, 1]  # the left wrist is over its shoulder
    backs = [view for view in run.views[at:] if view.guide is not None and view.guide.back]
    assert backs
    assert backs[-1].body_px is not None
    assert backs[-1].body_px[15, 1] > backs[-1].body_px[11, 1]
    assert run.views[-1].t_s - rises.t_s > 0.3


def test_the_wrong_hand_confirms_nobody_and_the_same_one_is_asked_again() -> None:
    wrong = 0

    def confused(guide: Guide) -> Guide:
        nonlocal wrong
        if guide.number == 0:
            wrong += not guide.back
            return replace(guide, side=other_side(guide.side))
        return guide

    _, run = before_play(confirming(), confused)
    assert wrong
    (told,) = run.events("confirmed")
    assert (told.body["how"], told.body["wrong"]) == ("hand", 1)
    assert "guide.raise_hand_again" in ids_of(run)
    again = next(view.prompt for view in run.views if view.prompt and view.prompt.id.endswith("_again"))
    assert render(again) == "Once more: raise your left hand."


def test_who_cannot_raise_it_is_taken_for_the_one_after_staying_alone() -> None:
    _, run = before_play(confirming(), lambda _: None)
    (told,) = run.events("confirmed")
    assert told.body["how"] == "stayed"
    assert told.body["after_s"] == pytest.approx(STAYS_S, abs=0.5)
    assert "confirm.or_stay" in ids_of(run)
    assert run.views[-1].phase in ("rest", "calibrate")


@pytest.mark.parametrize(("people", "accompanied"), [(2, False), (2, True), (-1, False)])
def test_staying_beside_somebody_or_uncounted_confirms_nobody(people: int, accompanied: bool) -> None:
    made = replace(confirming(), accompanied=accompanied)
    _, run = before_play(made, lambda _: None, people, longest_s=STAYS_S + 10.0)
    assert not run.events("confirmed")
    assert {view.phase for view in run.views} == {"looking"}


def test_hazard_h15_a_second_person_is_asked_away_before_a_hand_is_asked() -> None:
    _, run = before_play(confirming(), lambda guide: guide, people=2, longest_s=6.0)
    late = [view for view in run.views if view.t_s > 3.0]
    assert {(view.lacks, view.prompt.id, view.guide.name) for view in late if view.prompt and view.guide} == {
        ("alone", "guide.step_aside", "one_person")
    }


def test_who_is_accompanied_confirms_beside_somebody() -> None:
    _, run = before_play(replace(confirming(), accompanied=True), lambda guide: guide, people=2)
    assert [told.body["how"] for told in run.events("confirmed")] == ["hand"]


def test_a_given_profile_waits_for_the_confirmation_too() -> None:
    found = Run(setup()).until(60.0)
    (body,) = [each.body for each in found.of("profile")][:1]
    _, run = before_play(replace(confirming(), profile=profile_of(body)), lambda guide: guide)
    assert run.events("confirmed")
    assert run.views[-1].phase == "play"


def test_hazard_h7_no_landmark_is_kept_of_who_was_not_confirmed() -> None:
    run = Run(confirming()).until(30.0)
    (told,) = run.events("confirmed")
    kept = [unpack(each.payload) for each in run.of("landmarks")]
    t_s = np.concatenate([each.t_s for each in kept])
    points = np.concatenate([each.points_px for each in kept])
    early = t_s < told.t_s - 0.05
    assert early.sum() > 30
    assert np.isnan(points[early]).all()
    assert np.isfinite(points[t_s > told.t_s + 0.1]).all()


@pytest.mark.parametrize("kind", ["severe", "neglect", "bradykinesia", "ataxia"])
def test_a_virtual_patient_raises_the_hand_while_it_is_looked_for(kind: str) -> None:
    counted: Callable[[float, PoseFrame], PoseFrame] = lambda _, frame: replace(frame, people=1)  # noqa: E731
    run = Run(confirming(), kind=kind, spoil=counted).until(30.0)
    assert [told.body["how"] for told in run.events("confirmed")] == ["hand"]


def test_who_is_lost_for_moments_is_asked_on() -> None:
    """A machine that gives few pictures: half a second of every one is lost."""

    def gaps(t_s: float, frame: PoseFrame) -> PoseFrame | None:
        return frame if t_s < 2.0 or t_s % 1.0 < 0.5 else None

    run = Run(confirming(), spoil=gaps).until(12.0)
    assert [told.body["how"] for told in run.events("confirmed")] == ["hand"]


def test_a_session_that_does_not_confirm_asks_nobody() -> None:
    run = Run(setup()).until(20.0)
    assert not run.events("confirmed")
    assert {view.confirmed for view in run.views} == {0}
    assert not [view for view in run.views if view.guide is not None and view.guide.name == "raise_hand"]
