"""Every exercise with every kind of patient, drawn: the real networks track the picture, lock-step on
virtual time. What plays is what was tracked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rehabgames.app.lockstep import play_lockstep
from rehabgames.app.repertoire import library
from rehabgames.app.wiring import drawn_for
from rehabgames.core.document import Document
from rehabgames.core.inputs import Input, Stop
from rehabgames.core.view import View
from rehabgames.session.shown import watches_hands
from rehabgames.testing import Act, act, setup_for
from rehabgames.tracking.detector import Detector
from rehabgames.tracking.looks import LOOKS
from rehabgames.tracking.sources import VirtualSpec
from rehabgames.tracking.virtual import VirtualCamera

KINDS = ("healthy", "moderate", "severe", "tremor", "neglect")
EXERCISES = tuple(sorted(exercise.id for exercise in library().exercises()))
SEED = 1
FPS = 20.0  # of a laptop's camera while a game is played
LEAST_TRIALS, TRIES = 10, 12
LONGEST_S = 400.0  # of virtual time
WORSE = 0.3  # share of successes that tracking may cost: chance alone makes two runs of 12 differ by 0.2


@dataclass(frozen=True)
class Drawn:
    """What one drawn session wrote down."""

    documents: tuple[Document, ...]

    @property
    def trials(self) -> list[dict[str, Any]]:
        return [each.body for each in self.documents if each.kind == "trial"]

    @property
    def success(self) -> float:
        judged = [each["success"] for each in self.trials if each["success"] is not None]
        return sum(judged) / len(judged) if judged else 0.0

    @property
    def stop(self) -> dict[str, Any]:
        assert self.documents[-1].kind == "stop"
        return self.documents[-1].body

    def __str__(self) -> str:
        reasons = dict(Counter(each["reason"] for each in self.trials))
        ended = f"{self.stop['status']} ({self.stop['reason']}) after {self.documents[-1].t_s:.0f} s"
        levels = {
            name: round(level, 2) for name, level in (self.trials or [{"levels": {}}])[-1]["levels"].items()
        }
        return f"{len(self.trials)} trials, {self.success:.2f} succeed, {reasons}, at {levels}; {ended}"


def drawn(models: dict[str, Path], exercise: str, kind: str, *, tries: int, look: int | str) -> Drawn:
    """Played until so many trials are over, or the session ends itself."""
    setup = setup_for(exercise, SEED)
    camera = VirtualCamera(drawn_for(setup, VirtualSpec(kind, setup.side, SEED, look, fps=FPS)))
    documents: list[Document] = []

    def say(now_s: float, view: View | None) -> list[Input]:
        done = sum(each.kind == "trial" for each in documents)
        return [Stop("source")] if done >= tries else []

    with Detector(models["pose"], models["hand"] if watches_hands(setup) else None) as detector:
        for moment in play_lockstep(setup, camera, detector, longest_s=LONGEST_S, say=say):
            documents += moment.step.documents
    return Drawn(tuple(documents))


@pytest.mark.parametrize("exercise", ["kitchen_pour"])
def test_a_drawn_patient_plays_and_wins(models: dict[str, Path], exercise: str) -> None:
    """A sample: a hand alone before the camera. Whole bodies come through a day in test_visit_drawn."""
    played = drawn(models, exercise, "healthy", tries=3, look="office")
    print(f"{exercise}: {played}")
    assert len(played.trials) == 3
    assert sum(each["success"] is True for each in played.trials) >= 2
    assert (played.stop["status"], played.stop["reason"]) == ("stopped", "source")


@pytest.mark.endurance
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("exercise", EXERCISES)
def test_everybody_drawn_finishes_every_exercise(models: dict[str, Path], exercise: str, kind: str) -> None:
    """In looks that differ; succeeding about as often as the same patient at landmark level."""
    look = (len(KINDS) * EXERCISES.index(exercise) + KINDS.index(kind)) % len(LOOKS)
    played = drawn(models, exercise, kind, tries=TRIES, look=look)
    known = act(Act(setup_for(exercise, SEED), kind, SEED, tries=TRIES)).success()
    print(f"{exercise}, {kind}, {LOOKS[look].name}: {played}; at landmark level {known:.2f}")
    if len(played.trials) < TRIES:
        assert played.stop["status"] == "completed", "by dose or a rule, with its reason"
        assert played.stop["reason"] not in ("", "calibrated")
    assert len(played.trials) >= LEAST_TRIALS or played.stop["status"] == "completed"
    assert played.success >= known - WORSE
