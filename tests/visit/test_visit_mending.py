"""What fails while somebody is led through a day: it is told, tried again and gone on with, by whichever way
they choose; STOP ends it at once; nothing is asked or kept of somebody who is not there (H10, H12, H15)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from visits import FPS, PLAYER, House, day_of

from rehabgames.core.document import Document
from rehabgames.core.errors import RehabgamesError, StoreError
from rehabgames.core.inputs import Input, Key, NotRecorded, Press, Recorded, Stop, TrackingTrouble, Woke
from rehabgames.core.view import View
from rehabgames.patients import Patient, Tracked
from rehabgames.visit.day import Day
from rehabgames.visit.guidance import GONE_S, TOLD_S
from rehabgames.visit.helpers import Helpers
from rehabgames.visit.troubles import TROUBLES
from rehabgames.visit.visit import ANEW_S, Visit

HAND_S = 20.0  # for a slow hand to choose by dwell


@dataclass
class Faulty:
    """What a visit asks for, where one thing fails as often as is said. begun: how often the camera was."""

    house: House
    fails: str = ""
    code: str = ""
    times: int = 0
    begun: int = 0
    asked: list[str] = field(default_factory=list)

    def may(self, what: str) -> None:
        self.asked.append(what)
        if what == self.fails and self.times > 0:
            self.times -= 1
            raise RehabgamesError("It fails.", "Try again.", code=self.code)

    def _wrapped(self, what: str, do: Callable) -> Callable:
        def done(*given):
            self.may(what)
            return do(*given)

        return done

    def begin(self) -> Day:
        self.may("begin")
        return self.house.day

    def again(self) -> None:
        self.begun += 1
        self.may("again")

    @property
    def helpers(self) -> Helpers:
        of = self.house.helpers
        return Helpers(
            self._wrapped("open_room", of.open_room),
            self._wrapped("open_block", of.open_block),
            self._wrapped("day_of", of.day_of),
            self._wrapped("keep", of.keep),
            ready=lambda: self.may("ready"),
            again=self.again,
            other_camera=lambda: self.may("other_camera"),
            keep_camera=lambda: self.may("keep_camera"),
        )


class Led:
    """A visit with a virtual patient before it, whose hand chooses; somebody else presses keys where asked.

    people: that are counted in the picture; seen: the camera gives pictures; saves: what it says is on disk
    """

    def __init__(self, faulty: Faulty, *, kind: str = "mild", means: dict[str, str] | None = None) -> None:
        self.faulty = faulty
        self.visit = Visit(Day(), faulty.helpers)
        self.visit.begin(faulty.begin)
        self._patient = Patient(kind, "right", 1, means=means)
        self._tracked = Tracked("right", 1, dropouts=self._patient.traits.dropouts)
        self.people, self.seen, self.there, self.saves = 1, True, True, True
        self.view: View | None = None
        self.screens: list[str] = []
        self.documents: list[Document] = []
        self.tick = 0

    @property
    def at(self) -> str:
        return self.screens[-1] if self.screens else ""

    @property
    def now_s(self) -> float:
        return self.tick / (2 * FPS)

    def step(self, *heard: Input) -> None:
        frame = None
        if self.tick % 2 == 0 and self.seen:
            moved = self._patient.step(self.view, self.now_s)
            frame = replace(
                self._tracked.frame(moved, self.now_s, self.tick // 2), people=self.people, light=0.5
            )
            frame = frame if self.there else frame.unseen()
        told: list[Input] = list(heard)
        if self.documents and self.saves:
            told.append(Recorded(self.documents[-1].number, self.documents[-1].session_id))
        step = self.visit.step(frame, told, self.now_s)
        self.documents += step.documents
        self.view = step.view
        at = step.view.menu.screen if step.view.menu is not None else step.view.phase
        if self.at != at:
            self.screens.append(at)
        self.tick += 1

    def until(self, *screens: str, longest_s: float = 400.0) -> None:
        ends_s = self.now_s + longest_s
        while self.at not in screens:
            assert self.now_s < ends_s, (screens, self.screens)
            self.step()

    def wait(self, seconds: float) -> None:
        for _ in range(round(seconds * 2 * FPS)):
            self.step()

    def press(self, option: str) -> None:
        """With mouse or finger."""
        self.wait(0.5)
        assert self.view is not None
        assert self.view.menu is not None
        left, top, across, down = next(each.box for each in self.view.menu.choices if each.id == option)
        self.step(Press(left + across / 2, top + down / 2))

    def stops(self) -> list[tuple[str, str]]:
        return [(each.body["status"], each.body["reason"]) for each in self.documents if each.kind == "stop"]


def led(
    fails: str = "", code: str = "", times: int = 0, *, checked: bool = True, minutes: float = 0.2, **more
) -> Led:
    """minutes: that are played; the plan says more of them."""
    house = House(minutes=minutes)
    day = day_of("orchard_reach", checked=checked)
    house.day = replace(day, blocks=tuple(replace(block, minutes=5.0) for block in day.blocks))
    return Led(Faulty(house, fails, code, times), **more)


@pytest.mark.parametrize("code", sorted(set(TROUBLES) - {"unsaved"}))
def test_what_fails_at_the_start_is_told_and_tried_again_until_it_works(code: str) -> None:
    one = led("begin", code, 2)
    one.step()
    assert (one.at, one.visit.trouble) == ("trouble", code)
    ways = [each.id for each in one.view.menu.choices]
    for _ in range(2):
        one.press("try_again" if "try_again" in ways else "go_on")
        one.step()
    assert (one.at, one.visit.trouble, one.visit.error) == ("home", "", None)
    assert one.faulty.asked.count("begin") == 3
    assert one.visit.player == PLAYER


@pytest.mark.parametrize(
    ("fails", "before"),
    [("day_of", "home"), ("ready", "home"), ("open_room", "chair"), ("open_block", "shown")],
)
def test_what_fails_in_the_middle_leads_on_from_there_by_the_hand_alone(fails: str, before: str) -> None:
    one = led(fails, "plan", 1, checked=False, means={"trouble": "try_again"})
    one.until("trouble")
    assert one.screens[-2] == before
    one.until("play")
    assert one.faulty.asked.count(fails) >= 2
    one.until("bye")
    assert one.stops()[-1] == ("completed", "time")


def test_a_code_that_nobody_knows_is_told_as_something_that_does_not_work() -> None:
    one = led("begin", "a_code_of_tomorrow", 1)
    one.step()
    assert one.visit.trouble == "other"
    assert isinstance(one.visit.error, RehabgamesError)


@pytest.mark.parametrize("at", ["home", "pain", "shown"])
@pytest.mark.parametrize("code", ["camera_none", "camera_busy", "camera_denied", "tracker", "models"])
def test_a_camera_that_fails_on_a_screen_is_begun_again_from_there(at: str, code: str) -> None:
    one = led()
    one.until(at)
    one.step(TrackingTrouble("It is gone.", fatal=True, code=code))
    assert (one.at, one.visit.trouble) == ("trouble", code)
    one.seen = False
    one.press("try_again")
    one.step()
    assert (one.at, one.faulty.begun) == (at, 1)
    one.step(TrackingTrouble("It is gone.", fatal=True, code=code))  # and once more
    assert (one.at, one.visit.trouble) == ("trouble", code)
    one.press("finish")
    one.step()
    assert one.visit.over


def test_h16_tracking_that_gives_up_in_play_saves_the_session_and_goes_on_when_it_is_begun_again() -> None:
    one = led()
    one.until("play")
    one.wait(3.0)
    one.step(TrackingTrouble("Tracking failed: it did not answer any more.", fatal=True, code="tracker"))
    assert (one.at, one.visit.trouble) == ("trouble", "tracker")
    assert one.stops() == [("failed", "tracking")]
    one.press("try_again")
    one.step()
    assert (one.at, one.faulty.begun) == ("stopped", 1)
    one.press("go_on")
    one.until("play")


def test_while_something_is_not_saved_no_trouble_says_that_all_is() -> None:
    one = led()
    one.until("play")
    gave_up = TrackingTrouble("Tracking failed: it did not answer any more.", fatal=True, code="tracker")
    one.saves = False
    one.step(NotRecorded("The disk is full."), gave_up)
    assert (one.at, one.visit.trouble) == ("trouble", "other")
    one.saves = True
    one.press("try_again")
    one.until("stopped")
    one.step(gave_up)  # by now it is saved
    assert (one.at, one.visit.trouble) == ("trouble", "tracker")


def test_a_camera_that_stays_away_is_a_trouble_and_goes_on_by_itself_when_it_is_back() -> None:
    one = led(minutes=3.0)
    one.until("play")
    one.wait(2.0)
    one.seen = False
    one.step(TrackingTrouble("There is no camera 0. It is waited for.", code="camera_none"))
    one.wait(GONE_S - 1.0)
    assert one.at == "paused"
    one.until("trouble", longest_s=2.0)
    assert one.visit.trouble == "camera_gone"
    assert one.stops() == [("failed", "tracking")]
    one.seen = True
    one.until("stopped", longest_s=1.0)
    assert one.faulty.begun == 0


def test_a_trouble_of_plan_or_record_is_not_hidden_by_one_of_the_camera() -> None:
    one = led("begin", "record", 1)
    one.step(TrackingTrouble("It is gone.", fatal=True, code="camera_none"))
    assert one.visit.trouble == "record"
    one.press("try_again")
    one.step()
    one.step()
    assert one.visit.trouble == "camera_none"
    one.press("try_again")
    one.step()
    assert one.at == "home"


def test_what_is_not_saved_yet_is_told_before_it_ends_and_it_ends_when_it_is_saved() -> None:
    one = led()
    one.until("home")
    one.step(NotRecorded("The disk is full."))
    one.press("close")
    one.step()
    assert (one.at, one.visit.trouble, one.visit.over) == ("trouble", "unsaved", False)
    one.step(Recorded(7, "s"))
    assert one.visit.over


@pytest.mark.parametrize("fails", ["begin", "day_of", "open_block"])
def test_hazard_h10_stop_ends_it_from_the_screen_of_a_trouble_in_the_same_step(fails: str) -> None:
    one = led(fails, "record", 99)
    one.until("trouble")
    one.step(Stop("key"))
    assert one.visit.over


def test_hazard_h10_one_key_alone_leads_out_of_a_trouble() -> None:
    one = led("begin", "disk", 1)
    one.there = False
    one.wait(0.5)
    one.step(Key())
    assert one.view.menu.lit == "try_again"
    one.step(Key())
    one.step()
    assert one.at == "home"


# --- sleep


@pytest.mark.parametrize("at", ["pain", "shown", "play", "effort"])
def test_after_hours_of_sleep_all_is_asked_anew_and_what_ran_is_closed(at: str) -> None:
    one = led()
    one.until(at)
    one.wait(0.2)
    one.step(Woke(ANEW_S))
    assert one.at == "home"
    assert one.stops() == ([("stopped", "sleep")] if at in ("play", "effort") else [])
    assert one.visit.session is None
    one.until("chest_pain")


@pytest.mark.parametrize("at", ["pain", "play"])
def test_after_a_short_sleep_it_goes_on(at: str) -> None:
    one = led()
    one.until(at)
    one.wait(0.2)
    one.step(Woke(600.0))
    assert one.at in (at, "paused")
    assert one.stops() == []


def test_a_screen_that_nobody_answers_for_an_hour_is_asked_anew() -> None:
    one = led()
    one.until("pain")
    one.there = False
    one.tick += round(ANEW_S * 2 * FPS / 2) * 2
    one.until("home", longest_s=1.0)


# --- who is there


def test_hazard_h15_a_second_person_is_greeted_and_no_hand_chooses_while_keys_do() -> None:
    one = led(means={"home": "start"})
    one.until("home")
    one.people = 2
    one.wait(HAND_S)
    assert one.at == "home"
    assert (one.view.lacks, one.view.menu.guidance.id) == ("alone", "guide.step_aside")
    assert one.view.menu.pointer is None
    one.press("start")
    one.step()
    assert one.at == "chest_pain"
    one.people = 1
    one.until("new_weakness", longest_s=HAND_S)
    assert one.view.menu.guidance is None


def test_who_is_not_seen_is_told_so_and_nobody_else_is() -> None:
    one = led()
    one.until("home")
    one.wait(TOLD_S + 0.5)
    assert one.view.menu.guidance is None
    one.there = False
    one.wait(TOLD_S + 1.0)
    assert (one.view.lacks, one.view.menu.sign) == ("person", "looking_sitting")
    assert one.view.menu.guidance.id == "look.come_into_picture"


def test_before_the_first_picture_the_camera_starts_and_later_it_comes_back() -> None:
    one = led()
    one.seen = False
    one.wait(TOLD_S + 1.5)
    assert one.view.menu.guidance.id == "guide.camera_starts"
    one.seen = True
    one.wait(1.0)
    one.seen = False
    one.wait(TOLD_S + 1.5)
    assert one.view.menu.guidance.id == "pause.tracker"


def test_an_error_that_is_none_of_ours_is_not_taken_for_a_trouble() -> None:
    """It has to be found and mended: whoever runs the visit tells it."""
    one = led()
    one.until("home")
    one.faulty.may = lambda what: 1 / 0  # type: ignore[method-assign]
    with pytest.raises(ZeroDivisionError):
        one.press("start")


def test_an_advice_stays_where_it_cannot_be_written_down() -> None:
    house = House()
    house.day = day_of("orchard_reach", checked=True)
    one = Led(Faulty(house, "open_block", "disk", 9), means={"chest_pain": "yes", "advice": "finish"})
    one.until("advice")
    one.wait(0.3)
    assert one.at == "advice"
    one.until("bye", longest_s=60.0)
    assert "trouble" not in one.screens
    assert StoreError("x").code == "record"
