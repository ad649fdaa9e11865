"""Pipeline bench: three loops on the same pictures in one run, each in a process of its own, in turn.

bare   MediaPipe alone: the next picture as soon as the last one is tracked
naive  the loop that everybody writes: track, step, draw, flip, in one thread
game   the whole program: tracker beside the loop, record, sound and mirror
low    the same with --low-power, at a camera's pace alone: what it saves
hands  MediaPipe's hands alone, in the whole picture; run beside bare, against the game with both networks

naive, game and low step the same session and draw the same scene. The film is a drawn patient who does
not see the screen. Ratios are made of medians over the rounds.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import numpy as np

from rehabgames.app.live import play_live, session_of
from rehabgames.app.pace import Pace
from rehabgames.app.resources import Resources, lowered
from rehabgames.app.wiring import HANDS_AT_M
from rehabgames.core.errors import MachineError
from rehabgames.core.inputs import Input, Recorded
from rehabgames.core.landmarks import N_POSE
from rehabgames.core.view import Phase
from rehabgames.records.store import Store
from rehabgames.records.writer import Writer
from rehabgames.session import Session, Setup
from rehabgames.session.shown import watches_hands
from rehabgames.testing.acting import calibrated, setup_for
from rehabgames.testing.showing import stage
from rehabgames.tracking.detector import Detector
from rehabgames.tracking.hands import Hands
from rehabgames.tracking.models import model_path
from rehabgames.tracking.replay import ReplayCamera
from rehabgames.tracking.sources import CameraPicture, ReplaySpec, VirtualSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker
from rehabgames.tracking.variants import USUAL, Variant, pose_path
from rehabgames.tracking.virtual import VirtualCamera

LOOPS: Final = ("bare", "naive", "game")
LOW: Final = "low"
HANDS: Final = "hands"
EXERCISE: Final = "orchard_reach"
BY_HAND: Final = "kitchen_grasp"
FILM_S: Final = 10.0
FILM_FPS: Final = 30.0
WARM_S: Final = 1.5  # of each loop, before it is looked at

Said = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Loop:
    """What a process is to do. fps None: as fast as it can; pose: which network."""

    name: str
    film: Path
    fps: float | None
    seconds: float
    setup: Setup
    pose: Variant = USUAL


@dataclass(frozen=True, slots=True)
class Compared:
    """Numbers of each loop, one list entry a round."""

    fps: float | None
    loops: dict[str, list[dict[str, float]]] = field(
        default_factory=lambda: {name: [] for name in (*LOOPS, LOW)}
    )

    def median(self, loop: str, number: str) -> float:
        return float(np.median([each.get(number, np.nan) for each in self.loops[loop]]))

    def as_json(self) -> dict[str, Any]:
        told = {
            name: {number: round(self.median(name, number), 2) for number in rounds[0]}
            for name, rounds in self.loops.items()
            if rounds
        }
        game, naive, bare = told["game"], told["naive"], told["bare"]
        saved = {"low_cores_to_game": round(told[LOW]["cores"] / game["cores"], 3)} if LOW in told else {}
        return {
            "camera_fps": self.fps,
            **told,
            **saved,
            "tracked_to_bare": round(game["tracked_fps"] / bare["tracked_fps"], 3),
            "tracked_to_naive": round(game["tracked_fps"] / naive["tracked_fps"], 3),
            "flip_p50_over_naive_ms": round(game["flip_p50_ms"] - naive["flip_p50_ms"], 2),
            "flip_p95_over_naive_ms": round(game["flip_p95_ms"] - naive["flip_p95_ms"], 2),
            "rss_over_bare_mb": round(game["rss_mb"] - bare["rss_mb"], 1),
        }


def bench_pipeline(
    fps: float | None, *, rounds: int = 3, seconds: float = 10.0, progress: Said = lambda _w, _d, _o: None
) -> Compared:
    """Raises ModelError without models, MachineError where a loop does not come back."""
    model_path("pose")
    compared = Compared(fps)
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.npy"
        np.save(film, np.stack(filmed()))
        setup = calibrated(setup_for(EXERCISE, 1))
        names = LOOPS if fps is None else (*LOOPS, LOW)
        for i in range(rounds * len(names)):
            name = names[i % len(names)]
            progress("Loops", i, rounds * len(names))
            compared.loops[name].append(measured(Loop(name, film, fps, seconds, setup)))
    return compared


def bench_hands(
    *, rounds: int = 3, seconds: float = 10.0, progress: Said = lambda _w, _d, _o: None
) -> dict[str, float]:
    """Pictures a second with body and hands, as fast as they go: of the two networks alone, side by side, and
    of the whole game that uses both. Raises as `bench_pipeline`."""
    found: dict[str, list[float]] = {"bare": [], HANDS: [], "game": []}
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.npy"
        np.save(film, np.stack(filmed(distance_m=HANDS_AT_M)))
        setup = calibrated(setup_for(BY_HAND, 1))
        for i in range(rounds):
            progress("Loops with hands", i, rounds)
            loops = [Loop(name, film, None, seconds, setup) for name in found]
            with ThreadPoolExecutor(2) as side_by_side:
                alone = list(side_by_side.map(measured, loops[:2]))
            for loop, told in zip(loops, [*alone, measured(loops[2])], strict=True):
                found[loop.name].append(told["tracked_fps"])
    median = {f"{name}_fps": round(float(np.median(each)), 2) for name, each in found.items()}
    slower = min(median["bare_fps"], median[f"{HANDS}_fps"])
    return {**median, "tracked_to_slower": round(median["game_fps"] / slower, 3)}


def filmed(seconds: float = FILM_S, distance_m: float | None = None) -> list[Any]:
    """Pictures of a drawn patient, FILM_FPS a second."""
    camera = VirtualCamera(VirtualSpec("healthy", "right", 1, distance_m=distance_m))
    return [camera.picture_at(i / FILM_FPS, None).bgr for i in range(int(seconds * FILM_FPS))]


def measured(loop: Loop) -> dict[str, float]:
    """Its numbers, from a process of its own. Raises MachineError where that does not come back."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(loop, theirs), name=f"bench {loop.name}")
    process.start()
    theirs.close()
    try:
        if not ours.poll(60.0 + 3 * loop.seconds):
            raise MachineError(f"The {loop.name} loop did not come back.", "Run the benchmark again.")
        found: dict[str, float] = ours.recv()
        return found
    except EOFError as error:
        raise MachineError(f"The {loop.name} loop broke off.", "Run 'rehabgames doctor'.") from error
    finally:
        process.join(10.0)
        process.kill()


def _run(loop: Loop, found: Connection) -> None:
    found.send(_LOOPS[loop.name](loop))
    found.close()


def _bare(loop: Loop) -> dict[str, float]:
    camera, tracked = ReplayCamera(ReplaySpec(loop.film, loop.fps)), 0
    with Detector(model_path("pose")) as detector:
        began_s = _warmed(lambda: _detected(camera, detector))
        cpu_s = time.process_time()
        while time.monotonic() - began_s < loop.seconds:
            _detected(camera, detector)
            tracked += 1
        took_s = time.monotonic() - began_s
        return {
            "tracked_fps": tracked / took_s,
            "cores": (time.process_time() - cpu_s) / took_s,
            "rss_mb": rss_mb(["self"]),
        }


def _hands(loop: Loop) -> dict[str, float]:
    camera, tracked = ReplayCamera(ReplaySpec(loop.film, loop.fps)), 0
    hands = Hands(model_path("hand").read_bytes())
    nobody = np.full((N_POSE, 2), np.nan), np.full(N_POSE, np.nan)

    def once() -> None:
        picture = camera.read()
        assert picture is not None
        hands.find(np.ascontiguousarray(picture.bgr[..., ::-1]), picture.index, *nobody)

    began_s = _warmed(once)
    while time.monotonic() - began_s < loop.seconds:
        once()
        tracked += 1
    took_s = time.monotonic() - began_s
    hands.close()
    return {"tracked_fps": tracked / took_s}


def _naive(loop: Loop) -> dict[str, float]:
    camera, session, pace = ReplayCamera(ReplaySpec(loop.film, loop.fps)), Session(loop.setup), Pace()
    fresh: list[Input] = []
    assert loop.setup.exercise is not None
    with Detector(model_path("pose")) as detector, stage() as painted:
        painted.prepare(loop.setup.exercise.place, loop.setup.seed, loop.setup.side)

        def once() -> None:
            picture = camera.read()
            assert picture is not None
            now_s = time.monotonic()
            frame = detector.detect(picture.bgr, picture.t_s, picture.index)
            step = session.step(frame, fresh, now_s)
            fresh[:] = [Recorded(each.number) for each in step.documents[-1:]]
            for cue in step.cues:
                painted.cue(cue, now_s)
            drawn_from_s = time.monotonic()
            painted.paint(step.view, now_s, picture.bgr)
            flipped_s = time.monotonic()
            pace.scene(now_s, drawn_from_s, flipped_s)
            pace.frame(picture.t_s, (np.nan, now_s, np.nan, np.nan, flipped_s))

        _warmed(once)
        pace, cpu_s = Pace(), time.process_time()
        pace.began_s = time.monotonic()
        while time.monotonic() - pace.began_s < loop.seconds:
            once()
        return {
            "tracked_fps": pace.render_fps,
            "cores": (time.process_time() - cpu_s) / pace.seconds,
            "rss_mb": rss_mb(["self"]),
            **_paced(pace),
        }


def _game(loop: Loop) -> dict[str, float]:
    assert loop.setup.exercise is not None
    low = loop.name == LOW
    takes = lowered(Resources(loop.pose), None) if low else Resources(loop.pose)
    by_hand = watches_hands(loop.setup)
    hand = model_path("hand") if by_hand else None
    models = ModelPaths(pose_path(takes.pose), hand, (loop.setup.side,))
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder)) as store,
        Tracker(
            ReplaySpec(loop.film, loop.fps), models=models, apart=True, most_fps=takes.most_fps
        ) as tracker,
        stage() as painted,
    ):
        painted.prepare(loop.setup.exercise.place, loop.setup.seed, loop.setup.side)
        watch = _Watch(tracker, loop.seconds)
        played = play_live(
            session_of(loop.setup),
            tracker,
            painted,
            Writer(store),
            pictures=None,
            headless=True,
            ending=watch,
            scenes_fps=takes.scenes_fps,
        )
    tracked_ms = played.pace.since["tracked"].percentile(50)
    return watch.told | _paced(played.pace) | {"track_p50_ms": tracked_ms or np.nan}


_LOOPS: Final = {"bare": _bare, HANDS: _hands, "naive": _naive, "game": _game, LOW: _game}


class _Watch:
    """Looks at the tracker from WARM_S on, and ends the session after the seconds."""

    def __init__(self, tracker: Tracker, seconds: float) -> None:
        self._tracker, self._seconds = tracker, seconds
        self._pids = ["self", *([str(tracker.pid)] if tracker.pid else [])]
        self._began_s: float | None = None
        self._from = (0, 0.0, 0.0)
        self.told: dict[str, float] = {}

    def lost(self, phase: Phase, *, playing: bool, now_s: float) -> str:
        if self._began_s is None:
            self._began_s = now_s + WARM_S
        if now_s < self._began_s:
            self._from = self._tracker.frames_tracked, now_s, cpu_s(self._pids)
            return ""
        if now_s - self._began_s < self._seconds:
            return ""
        tracked, from_s, used_s = self._from
        took_s = now_s - from_s
        self.told = {
            "tracked_fps": (self._tracker.frames_tracked - tracked) / took_s,
            "cores": (cpu_s(self._pids) - used_s) / took_s,
            "rss_mb": rss_mb(self._pids),
        }
        return "measured"


def _paced(pace: Pace) -> dict[str, float]:
    flips = pace.capture_to_flip_ms()
    return {
        "rendered_fps": pace.render_fps,
        "flip_p50_ms": flips["p50"] or np.nan,
        "flip_p95_ms": flips["p95"] or np.nan,
        "scene_p99_ms": pace.scenes.percentile(99) or np.nan,
        "gap_p99_ms": pace.gaps.percentile(99) or np.nan,
        "held_p99_ms": pace.held.percentile(99) or np.nan,
        "held_max_ms": pace.held.percentile(100) or np.nan,
    }


def _detected(camera: ReplayCamera, detector: Detector) -> CameraPicture:
    picture = camera.read()
    assert picture is not None
    detector.detect(picture.bgr, picture.t_s, picture.index)
    return picture


def _warmed(once: Callable[[], object]) -> float:
    """When it was warm."""
    until_s = time.monotonic() + WARM_S
    while time.monotonic() < until_s:
        once()
    return time.monotonic()


def rss_mb(pids: Sequence[str]) -> float:
    """Resident memory of these processes together; NaN where the system does not tell of others."""
    if sys.platform != "linux":
        return math.nan
    total_kb = 0
    for pid in pids:
        for line in _told_of(pid, "status").splitlines():
            if line.startswith("VmRSS:"):
                total_kb += int(line.split()[1])
    return total_kb / 1024


def cpu_s(pids: Sequence[str]) -> float:
    """Processor time of these processes together."""
    if sys.platform != "linux":
        return time.process_time()
    ticks = 0
    for pid in pids:
        told = _told_of(pid, "stat").rpartition(")")[2].split()
        ticks += int(told[11]) + int(told[12]) if told else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def _told_of(pid: str, what: str) -> str:
    """ "" of a process that is gone: a tracker may have been replaced meanwhile."""
    try:
        return Path(f"/proc/{pid}/{what}").read_text("ascii", "replace")
    except OSError:
        return ""
