"""Steps: events of each side, and cadence, evenness and symmetry made of them.

Source: MEASURES section 7; walking events after Hii 2023 (heel-strike where the foot is farthest in
front of the hip, toe-off where it is farthest behind). Deviations: an event is where the foot or
knee comes up through 30 % of its own range, and the next one needs it to have been under 20 % in
between, so that a trembling foot on the threshold is one step.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from rehabgames.core.pose import Array, Mask
from rehabgames.measures.cycles import changes
from rehabgames.measures.peaks import peaks, robust_range
from rehabgames.measures.samples import (
    Index,
    bridge_s,
    crossing_s,
    in_order,
    median,
    variation_percent,
    whole,
)

UP_SHARE: Final = 0.30
DOWN_SHARE: Final = 0.20
REFRACTORY_S: Final = 0.25
FEWEST_FOR_CV: Final = 10
FEWEST_PER_SIDE: Final = 5
PAUSE_S: Final = 2.0
PAUSE_TIMES: Final = 3.0  # usual step times, from where on a break is a pause
NOISE_TIMES: Final = 8.0  # a range under this many RMS of the noise is noise
WALKING_PROMINENCE: Final = 0.3


class SideSteps(NamedTuple):
    """(k,) times of one side's steps in order, and how high each was, in the signal's unit."""

    at_s: Array
    lift: Array


class Steps(NamedTuple):
    """(k,) times of both sides' steps in order, and which are the left ones."""

    at_s: Array
    left: Mask


NO_STEPS: Final = SideSteps(np.zeros(0), np.zeros(0))


@np.errstate(all="ignore")
def step_events(t_s: Array, height: Array, *, floor: float | None = None, least: float = 0.0) -> SideSteps:
    """Steps in the height of one foot or knee (n,) at times (n,).

    Times are interpolated, and at least 250 ms apart; lift is the highest sample until the next
    step, over the lowest of the range. floor is what the foot stands on: lower values count as it
    (None: the 2nd percentile). A range under `least`, or under 8 RMS of the noise, has no steps.
    """
    times, x = in_order(t_s, height)
    if len(times) < 3:
        return NO_STEPS
    x = x if floor is None else np.maximum(x, floor)
    low, high = robust_range(x)
    low = low if floor is None else floor
    way = high - low
    if not way > max(least, NOISE_TIMES * jitter(x)):
        return NO_STEPS
    at, up = changes(x, low + UP_SHARE * way, low + DOWN_SHARE * way)
    at = at[up & (at > 0)]
    event_s = crossing_s(times, x, at, low + UP_SHARE * way, bridge_s(times))
    kept = _apart(event_s, REFRACTORY_S)
    at, event_s = at[kept], event_s[kept]
    lift = np.maximum.reduceat(x, at) - low if len(at) else np.zeros(0)
    return SideSteps(event_s, np.asarray(lift))


def jitter(x: Array) -> float:
    """RMS of white noise in an evenly sampled series, from its second differences, robustly."""
    if len(x) < 3:
        return 0.0
    return float(np.median(np.abs(np.diff(x, 2)))) / (0.6745 * math.sqrt(6.0))


def both_sides(left_s: Array, right_s: Array) -> Steps:
    """Steps of both sides in order of time."""
    at_s = np.concatenate([left_s, right_s])
    order = np.argsort(at_s, kind="stable")
    return Steps(at_s[order], (np.arange(len(at_s)) < len(left_s))[order])


def cadence(at_s: Array) -> float:
    """Steps a minute, 60·(n - 1)/(last - first); NaN for fewer than two, or times that do not ascend."""
    t = np.asarray(at_s, dtype=np.float64)
    with np.errstate(all="ignore"):
        good = len(t) > 1 and bool((np.diff(t) > 0).all()) and math.isfinite(t[-1] - t[0])
        return 60.0 * (len(t) - 1) / float(t[-1] - t[0]) if good else math.nan


@np.errstate(all="ignore")
def step_times(steps: Steps, seen_s: Array | None = None) -> tuple[Array, Mask]:
    """(k,) seconds from a step of one side to the next step, of the other side; and (k,) whether that
    next one is the left one, so that it is a left step time.

    Left out are pauses (over 2 s and over 3 usual step times), two steps of the same side, between
    which one was missed, and, where the times of the seen samples are given, steps about a gap.
    """
    lasted, other = np.diff(steps.at_s), steps.left[1:] != steps.left[:-1]
    good = other & ~_pauses(lasted)
    if seen_s is not None and len(seen_s):
        good &= whole(seen_s, steps.at_s[:-1], steps.at_s[1:], bridge_s(seen_s))
    return lasted[good], np.asarray(steps.left[1:][good])


def step_time_cv(lasted_s: Array) -> float:
    """100·SD/mean of the step times; NaN for fewer than 10 steps, which are 9 step times."""
    return variation_percent(lasted_s, FEWEST_FOR_CV - 1)


def step_time_asymmetry(lasted_s: Array, left: Mask) -> float:
    """Bounded index 100·(L - R)/(L + R) of the median step times; NaN for fewer than 5 of a side."""
    of_left, of_right = lasted_s[left], lasted_s[~left]
    if min(len(of_left), len(of_right)) < FEWEST_PER_SIDE:
        return math.nan
    a, b = median(of_left), median(of_right)
    return 100.0 * (a - b) / (a + b) if a + b > 0 else math.nan


class WalkingEvents(NamedTuple):
    """(k,) heel-strikes and (m,) toe-offs of one side, s."""

    heel_strikes_s: Array
    toe_offs_s: Array


@np.errstate(all="ignore")
def walking_events(t_s: Array, hip_x: Array, foot_x: Array, towards: int) -> WalkingEvents:
    """From the side: hip and foot (n,) along the walk, in any unit; towards is +1 where x grows forward.

    Events are the tops and bottoms of parabolas through the samples, at least 250 ms apart.
    Raises ValueError where towards is neither +1 nor -1.
    """
    if towards not in {1, -1}:
        raise ValueError(f"the direction of walking is +1 or -1, not {towards}")
    ahead = np.asarray(foot_x, dtype=np.float64) - np.asarray(hip_x, dtype=np.float64)
    times, x = in_order(t_s, towards * ahead)
    low, high = robust_range(x)
    if len(times) < 3 or not high - low > NOISE_TIMES * jitter(x):
        return WalkingEvents(np.zeros(0), np.zeros(0))
    least, longest_s = WALKING_PROMINENCE * (high - low), bridge_s(times)
    strikes, offs = (peaks(times, sign * x, least, longest_s).t_s for sign in (1.0, -1.0))
    return WalkingEvents(strikes[_apart(strikes, REFRACTORY_S)], offs[_apart(offs, REFRACTORY_S)])


def _pauses(lasted_s: Array) -> Mask:
    usual = median(lasted_s)
    return np.asarray((lasted_s > PAUSE_S) & (lasted_s > PAUSE_TIMES * usual))


def _apart(at_s: Array, least_s: float) -> Index:
    """Indices of times (k,), in order, of which each is `least_s` or more after the one kept before it."""
    kept: list[int] = []
    last = -math.inf
    for i, when in enumerate(at_s.tolist()):
        if when - last >= least_s:
            kept.append(i)
            last = when
    return np.array(kept, dtype=np.intp)
