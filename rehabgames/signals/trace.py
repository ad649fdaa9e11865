"""Trace: one signal over time, and for every frame whether it could be measured."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rehabgames.core.measured import Validity
from rehabgames.core.pose import Array, Mask

Reasons = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """A signal of n frames.

    t_s   (n,) seconds, as recorded: not uniform, and maybe not even in order
    x     (n,) in `unit`; NaN wherever `why` is not GOOD, and nowhere else
    why   (n,) uint8 of Validity
    """

    name: str
    unit: str
    t_s: Array
    x: Array
    why: Reasons

    def __len__(self) -> int:
        return len(self.x)

    @property
    def good(self) -> Mask:
        return np.asarray(self.why == Validity.GOOD)

    @property
    def coverage(self) -> float:
        """Share of frames that are good; 0 for no frames."""
        return float(self.good.mean()) if len(self) else 0.0

    @property
    def reason(self) -> Validity:
        """The commonest reason of the frames that are not good; TOO_FEW for no frames, else GOOD."""
        if not len(self):
            return Validity.TOO_FEW
        bad = self.why[self.why != Validity.GOOD]
        return Validity(int(np.bincount(bad).argmax())) if len(bad) else Validity.GOOD
