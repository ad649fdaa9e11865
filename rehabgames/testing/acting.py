"""Acting: a virtual patient plays an exercise, from landmark to document, on virtual time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from rehabgames.app.wiring import Request, setup_of
from rehabgames.core.document import Document
from rehabgames.core.inputs import Answer, Input, Recorded, Stop
from rehabgames.core.landmarks import Side
from rehabgames.core.limits import Limits
from rehabgames.core.pose import PoseFrame
from rehabgames.core.trial import Goal, TrialSpec
from rehabgames.core.view import Cue, View
from rehabgames.patients import CloseUpPatient, Patient, Tracked, close_up_frame
from rehabgames.session import Session, Setup
from rehabgames.session.plugged import Bounded, at_once
from rehabgames.session.profiles import profile_of
from rehabgames.signals import CONTROLS

FPS = 30.0
DAY = "2026-01-01T08:00:00.000+00:00"
LONGEST_S = 1800.0


class Eyes(Protocol):
    """Sees a view and gives the frame that a tracker would give of the one who saw it."""

    def frame(self, view: View | None, t_s: float, index: int) -> PoseFrame: ...


@dataclass(frozen=True, slots=True)
class Acted:
    """What came of it. moments: (time, view, cues) of every step."""

    session: Session
    documents: tuple[Document, ...]
    moments: tuple[tuple[float, View, tuple[Cue, ...]], ...] = field(repr=False)

    @property
    def trials(self) -> list[Document]:
        """Those that count: judged, and no probes."""
        judged = [each for each in self.documents if each.kind == "trial"]
        return [each for each in judged if each.body["success"] is not None and not each.body["probe"]]

    def success(self, first: int = 1, last: int | None = None) -> float:
        """Share of successes of the trials from number `first` to `last`, counted from 1; NaN without any."""
        part = [bool(each.body["success"]) for each in self.trials[first - 1 : last]]
        return sum(part) / len(part) if part else float("nan")

    def events(self, name: str) -> list[Document]:
        return [each for each in self.documents if each.kind == "event" and each.body["name"] == name]


@dataclass(frozen=True, slots=True)
class Act:
    """How an exercise is acted.

    seed      of patient, landmarks and session
    tries     after so many judged trials it is stopped; None: when the dose is done
    fps       frames a second; the session steps twice as often
    spoil     (time, frame) → the frame that the session gets, or None
    say       (time, view) → what people say then
    whole     keep every view (they are many)
    """

    setup: Setup
    kind: str = "healthy"
    seed: int = 0
    tries: int | None = None
    fps: float = FPS
    longest_s: float = LONGEST_S
    spoil: Callable[[float, PoseFrame], PoseFrame | None] = lambda _, frame: frame
    say: Callable[[float, View | None], list[Input]] = lambda _t, _v: []
    bounded: Bounded = at_once
    whole: bool = False


def setup_for(
    exercise: str,
    seed: int = 0,
    *,
    side: Side = "right",
    limits: Limits | None = None,
    minutes: float | None = None,
) -> Setup:
    """A session of an exercise of the library, the same for the same arguments. Standing is allowed."""
    request = Request(exercise, "virtual", side, seed, minutes, limits=limits or Limits(standing=True))
    made = setup_of(request)
    return replace(
        made,
        session_id=f"acted-{exercise}-{seed}",
        started_utc=DAY,
        zone="UTC",
        said=(Answer("support", 1.0),),
        versions={},
    )


def calibrated(setup: Setup) -> Setup:
    """Begins with play at once, with what a calibration of the same patient finds."""
    found = act(Act(setup, seed=1, tries=1))
    bodies = [each.body for each in found.documents if each.kind == "profile"]
    return replace(setup, profile=profile_of(bodies[-1]))


def act(how: Act) -> Acted:
    """The same acting gives the same documents, byte for byte."""
    session = Session(how.setup, how.bounded, how.bounded)
    eyes = eyes_of(how)
    view: View | None = None
    documents: list[Document] = []
    fresh: list[Document] = []
    moments = []
    for tick, now_s in enumerate(_ticks(how)):
        frame = None
        if tick % 2 == 0:
            frame = how.spoil(now_s, eyes.frame(view, now_s, tick // 2))
        inputs: list[Input] = [Recorded(fresh[-1].number)] if fresh else []
        inputs += how.say(now_s, view)
        if how.tries is not None and session.trials >= how.tries:
            inputs.append(Stop("source"))
        step = session.step(frame, inputs, now_s)
        fresh, view = list(step.documents), step.view
        documents += fresh
        if how.whole:
            moments.append((now_s, view, step.cues))
        if session.closed is not None:
            break
    return Acted(session, tuple(documents), tuple(moments))


def _ticks(how: Act) -> Iterator[float]:
    tick_s = 0.5 / how.fps
    return (tick * tick_s for tick in range(int(how.longest_s / tick_s)))


def eyes_of(how: Act) -> Eyes:
    """Somebody of this kind before the camera, as the exercise wants it: a whole body, or a hand alone."""
    exercise, side = how.setup.exercise, how.setup.side
    if exercise is None:
        raise ValueError("there is no exercise to act")
    steering = CONTROLS[exercise.control]
    if not steering.needs_a_body:
        return _HandAlone(how.kind, side, how.seed)
    return _Whole(how.kind, side, how.seed, sitting=exercise.posture == "sitting", hands=steering.by_hand)


class _Whole:
    def __init__(self, kind: str, side: Side, seed: int, *, sitting: bool, hands: bool) -> None:
        self._patient = Patient(kind, side, seed, sitting=sitting)
        self._tracked = Tracked(side, seed, dropouts=self._patient.traits.dropouts, hands=hands)

    def frame(self, view: View | None, t_s: float, index: int) -> PoseFrame:
        return self._tracked.frame(self._patient.step(view, t_s), t_s, index)


class _HandAlone:
    def __init__(self, kind: str, side: Side, seed: int) -> None:
        self._patient = CloseUpPatient(kind, side, seed)
        self._side: Side = side
        self._seed = seed

    def frame(self, view: View | None, t_s: float, index: int) -> PoseFrame:
        held = self._patient.step(view, t_s)
        return close_up_frame(held, self._side, t_s, index, noise_px=0.5, seed=self._seed)


def specs_of(documents: tuple[Document, ...]) -> list[TrialSpec]:
    """What was asked in every trial of the record, those that were cut short among them."""
    bodies = [each.body for each in documents if "goal" in each.body]
    return [
        TrialSpec(
            body["number"],
            dict(body["levels"]),
            Goal(**body["goal"]),
            None if body["place"] is None else Goal(**body["place"]),
            body["limit_s"],
            others=tuple(Goal(**each) for each in body.get("others", ())),
            way=tuple(Goal(**each) for each in body.get("way", ())),
            grip=body.get("grip", 0.0),
        )
        for body in bodies
    ]
