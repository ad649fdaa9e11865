"""The window system says when nobody can see the window any more."""

import pygame
import pytest

from rehabgames.core.inputs import Hidden


@pytest.mark.parametrize(
    ("event", "yes"),
    [
        (pygame.WINDOWMINIMIZED, True),
        (pygame.WINDOWHIDDEN, True),
        (pygame.WINDOWRESTORED, False),
        (pygame.WINDOWSHOWN, False),
    ],
)
def test_a_window_that_is_put_away_is_hidden(make_stage, event, yes):
    stage = make_stage((640, 360))
    stage.inputs()
    pygame.event.post(pygame.event.Event(event))
    assert stage.inputs() == [Hidden(yes=yes)]
