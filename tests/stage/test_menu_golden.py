"""Every screen in every language looks as it did: a contact sheet for each, at a quarter of the size."""

import math

import pygame
import pytest
from golden_sheets import as_it_did
from menu_views import SCREENS, told, view_of, with_told
from system_fonts import needs

from rehabgames.core.player import Comfort
from rehabgames.stage.menus import telling
from rehabgames.words import languages

ACROSS, SMALL = 5, (320, 180)
TELL = ("home", "home done", "summary")  # what was done, and what came of it
SETTLED = 6  # scenes until everything has eased in


@pytest.mark.parametrize("language", [pytest.param(each, marks=needs(each)) for each in sorted(languages())])
def test_every_screen_looks_as_it_did(language, make_spoken, tmp_path, monkeypatch):
    monkeypatch.setattr(telling, "MAKES_S", math.inf)  # what is seen then is the same on every machine
    stage = make_spoken(language=language)
    down = -(-len(SCREENS) // ACROSS)
    sheet = pygame.Surface((ACROSS * SMALL[0], down * SMALL[1]))
    for i, name in enumerate(SCREENS):
        menu = SCREENS[name].menu(i, Comfort(language=language))
        view = view_of(with_told(menu, told()) if name in TELL else menu)
        for tick in range(SETTLED):
            stage.paint(view, 10.0 * (i + 1) + tick * 0.2)
        shot = pygame.transform.smoothscale(pygame.display.get_surface(), SMALL)
        sheet.blit(shot, (i % ACROSS * SMALL[0], i // ACROSS * SMALL[1]))
    as_it_did(sheet, f"screens_{language}", tmp_path)
