"""Children: what an exercise file says for them is never harder than what it says for adults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from rehabgames.content.known import AxisRange
from rehabgames.content.times import KEPT
from rehabgames.core.exercise import Axis, Exercise

HARDER: Final = "or it is harder for children than for adults"


def harder_for_children(
    adults: Exercise, childs: Exercise, axes: Mapping[str, AxisRange]
) -> Iterator[tuple[str, str]]:
    """(key, what) of what is harder, or more, in the exercise as it is for children."""
    if childs.target_success < adults.target_success:
        yield "target_success", _must("or more", adults.target_success, childs.target_success)
    for key in ("repetitions", "minutes"):
        most, got = getattr(adults.dose, key), getattr(childs.dose, key)
        if got > most:
            yield f"dose.{key}", _must("or less", most, got)
    of_adults = {axis.name: axis for axis in adults.axes}
    for axis in childs.axes:
        yield from _axis(axis, of_adults.get(axis.name), adults.settings, rising=axes[axis.name].rising)


def _axis(
    axis: Axis, of_adults: Axis | None, settings: Mapping[str, float], *, rising: bool
) -> Iterator[tuple[str, str]]:
    """An axis that children alone have begins no harder than the setting in whose place it stands."""
    if of_adults is None:
        settled = _settled(axis.name, settings)
        wanted = {} if settled is None else {"start": settled}
    else:
        wanted = {end: getattr(of_adults, end) for end in ("easiest", "hardest", "start")}
    for end, level in wanted.items():
        got = getattr(axis, end)
        if got > level if rising else got < level:
            yield f"axes.{axis.name}.{end}", _must("or less" if rising else "or more", level, got)


def _settled(axis: str, settings: Mapping[str, float]) -> float | None:
    """The setting that an axis of this name stands in for; None where that is not told by its name."""
    names = {"time": ("trial_s",), "hold": KEPT}.get(axis, (axis,))
    return next((settings[name] for name in names if name in settings), None)


def _must(be: str, level: float, got: float) -> str:
    return f"must be {level:g} {be}, {HARDER}, got {got:g}"
