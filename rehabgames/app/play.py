"""Play a session from a request to its report: `rehabgames play` and `rehabgames demo`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rehabgames.app.live import Played, play_live
from rehabgames.app.track import SHOW_SOMEBODY
from rehabgames.app.wiring import Request, setup_of
from rehabgames.content.root import assets_folder
from rehabgames.core.errors import StoreError, TrackerError, VideoError
from rehabgames.records.folder import data_folder
from rehabgames.records.store import Store
from rehabgames.records.writer import Writer
from rehabgames.reports.session_report import write_report
from rehabgames.session import Setup
from rehabgames.stage.window import Stage
from rehabgames.tracking.models import model_path
from rehabgames.tracking.sources import SourceSpec, VideoSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker
from rehabgames.words import render, warm

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Screen:
    """headless: painted, but shown to nobody. pictures: a folder to save some of them in."""

    headless: bool = False
    size: tuple[int, int] = (1280, 720)
    pictures: Path | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """Numbers of a played session (`facts`, JSON values) and what to tell people besides."""

    facts: dict[str, Any]
    notes: tuple[str, ...]


def play(request: Request, spec: SourceSpec, screen: Screen, progress: Progress | None = None) -> Result:
    """Plays one session to its report. Raises RehabgamesError; what can be known before the first
    picture is said before a session is written."""
    setup = setup_of(request)
    models = ModelPaths(model_path("pose", progress=progress))
    folder = data_folder()
    warm("en")
    with Store.open(folder) as store, Tracker(spec, models=models) as tracker:
        stage = Stage(assets_folder(), render, size=screen.size, headless=screen.headless)
        try:
            stage.prepare(setup.seed, setup.side)
            setup = replace(setup, source=tracker.opened.name)
            played = play_live(
                setup, tracker, stage, Writer(store), pictures=screen.pictures, headless=screen.headless
            )
            notes = tuple(stage.notes)
        finally:
            stage.close()
        _check(played, folder, spec)
        report = write_report(store, setup.session_id, folder)
        return Result(_facts(setup, played, store.database, report), notes)


def _check(played: Played, folder: Path, spec: SourceSpec) -> None:
    if played.unsaved:
        raise StoreError(
            f"{played.unsaved} entries of this session could not be saved in {folder}.",
            "Make space there; what was confirmed on the screen is safe.",
        )
    if played.session.closed == "failed" and played.session.reason == "tracking":
        error = played.error or TrackerError("Tracking failed.", "Start again.")
        raise type(error)(f"{error.what} The session was closed and is saved.", error.next_step)
    if isinstance(spec, VideoSpec) and played.frames_seen and not played.frames_tracked:
        raise VideoError(f"Nobody is seen in {spec.path}; the session is saved.", SHOW_SOMEBODY)


def _facts(setup: Setup, played: Played, database: Path, report: Path) -> dict[str, Any]:
    session, pace = played.session, played.pace
    return {
        "exercise": setup.exercise.id,
        "patient": setup.patient,
        "trials": session.trials,
        "successes": session.successes,
        "frames_tracked": played.frames_tracked,
        "frames_seen": played.frames_seen,
        "tracked_fps": round(len(pace.flips_ms) / pace.seconds, 1),
        "render_fps": round(pace.render_fps, 1),
        "rendered": pace.rendered,
        "seconds": round(pace.seconds, 1),
        "capture_to_flip_ms": pace.capture_to_flip_ms(),
        "session_id": setup.session_id,
        "database": str(database),
        "report": str(report),
        "closed_as": session.closed,
        "reason": session.reason,
    }
