"""compute: frames → signals by name. examine: the same with the reason of every number that is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt

from rehabgames.core.landmarks import POSE, SIDES, Side
from rehabgames.core.measured import Validity
from rehabgames.core.pose import Array, Mask, PoseFrame, Recording
from rehabgames.signals import presence
from rehabgames.signals.catalogue import resolve
from rehabgames.signals.scale import SEEN, SEGMENTS, BodyScale
from rehabgames.signals.signal import CameraView, Signal
from rehabgames.signals.trace import Reasons, Trace
from rehabgames.signals.view import seen_from
from rehabgames.signals.windows import median_around

Indices = npt.NDArray[np.intp]

SHORTENED = 0.85  # apparent over calibrated length below which a segment points at the camera (MEASURES 0.3)
SHORTENED_OVER_S = 0.25  # one trembling frame does not make a segment point anywhere
_GOOD = np.uint8(Validity.GOOD)  # numpy takes five times as long to compare with a member of an enum
FARTHEST = 3.0  # pictures beside the picture: no landmark of a body in it lies farther out


def compute(
    frames: Recording | Sequence[PoseFrame],
    names: Iterable[str],
    *,
    scale: BodyScale | None = None,
    present: Mask | None = None,
    seen: float = SEEN,
    gated: bool = True,
) -> dict[str, Array]:
    """Signals over time: name → (n,) array in the signal's unit, NaN where it cannot be measured.

    Parameters, errors and the rule of what is NaN: see `examine`.
    """
    return {
        name: trace.x
        for name, trace in examine(
            frames, names, scale=scale, present=present, seen=seen, gated=gated
        ).items()
    }


@np.errstate(all="ignore")  # what cannot be computed is NaN, which the end of it sees to
def examine(
    frames: Recording | Sequence[PoseFrame],
    names: Iterable[str],
    *,
    scale: BodyScale | None = None,
    present: Mask | None = None,
    seen: float = SEEN,
    gated: bool = True,
) -> dict[str, Trace]:
    """Signals over time, and for every frame why there is none.

    frames   a Recording or its frames, n of them
    names    "hand_height.left", or bare: the side that the camera sees better over these frames
    scale    apparent segment lengths; None estimates them from these frames
    present  (n,) where a person is; None judges it from these frames. Signals of the hand alone
             need no person: the hand model judges the hand.
    seen     least visibility of a needed landmark
    gated    False leaves out the two gates that ask how the body stands to the camera
             (FORESHORTENED, VIEW): for steering, guarding and counting, which need to know that
             something moved, not how many degrees it is

    Returns name → Trace. A frame that is not later than those before it is TIME; then come NOBODY
    (or NO_HAND), UNSEEN, NO_SCALE, VIEW, FORESHORTENED and BAD_NUMBER, the first that holds.
    Raises UnknownNameError, and UseError for frames with another number of landmarks.
    """
    rec = frames if isinstance(frames, Recording) else Recording.of(frames)
    wanted = {name: resolve(name) for name in names}
    if not wanted:
        return {}
    late = in_order(rec.t_s)
    if not late.all():
        rest = rec.only(late)
        kept = None if present is None else present[late]
        traces = examine(rest, wanted, scale=scale, present=kept, seen=seen, gated=gated)
        return {name: _spread(trace, rec.t_s, late) for name, trace in traces.items()}
    by_body = any(not signal.by_hand for signal, _ in wanted.values())
    if present is None and by_body:
        present = presence.judge(rec)
    if scale is None:
        scale = BodyScale.of(rec, present) if by_body else BodyScale()
    judged = _Judged(rec, scale, present, seen, gated)
    return {name: judged.trace(name, signal, asked) for name, (signal, asked) in wanted.items()}


class _Judged:
    """One recording; what several signals ask of it is found once."""

    def __init__(
        self, rec: Recording, scale: BodyScale, present: Mask | None, seen: float, gated: bool
    ) -> None:
        self._rec = rec
        self._scale = scale
        self._present = present
        self._gated = gated
        # by landmark first, so that a few of them are put together without copying all
        self._unseen = np.ascontiguousarray(~(rec.visibility >= seen).T)
        far = np.abs(rec.points_px) > FARTHEST * rec.size[:, None, :]
        self._far = np.ascontiguousarray((far[..., 0] | far[..., 1]).T)
        self._some_far = bool(self._far.any())
        self._views: dict[CameraView, Mask] = {}
        self._shortened: dict[str, Mask] = {}

    def trace(self, name: str, signal: Signal, asked: Side | None) -> Trace:
        rec = self._rec
        side = asked or (better_side(rec, signal) if signal.sided else "right")
        x = signal.formula(rec, side, self._scale)
        why = self._why(signal, side)
        good, finite = why == _GOOD, np.isfinite(x)
        why[good & ~finite] = Validity.NO_HAND if signal.by_hand else self._unscaled(signal, side)
        return Trace(name, signal.unit, rec.t_s, np.where(good & finite, x, np.nan), why)

    def _why(self, signal: Signal, side: Side) -> Reasons:
        """What is known before the formula, written from the weakest reason to the strongest."""
        why = np.zeros(len(self._rec), dtype=np.uint8)
        if signal.by_hand:
            return why
        needed = _landmarks(signal.needs, side)
        if self._some_far:
            why[np.logical_or.reduce(self._far[needed], axis=0)] = Validity.BAD_NUMBER
        if self._gated:
            for segment in signal.segments:
                why[self._short(segment.format(side=side))] = Validity.FORESHORTENED
            why[~self._from(signal.view)] = Validity.VIEW
        why[np.logical_or.reduce(self._unseen[needed], axis=0)] = Validity.UNSEEN
        assert self._present is not None
        why[~self._present] = Validity.NOBODY
        return why

    def _unscaled(self, signal: Signal, side: Side) -> Validity:
        """Why a formula gave no number on landmarks that are all there: its unit is not known."""
        by_length = signal.unit.endswith(("lengths", "widths")) and not signal.unit.startswith("ear")
        return Validity.NO_SCALE if by_length else Validity.BAD_NUMBER

    def _from(self, view: CameraView) -> Mask:
        if view not in self._views:
            self._views[view] = seen_from(self._rec, view)
        return self._views[view]

    def _short(self, segment: str) -> Mask:
        """Where this segment looks much shorter than it is; nowhere, when its length is not known."""
        if segment not in self._shortened:
            shares = SEGMENTS[segment](self._rec) / self._scale.px(segment)
            if len(shares) > 1:
                shares = median_around(shares, self._rec.t_s, SHORTENED_OVER_S)
            self._shortened[segment] = shares < SHORTENED
        return self._shortened[segment]


@cache
def _landmarks(needs: tuple[str, ...], side: Side) -> Indices:
    return np.array([POSE[name.format(side=side)] for name in needs], dtype=np.intp)


def better_side(rec: Recording, signal: Signal) -> Side:
    """The side whose needed landmarks are seen better on average; right where they tie."""

    def how_well(side: Side) -> float:
        if signal.by_hand:
            return float(np.isfinite(rec.hands_px[:, SIDES.index(side), 0, 0]).sum())
        return float(np.nansum(rec.visibility[:, _landmarks(signal.needs, side)]))

    return "left" if how_well("left") > how_well("right") else "right"


def in_order(t_s: Array) -> Mask:
    """(n,) True where a frame has a finite time that is later than every earlier one."""
    finite = np.isfinite(t_s)
    if len(t_s) == 1:  # while it happens
        return np.asarray(finite)
    highest = np.maximum.accumulate(np.where(finite, t_s, -np.inf))
    before = np.concatenate([[-np.inf], highest[:-1]])
    return np.asarray(finite & (t_s > before))[: len(t_s)]


def _spread(trace: Trace, t_s: Array, kept: Mask) -> Trace:
    """The trace of the frames in order, with the others put back as TIME."""
    x = np.full(len(t_s), np.nan)
    why = np.full(len(t_s), Validity.TIME, dtype=np.uint8)
    x[kept], why[kept] = trace.x, trace.why
    return replace(trace, t_s=t_s, x=x, why=why)
