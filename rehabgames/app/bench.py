"""Run a benchmark and put its numbers into words: `rehabgames bench`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rehabgames.app.wiring import library
from rehabgames.bench import bench_adapter, bench_measures, bench_movement
from rehabgames.bench.adapter import AdapterBench
from rehabgames.bench.adapter_plot import plot as plotted
from rehabgames.bench.movement import MovementBench
from rehabgames.core.errors import UseError, unknown_name

NAMES = ("adapter", "measures")
EXERCISE = "orchard_reach"
MOVERS = 50  # players a scenario for each virtual patient a kind, who takes that much longer


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
    moved = bench_movement(library().exercise(EXERCISE), max(1, patients // MOVERS))
    if plot is not None:
        try:
            plotted(result, plot)
        except (OSError, ValueError) as error:
            raise UseError(f"{plot} cannot be written.", "Choose a file that ends in .png.") from error
    numbers = {**result.as_json(), "movement": moved.as_json()}
    return Told(numbers, (*players_told(result), *movement_told(moved)))


def players_told(result: AdapterBench) -> list[str]:
    """Ratios to the best staircase; tries 1 to 10, tries after, and players near the target."""
    lines = [f"{result.n} players a scenario, seed {result.seed}; ratios to the best staircase"]
    last = ""
    for key, kept in result.results.items():
        family, scenario, rule = (part.replace("_", " ") for part in key)
        if family != last:
            lines += ["", f"{family} players", _row("scenario", "rule", "1-10", "11-60", "within 5 %")]
        early, late = result.ratio(*key)
        lines.append(_row(scenario, rule, f"{early:.2f}", f"{late:.2f}", f"{100 * kept.within:.0f} %"))
        last = family
    return lines


def movement_told(moved: MovementBench) -> list[str]:
    lines = [
        "",
        f"{moved.patients} virtual patients a kind play {EXERCISE}",
        _row("kind", "rule", "1-10", "11-60"),
    ]
    for kind, rule in moved.off:
        early, late = moved.ratio(kind, rule)
        lines.append(_row(kind.replace("_", " "), rule, f"{early:.2f}", f"{late:.2f}"))
    counted = (
        f"{moved.trials} trials: {moved.outside} goals outside the limits, {moved.over} rises over a hold"
    )
    return [*lines, "", counted]


def _row(first: str, rule: str, early: str, late: str, near: str = "") -> str:
    return f"{first:<18} {rule:<20} {early:>6} {late:>6} {near:>11}".rstrip()
