"""Stage bench: how long a game's step and the painting of its scene take beside a tracker at work.

A virtual patient plays at landmark level in real time, 60 steps a second, with everything on: cues, rewards,
the mirror with the camera's picture. At the same time the real tracker follows a drawn patient. Screens of
choices are painted with a hand that goes from one to the next, and another screen every few seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from rehabgames.core.document import Document
from rehabgames.core.inputs import Input, Recorded
from rehabgames.core.menu import Menu
from rehabgames.core.message import Message
from rehabgames.core.player import Player
from rehabgames.core.view import View
from rehabgames.session import Session, Setup
from rehabgames.testing.acting import Act, calibrated, eyes_of, setup_for
from rehabgames.testing.showing import stage
from rehabgames.tracking.models import model_path
from rehabgames.tracking.sources import VirtualSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker
from rehabgames.visit.day import Block, Day
from rehabgames.visit.flow import Flow
from rehabgames.visit.screens import Screen, asked, scale, screen_of

TICK_S: Final = 1 / 60
WARM_S: Final = 2.0  # first drawings are made before it is looked at
SIZES: Final = ((1280, 720), (1920, 1080))
SECONDS: Final = 10.0
PLACE: Final = "orchard"  # behind the screens
SCREEN_S: Final = 2.5  # for which each screen stands

Said = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Timed:
    """ms of each tick: the session's step, and the painting with its flip."""

    exercise: str
    place: str
    size: tuple[int, int]
    step_ms: list[float] = field(repr=False)
    paint_ms: list[float] = field(repr=False)
    tracked_fps: float = 0.0

    def as_json(self) -> dict[str, Any]:
        both = np.add(self.step_ms, self.paint_ms)
        numbers = {
            "step_median_ms": np.median(self.step_ms),
            "paint_median_ms": np.median(self.paint_ms),
            "median_ms": np.median(both),
            "p99_ms": np.percentile(both, 99),
            "tracked_fps": self.tracked_fps,
        }
        return {
            "exercise": self.exercise,
            "place": self.place,
            "size": f"{self.size[0]}x{self.size[1]}",
            **{name: round(float(value), 2) for name, value in numbers.items()},
        }


def bench_stage(
    exercises: Sequence[str], seconds: float = SECONDS, progress: Said = lambda _w, _d, _o: None
) -> list[Timed]:
    """Each exercise at each size. Raises UnknownNameError for one that is none, ModelError without models."""
    models = ModelPaths(model_path("pose"), None)
    rows: list[Timed] = []
    runs = [(name, size) for name in exercises for size in SIZES]
    for done, (name, size) in enumerate(runs):
        progress("Scenes", done, len(runs))
        setup = calibrated(setup_for(name, 1))
        with Tracker(VirtualSpec("healthy", "right", 1), models=models) as tracker:
            rows.append(_timed(setup, size, seconds, tracker))
    return rows


def _timed(setup: Setup, size: tuple[int, int], seconds: float, tracker: Tracker) -> Timed:
    assert setup.exercise is not None
    session, eyes = Session(setup), eyes_of(Act(setup, seed=1))
    timed = Timed(setup.exercise.id, setup.exercise.place, size, [], [])
    fresh: list[Document] = []
    view: View | None = None
    with stage(size) as painted:
        painted.prepare(setup.exercise.place, setup.seed, setup.side)
        began, tracked_before = time.perf_counter(), tracker.frames_seen
        for tick in range(int((WARM_S + seconds) / TICK_S)):
            now_s = tick * TICK_S
            frame = eyes.frame(view, now_s, tick // 2) if tick % 2 == 0 else None
            tracker.poll()
            inputs: list[Input] = [Recorded(fresh[-1].number)] if fresh else []
            start = time.perf_counter()
            step = session.step(frame, inputs, now_s)
            stepped = time.perf_counter()
            for cue in step.cues:
                painted.cue(cue, now_s)
            painted.paint(step.view, now_s, tracker.picture())
            flipped = time.perf_counter()
            fresh, view = list(step.documents), step.view
            if now_s >= WARM_S:
                timed.step_ms.append(1000 * (stepped - start))
                timed.paint_ms.append(1000 * (flipped - stepped))
            time.sleep(max(0.0, began + (tick + 1) * TICK_S - time.perf_counter()))
        fps = (tracker.frames_seen - tracked_before) / (time.perf_counter() - began)
    return replace(timed, tracked_fps=fps)


def bench_screens(seconds: float = SECONDS, progress: Said = lambda _w, _d, _o: None) -> list[Timed]:
    """Screens of choices at each size; their steps are not timed. Raises ModelError without models."""
    models = ModelPaths(model_path("pose"), None)
    rows: list[Timed] = []
    for done, size in enumerate(SIZES):
        progress("Screens", done, len(SIZES))
        with Tracker(VirtualSpec("healthy", "right", 1), models=models) as tracker:
            rows.append(_timed_screens(size, seconds, tracker))
    return rows


def _timed_screens(size: tuple[int, int], seconds: float, tracker: Tracker) -> Timed:
    """Every screen comes once before it is looked at."""
    timed = Timed("screens", PLACE, size, [], [])
    menus = [screen.menu(number) for number, screen in enumerate(_screens())]
    warm_s = len(menus) * SCREEN_S
    with stage(size) as painted:
        began, tracked_before = time.perf_counter(), tracker.frames_seen
        for tick in range(int((warm_s + seconds) / TICK_S)):
            now_s = tick * TICK_S
            turn, share = divmod(now_s / SCREEN_S, 1.0)
            tracker.poll()
            view = _pointing(menus[int(turn) % len(menus)], int(turn), share)
            start = time.perf_counter()
            painted.paint(view, now_s, tracker.picture())
            if now_s >= warm_s:
                timed.paint_ms.append(1000 * (time.perf_counter() - start))
                timed.step_ms.append(0.0)
            time.sleep(max(0.0, began + (tick + 1) * TICK_S - time.perf_counter()))
        fps = (tracker.frames_seen - tracked_before) / (time.perf_counter() - began)
    return replace(timed, tracked_fps=fps)


def _screens() -> list[Screen]:
    blocks = tuple(
        Block(each, Message(f"exercise.{each}"), place, "right", "sitting", 5.0, "arm_out")
        for each, place in (
            ("orchard_reach", "orchard"),
            ("river_steer", "river"),
            ("star_shift", "night_hill"),
        )
    )
    home = screen_of(Flow(Day((Player("bench"),), Player("bench"), blocks)))
    return [home, asked("chest_pain"), scale("pain"), scale("effort")]


def _pointing(menu: Menu, number: int, share: float) -> View:
    """The hand goes over the choices, each for as long as the others."""
    at, held = divmod(share * len(menu.choices), 1.0)
    choice = menu.choices[min(int(at), len(menu.choices) - 1)]
    left, top, across, down = choice.box
    pointer = (left + across * (0.3 + 0.4 * held), top + 0.7 * down)
    seen = replace(menu, number=number, pointed=choice.id, held=held, pointer=pointer, lit=menu.choices[0].id)
    window = (-1.0, -1.0, 1.0, 1.0)
    return View(t_s=0.0, phase="menu", place=PLACE, side="right", seed=1, window=window, menu=seen)
