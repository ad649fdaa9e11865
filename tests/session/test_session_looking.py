"""Who is looked for, before it begins and when it is lost: a hand, a person who sits, or one who stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehabgames.app.wiring import Request, calibration_of
from rehabgames.core.inputs import Input, TrackingTrouble
from rehabgames.core.landmarks import SIDES
from rehabgames.core.limits import Limits
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import Shows, View
from rehabgames.patients import frame_of
from rehabgames.patients.hand_landmarks import hand_px
from rehabgames.patients.stance import Arm, Stance, body_of
from rehabgames.safety import Guard
from rehabgames.session import Session
from rehabgames.session.pausing import Pausing
from rehabgames.testing.acting import Act, act, setup_for

COMES_S, GOES_S, ENDS_S = 2.0, 6.0, 8.0
ASKED = [
    ("concert_taps", "hand", "look.show_hand", "pause.hand_not_seen"),
    ("kitchen_grasp_close", "hand", "look.show_hand", "pause.hand_not_seen"),
    ("kitchen_grasp", "sitting", "look.come_into_picture", "pause.not_seen"),
    ("river_steer", "sitting", "look.come_into_picture", "pause.not_seen"),
    ("river_steer_standing", "standing", "look.come_into_picture", "pause.not_seen"),
]


def nobody(frame: PoseFrame) -> PoseFrame:
    return PoseFrame(frame.t_s, frame.index, frame.size)


def there_for_a_while(t_s: float, frame: PoseFrame) -> PoseFrame:
    return frame if COMES_S <= t_s < GOES_S else nobody(frame)


def id_of(view: View) -> str | None:
    return None if view.prompt is None else view.prompt.id


@pytest.mark.parametrize(("exercise", "shows", "asked", "lost"), ASKED)
def test_what_the_camera_is_to_see_is_asked_for(exercise: str, shows: Shows, asked: str, lost: str) -> None:
    how = Act(setup_for(exercise, 3), "healthy", 3, longest_s=ENDS_S, spoil=there_for_a_while, whole=True)
    views = [view for _, view, _ in act(how).moments]
    assert {view.shows for view in views} == {shows}
    before = [view for view in views if view.t_s < COMES_S]
    assert {(view.phase, id_of(view), view.lacks) for view in before} == {("looking", asked, "person")}
    there = [view for view in views if COMES_S + 2.5 <= view.t_s < GOES_S]
    assert not any(view.phase == "looking" or view.lacks for view in there)
    gone = [view for view in views if view.t_s >= GOES_S + 1.5]
    assert {(view.phase, id_of(view), view.lacks) for view in gone} == {("paused", lost, "person")}


def test_who_cannot_be_seen_for_want_of_light_is_asked_for_light() -> None:
    def dark(t_s: float, frame: PoseFrame) -> PoseFrame:
        there = there_for_a_while(t_s, frame)
        return there if there is frame else replace(there, light=0.06)

    how = Act(setup_for("river_steer", 3), "healthy", 3, longest_s=ENDS_S, spoil=dark, whole=True)
    moments = act(how).moments
    before = [view for _, view, _ in moments if 0.1 < view.t_s < COMES_S]
    assert {(view.phase, id_of(view), view.lacks) for view in before} == {
        ("looking", "guide.more_light", "light")
    }
    last = moments[-1][1]
    assert (last.phase, id_of(last), last.lacks) == ("paused", "guide.more_light", "light")


def test_a_camera_that_repeats_itself_is_what_is_waited_for() -> None:
    def frozen(t_s: float, frame: PoseFrame) -> PoseFrame:
        return frame if t_s < GOES_S else replace(nobody(frame), fresh=False)

    how = Act(setup_for("river_steer", 3), "healthy", 3, longest_s=ENDS_S, spoil=frozen, whole=True)
    last = act(how).moments[-1][1]
    assert (last.phase, id_of(last), last.lacks) == ("paused", "pause.tracker", "camera")


def test_nobody_is_asked_to_come_while_it_is_the_tracker_that_is_gone() -> None:
    def trouble(t_s: float, _: View | None) -> list[Input]:
        return [TrackingTrouble("it fell over", fatal=False)] if GOES_S <= t_s < GOES_S + 0.02 else []

    def stops(t_s: float, frame: PoseFrame) -> PoseFrame | None:
        return frame if t_s < GOES_S else None

    how = Act(
        setup_for("concert_taps", 3), "healthy", 3, longest_s=ENDS_S, spoil=stops, say=trouble, whole=True
    )
    last = act(how).moments[-1][1]
    assert (last.phase, id_of(last), last.lacks) == ("paused", "pause.tracker", "camera")


@pytest.mark.parametrize(("protocol", "shows"), [("hand_opening", "hand"), ("reach_quick", "sitting")])
def test_a_calibration_alone_looks_for_the_same(protocol: str, shows: Shows) -> None:
    session = Session(calibration_of(Request(patient="p-17", seed=3), protocol))
    for i in range(90):
        view = session.step(PoseFrame(i / 30, i, (640, 480)), [], i / 30).view
    assert (view.phase, view.shows) == ("looking", shows)


@pytest.mark.parametrize(
    ("shows", "said"), [("sitting", "pause.trunk_tilt"), ("standing", "pause.trunk_tilt_standing")]
)
def test_who_leans_far_over_is_told_to_come_up_as_they_are(shows: Shows, said: str) -> None:
    pausing = Pausing(Guard(Limits(), ()))
    pausing.why = "trunk_tilt"
    assert pausing.prompt(shows).id == said


@pytest.mark.parametrize(
    ("protocol", "asked"), [("hand_opening", set()), ("reach_quick", {"pause.ease_back"})]
)
def test_a_body_that_is_imagined_beside_a_hand_alone_is_not_told_to_ease_back(
    protocol: str, asked: set[str]
) -> None:
    """Its arm is far up, as that of a person who is not there may be."""
    session = Session(calibration_of(Request(patient="p-17", seed=3), protocol))
    raised, said = body_of(Stance(right=Arm(upper_deg=150.0))), set()
    for i in range(150):
        frame = frame_of(raised, i / 30, i)
        frame.hands_px[SIDES.index("right")] = hand_px((320, 300), (320, 100), 80.0, 1.0, "right")
        view = session.step(frame, [], i / 30).view
        said |= {id_of(view)} & {"pause.ease_back"}
    assert view.phase != "looking"
    assert said == asked
