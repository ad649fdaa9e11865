"""The whole program goes on through what cameras and processes do, and misleads nobody (H9, H16)."""

from __future__ import annotations

import math

import pytest
from faulty_play import Seen
from harms import (
    GOES_ON_S,
    PAUSE_S,
    Came,
    Harm,
    in_time,
    nothing_came_of_the_gap,
    nothing_goes_on_over_an_old_picture,
    played,
)

pytestmark = [pytest.mark.alone, pytest.mark.camera, pytest.mark.timeout(240)]
LOAD_S = 0.4  # what a busy machine may add to each of the bounds; the long regimes add nothing
LENGTHS_S = {"short": 0.3, "unplugged": 2.0, "frozen": 1.5, "black": 1.5, "stuck": 1.6}
KINDS = ("short", "unplugged", "frozen", "black", "kill", "stop", "stuck")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> tuple[Seen, dict[str, Came]]:
    """Each once in one session, the last one when three trackers in five minutes were replaced."""
    at_s, harms = 4.5, dict[str, Harm]()
    for kind in KINDS:
        real = "unplugged" if kind == "short" else kind
        length_s = LENGTHS_S.get(kind, 0.0)
        harms[kind] = Harm(real, at_s, at_s + length_s)
        at_s += length_s + (2.0 if kind == "short" else GOES_ON_S[real] + 0.5)
    harms["last"] = Harm("kill", at_s + 3.0, at_s + 3.0)
    seen, cames = played(list(harms.values()), tmp_path_factory.mktemp("sample"))
    return seen, dict(zip(harms, cames, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_h9_h16_it_stands_still_in_time_and_goes_on_by_a_countdown(kind: str, session) -> None:
    seen, cames = session
    in_time(cames[kind], LOAD_S)
    nothing_came_of_the_gap(seen, cames[kind])


def test_h9_no_target_is_shown_over_an_old_picture(session) -> None:
    nothing_goes_on_over_an_old_picture(session[0])


def test_what_is_told_and_recorded(session) -> None:
    seen, cames = session
    for kind in ("unplugged", "frozen", "black", "kill", "stop", "stuck"):
        came = cames[kind]
        waits = seen.between(came.at_s + came.named_s, came.at_s + came.back_s - 0.05)
        # a dark room has noise: the very same black again and again is the camera
        assert {view.prompt.id for view in waits if view.prompt} == {"pause.tracker"}, kind
    whats = [each.body["what"] for _, each in seen.told("tracking_trouble")]
    assert sum("gives no more pictures" in what for what in whats) == 2
    assert sum("started again" in what for what in whats) == 3


def test_a_gap_neither_scores_nor_changes_the_difficulty(session) -> None:
    seen, _ = session
    made = [each for _, each in seen.trials if each.success]
    assert made
    assert seen.views[-1][1].score == seen.points(math.inf) > 0


def test_it_is_recorded_when_each_target_was_on_the_screen_and_how_late_that_is(session) -> None:
    seen, _ = session
    early, last = (each.body["measured"] for _, each in seen.told("motion_to_photon"))
    assert 0 < early["pictures"] < last["pictures"]
    assert 0 < last["step_to_flip_ms"]["p50"] < last["capture_to_flip_ms"]["p50"] < 300
    for _, each in seen.trials:
        assert 0 < each.body["seen_s"] < each.t_s


def test_h16_the_fourth_within_five_minutes_stops_safely_and_all_is_saved(session) -> None:
    seen, cames = session
    at_s = cames["last"].at_s
    assert (seen.closed, seen.saved) == (("failed", "tracking"), "failed")
    over_s = seen.first(at_s, lambda view: view.phase == "done")
    assert over_s - at_s <= PAUSE_S + LOAD_S
    assert {view.target for view in seen.between(over_s, math.inf)} == {None}
