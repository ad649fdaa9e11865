"""Showing: the pictures that a stage paints of an acted session, without a window."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
import pygame

from rehabgames.app.plug_ins import load_places
from rehabgames.content.root import assets_folder
from rehabgames.core.player import Comfort
from rehabgames.core.view import Cue, View
from rehabgames.stage.window import Stage
from rehabgames.testing.flashes import MOST_SHARE, SMALL, luminance, worst_share
from rehabgames.words import suited

Moments = Sequence[tuple[float, View, tuple[Cue, ...]]]
SIZE = (1280, 720)
LOOKED_AT = ("play", "paused")  # phases in which flashes are looked for
RUN_UP_S = 2.0  # painted before what is looked at, so that everything has eased in


@contextmanager
def stage(size: tuple[int, int] = SIZE, *, calm: bool = False) -> Iterator[Stage]:
    """A stage that nobody sees or hears, with the places of plug-ins."""
    load_places()
    made = Stage(assets_folder(), suited, size=size, headless=True, sound=False, comfort=Comfort(calm=calm))
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
    seconds of play are looked at; nothing is painted long before them."""
    fps = round(1.0 / (moments[1][0] - moments[0][0])) if len(moments) > 1 else 30
    from_s = next((t_s for t_s, view, _ in moments if view.phase in LOOKED_AT), math.inf) - RUN_UP_S
    frames = []
    with stage() as painted:
        for t_s, view, cues in moments:
            if t_s < from_s:
                continue
            painted.paint(view, t_s)
            for cue in cues:
                painted.cue(cue, t_s)
            if view.phase in LOOKED_AT:
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


SHARES = (0.2, 0.5, 0.8)  # of the play, at which a contact sheet looks
SHEET = (640, 360)
AFTER_S = 1.5  # the end has opened by then


def contact_sheet(moments: Moments, *, calm: bool = False) -> pygame.Surface:
    """Three moments of play and the end, each at a quarter of the size, with what leads up to them."""
    play = [at for at, (_, view, _) in enumerate(moments) if view.phase == "play"]
    wanted = {play[int(share * len(play))] for share in SHARES}
    soon = [moments[at][0] for at in wanted]
    sheet, shown = pygame.Surface(SHEET), 0
    with stage(calm=calm) as painted:
        for at, (t_s, view, cues) in enumerate(moments[play[0] :], play[0]):
            if any(0.0 <= then - t_s <= RUN_UP_S for then in soon):
                painted.paint(view, t_s)
            for cue in cues:
                painted.cue(cue, t_s)
            if at in wanted:
                _into(sheet, shown)
                shown += 1
        t_s, view, _ = moments[-1]
        for tick in range(int(30 * AFTER_S)):
            painted.paint(view, t_s + tick / 30)
        _into(sheet, shown)
    return sheet


def _into(sheet: pygame.Surface, place: int) -> None:
    half = (SHEET[0] // 2, SHEET[1] // 2)
    corner = (place % 2 * half[0], place // 2 * half[1])
    sheet.blit(pygame.transform.smoothscale(_surface(), half), corner)
