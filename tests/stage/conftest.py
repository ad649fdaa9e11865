"""A stage on the dummy drivers."""

from pathlib import Path

import pytest

from rehabgames.stage.window import Stage
from rehabgames.words import render

ASSETS = Path(__file__).parents[2] / "assets"


@pytest.fixture
def make_stage():
    made = []

    def make(size=(640, 360), assets=ASSETS, sound=False):
        stage = Stage(assets, lambda m: f"Says {m.id}", size=size, headless=True, sound=sound)
        made.append(stage)
        return stage

    yield make
    for stage in made:
        stage.close()


@pytest.fixture
def make_spoken():
    """Stages that say the words of a catalogue."""
    made = []

    def make(size=(1280, 720), assets=ASSETS, say=render, **more):
        made.append(Stage(assets, say, size=size, headless=True, sound=False, **more))
        return made[-1]

    yield make
    for stage in made:
        stage.close()
