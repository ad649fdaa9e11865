"""A picture of `bench adapter`: how far from the target each rule keeps players, by scenario."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rehabgames.bench.adapter import AdapterBench
from rehabgames.bench.movement import MovementBench
from rehabgames.bench.sessions import SessionBench

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

# Okabe and Ito's colours, and a shape for each, so that colour alone never tells
LOOKS: Final = {
    "staircase": ("best staircase", "#000000", "s"),
    "skill": ("skill", "#0072B2", "o"),
    "skill, seeded 0.05": ("skill, seeded", "#56B4E9", "^"),
    "skill, hits only": ("skill, hits and misses only", "#E69F00", "v"),
    "n_down_one_up": ("n down, 1 up", "#CC79A7", "D"),
}
PARTS: Final = ("tries 1 to 10", "tries 11 to 60")
TOP: Final = 0.38
TITLE: Final = "How far the true probability of success is from the target of 75 %: smaller is better"

Kept = dict[tuple[str, str], tuple[float, float]]  # place and rule → early and late distance


def plot(result: AdapterBench, path: Path, moved: Sequence[MovementBench] = ()) -> None:
    """Writes a PNG. Raises OSError, and ValueError for an ending that is no picture."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to import, and for this picture alone

    families = list(dict.fromkeys(key[0] for key in result.results))
    rows = len(families) + len(moved)
    figure = Figure(figsize=(13, 2.7 * rows + 1.3), layout="constrained")
    grid = figure.subplots(rows, 2, squeeze=False, sharey=True)
    for row, family in zip(grid, families, strict=False):
        keys = [key for key in result.results if key[0] == family]
        kept: Kept = {
            (key[1], key[2]): (each.early, each.late) for key, each in result.results.items() if key in keys
        }
        _row(row, f"{family.replace('_', ' ')} players", kept)
    for row, each in zip(grid[len(families) :], moved, strict=True):
        _row(row, "sessions of landmarks" if isinstance(each, SessionBench) else "whole tries", each.off)
    shown: dict[str, Artist] = {}
    for axes in grid[:, 0]:
        lines, labels = axes.get_legend_handles_labels()
        shown |= dict(zip(labels, lines, strict=True))
    figure.legend(
        list(shown.values()),
        list(shown),
        loc="outside upper center",
        ncols=len(LOOKS),
        frameon=False,
        title=TITLE,
        title_fontsize=13,
    )
    figure.savefig(path, dpi=110, format="png")


def _row(row: Sequence[Axes], title: str, kept: Kept) -> None:
    """Early and late, beside each other."""
    places = list(dict.fromkeys(place for place, _ in kept))
    rules = [rule for rule in LOOKS if any(each == rule for _, each in kept)]
    for part, (axes, when) in enumerate(zip(row, PARTS, strict=True)):
        for number, rule in enumerate(rules):
            label, colour, marker = LOOKS[rule]
            beside = 0.11 * (number - (len(rules) - 1) / 2)
            values = [kept[place, rule][part] for place in places]
            at = [i + beside for i in range(len(places))]
            axes.plot(at, values, marker, color=colour, label=label, markersize=7, clip_on=True)
        for i in range(len(places) - 1):
            axes.axvline(i + 0.5, color="#dddddd", linewidth=0.8, zorder=0)
        axes.set_title(f"{title}, {when}", fontsize=10, loc="left")
        axes.set_ylim(0, TOP)
        axes.set_xlim(-0.5, len(places) - 0.5)
        axes.grid(axis="y", alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_xticks(range(len(places)), [_short(place) for place in places], fontsize=8)
    row[0].set_ylabel("distance")


def _short(place: str) -> str:
    """On two lines where it is long."""
    return place.replace("+", "\n+ ").replace("_", " ").replace(" far off", "\nfar off")
