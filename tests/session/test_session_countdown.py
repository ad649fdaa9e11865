"""After a gap it goes on by a countdown: time stands still, nothing is scored, and a short gap needs none."""

from __future__ import annotations

import itertools

import pytest

from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import View
from rehabgames.session.pausing import COUNT_S, LONG_S, LOST_AFTER_S
from rehabgames.testing.acting import Act, act, setup_for

GOES_S = 45.0  # in mid-play, after the calibration


def played(gap_s: float, *, again_s: float = 0.0) -> tuple[list[View], list]:
    """A session in which nobody is seen for a while; again_s: and once more, so long after they came back."""

    def gap(t_s: float, frame: PoseFrame) -> PoseFrame:
        gone = GOES_S <= t_s < GOES_S + gap_s
        if again_s:
            gone |= GOES_S + gap_s + again_s <= t_s < GOES_S + gap_s + again_s + 0.5
        return PoseFrame(frame.t_s, frame.index, frame.size) if gone else frame

    how = Act(setup_for("orchard_reach", 3), "healthy", 3, longest_s=GOES_S + 20.0, spoil=gap, whole=True)
    acted = act(how)
    views = [view for _, view, _ in acted.moments]
    assert next(view for view in views if view.t_s > GOES_S - 0.5).phase == "play"
    return views, [each for each in acted.documents if each.t_s > GOES_S]


@pytest.mark.parametrize("gap_s", [2.0, 6.0])
def test_a_gap_ends_with_three_two_one(gap_s: float) -> None:
    views, documents = played(gap_s)
    counted = [view for view in views if view.countdown]
    assert list(dict.fromkeys(view.countdown for view in counted)) == [3, 2, 1]
    assert {(view.phase, view.prompt.id, view.lacks) for view in counted if view.prompt} == {
        ("paused", "pause.going_on", "")
    }
    assert counted[-1].t_s - counted[0].t_s == pytest.approx(COUNT_S, abs=0.1)
    goes_on = next(view for view in views if view.t_s > counted[-1].t_s)
    assert goes_on.phase == "play"
    assert goes_on.t_s - (GOES_S + gap_s) <= 5.0
    events = [(each.kind, each.body.get("reason")) for each in documents if each.kind in ("pause", "resume")]
    assert events[:2] in ([("pause", "not_seen"), ("resume", "not_seen")], [])


def test_nothing_counts_and_no_time_passes_in_between() -> None:
    views, _ = played(4.0)
    held = [view for view in views if view.t_s > GOES_S + LOST_AFTER_S + 0.1 and view.phase == "paused"]
    assert {(view.count, view.score) for view in held} == {(held[0].count, held[0].score)}
    assert {view.target for view in held} == {None}
    assert len({view.progress for view in held}) == 1


def test_a_short_gap_goes_on_at_once() -> None:
    views, _ = played(0.4)
    assert any(view.phase == "paused" for view in views if view.t_s > GOES_S)
    assert not any(view.countdown for view in views)
    assert next(view for view in views if view.t_s > GOES_S + 0.4 + LONG_S + 0.1).phase == "play"


def test_who_is_lost_again_while_it_counts_begins_it_anew() -> None:
    views, _ = played(2.0, again_s=1.5)
    numbers = [view.countdown for view in views if view.t_s > GOES_S]
    changes = [after for before, after in itertools.pairwise(numbers) if before != after]
    assert changes.count(3) >= 2
    assert changes[-4:] == [3, 2, 1, 0]
    counted = [view.t_s for view in views if view.countdown]
    first = next(view.t_s for view in views if view.t_s > GOES_S + 1.0 and view.phase == "play")
    assert first > counted[-1]
