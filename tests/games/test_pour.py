"""Pinch and pour: how much each pinch pours, and what comes of it."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.core.limits import Limits
from rehabgames.core.person import Profile
from rehabgames.core.trial import Outcome, TrialSpec
from rehabgames.games import GAMES
from rehabgames.games.game import Game
from rehabgames.games.pour import START_S
from rehabgames.safety import Envelope

NUMBERS = {
    "jug_distance": 0.22,
    "jug_radius": 0.16,
    "pour_s": 1.5,
    "band": 0.3,
    "grip": 0.65,
    "release": 0.4,
    "trial_s": 10.0,
    "pause_s": 0.6,
}
OPEN, PINCH = 0.1, 0.9
DT = 1 / 60


class Played:
    """One glass and fingers that can be told what to do."""

    def __init__(self, side: str = "right", direction: float = 110.0, **levels: float) -> None:
        self.game: Game = GAMES["pour"].make(
            NUMBERS, Profile("pinch_opening", "right"), "left" if side == "left" else "right"
        )
        self.spec: TrialSpec = self.game.propose(0, {"size": 0.3, **levels}, direction)
        self.game.begin(self.spec)
        self.there = self.spec.goal.xy(1.0)

    def stay(self, grip: float, seconds: float, at: tuple[float, float] | None = None) -> Outcome | None:
        for _ in range(round(seconds / DT)):
            outcome = self.game.step(at or self.there, DT, grip)
            if outcome is not None:
                return outcome
        return None

    def pour(self, seconds: float) -> Outcome | None:
        """Open, pinch until so much has flowed, open."""
        assert self.stay(OPEN, 0.3) is None
        while (self.poured() < seconds - DT / 2) and self.game.target() is not None:
            if (outcome := self.game.step(self.there, DT, PINCH)) is not None:
                return outcome
        # an opening is believed only after some pictures, and what flows on until then counts
        return self.stay(OPEN, 1.0)

    def poured(self) -> float:
        glass = self.thing("glass")
        return glass.share / glass.way[0][1] * self.spec.goal.hold_s

    def thing(self, kind: str):
        return next(t for t in self.game.things() if t.kind == kind and t.state != "placed")


@pytest.mark.parametrize("side", ["right", "left"])
def test_to_the_line_and_no_farther(side: str) -> None:
    it = Played(side)
    assert [c.kind for c in it.game.cues()] == ["appear"]
    assert it.game.target().kind == "pinch"
    outcome = it.pour(1.45)
    assert (outcome.success, outcome.reason) == (True, "reached")
    assert 0 < outcome.margin <= 0.3
    assert [c.kind for c in it.game.cues()] == ["pour"]
    it.game.settle(counted=True)
    assert [c.kind for c in it.game.cues()] == ["place"]
    placed = [t for t in it.game.things() if t.state == "placed"]
    assert [round(t.share - t.way[0][1], 1) for t in placed] == [0.0]


@pytest.mark.parametrize(
    ("poured_s", "reason"),
    [(0.7, "too_little"), (1.0, "reached"), (1.4, "reached"), (1.85, "reached"), (2.2, "too_much")],
)
def test_the_margin_agrees_with_what_is_counted(poured_s: float, reason: str) -> None:
    it = Played()
    outcome = it.pour(poured_s)
    assert (outcome.success, outcome.reason) == (reason == "reached", reason)
    poured, half = it.poured(), 0.3 * 1.5
    assert outcome.margin == pytest.approx((half - abs(poured - 1.5)) / 1.5)
    assert (outcome.margin > 0) is outcome.success
    it.game.settle(counted=bool(outcome.success))
    told = {"reached": "play.well_done"}.get(reason, f"play.{reason}")
    assert it.game.prompt().id == told


def test_it_begins_to_flow_a_moment_after_the_pinch() -> None:
    it = Played()
    it.stay(OPEN, 0.3)
    it.stay(PINCH, 0.15)
    assert it.poured() == 0.0
    assert it.thing("jug").angle_rad > 0.1
    it.stay(PINCH, 1.15)
    assert it.poured() == pytest.approx(1.3 - START_S - 0.08, abs=0.03)
    assert it.thing("jug").state == "held"


def test_a_pinch_that_slips_for_a_moment_goes_on() -> None:
    it = Played()
    it.stay(OPEN, 0.3)
    assert it.stay(PINCH, 0.8) is None
    assert it.stay(OPEN, 0.2) is None
    assert it.stay(PINCH, 0.8) is None
    assert it.stay(OPEN, 1.0).success is True


def test_far_too_much_ends_at_once_and_the_fingers_need_not_open() -> None:
    it = Played()
    it.stay(OPEN, 0.3)
    outcome = it.stay(PINCH, 5.0)
    assert (outcome.success, outcome.reason) == (False, "too_much")
    assert outcome.margin == pytest.approx(-0.3, abs=0.02)
    assert outcome.duration_s < 3.5


@pytest.mark.parametrize(("hold", "band", "least_s", "most_s"), [(1.0, 0.4, 0.6, 1.4), (2.0, 0.1, 1.8, 2.2)])
def test_line_and_band_are_those_of_the_levels(
    hold: float, band: float, least_s: float, most_s: float
) -> None:
    it = Played(hold=hold, size=band)
    (_, line), (_, low), (_, high) = it.thing("glass").way
    assert (low / line * hold, high / line * hold) == pytest.approx((least_s, most_s))
    assert 0.2 < low < line < high <= 1.01


def test_it_plays_the_spec_that_it_is_given() -> None:
    it = Played()
    it.spec = replace(it.spec, goal=replace(it.spec.goal, hold_s=0.8), limit_s=3.0, grip=0.3)
    it.game.begin(it.spec)
    it.stay(OPEN, 0.3)
    it.stay(0.4, 0.8 + START_S + 0.05)
    assert it.stay(0.0, 1.0).success is True
    it.game.begin(it.spec)
    outcome = it.stay(OPEN, 4.0)
    assert (outcome.reason, outcome.duration_s) == ("out_of_time", pytest.approx(3.0, abs=0.05))
    assert outcome.margin < 0


def test_fingers_that_never_open_pour_nothing() -> None:
    it = Played()
    outcome = it.stay(PINCH, 11.0)
    assert (outcome.success, outcome.reason) == (False, "out_of_time")
    assert it.poured() == 0.0
    assert outcome.margin < 0


def test_a_pinch_beside_the_jug_pours_nothing_and_leaving_it_stops() -> None:
    it = Played()
    x, y = it.there
    it.stay(OPEN, 0.3, (x + 0.3, y))
    it.stay(PINCH, 1.0, (x + 0.3, y))
    assert it.poured() == 0.0
    it.stay(OPEN, 0.3)
    it.stay(PINCH, 1.0)
    it.stay(PINCH, 0.3, (x + 1.2 * 0.16, y))
    assert it.poured() == pytest.approx(1.3 - START_S - 0.08, abs=0.03)
    outcome = it.stay(PINCH, 1.0, (x + 1.4 * 0.16, y))
    assert (outcome.success, outcome.reason) == (False, "too_little")


def test_the_time_is_over_while_it_still_pours() -> None:
    it = Played()
    it.spec = replace(it.spec, limit_s=2.0)
    it.game.begin(it.spec)
    it.stay(OPEN, 0.3)
    outcome = it.stay(PINCH, 3.0)
    assert (outcome.success, outcome.reason) == (False, "out_of_time")
    assert outcome.margin <= 0


def test_while_the_pinch_is_not_seen_nothing_flows_and_nothing_ends() -> None:
    it = Played()
    it.stay(OPEN, 0.3)
    it.stay(PINCH, 1.2)
    poured = it.poured()
    assert it.stay(math.nan, 4.0) is None
    assert it.poured() == poured
    assert it.stay(PINCH, 0.4) is None
    assert it.poured() > poured
    assert it.stay(OPEN, 1.0).success is True


def test_given_up_it_is_not_judged_and_the_next_one_is_played() -> None:
    it = Played()
    it.stay(OPEN, 0.3)
    it.stay(PINCH, 1.0)
    outcome = it.game.abandon()
    assert (outcome.success, outcome.reason) == (None, "stopped")
    assert math.isnan(outcome.margin)
    assert it.game.abandon() is None
    assert it.game.target() is None
    it.game.begin(it.spec)
    assert it.pour(1.4).success is True


def test_a_probe_is_not_judged_aloud() -> None:
    it = Played()
    it.game.begin(replace(it.spec, probe=True))
    it.pour(1.4)
    it.game.cues()
    it.game.settle(counted=False)
    assert (it.game.cues(), it.game.prompt()) == ((), None)


def test_the_envelope_leaves_a_glass_as_it_is_and_shortens_a_long_pour() -> None:
    spec = Played(hold=3.0).spec
    assert Envelope(Limits()).trial(spec).clamped == ()
    short = Envelope(Limits(hold_s=1.0)).trial(spec)
    assert (short.clamped, short.goal.hold_s) == (("hold",), 1.0)


fingers = st.lists(
    st.tuples(
        st.floats(-1, 1), st.floats(-1, 1), st.floats(-0.5, 1.5) | st.just(math.nan), st.floats(0.001, 0.5)
    ),
    max_size=80,
)


@settings(max_examples=40, deadline=None)
@given(fingers, st.booleans())
def test_no_fingers_break_it_and_the_same_give_the_same(said: list[tuple[float, ...]], near: bool) -> None:
    one, two = Played(), Played()
    for x, y, grip, dt in said:
        at = one.there if near else (x, y)
        outcomes = [it.game.step(at, dt, grip) for it in (one, two)]
        assert one.game.things() == two.game.things()
        assert all(0 <= t.share <= 1 and math.isfinite(t.angle_rad) for t in one.game.things())
        assert repr(outcomes[0]) == repr(outcomes[1])
        if outcomes[0] is not None:
            assert (outcomes[0].margin > 0) is outcomes[0].success
            return
