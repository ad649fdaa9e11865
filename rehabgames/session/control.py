"""Control: frames → the Sample that game and guards read, now.

The hand's place is smoothed (one-euro); guards are read raw, because a filter would hide a limit
for as long as it lags.
"""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from rehabgames.core.landmarks import POSE, Side
from rehabgames.core.pose import PoseFrame, Recording
from rehabgames.core.sample import Sample
from rehabgames.signals import CONTROLS, BodyScale, OneEuroFilter, compute, resolve
from rehabgames.signals.presence import PresenceJudge
from rehabgames.signals.scale import apparent_arm_px, apparent_trunk_px

MIN_CUTOFF_HZ, BETA = 1.5, 3.0  # for arm lengths: steady at rest, under 40 ms behind a brisk reach
TRUNK_FRAMES = 30
SEEN = 0.25  # to steer by: laxer than to measure by, because the hand fades on the screen before it is lost
SURE_S = 0.15  # time constant of `sure`, so that the hand fades instead of blinking


class Control:
    """control: a name of CONTROLS; guards: signal names, sided ones for the working side."""

    def __init__(self, control: str, guards: tuple[str, ...], side: Side) -> None:
        self._names = tuple(f"{name}.{side}" for name in CONTROLS[control])
        self._guards = tuple(f"{name}.{side}" if _needs_side(name) else name for name in guards)
        self._side: Side = side
        self._filters = [OneEuroFilter(MIN_CUTOFF_HZ, BETA) for _ in self._names]
        self._judge = PresenceJudge()
        self._trunks: deque[float] = deque(maxlen=TRUNK_FRAMES)
        self._scale: BodyScale | None = None
        self._sure = 0.0
        self._last_s = -math.inf
        self.arm_px = math.nan

    @property
    def scale(self) -> BodyScale:
        """A fixed scale once `use_arm` was called, before that a guess from the trunk."""
        if self._scale is not None:
            return self._scale
        return BodyScale.of_trunk(float(np.median(self._trunks)) if self._trunks else math.nan)

    def use_arm(self, arm_px: float) -> None:
        """From now on one arm length is so many px."""
        self._scale = BodyScale(left_arm_px=arm_px, right_arm_px=arm_px)
        for each in self._filters:
            each.reset()

    @np.errstate(all="ignore")  # landmarks at infinity are not measured, which is no reason to warn
    def update(self, frame: PoseFrame) -> Sample:
        """The sample of a new frame. Frames that are not newer than the last one are taken as absent."""
        if frame.t_s <= self._last_s:
            return Sample(frame.t_s)
        dt_s, self._last_s = min(1.0, frame.t_s - self._last_s), frame.t_s
        present = self._judge.update(frame)
        rec = Recording.of([frame])
        self.arm_px = float(apparent_arm_px(rec, self._side)[0])
        trunk_px = float(apparent_trunk_px(rec)[0])
        if present and math.isfinite(trunk_px):
            self._trunks.append(trunk_px)
        raw = compute(
            rec, (*self._names, *self._guards), scale=self.scale, present=np.array([present]), seen=SEEN
        )
        values = {name: float(x[0]) for name, x in raw.items()}
        for name, smooth in zip(self._names, self._filters, strict=True):
            values[name] = smooth(frame.t_s, values[name])
        seen = float(np.nan_to_num(frame.visibility[POSE[f"{self._side}_wrist"]])) if present else 0.0
        self._sure += (seen - self._sure) * min(1.0, dt_s / SURE_S)
        return Sample(frame.t_s, values, present, self._sure)

    def hand(self, sample: Sample) -> tuple[float, float] | None:
        """Play coordinates of the working hand, or None where it is not seen."""
        x, y = (sample[name] for name in self._names)
        return (x, y) if math.isfinite(x) and math.isfinite(y) else None

    def guard(self, sample: Sample, name: str) -> float:
        """A guard's raw value for the working side; NaN where it is not measured."""
        for full in self._guards:
            if full.partition(".")[0] == name:
                return sample[full]
        return math.nan


def _needs_side(name: str) -> bool:
    signal, side = resolve(name)
    return signal.sided and side is None
