"""Taps: which beats a scripted hand hits, how wide it opened, and what comes of a bar."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabgames.core.person import Profile
from rehabgames.core.trial import Outcome, TrialSpec
from rehabgames.games import GAMES
from rehabgames.games.tapping import Tapping
from rehabgames.games.taps import TapsGame

NUMBERS = {
    "beats": 4.0,
    "tolerance_share": 0.25,
    "hits_needed_share": 0.7,
    "latency_s": 0.1,
    "drum_radius": 0.13,
    "pause_s": 1.0,
}
PROFILE = Profile("pinch_opening", "right")
DT = 1 / 60
Fingers = Callable[[float], float]


def begun(amplitude: float = 0.5, tempo: float = 1.0, **numbers: float) -> tuple[TapsGame, TrialSpec]:
    game = TapsGame({**NUMBERS, **numbers}, PROFILE, "right")
    spec = game.propose(0, {"amplitude": amplitude, "tempo": tempo}, 0.0)
    game.begin(spec)
    return game, spec


def tapping(opening: float, *, tempo: float = 1.0, late_s: float = 0.0, seen_s: float = 0.1) -> Fingers:
    """Fingers that meet on every beat, late by late_s, and are seen seen_s later: open in a half wave."""

    def grip(t_s: float) -> float:
        beats = (t_s - seen_s - late_s) * tempo - 0.5
        return 1.0 - opening * abs(math.sin(math.pi * beats))

    return grip


def play(game: TapsGame, fingers: Fingers, dt_s: float = DT, picture_s: float = 1 / 30) -> Outcome:
    """Pictures come slower than steps: the newest one holds."""
    t_s, shown = 0.0, math.nan
    for i in range(100_000):
        t_s = i * dt_s
        newest = math.floor(t_s / picture_s) * picture_s if picture_s > dt_s else t_s
        shown = fingers(newest)
        outcome = game.step((0.1, 0.2), dt_s, shown)
        if outcome is not None:
            return outcome
    raise AssertionError("the bar never ended")


@pytest.mark.parametrize("tempo", [0.4, 1.0, 2.0, 3.0])
@pytest.mark.parametrize("amplitude", [0.3, 0.6, 0.95])
def test_taps_on_the_beat_and_wide_enough_succeed(tempo: float, amplitude: float) -> None:
    game, spec = begun(amplitude, tempo)
    outcome = play(game, tapping(1.0, tempo=tempo, late_s=0.04))
    assert (outcome.success, outcome.reason) == (True, "reached")
    assert outcome.margin == pytest.approx(1.0 - amplitude, abs=0.1)
    assert outcome.duration_s == pytest.approx(spec.limit_s, abs=2 * DT)
    assert spec.limit_s == pytest.approx(8 / tempo + 0.1)


def test_every_beat_is_told_and_every_hit() -> None:
    game, _ = begun()
    told: list[str] = []
    fingers = tapping(0.9)
    for i in range(round(8.2 / DT)):
        game.step((0.0, 0.0), DT, fingers(i * DT))
        told += [c.kind for c in game.cues()]
    assert told.count("beat") == 8
    assert told.count("pick") == 4
    assert [t.state for t in game.things() if t.kind == "light"] == ["placed"] * 4


def test_what_is_tapped_while_it_is_counted_in_is_not_judged() -> None:
    game, _ = begun()
    outcome = play(game, lambda t: tapping(0.9)(t) if t < 4.0 else 0.2)
    assert (outcome.success, outcome.reason) == (False, "missed")


@pytest.mark.parametrize(("opening", "success"), [(0.75, True), (0.45, False), (0.3, False)])
def test_the_margin_says_how_much_wider_or_narrower_than_asked(opening: float, success: bool) -> None:
    game, _ = begun(amplitude=0.6)
    outcome = play(game, tapping(opening))
    assert outcome.success is success
    assert outcome.reason == ("reached" if success else "too_little")
    assert outcome.margin == pytest.approx(opening - 0.6, abs=0.03)
    assert outcome.reached == pytest.approx(opening, abs=0.03)


@pytest.mark.parametrize("late_s", [-0.4, 0.4])
def test_beside_the_beat_is_out_of_time_and_says_nothing_of_the_opening(late_s: float) -> None:
    game, _ = begun()
    outcome = play(game, tapping(0.9, late_s=late_s))
    assert (outcome.success, outcome.reason) == (False, "out_of_time")
    assert math.isnan(outcome.margin)


def test_fingers_that_hardly_move_miss_and_the_margin_is_short() -> None:
    game, _ = begun(amplitude=0.6)
    outcome = play(game, tapping(0.1))
    assert (outcome.success, outcome.reason) == (False, "missed")
    assert outcome.margin == pytest.approx(-0.5, abs=0.03)


def test_tapping_all_the_time_is_not_in_time() -> None:
    game, _ = begun(tempo=0.5)
    outcome = play(game, tapping(0.9, tempo=3.0))
    assert (outcome.success, outcome.reason) == (False, "out_of_time")


def test_three_of_four_are_enough_and_two_are_not() -> None:
    for missed, success in ((1, True), (2, False)):
        game, _ = begun()
        outcome = play(game, lambda t, m=missed: 0.1 if 4.0 <= t < 4.1 + m else tapping(0.9)(t))
        assert outcome.success is success


def test_the_known_delay_is_taken_off() -> None:
    on_time, _ = begun(tempo=2.0)
    assert play(on_time, tapping(0.9, tempo=2.0, seen_s=0.1, late_s=0.1)).success
    behind, _ = begun(tempo=2.0, latency_s=0.0)
    assert play(behind, tapping(0.9, tempo=2.0, seen_s=0.1, late_s=0.1)).success is False


def test_a_longer_trial_is_a_slower_beat() -> None:
    game, spec = begun(tempo=2.0)
    slower = replace(spec, limit_s=8.1)
    game.begin(slower)
    assert play(game, tapping(0.9, tempo=1.0)).success


@pytest.mark.parametrize("grip", [math.nan, 0.5])
def test_nothing_seen_is_not_judged_and_nothing_done_is_missed(grip: float) -> None:
    game, _ = begun()
    outcome = play(game, lambda t: grip)
    if math.isnan(grip):
        assert (outcome.success, outcome.reason) == (None, "lost")
        assert math.isnan(outcome.margin)
    else:
        assert (outcome.success, outcome.reason) == (False, "missed")


def test_fingers_lost_for_a_moment_lose_one_beat_at_most() -> None:
    game, _ = begun()
    outcome = play(game, lambda t: math.nan if 5.3 < t < 5.9 else tapping(0.9)(t))
    assert outcome.success


@pytest.mark.parametrize("picture_s", [1 / 60, 1 / 30, 1 / 25, 1 / 15])
def test_a_tap_is_found_between_two_pictures(picture_s: float) -> None:
    watch, fingers, found = Tapping(0.6), tapping(1.0, seen_s=0.0), []
    for i in range(600):
        newest = math.floor(i * DT / picture_s + 1e-9) * picture_s
        tap = watch.watch(i * DT, fingers(newest))
        found += [] if tap is None else [tap]
    # the closing line is crossed this long before the fingers meet
    early_s = math.asin(0.35 * 0.6) / math.pi
    late = [tap.at_s % 1.0 - 0.5 + early_s for tap in found]
    assert len(found) == 10
    assert max(abs(x) for x in late) < picture_s
    assert all(tap.opening > 0.95 for tap in found[1:])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-2, 3) | st.just(math.nan), st.sampled_from([0.0, DT, 0.1])), max_size=200),
    st.floats(0.1, 1.0),
    st.floats(0.3, 4.0),
)
def test_the_margin_agrees_with_the_success_whatever_the_fingers_do(
    grips: list[tuple[float, float]], amplitude: float, tempo: float
) -> None:
    game, _ = begun(amplitude, tempo)
    outcome = None
    for grip, dt in grips:
        outcome = outcome or game.step((0.0, 0.0), dt, grip)
    outcome = outcome or play(game, lambda t: 0.5)
    if outcome.success:
        assert outcome.margin >= 0
    else:
        assert not outcome.margin > 0
    for t in game.things():
        assert 0.0 <= t.share <= 1.0
        assert math.isfinite(t.x + t.y)


def test_the_target_comes_with_the_bar_and_is_full_on_every_beat() -> None:
    game, _ = begun()
    shares: dict[int, list[float]] = {}
    for i in range(round(8.0 / DT)):
        target = game.target()
        if i * DT < 3.4:
            assert target is None
            assert game.prompt().id == "play.taps_listen"
        if target is not None:
            assert target.kind == "tap"
            shares.setdefault(target.number, []).append(target.hold)
        game.step((0.0, 0.0), DT, 0.0)
    assert list(shares) == [0, 1, 2, 3]
    assert all(max(share) > 0.95 and min(share) < 0.1 for share in list(shares.values())[:3])
    notes = [t for t in game.things() if t.kind == "bar"]
    assert all(t.state == "fading" for t in notes)


def test_abandon_settle_and_probe() -> None:
    game, spec = begun()
    game.step((0.0, 0.0), DT, 0.0)
    outcome = game.abandon()
    assert outcome is not None
    assert (outcome.success, outcome.reason) == (None, "stopped")
    assert game.abandon() is None
    assert game.target() is None
    game.begin(replace(spec, probe=True))
    game.cues()
    told: list[str] = []
    fingers = tapping(0.9)
    for i in range(600):
        if game.step((0.0, 0.0), DT, fingers(i * DT)) is not None:
            break
        told += [c.kind for c in game.cues()]
        assert all(t.state != "placed" for t in game.things())
    assert set(told) == {"beat"}
    game.settle(counted=True)
    assert (game.cues(), game.prompt()) == ((), None)
    game.begin(spec)
    assert play(game, fingers).success
    game.cues()
    game.settle(counted=True)
    assert [c.kind for c in game.cues()] == ["place"]
    assert game.prompt().id == "play.well_done"


def test_before_the_first_bar_there_is_nothing_and_axes_may_be_left_out() -> None:
    game = TapsGame(NUMBERS, PROFILE, "right")
    assert (game.target(), game.things(), game.prompt(), game.cues()) == (None, (), None, ())
    assert (game.abandon(), game.step((0.0, 0.0), DT, 0.3)) == (None, None)
    game.settle(counted=True)
    spec = game.propose(0, {}, 0.0)
    assert (spec.goal.space, spec.goal.distance, spec.limit_s) == ("grip", 0.5, 8.1)
    assert GAMES["taps"].axes == {"amplitude", "tempo"}


def test_the_same_fingers_give_the_same_bar_bit_for_bit() -> None:
    def bar() -> tuple[Outcome, list[float]]:
        game, _ = begun()
        found = []
        for i in range(1000):
            outcome = game.step((0.0, 0.0), DT, 0.5 + 0.5 * math.sin(i / 9))
            found += [v for t in game.things() for v in (t.x, t.y, t.share)]
            if outcome is not None:
                return outcome, found
        raise AssertionError

    assert bar() == bar()
