"""Cameras that are slow, drop pictures, come late, change their size or are turned: the play goes on or says
why it does not, and what counts is what was made (H8, H9)."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from faulty_play import PATIENT, play_with
from harms import FREEZE_S, RESUME_S, nothing_goes_on_over_an_old_picture

from rehabgames.tracking.sources import Fault

pytestmark = [pytest.mark.camera, pytest.mark.timeout(180)]
LOAD_S = 1.2  # what another worker of the suite may add
LATE = (Fault("dropping", 0.0, 3.0), Fault("jittering", 3.0, 6.0), Fault("slow", 6.0, 9.0))
SMALLER = Fault("smaller", 9.0, 12.0)
TURNED = Fault("turned", 13.0, 14.5)
UPSIDE_DOWN = Fault("upside_down", 21.0, 22.5)
MIRRORED = Fault("mirrored", 29.0, 32.0)
ENDS_S = 38.0
OTHERS = [pytest.param(fps, marks=pytest.mark.endurance) for fps in (5.0, 10.0, 15.0, 24.0, 60.0)]


@pytest.mark.parametrize("fps", [30.0, *OTHERS])
def test_the_play_goes_on_or_says_why_not(fps: float, tmp_path: Path) -> None:
    faults = (*LATE, SMALLER, TURNED, UPSIDE_DOWN, MIRRORED)
    seen = play_with(faults, ENDS_S, tmp_path, spec=replace(PATIENT, fps=fps))
    assert seen.closed == ("stopped", "watched")
    assert seen.told("tracking_trouble") == []
    nothing_goes_on_over_an_old_picture(seen)
    # late and small pictures: now and then it stands still, never for so long that it is counted down
    views = seen.between(0.0, TURNED.from_s)
    assert {view.phase for view in views} <= {"play", "paused"}
    assert not any(view.countdown for view in views)
    assert sum(view.phase == "play" for view in views) >= (0.9 if fps >= 15.0 else 0.5) * len(views)
    for turned, said, lacks in (
        (TURNED, "pause.camera_changed", "camera"),
        (UPSIDE_DOWN, "look.tipped", "upright"),
    ):
        stopped_s = seen.first(turned.from_s, lambda view: view.phase == "paused") - turned.from_s
        assert stopped_s <= FREEZE_S + 2 / fps + LOAD_S
        waits = seen.between(turned.from_s + 0.9, turned.to_s)
        assert {(v.phase, v.prompt.id if v.prompt else None, v.lacks) for v in waits} == {
            ("paused", said, lacks)
        }
        assert seen.first(turned.to_s + 0.1, lambda view: view.phase == "play") - turned.to_s <= (
            RESUME_S + LOAD_S
        )
    # on a mirrored picture the other hand steers, which lies in the lap
    assert not any(row.success for t_s, row in seen.trials if MIRRORED.from_s + 1.0 < t_s < MIRRORED.to_s)
    assert seen.views[-1][1].score == seen.points(math.inf) > 0
