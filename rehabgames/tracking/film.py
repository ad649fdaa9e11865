"""Film: a scripted body drawn into camera pictures, and what the real tracker makes of them.

The truth is known for every picture, so that a measure can be held against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rehabgames.core.pose import Array, PoseFrame, Recording
from rehabgames.patients.body import Build
from rehabgames.patients.script import Script
from rehabgames.patients.stance import body_of
from rehabgames.tracking.detector import Detector
from rehabgames.tracking.figure import Drawn, Figure
from rehabgames.tracking.looks import Look

FPS = 30.0
SIZE = (640, 480)


@dataclass(frozen=True, slots=True, eq=False)
class Filmed:
    """rec: what was tracked; truth_px name of a joint → (n, 2), where it was drawn, maybe outside."""

    rec: Recording
    truth_px: Mapping[str, Array]


def film(
    script: Script, look: Look, *, fps: float = FPS, size: tuple[int, int] = SIZE, seed: int = 0
) -> Iterator[tuple[float, Drawn]]:
    """(t_s, what was drawn) at every picture of the script."""
    figure, build = Figure(look, size, seed), Build()
    for i in range(round(script.seconds * fps) + 1):
        yield i / fps, figure.draw(body_of(script.at(i / fps), build), i / fps)


def tracked(
    script: Script,
    look: Look,
    pose_model: Path,
    *,
    fps: float = FPS,
    size: tuple[int, int] = SIZE,
    seed: int = 0,
) -> Filmed:
    """The script through the real pose network. Raises ModelError and TrackerError."""
    frames: list[PoseFrame] = []
    truth: dict[str, list[tuple[float, float]]] = {}
    for frame, drawn in found(script, look, pose_model, fps=fps, size=size, seed=seed):
        frames.append(frame)
        for name, place in drawn.joints_px.items():
            truth.setdefault(name, []).append(place)
    return Filmed(Recording.of(frames), {name: np.array(places) for name, places in truth.items()})


def found(
    script: Script,
    look: Look,
    pose_model: Path,
    *,
    fps: float = FPS,
    size: tuple[int, int] = SIZE,
    seed: int = 0,
) -> Iterator[tuple[PoseFrame, Drawn]]:
    """What the real pose network makes of every picture of the script. Raises as `tracked`."""
    with Detector(pose_model) as detector:
        for i, (t_s, drawn) in enumerate(film(script, look, fps=fps, size=size, seed=seed)):
            yield detector.detect(np.asarray(drawn.picture, np.uint8), t_s, i), drawn
