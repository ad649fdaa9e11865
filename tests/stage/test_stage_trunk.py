"""Where the trunk does what the arm is to do, the scene draws back; that is knowledge of performance."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from every_place import played, settled
from stage_views import playing

from rehabgames.stage.trunk import BENDS_S, Bending, bent

ARM = ("orchard", "garden", "library", "kitchen")


def after(seconds, fps, view, bending=None):
    bending = bending or Bending()
    share = 0.0
    for _ in range(round(seconds * fps)):
        share = bending.step(view, 1 / fps)
    return share


def test_it_is_told_of_what_is_well_over_half_of_what_is_tolerated():
    assert [bent(playing(trunk=t)) for t in (0.0, 0.3, 0.5)] == [0.0, 0.0, 0.0]
    assert 0.0 < bent(playing(trunk=0.8)) < bent(playing(trunk=1.0)) < bent(playing(trunk=1.25)) == 1.0
    assert bent(playing(trunk=9.0)) == 1.0
    assert bent(playing(trunk=math.nan)) == 0.0
    assert bent(playing(trunk=1.0, performance=False)) == 0.0
    assert bent(replace(playing(trunk=1.0), phase="rest")) == 0.0


def test_it_comes_as_fast_at_any_rate_of_pictures_and_stays_in_a_pause():
    helps = playing(trunk=2.0)
    assert after(1.0, 15, helps) == pytest.approx(after(1.0, 60, helps))
    assert 0.0 < after(0.3, 60, helps) < 1.0
    bending = Bending()
    assert after(BENDS_S + 0.1, 30, helps, bending) == 1.0
    assert after(3.0, 30, replace(helps, phase="paused"), bending) == 1.0
    assert after(BENDS_S + 0.1, 30, playing(), bending) == 0.0


@pytest.mark.parametrize("place", ARM)
def test_every_place_for_the_arm_shows_it_where_performance_is_shown(make_stage, place):
    view = played(place)

    def shot(**how):
        stage = make_stage((640, 360))
        return settled(stage, replace(view, **how), 20.0, 24)

    upright, helped = shot(trunk=0.0), shot(trunk=1.25)
    assert (np.abs(helped - upright).max(axis=2) > 12).sum() > 300
    quiet = shot(trunk=0.0, performance=False)
    assert np.array_equal(shot(trunk=1.25, performance=False), quiet)
