"""A whole program in real time whose camera has troubles: what was on the screen, and what was recorded."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from rehabgames.app.live import play_live
from rehabgames.content.root import assets_folder
from rehabgames.core.view import Phase, View
from rehabgames.records.rows import EventRow, TrialRow
from rehabgames.records.store import Store
from rehabgames.records.writer import Writer
from rehabgames.stage.window import Stage
from rehabgames.testing.acting import calibrated, setup_for
from rehabgames.tracking.models import model_path
from rehabgames.tracking.sources import Fault, FaultySpec, SourceSpec, VirtualSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker
from rehabgames.words import render

BEFORE_S = 9.0  # for the tracker to start and the play to begin, before the camera's clock is 0


class Watched(Stage):
    """The real stage, and every view that it painted: (seconds after the camera's clock began, view)."""

    def __init__(self, zero_s: float) -> None:
        super().__init__(assets_folder(), render, size=(640, 360), headless=True, sound=False)
        self._zero_s = zero_s
        self.seen: list[tuple[float, View]] = []

    def paint(self, view: View, now_s: float, picture: Any = None, **how: Any) -> None:
        super().paint(view, now_s, picture, **how)
        self.seen.append((now_s - self._zero_s, view))


@dataclass
class Ends:
    """Ends the session at a time of the camera's clock. See live.Ending. at: what to do at which second."""

    zero_s: float
    after_s: float
    at: dict[float, Any] = field(default_factory=dict)

    def lost(self, phase: Phase, *, playing: bool, now_s: float) -> str:
        for second in [s for s in self.at if now_s - self.zero_s >= s]:
            self.at.pop(second)()
        return "watched" if now_s - self.zero_s >= self.after_s else ""


@dataclass
class Seen:
    views: list[tuple[float, View]]
    events: list[EventRow]
    trials: list[TrialRow]
    closed: tuple[str | None, str]

    def phases(self, from_s: float, to_s: float) -> set[str]:
        return {view.phase for t_s, view in self.views if from_s <= t_s < to_s}

    def first(self, phase: str, from_s: float) -> float:
        """When it was first shown from a time on; inf where it never was."""
        return next((t_s for t_s, v in self.views if t_s >= from_s and v.phase == phase), float("inf"))

    def told(self, name: str) -> list[EventRow]:
        return [each for each in self.events if each.name == name]


def play_with(
    faults: tuple[Fault, ...], seconds: float, folder: Path, *, spec: SourceSpec | None = None, at: Any = None
) -> Seen:
    """A healthy virtual patient picks fruit until `seconds` of the faults' clock. at: what is done to the
    tracker at which second, called with it."""
    setup = calibrated(setup_for("orchard_reach", 1))
    models = ModelPaths(model_path("pose"), None)
    zero_s = time.monotonic() + BEFORE_S
    source = FaultySpec(spec or VirtualSpec("healthy", "right", 1), faults, zero_s)
    with Store.open(folder) as store, Tracker(source, models=models) as tracker:
        stage = Watched(zero_s)
        try:
            assert setup.exercise is not None
            stage.prepare(setup.exercise.place, setup.seed, setup.side)
            do = {second: partial(each, tracker) for second, each in (at or {}).items()}
            ending = Ends(zero_s, seconds, do)
            played = play_live(
                setup, tracker, stage, Writer(store), pictures=None, headless=True, ending=ending
            )
        finally:
            stage.close()
        events, trials = store.events(setup.session_id), store.trials(setup.session_id)
    return Seen(stage.seen, events, trials, (played.session.closed, played.session.reason))
