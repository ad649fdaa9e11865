"""A tracker that failed for good, or that is to look through another camera, begins anew as it is."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from rehabgames.core.errors import ModelError
from rehabgames.tracking.models import model_path
from rehabgames.tracking.sources import Fault, FaultySpec, VirtualSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker

pytestmark = pytest.mark.camera
PATIENT = VirtualSpec("healthy", "right", seed=3)
WITHIN_S = 40.0


def until(so: Callable[[], object]) -> None:
    ends_s = time.monotonic() + WITHIN_S
    while not so():
        assert time.monotonic() < ends_s
        time.sleep(0.02)


def test_what_did_not_open_is_told_with_its_code_and_opens_later(models) -> None:
    zero_s = time.monotonic()
    closed = FaultySpec(PATIENT, (Fault("denied", 0.0, 600.0),), zero_s)
    tracker = Tracker(closed, models=lambda: ModelPaths(model_path("pose")))
    try:
        tracker.begin()
        until(lambda: tracker.ended)
        (told,) = [each for each in tracker.troubles() if each.fatal]
        assert told.code == "camera_denied"
        assert tracker.error is not None
        assert tracker.error.code == "camera_denied"
        tracker.again(PATIENT)
        assert (tracker.error, tracker.ended) == (None, False)
        until(tracker.poll)
        assert tracker.troubles() == []
    finally:
        tracker.stop()


def test_one_that_runs_turns_to_another_source_and_ends_the_first(models) -> None:
    tracker = Tracker(PATIENT, models=ModelPaths(model_path("pose")))
    try:
        tracker.begin()
        until(tracker.poll)
        before = tracker.pid
        tracker.again(VirtualSpec("mild", "left", seed=4, size=(320, 240)))
        until(lambda: (frame := tracker.poll()) is not None and frame.size == (320, 240))
        assert tracker.pid not in (None, before)
        assert tracker.opened.size == (320, 240)
        assert tracker.error is None
    finally:
        tracker.stop()


def test_models_that_are_missing_are_an_error_of_the_tracking_and_found_when_it_begins_again(models) -> None:
    found: list[ModelPaths] = []

    def wanted() -> ModelPaths:
        if not found:
            raise ModelError("There are none.", "Fetch them.")
        return found[0]

    tracker = Tracker(PATIENT, models=wanted)
    try:
        tracker.begin()
        until(lambda: tracker.ended)
        assert isinstance(tracker.error, ModelError)
        found.append(ModelPaths(model_path("pose")))
        tracker.again()
        until(tracker.poll)
    finally:
        tracker.stop()
    tracker.again()  # after stop nothing begins
    assert tracker.pid is None
