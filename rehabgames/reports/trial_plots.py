"""Plots over the trials of a session: what was asked and came of it, success, difficulty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rehabgames.core.trial import Space
from rehabgames.core.units import axis_unit
from rehabgames.reports.drawing import (
    BLUE,
    FAINT,
    INK,
    ORANGE,
    QUIET,
    VERMILLION,
    degrees,
    mark,
    mark_size,
)
from rehabgames.reports.facts import Facts, Try, number_in
from rehabgames.reports.terms import direction_words
from rehabgames.signals import CONTROLS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WIDTH_IN = 9.4
# so that a short way does not look like a long one
_LEAST_HIGH = {"arm": 1.0, "shift": 1.0, "middle": 0.3, "picture": 0.6, "grip": 1.0}


def asked_figure(facts: Facts) -> Figure:
    """What was asked (bar: the target, tick: its middle) and what came of it, in the unit of the goals'
    space; below it the direction, where there is one."""
    from matplotlib.figure import Figure  # noqa: PLC0415

    tries = facts.tries
    rows = facts.asked_towards
    strip_in = 0.35 + 0.22 * len(rows) if rows else 0.0
    figure = Figure(figsize=(_WIDTH_IN, 3.2 + strip_in), layout="constrained")
    if rows:
        top, strip = figure.subplots(2, 1, sharex=True, height_ratios=[3.2, strip_in])
        _directions(strip, tries, rows, facts.space)
        top.tick_params(labelbottom=False)
    else:
        top = strip = figure.subplots()
    size = mark_size(len(tries))
    heights = [_LEAST_HIGH[facts.kind]]
    for t in tries:
        low, high = _asked(facts, t)
        if high > low:
            top.bar(t.shown, high - low, bottom=low, width=0.62, color=FAINT, zorder=2)
        if t.asked:
            top.hlines(t.asked, t.shown - 0.31, t.shown + 0.31, color=QUIET, linewidth=1.2, zorder=3)
        came = t.off if facts.kind == "middle" else t.reached
        height = t.asked if came is None else came
        if height is not None:
            mark(top, t, (t.shown, height), size)
            heights.append(height + 0.15)
        heights.append(high + 0.05)
    top.set_ylabel(facts.terms.axis)
    top.set_ylim(0, max(heights))
    _legend(top, facts)
    _trial_axis(strip, len(tries))
    return figure


def _asked(facts: Facts, t: Try) -> tuple[float, float]:
    """Where the target lies on the axis; nowhere (0, 0) where its radius is none of that axis."""
    if facts.space == "grip" or t.asked is None:
        return 0.0, 0.0
    return max(0.0, t.asked - t.radius), t.asked + t.radius


def _directions(strip: Axes, tries: Sequence[Try], rows: Sequence[float], space: Space) -> None:
    size = 0.72 * mark_size(len(tries))
    for t in tries:
        if t.direction_deg is not None:
            mark(strip, t, (t.shown, rows.index(t.direction_deg)), size, "direction")
    named = [direction_words(d, space) for d in rows]
    if space != "shift":
        named = [f"{degrees(d)} {words}" for d, words in zip(rows, named, strict=True)]
    strip.set_yticks(range(len(rows)), named)
    strip.set_ylim(-0.6, len(rows) - 0.4)
    strip.tick_params(length=0, axis="y")
    strip.spines["left"].set_visible(False)


def success_figure(tries: Sequence[Try], target: float | None) -> Figure:
    """Running share of success over the last trials, the target, and each trial's own mark."""
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.ticker import PercentFormatter  # noqa: PLC0415

    figure = Figure(figsize=(_WIDTH_IN, 2.5), layout="constrained")
    axes = figure.subplots()
    size = mark_size(len(tries))
    for t in tries:
        mark(axes, t, (t.shown, 1.13 if t.success else -0.13), size)
    if target is not None:
        axes.axhline(target, color=INK, linewidth=1.0, linestyle=(0, (5, 4)), zorder=1)
        axes.annotate(
            f"aimed for {target:.0%}",
            (1.0, target),
            xycoords=("axes fraction", "data"),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            color=INK,
            annotation_clip=False,
        )
    window = success_window(tries)
    line = running_success(tries, window)
    if line:
        axes.plot([x for x, _ in line], [y for _, y in line], color=BLUE, linewidth=2.0, zorder=3)
    axes.set_ylim(-0.2, 1.2)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1.0])
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    axes.set_ylabel(f"success, last {window}")
    _trial_axis(axes, len(tries))
    return figure


def success_window(tries: Sequence[Try]) -> int:
    """Judged trials that the running share of success looks back on: more in a long session."""
    return 5 if len(tries) <= 40 else 10


def running_success(tries: Sequence[Try], window: int) -> list[tuple[int, float]]:
    """(shown, share of success among the last `window` judged trials), from the third judged on."""
    judged = [t for t in tries if t.success is not None and not t.probe]
    line = []
    for i in range(2, len(judged)):
        last = judged[max(0, i + 1 - window) : i + 1]
        line.append((judged[i].shown, sum(t.success is True for t in last) / len(last)))
    return line


def difficulty_figure(facts: Facts, ranges: dict[str, Any]) -> Figure:
    """The level of each axis over the trials, one small plot each, between easiest and hardest."""
    from matplotlib.figure import Figure  # noqa: PLC0415

    tries, names = facts.tries, facts.axes
    figure = Figure(figsize=(_WIDTH_IN, 0.4 + 1.9 * len(names)), layout="constrained")
    all_axes = figure.subplots(len(names), 1, sharex=True, squeeze=False)[:, 0]
    for axes, name in zip(all_axes, names, strict=True):
        shown = [t for t in tries if name in t.levels]
        _difficulty(axes, shown, name, ranges.get(name), mark_size(len(tries)))
        axes.set_title(axis_words(facts, name), loc="left", fontsize=9.5, color=INK)
    _trial_axis(all_axes[-1], len(tries))
    return figure


def _difficulty(axes: Axes, tries: Sequence[Try], name: str, limits: object, size: float) -> None:
    x, y = [t.shown for t in tries], [t.levels[name] for t in tries]
    axes.plot(x, y, color=BLUE, linewidth=1.4, drawstyle="steps-mid", zorder=2)
    for t in tries:
        axes.plot(
            [t.shown],
            [t.levels[name]],
            "o",
            color=BLUE,
            markersize=4,
            zorder=3,
            gid=f"{name}-trial-{t.number}",
        )
    held = [t for t in tries if t.clamped]
    if held:
        axes.plot(
            [t.shown for t in held],
            [t.levels[name] for t in held],
            "s",
            markersize=size + 3,
            markerfacecolor="none",
            markeredgecolor=ORANGE,
            markeredgewidth=1.8,
            zorder=4,
            label="held back by a limit",
        )
        axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), borderaxespad=0.2)
    given = limits if isinstance(limits, dict) else {}
    easiest, hardest = number_in(given.get("easiest")), number_in(given.get("hardest"))
    if easiest is not None and hardest is not None and easiest != hardest:
        room = 0.08 * (hardest - easiest)
        axes.set_ylim(easiest - room, hardest + room)
        for value, word in ((easiest, "easiest"), (hardest, "hardest")):
            axes.axhline(value, color=QUIET, linewidth=0.8, linestyle=(0, (1, 3)), zorder=1)
            axes.annotate(
                word,
                (1.0, value),
                xycoords=("axes fraction", "data"),
                xytext=(6, 0),
                textcoords="offset points",
                va="center",
                color=QUIET,
                annotation_clip=False,
            )


_MEANT = {
    "size": "size of the target, from its middle to its rim",
    "push": "push from the side",
    "shift": "shift to the side",
    "grip": "how far the hand is to close",
    "amplitude": "how wide the hand is to open",
    "hold": "time to hold",
    "load": "other things to choose from",
    "time": "time for a trial",
    "tempo": "tempo",
}
_SHORT = {"s": "seconds", "other things": ""}


def axis_words(facts: Facts, name: str) -> str:
    """An axis of difficulty with the unit of its levels; one that a plug-in brought by its name alone."""
    control = CONTROLS.get(str(facts.row.start.get("control")))
    unit = axis_unit(name, facts.space if control is None else control.space, facts.game)
    unit = _SHORT.get(unit, unit)
    unit = f"as a {unit}" if unit.startswith("share") else f"in {unit}" if unit else ""
    meant = "how exact the amount is to be" if (facts.game, name) == ("pour", "size") else _MEANT.get(name)
    return ", ".join(part for part in (meant or name.replace("_", " "), unit) if part)


def _trial_axis(axes: Axes, count: int) -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    axes.set_xlim(0.4, max(count, 8) + 0.6)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=16, integer=True, min_n_ticks=1))
    axes.set_xlabel("trial")


def _legend(axes: Axes, facts: Facts) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415
    from matplotlib.patches import Patch  # noqa: PLC0415

    def sign(shape: str, colour: str, fill: str, words: str) -> Line2D:
        return Line2D(
            [],
            [],
            marker=shape,
            linestyle="none",
            markersize=6.5,
            markerfacecolor=fill,
            markeredgecolor=colour,
            markeredgewidth=1.6,
            label=words,
        )

    # a target that has no size is a line, and needs no word
    sized = facts.space != "grip"
    signs: list[Line2D | Patch] = [Patch(color=FAINT, label="target asked")] if sized else []
    signs.append(sign("o", BLUE, BLUE, "success"))
    signs.append(sign("v", VERMILLION, "white", "miss"))
    if any(t.success is None for t in facts.tries):
        signs.append(sign("D", QUIET, "white", "not judged"))
    axes.legend(
        handles=signs,
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=4,
        borderaxespad=0.2,
        handletextpad=0.4,
    )
