"""Calibrate by one protocol: `rehabgames calibrate`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rehabgames.app.planned import planned, standing_allowed
from rehabgames.app.play import USUALLY, Progress, Screen, run
from rehabgames.app.resources import Resources
from rehabgames.app.wiring import Request, calibration_of, with_previous
from rehabgames.core.errors import UseError
from rehabgames.core.person import Profile
from rehabgames.records.folder import data_folder
from rehabgames.records.store import Store
from rehabgames.session.profiles import profile_body, profile_of
from rehabgames.tracking.sources import SourceSpec, WebcamSpec


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A calibration that was done. rechecked: the earlier profile still fits and was kept."""

    profile: Profile
    rechecked: bool
    session_id: str
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "session_id": self.session_id,
            "rechecked": self.rechecked,
            "profile": profile_body(self.profile),
        }


def calibrate(
    protocol: str,
    request: Request,
    spec: SourceSpec,
    screen: Screen,
    progress: Progress | None = None,
    *,
    recheck: bool = True,
    takes: Resources = USUALLY,
) -> Calibrated:
    """Raises RehabgamesError, UseError also where it was stopped before it was done."""
    setup = planned(calibration_of(request, protocol))
    setup = standing_allowed(setup, in_the_room=isinstance(spec, WebcamSpec))
    with Store.open(data_folder()) as store:
        setup = with_previous(setup, store) if recheck else setup
        ran = run(setup, spec, screen, store, progress, takes=takes)
        row = store.profile(setup.session_id)
        if row is None:
            raise UseError(
                f"The calibration {protocol} was stopped before it was done.", "Start it again when ready."
            )
        events = [event.name for event in store.events(setup.session_id)]
    return Calibrated(
        profile=profile_of(row.body),
        rechecked="recheck" in events and "calibration" not in events,
        session_id=setup.session_id,
        notes=ran.notes,
    )
