"""A virtual patient in lock-step with the real networks: what was tracked is all that plays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from itertools import pairwise, takewhile
from pathlib import Path

import numpy as np
import pytest

from rehabgames.app.lockstep import Moment, play_lockstep
from rehabgames.app.wiring import Request, setup_of
from rehabgames.core.document import Document
from rehabgames.core.inputs import Input, Stop
from rehabgames.core.landmarks import POSE
from rehabgames.core.view import View
from rehabgames.session import Setup
from rehabgames.session.chunks import unpack
from rehabgames.tracking.detector import Detector
from rehabgames.tracking.figure_room import paint_room
from rehabgames.tracking.sources import CameraPicture, VirtualSpec
from rehabgames.tracking.virtual import VirtualCamera, look_named

SPEC = VirtualSpec("healthy", "right", seed=1, look=0)
AGAIN_S = 13.0  # how much of the session is played a second time


class EmptyRoom(VirtualCamera):
    """The patient moves as ever, but what the camera shows is the room alone."""

    def picture_at(self, t_s: float, view: View | None) -> CameraPicture:
        picture = super().picture_at(t_s, view)
        height, width = picture.bgr.shape[:2]
        room = paint_room(look_named(SPEC.look), (width, height), 0.8 * height, SPEC.seed)
        return replace(picture, bgr=np.asarray(room, np.uint8))


def setup() -> Setup:
    """A short dose; everything that a clock or chance would give is fixed."""
    asked = setup_of(Request("orchard_reach", "virtual-healthy", seed=1, minutes=0.15))
    return replace(asked, session_id="s1", started_utc="2026-01-01T00:00:00.000+00:00", zone="UTC")


def played(models: dict[str, Path], camera: VirtualCamera, longest_s: float) -> Iterator[Moment]:
    with Detector(models["pose"]) as detector:
        yield from play_lockstep(setup(), camera, detector, longest_s=longest_s)


def documents(moments: list[Moment]) -> list[Document]:
    return [document for moment in moments for document in moment.step.documents]


def as_bytes(document: Document) -> bytes:
    told = {name: value for name, value in asdict(document).items() if name != "payload"}
    return json.dumps(told, sort_keys=True, allow_nan=False).encode() + document.payload


@pytest.fixture(scope="module")
def healthy(
    models: dict[str, Path], once: Callable[[str, Callable[[Path], list[Moment]]], list[Moment]]
) -> list[Moment]:
    return once("healthy", lambda _: list(played(models, VirtualCamera(SPEC), 120)))


def test_a_healthy_patient_finishes_and_picks_fruit(healthy: list[Moment]) -> None:
    written = documents(healthy)
    assert [document.number for document in written] == list(range(len(written)))
    assert (written[0].kind, written[-1].kind) == ("start", "stop")
    assert (written[-1].body["status"], written[-1].body["reason"]) == ("completed", "time")
    trials = [document.body for document in written if document.kind == "trial"]
    assert written[-1].body["trials"] == len(trials)
    assert written[-1].body["successes"] == sum(trial["success"] is True for trial in trials) >= 1
    assert [document.kind for document in written].count("profile") == 1
    ticks = [moment.now_s for moment in healthy]
    assert all(b - a == pytest.approx(1 / 60) for a, b in pairwise(ticks))
    assert healthy[-1].step.view.phase == "done"


def test_what_plays_was_tracked_and_not_drawn(healthy: list[Moment]) -> None:
    """The landmarks in the record lie near the drawn joints, and are never the same."""
    chunks = [unpack(document.payload) for document in documents(healthy) if document.kind == "landmarks"]
    wrists = np.concatenate([chunk.points_px[:, POSE["right_wrist"]] for chunk in chunks])
    truth = np.array([moment.truth_px["right_wrist"] for moment in healthy[::2]])
    off_px = np.linalg.norm(wrists - truth[: len(wrists)], axis=1)
    seen = np.isfinite(off_px)
    assert len(wrists) == len(truth)
    assert seen.mean() > 0.95
    assert np.min(off_px[seen]) > 0
    assert np.median(off_px[seen]) < 15


def test_the_same_again_gives_the_same_documents_byte_for_byte(
    healthy: list[Moment], models: dict[str, Path]
) -> None:
    first = documents(list(takewhile(lambda moment: moment.now_s < AGAIN_S, healthy)))
    second = documents(list(played(models, VirtualCamera(SPEC), AGAIN_S)))
    assert {"start", "event", "landmarks", "profile", "trial"} <= {document.kind for document in second}
    assert [as_bytes(document) for document in second] == [as_bytes(document) for document in first]


def test_an_empty_room_is_never_asked_for_anything(models: dict[str, Path]) -> None:
    moments = list(played(models, EmptyRoom(SPEC), 4))
    assert {moment.step.view.phase for moment in moments} == {"looking"}
    assert all(moment.step.view.target is None for moment in moments)
    assert {document.kind for document in documents(moments)} == {"start", "landmarks"}
    assert moments[-1].now_s == pytest.approx(4, abs=0.1)


def test_what_people_say_is_heard_at_its_time(models: dict[str, Path]) -> None:
    def say(now_s: float, view: View | None) -> list[Input]:
        assert (view is None) is (now_s == 0)
        return [Stop("key")] if now_s >= 0.5 else []

    with Detector(models["pose"]) as detector:
        moments = list(play_lockstep(setup(), VirtualCamera(SPEC), detector, say=say))
    assert moments[-1].now_s == pytest.approx(0.5)
    (*_, stop) = documents(moments)
    assert (stop.body["status"], stop.body["reason"], stop.t_s) == ("stopped", "key", 0.5)
