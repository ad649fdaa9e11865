"""Who is looked for is pictured: a hand, a person who sits, or all of one who stands."""

from dataclasses import replace

import numpy as np
import pytest
from screen import shown
from stage_views import base, playing

from rehabgames.stage.layout import Layout

SIZE = (640, 360)
SHOWS = ("sitting", "standing", "hand")


def parts_of(shot, side="right"):
    layout = Layout.of(SIZE, side)
    areas = {"play": layout.play, "mirror": layout.mirror, "board": layout.board, "prompt": layout.prompt}
    return {name: shot[x : x + w, y : y + h] for name, (x, y, w, h) in areas.items()}


def differs(a, b):
    return int((np.abs(a - b).max(axis=2) > 10).sum())


def looked_for(make_stage, view, side="right"):
    stage = make_stage(SIZE)
    found = parts_of(shown(stage, view, 5.0), side)
    assert stage.notes == []
    return found


@pytest.mark.parametrize(
    ("one", "other"), [("sitting", "standing"), ("standing", "hand"), ("hand", "sitting")]
)
def test_outline_silhouette_and_sign_are_of_whom_the_camera_is_to_see(make_stage, one, other):
    a, b = (looked_for(make_stage, replace(base("looking"), shows=shows)) for shows in (one, other))
    assert differs(a["play"], b["play"]) > 1500
    assert differs(a["mirror"], b["mirror"]) > 400
    assert differs(a["prompt"], b["prompt"]) > 30


def test_the_silhouette_of_a_left_hand_is_that_of_the_right_in_a_mirror(make_stage):
    def silhouette(side):
        seen, empty = (
            looked_for(make_stage, replace(base(phase, side=side), shows="hand"), side)["mirror"]
            for phase in ("looking", "done")
        )
        return np.abs(seen - empty).max(axis=2) > 10

    left, right = silhouette("left"), silhouette("right")
    assert right.sum() > 1500
    assert 2 * (left[::-1] != right).sum() < (left != right).sum()


@pytest.mark.parametrize("shows", SHOWS)
def test_who_was_lost_is_pictured_in_the_pause(make_stage, shows):
    paused = replace(playing(), phase="paused", shows=shows)
    without, lost = (looked_for(make_stage, replace(paused, lacks=each)) for each in ("", "person"))
    assert differs(without["prompt"], lost["prompt"]) > 60
    for other in SHOWS:
        if other != shows:
            another = looked_for(make_stage, replace(paused, lacks="person", shows=other))
            assert differs(another["prompt"], lost["prompt"]) > 30
            assert differs(another["mirror"], lost["mirror"]) > 100


@pytest.mark.parametrize("lacking", ["camera", "light", "upright"])
def test_what_camera_and_room_lack_has_a_sign_of_its_own(make_stage, lacking):
    paused = replace(playing(), phase="paused")
    shown = looked_for(make_stage, replace(paused, lacks=lacking))
    for other in {"", "person", "camera", "light", "upright"} - {lacking}:
        assert differs(looked_for(make_stage, replace(paused, lacks=other))["prompt"], shown["prompt"]) > 60
