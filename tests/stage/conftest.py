"""A stage on the dummy drivers."""

from pathlib import Path

import pytest

from rehabgames.stage.window import Stage

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
