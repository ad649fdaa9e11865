"""Somebody else's game: brought by a package, and one that raises, hangs or answers nonsense."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.app.bounded import Bounded
from rehabgames.core.document import Document
from rehabgames.core.inputs import Recorded, Tighten
from rehabgames.core.limits import Limits
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.plan import Prescription
from rehabgames.core.trial import Goal, Outcome, TrialSpec
from rehabgames.core.view import Cue, Target, Thing
from rehabgames.games import GAMES, ReachGame
from rehabgames.session import Setup
from rehabgames.session.answers import sound
from rehabgames.testing import Act, Acted, act, setup_for
from rehabgames.words import render

SOON_S = 0.2
FPS = 12.0
WHEN = 2  # trials that go well before it breaks
METHODS = ("propose", "begin", "step", "settle", "target", "things", "prompt", "cues")
PROFILE = Profile(
    "reach_quick",
    "right",
    arm_px=170.0,
    reach={-40.0: 0.8, 25.0: 0.9, 45.0: 0.9, 65.0: 0.9, 85.0: 0.9},
    noise=0.004,
    rest_xy=(0.1, -0.75),
)


@pytest.fixture
def freed() -> Iterator[threading.Event]:
    """Set at the end, so that what hangs in a test ends with it."""
    event = threading.Event()
    yield event
    event.set()


def game_that(method: str, does: Callable[[Any], Any], trial: int = WHEN) -> type[ReachGame]:
    """A game whose `method` gives what `does` gives, from the trial of this number on."""

    class Strange(ReachGame):
        begun = -1

        def begin(self, spec: TrialSpec) -> None:
            self.begun = spec.number
            super().begin(spec)

    def strange(self: Strange, *given: Any, **more: Any) -> Any:
        now = given[0] if method == "propose" else given[0].number if method == "begin" else self.begun
        if now >= trial:
            return does(self)
        return getattr(super(Strange, self), method)(*given, **more)

    def begins(self: Strange, spec: TrialSpec) -> None:
        self.begun = spec.number
        strange(self, spec)

    setattr(Strange, method, begins if method == "begin" else strange)
    return Strange


def setup_with(monkeypatch: pytest.MonkeyPatch, made: Any, *, needs_profile: bool = True) -> Setup:
    """A session of the orchard whose game is somebody else's. Calibrated: what breaks, breaks in play."""
    monkeypatch.setitem(GAMES, "strange", replace(GAMES["reach"], make=made))
    setup = setup_for("orchard_reach", 3, minutes=1.0)
    assert setup.exercise is not None
    setup = replace(setup, exercise=replace(setup.exercise, game="strange"))
    return replace(setup, profile=PROFILE) if needs_profile else setup


def broke_calmly(done: Acted, how: str) -> list[Document]:
    """Closed as failed because of the game, once and for all; returns the trials before."""
    session, documents = done.session, done.documents
    assert (session.closed, session.reason) == ("failed", "game")
    assert documents[0].kind == "start"
    assert documents[-1].kind == "stop"
    assert (documents[-1].body["status"], documents[-1].body["reason"]) == ("failed", "game")
    assert [each.number for each in documents] == list(range(len(documents)))
    events = [each for each in documents if each.body.get("name", "").startswith("plug_in_")]
    assert [each.body["name"] for each in events] == [how]
    assert events[0].body["game"] == "strange"
    last_s = documents[-1].t_s
    for tick in range(60):  # the last scene goes on, and nothing is written any more
        step = session.step(None, [Recorded(len(documents))] if tick == 0 else [], last_s + tick / 60)
        assert (step.view.phase, step.view.prompt) == ("done", Message("done.game"))
        assert step.view.target is None
        assert step.documents == ()
    return done.trials


@pytest.mark.parametrize("method", METHODS)
def test_one_that_raises_is_over_and_the_session_is_kept(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raising(_: object) -> object:
        raise LookupError("no idea")

    done = act(Act(setup_with(monkeypatch, game_that(method, raising)), fps=FPS, bounded=Bounded()))
    assert len(broke_calmly(done, "plug_in_raised")) >= WHEN


def test_one_that_never_ends_a_try_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    done = act(Act(setup_with(monkeypatch, game_that("step", lambda _: None)), fps=FPS, bounded=Bounded()))
    trials = broke_calmly(done, "plug_in_never_ended")
    assert len(trials) >= WHEN
    spec_s = trials[-1].body["limit_s"]
    assert done.documents[-1].t_s - trials[-1].t_s >= spec_s + 5.0


@pytest.mark.parametrize("method", METHODS)
def test_one_that_hangs_is_over_and_the_session_is_kept(
    method: str, freed: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = game_that(method, lambda _: freed.wait())
    done = act(Act(setup_with(monkeypatch, hanging), fps=FPS, bounded=Bounded(SOON_S)))
    assert len(broke_calmly(done, "plug_in_hung")) >= WHEN


@pytest.mark.parametrize("error", [KeyError("x"), SystemExit(3), RecursionError(), MemoryError()])
def test_one_that_cannot_be_made_ends_the_session_before_the_first_trial(
    error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(*given: object) -> ReachGame:
        raise error

    done = act(Act(setup_with(monkeypatch, made), fps=FPS, bounded=Bounded()))
    assert broke_calmly(done, "plug_in_raised") == []


def test_one_that_hangs_while_it_is_made(freed: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    done = act(Act(setup_with(monkeypatch, lambda *_: freed.wait()), fps=FPS, bounded=Bounded(SOON_S)))
    assert broke_calmly(done, "plug_in_hung") == []


def test_one_that_is_no_game_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    done = act(Act(setup_with(monkeypatch, lambda *_: "a game"), fps=FPS, bounded=Bounded()))
    assert broke_calmly(done, "plug_in_raised") == []


def test_the_calibration_before_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    made = setup_with(monkeypatch, game_that("step", lambda _: 1 / 0, trial=0), needs_profile=False)
    done = act(Act(made, fps=FPS, bounded=Bounded()))
    broke_calmly(done, "plug_in_raised")
    assert [each.kind for each in done.documents].count("profile") == 1


GOOD = Target("pick", 0.3, -0.4, 0.1, 0.0, 1)
THING = Thing("one", "fruit", 0.0, 0.0, 0.1)
NONSENSE = [
    ("step", lambda _: "yes"),
    ("step", lambda g: Outcome(g.begun + 1, success=True, reason="placed")),
    ("step", lambda g: Outcome(g.begun, success="perhaps", reason="placed")),  # type: ignore[arg-type]
    ("step", lambda g: Outcome(g.begun, success=True, reason="because")),  # type: ignore[arg-type]
    ("step", lambda g: Outcome(g.begun, success=True, reason="placed", margin=math.inf)),
    ("step", lambda g: Outcome(g.begun, success=True, reason="placed", margin="much")),  # type: ignore[arg-type]
    ("propose", lambda _: None),
    ("propose", lambda _: {"distance": 0.5}),
    ("propose", lambda _: TrialSpec(0, {"distance": 0.5}, Goal(45, 0.5, 0.1, 0.5), None, 8.0)),
    ("target", lambda _: (0.3, 0.4)),
    ("target", lambda _: replace(GOOD, x=math.nan)),
    ("target", lambda _: replace(GOOD, y="up")),
    ("target", lambda _: replace(GOOD, radius=1e9)),
    ("target", lambda _: replace(GOOD, kind="dance")),
    ("things", lambda _: None),
    ("things", lambda _: [THING]),
    ("things", lambda _: (3,)),
    ("target", lambda _: replace(GOOD, radius=1.1)),
    ("target", lambda _: replace(GOOD, hold=-1e300)),
    ("things", lambda _: (THING,) * 201),
    ("things", lambda _: (replace(THING, radius=0.9),) * 60),
    ("things", lambda _: (replace(THING, x=math.inf),)),
    ("things", lambda _: (replace(THING, way=((0.0, math.nan),)),)),
    ("things", lambda _: (replace(THING, state="asleep"),)),
    ("prompt", lambda _: "Reach!"),
    ("prompt", lambda _: Message(3)),  # type: ignore[arg-type]
    ("prompt", lambda _: Message("play.reach", {"n": object()})),  # type: ignore[dict-item]
    ("prompt", lambda _: Message("a\0b")),
    ("prompt", lambda _: Message("a\ud800b")),
    ("prompt", lambda _: Message("done.summary", {"count": 10**5000})),
    ("cues", lambda _: ("ding",)),
    ("cues", lambda _: (Cue("ding", math.nan, 0.0),)),
]


@pytest.mark.parametrize(("method", "answer"), NONSENSE)
def test_one_that_answers_nonsense_is_over_and_the_session_is_kept(
    method: str, answer: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = act(Act(setup_with(monkeypatch, game_that(method, answer)), fps=FPS, bounded=Bounded()))
    assert len(broke_calmly(done, "plug_in_answered")) >= WHEN


FAR = [
    ("target", lambda _: replace(GOOD, x=0.1, y=1.3)),  # over the head
    ("target", lambda _: replace(GOOD, x=1.9, y=-0.5)),  # beyond the arm
    ("target", lambda _: replace(GOOD, x=0.9, y=0.7)),
]


@pytest.mark.parametrize(("method", "answer"), FAR)
def test_hazard_h1_one_that_shows_a_target_outside_the_limits_is_over(
    method: str, answer: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = act(Act(setup_with(monkeypatch, game_that(method, answer)), fps=FPS, bounded=Bounded()))
    assert len(broke_calmly(done, "plug_in_went_too_far")) >= WHEN


def test_hazard_h1_one_that_names_another_space_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits of the arm do not hold for goals in the picture."""

    class Elsewhere(ReachGame):
        def propose(self, number: int, levels: dict[str, float], direction_deg: float) -> TrialSpec:
            spec = super().propose(number, levels, direction_deg)
            if number < WHEN:
                return spec
            return replace(spec, goal=Goal(175, 0.7, 0.1, 0.1, "picture"), place=None)

    done = act(Act(setup_with(monkeypatch, Elsewhere), fps=FPS, bounded=Bounded()))
    assert done.session.closed == "completed"
    assert {each.body["goal"]["space"] for each in done.trials} == {"arm"}
    told = [each for each in done.documents if each.body.get("name") == "plug_in_went_too_far"]
    assert len(told) >= len(done.trials) - WHEN > 0


def test_one_that_changes_what_it_is_given_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Greedy(ReachGame):
        def __init__(self, settings: dict[str, float], profile: Profile, *more: Any) -> None:
            super().__init__(dict(settings), replace(profile, reach=dict(profile.reach)), *more)
            settings["pause_s"] = None  # type: ignore[assignment]
            profile.reach.clear()

        def begin(self, spec: TrialSpec) -> None:
            super().begin(spec)
            spec.levels.update(distance=math.nan, more="far")

    done = act(Act(setup_with(monkeypatch, Greedy), fps=FPS, bounded=Bounded()))
    same = act(Act(setup_with(monkeypatch, ReachGame), fps=FPS, bounded=Bounded()))
    assert done.session.closed == "completed"
    assert done.trials == same.trials


def test_numbers_of_numpy_are_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    class Arrayed(ReachGame):
        def step(self, hand: tuple[float, float], dt_s: float, grip: float = math.nan) -> Outcome | None:
            outcome = super().step(hand, dt_s, grip)
            if outcome is None:
                return None
            success = None if outcome.success is None else np.bool_(outcome.success)
            return replace(outcome, success=success, margin=np.float64(outcome.margin))  # type: ignore[arg-type]

        def target(self) -> Target | None:
            target = super().target()
            return None if target is None else replace(target, x=np.float32(target.x))  # type: ignore[arg-type]

    done = act(Act(setup_with(monkeypatch, Arrayed), fps=FPS, bounded=Bounded()))
    assert done.session.closed == "completed"
    assert {type(each.body["success"]) for each in done.trials} == {bool}


def test_an_outcome_of_a_trial_that_is_over_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Twice(ReachGame):
        last: Outcome | None = None

        def step(self, hand: tuple[float, float], dt_s: float, grip: float = math.nan) -> Outcome | None:
            outcome = super().step(hand, dt_s, grip)
            self.last = outcome or self.last
            return self.last

    done = act(Act(setup_with(monkeypatch, Twice), fps=FPS, bounded=Bounded()))
    assert len(broke_calmly(done, "plug_in_answered")) == 1


@pytest.mark.parametrize("left", [None, True, False])
def test_one_that_does_not_leave_a_trial_that_is_to_end(
    left: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes on playing, or judges what was cut short."""

    def abandon(game: Any) -> Outcome | None:
        return None if left is None else Outcome(game.begun, success=left, reason="stopped")

    def say(_: float, view: Any) -> list[Any]:
        reaching = view is not None and view.target is not None and view.count >= WHEN
        return [Tighten(Limits(reach=0.2))] if reaching else []

    setup = setup_with(monkeypatch, game_that("abandon", abandon))
    done = act(Act(setup, fps=FPS, bounded=Bounded(), say=say))
    assert len(broke_calmly(done, "plug_in_answered")) >= WHEN


def test_a_retention_probe_that_it_cannot_propose_ends_it_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    made = setup_with(monkeypatch, game_that("propose", lambda _: 1 / 0, trial=1))
    made = replace(made, prescription=Prescription("orchard_reach", "right", probe_every=2))
    assert len(broke_calmly(act(Act(made, fps=FPS, bounded=Bounded())), "plug_in_raised")) == 1


def test_one_that_keeps_its_word_plays_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    done = act(Act(setup_with(monkeypatch, ReachGame), fps=FPS, bounded=Bounded()))
    assert (done.session.closed, done.session.reason) == ("completed", "time")
    assert len(done.trials) >= 8


def test_what_looks_like_a_number_and_raises_is_not_sound() -> None:
    class Liar(float):
        def __float__(self) -> float:
            raise ValueError

        def __abs__(self) -> float:
            raise ValueError

    assert sound(GOOD)
    assert sound(THING)
    assert not sound(replace(GOOD, x=Liar(0.1)))
    assert not sound("text")


ANY = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.just(()) | st.just([1])
)


@given(
    x=ANY, y=ANY, radius=ANY, state=ANY | st.just("ready"), way=ANY | st.lists(st.tuples(ANY, ANY)).map(tuple)
)
def test_a_thing_is_sound_only_where_it_can_be_drawn(
    x: Any, y: Any, radius: Any, state: Any, way: Any
) -> None:
    thing = Thing("one", "fruit", x, y, radius, state=state, way=way)
    if sound(thing):
        places = [(thing.x, thing.y), *thing.way]
        assert all(math.hypot(*place) < 30 for place in places)
        assert 0 <= thing.radius <= 3
        assert thing.state == "ready"


@given(params=st.dictionaries(st.text(max_size=3) | st.integers(), ANY, max_size=3), name=ANY)
def test_a_message_is_sound_only_where_it_can_be_said(params: Any, name: Any) -> None:
    if sound(Message(name, params)):
        assert render(Message(name, params)) or name.isspace()


# ---- brought by a package -------------------------------------------------------------------------
