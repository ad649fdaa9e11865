"""Driving a session tick by tick with a virtual patient at landmark level, without a camera."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bodies import frame_of

from rehabgames.app.wiring import Request, setup_of
from rehabgames.core.document import Document
from rehabgames.core.inputs import Input, Recorded
from rehabgames.core.limits import Limits
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import View
from rehabgames.patients import Patient
from rehabgames.session import Session, Setup
from rehabgames.session.plugged import Bounded, at_once

TICK_S = 1 / 60


def setup(seed: int = 3, minutes: float = 0.5, limits: Limits | None = None, side: str = "right") -> Setup:
    request = Request("orchard_reach", "virtual", "left" if side == "left" else "right", seed, minutes)
    made = setup_of(replace(request, limits=limits or Limits()))
    return replace(made, session_id=f"test-{seed}", started_utc="2026-11-21T08:00:00.000+00:00", zone="UTC")


@dataclass
class Run:
    """A session driven tick by tick. `spoil` may replace a frame; `say` adds inputs."""

    setup: Setup
    kind: str = "healthy"
    noise_px: float = 0.5
    ack: bool = True
    bounded: Bounded = at_once
    spoil: Callable[[float, PoseFrame], PoseFrame | None] = lambda _, frame: frame
    say: Callable[[float, View | None], list[Input]] = lambda _t, _v: []
    documents: list[Document] = field(default_factory=list)
    views: list[View] = field(default_factory=list)

    def until(self, longest_s: float = 120.0) -> Run:
        self.session = Session(self.setup, self.bounded)
        patient = Patient(self.kind, self.setup.side, seed=1)
        view: View | None = None
        fresh: list[Document] = []
        for tick in range(int(longest_s / TICK_S)):
            now_s = tick * TICK_S
            frame = None
            if tick % 2 == 0:
                frame = self.spoil(
                    now_s, frame_of(patient.step(view, now_s), now_s, tick // 2, self.noise_px)
                )
            inputs: list[Input] = [Recorded(fresh[-1].number)] if fresh and self.ack else []
            step = self.session.step(frame, [*inputs, *self.say(now_s, view)], now_s)
            fresh, view = list(step.documents), step.view
            self.documents += fresh
            self.views.append(view)
            if self.session.closed:
                break
        return self

    def of(self, kind: str) -> list[Document]:
        return [each for each in self.documents if each.kind == kind]

    def events(self, name: str) -> list[Document]:
        return [each for each in self.of("event") if each.body["name"] == name]


def said(documents: list[Document]) -> bytes:
    return b"".join(
        json.dumps([d.number, d.kind, d.t_s, d.body], sort_keys=True, allow_nan=False).encode() + d.payload
        for d in documents
    )
