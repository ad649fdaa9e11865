"""The patient is held on to while others cross, stand before, stay or take over (SAFETY H7, H15)."""

from __future__ import annotations

import pytest
from company import SCENES, Followed, follow, spec_of

pytestmark = pytest.mark.camera

WRONG, HELD = 0.001, 0.95
SEEDS = 10  # of each scene in the long regime


def both(came: list[Followed]) -> tuple[float, float]:
    """Shares of wrong pictures, and of those held among those in which the patient is visible."""
    pictures, visible = sum(each.pictures for each in came), sum(each.visible for each in came)
    return sum(each.wrong for each in came) / pictures, sum(each.held for each in came) / visible


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("scene", "seed"), [("stands before", 3), ("stays", 5)])
def test_h7_nobody_else_is_taken_for_the_patient(scene: str, seed: int) -> None:
    came = follow(spec_of(scene, seed), scene)
    wrong, held = both([came])
    assert wrong <= WRONG
    assert held >= 0.85  # of a single scene, which is mostly about coming back
    assert {"patient", "other"} <= set(came.said)
    assert came.said[-1] == "patient"


@pytest.mark.endurance
@pytest.mark.timeout(3600)
def test_h7_of_all_scenes_and_looks() -> None:
    came = [
        follow(spec_of(scene, 100 * i + seed), scene)
        for i, scene in enumerate(SCENES)
        for seed in range(SEEDS)
    ]
    for scene in SCENES:
        wrong, held = both([each for each in came if each.scene == scene])
        print(f"{scene}: wrong {wrong:.4f}, held {held:.3f}")
    wrong, held = both(came)
    assert wrong <= WRONG
    assert held >= HELD
