"""The typical value of many: one Measured of a session from those of its reaches or repetitions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

import numpy as np

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message

FEWEST = 3  # MEASURES 2: two to three trials suffice for most
# smoothness and the time to peak vary more from one reach to the next
MORE_OF = {"sparc": 5, "ldlj": 5, "movement_units": 5, "time_to_peak": 5}


def typical(each: Iterable[Measured], of: str) -> list[Measured]:
    """Median of the good ones, per name, in the order in which names come.

    coverage is the share that was good. Where fewer are good than are needed the reason is the
    commonest of those that were not, and TOO_FEW where all were. `how` gets n, how many counted. plus_minus
    does not shrink with their number: it is what is wrong with all of them alike.
    """
    by_name: dict[str, list[Measured]] = {}
    for one in each:
        by_name.setdefault(one.name, []).append(one)
    return [_median(name, group, of) for name, group in by_name.items()]


def _median(name: str, group: list[Measured], of: str) -> Measured:
    good = [one for one in group if one.good]
    bad = [one.validity for one in group if not one.good]
    validity = Validity.GOOD
    if len(good) < MORE_OF.get(name, FEWEST):
        validity = Counter(bad).most_common(1)[0][0] if bad else Validity.TOO_FEW
    value = float(np.median([one.value for one in good])) if good else math.nan
    model = (good or group)[0]
    how = Message(model.how.id, {**model.how.params, "n": len(good)})
    within = float(np.median([one.plus_minus for one in good])) if good else math.nan
    return Measured(name, of, value, model.unit, how, validity, len(good) / len(group), within)
