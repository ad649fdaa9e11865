"""What is played."""

from __future__ import annotations

import pytest

from rehabgames.app.wiring import Request, setup_of
from rehabgames.core.exercise import Exercise
from rehabgames.session import Setup


@pytest.fixture(scope="session")
def setup() -> Setup:
    return setup_of(Request("orchard_reach", "virtual"))


@pytest.fixture(scope="session")
def reaching(setup: Setup) -> Exercise:
    assert setup.exercise is not None
    return setup.exercise
