"""Lag bench: how late the hand is shown and how far beyond the truth, against the raw landmark.

A drawn person moves by a script; the real tracker finds the wrist; what steers is shown at the flips of a
60 Hz screen, each picture's landmarks so late after its capture as the pipeline bench measured. Lag is where
the correlation of the shown with the true hand is largest.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rehabgames.core.landmarks import POSE
from rehabgames.core.pose import PoseFrame, Recording
from rehabgames.core.sample import Sample
from rehabgames.patients.script import Script, reaching
from rehabgames.session.control import SEEN, Control
from rehabgames.signals import CONTROLS, BodyScale, compute
from rehabgames.tracking.film import found
from rehabgames.tracking.looks import LOOKS
from rehabgames.tracking.models import model_path

Array = npt.NDArray[np.float64]

SIDE: Final = "right"
ENDS: Final = ((0.18, -0.42), (0.46, 0.02))  # of the movement, metres from the shoulder: outward, up
HALF_S: Final = {"1 Hz": 0.5, "0.6 Hz": 0.83, "0.3 Hz": 1.67}
REST_S: Final = 8.0
MOVES_S: Final = 10.0
BEGIN_S: Final = 1.0
FLIP_S: Final = 1 / 60
LAGS_S: Final = np.arange(-0.08, 0.3, 0.001)
WHO: Final = (0, 5)  # looks

Said = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Lag:
    """One movement of one look. Overshoots are shares of the movement, of each of its ends."""

    movement: str
    raw_ms: float
    shown_ms: float
    overshoots: Array

    @property
    def ratio(self) -> float:
        return self.shown_ms / self.raw_ms


@dataclass(frozen=True, slots=True)
class Lags:
    """delay_ms: from capture to flip. jitter: of the shown hand at rest, raw and filtered ones beside it."""

    delay_ms: float
    moves: tuple[Lag, ...]
    shown_jitter: float
    filtered_jitter: float

    def as_json(self) -> dict[str, Any]:
        beyond = np.concatenate([each.overshoots for each in self.moves])
        return {
            "delay_ms": round(self.delay_ms, 1),
            "moves": {
                name: {
                    "raw_ms": round(float(np.mean([m.raw_ms for m in self.moves if m.movement == name])), 1),
                    "shown_ms": round(
                        float(np.mean([m.shown_ms for m in self.moves if m.movement == name])), 1
                    ),
                    "ratio": round(float(np.mean([m.ratio for m in self.moves if m.movement == name])), 3),
                }
                for name in dict.fromkeys(each.movement for each in self.moves)
            },
            "ratio": round(float(np.mean([each.ratio for each in self.moves])), 3),
            "overshoot_median": round(float(np.median(beyond)), 4),
            "overshoot_p95": round(float(np.percentile(beyond, 95)), 4),
            "jitter_to_filter": round(self.shown_jitter / self.filtered_jitter, 3),
        }


def bench_lag(
    delay_ms: float,
    who: Sequence[int] = WHO,
    movements: Sequence[str] = tuple(HALF_S),
    progress: Said = lambda _w, _d, _o: None,
) -> Lags:
    """who: numbers of looks; movements: names of HALF_S. Raises ModelError without models."""
    pose, done = model_path("pose"), 0
    moves, shown, filtered = [], [], []
    for look in who:
        for name, half_s in (*((name, HALF_S[name]) for name in movements), ("rest", None)):
            progress("Lag", done, len(who) * (1 + len(movements)))
            done += 1
            frames, truth = _filmed(_script(half_s), look, pose)
            if half_s is None:
                shown.append(_jitter(_seen(frames, delay_ms / 1000, carried=True)))
                filtered.append(_jitter(_seen(frames, delay_ms / 1000, carried=False)))
            else:
                moves.append(_lag(name, frames, truth, delay_ms / 1000))
    return Lags(delay_ms, tuple(moves), float(np.mean(shown)), float(np.mean(filtered)))


def _script(half_s: float | None) -> Script:
    """Between the two ends without a stop; None: at rest at the second."""
    low, high = (reaching(SIDE, end) for end in ENDS)
    if half_s is None:
        return Script(((0.0, high), (REST_S, high)))
    times = np.arange(BEGIN_S, MOVES_S, half_s)
    return Script(((0.0, low), *((float(t_s), (low, high)[i % 2]) for i, t_s in enumerate(times))))


def _filmed(script: Script, look: int, pose: Path) -> tuple[list[PoseFrame], Array]:
    """What was tracked, and (n, 3): time and the true wrist, px, up."""
    frames: list[PoseFrame] = []
    truth: list[tuple[float, float, float]] = []
    for frame, drawn in found(script, LOOKS[look], pose):
        x, y = drawn.joints_px[f"{SIDE}_wrist"]
        frames.append(frame)
        truth.append((frame.t_s, x, -y))
    return frames, np.array(truth)


def _seen(frames: Sequence[PoseFrame], delay_s: float, *, carried: bool) -> Array:
    """(n, 3): each flip, and where the hand is shown then. carried False: as filtered, at its arrival."""
    control, rows, sample, waiting = Control("hand_position", (), SIDE), [], Sample(-1.0), list(frames)
    control.use_arm(_arm_px(frames))
    for i in range(int(frames[-1].t_s / FLIP_S)):
        flip_s = i * FLIP_S
        while waiting and waiting[0].t_s + delay_s <= flip_s:
            sample = control.update(waiting.pop(0))
        at = (control.at(flip_s) if carried else sample).at
        rows.append((flip_s, *(at or (np.nan, np.nan))))
    return np.array(rows)


def _raw(frames: Sequence[PoseFrame], delay_s: float) -> Array:
    """As `_seen`, the landmarks themselves in the same unit."""
    steering, scale = CONTROLS["hand_position"], BodyScale.of_arm(_arm_px(frames))
    names = [f"{name}.{SIDE}" for name in (steering.x, steering.y)]
    there = np.ones(len(frames), np.bool_)
    read = compute(Recording.of(list(frames)), names, scale=scale, present=there, seen=SEEN, gated=False)
    flips = np.arange(0.0, frames[-1].t_s, FLIP_S)
    newest = np.searchsorted([frame.t_s + delay_s for frame in frames], flips, side="right") - 1
    rows = np.column_stack([flips, *(read[name][np.maximum(newest, 0)] for name in names)])
    rows[newest < 0, 1:] = np.nan
    return rows


def _arm_px(frames: Sequence[PoseFrame]) -> float:
    joints = [POSE[f"{SIDE}_{name}"] for name in ("shoulder", "elbow", "wrist")]
    places = np.array([frame.points_px[joints] for frame in frames])
    return float(np.nanpercentile(np.linalg.norm(np.diff(places, axis=1), axis=2).sum(axis=1), 90))


def _lag(name: str, frames: Sequence[PoseFrame], truth: Array, delay_s: float) -> Lag:
    raw, shown = _raw(frames, delay_s), _seen(frames, delay_s, carried=True)
    true_m, raw_m, shown_m = (_along(rows) for rows in (truth, raw, shown))
    return Lag(name, 1000 * _late_s(raw_m, true_m), 1000 * _late_s(shown_m, true_m), _beyond(shown_m, raw_m))


def _along(rows: Array) -> Array:
    """(n, 2): time, and the place along the movement from its middle; up is more."""
    known = rows[np.isfinite(rows).all(axis=1) & (rows[:, 0] > BEGIN_S)]
    middle = known[:, 1:] - known[:, 1:].mean(axis=0)
    way = np.subtract(ENDS[1], ENDS[0]) / np.linalg.norm(np.subtract(ENDS[1], ENDS[0]))
    # the way out of the right arm is to the left in a camera's picture
    sign = np.sign(middle[:, 0] @ middle[:, 1])
    return np.column_stack([known[:, 0], middle @ (way * (sign, 1.0))])


def _late_s(rows: Array, truth: Array) -> float:
    inside = rows[(rows[:, 0] > BEGIN_S + 0.3) & (rows[:, 0] < truth[-1, 0] - 0.1)]
    likeness = [
        np.corrcoef(inside[:, 1], np.interp(inside[:, 0] - lag_s, truth[:, 0], truth[:, 1]))[0, 1]
        for lag_s in LAGS_S
    ]
    return float(LAGS_S[int(np.argmax(likeness))])


def _beyond(shown: Array, raw: Array) -> Array:
    """How far each end is shown beyond where it was tracked, share of the movement."""
    low, high = np.percentile(raw[:, 1], [1, 99])
    turns = np.flatnonzero(np.diff((raw[:, 1] > (low + high) / 2).astype(int)))
    found = []
    for first, last in itertools.pairwise(turns):
        part = shown[(shown[:, 0] > raw[first, 0] - 0.1) & (shown[:, 0] < raw[last, 0]), 1]
        tracked = raw[first + 1 : last + 1, 1]
        up = tracked.mean() > (low + high) / 2
        found.append(part.max() - tracked.max() if up else tracked.min() - part.min())
    return np.asarray(found, np.float64) / float(high - low)


def _jitter(rows: Array) -> float:
    """Of the whole stay, both axes."""
    stay = rows[rows[:, 0] > 2.0, 1:]
    return float(np.sqrt(np.nanvar(stay, axis=0).sum()))
