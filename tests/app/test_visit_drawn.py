"""A whole day at home by the drawn body alone, through the real MediaPipe, lock-step on virtual time: nobody
presses a key, and nothing tells the game but where the tracked hand went."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from rehabgames.app.day import Opener, day_of
from rehabgames.app.lockstep import lockstep
from rehabgames.core.document import Document
from rehabgames.core.landmarks import Side, other_side
from rehabgames.core.player import Player
from rehabgames.records.folder import data_folder
from rehabgames.records.store import Store
from rehabgames.tracking.detector import Detector
from rehabgames.tracking.sources import VirtualSpec
from rehabgames.tracking.virtual import VirtualCamera
from rehabgames.visit.visit import Helpers, Visit

pytestmark = [pytest.mark.camera, pytest.mark.timeout(600)]

KINDS = ("mild", "severe", "neglect")
FPS = 10.0
MINUTES = {"library_trace": 0.7}  # a first try that does not count and one that does, and usually
USUALLY = 0.35
REST_S = 6.0
LONGEST_S = 900.0


@dataclass(frozen=True)
class Day:
    """screens: in their order; documents: all that was written."""

    over: bool
    seconds: float
    screens: tuple[str, ...]
    documents: tuple[Document, ...]

    @property
    def stops(self) -> list[str]:
        return [each.body["status"] for each in self.documents if each.kind == "stop"]

    def __str__(self) -> str:
        return f"{self.seconds:.0f} s, {dict(Counter(self.screens))}, {self.stops}"


def practised(kind: str, seed: int, models: dict[str, Path], side: Side = "right") -> Day:
    spec = VirtualSpec(kind, side, seed, seed, sitting=True, fps=FPS)  # as is said at "chair"
    player = Player(f"virtual-{seed}", "Ada", affected=side, points=other_side(side))
    screens: list[str] = []
    documents: list[Document] = []
    with Store.open(data_folder()) as store, Detector(models["pose"], keeps=True, beside=False) as detector:
        opener = Opener(store, spec)
        whole = day_of(player, (player,), store)
        # exercises of half a minute need no rest of a whole one between them
        whole = replace(whole, limits=replace(whole.limits, rest_s=REST_S))
        day = replace(
            whole,
            blocks=tuple(
                replace(block, minutes=MINUTES.get(block.exercise, USUALLY)) for block in whole.blocks
            ),
        )
        visit = Visit(day, Helpers(opener.room, opener.block, lambda _: day, lambda _: None))
        for moment in lockstep(visit, VirtualCamera(spec), detector, longest_s=LONGEST_S):
            for document in moment.step.documents:
                store.add(document)
            documents += moment.step.documents
            view = moment.step.view
            at = view.menu.screen if view.menu is not None else view.phase
            if not screens or screens[-1] != at:
                screens.append(at)
    return Day(visit.over, moment.now_s, tuple(screens), tuple(documents))


def comes_to_the_end(day: Day, *, misses_some: bool = False) -> None:
    """misses_some: whoever overlooks a side may win nothing in the two or three tries of an exercise here."""
    print(day)
    assert day.over
    assert day.screens[0] == "home"
    assert day.screens[-2:] == ("summary", "bye")
    assert day.screens.count("play") >= 3
    assert day.stops == ["completed"] * 4  # the room, and three exercises
    tries = [each for each in day.documents if each.kind == "trial"]
    assert len({each.session_id for each in tries}) == 3
    won = {each.session_id for each in tries if each.body["success"]}
    assert len(won) >= 3 - misses_some


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_alone_comes_through_a_day(kind: str, models: dict[str, Path], home: Path) -> None:
    comes_to_the_end(practised(kind, 1, models))


@pytest.mark.endurance
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kind", KINDS)
def test_ten_of_ten_come_through_a_day(kind: str, models: dict[str, Path], home: Path) -> None:
    for seed in range(10):
        day = practised(kind, seed, models, "left" if seed % 2 else "right")
        comes_to_the_end(day, misses_some=kind == "neglect")
