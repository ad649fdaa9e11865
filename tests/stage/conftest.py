"""A stage on the dummy drivers."""

from pathlib import Path

import pytest

from rehabgames.core.player import Comfort
from rehabgames.stage.window import Stage
from rehabgames.words import suited

ASSETS = Path(__file__).parents[2] / "assets"


@pytest.fixture
def make_stage():
    made = []

    def make(size=(640, 360), assets=ASSETS, sound=False, *, calm=False, follows_head=True):
        how = {"headless": True, "sound": sound, "comfort": Comfort(calm=calm), "follows_head": follows_head}
        stage = Stage(assets, lambda m, _: f"Says {m.id}", size=size, **how)
        made.append(stage)
        return stage

    yield make
    for stage in made:
        stage.close()


@pytest.fixture
def make_spoken():
    """Stages that say the words of a catalogue; more: of the Comfort."""
    made = []

    def make(size=(1280, 720), assets=ASSETS, say=suited, **more):
        comfort = Comfort(**more)
        made.append(Stage(assets, say, size=size, headless=True, sound=False, comfort=comfort))
        return made[-1]

    yield make
    for stage in made:
        stage.close()
