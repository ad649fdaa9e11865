"""With the real networks: a virtual patient raises a hand, and plays; nothing is credited to anybody else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rehabgames.app.lockstep import Moment, play_lockstep
from rehabgames.app.wiring import Request, setup_of
from rehabgames.core.document import Document
from rehabgames.tracking.detector import Detector
from rehabgames.tracking.sources import Company, VirtualSpec, Way
from rehabgames.tracking.virtual import VirtualCamera

FPS = 15.0


def played(models: dict[str, Path], theirs: Way, own: Way = (), longest_s: float = 60.0) -> list[Moment]:
    spec = VirtualSpec("healthy", "right", 1, "morning", fps=FPS, company=Company(way=theirs), way=own)
    asked = replace(setup_of(Request("orchard_reach", seed=1, minutes=2.0)), confirms=True)
    if own:  # who walks off is not drawn on a chair: it would stay behind
        spec = replace(spec, sitting=True)
    with Detector(models["pose"], keeps=True, beside=False) as detector:
        return list(play_lockstep(asked, VirtualCamera(spec), detector, longest_s=longest_s))


def events(moments: list[Moment], name: str) -> list[Document]:
    documents = [document for moment in moments for document in moment.step.documents]
    return [each for each in documents if each.kind == "event" and each.body["name"] == name]


@pytest.mark.camera
def test_hazard_h15_who_comes_beside_pauses_it_until_they_have_gone(models: dict[str, Path]) -> None:
    came_s, stays_s, gone_s = 6.5, 9.0, 10.5
    way = ((5.5, -2.5), (came_s, -0.8), (stays_s, -0.8), (gone_s, -2.5))
    moments = played(models, way, longest_s=gone_s + 3.0)
    (told,) = events(moments, "confirmed")
    assert told.body["how"] == "hand"
    assert told.t_s < 5.5
    views = [(moment.now_s, moment.step.view) for moment in moments]
    paused = [t_s for t_s, view in views if view.phase == "paused" and view.lacks == "alone"]
    assert paused[0] <= came_s + 1.0
    assert {view.phase for t_s, view in views if paused[0] < t_s < stays_s} == {"paused"}
    assert views[-1][1].phase != "paused"
    assert {view.confirmed for t_s, view in views if t_s > told.t_s + 0.1} == {1}


@pytest.mark.camera
@pytest.mark.endurance
@pytest.mark.timeout(600)
def test_hazard_h7_who_takes_over_plays_nothing(models: dict[str, Path]) -> None:
    """The patient walks off in mid-play, and somebody else stands there and stays."""
    goes_s, left_s, there_s = 26.0, 28.0, 29.5
    own = ((0.0, 0.0), (goes_s, 0.0), (left_s, 2.5))
    moments = played(models, ((27.0, -2.5), (there_s, 0.0)), own, longest_s=50.0)
    views = [(moment.now_s, moment.step.view) for moment in moments]
    assert "play" in {view.phase for t_s, view in views if goes_s - 1.0 < t_s < goes_s}
    late = [view for t_s, view in views if t_s > there_s + 2.0]
    assert {view.phase for view in late} == {"paused"}
    assert {view.body_px is None for view in late} == {True}
    documents = [document for moment in moments for document in moment.step.documents]
    assert not [each for each in documents if each.kind == "trial" and each.t_s > left_s]
