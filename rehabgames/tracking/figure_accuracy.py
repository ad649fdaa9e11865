"""How near the tracked joints of the drawn figure are to the drawn truth, per look.

The figure moves both arms through reaches (side, across, bent, slow and brisk) and leans; the real
pose network follows it in VIDEO mode at 30 pictures a second. Truth is where each joint was drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from rehabgames.core.landmarks import POSE, SIDES, Side
from rehabgames.core.pose import Array
from rehabgames.patients.body import Body, Build, Point
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


def _turned(point: Point, lean_rad: float) -> Point:
    c, s = math.cos(lean_rad), math.sin(lean_rad)
    return point[0] * c - point[1] * s, point[0] * s + point[1] * c


def _pose_at(t_s: float) -> list[float]:
    """The keys joined by minimum-jerk moves."""
    t = t_s % MOTION_S
    i = next(i for i, key in enumerate(_KEYS) if key[0] > t)
    before, after = _KEYS[i - 1], _KEYS[i]
    u = (t - before[0]) / (after[0] - before[0])
    share = u**3 * (10 - 15 * u + 6 * u * u)
    return [a + share * (b - a) for a, b in zip(before[1:], after[1:], strict=True)]


def moving_body(t_s: float, sitting: bool, build: Build | None = None) -> Body:
    """The body of the accuracy check at t_s; the motion repeats after MOTION_S."""
    b = build or Build()
    *arms, lean_deg = _pose_at(t_s)
    lean = math.radians(lean_deg)
    hip_y = 0.47 if sitting else b.thigh + b.shank + 0.08
    knee_y, ankle_y = (0.41, 0.05) if sitting else (b.shank + 0.08, 0.08)
    joints: dict[str, Point] = {}
    x, y = _turned((0.0, b.trunk + b.neck + 0.075), lean)
    joints["nose"] = (x, hip_y + y)
    sides: tuple[tuple[Side, float, list[float]], ...] = (("right", -1.0, arms[:2]), ("left", 1.0, arms[2:]))
    for side, outward, (upper, fore) in sides:
        x, y = _turned((outward * b.shoulder_width / 2, b.trunk), lean)
        place = (x, hip_y + y)
        joints[f"{side}_shoulder"] = place
        for joint, length, degrees in (("elbow", b.upper_arm, upper), ("wrist", b.forearm, fore)):
            angle = math.radians(degrees)
            place = (place[0] + outward * length * math.sin(angle), place[1] - length * math.cos(angle))
            joints[f"{side}_{joint}"] = place
        joints[f"{side}_hip"] = (outward * b.hip_width / 2, hip_y)
        joints[f"{side}_knee"] = (outward * (0.18 if sitting else 0.10), knee_y)
        joints[f"{side}_ankle"] = (outward * (0.17 if sitting else 0.09), ankle_y)
    opening = 0.5 + 0.5 * math.cos(2 * math.pi * t_s / 1.7)
    return Body(joints, {"left": opening, "right": 1 - opening}, lean, b)


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
