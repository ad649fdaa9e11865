"""What no clock of the program sees is kept apart from what was measured."""

from __future__ import annotations

import json
import math

import pytest

from rehabgames.core.delay import (
    CAMERA_PICTURES,
    DISPLAY_S,
    FILMED_WITHIN_S,
    TRACKER_S,
    Delay,
    MotionToPhoton,
    delay_of,
    outside_of,
)

EVERY_S, TO_FLIP_S = 1 / 30, 0.030


def estimate(outside: Delay | None) -> MotionToPhoton:
    measured = {"p50": 30.0, "p95": 45.0, "p99": 60.0}
    return MotionToPhoton(900, EVERY_S, measured, {"p50": 8.0, "p95": 9.0, "p99": 12.0}, outside)


def test_nobody_measured_it() -> None:
    delay = outside_of("camera", None, EVERY_S, TO_FLIP_S)
    assert delay is not None
    assert (delay.camera_s, delay.display_s) == (CAMERA_PICTURES * EVERY_S, DISPLAY_S)
    assert delay.seconds == pytest.approx(delay.camera_s + delay.display_s)
    # a camera that has none, and one that has twice as much, are both within it
    assert delay.seconds - delay.plus_minus_s <= DISPLAY_S
    assert delay.seconds + delay.plus_minus_s >= 2 * delay.camera_s
    assert delay.origin == "assumed"


def test_a_slower_camera_is_assumed_to_be_later() -> None:
    slow, quick = (outside_of("camera", None, 1 / fps, TO_FLIP_S) for fps in (15, 60))
    assert slow is not None
    assert quick is not None
    assert slow.camera_s == pytest.approx(4 * quick.camera_s)


def test_what_was_filmed_is_the_whole_so_the_part_that_was_measured_is_taken_off() -> None:
    delay = outside_of("camera", 0.110, EVERY_S, TO_FLIP_S)
    assert delay is not None
    assert (delay.origin, delay.plus_minus_s) == ("filmed", FILMED_WITHIN_S)
    assert delay.seconds == pytest.approx(0.080)
    assert estimate(delay).ms == pytest.approx(110.0)
    impossible = outside_of("camera", 0.010, EVERY_S, TO_FLIP_S)
    assert impossible is not None
    assert impossible.seconds == 0.0


def test_a_drawn_patient_has_none_and_a_film_no_onlooker() -> None:
    assert outside_of("drawn", None, EVERY_S, TO_FLIP_S) == Delay(0.0, 0.0, "drawn", 0.0, 0.0, TRACKER_S)
    assert outside_of("", None, EVERY_S, TO_FLIP_S) is None
    assert outside_of("camera", None, math.nan, TO_FLIP_S) is None
    assert math.isnan(estimate(None).ms)


@pytest.mark.parametrize("filmed_s", [None, 0.110])
def test_measured_and_assumed_stand_apart_in_the_record(filmed_s: float | None) -> None:
    delay = outside_of("camera", filmed_s, EVERY_S, TO_FLIP_S)
    body = json.loads(json.dumps(estimate(delay).body(), allow_nan=False))
    assert body["measured"]["capture_to_flip_ms"]["p50"] == 30.0
    assert body["measured"]["picture_every_ms"] == pytest.approx(33.33)
    assert body["outside"]["origin"] == ("assumed" if filmed_s is None else "filmed")
    assert (body["outside"]["camera_ms"] is None) is (filmed_s is not None)
    back = delay_of(body)
    assert delay is not None
    assert back is not None
    assert (back.origin, back.seconds) == (delay.origin, pytest.approx(delay.seconds, abs=1e-4))
    assert back.of_reaction_s == pytest.approx(delay.seconds + TRACKER_S, abs=1e-4)
    assert back.plus_minus_s == pytest.approx(delay.plus_minus_s, abs=1e-4)


def test_an_estimate_that_is_damaged() -> None:
    assert delay_of(estimate(None).body()) is None
    body = estimate(Delay(0.05, 0.01, "filmed")).body()
    with pytest.raises(ValueError, match="guess"):
        delay_of(body | {"outside": body["outside"] | {"origin": "a guess"}})
    with pytest.raises(TypeError):
        delay_of(body | {"outside": body["outside"] | {"ms": "long"}})
    with pytest.raises(KeyError):
        delay_of({})


def test_the_rate_of_pictures_adds_to_what_is_not_known() -> None:
    assert Delay(0.05, 0.030).of_pictures(0.08) == pytest.approx(0.050)
    assert math.isnan(Delay(0.05, 0.030).of_pictures(math.nan))
