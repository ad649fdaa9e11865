"""The live loop: tracker, session, record and stage in real time. Nothing in it waits for anything
but the next tick or what was newly tracked."""

from __future__ import annotations

import gc
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Protocol

from rehabgames.app.bounded import Bounded
from rehabgames.app.pace import Pace
from rehabgames.app.pictures import Album
from rehabgames.app.ticks import TICK_S, Ticks
from rehabgames.app.waking import Waking
from rehabgames.core.document import Document, StopStatus
from rehabgames.core.errors import RehabgamesError
from rehabgames.core.inputs import Flipped, Input, Stop, Woke
from rehabgames.core.landmarks import Side
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import Phase
from rehabgames.hearing.listener import Listener
from rehabgames.records.writer import Writer
from rehabgames.session import Session, Setup, Step
from rehabgames.stage.window import Stage
from rehabgames.tracking.tracker import Tracker

GOODBYE_S = {True: 0.5, False: 8.0}  # how long the last scene stays, headless or not
SAVE_WITHIN_S = 5.0
SWITCH_S = 0.001


class Runs(Protocol):
    """What the loop steps: a session, or a visit with one session after the other."""

    @property
    def closed(self) -> StopStatus | None: ...

    @property
    def playing(self) -> bool: ...

    @property
    def hands(self) -> tuple[Side, ...]:
        """Whose landmarks of their own are wanted now."""

    def step(
        self, frame: PoseFrame | None, inputs: Iterable[Input], now_s: float, shown_s: float | None = None
    ) -> Step: ...

    def close(self, status: StopStatus, reason: str) -> tuple[Document, ...]: ...


class Ending(Protocol):
    """Asked at every tick whether the session is to be ended from outside."""

    def lost(self, phase: Phase, *, playing: bool, now_s: float) -> str:
        """Why, as the reason of a session; "" while it is not."""


@dataclass(frozen=True, slots=True)
class Played:
    """What the loop did, and what ended the tracking."""

    pace: Pace
    frames_seen: int
    frames_tracked: int
    unsaved: int
    error: RehabgamesError | None = None


class _Interrupted:
    """Ctrl-C and a polite kill become a Stop, so that the session closes as every other does."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self, number: int, where: FrameType | None) -> None:
        self.asked = True


@contextmanager
def _settled() -> Iterator[None]:
    """What was made before the play is not looked through again by the collector of garbage, which would hold
    up the loop by 40 to 90 ms; and no other thread holds it up for longer than SWITCH_S (usual: 5 ms)."""
    gc.collect()
    gc.freeze()
    usual_s = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    try:
        yield
    finally:
        sys.setswitchinterval(usual_s)
        gc.unfreeze()


@contextmanager
def _interruptible() -> Iterator[_Interrupted]:
    interrupted = _Interrupted()
    before = {number: signal.signal(number, interrupted) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield interrupted
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def session_of(setup: Setup) -> Session:
    """One in which a plug-in is not waited for without end."""
    return Session(setup, Bounded(), Bounded())


def play_live(
    session: Runs,
    tracker: Tracker,
    stage: Stage,
    writer: Writer,
    *,
    pictures: Path | None,
    headless: bool,
    ending: Ending | None = None,
    scenes_fps: float = 1 / TICK_S,
    listener: Listener | None = None,
) -> Played:
    """Run it to its end. The tracker is started, the stage is prepared; the writer is closed here, after the
    last stop is handed to it. ending None: it is waited for without end. scenes_fps: no more are painted, on
    the whole. listener: tells of the word that means STOP."""
    pace = Pace()
    album = Album(stage, pictures) if pictures is not None else None
    with _interruptible() as interrupted, _settled():
        try:
            _run(
                session,
                tracker,
                stage,
                writer,
                _Loop(
                    pace,
                    album,
                    interrupted,
                    ending,
                    GOODBYE_S[headless],
                    Ticks(1 / scenes_fps),
                    listener or Listener(),
                ),
            )
        finally:
            for document in session.close("failed", "fault"):
                writer.put(document)
            unsaved = writer.close(SAVE_WITHIN_S)
    return Played(pace, tracker.frames_seen, tracker.frames_tracked, len(unsaved), error=tracker.error)


@dataclass(slots=True)
class _Loop:
    pace: Pace
    album: Album | None
    interrupted: _Interrupted
    ending: Ending | None
    goodbye_s: float
    ticks: Ticks
    listener: Listener


def _run(session: Runs, tracker: Tracker, stage: Stage, writer: Writer, loop: _Loop) -> None:
    pace, ticks, waking = loop.pace, loop.ticks, Waking()
    pace.began_s = time.monotonic()
    leave_s: float | None = None
    flipped: list[Input] = []
    while leave_s is None or time.monotonic() < leave_s:
        now_s = time.monotonic()
        frame = tracker.poll()
        asked: list[Input] = [*flipped, *stage.inputs(), *loop.listener.poll()]
        asked += (*tracker.troubles(), *writer.poll())
        stage.hears = loop.listener.hears
        if stood_s := waking.woke(now_s, time.time()):
            asked.append(Woke(stood_s))
        if loop.interrupted.asked:
            asked.append(Stop("signal"))
        elif tracker.ended and tracker.error is None:  # what failed is told as a trouble
            asked.append(Stop("source"))
        step = session.step(frame, asked, now_s, now_s + ticks.takes_s)
        stepped_s = time.monotonic()
        for cue in step.cues:
            stage.cue(cue, now_s)
        loop.listener.follow(step.view.comfort)
        tracker.show(step.view)
        tracker.watch(session.hands)
        tracker.calm(now=step.view.target is None)
        drawn_from_s = time.monotonic()
        try:
            stage.paint(step.view, now_s, tracker.picture(), mirror_later=True)
        finally:  # the writer's thread must not hold up the scene
            for document in (*step.documents, *_given_up(session, step.view.phase, loop.ending, now_s)):
                writer.put(document)
        flipped = [Flipped(stage.flipped_s)]
        ticks.scene(now_s, stage.flipped_s, time.monotonic(), frame=frame is not None)
        if session.closed is None:
            pace.scene(now_s, drawn_from_s, stage.flipped_s)
            if frame is not None:
                done_s = (frame.tracked_s, now_s, stepped_s, stage.drawn_s, stage.flipped_s)
                pace.frame(frame.t_s, done_s)
        elif leave_s is None:
            leave_s = now_s + loop.goodbye_s
        elif any(isinstance(each, Stop) for each in asked):
            break
        if loop.album is not None:
            loop.album.look(step.view, now_s)
        tracker.wait(ticks.due_s() - time.monotonic())


def _given_up(session: Runs, phase: Phase, ending: Ending | None, now_s: float) -> tuple[Document, ...]:
    """The last documents, where a session that does not begin is ended; none else."""
    if ending is None or session.closed is not None:
        return ()
    lost = ending.lost(phase, playing=session.playing, now_s=now_s)
    return session.close("stopped", lost) if lost else ()
