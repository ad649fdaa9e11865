"""How near the tracked joints of the drawn figure are to the drawn truth, per look.

The figure moves both arms through reaches (side, across, bent, slow and brisk) and leans; the real
pose network follows it in VIDEO mode at 30 pictures a second. Truth is where each joint was drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from rehabgames.core.landmarks import POSE, SIDES
from rehabgames.core.pose import Array
from rehabgames.patients.body import Body, Build
from rehabgames.patients.script import Script
from rehabgames.patients.stance import Arm, Stance, body_of
from rehabgames.tracking.figure import Figure
from rehabgames.tracking.looks import LOOKS, Look

FPS = 30.0
JOINTS = tuple(f"{side}_{joint}" for joint in ("shoulder", "elbow", "wrist", "hip") for side in SIDES)
GOAL_ERROR_SHARE = 0.015
GOAL_ELBOW_DEG = 8.0
GOAL_FOUND = 0.95

# t_s, right upper arm and forearm, left upper arm and forearm (degrees from straight down, outward
# positive), lean in degrees to the right. The brisk moves peak at about 2 m/s.
_KEYS: tuple[tuple[float, ...], ...] = (
    (0.00, 10, 6, 12, 4, 0),
    (0.72, 85, 84, 20, -8, 3),
    (0.95, 85, 86, 30, -30, 6),
    (1.75, 24, -70, 60, 75, 10),
    (1.95, 22, -74, 72, 88, 9),
    (3.00, 60, 135, 30, -60, -6),
    (3.20, 62, 140, 28, -64, -8),
    (4.40, 12, 6, 12, 6, 0),
)
MOTION_S = _KEYS[-1][0]


def _stance(key: tuple[float, ...], stand: float) -> Stance:
    """The arms of a key are turned from straight down, those of a stance from the trunk."""
    right, right_fore, left, left_fore, lean = key[1:]
    return Stance(
        left=Arm(left + lean, left_fore - left, bend=1.0),
        right=Arm(right - lean, right_fore - right, bend=1.0),
        lean_deg=lean,
        stand=stand,
    )


_MOTIONS = {
    sitting: Script(tuple((key[0], _stance(key, 0.0 if sitting else 1.0)) for key in _KEYS))
    for sitting in (False, True)
}


def moving_body(t_s: float, sitting: bool, build: Build | None = None) -> Body:
    """The body of the accuracy check at t_s; the motion repeats after MOTION_S."""
    opening = 0.5 + 0.5 * math.cos(2 * math.pi * t_s / 1.7)
    body = body_of(_MOTIONS[sitting].at(t_s % MOTION_S), build)
    return replace(body, hand_open={"left": opening, "right": 1 - opening})


@dataclass(frozen=True, slots=True)
class LookAccuracy:
    """found share of pictures with a body; errors in px and degrees, over joints inside the picture."""

    look: str
    found: float
    error_px: Array
    elbow_deg: Array
    width_px: int

    @property
    def median_share(self) -> float:
        """Median error as a share of the picture's width; NaN where no body was found."""
        return float(np.median(self.error_px)) / self.width_px if len(self.error_px) else math.nan

    @property
    def median_elbow_deg(self) -> float:
        return float(np.median(self.elbow_deg)) if len(self.elbow_deg) else math.nan

    @property
    def reaches_goal(self) -> bool:
        return (
            self.found >= GOAL_FOUND
            and self.median_share <= GOAL_ERROR_SHARE
            and self.median_elbow_deg <= GOAL_ELBOW_DEG
        )


def elbow_angle_deg(shoulder: Array, elbow: Array, wrist: Array) -> float:
    """Inner angle at the elbow, 180 = straight, in the picture plane."""
    a, b = shoulder - elbow, wrist - elbow
    return abs(math.degrees(math.atan2(float(a[0] * b[1] - a[1] * b[0]), float(a @ b))))


def _inside(place: Sequence[float], size: tuple[int, int]) -> bool:
    return 0 <= place[0] < size[0] and 0 <= place[1] < size[1]


def _errors(truth: dict[str, Array], found: Array, size: tuple[int, int]) -> tuple[list[float], list[float]]:
    seen = {name for name in JOINTS if _inside(list(truth[name]), size)}
    places = [math.dist(truth[name], found[POSE[name]]) for name in JOINTS if name in seen]
    angles: list[float] = []
    for side in SIDES:
        names = [f"{side}_{joint}" for joint in ("shoulder", "elbow", "wrist")]
        if seen.issuperset(names):
            true = elbow_angle_deg(*(truth[n] for n in names))
            angles.append(abs(elbow_angle_deg(*(found[POSE[n]] for n in names)) - true))
    return places, angles


def _landmarker(model: Path) -> Any:
    from mediapipe.tasks.python import BaseOptions, vision  # noqa: PLC0415 - takes a second

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(model)), running_mode=vision.RunningMode.VIDEO
    )
    return vision.PoseLandmarker.create_from_options(options)


def _found(landmarker: Any, picture: Any, t_s: float) -> Array | None:
    """(33, 2) px, or None where no body was found."""
    import mediapipe  # noqa: PLC0415 - takes a second

    rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
    image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)
    result = landmarker.detect_for_video(image, round(t_s * 1000))
    if not result.pose_landmarks:
        return None
    height, width = picture.shape[:2]
    return np.array([[mark.x * width, mark.y * height] for mark in result.pose_landmarks[0]])


def measure(look: Look, model: Path, frames: int, start_s: float = 0.0) -> LookAccuracy:
    """Track `frames` pictures of one look; the motion begins at start_s."""
    figure = Figure(look, seed=1)
    landmarker = _landmarker(model)
    found, places, angles = 0, list[float](), list[float]()
    try:
        for i in range(frames):
            t_s = i / FPS
            picture, joints_px = figure.draw(moving_body(start_s + t_s, look.sitting), t_s)
            landmarks = _found(landmarker, picture, t_s)
            if landmarks is None:
                continue
            found += 1
            truth = {name: np.array(place) for name, place in joints_px.items()}
            more_places, more_angles = _errors(truth, landmarks, figure.size)
            places += more_places
            angles += more_angles
    finally:
        landmarker.close()
    return LookAccuracy(look.name, found / frames, np.array(places), np.array(angles), figure.size[0])


def measure_all(model: Path, frames: int, looks: Sequence[Look] = LOOKS) -> list[LookAccuracy]:
    """Every look, each beginning elsewhere in the motion so that all of it is seen."""
    return [measure(look, model, frames, i * MOTION_S / len(looks)) for i, look in enumerate(looks)]


def worst(results: Iterable[LookAccuracy]) -> LookAccuracy:
    """The look whose joints are furthest off; one that was never found is worse than any."""
    return max(results, key=lambda r: math.inf if math.isnan(r.median_share) else r.median_share)


def table(results: Sequence[LookAccuracy]) -> str:
    """One line per look and one for all together."""
    lines = [f"{'look':<16} {'found':>6} {'median %':>9} {'p90 %':>7} {'elbow deg':>10}"]
    for r in results:
        p90 = float(np.percentile(r.error_px, 90)) / r.width_px if len(r.error_px) else math.nan
        lines.append(
            f"{r.look:<16} {r.found:>6.2f} {100 * r.median_share:>9.2f} {100 * p90:>7.2f}"
            f" {r.median_elbow_deg:>10.1f}{'' if r.reaches_goal else '  <- misses a goal'}"
        )
    return "\n".join([*lines, f"worst: {worst(results).look}"])
