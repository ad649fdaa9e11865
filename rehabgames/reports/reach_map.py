"""The calibrated reach around the shoulder, drawn as the player sees it in the mirror."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rehabgames.reports.drawing import BLUE, FAINT, INK, QUIET, degrees
from rehabgames.reports.facts import Try, furthest_towards

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_BODY = "#EDEDED"


def reach_map_figure(
    reach: dict[float, float], tries: Sequence[Try], side: str, elevation_deg: float | None
) -> Figure:
    """Rays from the shoulder, as long as the calibrated reach in arm lengths; rings where play came
    to; a grey field where the elevation limit forbids to ask."""
    from matplotlib.figure import Figure  # noqa: PLC0415

    outward = -1.0 if side == "left" else 1.0
    figure = Figure(figsize=(4.6, 4.35), layout="constrained")
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set_aspect("equal")
    _draw_body(axes, outward)
    edge = max([1.1, *(r + 0.12 for r in reach.values())])
    _draw_rings_and_limit(axes, edge, elevation_deg)
    tips = [_xy(d, r, outward) for d, r in reach.items()]
    if len(tips) > 1:
        axes.fill(*zip((0.0, 0.0), *tips, strict=True), color=BLUE, alpha=0.12, linewidth=0, zorder=3)
    for direction_deg, distance in reach.items():
        x, y = _xy(direction_deg, distance, outward)
        axes.plot([0, x], [0, y], color=BLUE, linewidth=2.2, solid_capstyle="round", zorder=4)
        x, y = _xy(direction_deg, edge + 0.12, outward)
        axes.text(x, y, degrees(direction_deg), ha="center", va="center", color=QUIET)
        played = furthest_towards(tries, direction_deg)
        if played is not None:
            x, y = _xy(direction_deg, played, outward)
            axes.plot([x], [y], "o", markersize=8, markerfacecolor="white", markeredgecolor=INK, zorder=5)
    axes.plot([0], [0], "o", markersize=6, color=INK, zorder=6)
    axes.set_xlim(-edge - 0.25, edge + 0.25)
    axes.set_ylim(-edge - 0.25, edge + 0.05)
    return figure


def _xy(direction_deg: float, distance: float, outward: float) -> tuple[float, float]:
    angle = math.radians(direction_deg)
    return outward * distance * math.sin(angle), -distance * math.cos(angle)


def _draw_body(axes: Axes, outward: float) -> None:
    """A head and a trunk, so that left and right need no thought."""
    from matplotlib.patches import Circle, FancyBboxPatch  # noqa: PLC0415

    left = -0.6 if outward > 0 else 0.0
    trunk = FancyBboxPatch(
        (left + 0.06, -0.9),
        0.48,
        0.88,
        boxstyle="round,pad=0.06,rounding_size=0.12",
        facecolor=_BODY,
        linewidth=0,
    )
    axes.add_patch(trunk)
    axes.add_patch(Circle((-0.3 * outward, 0.3), 0.17, facecolor=_BODY, linewidth=0))


def _draw_rings_and_limit(axes: Axes, edge: float, elevation_deg: float | None) -> None:
    from matplotlib.patches import Circle, Wedge  # noqa: PLC0415

    for ring in (0.5, 1.0):
        axes.add_patch(Circle((0, 0), ring, fill=False, edgecolor="#C4C4C4", linewidth=0.8, zorder=2))
    axes.text(0.0, -1.03, "1 arm length", ha="center", va="top", fontsize=8.5, color=QUIET, zorder=2)
    if elevation_deg is not None and elevation_deg < 180:
        # a wedge counts from the right, a direction from straight down
        field = Wedge((0, 0), edge, elevation_deg - 90, 270 - elevation_deg, zorder=1)
        field.set(facecolor=FAINT, alpha=0.55, edgecolor="#A8A8A8", hatch="///", linewidth=0)
        axes.add_patch(field)
