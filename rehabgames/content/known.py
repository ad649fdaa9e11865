"""Known: the names that content files may use, gathered by whoever wires the program together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from rehabgames.core.protocol import Protocol
from rehabgames.core.view import GUIDES
from rehabgames.signals.catalogue import Steering

# guides that are not a movement to measure: they are about the room, or ask for nothing
_OTHER_GUIDES = {"rest", "raise_hand", "come_into_picture", "come_closer", "step_back"}
_OTHER_GUIDES |= {"face_camera", "more_light", "one_person"}
MOVEMENTS = frozenset(GUIDES) - _OTHER_GUIDES


@dataclass(frozen=True, slots=True)
class AxisRange:
    """Between which numbers an axis may lie, and whether harder means more (rising) or less.

    least: from easiest to hardest; less than that nobody notices
    """

    lowest: float
    highest: float
    rising: bool = True
    least: float = 0.0


AXES: Final[Mapping[str, AxisRange]] = MappingProxyType(
    {
        "distance": AxisRange(0.1, 1.5, least=0.02),  # share of the calibrated reach
        "time": AxisRange(2.0, 60.0, rising=False, least=0.2),  # s for one try
        "size": AxisRange(0.05, 0.4, rising=False, least=0.01),  # radius of the goal, arm lengths
        "hold": AxisRange(0.0, 3.0, least=0.1),  # s
        "load": AxisRange(0.0, 5.0, least=1.0),  # other things to choose from, rounded
        "shift": AxisRange(0.1, 1.0, least=0.02),  # share of the calibrated shift of weight
        "push": AxisRange(0.0, 0.8, least=0.02),  # share of it by which something pushes
        "grip": AxisRange(0.1, 0.95, least=0.02),  # share of the own opening by which the hand is to close
        "amplitude": AxisRange(0.1, 1.0, least=0.02),  # share of the own opening, of repeated movements
        "tempo": AxisRange(0.3, 4.0, least=0.05),  # movements / s
    }
)


@dataclass(frozen=True, slots=True)
class Plays:
    """What a game can be steered by, made harder by and shown in; which settings may be left out, and which
    axes may not. The rest as in games.Mechanic."""

    controls: frozenset[str]
    axes: frozenset[str]
    places: frozenset[str]
    optional: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    counts: frozenset[str] = frozenset()
    directed: bool = True
    moves: int = 1


@dataclass(frozen=True, slots=True)
class Known:
    """Names that exist. A signal of two sides counts under its stem too: "elbow_flexion".

    controls   what can play a game; where it is empty, every signal can
    protocols  a Library adds those of calibration/ by itself
    axes       difficulty axes that adapters and games understand
    settings   game → key → (lowest, highest) of the numbers it reads; for a game that is not in
               here, keys are free and only their units are judged
    plays      game → what goes with it; a game that is not in here goes with everything
    steering   control → what it looks at; a control that is not in here goes with every calibration
    calibrations  what the protocols say, those that can be read; a Library adds its own
    """

    games: frozenset[str]
    signals: frozenset[str]
    adapters: frozenset[str]
    places: frozenset[str]
    protocols: frozenset[str] = frozenset()
    controls: frozenset[str] = frozenset()
    axes: Mapping[str, AxisRange] = field(default_factory=lambda: AXES)
    settings: Mapping[str, Mapping[str, tuple[float, float]]] = field(default_factory=dict)
    plays: Mapping[str, Plays] = field(default_factory=dict)
    steering: Mapping[str, Steering] = field(default_factory=dict)
    calibrations: Mapping[str, Protocol] = field(default_factory=dict)

    def with_protocols(
        self, names: frozenset[str], read: Mapping[str, Protocol] = MappingProxyType({})
    ) -> Known:
        """read: what those of them say that can be read."""
        return replace(self, protocols=self.protocols | names, calibrations={**self.calibrations, **read})

    def names(self, kind: str) -> frozenset[str]:
        """The names of one kind of thing, as messages call it."""
        if kind == "control" and self.controls:
            return self.controls
        if kind in ("signal", "control"):
            stems = {name.rpartition(".")[0] for name in self.signals if "." in name}
            return self.signals | stems
        kinds = {
            "game": self.games,
            "adapter": self.adapters,
            "place": self.places,
            "calibration protocol": self.protocols,
            "axis": frozenset(self.axes),
            "movement": MOVEMENTS,
        }
        return kinds[kind]
