"""Somebody else in the picture: nothing is credited to another person, and a second one pauses the play."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
import pytest
from playing import TICK_S, Run, setup

from rehabgames.app.wiring import Request, calibration_of
from rehabgames.core.pose import PoseFrame, Whose
from rehabgames.core.view import View
from rehabgames.patients import Patient, frame_of
from rehabgames.patients.landmarks import SIZE
from rehabgames.session import Session, Setup
from rehabgames.session.chunks import unpack
from rehabgames.session.company import BELIEVED_S, Company
from rehabgames.session.pausing import COUNT_S, LOST_AFTER_S
from rehabgames.session.profiles import profile_of

CALIBRATES = replace(setup(minutes=1.0), confirms=True)


@cache
def plays() -> Setup:
    """Who is confirmed plays at once."""
    found = Run(setup()).until(20.0).of("profile")
    return replace(CALIBRATES, profile=profile_of(found[0].body))


@dataclass
class Lock:
    """What a tracker says that knows the patient from the first confirmation on: who is there is said by
    `who`, and where it `learns` by the patient again after another confirmation; `people` are counted."""

    who: Callable[[float], Whose] = lambda _: "patient"
    people: Callable[[float], int] = lambda _: 1
    aside_px: float = 0.0  # how far from the patient another one is
    learns: bool = False
    confirmed: int = 0
    again: bool = False
    told: list[tuple[float, Whose]] = field(default_factory=list)

    def shown(self, view: View | None) -> None:
        if view is not None and view.confirmed > self.confirmed:
            self.again = self.learns and self.confirmed > 0
            self.confirmed = view.confirmed

    def frame(self, t_s: float, frame: PoseFrame) -> PoseFrame:
        whose: Whose = "" if not self.confirmed else "patient" if self.again else self.who(t_s)
        self.told.append((t_s, whose))
        moved = self.aside_px if whose in ("unsure", "other") else 0.0
        points = frame.points_px + np.array([moved, 0.0])
        return replace(frame, points_px=points, whose=whose, people=self.people(t_s))


def played(lock: Lock, longest_s: float = 40.0, made: Setup | None = None) -> Run:
    """A patient whose frames the lock judges."""
    run = Run(made or plays())
    seen: list[View | None] = [None]

    def say(_: float, view: View | None) -> list:
        seen[0] = view
        lock.shown(view)
        return []

    run.say, run.spoil = say, lock.frame
    return run.until(longest_s)


def between(run: Run, start_s: float, end_s: float) -> list[View]:
    return [view for view in run.views if start_s <= view.t_s < end_s]


def during(from_s: float, to_s: float, who: Whose) -> Callable[[float], Whose]:
    return lambda t_s: who if from_s <= t_s < to_s else "patient"


GOES_S, BACK_S = 12.0, 20.0


def begun(run: Run) -> None:
    assert between(run, GOES_S - 0.5, GOES_S)[0].phase == "play"


@pytest.mark.parametrize("who", ["other", "unsure"])
def test_hazard_h7_no_trial_is_credited_to_another_person(who: Whose) -> None:
    """Whoever stands there does all that is asked, as the patient would."""
    lock = Lock(during(GOES_S, BACK_S, who), aside_px=150.0)
    run = played(lock, BACK_S + 12.0)
    begun(run)
    gone = between(run, GOES_S + LOST_AFTER_S + 0.1, BACK_S)
    assert {view.phase for view in gone} == {"paused"}
    assert {view.lacks for view in gone} == {"patient" if who == "other" else "certainty"}
    assert {(view.body_px is None, view.hand is None, view.target is None) for view in gone} == {
        (True, True, True)
    }
    assert not [each for each in run.of("trial") if GOES_S < each.t_s < BACK_S + COUNT_S]
    reasons = [each.body["reason"] for each in run.events("pause")]
    assert reasons[0] == "other_person"


def test_hazard_h7_in_every_one_of_many_swaps_nothing_is_credited() -> None:
    """Every second or two, and for as short as a picture."""
    rng = np.random.default_rng(7)
    swaps = {round(float(t), 2): float(rng.choice([0.034, 0.2, 0.8])) for t in np.arange(6.0, 38.0, 1.7)}

    def who(t_s: float) -> Whose:
        return "other" if any(at <= t_s < at + lasts for at, lasts in swaps.items()) else "patient"

    lock = Lock(who, aside_px=150.0)
    run = played(lock)
    others = np.array([t_s for t_s, whose in lock.told if whose == "other"])
    assert len(others) > 60
    for trial in run.of("trial"):
        since = others[(others < trial.t_s) & (others > trial.t_s - 1 / 30)]
        assert not len(since), "a try ended by a picture of somebody else"
    t_s, kept = stored(run)
    assert np.isnan(kept[np.isin(np.round(t_s, 4), np.round(others, 4))]).all()


def stored(run: Run) -> tuple[np.ndarray, np.ndarray]:
    chunks = [unpack(each.payload) for each in run.of("landmarks")]
    return np.concatenate([each.t_s for each in chunks]), np.concatenate([each.points_px for each in chunks])


def test_hazard_h7_the_landmarks_of_another_person_are_not_kept_and_not_counted() -> None:
    run = played(Lock(during(GOES_S, BACK_S, "other")), BACK_S)
    run.documents += run.session.close("stopped", "test")
    t_s, points = stored(run)
    gone = (t_s > GOES_S + 0.02) & (t_s < BACK_S - 0.02)
    assert gone.sum() > 200
    assert np.isnan(points[gone]).all()
    (stop,) = run.of("stop")
    assert stop.body["frames_tracked"] <= stop.body["frames_seen"] - gone.sum()


def test_the_try_that_ran_is_abandoned_and_nothing_gets_harder_or_easier() -> None:
    run = played(Lock(during(GOES_S, BACK_S, "other")), BACK_S + 12.0)
    begun(run)
    cut = [each for each in run.events("trial_abandoned") if GOES_S < each.t_s < BACK_S]
    assert len(cut) == 1
    after = next(each for each in run.of("trial") if each.t_s > BACK_S)
    before = [each for each in run.of("trial") if each.t_s < GOES_S][-1]
    for each in cut:
        assert each.body["success"] is None
        assert each.body["levels"] == after.body["levels"]
    assert before.body["number"] < after.body["number"]
    assert not [
        each for each in run.of("trial") if each.body["success"] is False and GOES_S < each.t_s < BACK_S
    ]


def test_after_4_s_the_hand_is_asked_again_and_held_up_it_is_the_patient_again() -> None:
    """Who took off a jacket is not known any more, and raises the hand."""
    lock = Lock(during(GOES_S, 1e9, "other"), learns=True)
    run = played(lock, GOES_S + 20.0)
    begun(run)
    asked = [view for view in run.views if view.t_s > GOES_S and view.guide is not None]
    assert asked[0].t_s - GOES_S == pytest.approx(4.0, abs=0.2)
    assert {(view.phase, view.guide.name) for view in asked if view.guide} == {("paused", "raise_hand")}
    told = run.events("confirmed")
    assert [each.body["how"] for each in told] == ["hand", "hand"]
    assert max(view.confirmed for view in run.views) == 2
    counted = [view for view in run.views if view.countdown]
    assert list(dict.fromkeys(view.countdown for view in counted)) == [3, 2, 1]
    goes_on = next(view for view in run.views if view.t_s > told[1].t_s and view.phase == "play")
    assert goes_on.t_s - told[1].t_s < 6.0


def test_hazard_h7_nobody_is_confirmed_again_by_staying_who_raised_the_hand_before() -> None:
    """Who is told to be somebody else, and stays there alone, stays a pause."""

    def stays(run: Run, lock: Lock) -> None:
        session, patient = Session(plays()), Patient("healthy", "right", seed=1)
        view: View | None = None
        for tick in range(int((GOES_S + 27.0) / TICK_S)):
            now_s, frame = tick * TICK_S, None
            lock.shown(view)
            if tick % 2 == 0:
                still = view is not None and view.phase == "paused"
                saw = replace(view, guide=None) if still and view is not None else view
                frame = lock.frame(now_s, frame_of(patient.step(saw, now_s), now_s, tick // 2, 0.5))
            step = session.step(frame, [], now_s)
            view = step.view
            run.views.append(view)
            run.documents += step.documents

    for who in ("other", "unsure"):
        run = Run(plays())
        stays(run, Lock(during(GOES_S, 1e9, who)))
        assert [each.body["how"] for each in run.events("confirmed")] == ["hand"]
        assert run.views[-1].phase == "paused"


def test_hazard_h15_a_second_person_pauses_within_half_a_second_and_it_goes_on_by_countdown() -> None:
    def people(t_s: float) -> int:
        return 2 if GOES_S <= t_s < BACK_S else 1

    run = played(Lock(people=people), BACK_S + 6.0)
    begun(run)
    paused = next(view for view in run.views if view.t_s > GOES_S and view.phase == "paused")
    assert paused.t_s - GOES_S <= 0.5
    gone = between(run, paused.t_s, BACK_S)
    assert {view.phase for view in gone} == {"paused"}
    assert {(view.lacks, view.prompt.id, view.guide.name) for view in gone if view.prompt and view.guide} == {
        ("alone", "guide.step_aside", "one_person")
    }
    assert not [each for each in run.of("trial") if paused.t_s < each.t_s < BACK_S]
    counted = [view for view in run.views if view.countdown]
    assert list(dict.fromkeys(view.countdown for view in counted)) == [3, 2, 1]
    assert {view.guide for view in counted} == {None}
    assert counted[0].t_s - BACK_S == pytest.approx(1.0, abs=0.15)
    goes_on = next(view for view in run.views if view.t_s > BACK_S and view.phase == "play")
    assert goes_on.t_s - BACK_S == pytest.approx(1.0 + COUNT_S, abs=0.2)
    assert [each.body["reason"] for each in run.events("pause")] == ["company"]
    assert [each.body["reason"] for each in run.events("resume")] == ["company"]


def test_a_second_person_beside_who_is_accompanied_pauses_nothing() -> None:
    run = played(Lock(people=lambda _: 2), 20.0, made=replace(plays(), accompanied=True))
    assert run.of("trial")
    assert not run.events("pause")


def test_hazard_h15_a_calibration_pauses_too() -> None:
    def people(t_s: float) -> int:
        return 2 if 6.0 <= t_s < 9.0 else 1

    run = played(Lock(people=people), 14.0, CALIBRATES)
    assert [each.body["reason"] for each in run.events("pause")] == ["company"]
    assert {view.phase for view in between(run, 6.5, 9.0)} == {"paused"}
    assert "paused" not in {view.phase for view in between(run, 10.2, 14.0)}


def test_a_room_check_tells_of_a_second_person_itself_and_confirms_by_its_side_check() -> None:
    session = Session(calibration_of(Request(patient="virtual", seed=3), "room_check"))
    patient, view, counts = Patient("healthy", "right", seed=1), None, []
    for tick in range(int(60.0 / TICK_S)):
        now_s, frame = tick * TICK_S, None
        if tick % 2 == 0:
            people = 2 if now_s < 4.0 else 1
            body = frame_of(patient.step(view, now_s), now_s, tick // 2, 0.5)
            frame = replace(body, people=people, light=0.5)
        view = session.step(frame, [], now_s).view
        counts.append((view.phase, view.confirmed))
        if session.closed:
            break
    assert session.closed == "completed"
    assert ("paused", 0) not in counts
    assert counts[-1] == ("done", 1)


def counted(*runs: tuple[int, float]) -> list[bool]:
    """Whether it is a crowd, picture by picture, of so many people for so long."""
    company, told, t_s = Company(watches=True), [], 0.0
    for people, seconds in runs:
        for _ in range(round(30 * seconds)):
            company.picture(PoseFrame(t_s, 0, SIZE, people=people), t_s)
            told.append(company.crowd)
            t_s += 1 / 30
    return told


def test_one_wrong_count_is_no_crowd_and_one_short_right_one_is_no_end_of_it() -> None:
    assert not any(counted((1, 1.0), (2, BELIEVED_S - 0.05), (1, 1.0)))
    told = counted((1, 1.0), (2, 1.0), (1, 0.8), (2, 0.2), (1, 1.5))
    assert told.index(True) / 30 == pytest.approx(1.0 + BELIEVED_S, abs=0.05)
    last = len(told) - 1 - told[::-1].index(True)
    assert last / 30 == pytest.approx(4.0, abs=0.07)


def test_a_body_invented_in_an_empty_room_is_no_stranger() -> None:
    """The patient goes away, and the network sees bodies in the furniture, each elsewhere and hardly
    believed by itself."""
    rng, patient, company = (
        np.random.default_rng(3),
        Patient("healthy", "right", seed=1),
        Company(watches=True),
    )
    told: list[Whose] = []
    for index in range(180):
        t_s = index / 30
        frame = replace(frame_of(patient.step(None, t_s), t_s, index, 0.5), whose="patient")
        if t_s >= 2.0:
            ghost = frame.points_px * rng.uniform(0.5, 1.5, (33, 2)) + rng.uniform(-80, 80, 2)
            frame = replace(frame, points_px=ghost, visibility=frame.visibility * 0.4, whose="unsure")
        company.picture(frame, t_s)
        told.append(company.stranger)
    assert set(told[:60]) == {""}
    assert set(told[-30:]) == {""}
    assert not company.somebody
