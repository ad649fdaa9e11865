"""Wiring: brings rooms together that do not know each other."""

from __future__ import annotations

import sys
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rehabgames import __version__
from rehabgames.adapt import ADAPTERS
from rehabgames.content.known import Known
from rehabgames.content.library import Library
from rehabgames.core.landmarks import Side
from rehabgames.core.person import Limits
from rehabgames.games import GAMES, PLACES, SETTINGS
from rehabgames.records.folder import data_folder
from rehabgames.session import Setup
from rehabgames.signals.catalogue import CONTROLS, all_names

RECORDED_VERSIONS = ("mediapipe", "numpy", "pymunk", "opencv-contrib-python")


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants to play. minutes None: the exercise's own dose."""

    exercise: str
    patient: str = "patient"
    side: Side = "right"
    seed: int = 0
    minutes: float | None = None
    source: str = ""
    limits: Limits = field(default_factory=Limits)


def known() -> Known:
    """Every name that content files may use."""
    return Known(
        games=frozenset(GAMES),
        signals=frozenset(all_names()),
        adapters=frozenset(ADAPTERS),
        places=PLACES,
        controls=frozenset(CONTROLS),
        settings=SETTINGS,
    )


def own_exercises() -> Path:
    """Where a therapist's own exercise files live; it need not exist."""
    return data_folder() / "exercises"


def library() -> Library:
    """The shipped exercises and the user's own."""
    own = own_exercises()
    return Library.open(known(), extra=(own,) if own.is_dir() else ())


def setup_of(request: Request) -> Setup:
    """The session that a request means. Raises UnknownNameError and ContentError."""
    shelf = library()
    exercise = shelf.exercise(request.exercise)
    now = datetime.now(UTC)
    return Setup(
        session_id=f"{now:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:8]}",
        patient=request.patient,
        exercise=exercise,
        protocol=shelf.protocol(exercise.calibration),
        side=request.side,
        seed=request.seed,
        started_utc=now.isoformat(timespec="milliseconds"),
        zone=_zone(),
        limits=request.limits,
        minutes=request.minutes,
        source=request.source,
        versions={"rehabgames": __version__, "python": sys.version.split()[0]}
        | {name: version(name) for name in RECORDED_VERSIONS},
    )


def _zone() -> str:
    """The name of this machine's time zone where it has one, else its offset from UTC."""
    local = datetime.now().astimezone()
    link = Path("/etc/localtime")
    if link.is_symlink() and "zoneinfo/" in str(link.readlink()):
        return str(link.readlink()).partition("zoneinfo/")[2]
    return local.strftime("%z")
