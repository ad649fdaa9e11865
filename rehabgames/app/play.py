"""Play a session from a request to its report: `rehabgames play` and `rehabgames demo`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rehabgames.app.live import Played, play_live, session_of
from rehabgames.app.patience import impatient, patience_with
from rehabgames.app.pictures import make_album
from rehabgames.app.planned import planned, standing_allowed, with_earlier, with_learnt
from rehabgames.app.plug_ins import load_places
from rehabgames.app.resources import Resources
from rehabgames.app.track import SHOW_SOMEBODY
from rehabgames.app.wiring import (
    Request,
    close_up,
    drawn_for,
    setup_of,
    with_onlooker,
    with_previous,
)
from rehabgames.content.root import assets_folder
from rehabgames.core.errors import StoreError, TrackerError, UseError, VideoError
from rehabgames.core.measured import Validity
from rehabgames.core.message import Message
from rehabgames.core.player import AS_USUAL, Comfort
from rehabgames.core.protocol import RoomProtocol
from rehabgames.hearing.listener import Listener
from rehabgames.records.folder import data_folder
from rehabgames.records.rows import TrialRow
from rehabgames.records.store import Store
from rehabgames.records.writer import Writer
from rehabgames.reports.session_report import write_report
from rehabgames.session import Session, Setup
from rehabgames.session.scene import PLACE
from rehabgames.session.session import NO_RANGE
from rehabgames.session.shown import watches_hands
from rehabgames.stage.window import Stage
from rehabgames.tracking.models import model_path
from rehabgames.tracking.sources import SourceSpec, VideoSpec, VirtualSpec, WebcamSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker
from rehabgames.tracking.variants import pose_path
from rehabgames.words import render, suited, warm

USUALLY = Resources()
SMALL = {Validity.NO_MOVEMENT.name, Validity.NOISE.name}  # it was seen, and it moved too little
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Screen:
    """headless: painted, but shown to nobody. pictures: a folder to save some of them in. voice: what
    is asked is also spoken. calm: reduced motion. follows_head: the room's perspective follows the head.
    stop_word: the word "stop" is listened for."""

    headless: bool = False
    voice: bool = True
    calm: bool = False
    follows_head: bool = True
    size: tuple[int, int] = (1280, 720)
    pictures: Path | None = None
    stop_word: bool = False

    def stage(self, comfort: Comfort = AS_USUAL) -> Stage:
        """Opens it. comfort: what suits whoever plays, as it begins. Raises as Stage does."""
        return Stage(
            assets_folder(),
            suited,
            size=self.size,
            headless=self.headless,
            voice=self.voice,
            follows_head=self.follows_head,
            comfort=replace(comfort, calm=comfort.calm or self.calm),
        )


@dataclass(frozen=True, slots=True)
class Result:
    """Numbers of a played session (`facts`, JSON values) and what to tell people besides."""

    facts: dict[str, Any]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ran:
    """A session that was run live, and where its record is."""

    setup: Setup
    session: Session
    played: Played
    notes: tuple[str, ...]
    database: Path


def play(
    request: Request,
    spec: SourceSpec,
    screen: Screen,
    progress: Progress | None = None,
    *,
    recheck: bool = True,
    takes: Resources = USUALLY,
) -> Result:
    """Plays one session to its report.

    recheck False calibrates anew also where an earlier profile is there. Raises RehabgamesError;
    what can be known before the first picture is said before a session is written.
    """
    in_the_room = isinstance(spec, WebcamSpec)
    setup, folder = standing_allowed(planned(setup_of(request)), in_the_room=in_the_room), data_folder()
    with Store.open(folder) as store:
        if in_the_room:  # people alone grow tired
            setup = with_earlier(setup, store)
        setup = with_learnt(setup, store)
        setup = with_previous(setup, store) if recheck else setup
        ran = run(setup, spec, screen, store, progress, takes=takes)
        report = write_report(store, setup.session_id, folder)
        facts = _facts(ran, report)
        return Result(facts | came_of(store.trials(setup.session_id)), ran.notes)


def run(
    setup: Setup,
    spec: SourceSpec,
    screen: Screen,
    store: Store,
    progress: Progress | None = None,
    *,
    takes: Resources = USUALLY,
) -> Ran:
    """Run a session on a source, a stage and a store, live, to its end. Raises as `play` does."""
    if screen.pictures is not None:
        make_album(screen.pictures)
    models = _models(setup, takes, progress)
    setup = with_onlooker(setup, spec)
    warm("en")
    if isinstance(spec, VirtualSpec):
        spec = drawn_for(setup, spec)
    asked = takes.asked_of(spec)
    with Listener(always=screen.stop_word) as listener, _tracker(setup, asked, models, takes) as tracker:
        load_places()
        stage = screen.stage()
        try:
            stage.prepare(setup.exercise.place if setup.exercise else PLACE, setup.seed, setup.side)
            versions = {**setup.versions, "pose_network": takes.pose}
            setup = replace(setup, source=tracker.opened.name, versions=versions)
            session = session_of(setup)
            played = play_live(
                session,
                tracker,
                stage,
                Writer(store),
                pictures=screen.pictures,
                headless=screen.headless,
                ending=patience_with(spec),
                scenes_fps=takes.scenes_fps,
                listener=listener,
            )
            notes = (*stage.notes, *listener.told)
        finally:
            stage.close()
        if close_up(setup):
            # the tracker counts bodies; here it is a hand that was to be found
            seen, tracked = session.frames_seen, session.frames_tracked
            played = replace(played, frames_seen=seen, frames_tracked=tracked)
        ran = Ran(setup, session, played, notes, store.database)
        _check(ran, store.folder, spec)
    return ran


def _tracker(setup: Setup, spec: SourceSpec, models: ModelPaths, takes: Resources) -> Tracker:
    return Tracker(
        spec,
        models=models,
        count_people=isinstance(setup.protocol, RoomProtocol),
        keeps=setup.confirms,
        apart=True,
        most_fps=takes.most_fps,
    )


def _models(setup: Setup, takes: Resources, progress: Progress | None) -> ModelPaths:
    """What is asked of a hand is asked of the working one: the other is not looked for."""
    hand = model_path("hand", progress=progress) if watches_hands(setup) else None
    return ModelPaths(pose_path(takes.pose, progress), hand, (setup.side,))


def _check(ran: Ran, folder: Path, spec: SourceSpec) -> None:
    setup, session, played = ran.setup, ran.session, ran.played
    if played.unsaved:
        raise unsaved(played.unsaved, folder)
    if session.closed == "failed" and session.reason == "game":
        exercise = session.exercise_id
        raise UseError(
            f"The game of '{exercise}' broke, and the session was closed and is saved.",
            "Tell who made the plug-in; 'rehabgames doctor' lists the plug-ins.",
        )
    if session.reason == NO_RANGE:
        raise unplayed(setup, session.lacking)
    if session.closed == "failed" and session.reason == "tracking":
        error = played.error or TrackerError("Tracking failed.", "Start again.")
        raise type(error)(f"{error.what} The session was closed and is saved.", error.next_step)
    if isinstance(spec, VideoSpec) and played.frames_seen and not played.frames_tracked:
        raise VideoError(f"Nobody is seen in {spec.path}; the session is saved.", SHOW_SOMEBODY)
    if (given_up := impatient(setup, session.reason, spec)) is not None:
        raise given_up


def unsaved(entries: int, folder: Path) -> StoreError:
    return StoreError(
        f"{entries} entries of this session could not be saved in {folder}.",
        "Make space there; what was confirmed on the screen is safe.",
    )


def unplayed(setup: Setup, lacking: Mapping[str, str]) -> UseError:
    """What the calibration did not find, why, and what to do about it."""
    assert setup.exercise is not None
    whys = ", ".join(dict.fromkeys(render(Message(f"validity.{why.lower()}")) for why in lacking.values()))
    what = (
        f"{setup.exercise.id} was not played: its calibration did not find {' and '.join(lacking)} ({whys})."
    )
    moved_too_little = set(lacking.values()) <= SMALL
    step = (
        "Start it again, and go as far as is comfortable when you are asked."
        if moved_too_little
        else f"Look at how the camera stands, then start it again. {setup.exercise.camera}"
    )
    return UseError(what, step)


def came_of(trials: Sequence[TrialRow]) -> dict[str, int]:
    """Of the trials of a session: probes, which are no practice, and those that nobody could judge."""
    probes = [each.success for each in trials if each.body.get("probe") is True]
    practice = [each.success for each in trials if each.body.get("probe") is not True]
    return {
        "probes": len(probes),
        "probes_made": probes.count(True),
        "unjudged": practice.count(None),
    }


def _facts(ran: Ran, report: Path) -> dict[str, Any]:
    setup, session, played, pace = ran.setup, ran.session, ran.played, ran.played.pace
    return {
        "exercise": setup.exercise.id if setup.exercise else None,
        "patient": setup.patient,
        "trials": session.trials,
        "successes": session.successes,
        "found": "hand" if close_up(setup) else "body",
        "frames_tracked": played.frames_tracked,
        "frames_seen": played.frames_seen,
        "tracked_fps": round(len(pace.since["flipped"]) / pace.seconds, 1),
        "render_fps": round(pace.render_fps, 1),
        "rendered": pace.rendered,
        "seconds": round(pace.seconds, 1),
        "capture_to_flip_ms": pace.capture_to_flip_ms(),
        "session_id": setup.session_id,
        "database": str(ran.database),
        "report": str(report),
        "closed_as": session.closed,
        "reason": session.reason,
    }
