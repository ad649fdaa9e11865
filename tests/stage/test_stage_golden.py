"""Every scene looks as it did: contact sheets of an acted session, kept at a quarter of the size.

REHABGAMES_GOLDEN=write paints them anew; look at them before they are committed.
"""

import os
from pathlib import Path

import numpy as np
import pygame
import pytest

from rehabgames.app.repertoire import library
from rehabgames.testing import Act, act, setup_for
from rehabgames.testing.showing import contact_sheet

GOLDEN = Path(__file__).parent / "golden"
SEED = 3
MEAN, FAR, SHARE = 2.0, 24, 0.02  # of 255 on average; so far off are at most that share of the pixels


def one_for_each_place():
    found = {}
    for exercise in library().exercises():
        found.setdefault((exercise.place, exercise.game), exercise.id)
    return sorted(found.values())


@pytest.mark.parametrize("exercise", one_for_each_place())
def test_a_scene_looks_as_it_did(exercise, tmp_path):
    made = setup_for(exercise, SEED, minutes=0.4)
    acted = act(Act(made, "mild", SEED, fps=15.0, longest_s=200.0, whole=True))
    sheet = contact_sheet(acted.moments)
    path = GOLDEN / f"{exercise}.png"
    if os.environ.get("REHABGAMES_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        pygame.image.save(sheet, path)
    kept = pygame.image.load(path)
    assert kept.get_size() == sheet.get_size()
    now, then = (pygame.surfarray.array3d(each).astype(int) for each in (sheet, kept))
    off = np.abs(now - then).max(axis=2)
    if off.mean() > MEAN or (off > FAR).mean() > SHARE:
        beside = pygame.Surface((2 * sheet.get_width(), sheet.get_height()))
        beside.blit(kept, (0, 0))
        beside.blit(sheet, (sheet.get_width(), 0))
        pygame.image.save(beside, tmp_path / "then_and_now.png")
        pytest.fail(
            f"{exercise} looks otherwise: {off.mean():.1f} of 255 on average, {(off > FAR).mean():.1%} far "
            f"off; see {tmp_path / 'then_and_now.png'}"
        )
