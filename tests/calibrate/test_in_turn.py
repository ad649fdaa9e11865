"""Reach and grip: how far the hand comes, and how far it closes and opens, in one calibration."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import cache

import pytest
from people import FPS, SIZE, protocol

from rehabgames.app.repertoire import known
from rehabgames.app.wiring import Request, calibration_of
from rehabgames.calibrate import Calibration, InTurn, ReachCalibration, Recheck
from rehabgames.calibrate import calibration_of as machine_of
from rehabgames.content.protocols import protocol_of
from rehabgames.content.reading import source_of
from rehabgames.content.root import calibration_folder
from rehabgames.core.inputs import Recorded
from rehabgames.core.limits import Limits
from rehabgames.core.person import Profile
from rehabgames.core.pose import PoseFrame
from rehabgames.core.protocol import MovementProtocol, ReachProtocol
from rehabgames.core.sample import Sample
from rehabgames.patients import Patient, Tracked
from rehabgames.safety import Envelope
from rehabgames.session import Session, Setup
from rehabgames.session.profiles import profile_of
from rehabgames.session.shown import watches_hands

ABLE = {-40.0: 0.7, 25.0: 0.85, 45.0: 0.8, 65.0: 0.72, 85.0: 0.6}
ENVELOPE = Envelope(Limits())
LAP = (0.15, -0.74)
REST, CLOSED, OPEN = 1.3, 0.9, 1.75
ARM_PX = 200.0


def asked() -> ReachProtocol:
    made = protocol("reach_and_grip")
    assert isinstance(made, ReachProtocol)
    return made


def machine() -> InTurn:
    made = machine_of(asked(), ENVELOPE, "right", ARM_PX)
    assert isinstance(made, InTurn)
    return made


@dataclass
class Person:
    """A hand that goes 1.2 arm lengths a second where it is asked, and closes and opens in half a second."""

    closes_to: float = CLOSED
    opens_to: float = OPEN
    share: float = 1.0
    sees_hand: bool = True
    hand: tuple[float, float] = LAP
    opened: float = REST
    said: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def run(self, it: Calibration, longest_s: float = 90.0) -> float:
        """Until it is done; seconds."""
        for i in range(int(longest_s * FPS)):
            self._move(it)
            values = {"hand_open.right": self.opened if self.sees_hand else math.nan}
            sample = Sample(i / FPS, values=values, at=self.hand, arm_px=ARM_PX, present=True)
            it.step(PoseFrame(i / FPS, i, SIZE), sample)
            for told, now in ((self.said, it.prompt().id), (self.parts, it.part)):
                if not told or told[-1] != now:
                    told.append(now)
            if it.part == "done":
                return i / FPS
        return math.inf

    def _move(self, it: Calibration) -> None:
        target, guide = it.target(), it.guide()
        aim, end = LAP, REST
        if target is not None and target.kind == "farthest":
            direction = math.degrees(math.atan2(target.x, -target.y))
            far = self.share * ABLE[min(ABLE, key=lambda d: abs(d - direction))]
            aim = (far * math.sin(math.radians(direction)), -far * math.cos(math.radians(direction)))
        if guide is not None and not guide.back:
            end = {"hand_close": self.closes_to, "hand_open": self.opens_to}.get(guide.name, REST)
        away = math.dist(aim, self.hand)
        part = min(1.0, 1.2 / FPS / away) if away > 0 else 0.0
        self.hand = (
            self.hand[0] + part * (aim[0] - self.hand[0]),
            self.hand[1] + part * (aim[1] - self.hand[1]),
        )
        self.opened += max(-1.7 / FPS, min(1.7 / FPS, end - self.opened))


def test_the_profile_holds_both_the_reach_and_the_grip() -> None:
    it, person = machine(), Person()
    assert it.needs == ("hand_open.right",)
    assert person.run(it) < 60.0
    profile = it.profile()
    assert profile.protocol == "reach_and_grip"
    assert profile.reach == {d: pytest.approx(far, abs=0.03) for d, far in ABLE.items()}
    assert profile.arm_px == pytest.approx(ARM_PX)
    assert profile.rest_xy == pytest.approx(LAP, abs=0.02)
    assert profile.found == {
        "hand_open.closed": pytest.approx(CLOSED, abs=0.05),
        "hand_open.open": pytest.approx(OPEN, abs=0.05),
        "hand_open.rest": pytest.approx(REST, abs=0.05),
    }
    assert profile.refused == {}
    assert person.parts == ["rest", "ask", "rest", "ask", "done"]
    assert person.said[:2] == ["rest.hand_in_lap", "calibrate.reach_far"]
    assert {"guide.rest", "guide.hand_close", "guide.hand_open"} <= set(person.said)


def test_progress_rises_over_both_parts_and_targets_end_where_guides_begin() -> None:
    it, shares = machine(), []
    person = Person()
    move = person._move

    def watched(each: Calibration) -> None:
        shares.append(each.progress())
        assert each.target() is None or each.guide() is None
        move(each)

    person._move = watched  # type: ignore[method-assign]
    person.run(it)
    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert it.progress() == 1.0
    assert any(0.65 < share < 0.75 for share in shares)  # five of seven are directions


def test_no_profile_before_the_end_and_what_was_not_seen_is_refused() -> None:
    it = machine()
    with pytest.raises(ValueError, match="not done"):
        it.profile()
    Person(sees_hand=False).run(it)
    profile = it.profile()
    assert profile.found == {}
    assert profile.refused.keys() == {"hand_open.closed", "hand_open.open"}
    assert profile.reach.keys() == ABLE.keys()


def test_a_hand_that_only_stays_as_it_is_has_no_range() -> None:
    it = machine()
    Person(closes_to=REST, opens_to=REST).run(it)
    assert set(it.profile().refused.values()) == {"NO_MOVEMENT"}


BEFORE = Profile(
    "reach_and_grip",
    "right",
    190.0,
    ABLE,
    0.004,
    LAP,
    found={"hand_open.closed": CLOSED, "hand_open.open": OPEN, "hand_open.rest": REST},
    version=2,
)


@pytest.mark.parametrize(
    ("person", "agrees"),
    [
        (Person(), True),
        (Person(share=0.95, closes_to=0.95), True),
        (Person(share=0.7), False),
        (Person(opens_to=1.4), False),
        (Person(closes_to=1.2), False),
        (Person(sees_hand=False), False),
    ],
)
def test_a_recheck_asks_one_direction_and_both_ends_of_the_hand(person: Person, agrees: bool) -> None:
    it = Recheck(BEFORE, asked(), ENVELOPE, "right", ARM_PX)
    assert it.needs == ("hand_open.right",)
    assert replace(person).run(it, 25.0) <= 20.1
    assert it.agrees is agrees
    if agrees:
        kept = it.profile()
        assert kept == replace(BEFORE, arm_px=kept.arm_px, noise=kept.noise, rest_xy=kept.rest_xy)
        assert kept.arm_px == pytest.approx(ARM_PX)


@pytest.mark.parametrize("missing", ["hand_open.open", "hand_open.closed"])
def test_a_profile_without_both_ends_of_the_hand_is_made_anew(missing: str) -> None:
    found = {name: value for name, value in BEFORE.found.items() if name != missing}
    it = Recheck(replace(BEFORE, found=found), asked(), ENVELOPE, "right", ARM_PX)
    it.step(PoseFrame(0.0, 0, SIZE), Sample(0.0, at=LAP))
    assert it.part == "done"
    assert not it.agrees


def test_a_reach_without_asks_is_a_reach_alone() -> None:
    made = machine_of(protocol("reach_quick"), ENVELOPE, "right", ARM_PX)
    assert isinstance(made, ReachCalibration)
    assert not isinstance(protocol("reach_and_grip"), MovementProtocol)


def test_hands_are_watched_for_a_reach_that_asks_for_them() -> None:
    assert watches_hands(alone("reach_and_grip"))
    assert not watches_hands(alone("reach_quick"))


@cache
def alone(name: str) -> Setup:
    made = calibration_of(Request(patient="p", seed=3), name)
    return replace(made, session_id="t", started_utc="2026-11-21T08:00:00.000+00:00", zone="UTC", versions={})


Calibrated = tuple[Session, list[str], Profile]


@cache
def calibrated(kind: str, before: str = "") -> Calibrated:
    """A session of it with a virtual patient whose hands are seen. before: whose profile was kept."""
    previous = calibrated(before)[2] if before else None
    setup = replace(alone("reach_and_grip"), previous=previous)
    session, patient, tracked = Session(setup), Patient(kind, "right", 1), Tracked("right", 1, hands=True)
    view, documents, fresh = None, [], []
    for tick in range(round(120 * FPS)):
        t_s = tick / FPS
        frame = tracked.frame(patient.step(view, t_s), t_s, tick)
        step = session.step(frame, [Recorded(fresh[-1].number)] if fresh else [], t_s)
        fresh, view = list(step.documents), step.view
        documents += fresh
        if session.closed:
            break
    events = [str(d.body["name"]) for d in documents if d.kind == "event"]
    (made,) = [d for d in documents if d.kind == "profile"]
    return session, events, profile_of(made.body)


@pytest.mark.parametrize("kind", ["healthy", "moderate", "severe"])
def test_virtual_patients_are_calibrated_in_one_session(kind: str) -> None:
    session, events, profile = calibrated(kind)
    assert session.closed == "completed"
    assert events.count("noise_floor") == 1
    assert len(profile.reach) == 5
    assert profile.refused == {}
    assert profile.found["hand_open.closed"] + 0.3 < profile.found["hand_open.open"]


def test_weaker_hands_have_less_of_a_range() -> None:
    ranges = [
        calibrated(kind)[2].found["hand_open.open"] - calibrated(kind)[2].found["hand_open.closed"]
        for kind in ("healthy", "moderate", "severe")
    ]
    assert ranges == sorted(ranges, reverse=True)


def test_the_next_session_keeps_the_profile_of_the_same_person_and_not_that_of_another() -> None:
    before = calibrated("moderate")[2]
    session, events, kept = calibrated("moderate", "moderate")
    assert (session.closed, "calibration" in events) == ("completed", False)
    assert (kept.found, kept.reach) == (before.found, before.reach)
    _, events, anew = calibrated("healthy", "moderate")
    assert "calibration" in events
    assert anew.found != before.found


def test_a_file_may_hold_asks_after_a_reach_and_each_has_a_name_of_its_own() -> None:
    text = (calibration_folder() / "reach_and_grip.toml").read_text(encoding="utf-8")
    read, findings = protocol_of(source_of(text.encode(), "mine.toml", "mine"), known())
    assert findings == []
    assert isinstance(read, ReachProtocol)
    assert [(ask.name, ask.towards) for ask in read.asks] == [("hand_open.closed", -1), ("hand_open.open", 1)]
    twice = text.replace('"hand_open.open"', '"hand_open.closed"')
    read, findings = protocol_of(source_of(twice.encode(), "mine.toml", "mine"), known())
    assert read is None
    assert [finding.key for finding in findings] == ["asks"]
    short = text.replace("timeout_s = 8", "timeout_s = 0.5 ")
    assert protocol_of(source_of(short.encode(), "mine.toml", "mine"), known())[1]
