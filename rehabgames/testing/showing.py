"""Showing: the pictures that a stage paints of an acted session, without a window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
import pygame

from rehabgames.content.root import assets_folder
from rehabgames.core.view import Cue, View
from rehabgames.stage.window import Stage
from rehabgames.testing.flashes import MOST_SHARE, SMALL, luminance, worst_share
from rehabgames.words import render

Moments = Sequence[tuple[float, View, tuple[Cue, ...]]]
SIZE = (1280, 720)


@contextmanager
def stage(size: tuple[int, int] = SIZE, *, calm: bool = False) -> Iterator[Stage]:
    """A stage that nobody sees or hears."""
    made = Stage(assets_folder(), render, size=size, headless=True, sound=False, calm=calm)
    try:
        yield made
    finally:
        made.close()


def pixels() -> npt.NDArray[np.uint8]:
    """(w, h, 3) of what was painted last."""
    surface = pygame.display.get_surface()
    assert surface is not None
    return pygame.surfarray.array3d(surface)


def pictures_differ(views: Sequence[View], exercise: str, seed: int) -> bool:
    """Two stages paint the same views differently."""
    shown = []
    for _ in range(2):
        with stage((640, 360)) as painted:
            shown.append([_painted(painted, view) for view in views])
    return any(not np.array_equal(a, b) for a, b in zip(*shown, strict=True))


def flashing_share(moments: Moments, exercise: str, seed: int) -> float:
    """Largest share of a field of view that flashes, over MOST_SHARE; 0 where none does. The busiest
    seconds of play are looked at."""
    fps = round(1.0 / (moments[1][0] - moments[0][0])) if len(moments) > 1 else 30
    frames = []
    with stage() as painted:
        for t_s, view, cues in moments:
            painted.paint(view, t_s)
            for cue in cues:
                painted.cue(cue, t_s)
            if view.phase in ("play", "paused"):
                small = pygame.transform.smoothscale(_surface(), SMALL)
                frames.append(luminance(pygame.surfarray.array3d(small)))
    if not frames:
        return 0.0
    worst = worst_share(frames, fps)
    return worst if worst > MOST_SHARE else 0.0


def _surface() -> pygame.Surface:
    surface = pygame.display.get_surface()
    assert surface is not None
    return surface


def _painted(painted: Stage, view: View) -> npt.NDArray[np.uint8]:
    painted.paint(view, view.t_s)
    return pixels()
