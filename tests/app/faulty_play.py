"""A whole program in real time whose camera and tracker have troubles: what was on the screen and what was
recorded. Times are seconds of the faults' clock, which begins when the play has begun."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from rehabgames.app.live import play_live, session_of
from rehabgames.content.root import assets_folder
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import Phase, View
from rehabgames.records.rows import EventRow, TrialRow
from rehabgames.records.store import Store
from rehabgames.records.writer import Writer
from rehabgames.session import Session, Setup
from rehabgames.session.play import POINTS
from rehabgames.stage.window import Stage
from rehabgames.testing.acting import calibrated, setup_for
from rehabgames.tracking.models import model_path
from rehabgames.tracking.sources import Fault, FaultySpec, SourceSpec, VirtualSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker
from rehabgames.words import suited

BEFORE_S = 6.0  # for the tracker to start and the play to begin
PATIENT = VirtualSpec("healthy", "right", 1)


class Watched(Stage):
    """The real stage, and every view that it painted."""

    def __init__(self) -> None:
        super().__init__(assets_folder(), suited, size=(640, 360), headless=True, sound=False)
        self.zero_s = 0.0
        self.seen: list[tuple[float, View]] = []

    def paint(self, view: View, now_s: float, picture: Any = None, **how: Any) -> None:
        super().paint(view, now_s, picture, **how)
        self.seen.append((now_s - self.zero_s, view))


class Noted(Tracker):
    """The real tracker, and every frame that it gave: (when it was taken, when it was captured, frame)."""

    given: list[tuple[float, PoseFrame]]

    def poll(self) -> PoseFrame | None:
        frame = super().poll()
        if frame is not None:
            self.given.append((time.monotonic(), frame))
        return frame


def kill(tracker: Tracker) -> None:
    assert tracker.pid is not None
    os.kill(tracker.pid, signal.SIGKILL)


def stop(tracker: Tracker) -> None:
    assert tracker.pid is not None
    os.kill(tracker.pid, signal.SIGSTOP)


PROCESS: dict[str, Callable[[Tracker], None]] = {"kill": kill, "stop": stop}


@dataclass
class Ends:
    """Ends the session at a time of the faults' clock. See live.Ending. at: what to do at which second."""

    zero_s: float
    after_s: float
    at: dict[float, Callable[[], None]]
    done_s: list[float] = field(default_factory=list)

    def lost(self, phase: Phase, *, playing: bool, now_s: float) -> str:
        for second in [s for s in self.at if now_s - self.zero_s >= s]:
            self.at.pop(second)()
            self.done_s.append(time.monotonic() - self.zero_s)
        return "watched" if now_s - self.zero_s >= self.after_s else ""


@dataclass(frozen=True)
class Seen:
    """views    what was painted, and when
    frames      (taken, captured, fresh) of every frame that the session got
    """

    views: list[tuple[float, View]]
    frames: list[tuple[float, float, bool]]
    events: list[tuple[float, EventRow]]
    trials: list[tuple[float, TrialRow]]
    closed: tuple[str | None, str]
    saved: str
    harmed_s: list[float]

    def phases(self, from_s: float, to_s: float) -> set[str]:
        return {view.phase for view in self.between(from_s, to_s)}

    def between(self, from_s: float, to_s: float) -> list[View]:
        return [view for t_s, view in self.views if from_s <= t_s < to_s]

    def first(self, from_s: float, so: Callable[[View], bool]) -> float:
        """When such a view was first painted from a time on; inf where none was."""
        return next((t_s for t_s, view in self.views if t_s >= from_s and so(view)), float("inf"))

    def newest_s(self, t_s: float) -> float:
        """When the newest fresh frame was captured that there was at a time; -inf where there was none."""
        there = (captured for taken, captured, fresh in self.frames if fresh and taken <= t_s + 0.001)
        return max(there, default=float("-inf"))

    def told(self, name: str) -> list[tuple[float, EventRow]]:
        return [each for each in self.events if each[1].body["name"] == name]

    def points(self, until_s: float) -> int:
        """What the trials of the record are worth that were judged until then."""
        made = [row for t_s, row in self.trials if t_s <= until_s and row.success and row.body["tolerated"]]
        return sum(round(POINTS * row.body["goal"]["distance"]) for row in made if not row.body["probe"])


@cache
def setup_of(seed: int) -> Setup:
    return calibrated(setup_for("orchard_reach", seed, minutes=10.0))


def play_with(
    faults: tuple[Fault, ...],
    seconds: float,
    folder: Path,
    *,
    spec: SourceSpec = PATIENT,
    harms: dict[float, str] | None = None,
) -> Seen:
    """A virtual patient picks fruit until `seconds`. harms: what of PROCESS is done at which second."""
    setup = setup_of(1)
    stage = Watched()
    try:
        assert setup.exercise is not None
        stage.prepare(setup.exercise.place, setup.seed, setup.side)
        stage.zero_s = zero_s = time.monotonic() + BEFORE_S
        source = FaultySpec(spec, faults, zero_s)
        models = ModelPaths(model_path("pose"), None)
        with Store.open(folder) as store, Noted(source, models=models) as tracker:
            tracker.given = []
            do = {second: partial(PROCESS[name], tracker) for second, name in (harms or {}).items()}
            ending = Ends(zero_s, seconds, do)
            session = session_of(setup)
            play_live(session, tracker, stage, Writer(store), pictures=None, headless=True, ending=ending)
            return _seen(stage, tracker, store, session, ending)
    finally:
        stage.close()


def _seen(stage: Watched, tracker: Noted, store: Store, session: Session, ending: Ends) -> Seen:
    session_id, zero_s = setup_of(1).session_id, stage.zero_s
    row = store.session(session_id)
    began_s = row.start["clock_s"] - zero_s
    return Seen(
        stage.seen,
        [(taken_s - zero_s, frame.t_s - zero_s, frame.fresh) for taken_s, frame in tracker.given],
        [(began_s + each.t_s, each) for each in store.events(session_id)],
        [(began_s + each.t_s, each) for each in store.trials(session_id)],
        (session.closed, session.reason),
        row.status,
        ending.done_s,
    )
