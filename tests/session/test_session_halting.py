"""STOP by the hand that does not train, held up high."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehabgames.core.landmarks import POSE, Side, other_side
from rehabgames.core.pose import PoseFrame
from rehabgames.session.halting import HELD_S
from rehabgames.testing import Act, Acted, act, setup_for

FROM_S = 20.0


def held_up(frame: PoseFrame, side: Side, trunks: float = 0.6) -> PoseFrame:
    """The same body with this wrist so far over its shoulder, well seen."""
    points, visible = frame.points_px.copy(), frame.visibility.copy()
    shoulder, wrist, hip = (POSE[f"{side}_{name}"] for name in ("shoulder", "wrist", "hip"))
    trunk = points[hip, 1] - points[shoulder, 1]
    points[wrist] = points[shoulder] - (0.0, trunks * trunk)
    visible[[wrist, shoulder]] = 1.0
    return replace(frame, points_px=points, visibility=visible)


def acted(side: Side, *, trunks: float = 0.6, from_s: float = FROM_S, to_s: float = 999.0, **more) -> Acted:
    """A session of the right arm in which this hand is held up for that time."""

    def spoil(t_s: float, frame: PoseFrame) -> PoseFrame:
        return held_up(frame, side, trunks) if from_s <= t_s < to_s else frame

    setup = replace(setup_for("orchard_reach", 2, minutes=0.5), **more)
    return act(Act(setup, "healthy", 2, spoil=spoil, whole=True))


def ended(acted: Acted) -> tuple[str, str, float]:
    stop = acted.documents[-1]
    return stop.body["status"], stop.body["reason"], stop.t_s


def test_hazard_h10_the_other_hand_held_up_is_a_stop() -> None:
    came = acted("left")
    status, reason, at_s = ended(came)
    assert (status, reason) == ("stopped", "hand")
    assert FROM_S + HELD_S - 0.05 <= at_s < FROM_S + HELD_S + 0.2
    shares = [view.halting for _, view, _ in came.moments]
    assert max(shares) > 0.9
    assert all(share == 0.0 for (t_s, _, _), share in zip(came.moments, shares, strict=True) if t_s < FROM_S)


@pytest.mark.parametrize(
    "what",
    [
        {"side": "right"},  # it trains
        {"side": "left", "trunks": 0.2},  # at the chin, as of somebody who leans on it
        {"side": "left", "from_s": 0.0},  # it was there from the first
        {"side": "left", "to_s": FROM_S + HELD_S - 0.1},
    ],
    ids=["trains", "low", "always", "short"],
)
def test_what_is_no_stop(what) -> None:
    assert ended(acted(**what))[1] != "hand"


def test_whoever_is_asked_to_raise_it_stops_nothing() -> None:
    """It is the hand that confirms who plays."""
    came = acted(other_side("right"), from_s=2.0, to_s=8.0, confirms=True)
    assert [each.body["hand"] for each in came.events("confirmed")] == ["left"]
    assert ended(came)[1] != "hand"
