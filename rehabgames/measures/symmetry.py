"""Symmetry of two sides: the eight published formulas, and an index from repetitions of each side.

Sources: Lauzière 2014, Int J Phys Med Rehabil 2:201, table 1 (all eight); Robinson 1987; Zifchock 2008
for the angle. MEASURES section 5. Deviation: two sides of opposite sign have no ratio, so they give
NaN instead of a number beyond the index's bounds; two negative sides are compared by their size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final, overload

import numpy as np
import numpy.typing as npt

from rehabgames.core.errors import unknown_name
from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array

FEWEST_REPETITIONS = 5
NOISE_TIMES = 3.0


def _angle(a: Array, b: Array) -> Array:
    turned = np.degrees(np.arctan2(np.abs(a), np.abs(b)))
    return np.where((a == 0) & (b == 0), np.nan, (45.0 - turned) / 90.0 * 100.0)


# name → formula, its text, and the unit of the result ("" = the unit of what is compared)
_METHODS: Final[Mapping[str, tuple[Callable[[Array, Array], Array], str, str]]] = {
    "difference": (lambda a, b: a - b, "a - b", ""),
    "ratio": (lambda a, b: a / b, "a / b", "ratio"),
    "share_of_first": (lambda a, b: (a - b) / a * 100.0, "100 (a - b) / a", "%"),
    "share_of_larger": (
        lambda a, b: (np.abs(a) - np.abs(b)) / np.maximum(np.abs(a), np.abs(b)) * 100.0,
        "100 (a - b) / max(a, b)",
        "%",
    ),
    "robinson": (lambda a, b: (a - b) / (a / 2 + b / 2) * 100.0, "100 (a - b) / (0.5 (a + b))", "%"),
    "bounded": (lambda a, b: (a / 2 - b / 2) / (a / 2 + b / 2) * 100.0, "100 (a - b) / (a + b)", "%"),
    "part": (lambda a, b: a / 2 / (a / 2 + b / 2) * 100.0, "100 a / (a + b)", "%"),
    "angle": (_angle, "100 (45 - atan(a / b)) / 90", "%"),
}
METHODS: Final[Mapping[str, str]] = {name: text for name, (_, text, _) in _METHODS.items()}


@overload
def symmetry_index(a: float, b: float, method: str = "bounded") -> float: ...
@overload
def symmetry_index(a: npt.ArrayLike, b: npt.ArrayLike, method: str = "bounded") -> float | Array: ...
@np.errstate(all="ignore")
def symmetry_index(a: npt.ArrayLike, b: npt.ArrayLike, method: str = "bounded") -> float | Array:
    """How unlike two sides are; 0 for equal sides, but 1 for "ratio" and 50 for "part".

    a, b     numbers, or arrays that are compared element by element, of one unit
    method   a key of METHODS, whose values say the formulas. "bounded" lies within -100..100, positive
             where a is larger; "angle" within -50..50, positive where b is larger.

    Returns a float, or an array for arrays; NaN where a or b is not finite, where the formula divides
    by zero, and (but for "difference") where the two are of opposite sign.
    Raises UnknownNameError for a method that does not exist.
    """
    if method not in _METHODS:
        raise unknown_name("symmetry method", str(method), _METHODS)
    first, second = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    index = np.asarray(_METHODS[method][0](first, second))
    if method != "difference":
        index = np.where(np.sign(first) * np.sign(second) < 0, np.nan, index)
    index = np.where(np.isfinite(first) & np.isfinite(second) & np.isfinite(index), index, np.nan)
    return float(index) if index.ndim == 0 else index


def symmetry(
    of: str, *, right: npt.ArrayLike, left: npt.ArrayLike, noise: float, unit: str, method: str = "bounded"
) -> Measured:
    """Symmetry of a signal or measure over the repetitions of each side, by their medians.

    of       what is compared, such as "shoulder_abduction"
    right    (n,) one value per repetition in `unit`; NaN for one that could not be measured; left alike
    noise    what rest alone gives of it, same unit
    A positive "bounded" index means that the right is larger. NaN where a side has fewer than five
    values (TOO_FEW), where both sides are under three times the noise (NOISE), and where the noise is
    not known (NO_BASELINE). Raises UnknownNameError for a method that does not exist.
    """
    if method not in _METHODS:
        raise unknown_name("symmetry method", str(method), _METHODS)
    sides = [np.asarray(side, dtype=np.float64).ravel() for side in (right, left)]
    kept = [side[np.isfinite(side)] for side in sides]
    medians = [float(np.median(side)) if len(side) else math.nan for side in kept]
    if min(len(side) for side in kept) < FEWEST_REPETITIONS:
        validity = Validity.TOO_FEW
    elif not (math.isfinite(noise) and noise >= 0):
        validity = Validity.NO_BASELINE
    elif max(abs(median) for median in medians) < NOISE_TIMES * noise:
        validity = Validity.NOISE
    else:
        validity = Validity.GOOD
    how = Message(
        "how.symmetry_index",
        {"formula": METHODS[method], "right": medians[0], "left": medians[1], "unit": unit},
    )
    every = sum(len(side) for side in sides)
    return Measured(
        name="symmetry_index",
        of=of,
        value=symmetry_index(medians[0], medians[1], method),
        unit=_METHODS[method][2] or unit,
        how=how,
        validity=validity,
        coverage=sum(len(side) for side in kept) / every if every else 0.0,
    )
