"""Wiring: brings rooms together that do not know each other."""

from __future__ import annotations

import sys
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rehabgames import __version__
from rehabgames.app.repertoire import library
from rehabgames.core.delay import Onlooker
from rehabgames.core.exercise import Exercise
from rehabgames.core.inputs import Answer
from rehabgames.core.landmarks import Side
from rehabgames.core.limits import Limits
from rehabgames.core.protocol import Protocol, RoomProtocol
from rehabgames.records.store import Store
from rehabgames.session import Setup
from rehabgames.session.profiles import profile_of
from rehabgames.session.shown import hand_alone, watches_hands
from rehabgames.tracking.sources import FaultySpec, SourceSpec, VirtualSpec, WebcamSpec

HANDS_AT_M = 1.5  # from the camera, where it is to see body and fingers
RECORDED_VERSIONS = ("mediapipe", "numpy", "scipy", "pymunk", "opencv-contrib-python")


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants to play. minutes None: the exercise's own dose; said: answers given before; child:
    as the exercise is for children; filmed_s: motion to photon, as somebody filmed it; accompanied: somebody
    may stand beside."""

    exercise: str = ""
    patient: str = "patient"
    side: Side = "right"
    seed: int = 0
    minutes: float | None = None
    source: str = ""
    limits: Limits = field(default_factory=Limits)
    said: tuple[Answer, ...] = ()
    child: bool = False
    filmed_s: float | None = None
    accompanied: bool = False


def setup_of(request: Request) -> Setup:
    """The session that a request means. Raises UnknownNameError and ContentError."""
    shelf = library()
    exercise = shelf.exercise(request.exercise, child=request.child)
    return _setup(request, exercise, shelf.protocol(exercise.calibration))


def calibration_of(request: Request, protocol: str) -> Setup:
    """The session that calibrates by this protocol alone. Raises UnknownNameError and ContentError."""
    return _setup(request, None, library().protocol(protocol))


def _setup(request: Request, exercise: Exercise | None, protocol: Protocol) -> Setup:
    now = datetime.now(UTC)
    return Setup(
        session_id=f"{now:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:8]}",
        patient=request.patient,
        exercise=exercise,
        protocol=protocol,
        side=request.side,
        seed=request.seed,
        started_utc=now.isoformat(timespec="milliseconds"),
        zone=_zone(),
        limits=request.limits,
        said=request.said,
        accompanied=request.accompanied,
        minutes=request.minutes,
        source=request.source,
        filmed_s=request.filmed_s,
        versions={"rehabgames": __version__, "python": sys.version.split()[0]}
        | {name: version(name) for name in RECORDED_VERSIONS},
    )


def with_previous(setup: Setup, store: Store) -> Setup:
    """The same setup with the last profile of this person, protocol and side, where there is a good one."""
    row = store.latest_profile(setup.patient, setup.protocol.id, setup.side)
    if row is None:
        return setup
    try:
        return replace(setup, previous=profile_of(row.body))
    except ValueError:  # of an older program, or damaged: the calibration is done anew
        return setup


def close_up(setup: Setup) -> bool:
    """True where the camera sees a hand alone: nothing of a body is needed."""
    return hand_alone(setup)


def onlooker_of(spec: SourceSpec) -> Onlooker:
    """Who is before the screen, and seen through what; "" where a film is played, in which nobody sees it."""
    if isinstance(spec, FaultySpec):
        return onlooker_of(spec.spec)
    return "camera" if isinstance(spec, WebcamSpec) else "drawn" if isinstance(spec, VirtualSpec) else ""


def with_onlooker(setup: Setup, spec: SourceSpec) -> Setup:
    """The same setup with who is before the screen. Who plays is confirmed where somebody can be asked: not
    in a film, in which nobody can step aside either, not beside a hand alone, and not before a room check,
    which asks itself."""
    setup = replace(setup, onlooker=onlooker_of(spec))
    if not setup.onlooker:
        return replace(setup, accompanied=True)
    return replace(setup, confirms=not close_up(setup) and not isinstance(setup.protocol, RoomProtocol))


def drawn_for(setup: Setup, spec: VirtualSpec) -> VirtualSpec:
    """A virtual patient before a camera that stands where this exercise or calibration asks for it."""
    posture = setup.exercise.posture if setup.exercise else setup.protocol.posture
    alone = close_up(setup)
    near_m = HANDS_AT_M if watches_hands(setup) and not alone else spec.distance_m
    return replace(spec, sitting=posture == "sitting", distance_m=near_m, close_up=alone)


def _zone() -> str:
    """The name of this machine's time zone where it has one, else its offset from UTC."""
    local = datetime.now().astimezone()
    link = Path("/etc/localtime")
    if link.is_symlink() and "zoneinfo/" in str(link.readlink()):
        return str(link.readlink()).partition("zoneinfo/")[2]
    return local.strftime("%z")
