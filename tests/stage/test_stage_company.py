"""Who plays is asked before the play and in a pause: the guide is seen, and the signs differ."""

from dataclasses import replace

import numpy as np
import pytest
from screen import shown
from stage_views import base, playing

from rehabgames.core.view import Guide
from rehabgames.stage.layout import Layout

SIZE = (640, 360)
RAISED = Guide("raise_hand", "left", back=False, hold=0.0, done=0, of=0, number=0)


def part(shot, name):
    left, top, width, height = getattr(Layout.of(SIZE, "right"), name)
    return shot[left : left + width, top : top + height]


def differs(a, b):
    return int((np.abs(a - b).max(axis=2) > 10).sum())


@pytest.mark.parametrize("view", [base("looking"), replace(playing(), phase="paused", lacks="patient")])
def test_a_guide_is_seen_where_it_is_asked_who_plays(make_stage, view):
    without, asked = (shown(make_stage(SIZE), replace(view, guide=each), 5.0) for each in (None, RAISED))
    for name in ("play", "board", "prompt"):
        assert differs(part(without, name), part(asked, name)) > 60
    # in front of the veil of a pause
    bright = [(part(each, "play").mean(axis=2) > 220).mean() for each in (without, asked)]
    assert bright[1] > (bright[0] + 0.03 if view.phase == "paused" else 0.0), bright


def test_after_a_guide_in_a_pause_the_countdown_is_seen_at_once(make_stage):
    paused = replace(playing(), phase="paused")
    counted, went_on = make_stage(SIZE), replace(paused, countdown=3)
    shown(counted, replace(paused, guide=RAISED, lacks="patient"), 5.0)
    now = shown(counted, went_on, 6.0, 1 / 30)
    bare = shown(make_stage(SIZE), replace(paused, guide=RAISED, lacks="patient"), 5.0, 1.0 + 1 / 30)
    left, top, width, height = Layout.of(SIZE, "right").play
    middle = slice(left + width // 2 - 40, left + width // 2 + 40), slice(top + 60, top + height - 90)
    assert differs(now[middle], bare[middle]) > 800


def test_in_a_pause_the_signs_of_what_is_waited_for_differ(make_stage):
    paused = replace(playing(), phase="paused", body_px=None)
    shots = []
    for lacks in ("", "person", "light", "camera", "patient", "certainty"):
        stage = make_stage(SIZE)
        shots.append(part(shown(stage, replace(paused, lacks=lacks), 5.0), "prompt"))
        assert stage.notes == []
    for i, one in enumerate(shots):
        for other in shots[i + 1 :]:
            assert differs(one, other) > 60


def test_who_is_asked_to_raise_a_hand_is_not_asked_to_come_into_the_picture(make_stage):
    looking = base("looking")
    silhouette, bones = (
        shown(make_stage(SIZE), replace(looking, guide=each), 5.0) for each in (None, RAISED)
    )
    assert differs(part(silhouette, "mirror"), part(bones, "mirror")) > 400
