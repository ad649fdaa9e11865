"""Every scene looks as it did: contact sheets of an acted session, kept at a quarter of the size.

REHABGAMES_GOLDEN=write paints them anew; look at them before they are committed.
"""

from dataclasses import replace

import pygame
import pytest
from golden_sheets import as_it_did
from stage_views import playing

from rehabgames.app.repertoire import library
from rehabgames.core.message import Message
from rehabgames.core.view import Guide
from rehabgames.testing import Act, act, setup_for
from rehabgames.testing.showing import contact_sheet, stage

SEED = 3


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
