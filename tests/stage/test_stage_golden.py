"""Every scene looks as it did: contact sheets of an acted session, kept at a quarter of the size.

REHABGAMES_GOLDEN=write paints them anew; look at them before they are committed.
"""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pygame
import pytest
from stage_views import playing

from rehabgames.app.repertoire import library
from rehabgames.core.message import Message
from rehabgames.core.view import Guide
from rehabgames.testing import Act, act, setup_for
from rehabgames.testing.showing import contact_sheet, stage

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
    as_it_did(contact_sheet(acted.moments), exercise, tmp_path)


def waiting():
    """What everything waits for, where somebody else is in the picture or it is asked who plays."""
    raised = Guide("raise_hand", "left", back=False, hold=0.5, done=0, of=0, number=0)
    aside = Guide("one_person", "right", back=False, hold=0.0, done=0, of=0, number=0)
    asked, alone = Message("guide.raise_hand", {"side": "side.left"}), Message("guide.one_person")
    looking, paused = (replace(playing(), phase=phase, body_px=None) for phase in ("looking", "paused"))
    looking = replace(looking, things=(), count=0, seconds_left=None, target=None, hand=None)
    return (
        replace(looking, guide=raised, prompt=asked),
        replace(looking, guide=aside, prompt=alone, lacks="alone"),
        replace(paused, prompt=Message("pause.other_person"), lacks="patient"),
        replace(paused, prompt=Message("pause.unsure_who"), lacks="certainty"),
        replace(paused, guide=raised, prompt=asked, lacks="patient"),
        replace(paused, guide=aside, prompt=alone, lacks="alone"),
    )


def test_what_is_waited_for_looks_as_it_did(tmp_path):
    sheet = pygame.Surface((960, 360))
    for i, view in enumerate(waiting()):
        with stage() as painted:
            for tick in range(20):
                painted.paint(view, 5.0 + tick / 10)
            shot = pygame.transform.smoothscale(pygame.display.get_surface(), (320, 180))
            sheet.blit(shot, (i % 3 * 320, i // 3 * 180))
    as_it_did(sheet, "waiting", tmp_path)


def as_it_did(sheet, name, tmp_path):
    path = GOLDEN / f"{name}.png"
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
            f"{name} looks otherwise: {off.mean():.1f} of 255 on average, {(off > FAR).mean():.1%} far "
            f"off; see {tmp_path / 'then_and_now.png'}"
        )
