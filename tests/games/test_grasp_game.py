"""Grasp, carry, release: what each hand comes to."""

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
from rehabgames.games.grasp import OBJECTS
from rehabgames.safety import Envelope

NUMBERS = {
    "object_radius": 0.14,
    "grip": 0.6,
    "release": 0.35,
    "hold_s": 0.2,
    "place_radius": 0.18,
    "place_direction_deg": -5.0,
    "place_distance": 0.6,
    "trial_s": 12.0,
    "pause_s": 0.6,
}
CLOSE = NUMBERS | {"place_direction_deg": 0.0, "place_distance": 0.2}
PROFILE = Profile("reach_and_grip", "right", 200.0, {-40.0: 0.8, 25.0: 0.8, 85.0: 0.6})
OPEN, CLOSED = 0.1, 0.9
DT = 1 / 60
Point = tuple[float, float]


class Played:
    """One trial and a hand that can be told what to do."""

    def __init__(
        self, space: str = "arm", side: str = "right", *, direction: float = 60.0, **levels: float
    ) -> None:
        self.out = -1.0 if side == "left" else 1.0
        name, numbers = ("grasp", NUMBERS) if space == "arm" else ("grasp_close", CLOSE)
        profile = PROFILE if space == "arm" else Profile("hand_opening", "right")
        self.game: Game = GAMES[name].make(numbers, profile, "left" if side == "left" else "right", (), 3)
        self.spec: TrialSpec = self.game.propose(0, {"distance": 0.4, **levels}, direction)
        self.game.begin(self.spec)
        self.at: Point = (0.0, -0.3)

    @property
    def there(self) -> Point:
        return self.spec.goal.xy(self.out)

    @property
    def home(self) -> Point:
        assert self.spec.place is not None
        return self.spec.place.xy(self.out)

    def stay(self, grip: float, seconds: float, at: Point | None = None) -> Outcome | None:
        self.at = at or self.at
        for _ in range(round(seconds / DT)):
            outcome = self.game.step(self.at, DT, grip)
            if outcome is not None:
                return outcome
        return None

    def go(self, to: Point, grip: float, seconds: float = 0.6) -> Outcome | None:
        start, n = self.at, round(seconds / DT)
        for i in range(1, n + 1):
            self.at = (start[0] + (to[0] - start[0]) * i / n, start[1] + (to[1] - start[1]) * i / n)
            outcome = self.game.step(self.at, DT, grip)
            if outcome is not None:
                return outcome
        return None

    def taken(self) -> Played:
        """Up to the object being in the hand."""
        assert self.go(self.there, OPEN) is None
        assert self.stay(CLOSED, 0.4) is None
        assert self.asked() == "release"
        return self

    def asked(self) -> str:
        target = self.game.target()
        return target.kind if target else ""

    def object(self) -> tuple[float, float, str]:
        it = next(t for t in self.game.things() if t.key.startswith("object"))
        return it.x, it.y, it.state

    def cues(self) -> list[str]:
        return [cue.kind for cue in self.game.cues()]


@pytest.mark.parametrize("space", ["arm", "picture"])
@pytest.mark.parametrize("side", ["right", "left"])
def test_go_open_close_carry_and_open(space: str, side: str) -> None:
    it = Played(space, side)
    assert (it.spec.goal.space, it.spec.grip) == (space, 0.6)
    assert it.asked() == "grasp"
    assert it.go(it.there, OPEN) is None
    assert it.cues() == ["appear"]
    assert it.stay(CLOSED, 0.2) is None
    assert 0 < it.game.target().hold < 1
    assert it.stay(CLOSED, 0.2) is None
    assert (it.asked(), it.cues(), it.object()[2]) == ("release", ["pick"], "held")
    assert it.go(it.home, CLOSED) is None
    assert it.object()[:2] == pytest.approx(it.home, abs=0.09)
    outcome = it.stay(OPEN, 1.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (True, "placed")
    assert outcome.margin > 0
    assert outcome.reach_s < 0.6
    assert it.asked() == ""
    it.stay(OPEN, 0.5)
    x, y, state = it.object()
    tray = next(t for t in it.game.things() if t.kind == "tray")
    assert state == "ready"
    assert y - 0.8 * it.spec.goal.radius == pytest.approx(tray.y, abs=0.01)
    assert abs(x - tray.x) < tray.radius
    assert not [t for t in it.game.things() if t.state == "placed"]
    it.game.settle(counted=True)
    assert [t.kind in OBJECTS for t in it.game.things() if t.state == "placed"] == [True]
    assert it.cues() == ["place"]
    assert it.game.prompt().id == "play.well_done"
    assert it.stay(OPEN, 1.0) is None
    assert it.game.prompt() is None


def test_a_fist_drags_nothing_along() -> None:
    it = Played()
    assert it.go(it.there, CLOSED) is None
    assert it.stay(CLOSED, 2.0) is None
    assert (it.asked(), it.game.prompt().id) == ("grasp", "play.grasp_open_first")
    assert it.stay(OPEN, 0.3) is None
    assert it.stay(CLOSED, 0.4) is None
    assert it.asked() == "release"


def test_a_hand_that_closes_on_its_way_takes_nothing_until_it_opens_again() -> None:
    it = Played()
    it.stay(OPEN, 0.3)
    it.stay(CLOSED, 0.3)
    it.go(it.there, CLOSED)
    it.stay(CLOSED, 1.0)
    assert it.asked() == "grasp"


@pytest.mark.parametrize(("grip", "takes"), [(0.59, False), (0.61, True)])
def test_the_hand_has_to_close_as_far_as_the_spec_says(grip: float, takes: bool) -> None:
    it = Played()
    it.go(it.there, OPEN)
    it.stay(grip, 1.0)
    assert (it.asked() == "release") is takes
    it = Played(grip=0.9)
    it.go(it.there, OPEN)
    it.stay(0.89, 1.0)
    assert it.asked() == "grasp"
    share = next(t.share for t in it.game.things() if t.key.startswith("object"))
    assert share == pytest.approx(0.89 / 0.9)


def test_it_plays_the_spec_that_it_is_given() -> None:
    it = Played()
    goal = replace(it.spec.goal, hold_s=1.0, distance=0.3)
    it.spec = replace(it.spec, goal=goal, grip=0.5, limit_s=4.0)
    it.game.begin(it.spec)
    it.go(it.there, OPEN)
    it.stay(0.55, 0.9)
    assert it.asked() == "grasp"
    it.stay(0.55, 0.3)
    assert it.asked() == "release"
    outcome = it.stay(0.55, 4.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason, outcome.duration_s) == (
        False,
        "not_placed",
        pytest.approx(4.0, abs=0.05),
    )


@pytest.mark.parametrize(
    ("short", "reason"), [(-0.05, "not_held"), (0.02, "not_reached"), (0.2, "not_reached")]
)
def test_the_margin_says_how_far_inside_or_short_the_hand_was(short: float, reason: str) -> None:
    it = Played()
    x, y = it.there
    share = 1 - (it.spec.goal.radius + short) / math.hypot(x, y)
    outcome = it.stay(OPEN, 13.0, (x * share, y * share))
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (False, reason)
    assert outcome.margin == pytest.approx(-short)


def test_what_is_let_go_on_the_way_drops() -> None:
    it = Played().taken()
    middle = ((it.there[0] + it.home[0]) / 2, (it.there[1] + it.home[1]) / 2 + 0.2)
    it.go(middle, CLOSED)
    outcome = it.stay(OPEN, 1.0)
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (False, "dropped")
    before = it.object()[1]
    it.stay(OPEN, 0.4)
    assert it.object()[1] < before - 0.2
    it.game.settle(counted=False)
    assert it.game.prompt().id == "play.dropped"
    assert it.cues()[-1] == "miss"


def test_what_is_let_go_where_it_stood_stands_there_again() -> None:
    it = Played().taken()
    number = it.game.target().number
    assert it.stay(OPEN, 0.5) is None
    assert it.asked() == "grasp"
    assert it.object()[:2] == pytest.approx(it.there, abs=0.02)
    assert it.game.target().number == number + 1
    it.stay(CLOSED, 0.4)
    assert it.asked() == "release"


def test_one_wrong_picture_opens_no_hand() -> None:
    it = Played().taken()
    it.go((0.2, -0.1), CLOSED, 0.4)
    for _ in range(10):
        assert it.stay(OPEN, 2 * DT) is None
        assert it.stay(CLOSED, 4 * DT) is None
    assert it.asked() == "release"


@pytest.mark.parametrize("lost_s", [0.3, 3.0])
def test_a_hand_that_is_not_seen_takes_and_drops_nothing(lost_s: float) -> None:
    it = Played()
    it.go(it.there, OPEN)
    it.stay(math.nan, lost_s)
    assert it.asked() == "grasp"
    it.stay(CLOSED, 0.4)
    assert it.asked() == "release"
    it.stay(math.nan, lost_s)
    assert it.asked() == "release"
    it.go(it.home, math.nan)
    assert it.stay(math.nan, 0.4) is None
    assert it.stay(CLOSED, 0.3) is None
    assert it.stay(OPEN, 0.3).success is True


def test_a_hold_does_not_go_on_while_the_hand_is_not_seen() -> None:
    it = Played(hold=0.6)
    it.go(it.there, OPEN)
    it.stay(CLOSED, 0.3)
    done = it.game.target().hold
    it.stay(math.nan, 0.4)
    assert it.game.target().hold == done > 0


def test_who_has_no_grip_at_all_ends_by_the_time() -> None:
    it = Played()
    it.go(it.there, math.nan)
    outcome = it.stay(math.nan, 13.0)
    assert (outcome.success, outcome.reason) == (False, "not_held")


def test_what_is_put_down_from_below_comes_up_onto_the_tray() -> None:
    it = Played().taken()
    low = (it.home[0], it.home[1] - 0.9 * it.spec.place.radius)
    it.go((low[0] + 0.5, low[1] - 0.2), CLOSED)
    it.go(low, CLOSED)
    assert it.stay(OPEN, 1.0).success is True
    it.stay(OPEN, 0.5)
    tray = next(t for t in it.game.things() if t.kind == "tray")
    assert it.object()[1] - 0.8 * it.spec.goal.radius == pytest.approx(tray.y, abs=0.01)


def test_a_trial_can_be_given_up_once_and_the_next_one_is_played() -> None:
    it = Played().taken()
    outcome = it.game.abandon()
    assert (outcome.success, outcome.reason) == (None, "stopped")
    assert it.game.abandon() is None
    assert (it.asked(), it.game.prompt()) == ("", None)
    it.spec = it.game.propose(1, {"distance": 0.5}, 70.0)
    it.game.begin(it.spec)
    assert it.taken().asked() == "release"


def test_a_probe_is_not_judged_aloud() -> None:
    it = Played()
    it.spec = replace(it.spec, probe=True)
    it.game.begin(it.spec)
    it.taken().go(it.home, CLOSED)
    it.stay(OPEN, 0.5)
    it.cues()
    it.game.settle(counted=False)
    assert (it.cues(), it.game.prompt()) == ([], None)


def test_every_object_comes_in_a_round_and_the_seed_says_in_which_order() -> None:
    def kinds(seed: int) -> list[str]:
        game = GAMES["grasp"].make(NUMBERS, PROFILE, "right", (), seed)
        found = []
        for number in range(10):
            game.begin(game.propose(number, {"distance": 0.5}, 60.0))
            found += [t.kind for t in game.things() if t.key == f"object {number}"]
        return found

    assert set(kinds(1)[:5]) == set(kinds(1)[5:]) == set(OBJECTS)
    assert kinds(1) == kinds(1)
    assert len({tuple(kinds(seed)) for seed in range(6)}) > 3


def test_every_proposed_trial_passes_the_envelope_unmoved() -> None:
    envelope = Envelope(Limits())
    for space, directions in (("arm", (35.0, 80.0)), ("picture", (-110.0, 80.0))):
        for direction in directions:
            spec = Played(space, direction=direction).spec
            assert envelope.trial(spec).clamped == ()


hands = st.lists(
    st.tuples(
        st.floats(-2, 2), st.floats(-2, 2), st.floats(-0.5, 1.5) | st.just(math.nan), st.floats(0.001, 0.3)
    ),
    max_size=80,
)


@settings(max_examples=40, deadline=None)
@given(hands)
def test_no_hand_breaks_it_and_the_same_hands_give_the_same(said: list[tuple[float, ...]]) -> None:
    one, two = Played("picture"), Played("picture")
    for x, y, grip, dt in said:
        outcomes = [it.game.step((x, y), dt, grip) for it in (one, two)]
        assert one.game.things() == two.game.things()
        assert all(math.isfinite(t.x + t.y + t.angle_rad + t.share) for t in one.game.things())
        assert repr(outcomes[0]) == repr(outcomes[1])
        if outcomes[0] is not None:
            outcome = outcomes[0]
            assert outcome.margin > 0 or not outcome.success
            return
