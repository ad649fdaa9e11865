"""A picture of `bench adapter`: how far from the target each rule keeps players, by scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rehabgames.bench.adapter import AdapterBench

# Okabe and Ito's colours, and a shape for each, so that colour alone never tells
LOOKS: Final = {
    "staircase": ("#000000", "s"),
    "skill": ("#0072B2", "o"),
    "skill, seeded 0.05": ("#56B4E9", "^"),
    "skill, hits only": ("#E69F00", "v"),
    "n_down_one_up": ("#CC79A7", "D"),
}


def plot(result: AdapterBench, path: Path) -> None:
    """Writes a PNG. Raises OSError, and ValueError for an ending that is no picture."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to import, and for this picture alone

    families = list(dict.fromkeys(key[0] for key in result.results))
    scenarios = list(dict.fromkeys(key[1] for key in result.results))
    figure = Figure(figsize=(11, 2.6 * len(families) + 1.2), layout="constrained")
    grid = figure.subplots(len(families), 2, squeeze=False, sharex=True)
    for row, family in zip(grid, families, strict=True):
        for axes, part, title in zip(
            row, ("early", "late"), ("tries 1 to 10", "tries 11 to 60"), strict=True
        ):
            for shift, (rule, (colour, marker)) in enumerate(LOOKS.items()):
                values = [getattr(result.results[family, scenario, rule], part) for scenario in scenarios]
                places = [i + 0.12 * (shift - 2) for i in range(len(scenarios))]
                axes.plot(places, values, marker, color=colour, label=rule.replace("_", " "), markersize=7)
            axes.set_title(f"{family.replace('_', ' ')} players, {title}", fontsize=10)
            axes.set_ylim(0, None)
            axes.grid(axis="y", alpha=0.3)
            axes.spines[["top", "right"]].set_visible(False)
            axes.set_xticks(range(len(scenarios)), [s.replace("_", " ") for s in scenarios], fontsize=9)
        row[0].set_ylabel("distance from the target")
    grid[0][0].legend(frameon=False, fontsize=8, ncols=2)
    figure.suptitle(f"True success probability against the target of 75 %, {result.n} players a scenario")
    figure.savefig(path, dpi=110, format="png")
