"""What a stage shows, as numbers."""

import math

import numpy as np
import pygame

from rehabgames.testing.flashes import MOST_SHARE, SMALL, luminance, worst_share


def pixels():
    """(width, height, 3) of the screen as it is. In memory each colour lies for itself: what is asked of all
    three of a pixel, as a largest difference, is found five times sooner."""
    shot = pygame.surfarray.array3d(pygame.display.get_surface())
    return np.array(shot.transpose(2, 0, 1), dtype=float, order="C").transpose(1, 2, 0)


def every(step, count):
    """Each `step`-th number under `count`, and the last one: what eases does so with time, however few of
    its scenes are painted."""
    return [*range(0, count - 1, step), count - 1]


def shown(stage, view, at_s=20.0, seconds=1.0):
    """The pixels once a view has been shown for some time."""
    for i in every(3, round(seconds * 30)):
        stage.paint(view, at_s + i / 30)
    return pixels()


def ring(shot, centre, inner, outer, flat=1.0):
    """(n, 3) of the pixels between two radii, px; flat: how much lower than wide it is."""
    low = [max(0, math.floor(at - r)) for at, r in zip(centre, (outer, outer * flat), strict=True)]
    high = [max(0, math.ceil(at + r) + 1) for at, r in zip(centre, (outer, outer * flat), strict=True)]
    part = shot[low[0] : high[0], low[1] : high[1]]
    x, y = np.indices(part.shape[:2])
    away = np.hypot(x + low[0] - centre[0], (y + low[1] - centre[1]) / flat)
    return part[(away >= inner) & (away < outer)]


def mean_colour(shot, centre, inner, outer, flat=1.0):
    """Mean sRGB of a ring."""
    return tuple(ring(shot, centre, inner, outer, flat).mean(axis=0))


def brightness():
    """Relative luminance of the screen as it is, made as small as flashes are looked for."""
    small = pygame.transform.smoothscale(pygame.display.get_surface(), SMALL)
    return luminance(pygame.surfarray.array3d(small))


def flashes(frames, fps):
    """Brightnesses of the screen in which a part that is not small flashes more than three times a second."""
    return worst_share(frames, fps) > MOST_SHARE
