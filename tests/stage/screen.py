"""What a stage shows, as numbers."""

import pygame


def pixels():
    """(width, height, 3) of the screen as it is."""
    return pygame.surfarray.array3d(pygame.display.get_surface()).astype(float)


def shown(stage, view, at_s=20.0, seconds=1.0):
    """The pixels once a view has been shown for some time."""
    for i in range(round(seconds * 30)):
        stage.paint(view, at_s + i / 30)
    return pixels()
