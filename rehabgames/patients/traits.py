"""Traits: what comes on top of a kind and changes over minutes and days. Any trait goes on any kind.

docs/patients.md says which numbers are evidence and which are judgement.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from rehabgames.core.errors import unknown_name
from rehabgames.patients.kinds import Kind, checked, kind_named


@dataclass(frozen=True, slots=True)
class Fatigue:
    """A level 0..1 that rises with every repetition at full reach by this share of what is left to
    rise, and falls at rest with a time constant.

    slower, shorter, noisier  shares at level 1: of movement time added, reach lost, spread added
    """

    per_repetition: float = 0.02
    recovery_s: float = 180.0
    slower: float = 0.6
    shorter: float = 0.15
    noisier: float = 0.5

    def __post_init__(self) -> None:
        checked(
            self,
            {
                "per_repetition": (0.0, 0.5),
                "recovery_s": (1.0, 36000.0),
                "slower": (0.0, 5.0),
                "shorter": (0.0, 0.8),
                "noisier": (0.0, 5.0),
            },
        )


@dataclass(frozen=True, slots=True)
class Learning:
    """A level 0..1 that goes to 1 exponentially over repetitions, of which a share is kept overnight.

    repetitions  time constant, repetitions;  retention  share of the level kept to the next day
    daily        repetitions a day that are taken for the days before `day`
    farther, quicker, steadier  shares at level 1: of reach won, movement time and spread lost
    """

    repetitions: float = 30.0
    retention: float = 0.7
    daily: float = 60.0
    farther: float = 0.15
    quicker: float = 0.2
    steadier: float = 0.3

    def __post_init__(self) -> None:
        checked(
            self,
            {
                "repetitions": (1.0, 10000.0),
                "retention": (0.0, 1.0),
                "daily": (0.0, 2000.0),
                "farther": (0.0, 1.0),
                "quicker": (0.0, 0.8),
                "steadier": (0.0, 0.9),
            },
        )


@dataclass(frozen=True, slots=True)
class Pain:
    """Pain 0..10: from `start`, built by repetitions over a personal angle, relieved by rest.

    angle_deg       elevation of the arm from which on it hurts
    per_repetition  points for a repetition that goes 30 degrees over that
    relief_s        time constant at rest, back to `start`
    guard           share of the reach at shoulder height that pain 10 takes; it slows by as much
    """

    start: float = 1.0
    angle_deg: float = 60.0
    per_repetition: float = 0.2
    relief_s: float = 300.0
    guard: float = 0.4

    def __post_init__(self) -> None:
        checked(
            self,
            {
                "start": (0.0, 10.0),
                "angle_deg": (0.0, 180.0),
                "per_repetition": (0.0, 10.0),
                "relief_s": (1.0, 36000.0),
                "guard": (0.0, 0.9),
            },
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """Stops trying when of the last `window` tries fewer than `below` succeeded, or at this pain; tries
    again after `rest_s` of rest, if the pain has fallen under that."""

    below: float = 0.35
    window: int = 12
    pain_from: float = 7.0
    rest_s: float = 120.0

    def __post_init__(self) -> None:
        checked(
            self,
            {"below": (0.0, 1.0), "window": (1, 1000), "pain_from": (0.0, 10.0), "rest_s": (0.0, 36000.0)},
        )


@dataclass(frozen=True, slots=True)
class Soreness:
    """Next-day soreness 0..10: points for every repetition beyond the free ones; half of it is gone
    after half_life_days."""

    free: float = 40.0
    per_repetition: float = 0.06
    half_life_days: float = 1.0

    def __post_init__(self) -> None:
        checked(
            self,
            {"free": (0.0, 2000.0), "per_repetition": (0.0, 10.0), "half_life_days": (0.1, 60.0)},
        )


@dataclass(frozen=True, slots=True)
class Dropouts:
    """Bursts in which tracking loses somebody: so many a minute, of this mean length (exponential).

    part  "body": nothing is found; "arm": only the working elbow and wrist are not
    """

    per_minute: float = 4.0
    mean_s: float = 0.5
    part: Literal["body", "arm"] = "arm"

    def __post_init__(self) -> None:
        checked(self, {"per_minute": (0.0, 120.0), "mean_s": (0.01, 60.0)})
        if self.part not in ("body", "arm"):
            raise ValueError(f"part is 'body' or 'arm', not {self.part!r}")


@dataclass(frozen=True, slots=True)
class Traits:
    """None: somebody without this."""

    fatigue: Fatigue | None = None
    learning: Learning | None = None
    pain: Pain | None = None
    refusal: Refusal | None = None
    soreness: Soreness | None = None
    dropouts: Dropouts | None = None


TRAITS: Final[dict[str, Traits]] = {
    "fatigue": Traits(fatigue=Fatigue()),
    "learning": Traits(learning=Learning()),
    "pain": Traits(pain=Pain()),
    "refusal": Traits(refusal=Refusal()),
    "soreness": Traits(soreness=Soreness()),
    "dropouts": Traits(dropouts=Dropouts()),
}


def person_named(name: str) -> tuple[Kind, Traits]:
    """A kind with traits, such as "moderate+fatigue+pain". Raises UnknownNameError with the nearest name."""
    kind, *extra = name.split("+")
    traits = Traits()
    for each in extra:
        if each not in TRAITS:
            raise unknown_name("trait of a patient", each, TRAITS)
        traits = replace(traits, **{each: getattr(TRAITS[each], each)})
    return kind_named(kind), traits
