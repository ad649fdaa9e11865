"""Presses: what keys, a mouse, a finger and the window itself tell, as inputs."""

from __future__ import annotations

from typing import Final

import pygame

from rehabgames.core.inputs import Hidden, Input, Key, Press, Stop
from rehabgames.stage.canvas import Canvas
from rehabgames.stage.layout import Layout

HIDES: Final = {
    pygame.WINDOWMINIMIZED: True,
    pygame.WINDOWHIDDEN: True,
    pygame.WINDOWRESTORED: False,
    pygame.WINDOWSHOWN: False,
    pygame.WINDOWMAXIMIZED: False,
}
STOPS: Final = (pygame.K_ESCAPE, pygame.K_SPACE, pygame.K_q)
CHOOSES: Final = (pygame.K_SPACE, pygame.K_RETURN, pygame.K_KP_ENTER)  # the one key on a screen
AGAIN: Final = pygame.K_r


def says_again(event: pygame.event.Event) -> bool:
    """Somebody wants to hear once more what is asked."""
    return event.type == pygame.KEYDOWN and event.key == AGAIN


def input_of(event: pygame.event.Event, canvas: Canvas, layout: Layout | None, *, menu: bool) -> Input | None:
    """What it means; None for nothing. menu: choices are shown, which a key or a press makes; layout: has the
    signs of STOP, which are there in play as well."""
    if event.type == pygame.QUIT:
        return Stop(by="window")
    if event.type in HIDES:
        return Hidden(yes=HIDES[event.type])
    if event.type == pygame.KEYDOWN and menu and event.key in CHOOSES:
        return Key()
    if event.type == pygame.KEYDOWN and event.key in STOPS:
        return Stop(by="key")
    at = canvas.pressed(event)
    if at is not None and _on_stop(at, canvas, layout):
        return Stop(by="press")
    return Press(*at) if menu and at is not None else None


def _on_stop(at: tuple[float, float], canvas: Canvas, layout: Layout | None) -> bool:
    """Shares of the screen; a little beside the sign counts, too."""
    width, height = canvas.size
    signs = () if layout is None else layout.stops
    wide = tuple(pygame.Rect(area).inflate(area[2] // 2, area[3] // 2) for area in signs)
    return any(rect.collidepoint(at[0] * width, at[1] * height) for rect in wide)
