"""Quick movements are judged by enough pictures, or not at all."""

from __future__ import annotations

import math

import pytest

from rehabgames.core.trial import Outcome
from rehabgames.session.pacing import FEW, Pacing
from rehabgames.testing.acting import Act, act, setup_for


@pytest.mark.parametrize(("fps", "judged"), [(30.0, True), (8.0, False)])
def test_taps_are_judged_where_the_camera_is_quick_enough(fps: float, judged: bool) -> None:
    acted = act(Act(setup_for("concert_taps", 2), "healthy", 2, fps=fps, longest_s=60.0, whole=True))
    trials = [each for each in acted.documents if each.kind == "trial"]
    assert trials
    assert {each.body["success"] is not None for each in trials} == {judged}
    told = any(view.prompt == FEW for _, view, _ in acted.moments)
    assert told != judged


def test_a_try_is_judged_by_its_own_pictures() -> None:
    pacing, won = Pacing(needed=12.0), Outcome(4, True, "reached", margin=0.1, reached=0.9)
    for tick in range(120):  # two seconds at 60 steps a second, a picture in every fourth: 15 a second
        pacing.step(tick // 4 / 15, 1 / 60)
    assert pacing.judged(won) is won
    assert pacing.message is None
    pacing.begin()
    for tick in range(120):  # 6 a second
        pacing.step(10 + tick // 10 / 6, 1 / 60)
    lost = pacing.judged(won)
    assert (lost.number, lost.success, lost.reason) == (4, None, "lost")
    assert math.isnan(lost.margin)
    assert math.isnan(lost.reached)
    assert pacing.message == FEW
    pacing.begin()
    assert pacing.message is None


def test_what_was_stopped_stays_stopped() -> None:
    stopped = Outcome(1, None, "stopped")
    assert Pacing(needed=12.0).judged(stopped) is stopped
    assert Pacing(needed=0.0).judged(Outcome(1, False, "missed")).reason == "missed"
