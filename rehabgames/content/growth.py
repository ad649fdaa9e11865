"""Growth: whether an axis of difficulty can be felt to get harder while the exercise is played."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

from rehabgames.content.known import AxisRange

# of the way from start to hardest: where every try succeeds and it moved by less, nothing has got harder
LEAST_SHARE: Final = 0.1
SESSION: Final = 20  # tries at least: a dose that is shorter for once has no small step
UNMOVED: Final = "fixed"  # the adapter that takes no steps


def growth_findings(
    axes: Mapping[str, AxisRange], levels: Mapping[str, Mapping[str, float]], repetitions: float, adapter: Any
) -> Iterator[tuple[str, str]]:
    """(key, what) of axes whose range, or whose step, is so small that it makes no difference."""
    tries = max(SESSION, repetitions)
    for name, level in levels.items():
        if name not in axes or not {"easiest", "hardest", "start", "step"} <= level.keys():
            continue
        wide, ahead = (abs(level["hardest"] - level[end]) for end in ("easiest", "start"))
        step = level["step"]
        if wide <= 0 or not 0 < step <= wide:
            continue  # the schema says so
        least = axes[name].least
        if wide < least * (1 - 1e-9):
            what = f"must be {least:g} or more away from easiest ({level['easiest']:g}), or nobody notices"
            yield f"axes.{name}.hardest", f"{what}, got {level['hardest']:g}"
        elif adapter != UNMOVED and tries * step < LEAST_SHARE * ahead * (1 - 1e-9):
            enough = _rounded_up(LEAST_SHARE * ahead / tries)
            moved = f"{tries:g} successes move it by {tries * step:.2g} of {ahead:.2g}"
            what = f"must be {enough:g} or more, or it never gets harder: {moved}, got {step:g}"
            yield f"axes.{name}.step", what


def _rounded_up(number: float) -> float:
    """To two digits."""
    unit = 10.0 ** (math.floor(math.log10(number)) - 1)
    return float(f"{math.ceil(number / unit - 1e-9) * unit:.2g}")
