"""One view of play in each place, and what is measured on its picture."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from kitchen_views import Kitchen
from played_views import tapping, tilting
from reaching_views import catching, tracing
from river_views import river_view, steered
from screen import pixels
from shift_scenes import at_night, at_sea
from stage_views import body, playing

from rehabgames.core.view import View
from rehabgames.stage.palette import luminance

ASSETS = Path(__file__).parents[2] / "assets"

_MADE = {
    "orchard": lambda side, seed: playing("pick", side, seed),
    "garden": lambda side, seed: catching(2.0, side, seed).view(),
    "library": lambda side, seed: tracing(0.5, side, seed).view(),
    "river": lambda side, seed: river_view(steered(3.0), side=side, seed=seed),
    "harbour": lambda side, seed: at_sea(side=side, seed=seed),
    "night_hill": lambda side, seed: at_night(side=side, seed=seed),
    "workshop": lambda side, seed: tilting(0.2, side=side, seed=seed),
    "kitchen": lambda side, seed: Kitchen("kitchen_grasp", side, seed).view(),
    "concert": lambda side, seed: tapping(5.0, side=side, seed=seed),
}
NAMES = tuple(_MADE)
# the picture of each place that its play can least do without
FIRST = {
    "orchard": "apple",
    "garden": "petal",
    "library": "star",
    "river": "boat",
    "harbour": "raft",
    "night_hill": "star",
    "workshop": "ball",
    "kitchen": "jar",
    "concert": "bead",
}


def played(place: str, side: str = "right", seed: int = 0) -> View:
    """In the middle of a trial."""
    view = _MADE[place](side, seed)
    assert view.place == place
    assert view.target is not None
    return view


def with_head(view: View, right: float, up: float = 0.0) -> View:
    """The same with the player's head so far right and up of the mirror's middle, -1 .. 1."""
    moved = body().copy()
    moved[0] = (1.0 - right) / 2 * 640, 0.33 * 480 * (1.0 - up)
    return replace(view, body_px=moved, picture_size=(640, 480))


def some_assets(folder: Path, without: tuple[str, ...] = ()) -> Path:
    """A copy of the pictures, but for these folders or files."""
    shutil.copytree(ASSETS / "pictures", folder / "pictures")
    for name in without:
        path = folder / "pictures" / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    return folder


def settled(stage, view: View, at_s: float = 20.0, frames: int = 10) -> np.ndarray:
    """What is shown once everything has eased in."""
    for i in range(frames):
        stage.paint(view, at_s + i / 8)
    return pixels()


@dataclass(frozen=True)
class Difference:
    """Of two pictures. share: of the screen that changed by a lot; box: of that (x0, y0, x1, y1), px;
    contrast: of what changed most to what was there before (WCAG)."""

    share: float
    box: tuple[int, int, int, int]
    contrast: float


def difference(before: np.ndarray, after: np.ndarray) -> Difference:
    changed = np.abs(after - before).max(axis=2) > 40
    if not changed.any():
        return Difference(0.0, (0, 0, 0, 0), 1.0)
    where = np.argwhere(changed)
    low, high = where.min(axis=0), where.max(axis=0)
    a, b = (np.array([luminance(*rgb) for rgb in shot[changed]]) + 0.05 for shot in (before, after))
    contrast = float(np.quantile(np.maximum(a / b, b / a), 0.9))
    return Difference(float(changed.mean()), (*low.tolist(), *high.tolist()), contrast)
