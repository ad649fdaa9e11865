"""What all plots share: the style, the marks of success and miss, and a Figure as inline SVG."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup, escape

from rehabgames.reports.facts import Try

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito's hues; every meaning has a shape too
BLUE: Final = "#0072B2"
VERMILLION: Final = "#D55E00"
ORANGE: Final = "#E69F00"
INK: Final = "#222222"
QUIET: Final = "#595959"
FAINT: Final = "#E4E4E4"

_STYLE: Final[dict[str, Any]] = {
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": "#9A9A9A",
    "axes.labelcolor": QUIET,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.8,
    "xtick.color": "#9A9A9A",
    "ytick.color": "#9A9A9A",
    "xtick.labelcolor": QUIET,
    "ytick.labelcolor": QUIET,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "rehabgames",
}


def inline(name: str, label: str, draw: Callable[[], Figure]) -> Markup:
    """The figure that `draw` makes, as an SVG element for an HTML page.

    label is what a screen reader says of it. Ids of the form trial-7 stay as they are in the plot
    called "reach" and become NAME-trial-7 in any other, so that a page has each id once.
    """
    import matplotlib.style  # noqa: PLC0415 -- half a second that only a report needs

    stream = io.StringIO()
    with matplotlib.style.context(["default", _STYLE]):
        nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
        draw().savefig(stream, format="svg", metadata=nothing)
    svg = stream.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    # its style speaks of "*", which in a page is everything; the page's own style says it for plots
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", svg, flags=re.DOTALL)
    width = re.search(r'\bwidth="([\d.]+)pt"', svg)
    svg = re.sub(r'\b(width|height)="[\d.]+pt" ?', "", svg, count=2)
    kept = r"(?!trial-)" if name == "reach" else ""
    svg = re.sub(rf'(\bid="|xlink:href="#|url\(#){kept}', rf"\g<1>{name}-", svg)
    # a point is 4/3 of a pixel: the letters have the size that they were set in
    size = f"max-width:{float(width[1]) * 4 / 3:.0f}px" if width else ""
    head = f'<svg role="img" aria-label="{escape(label)}" style="{size}" '
    return Markup(head + svg.removeprefix("<svg ").strip())


def mark(axes: Axes, a_try: Try, at: tuple[float, float], size: float, gid: str = "trial") -> None:
    """One trial: filled circle, open triangle or open diamond for success, miss or not judged."""
    shape, colour, fill = {
        True: ("o", BLUE, BLUE),
        False: ("v", VERMILLION, "white"),
        None: ("D", QUIET, "white"),
    }[a_try.success]
    axes.plot(
        [at[0]],
        [at[1]],
        marker=shape,
        markersize=size * (0.8 if shape == "D" else 1.0),
        markerfacecolor=fill,
        markeredgecolor=colour,
        markeredgewidth=1.6,
        linestyle="none",
        clip_on=False,
        zorder=4,
        gid=f"{gid}-{a_try.number}",
    )


def mark_size(count: int) -> float:
    """Marks get smaller where many trials share the width."""
    return 7.0 if count <= 60 else max(3.5, 7.0 * 60 / count)


def degrees(direction_deg: float) -> str:
    return f"{direction_deg:g}°".replace("-", "\N{MINUS SIGN}")
