"""What a session in which no arm reached can be measured by: shifts of weight, and one hand alone.

The measures of reaches ask how a hand went from one place to another. Where the trunk leans, hands are
carried along and elbows rest; where a hand alone is seen, there is no body. What would then come of those
measures is left out, not refused: it was never asked. All is of the time of play: what a calibration asks
is another movement.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from rehabgames.core.measured import Measured
from rehabgames.measures.finger_taps import measure_tapping
from rehabgames.measures.hand import measure_grasp
from rehabgames.measures.material import Material, Practised
from rehabgames.measures.of_body import noise_at_rest
from rehabgames.measures.of_dose import seen_share
from rehabgames.measures.range_of_motion import measure_range
from rehabgames.signals import Trace

ENDS: Final = (("left", -1), ("right", 1))
# what the beat and the rests between bars make of taps says nothing of the hand
PACED: Final = frozenset({"tap_halts", "inter_tap_cv", "tap_frequency"})
OF_TAPS: Final = frozenset({"hand_range_used"})


def shift_measures(material: Material, practised: Practised) -> list[Measured]:
    """How far trunk or weight went to either side of where it rests; of: signal.left and signal.right."""
    signal = practised.signal
    trace = _in_play(material, signal)
    results = [seen_share(material.present)]
    for side, towards in ENDS:
        noise = noise_at_rest(material, signal)
        found = measure_range(trace, neutral=practised.rest, towards=towards, noise=noise)
        results += [replace(each, of=f"{signal}.{side}") for each in found]
    return results


def close_up_measures(material: Material, practised: Practised) -> list[Measured]:
    """How the hand opened and closed, by the signal that it played with."""
    trace = _in_play(material, practised.signal)
    results = [seen_share(np.isfinite(trace.x))]
    grasps = measure_grasp(trace, practised.hand)
    if not practised.taps:
        return results + grasps
    results += [each for each in grasps if each.name in OF_TAPS]
    return results + [each for each in measure_tapping(trace) if each.name not in PACED]


def _in_play(material: Material, signal: str) -> Trace:
    """From the first cue to the end of the last trial; all of it where there was none."""
    trace = material.traces[signal]
    if not material.tries:
        return trace
    first_s, last_s = material.tries[0].cue_s, material.tries[-1].end_s
    played = (trace.t_s >= first_s) & (trace.t_s <= last_s)
    return replace(trace, t_s=trace.t_s[played], x=trace.x[played], why=trace.why[played])
