"""Looks: a scene as it is, squinted at, with one half covered, from three metres, and without its colours.

python -m rehabgames.testing.looks FOLDER [EXERCISE ...] paints one sheet for each exercise: docs/looks/.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import pygame

from rehabgames.app.repertoire import library
from rehabgames.testing.acting import Act, act, setup_for
from rehabgames.testing.showing import Moments, stage

PANEL: Final = (424, 238)
GAP: Final = 8
SQUINT: Final = (80, 45)  # an eye nearly closed keeps about so much of a screen
FAR: Final = 0.25
SEED: Final = 3
SHARE: Final = 0.55  # of the play
GROWN_S: Final = 1.0
LEFT, RIGHT = False, True


def looks_of(moments: Moments) -> pygame.Surface:
    """One moment of play in six panels: as it is, squint, grey; left half, right half, from three metres."""
    play = _grown(moments)
    first = next(at for at, (_, view, _) in enumerate(moments) if view.phase == "play")
    wanted = play[int(SHARE * len(play))]
    with stage() as painted:
        for t_s, view, cues in moments[first : wanted + 1]:
            painted.paint(view, t_s)
            for cue in cues:
                painted.cue(cue, t_s)
        shown = pygame.display.get_surface()
        assert shown is not None
        scene = shown.copy()
    small = pygame.transform.smoothscale(scene, PANEL)
    panels = (
        small,
        pygame.transform.smoothscale(pygame.transform.smoothscale(scene, SQUINT), PANEL),
        pygame.transform.grayscale(small),
        _half(small, covered=RIGHT),
        _half(small, covered=LEFT),
        _far(scene),
    )
    width, height = (n * side + (n + 1) * GAP for n, side in ((3, PANEL[0]), (2, PANEL[1])))
    sheet = pygame.Surface((width, height))
    sheet.fill("#ffffff")
    for i, panel in enumerate(panels):
        sheet.blit(panel, (GAP + i % 3 * (PANEL[0] + GAP), GAP + i // 3 * (PANEL[1] + GAP)))
    return sheet


def _grown(moments: Moments) -> list[int]:
    """Where in play a target has been shown for so long that it is there in full."""
    came_s: dict[int, float] = {}
    found = []
    for at, (t_s, view, _) in enumerate(moments):
        if view.phase != "play" or view.target is None:
            continue
        if t_s - came_s.setdefault(view.target.number, t_s) >= GROWN_S:
            found.append(at)
    return found


def _half(small: pygame.Surface, *, covered: bool) -> pygame.Surface:
    half = small.copy()
    half.fill("#202020", (PANEL[0] // 2 if covered else 0, 0, PANEL[0] // 2, PANEL[1]))
    return half


def _far(scene: pygame.Surface) -> pygame.Surface:
    """A quarter of the size, as a television is from three metres."""
    panel = pygame.Surface(PANEL)
    panel.fill("#ffffff")
    far = pygame.transform.smoothscale_by(scene, FAR)
    panel.blit(far, ((PANEL[0] - far.get_width()) // 2, (PANEL[1] - far.get_height()) // 2))
    return panel


def main(folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or [exercise.id for exercise in library().exercises() if exercise.posture == "sitting"]:
        made = setup_for(name, SEED, minutes=0.4)
        acted = act(Act(made, "mild", SEED, fps=15.0, longest_s=200.0, whole=True))
        pygame.image.save(looks_of(acted.moments), folder / f"{name}.jpg")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
