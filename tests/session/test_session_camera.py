"""What the camera does in a session misleads nobody: turned, with other pictures, standing, silent (H9)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from rehabgames.core.document import Document
from rehabgames.core.inputs import Input, Woke
from rehabgames.core.limits import Limits
from rehabgames.core.pose import PoseFrame
from rehabgames.core.sample import Sample
from rehabgames.core.view import View
from rehabgames.safety import Guard
from rehabgames.session import Setup
from rehabgames.session.pausing import COUNT_S, LOST_AFTER_S, QUIET_S, Pausing
from rehabgames.session.sizing import Sizing
from rehabgames.testing.acting import Act, Acted, act, calibrated, setup_for

GOES_S, BACK_S, ENDS_S = 6.0, 9.0, 15.5
SIZE = (640, 480)
Spoil = Callable[[PoseFrame], PoseFrame | None]


@cache
def setup() -> Setup:
    return calibrated(setup_for("orchard_reach", 3))


@cache
def played(spoil: Spoil, *, begun: bool = True, until_s: float = BACK_S, say_s: float = math.inf) -> Acted:
    """A session whose frames are spoilt from GOES_S on; begun: it is in play by then, without a calibration.
    say_s: when it is told that it woke."""

    def spoilt(t_s: float, frame: PoseFrame) -> PoseFrame | None:
        return spoil(frame) if GOES_S <= t_s < until_s else frame

    def say(t_s: float, _: View | None) -> list[Input]:
        return [Woke()] if 0.0 <= t_s - say_s < 0.016 else []

    own = setup() if begun else setup_for("orchard_reach", 3)
    return act(Act(own, "healthy", 3, longest_s=ENDS_S, spoil=spoilt, say=say, whole=True))


def views_of(acted: Acted, from_s: float, to_s: float) -> list[View]:
    return [view for t_s, view, _ in acted.moments if from_s <= t_s < to_s]


def told(views: list[View]) -> set[tuple[str, str | None, str]]:
    return {(view.phase, view.prompt.id if view.prompt else None, view.lacks) for view in views}


def turned(frame: PoseFrame) -> PoseFrame:
    """The camera lies on its side and gives pictures of the same size."""
    x, y = frame.points_px.T
    return replace(frame, points_px=np.column_stack([y, SIZE[0] - x]))


def in_portrait(frame: PoseFrame) -> PoseFrame:
    return replace(turned(frame), size=SIZE[::-1])


def half(frame: PoseFrame) -> PoseFrame:
    return replace(frame, size=(320, 240), points_px=frame.points_px / 2, hands_px=frame.hands_px / 2)


def silent(_: PoseFrame) -> None:
    return None


def as_it_is(frame: PoseFrame) -> PoseFrame:
    return frame


def standing(frame: PoseFrame) -> PoseFrame:
    return PoseFrame(frame.t_s, frame.index, frame.size, fresh=False)


@pytest.mark.parametrize(
    ("spoil", "asked", "lacks"),
    [
        (turned, "look.tipped", "upright"),
        (in_portrait, "pause.camera_changed", "camera"),
        (standing, "pause.tracker", "camera"),
        (silent, "pause.tracker", "camera"),
    ],
)
def test_h9_in_play_it_stands_still_says_why_and_goes_on_by_a_countdown(
    spoil: Spoil, asked: str, lacks: str
) -> None:
    acted = played(spoil)
    assert {view.phase for view in views_of(acted, 2.0, GOES_S)} == {"play"}
    assert told(views_of(acted, GOES_S + 1.0, BACK_S)) == {("paused", asked, lacks)}
    counted = [view for view in views_of(acted, BACK_S, ENDS_S) if view.countdown]
    assert list(dict.fromkeys(view.countdown for view in counted)) == [3, 2, 1]
    assert counted[-1].t_s - BACK_S <= COUNT_S + 1.5
    held = [view for view in views_of(acted, GOES_S, ENDS_S) if view.phase == "paused"]
    assert {view.target for view in held} == {None}
    assert len({(view.count, view.score) for view in held}) == 1


def test_h9_a_picture_that_stands_stops_the_play_as_soon_as_that_is_known() -> None:
    stopped = next(view.t_s for view in views_of(played(standing), GOES_S, ENDS_S) if view.phase == "paused")
    assert stopped - GOES_S < 0.05  # it had stood for half a second before it was known


def test_a_camera_that_lies_on_its_side_is_told_before_anything_begins() -> None:
    def from_the_start(_: float, frame: PoseFrame) -> PoseFrame:
        return turned(frame) if frame.t_s < 4.0 else frame

    how = Act(setup_for("orchard_reach", 3), "healthy", 3, longest_s=6.0, spoil=from_the_start, whole=True)
    acted = act(how)
    assert told(views_of(acted, 1.5, 4.0)) == {("looking", "look.tipped", "upright")}
    assert views_of(acted, 5.5, 6.0)[-1].phase == "rest"  # the calibration began: it asks to sit still


def test_in_a_calibration_it_is_told_too() -> None:
    views = views_of(played(turned, begun=False), GOES_S + 0.5, BACK_S)
    assert told(views) == {("paused", "look.tipped", "upright")}


def numbered(documents: tuple[Document, ...]) -> list[tuple[str, float, dict]]:
    return [(each.kind, each.t_s, each.body) for each in documents]


def test_smaller_pictures_of_the_same_shape_change_nothing() -> None:
    """The arm must not seem half as long: it would be asked to reach twice as far."""
    changed, plain = played(half, until_s=ENDS_S), played(as_it_is)
    assert any(kind == "trial" and t_s > GOES_S for kind, t_s, _ in numbered(changed.documents))
    assert numbered(changed.documents) == numbered(plain.documents)
    assert [each.payload for each in changed.documents] == [each.payload for each in plain.documents]


def test_sizes_that_are_rounded_are_one_shape_and_a_picture_without_a_size_is_none() -> None:
    sizing = Sizing()
    for size, changed in (((640, 360), False), ((853, 480), False), ((640, 480), True), ((0, 0), True)):
        frame = sizing.same(PoseFrame(0.0, 0, size, points_px=np.full((33, 2), 100.0)))
        assert (frame.size, sizing.changed, frame.fresh) == ((640, 360), changed, not changed)
        assert frame.has_body is not changed


def broken_off(acted: Acted) -> dict[str, float]:
    """The levels of the one try that was abandoned, which is unjudged and is asked again as it was."""
    (broken,) = acted.events("trial_abandoned")
    assert broken.body["success"] is None
    after = [each.body for each in acted.documents if each.kind == "trial" and each.t_s > broken.t_s]
    assert after[0]["levels"] == broken.body["levels"]
    before = [each.t_s for each in acted.documents if each.kind == "trial" and each.t_s <= broken.t_s]
    assert all(t_s < GOES_S for t_s in before)
    return dict(broken.body["levels"])


def test_h9_a_try_that_was_broken_off_by_a_gap_is_not_judged() -> None:
    """The hand is somewhere else when it goes on, and the time that was left may be none."""
    assert broken_off(played(standing))


@pytest.mark.parametrize("gap_s", [0.25, 0.6, 0.9])
def test_h9_a_short_gap_costs_neither_a_countdown_nor_the_try(gap_s: float) -> None:
    acted = played(silent, until_s=GOES_S + gap_s)
    views = views_of(acted, GOES_S, ENDS_S)
    assert any(view.phase == "paused" for view in views) is (gap_s > LOST_AFTER_S)
    assert not any(view.countdown for view in views)
    assert acted.events("trial_abandoned") == []


def test_after_the_machine_slept_it_goes_on_by_a_countdown() -> None:
    acted = played(as_it_is, say_s=GOES_S)
    counted = [view for view in views_of(acted, GOES_S, ENDS_S) if view.countdown]
    assert {(view.phase, view.target) for view in counted} == {("paused", None)}
    assert counted[0].t_s - GOES_S < 0.05
    assert counted[-1].t_s - GOES_S == pytest.approx(COUNT_S, abs=0.1)
    assert broken_off(acted)


def test_after_this_program_stood_still_it_goes_on_by_a_countdown() -> None:
    """No step for five seconds, and a frame at once after them."""
    pausing, here = Pausing(Guard(Limits(), ())), Sample(0.0, at=(0.0, 0.0), present=True)
    times = [0.0, 0.1, 0.2, 5.2, 5.23]
    for now_s in times:
        pausing.picture(0.2 if now_s == 5.2 else now_s)
        pausing.why = pausing.update(here, now_s, seen=True, playing=True)
    assert (pausing.why, pausing.countdown(5.23)) == ("not_seen", 3)


def test_the_camera_is_what_is_waited_for_within_a_second() -> None:
    acted = played(silent)
    lacking = next(view.t_s for view in views_of(acted, GOES_S, ENDS_S) if view.lacks == "camera")
    assert lacking - GOES_S <= min(1.0, QUIET_S + 0.05)
