"""Run a benchmark and put its numbers into words: `rehabgames bench`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rehabgames.bench import bench_adapter, bench_measures
from rehabgames.bench.adapter import AdapterBench
from rehabgames.bench.adapter_plot import plot as plotted
from rehabgames.core.errors import UseError, unknown_name

NAMES = ("adapter", "measures")


@dataclass(frozen=True, slots=True)
class Told:
    """numbers for --json; lines and pairs for the terminal."""

    numbers: dict[str, Any]
    lines: tuple[str, ...] = ()
    pairs: tuple[tuple[str, Any], ...] = ()


def bench(what: str, patients: int, plot: Path | None) -> Told:
    """Raises UnknownNameError; UseError where a picture cannot be made of it or written."""
    if what == "measures":
        if plot is not None:
            raise UseError("There is no picture of bench measures.", "Leave --plot out.")
        numbers = bench_measures().as_json()
        return Told(numbers, pairs=tuple((name.replace("_", " "), value) for name, value in numbers.items()))
    if what != "adapter":
        raise unknown_name("benchmark", what, NAMES)
    result = bench_adapter(patients)
    if plot is not None:
        try:
            plotted(result, plot)
        except (OSError, ValueError) as error:
            raise UseError(f"{plot} cannot be written.", "Choose a file that ends in .png.") from error
    return Told(result.as_json(), tuple(_table(result)))


def _table(result: AdapterBench) -> list[str]:
    """Ratios to the best staircase; tries 1 to 10, tries after, and players near the target."""
    lines = [
        f"{result.n} players a scenario, seed {result.seed}; ratios to the best weighted up-down staircase"
    ]
    family = None
    for key, kept in result.results.items():
        if key[0] != family:
            family = key[0]
            lines += [
                "",
                f"{family.replace('_', ' ')} players",
                _row("scenario", "rule", "1-10", "11-60", "within 5 %"),
            ]
        early, late = result.ratio(*key)
        near = f"{100 * kept.within:.0f} %"
        lines.append(
            _row(key[1].replace("_", " "), key[2].replace("_", " "), f"{early:.2f}", f"{late:.2f}", near)
        )
    return lines


def _row(*cells: str) -> str:
    return f"{cells[0]:<14} {cells[1]:<20} {cells[2]:>6} {cells[3]:>6} {cells[4]:>11}"
