"""Is a person there? MediaPipe invents bodies (a ghost) on hands, chairs and empty rooms.

A ghost gives itself away in two ways, seen on the reference clips (mps_hand, tfjs_asl_hand,
intel_onebyone): its trunk changes shape all the time (median 0.5–1.5 trunk sizes a second; people
stay under 0.3 when still and 0.7 when walking), and its arms are not believed by the network
itself (better arm's visibility under 0.7; people at a webcam 0.9 and more). Neither alone is
enough: people seen from behind hide their arms, and a ghost may stand still for a second.
The evidence of a frame is averaged over a window of time, so a short coincidence does not pass.

Limits: one body only; a picture or a doll of a person passes. Who the person is, is not asked.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

import numpy as np

from rehabgames.core.landmarks import POSE
from rehabgames.core.pose import Array, Mask, PoseFrame, Recording
from rehabgames.signals.windows import mean_around, median_around

THRESHOLD = 0.6
LIVE_ON, LIVE_OFF = 0.75, 0.4  # looking back only: stricter to come on, slower to go off
WINDOW_S = 2.0
SHAPE_WINDOW_S = 0.5
SHORTEST_S = 1.5
LOST_SHAPE_RATE = 3.0  # stands for "no body at all" in the shape rate

_TRUNK = tuple(POSE[n] for n in ("left_shoulder", "right_shoulder", "left_hip", "right_hip"))
_CORNERS = list(_TRUNK)
_FROM, _TO = [0, 2, 0, 1, 0, 1], [1, 3, 2, 3, 3, 2]  # the edges between its corners
_BELIEVED = [
    POSE[f"{side}_{joint}"] for joint in ("elbow", "wrist", "shoulder") for side in ("left", "right")
]


def shape_rate(trunk_px: Array, t_s: Array) -> Array:
    """(n,) change of the trunk's shape in trunk sizes a second, from (n, 4, 2) trunk corners.

    The first value repeats the second; frames without a body, or beside one, get LOST_SHAPE_RATE.
    """
    n = len(t_s)
    if n < 2:
        return np.full(n, np.nan)
    edges = trunk_px[:, _TO] - trunk_px[:, _FROM]
    size = np.hypot(edges[..., 0], edges[..., 1]).max(axis=1)
    step = edges[1:] - edges[:-1]
    moved = np.hypot(step[..., 0], step[..., 1]).sum(axis=1) / len(_TO)
    scale = size[1:] * (t_s[1:] - t_s[:-1])
    rate = np.divide(moved, scale, out=np.full(n - 1, np.nan), where=scale > 0)
    rate = np.concatenate([rate[:1], rate])
    return np.where(np.isfinite(rate), rate, LOST_SHAPE_RATE)


def evidence(rate: Array, visibility: Array) -> Array:
    """(n,) 0..1 from the steadied shape rate (n,) and visibility (n, 33); NaN counts as unseen."""
    elbows, wrists, shoulders = np.nan_to_num(visibility[:, _BELIEVED]).T.reshape(3, 2, -1)
    arm = np.maximum(*((elbows + wrists) / 2))
    tolerated = 1.2 + _share((arm - 0.85) / 0.1)
    steady = _share((tolerated - rate) / 0.8)
    still = _share((0.25 - rate) / 0.15)
    believed = _share((arm - 0.4) / 0.3)
    result: Array = steady * np.maximum(believed, still) * (np.maximum(*shoulders) > 0.5)
    return result


def _share(x: Array) -> Array:
    return np.clip(x, 0.0, 1.0)


@np.errstate(all="ignore")  # landmarks at infinity are no evidence of a person
def judge(rec: Recording) -> Mask:
    """(n,) True where a person is. Times must ascend. Looks ahead as well as back.

    Stretches under 1.5 s are no person. A recording that is shorter than that is judged by the
    pictures that it has: a single one by what the network itself believes.
    """
    n = len(rec)
    if n == 0:
        return np.zeros(n, dtype=np.bool_)
    trunk = rec.points_px[:, _TRUNK]
    rates = shape_rate(trunk, rec.t_s) if n > 1 else np.zeros(1)
    rate = median_around(rates, rec.t_s, SHAPE_WINDOW_S)
    proof = evidence(rate, rec.visibility) * np.isfinite(trunk[:, 0, 0])
    present: Mask = mean_around(proof, rec.t_s, WINDOW_S) > THRESHOLD
    if rec.t_s[-1] - rec.t_s[0] < SHORTEST_S:
        return present
    edges = np.flatnonzero(np.diff(np.concatenate([[False], present, [False]]).astype(np.int8)))
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        if rec.t_s[end - 1] - rec.t_s[begin] < SHORTEST_S:
            present[begin:end] = False
    return present


@dataclass(slots=True)
class PresenceJudge:
    """The same judgement while it happens: `update` once per frame, looking back only.

    Comes on after about a second of good evidence and goes off after about a second of bad, so
    that one missed frame does not pause a game; `present` holds the last answer.

    likely  0..1, mean evidence of the last second; of one picture alone, what the network itself believes
    """

    present: bool = False
    likely: float = 0.0
    _last: PoseFrame | None = None
    _corners: list[list[float]] = field(default_factory=list)
    _rates: deque[tuple[float, float]] = field(default_factory=deque)
    _proofs: deque[tuple[float, float]] = field(default_factory=deque)

    def update(self, frame: PoseFrame) -> bool:
        """Judge one more frame; frames that are not newer than the last leave the answer as it is."""
        last, self._last = self._last, frame
        before, self._corners = self._corners, frame.points_px[_CORNERS].tolist()
        if last is None:
            self.likely = _proof(0.0, frame)
            return self.present
        if frame.t_s <= last.t_s:
            return self.present
        rate = _shape_rate(before, self._corners, frame.t_s - last.t_s)
        _keep(self._rates, frame.t_s, rate, SHAPE_WINDOW_S)
        steadied = _median([r for _, r in self._rates])
        _keep(self._proofs, frame.t_s, _proof(steadied, frame), WINDOW_S / 2)
        self.likely = mean = sum(p for _, p in self._proofs) / len(self._proofs)
        watched_s = frame.t_s - self._proofs[0][0]
        if self.present:
            self.present = mean > LIVE_OFF
        else:
            self.present = mean > LIVE_ON and watched_s >= 0.8 * WINDOW_S / 2
        return self.present


def _shape_rate(before: list[list[float]], now: list[list[float]], dt_s: float) -> float:
    """`shape_rate` from one frame to the next: numpy takes ten times as long for so few numbers."""
    size = moved = 0.0
    for a, b in zip(_FROM, _TO, strict=True):
        x, y = now[b][0] - now[a][0], now[b][1] - now[a][1]
        size = max(size, math.hypot(x, y))
        moved += math.hypot(x - before[b][0] + before[a][0], y - before[b][1] + before[a][1])
    rate = moved / len(_TO) / (size * dt_s) if size * dt_s > 0 else math.nan
    return rate if math.isfinite(rate) else LOST_SHAPE_RATE


def _proof(rate: float, frame: PoseFrame) -> float:
    """`evidence` of one frame, for the same reason; 0 where there is no body."""
    if not frame.has_body:
        return 0.0
    seen = [0.0 if math.isnan(v) else v for v in frame.visibility[_BELIEVED].tolist()]
    elbows, wrists, shoulders = seen[:2], seen[2:4], seen[4:]
    arm = max((elbow + wrist) / 2 for elbow, wrist in zip(elbows, wrists, strict=True))
    tolerated = 1.2 + _clipped((arm - 0.85) / 0.1)
    steady, still = _clipped((tolerated - rate) / 0.8), _clipped((0.25 - rate) / 0.15)
    believed = _clipped((arm - 0.4) / 0.3)
    return steady * max(believed, still) if max(shoulders) > 0.5 else 0.0


def _clipped(x: float) -> float:
    return min(1.0, max(0.0, x))


def _median(numbers: list[float]) -> float:
    """Of some numbers, none of them NaN."""
    ordered, half = sorted(numbers), len(numbers) // 2
    return ordered[half] if len(numbers) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _keep(window: deque[tuple[float, float]], t_s: float, value: float, width_s: float) -> None:
    window.append((t_s, value))
    while window[0][0] < t_s - width_s:
        window.popleft()
