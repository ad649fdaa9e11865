"""Protocol: what a file of calibration/ says, once read. There are three kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rehabgames.core.exercise import Posture

Statistic = Literal["median", "max"]
BY_HAND = ("hand_open", "hand_opening", "pinch", "tap_angle")  # signals of the hand's own landmarks
RoomCheck = Literal["framing", "distance", "light", "view", "alone", "side"]


@dataclass(frozen=True, slots=True)
class Protocol:
    """What every kind has.

    camera   how camera and chair stand, in words
    rest_s   how long the rest is watched (baseline and noise floor)
    """

    id: str
    title: str
    posture: Posture
    camera: str
    rest_s: float
    sha256: str

    @property
    def needs_the_arm(self) -> bool:
        """True where the working arm must be seen before it can begin."""
        return False

    @property
    def needs_a_body(self) -> bool:
        """True where a person must be seen before it can begin; a hand alone is none."""
        return True


@dataclass(frozen=True, slots=True)
class Ask:
    """One movement that is asked for.

    guide      what is asked, a key of GUIDES: it is said, written and pictured by that name
    signal     what is watched, a signal's name without its side; of the working side where it has one
    name       under which the profile keeps what was found, such as "shoulder_abduction.most"
    towards    +1 where a rise of the signal is meant, -1 where a fall
    times      how many good repetitions are wanted; the best of them counts, or how many were made
    statistic  of each repetition: "median" of the hold or its "max"; "count" counts repetitions in timeout_s
    hold_s     how long the end of the movement must be kept
    timeout_s  after which it is taken as it came
    least      smallest movement from rest, in the signal's unit, that is believed
    """

    guide: str
    signal: str
    name: str
    towards: Literal[1, -1]
    times: int
    statistic: Literal["median", "max", "count"]
    hold_s: float
    timeout_s: float
    least: float


@dataclass(frozen=True, slots=True)
class ReachProtocol(Protocol):
    """How far the hand reaches, direction by direction.

    directions_deg   asked one after the other, as Goal.direction_deg
    statistic        which number of a hold becomes the reach
    hold_s           how long the furthest place must be kept
    timeout_s        after which a direction is taken as far as it came
    minimum          arm lengths below which a reach is not valid and the direction is asked again
    asks             movements that follow it, where how far the hand comes is not all that is needed
    """

    control: str
    directions_deg: tuple[float, ...]
    statistic: Statistic
    hold_s: float
    timeout_s: float
    minimum: float
    asks: tuple[Ask, ...] = ()

    @property
    def needs_the_arm(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class MovementProtocol(Protocol):
    """Movements one after the other, each watched by one signal."""

    asks: tuple[Ask, ...]

    @property
    def needs_a_body(self) -> bool:
        return not all(ask.signal.startswith(BY_HAND) for ask in self.asks)


@dataclass(frozen=True, slots=True)
class RoomProtocol(Protocol):
    """Whether camera, light and room are as they have to be; checks in the order they are made.

    steady_s   how long a check has to hold to be passed
    timeout_s  after which a check has failed
    """

    checks: tuple[RoomCheck, ...]
    steady_s: float
    timeout_s: float

    @property
    def needs_a_body(self) -> bool:
        """To get somebody into the picture is what it is for."""
        return False
