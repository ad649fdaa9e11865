"""compensation_of: from traces of signals to the signs of compensation in each repetition.

What is asked of a repetition follows from its task. Two arms that are raised together are compared;
a reach of one arm is uneven by nature, so nothing is compared. An arm that is to stay straight is
judged all the way; one that starts bent, from the lap, is judged by the straightest it got.

The head is compared with the trunk (signal `head_tilt`) and not with the line of the shoulders
(`neck_lateral_flexion`): a raised arm lifts its shoulder by 0.128 shoulder widths, which turns that
line by 7 degrees and would call every clean reach of one arm a tilted head.

Deviation from the source: angles are steadied by a running median over the 250 ms that a sign has to
last. Without it the noisiest quarter of a second is what counts, and 0.6 px of tremble on a head
whose ears are 32 px apart adds 2 degrees to its tilt.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

import numpy as np

from rehabgames.core.landmarks import SIDES, Side
from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array, Mask
from rehabgames.measures.compensation import PUBLISHED, CompensationThresholds, Sign, sustained
from rehabgames.measures.shoulder_hike import LiftCurve
from rehabgames.signals.trace import Reasons, Trace
from rehabgames.signals.windows import median_around

STEADIED_S: Final = 0.250
NOISE_SHARE: Final = 0.25  # of the threshold: noise from which it would decide
ENOUGH: Final = 0.8  # share of a repetition that must be seen before it may be called free of a sign
CERTAIN: Final = 0.5  # share from which what was seen decides: a hidden limb looks seen now and then
EXPERIMENTAL: Final[frozenset[Sign]] = frozenset({"shoulder_hike"})
_UNIT: Final[dict[Sign, str]] = {"shoulder_hike": "shoulder widths"}

Straight = Literal["throughout", "at the farthest", "not asked"]


@dataclass(frozen=True, slots=True)
class Task:
    """What a repetition was meant to be.

    arms      those that move: one, or both together
    straight  is the elbow to be straight: all the time (a raise of hanging arms), where the hand is
              farthest (a reach from the lap to the arm's full length), or is it none's business
    """

    arms: tuple[Side, ...]
    straight: Straight = "not asked"

    def __post_init__(self) -> None:
        if not self.arms or len(set(self.arms)) != len(self.arms) or not set(self.arms) <= set(SIDES):
            raise ValueError(f"a task has one arm or both, each once, not {self.arms}")

    @property
    def both(self) -> bool:
        return len(self.arms) == 2

    @property
    def signals(self) -> tuple[str, ...]:
        """Names of the traces that `compensation_of` needs for it."""
        sided = ("elbow_flexion", "shoulder_elevation", "shoulder_height")
        names = ["trunk_lean", "head_tilt"]
        names += [f"{name}.{side}" for name in sided for side in self.arms]
        return (*names, "arm_asymmetry") if self.both else tuple(names)


@dataclass(frozen=True, slots=True)
class SignOf:
    """One sign in one repetition.

    measured      the sustained value; its name is the sign's, `of` the side where it has one
    flagged       it reached the threshold; never where it was not measured
    experimental  tell nobody without saying so
    """

    measured: Measured
    flagged: bool
    experimental: bool = False

    @property
    def name(self) -> str:
        return self.measured.name


@dataclass(frozen=True, slots=True)
class SignsOfRepetition:
    """Of the frames in [start_s, end_s)."""

    start_s: float
    end_s: float
    signs: tuple[SignOf, ...]

    @property
    def flagged(self) -> tuple[str, ...]:
        """Names of what was flagged, without what is experimental."""
        found = (sign.name for sign in self.signs if sign.flagged and not sign.experimental)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True, eq=False)
class _Series:
    """One sign over all frames: x (n,) NaN where it is not judged, and why (n,) there is none.

    above  which way is beyond; rise (n,) of the shoulder over rest, which a hike has to reach, too
    """

    sign: Sign
    side: str
    x: Array
    why: Reasons
    above: bool = True
    rise: Array | None = None

    @property
    def farthest(self) -> bool:
        """The best of the repetition is judged, and not the worst."""
        return self.sign == "elbow_extension" and self.above

    def where(self, judged: Mask) -> _Series:
        """The same, with the other frames left out."""
        return replace(self, x=np.where(judged, self.x, np.nan))


class Resting(NamedTuple):
    """A steadied signal at rest: its median, and its noise (SD about the median); NaN if not seen."""

    value: float
    noise: float


_NO_REST: Final = Resting(math.nan, math.nan)


def rest_of(traces: Mapping[str, Trace], start_s: float, end_s: float) -> dict[str, Resting]:
    """Each trace over the rest in [start_s, end_s)."""
    found = {}
    for name, trace in traces.items():
        with np.errstate(all="ignore"):
            rested = (trace.t_s >= start_s) & (trace.t_s < end_s)
            x = _steadied(replace(trace, t_s=trace.t_s[rested], x=trace.x[rested], why=trace.why[rested]))
            x = x[np.isfinite(x)]
            found[name] = Resting(float(np.median(x)), float(np.std(x))) if len(x) else _NO_REST
    return found


def _steadied(trace: Trace) -> Array:
    """(n,) running median of what is good, over frames in order of time; NaN elsewhere."""
    x, t_s = np.full(len(trace), np.nan), trace.t_s
    times = np.where(np.isfinite(t_s), t_s, -np.inf)
    before = np.concatenate([[-np.inf], np.maximum.accumulate(times)])[:-1]
    ordered = np.flatnonzero(times > before)
    x[ordered] = median_around(trace.x[ordered], t_s[ordered], STEADIED_S)
    return np.where(trace.good, x, np.nan)


def compensation_of(
    traces: Mapping[str, Trace],
    rest: Mapping[str, Resting],
    repetitions: Sequence[tuple[float, float]],
    task: Task,
    *,
    thresholds: CompensationThresholds = PUBLISHED,
    good_side: LiftCurve | None = None,
) -> list[SignsOfRepetition]:
    """Signs of each repetition [start_s, end_s), out and back.

    traces     `task.signals` by name, of the same frames
    rest       the person's values at rest by the same names (`rest_of`); trunk, head and shoulders
               are judged by how far they leave it, elbows and the difference of two arms as they are
    good_side  what raising the good arm lifts its shoulder; without it a hike is UNCALIBRATED

    A sign is measured where its frames are 80 % of the repetition, or 50 % and they were enough to
    decide; it is NOISE where its signal trembles at rest by a quarter of the threshold or more. Head
    and asymmetry are not judged while the trunk leans, asymmetry not while an elbow is bent.
    Raises ValueError where a trace is missing or of other frames.
    """
    missing = [name for name in task.signals if name not in traces]
    if missing:
        raise ValueError(f"traces are missing: {', '.join(missing)}")
    if len({len(traces[name]) for name in task.signals}) > 1:
        raise ValueError("the traces are not of the same frames")
    t_s = traces["trunk_lean"].t_s
    with np.errstate(all="ignore"):
        series = _all_series(traces, rest, task, thresholds, good_side)
    ordered = np.maximum.accumulate(np.where(np.isfinite(t_s), t_s, -np.inf))
    found = []
    for start_s, end_s in repetitions:
        first, stop = np.searchsorted(ordered, [start_s, end_s], side="left")
        which = slice(int(first), int(stop))
        signs = tuple(_judged(t_s[which], each, which, thresholds) for each in series)
        found.append(SignsOfRepetition(start_s, end_s, signs))
    return found


def _all_series(
    traces: Mapping[str, Trace],
    rest: Mapping[str, Resting],
    task: Task,
    thresholds: CompensationThresholds,
    good_side: LiftCurve | None,
) -> list[_Series]:
    """Each sign that is asked of the task, over all frames."""
    at = _At(traces, rest, thresholds)
    lean, head = at.from_rest("trunk_lean"), at.from_rest("head_tilt")
    upright = lean.x < thresholds.suppression_deg
    straight = np.ones(len(lean.x), dtype=np.bool_)
    found = [lean, head.where(upright)]
    for side in task.arms:
        elbow = at.elbow(side, above=task.straight == "at the farthest")
        straight &= elbow.x >= thresholds.elbow_angle_deg
        if task.straight != "not asked":
            found.append(elbow)
    if task.both:
        found.append(at.asymmetry().where(upright & straight))
    return found + [at.hike(side, good_side or LiftCurve()) for side in task.arms]


@dataclass(frozen=True, slots=True)
class _At:
    """What the series are made of."""

    traces: Mapping[str, Trace]
    rest: Mapping[str, Resting]
    thresholds: CompensationThresholds

    def from_rest(self, sign: Sign) -> _Series:
        """How far the trace of that name is from rest, either way."""
        trace, at_rest = self.traces[sign], self.rest.get(sign, _NO_REST)
        x = np.abs(_steadied(trace) - at_rest.value)
        return _Series(sign, "", x, self._why(trace, at_rest, self.thresholds.of(sign), compared=True))

    def elbow(self, side: Side, *, above: bool) -> _Series:
        trace = self.traces[f"elbow_flexion.{side}"]
        range_deg = 180.0 - self.thresholds.elbow_angle_deg
        why = self._why(trace, self.rest.get(f"elbow_flexion.{side}", _NO_REST), range_deg)
        return _Series("elbow_extension", side, 180.0 - _steadied(trace), why, above)

    def asymmetry(self) -> _Series:
        trace, at_rest = self.traces["arm_asymmetry"], self.rest.get("arm_asymmetry", _NO_REST)
        why = self._why(trace, at_rest, self.thresholds.arm_asymmetry_deg)
        return _Series("arm_asymmetry", "", np.abs(_steadied(trace)), why)

    def hike(self, side: Side, good: LiftCurve) -> _Series:
        elevation, height = self.traces[f"shoulder_elevation.{side}"], self.traces[f"shoulder_height.{side}"]
        at_rest = self.rest.get(f"shoulder_height.{side}", _NO_REST)
        rise = _steadied(height) - at_rest.value
        x = rise - good.at(_steadied(elevation))
        why = self._why(height, at_rest, self.thresholds.shoulder_hike, compared=True)
        why = np.where(why == Validity.GOOD, elevation.why, why)
        why[(why == Validity.GOOD) & ~np.isfinite(x)] = Validity.UNCALIBRATED
        return _Series("shoulder_hike", side, x, why, rise=rise)

    def _why(self, trace: Trace, at_rest: Resting, threshold: float, *, compared: bool = False) -> Reasons:
        """The trace's reasons; what it saw may still have no rest to compare with, or too noisy a one."""
        why = trace.why.copy()
        if compared and not math.isfinite(at_rest.value):
            why[trace.good] = Validity.NO_BASELINE
        elif at_rest.noise > NOISE_SHARE * threshold:
            why[trace.good] = Validity.NOISE
        return why


def _judged(t_s: Array, series: _Series, which: slice, thresholds: CompensationThresholds) -> SignOf:
    """One sign in the frames of one repetition."""
    sign, x, why = series.sign, series.x[which], series.why[which]
    x = np.where(why == Validity.GOOD, x, np.nan)
    value = sustained(t_s, x, held_s=thresholds.held_s, above=series.above)
    # an arm on its way from the lap points at the camera for a moment: what counts is the middle of it
    about_x = x[len(x) // 4 : len(x) - len(x) // 4] if series.farthest else x
    coverage = float(np.isfinite(about_x).mean()) if len(about_x) else 0.0
    passed = thresholds.passed(sign, value)
    if series.rise is not None:
        lifted = np.where(np.isfinite(x), series.rise[which], np.nan)
        passed &= thresholds.passed("shoulder_rise", sustained(t_s, lifted, held_s=thresholds.held_s))
    # what was seen beyond the threshold stays so, whatever was not seen
    beyond = not passed if series.farthest else passed
    decided = coverage >= ENOUGH or (beyond and coverage >= CERTAIN)
    reason = Validity.GOOD
    if not (math.isfinite(value) and decided):
        bad = why[why != Validity.GOOD]
        reason = Validity(int(np.bincount(bad).argmax())) if len(bad) else Validity.TOO_FEW
    about: dict[str, str | int | float] = {
        "held_ms": round(1000 * thresholds.held_s),
        "threshold": round(thresholds.of(sign), 3),
    }
    how = Message(f"how.{sign}", about)
    unit = _UNIT.get(sign, "deg")
    measured = Measured(sign, series.side, value, unit, how, reason, coverage)
    return SignOf(measured, passed and measured.good, sign in EXPERIMENTAL)
