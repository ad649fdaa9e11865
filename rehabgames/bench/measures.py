"""How long all signals and measures of a recording take, and whether the cost grows with its length.

The recording is a virtual patient who reaches, as landmarks with the noise of a webcam. One core is
used; numbers are of the machine that it runs on.
"""

from __future__ import annotations

import math
import os
import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rehabgames.core.landmarks import N_POSE, POSE
from rehabgames.core.pose import PoseFrame, Recording
from rehabgames.measures.battery import battery
from rehabgames.measures.material import Material
from rehabgames.patients.script import Script, reaching, seated
from rehabgames.patients.stance import body_of

FPS = 30.0
PX_PER_M, ORIGIN, SIZE = 300.0, (320.0, 460.0), (640, 480)
NOISE_PX = 0.6
REPEATED_S = 60.0
FACE = {"left_ear": (0.07, 0.01), "right_ear": (-0.07, 0.01)}  # from the nose, metres


@dataclass(frozen=True, slots=True)
class MeasuresBench:
    """minutes of recording → seconds it took, the best of `runs`."""

    seconds: dict[float, float]
    runs: int

    @property
    def growth(self) -> float:
        """Cost of a minute in the longest recording over that in the shortest: 1 is linear."""
        minutes = sorted(self.seconds)
        first, last = minutes[0], minutes[-1]
        return (self.seconds[last] / last) / (self.seconds[first] / first)

    def as_json(self) -> dict[str, Any]:
        return {
            "frames_per_second": FPS,
            "seconds": {f"{minutes:g} min": round(s, 4) for minutes, s in self.seconds.items()},
            "cost_of_a_minute_longest_over_shortest": round(self.growth, 3),
            "runs": self.runs,
            "cores": 1,
        }


def bench_measures(minutes: tuple[float, ...] = (1.0, 10.0, 100.0), runs: int = 3) -> MeasuresBench:
    """Times the battery of measures on recordings of these lengths; the machine is kept to one core."""
    minute = reaching_minute()
    one_core()
    seconds = {}
    for length in minutes:
        rec = repeated(minute, length)
        taken = []
        for _ in range(runs if length <= 10 else 1):
            began_s = time.perf_counter()
            battery(Material(rec, arms=("right",)))
            taken.append(time.perf_counter() - began_s)
        seconds[length] = min(taken)
    return MeasuresBench(seconds, runs)


def one_core() -> None:
    """Keep this process to one of its cores, where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def reaching_minute(seed: int = 0) -> Recording:
    """A minute of reaches of the right hand, 1800 frames."""
    rng = np.random.default_rng(seed)
    t_s, keys = 2.0, [(0.0, seated()), (2.0, seated())]
    while t_s < REPEATED_S - 4.0:
        angle = math.radians(float(rng.uniform(30, 90)))
        place = reaching("right", (0.5 * math.sin(angle), -0.5 * math.cos(angle)))
        for wait_s, stance in ((0.8, place), (0.6, place), (1.0, seated()), (0.8, seated())):
            t_s += wait_s
            keys.append((t_s, stance))
    keys.append((REPEATED_S, seated()))
    script = Script(tuple(keys))
    frames = []
    for i in range(round(REPEATED_S * FPS)):
        joints = dict(body_of(script.at(i / FPS)).joints)
        joints |= {name: (joints["nose"][0] + x, joints["nose"][1] + y) for name, (x, y) in FACE.items()}
        points = np.full((N_POSE, 2), np.nan)
        for name, (x, y) in joints.items():
            points[POSE[name]] = ORIGIN[0] + PX_PER_M * x, ORIGIN[1] - PX_PER_M * y
        points += rng.normal(0, NOISE_PX, points.shape)
        frames.append(PoseFrame(i / FPS, i, SIZE, points_px=points, visibility=np.full(N_POSE, 0.99)))
    return Recording.of(frames)


def repeated(minute: Recording, minutes: float) -> Recording:
    """The minute over and over, on a clock that goes on."""
    whole = Recording.joined([minute] * max(1, round(minutes)))
    return replace(whole, t_s=np.arange(len(whole)) / FPS)
