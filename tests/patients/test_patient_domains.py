"""What no patient can be is said in one sentence, and whoever asks learns what would do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rehabgames.core.errors import UnknownNameError
from rehabgames.patients import CloseUpPatient, Patient, Tracked, TrialPatient
from rehabgames.patients.condition import LAST_DAY

MAKES: dict[str, Callable[[str], object]] = {
    "patient": lambda side: Patient("moderate", side, 1),  # type: ignore[arg-type]
    "whole tries": lambda side: TrialPatient("moderate", side, 1),  # type: ignore[arg-type]
    "close up": lambda side: CloseUpPatient("moderate", side, 1),  # type: ignore[arg-type]
    "tracked": lambda side: Tracked(side, 1),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("who", MAKES)
@pytest.mark.parametrize(
    ("side", "said"),
    [
        ("up", "There is no side 'up'. Choose one of: left, right."),
        ("Right", "There is no side 'Right'. Did you mean 'right'?"),
        ("", "There is no side ''. Choose one of: left, right."),
    ],
)
def test_a_side_that_nobody_has(who: str, side: str, said: str) -> None:
    assert MAKES[who]("left")
    with pytest.raises(UnknownNameError) as caught:
        MAKES[who](side)
    assert str(caught.value) == said


@pytest.mark.parametrize("day", [-1, 10**9, 1.5, True])
def test_a_day_that_nobody_practises_on(day: float) -> None:
    said = rf"^day = {day} is not a whole number from 0 to {LAST_DAY}$"
    for make in (Patient, TrialPatient):
        with pytest.raises(ValueError, match=said):
            make("moderate+learning", "right", 1, day=day)  # type: ignore[arg-type]


def test_the_last_day_can_be() -> None:
    assert Patient("moderate+learning", "right", 1, day=LAST_DAY).condition.learned > 0
