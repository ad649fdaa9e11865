"""Measure a stored session or a video: `rehabgames measure`."""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rehabgames.app.track import SHOW_SOMEBODY, Progress, tracked_frames
from rehabgames.core.delay import Delay, delay_of
from rehabgames.core.errors import StoreError, UseError, VideoError
from rehabgames.core.landmarks import N_POSE, SIDES, Side
from rehabgames.core.measured import Measured
from rehabgames.core.pose import PoseFrame, Recording
from rehabgames.core.trial import Goal
from rehabgames.measures.battery import battery
from rehabgames.measures.hand import HandRange
from rehabgames.measures.material import Material, Practice, Practised, Try
from rehabgames.measures.reliability import measured_change
from rehabgames.records.folder import data_folder
from rehabgames.records.rows import LandmarkChunk, SessionRow, TrialRow
from rehabgames.records.store import Store
from rehabgames.session.chunks import unpack
from rehabgames.session.profiles import profile_of
from rehabgames.session.ranges import AT_REST
from rehabgames.signals import CONTROLS, BodyScale
from rehabgames.signals.compute import in_order
from rehabgames.signals.noise import NoiseFloor
from rehabgames.tracking.variants import USUAL, Variant

MOST_BASELINES = 5
VIDEO_ENDINGS = (".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v", ".mpg", ".mpeg")


@dataclass(frozen=True, slots=True)
class Found:
    """what: the session's id or the video's name; baselines: earlier sessions that `changed` compares with.

    changed: per measure its change since these sessions, which is only GOOD beyond the person's own MDC.
    """

    what: str
    seconds: float
    frames: int
    measured: tuple[Measured, ...]
    changed: tuple[Measured, ...] = ()
    baselines: int = 0

    def as_json(self) -> dict[str, Any]:
        """The numbers for --json. NaN is null."""
        return {
            "what": self.what,
            "seconds": round(self.seconds, 3),
            "frames": self.frames,
            "measures": [measured_json(each) for each in self.measured],
            "baselines": self.baselines,
            "changes": [measured_json(each) for each in self.changed],
        }


def measure(
    what: str, side: Side | None, latency_s: float | None, progress: Progress, pose: Variant = USUAL
) -> Found:
    """what: a session's id, its beginning, "last", or a video file. side: the working arm of a video;
    pose: the network that tracks it. latency_s: of camera and screen; None takes what the session says.

    Raises UseError, VideoError (also where nobody is in the video), ModelError, StoreError.
    """
    path, given = Path(what), None if latency_s is None else Delay(latency_s)
    if path.suffix.lower() in VIDEO_ENDINGS or _is_file(path):
        _, frames = tracked_frames(path, with_hands=True, progress=progress, pose=pose)
        return _video(path, side, given, frames)
    with Store.open(data_folder()) as store:
        return _session(store, store.session(what), given)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # no name that a file can have
        return False


def _video(path: Path, side: Side | None, given: Delay | None, frames: list[PoseFrame]) -> Found:
    rec = Recording.of(frames)
    rec = rec.only(in_order(rec.t_s))
    material = Material(rec, arms=SIDES if side is None else (side,), delay=given)
    if not material.present.any() and not np.isfinite(rec.hands_px).any():
        raise VideoError(f"Nobody is seen in {path}.", SHOW_SOMEBODY)
    return Found(path.name, material.seconds, len(rec), tuple(battery(material)))


def _session(store: Store, row: SessionRow, given: Delay | None) -> Found:
    material = material_of(store, row, given)
    measured = tuple(battery(material))
    earlier = [
        each
        for each in store.sessions()
        if each.patient == row.patient
        and each.exercise_id == row.exercise_id
        and each.status == "completed"
        and (each.start or {}).get("side") == row.start.get("side")
        and each.started_utc is not None
        and row.started_utc is not None
        and each.started_utc < row.started_utc
    ][:MOST_BASELINES]
    baselines = []
    for old in reversed(earlier):
        with contextlib.suppress(StoreError, UseError):  # what cannot be measured is no baseline
            was = material_of(store, old, given)
            baselines.append({(each.name, each.of): each for each in battery(was)})
    changed = [
        measured_change([old[key] for old in baselines if (key := (each.name, each.of)) in old], each)
        for each in measured
        if each.good
    ]
    return Found(row.id, material.seconds, len(material.rec), measured, tuple(changed), len(baselines))


def material_of(store: Store, row: SessionRow, given: Delay | None = None) -> Material:
    """What the record keeps of one session. Raises UseError where it keeps no landmarks, StoreError where
    they or what stands beside them are damaged."""
    try:
        return _material(store, row, given)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise StoreError(f"The record of {row.id} is damaged.", "Measure another session.") from error


def _material(store: Store, row: SessionRow, given: Delay | None) -> Material:
    side: Side = "left" if row.start.get("side") == "left" else "right"
    clock_s = float(row.start.get("clock_s") or 0.0)
    rec = _recording(store.landmarks(row.id), row.id)
    for confirmed in store.events(row.id, "confirmed")[:1]:  # before, nobody was known to be the patient
        rec = rec.between(clock_s + confirmed.t_s, math.inf)
    if not len(rec):
        raise _nothing_in(row.id)
    known = BodyScale()
    profile = store.profile(row.id)
    found: dict[str, float] = {}
    if profile is not None:
        calibrated = profile_of(profile.body)
        arm_px, found = calibrated.arm_px, calibrated.found
        # an arm as long as the other one: only the working arm was calibrated
        known = BodyScale.of_arm(arm_px) if math.isfinite(arm_px) else known
    rest, rested = _rest(store, row.id, clock_s)
    return Material(
        rec,
        arms=(side,),
        known=known,
        rest=rest,
        rested=rested,
        tries=tuple(_try(trial, clock_s, side) for trial in store.trials(row.id)),
        delay=given or _delay(store, row.id),
        practised=_practised(row, side, found),
    )


def practice_of(row: SessionRow) -> Practice:
    """What the exercise of a session trains; records from before there were several mean an arm."""
    control = CONTROLS.get(str(row.start.get("control"))) if isinstance(row.start, dict) else None
    if control is None or control.space == "arm":
        return "arm"
    return "shift" if control.space == "shift" else "hand"


def _practised(row: SessionRow, side: Side, found: dict[str, float]) -> Practised | None:
    """None for a calibration, and for records from before there was anything but arms: there all is told."""
    control = CONTROLS.get(str(row.start.get("control")))
    if control is None:
        return None
    practice = practice_of(row)
    if practice == "arm":
        return Practised("arm")
    if practice == "shift":
        rest = found.get(f"{control.x}.rest", AT_REST.get(control.x, math.nan))
        return Practised("shift", control.x, rest)
    ends = (found.get(f"{control.grip}.{end}", math.nan) for end in ("closed", "open"))
    taps = row.start.get("game") == "taps"
    return Practised("hand", f"{control.grip}.{side}", hand=HandRange(*ends), taps=taps)


def _nothing_in(session_id: str) -> UseError:
    what = f"The session {session_id} holds no pictures to measure."
    return UseError(what, "Choose one that was played to its end.")


def _recording(chunks: list[LandmarkChunk], session_id: str) -> Recording:
    if not chunks:
        raise _nothing_in(session_id)
    try:
        rec = Recording.joined([unpack(chunk.payload) for chunk in chunks])
        if rec.points_px.shape[1:] != (N_POSE, 2):
            raise ValueError(f"a body has {N_POSE} landmarks")
    except ValueError as error:
        raise StoreError(f"The landmarks of {session_id} are damaged.", "Measure another session.") from error
    return rec.only(in_order(rec.t_s))


def _delay(store: Store, session_id: str) -> Delay | None:
    """As the session itself found it at last; None for records from before sessions did."""
    events = store.events(session_id, "motion_to_photon")
    return delay_of(events[-1].body) if events else None


def _rest(
    store: Store, session_id: str, clock_s: float
) -> tuple[NoiseFloor | None, tuple[float, float] | None]:
    """The last rest that was asked for before the trials, and when it was."""
    events = store.events(session_id, "noise_floor")
    if not events:
        return None, None
    sigma = [math.nan if each is None else float(each) for each in events[-1].body["sigma_px"]]
    if len(sigma) != N_POSE:
        return None, None
    seconds, end_s = float(events[-1].body["seconds"]), clock_s + events[-1].t_s
    return NoiseFloor(np.array(sigma), seconds), (end_s - seconds, end_s)


def _try(trial: TrialRow, clock_s: float, side: Side) -> Try:
    body = trial.body
    end_s = clock_s + trial.t_s
    asked_s = end_s - float(body["duration_s"] or 0.0)
    seen_s, reach_s = body.get("seen_s"), body.get("reach_s")
    levels = list((body.get("levels") or {}).values())
    goal = Goal(**body["goal"])
    return Try(
        cue_s=asked_s if seen_s is None else clock_s + float(seen_s),
        reached_s=math.nan if reach_s is None else asked_s + float(reach_s),
        end_s=end_s,
        target=goal.xy(1.0 if side == "right" else -1.0),
        radius=goal.radius,
        success=body.get("success"),
        level=float(levels[0]) if levels else math.nan,
    )


def measured_json(each: Measured) -> dict[str, Any]:
    return {
        "name": each.name,
        "of": each.of,
        **_numbers(value=each.value, plus_minus=each.plus_minus, coverage=each.coverage),
        "unit": each.unit,
        "validity": each.validity.name.lower(),
        "how": {"id": each.how.id, "params": {k: v for k, v in each.how.params.items() if _sound(v)}},
    }


def _sound(value: Any) -> bool:
    return not isinstance(value, float) or math.isfinite(value)


def _numbers(**values: float) -> dict[str, float | None]:
    return {name: round(value, 6) if math.isfinite(value) else None for name, value in values.items()}
