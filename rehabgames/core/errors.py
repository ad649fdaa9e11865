"""The one error tree.

RehabgamesError             what happened, and the next step
├── UseError                the caller asked for something that cannot be done; exit code 2
│   ├── ContentError        a file of exercises/, calibration/ or a plan says something wrong
│   ├── UnknownNameError    a name that does not exist; offers the nearest
│   └── VideoError          a video file that is missing, broken or holds nobody
└── MachineError            this machine cannot do it now; exit code 1
    ├── CameraError         no camera, camera busy, camera gone
    ├── ModelError          tracking models missing, damaged or out of reach
    ├── StoreError          the record cannot be written or read
    │   └── DamagedError    the record holds text that is no document
    └── TrackerError        the tracking process cannot be kept alive
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class RehabgamesError(Exception):
    """Root of the tree. `str(error)` is one plain message: what happened, then the next step.

    code  which of the troubles it is that are told by a picture and in the player's language, see
          visit.troubles; "" for one that is none of these
    """

    exit_code = 1
    code = ""

    def __init__(self, what: str, next_step: str = "", *, code: str = "") -> None:
        self.what = what
        self.next_step = next_step
        self.code = code or self.code
        super().__init__(f"{what} {next_step}".strip())


class UseError(RehabgamesError):
    exit_code = 2


class ContentError(UseError):
    pass


class UnknownNameError(UseError):
    pass


class VideoError(UseError):
    pass


class MachineError(RehabgamesError):
    exit_code = 1


class CameraError(MachineError):
    code = "camera_gone"


class ModelError(MachineError):
    code = "models"


class StoreError(MachineError):
    code = "record"


class DamagedError(StoreError):
    pass


class TrackerError(MachineError):
    code = "tracker"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None where nothing is near."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return found[0] if found else None


def unknown_name(kind: str, name: str, known: Iterable[str]) -> UnknownNameError:
    """An UnknownNameError that offers the nearest name, or lists all when few or none is near."""
    names = sorted(known)
    near = nearest(name, names)
    hint = f"Did you mean '{near}'?" if near else f"Choose one of: {', '.join(names)}."
    return UnknownNameError(f"There is no {kind} '{name}'.", hint)
