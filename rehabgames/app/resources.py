"""Resources: how much of the machine a session takes: which pose network, how many pictures and scenes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from rehabgames.app.power import saving
from rehabgames.app.tuned import AGAIN, remembered
from rehabgames.core.errors import UseError
from rehabgames.records.folder import data_folder
from rehabgames.tracking.sources import CAMERA_FPS, SourceSpec, VirtualSpec, WebcamSpec
from rehabgames.tracking.variants import USUAL, VARIANTS, Variant, installed, variants_folder

LOW_FPS: Final = 20.0
LOW_SCENES: Final = 30.0
SCENES: Final = 60.0


@dataclass(frozen=True, slots=True)
class Resources:
    """camera_fps: pictures a second that are tracked at most; scenes_fps: that are painted at most."""

    pose: Variant = USUAL
    camera_fps: float = CAMERA_FPS
    scenes_fps: float = SCENES
    notes: tuple[str, ...] = ()  # sentences to tell at the start

    @property
    def most_fps(self) -> float | None:
        """None where every picture of a usual camera is tracked."""
        return self.camera_fps if self.camera_fps < CAMERA_FPS else None

    def asked_of(self, spec: SourceSpec) -> SourceSpec:
        """The source, asked for no more pictures than are tracked: a camera that can be slower is."""
        if isinstance(spec, WebcamSpec | VirtualSpec) and self.camera_fps < spec.fps:
            return replace(spec, fps=self.camera_fps)
        return spec


def resources(pose: Variant | None = None, *, low_power: bool | None = None) -> Resources:
    """pose: the network that somebody named; low_power None: where the machine saves power. Else what the
    self-test chose, and the usual where there was none. Raises UseError where a network that is named is not
    here."""
    if pose is not None and pose not in (USUAL, *installed()):  # the usual one is fetched
        raise UseError(
            f"The pose network '{pose}' is not here.",
            f"Put its bundle into {variants_folder()}: pose_{pose}.task",
        )
    why = saving() if low_power is None else ""
    chosen = _tuned(pose)
    return lowered(chosen, pose, why) if why or low_power else chosen


def _tuned(named: Variant | None) -> Resources:
    """What was remembered; another network that is named is used at the usual rate."""
    try:
        tuned = remembered(data_folder())
    except UseError as error:
        return Resources(named or USUAL, notes=(str(error),))
    if tuned is None or (named is not None and named != tuned.pose):
        return Resources(named or USUAL)
    if named is None and tuned.pose not in (USUAL, *installed()):
        note = f"The pose network '{tuned.pose}' that the self-test chose is gone; '{USUAL}' is used. {AGAIN}"
        return Resources(notes=(note,))
    return Resources(tuned.pose, min(tuned.camera_fps, CAMERA_FPS))


def lowered(chosen: Resources, named: Variant | None, why: str = "") -> Resources:
    """The same at low power. why: what the machine tells; "" where somebody asked for it."""
    pose = named or lightest((chosen.pose, *installed()))
    note = f"Low power: {LOW_FPS:g} pictures and {LOW_SCENES:g} scenes a second, pose network '{pose}'"
    note += f", because {why} (--full-power for all of them)." if why else "."
    return Resources(pose, min(chosen.camera_fps, LOW_FPS), LOW_SCENES, (*chosen.notes, note))


def lightest(variants: Iterable[Variant]) -> Variant:
    return min(variants, key=VARIANTS.index)
