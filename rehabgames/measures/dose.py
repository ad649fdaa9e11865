"""Dose: how much was done — repetitions, active time, and its share of the session (MEASURES section 10).

A repetition goes out and back by over 20 % of the person's own range of motion and lasts at least
0.3 s; one that is held to the end counts too (see `repetitions`). Active is whoever moves faster than
three times the noise; pauses of under 2 s between two such moments are bridged (Lang 2009, Waddell 2014,
Connell 2014 report what usual care and trials reach).
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array
from rehabgames.measures.repetitions import Repetition, count
from rehabgames.signals.signal import Swing
from rehabgames.signals.trace import Trace

LEAST_SHARE: Final = 0.20
SHORTEST_S: Final = 0.3
SLACK_S: Final = 1e-6
BACK_SHARE: Final = 0.1
NOISE_TIMES: Final = 3.0
BRIDGED_S: Final = 2.0
LONGEST_FRAME_S: Final = 0.5  # a frame never stands for more time than this


class ActiveTime(NamedTuple):
    """Seconds: active, bridged pauses included; watched, in which the speed was known; and from the
    first to the last time stamp. share is active / (first to last), NaN where nothing was seen."""

    active_s: float
    watched_s: float
    whole_s: float
    share: float


def repetitions(
    t_s: npt.ArrayLike, x: npt.ArrayLike, range_of_motion: float, *, rising: bool = True
) -> list[Repetition]:
    """Repetitions of a signal x (n,) at t_s (n,) by the rule above.

    range_of_motion  of this person, in the unit of x; rising False counts falls of x.
    NaN samples and times that do not ascend are left out; a range that is not positive gives none.
    """
    times, values = np.asarray(t_s, dtype=np.float64), np.asarray(x, dtype=np.float64)
    if not (math.isfinite(range_of_motion) and range_of_motion > 0):
        return []
    times, values = _ascending(times, values)
    if len(times) < 2:
        return []
    found = count(times, values, Swing(LEAST_SHARE * range_of_motion, towards=1 if rising else -1))
    sign = 1.0 if rising else -1.0
    return [each for each in found if _lasts(times, sign * values, each) >= SHORTEST_S - SLACK_S]


@np.errstate(all="ignore")
def active_time(t_s: npt.ArrayLike, speed: npt.ArrayLike, noise_speed: float) -> ActiveTime:
    """Active seconds of a speed (n,) at t_s (n,), and what they are a share of.

    noise_speed  speed that rest alone gives, unit of speed (MEASURES 0.7). A frame stands for the time
    until the next one, at most 0.5 s; a NaN speed is not active, and bridged like a pause.
    NaN everywhere for fewer than two frames, and for a noise that is not a number from 0 on.
    """
    times, values = np.asarray(t_s, dtype=np.float64), np.asarray(speed, dtype=np.float64)
    kept = _advancing(times)
    times, values = times[kept], values[kept]
    if len(times) < 2 or not (math.isfinite(noise_speed) and noise_speed >= 0):
        return ActiveTime(math.nan, math.nan, math.nan, math.nan)
    whole_s = float(times[-1] - times[0])
    lasts = np.minimum(np.diff(times), LONGEST_FRAME_S)
    known = np.isfinite(values)[:-1]
    moving = known & (values[:-1] > NOISE_TIMES * noise_speed)
    on = np.flatnonzero(moving)
    if not len(on):
        return ActiveTime(0.0, float(lasts[known].sum()), whole_s, 0.0)
    pauses = times[on[1:]] - (times[on[:-1]] + lasts[on[:-1]])
    active_s = float(lasts[on].sum() + pauses[pauses < BRIDGED_S].sum())
    return ActiveTime(active_s, float(lasts[known].sum()), whole_s, active_s / whole_s)


def dose(trace: Trace, range_of_motion: float, speed: Trace, noise_speed: float) -> list[Measured]:
    """ "repetitions" of one signal, "active_minutes" and "active_share" (0..1) of the working hand.

    trace  the signal whose repetitions count, with the person's own range_of_motion in its unit
    speed  of the hand, any unit per second, with the speed that rest alone gives in that unit
    UNCALIBRATED without a range of motion, NO_BASELINE without a noise speed, the trace's own reason
    where nothing was seen.
    """
    calibrated = math.isfinite(range_of_motion) and range_of_motion > 0
    seen = trace.coverage > 0
    counted = len(repetitions(trace.t_s, trace.x, range_of_motion))
    why = trace.reason if not seen else Validity.GOOD if calibrated else Validity.UNCALIBRATED
    how = Message("how.repetitions", {"least": LEAST_SHARE * range_of_motion, "unit": trace.unit})
    found = [Measured("repetitions", trace.name, float(counted), "count", how, why, trace.coverage)]
    active = active_time(speed.t_s, speed.x, noise_speed)
    if speed.coverage == 0:
        reason = speed.reason
    elif not (math.isfinite(noise_speed) and noise_speed >= 0):
        reason = Validity.NO_BASELINE
    else:
        reason = Validity.GOOD if math.isfinite(active.active_s) else Validity.TOO_FEW
    numbers: dict[str, str | int | float] = {
        "threshold": NOISE_TIMES * noise_speed,
        "unit": speed.unit,
        "minutes": active.whole_s / 60,
    }
    minutes = Message("how.active_minutes", numbers)
    share = Message("how.active_share", numbers)
    covered = speed.coverage
    found.append(Measured("active_minutes", "", active.active_s / 60, "min", minutes, reason, covered))
    found.append(Measured("active_share", "", active.share, "ratio", share, reason, covered))
    return found


def _advancing(t_s: Array) -> npt.NDArray[np.bool_]:
    """(n,) True where a time is finite and later than all before it."""
    finite = np.isfinite(t_s)
    latest = np.maximum.accumulate(np.concatenate([[-np.inf], np.where(finite, t_s, -np.inf)]))[:-1]
    return np.asarray(finite & (t_s > latest))


def _ascending(t_s: Array, x: Array) -> tuple[Array, Array]:
    kept = np.isfinite(x)
    t_s, x = t_s[kept], x[kept]
    kept = _advancing(t_s)
    return t_s[kept], x[kept]


def _lasts(t_s: Array, x: Array, rep: Repetition) -> float:
    """From the onset until it has come back to where it began, or to the end where it was held."""
    onset, top = np.searchsorted(t_s, (rep.onset_s, rep.top_s))
    level = x[onset] + BACK_SHARE * rep.rise
    back = np.flatnonzero(x[top:] <= level)
    end = top + back[0] if len(back) else len(x) - 1
    return float(t_s[end] - t_s[onset])
