"""Lock-step: a virtual patient plays on virtual time, as fast as MediaPipe allows.

The patient is drawn, the real MediaPipe tracks the picture, and only what was tracked plays. The
same setup and patient give the same documents, byte for byte, on one machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from rehabgames.app.live import Runs
from rehabgames.core.document import Document
from rehabgames.core.inputs import Flipped, Input, Recorded
from rehabgames.core.view import View
from rehabgames.session import Session, Setup, Step
from rehabgames.tracking.detector import Detector
from rehabgames.tracking.virtual import VirtualCamera

TICKS_PER_FRAME = 2  # the game runs at twice the camera's rate


@dataclass(frozen=True, slots=True)
class Moment:
    """One tick: what the session answered, and where the joints were drawn, px."""

    now_s: float
    step: Step
    truth_px: dict[str, tuple[float, float]]


def play_lockstep(
    setup: Setup,
    camera: VirtualCamera,
    detector: Detector,
    *,
    longest_s: float = 600.0,
    say: Callable[[float, View | None], list[Input]] | None = None,
) -> Iterator[Moment]:
    """Moments of the session of a setup; see `lockstep`."""
    session = Session(replace(setup, onlooker="drawn"))
    return lockstep(session, camera, detector, longest_s=longest_s, say=say)


def lockstep(
    runs: Runs,
    camera: VirtualCamera,
    detector: Detector,
    *,
    longest_s: float = 600.0,
    say: Callable[[float, View | None], list[Input]] | None = None,
) -> Iterator[Moment]:
    """Moments until it is closed, or `longest_s` of its time is over.

    say: what people do at a time, seeing a view. Every document counts as recorded at the next tick, and
    every view is on the screen at its own: the delay from motion to photon is none.
    """
    tick_s = 1.0 / (camera.fps * TICKS_PER_FRAME)
    written: list[Document] = []
    view: View | None = None
    for tick in range(int(longest_s / tick_s)):
        now_s = tick * tick_s
        frame = None
        if tick % TICKS_PER_FRAME == 0:
            picture = camera.picture_at(now_s, view)
            detector.want(runs.hands)
            frame = detector.detect(picture.bgr, picture.t_s, picture.index)
        inputs: list[Input] = [Recorded(written[-1].number, written[-1].session_id)] if written else []
        inputs += [Flipped((tick - 1) * tick_s)] if view is not None else []
        inputs += say(now_s, view) if say is not None else []
        step = runs.step(frame, inputs, now_s)
        if view is not None and step.view.confirmed > view.confirmed:
            detector.confirm()
        written, view = list(step.documents), step.view
        yield Moment(now_s, step, camera.truth_px)
        if runs.closed is not None:
            return
