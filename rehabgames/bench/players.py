"""Players: people who are nothing but a curve of success over difficulty, to try adaptation rules on.

A player has a threshold and a slope; a try has a margin (threshold - difficulty + noise) / (1.8 · slope) and
succeeds where that is above 0; a lapse is a miss with a margin of -|N(1.5, 0.5)|. Everything random is
drawn beforehand, so that every rule meets the same player, try by try.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
from scipy import special

Array = npt.NDArray[np.float64]
Family = Literal["logistic", "probit", "heavy_tailed", "steep_when_easy"]
Scenario = Literal["static", "learning", "fatigue", "sudden_drop", "lapses", "start_far_off"]

TRIALS: Final = 60
SPREAD: Final = 1.8  # slopes
THRESHOLDS: Final = (0.2, 0.8)
FAR_OFF: Final = ((0.05, 0.2), (0.8, 0.95))
SLOPES: Final = (0.04, 0.15)
LAPSE: Final = 0.03
MANY_LAPSES: Final = 0.10
HEAVY: Final = 1.2  # scale of Student's t with 3 degrees of freedom, slopes
SCENARIOS: Final[tuple[Scenario, ...]] = (
    "static",
    "learning",
    "fatigue",
    "sudden_drop",
    "lapses",
    "start_far_off",
)
# rules were tuned on the first one alone
FAMILIES: Final[tuple[Family, ...]] = ("logistic", "probit", "heavy_tailed", "steep_when_easy")

# noise of a margin, in slopes: its quantiles, and its distribution
_QUANTILE: Final[dict[Family, Callable[[Array], Array]]] = {
    "logistic": special.logit,
    "probit": lambda u: SPREAD * special.ndtri(u),
    "heavy_tailed": lambda u: HEAVY * special.stdtrit(3, u),
    "steep_when_easy": special.logit,
}
_CHANCE: Final[dict[Family, Callable[[float], Any]]] = {
    "logistic": special.expit,
    "probit": lambda x: special.ndtr(x / SPREAD),
    "heavy_tailed": lambda x: special.stdtr(3, x / HEAVY),
    "steep_when_easy": special.expit,
}


@dataclass(frozen=True, slots=True)
class Player:
    """threshold, noise (slopes), lapsed and lapse_margin are of each try."""

    family: Family
    threshold: Array
    slope: float
    lapse: float
    noise: Array
    lapsed: npt.NDArray[np.bool_]
    lapse_margin: Array
    unit: float  # a standard normal number, for a prior that is off

    def chance(self, trial: int, difficulty: float) -> float:
        """True probability of success."""
        x = (self.threshold[trial] - difficulty) / self._slope(difficulty)
        return float((1 - self.lapse) * _CHANCE[self.family](x))

    def play(self, trial: int, difficulty: float) -> tuple[bool, float]:
        """Whether it succeeded, and its margin."""
        if self.lapsed[trial]:
            return False, float(self.lapse_margin[trial])
        slope = self._slope(difficulty)
        margin = (self.threshold[trial] - difficulty + slope * self.noise[trial]) / (SPREAD * slope)
        return bool(margin > 0), float(margin)

    def wanted(self, target: float) -> float:
        """The difficulty at which the first try would succeed as wanted."""
        low, high = -3.0, 4.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if self.chance(0, middle) > target else (low, middle)
        return low

    def _slope(self, difficulty: float) -> float:
        if self.family != "steep_when_easy":
            return self.slope
        return self.slope * (0.5 + min(1.0, max(0.0, difficulty)))


def players(n: int, scenario: Scenario, family: Family, seed: int = 0) -> list[Player]:
    """The same n for the same arguments."""
    rng = np.random.default_rng([seed, zlib.crc32(f"{scenario} {family}".encode())])
    lapse = MANY_LAPSES if scenario == "lapses" else LAPSE
    made = []
    for _ in range(n):
        between = FAR_OFF[int(rng.integers(2))] if scenario == "start_far_off" else THRESHOLDS
        made.append(
            Player(
                family,
                _threshold(float(rng.uniform(*between)), scenario),
                float(rng.uniform(*SLOPES)),
                lapse,
                np.asarray(_QUANTILE[family](rng.uniform(size=TRIALS))),
                rng.uniform(size=TRIALS) < lapse,
                -np.abs(rng.normal(1.5, 0.5, TRIALS)),
                float(rng.standard_normal()),
            )
        )
    return made


def _threshold(first: float, scenario: Scenario) -> Array:
    """(TRIALS,) of a player who begins at the first."""
    t = np.arange(TRIALS)
    change: Array = np.zeros(TRIALS)
    if scenario == "learning":
        change = 0.25 * (1 - np.exp(-t / 20))
    elif scenario == "fatigue":
        change = -0.006 * np.maximum(0, t - 14)
    elif scenario == "sudden_drop":
        change = np.where(t >= 30, -0.2, 0.0)
    return first + change
