"""Run a benchmark and put its numbers into words: `rehabgames bench`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from rehabgames.app.wiring import Request, setup_of
from rehabgames.bench import bench_adapter, bench_measures, bench_movement, bench_sessions
from rehabgames.bench.adapter import AdapterBench
from rehabgames.bench.adapter_plot import plot as plotted
from rehabgames.bench.movement import MovementBench
from rehabgames.bench.seen import drawn as as_pictures
from rehabgames.bench.sessions import SessionBench
from rehabgames.core.errors import UseError, unknown_name
from rehabgames.tracking.models import model_path

NAMES = ("adapter", "measures")
EXERCISE = "orchard_reach"
MOVERS = 50  # players a scenario for each virtual patient a kind, who takes that much longer
DRAWN_KINDS = ("fma_moderate", "tremor")
DRAWN_RULES = (("weighted_up_down", 0.04), ("skill", None))

Said = Callable[[str, int, int], None]  # what is done, how much of it, and of how much


@dataclass(frozen=True, slots=True)
class Told:
    """numbers for --json; lines and pairs for the terminal."""

    numbers: dict[str, Any]
    lines: tuple[str, ...] = ()
    pairs: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """patients: simulated players a scenario; movement: virtual patients of each kind who play real
    sessions as landmarks, drawn: as pictures, through MediaPipe."""

    patients: int = 200
    movement: int = 1
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """Of adapters. None: not asked for."""

    players: AdapterBench
    tries: MovementBench
    sessions: SessionBench | None = None
    drawn: SessionBench | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            **self.players.as_json(),
            "movement": self.tries.as_json(),
            "sessions": self.sessions.as_json() if self.sessions else None,
            "drawn_sessions": self.drawn.as_json() if self.drawn else None,
        }

    def told(self) -> tuple[str, ...]:
        lines = [*players_told(self.players), *movement_told(self.tries, "whole tries")]
        if self.sessions:
            lines += movement_told(self.sessions, "sessions of landmarks")
        if self.drawn:
            lines += movement_told(self.drawn, "sessions through MediaPipe")
        return tuple(lines)


def bench(what: str, amount: Amount, plot: Path | None, say: Said | None = None) -> Told:
    """Raises UnknownNameError; UseError where a picture cannot be made of it or written; ModelError."""
    if what == "measures":
        if plot is not None:
            raise UseError("There is no picture of bench measures.", "Leave --plot out.")
        numbers = bench_measures().as_json()
        return Told(numbers, pairs=tuple((name.replace("_", " "), value) for name, value in numbers.items()))
    if what != "adapter":
        raise unknown_name("benchmark", what, NAMES)
    compared = compare(amount, say or (lambda what, done, of: None))
    if plot is not None:
        try:
            plotted(compared.players, plot, [each for each in (compared.tries, compared.sessions) if each])
        except (OSError, ValueError) as error:
            raise UseError(f"{plot} cannot be written.", "Choose a file that ends in .png.") from error
    return Told(compared.as_json(), compared.told())


def compare(amount: Amount, say: Said) -> Compared:
    """All rules on the same players and patients, on every core there is. Raises ModelError."""
    setup = setup_of(Request(EXERCISE, "virtual"))
    assert setup.exercise is not None
    model = model_path("pose") if amount.drawn else None  # fetched before all else, or not at all
    players = bench_adapter(amount.patients, progress=partial(say, "Players"))
    movers = max(1, amount.patients // MOVERS)
    tries = bench_movement(setup.exercise, movers, progress=partial(say, "Virtual patients"))
    sessions = drawn = None
    if amount.movement:
        sessions = bench_sessions(setup, amount.movement, progress=partial(say, "Sessions"))
    if model is not None:
        drawn = bench_sessions(
            setup,
            amount.drawn,
            DRAWN_KINDS,
            seeing=partial(as_pictures, model),
            played=DRAWN_RULES,
            progress=partial(say, "Drawn sessions"),
        )
    return Compared(players, tries, sessions, drawn)


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


def movement_told(moved: MovementBench, how: str) -> list[str]:
    lines = [
        "",
        f"{moved.patients} virtual patients a kind play {EXERCISE}, {how}; ratios to the best staircase",
        _row("kind", "rule", "1-10", "11-60"),
    ]
    for kind, rule in moved.off:
        early, late = moved.ratio(kind, rule)
        lines.append(_row(kind.replace("_", " "), rule, f"{early:.2f}", f"{late:.2f}"))
    for rule in moved.rules:
        early, late = moved.mean_ratio(rule)
        lines.append(_row("mean", rule, f"{early:.2f}", f"{late:.2f}"))
    counted = (
        f"{moved.trials} trials: {moved.outside} goals outside the limits, {moved.over} rises over a hold"
    )
    return [*lines, "", counted]


def _row(first: str, rule: str, early: str, late: str, near: str = "") -> str:
    return f"{first:<18} {rule:<20} {early:>6} {late:>6} {near:>11}".rstrip()
