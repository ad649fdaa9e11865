"""Cameras that are slow, drop pictures, come late, change their size or are turned: the play goes on or says
why it does not, and what counts is what was made (H8, H9)."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from faulty_play import PATIENT, Seen, play_with
from harms import FREEZE_S, RESUME_S, nothing_goes_on_over_an_old_picture

from rehabgames.tracking.sources import Fault, FaultKind

pytestmark = [pytest.mark.alone, pytest.mark.camera, pytest.mark.timeout(180)]
LOAD_S = 0.4  # what a busy machine may add
LATE: tuple[FaultKind, ...] = ("dropping", "jittering", "slow", "smaller")
TURNED: dict[FaultKind, tuple[str, str]] = {
    "turned": ("pause.camera_changed", "camera"),
    "upside_down": ("look.tipped", "upright"),
}
FEW_S, TURNED_S, GOES_ON_S = 2.0, 1.4, 5.5
OTHERS = [pytest.param(fps, 2, marks=pytest.mark.endurance) for fps in (5.0, 10.0, 15.0, 24.0, 30.0, 60.0)]


@pytest.mark.parametrize(("fps", "turns"), [(30.0, 1), *OTHERS])
def test_h9_the_play_goes_on_or_says_why_not(fps: float, turns: int, tmp_path: Path) -> None:
    """turns: how many of TURNED; where all are tried, so is a camera that begins to mirror."""
    late = [Fault(kind, i * FEW_S, (i + 1) * FEW_S) for i, kind in enumerate(LATE)]
    at_s, turned = late[-1].to_s + 1.0, list[Fault]()
    for kind in list(TURNED)[:turns]:
        turned.append(Fault(kind, at_s, at_s + TURNED_S))
        at_s += TURNED_S + GOES_ON_S
    mirrored = [Fault("mirrored", at_s, at_s + 3.0)] if turns == len(TURNED) else []
    faults = (*late, *turned, *mirrored)
    seen = play_with(faults, at_s + 4.0 * len(mirrored), tmp_path, spec=replace(PATIENT, fps=fps))
    assert seen.closed == ("stopped", "watched")
    assert seen.told("tracking_trouble") == []
    nothing_goes_on_over_an_old_picture(seen)
    # late and small pictures: now and then it stands still, never for so long that it is counted down
    views = seen.between(0.0, turned[0].from_s)
    assert {view.phase for view in views} <= {"play", "paused"}
    assert not any(view.countdown for view in views)
    assert sum(view.phase == "play" for view in views) >= (0.9 if fps >= 15.0 else 0.5) * len(views)
    for each in turned:
        stands_still_and_says_why(seen, each, fps)
    for each in mirrored:  # the other hand steers then, and that one lies in the lap
        assert not any(row.success for t_s, row in seen.trials if each.from_s + 1.0 < t_s < each.to_s)
    assert seen.views[-1][1].score == seen.points(math.inf) > 0


def stands_still_and_says_why(seen: Seen, turned: Fault, fps: float) -> None:
    stopped_s = seen.first(turned.from_s, lambda view: view.phase == "paused") - turned.from_s
    assert stopped_s <= FREEZE_S + 2 / fps + LOAD_S
    waits = seen.between(turned.from_s + 0.9, turned.to_s)
    told = {(view.phase, view.prompt.id if view.prompt else None, view.lacks) for view in waits}
    assert told == {("paused", *TURNED[turned.kind])}
    on_s = seen.first(turned.to_s + 0.1, lambda view: view.phase == "play") - turned.to_s
    assert on_s <= RESUME_S + LOAD_S
