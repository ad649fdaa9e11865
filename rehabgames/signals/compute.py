"""compute: frames → signals by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from rehabgames.core.landmarks import POSE, SIDES, Side
from rehabgames.core.pose import Array, Mask, PoseFrame, Recording
from rehabgames.signals import presence
from rehabgames.signals.catalogue import Signal, resolve
from rehabgames.signals.scale import BodyScale

SEEN = 0.5  # visibility below which a landmark is a guess (MEASURES 1, pitfalls)


@np.errstate(all="ignore")  # what cannot be computed is NaN, which the end of it sees to
def compute(
    frames: Recording | Sequence[PoseFrame],
    names: Iterable[str],
    *,
    scale: BodyScale | None = None,
    present: Mask | None = None,
    seen: float = SEEN,
) -> dict[str, Array]:
    """Signals over time.

    frames   a Recording or its frames, n of them
    names    "hand_height.left", or bare: the side that the camera sees better over these frames
    scale    apparent segment lengths; None estimates them from these frames
    present  (n,) where a person is; None judges it from these frames. Signals of the hand alone
             need no person: the hand model judges the hand.

    seen     least visibility of a needed landmark

    Returns name → (n,) array in the signal's unit; NaN where there is no person, where a needed
    landmark's visibility is under `seen`, or where the scale is unknown. Raises UnknownNameError.
    """
    rec = frames if isinstance(frames, Recording) else Recording.of(frames)
    wanted = {name: resolve(name) for name in names}
    scale = BodyScale.of(rec) if scale is None else scale
    if present is None and any(not signal.by_hand for signal, _ in wanted.values()):
        present = presence.judge(rec)
    values: dict[str, Array] = {}
    for name, (signal, asked) in wanted.items():
        side = asked or (better_side(rec, signal) if signal.sided else "right")
        x = signal.formula(rec, side, scale)
        if not signal.by_hand:
            assert present is not None
            x = np.where(present & _believed(rec, signal, side, seen), x, np.nan)
        values[name] = np.where(np.isfinite(x), x, np.nan)
    return values


def better_side(rec: Recording, signal: Signal) -> Side:
    """The side whose needed landmarks are seen better on average; right where they tie."""

    def how_well(side: Side) -> float:
        if signal.by_hand:
            return float(np.isfinite(rec.hands_px[:, SIDES.index(side), 0, 0]).sum())
        return float(np.nansum(rec.visibility[:, _needed(signal, side)]))

    return "left" if how_well("left") > how_well("right") else "right"


def _needed(signal: Signal, side: Side) -> list[int]:
    return [POSE[name.format(side=side)] for name in signal.needs]


def _believed(rec: Recording, signal: Signal, side: Side, seen: float) -> Mask:
    good: Mask = np.all(rec.visibility[:, _needed(signal, side)] >= seen, axis=1)
    return good
