"""Delay: motion to photon, from a movement to its picture on the screen.

light of the movement → stamp of its picture → flip of the scene that shows it → light of that scene.
Clocks of the program see the middle part alone. What is before the stamp and after the flip is filmed by
somebody, or assumed, and what was assumed is never mixed into what was measured.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

Origin = Literal["assumed", "filmed", "drawn", "given"]
Onlooker = Literal["", "camera", "drawn"]
Percentiles = Mapping[str, float | None]

# Half a picture's time of exposure, and one for reading out, packing and sending it. Drivers that buffer add
# one or two more, a short exposure takes some away: it may as well be nothing, or twice as much.
CAMERA_PICTURES: Final = 1.5
# The middle of a 60 Hz screen is lit half a refresh after the flip; what a panel adds is not known.
DISPLAY_S: Final = 1 / 120
# By so much landmarks trail their picture, because MediaPipe smooths them: 18 movements of three drawn people
# at 30 pictures a second, 0.5 to 1.7 s from end to end; 8 to 18 ms.
TRACKER_S: Final = 0.012
TRACKER_WITHIN_S: Final = 0.006
FILMED_WITHIN_S: Final = 0.010  # ten films of 240 pictures a second, as docs/measures.md says it


@dataclass(frozen=True, slots=True)
class Delay:
    """What no clock of the program sees: by so much a movement is older than the stamp of its picture, and
    the light of a scene later than its flip, both together. A reaction time loses it.

    seconds, plus_minus_s  it lies within seconds ± plus_minus_s
    origin     "assumed": nobody measured it; "filmed"; "drawn": the pictures are drawn for the instant of
               their stamp, for somebody who sees a scene as soon as it is there; "given": on the command line
    camera_s, display_s  its parts; NaN where only both together are known
    tracker_s  by so much landmarks trail their picture; it is no part of the way to the screen
    """

    seconds: float
    plus_minus_s: float = 0.0
    origin: Origin = "given"
    camera_s: float = math.nan
    display_s: float = math.nan
    tracker_s: float = 0.0

    @property
    def of_reaction_s(self) -> float:
        """What a reaction time loses."""
        return self.seconds + self.tracker_s

    def of_pictures(self, every_s: float) -> float:
        """± of a time from a flip to what is seen in pictures that come every_s: an event is known to half of
        that. It has nothing to do with the delay, nor that with the tracker, so their squares add."""
        tracker_s = TRACKER_WITHIN_S if self.tracker_s else 0.0
        return math.hypot(self.plus_minus_s, every_s / 2, tracker_s) if math.isfinite(every_s) else math.nan


@dataclass(frozen=True, slots=True)
class MotionToPhoton:
    """The estimate of one session.

    pictures, every_s   how many were seen, and their median time from one to the next
    capture_to_flip_ms, step_to_flip_ms   percentiles, measured: of each picture from its stamp to the flip of
                        the first scene made with it; of each scene from the step that made it
    outside             the rest; None where nobody sees the screen whose movement is filmed
    """

    pictures: int
    every_s: float
    capture_to_flip_ms: Percentiles
    step_to_flip_ms: Percentiles
    outside: Delay | None = field(default=None)

    @property
    def ms(self) -> float:
        """From motion to photon, NaN where a part of it is not known."""
        middle = self.capture_to_flip_ms.get("p50")
        return math.nan if middle is None or self.outside is None else middle + 1000 * self.outside.seconds

    def body(self) -> dict[str, Any]:
        """JSON values, with what was measured and what was not apart."""
        told = self.outside
        return {
            "measured": {
                "pictures": self.pictures,
                "picture_every_ms": _ms(self.every_s),
                "capture_to_flip_ms": dict(self.capture_to_flip_ms),
                "step_to_flip_ms": dict(self.step_to_flip_ms),
            },
            "outside": None
            if told is None
            else {
                "origin": told.origin,
                "camera_ms": _ms(told.camera_s),
                "display_ms": _ms(told.display_s),
                "ms": _ms(told.seconds),
                "plus_minus_ms": _ms(told.plus_minus_s),
                "tracker_ms": _ms(told.tracker_s),
            },
            "ms": _ms(self.ms / 1000),
        }


def outside_of(
    onlooker: Onlooker, filmed_s: float | None, every_s: float, capture_to_flip_s: float
) -> Delay | None:
    """What a program cannot time in a session.

    onlooker   who is before the screen, and seen through what; "" nobody (a film is played)
    filmed_s   motion to photon as somebody filmed it, None where nobody did
    every_s, capture_to_flip_s   as measured in this session; NaN gives None
    """
    if not onlooker or not (math.isfinite(every_s) and math.isfinite(capture_to_flip_s)):
        return None
    if filmed_s is not None:
        seconds = max(0.0, filmed_s - capture_to_flip_s)
        return Delay(seconds, FILMED_WITHIN_S, "filmed", tracker_s=TRACKER_S)
    if onlooker == "drawn":
        return Delay(0.0, 0.0, "drawn", 0.0, 0.0, TRACKER_S)
    camera_s = CAMERA_PICTURES * every_s
    within_s = math.hypot(camera_s, DISPLAY_S)
    return Delay(camera_s + DISPLAY_S, within_s, "assumed", camera_s, DISPLAY_S, TRACKER_S)


def delay_of(body: Mapping[str, Any]) -> Delay | None:
    """The delay in an estimate as `MotionToPhoton.body` wrote it; None where it names none. Raises KeyError,
    TypeError or ValueError where it is damaged."""
    told = body["outside"]
    if told is None:
        return None
    if told["origin"] not in get_args(Origin):
        raise ValueError(f"nobody knows a delay by {told['origin']!r}")
    camera_s, display_s = (
        math.nan if told[part] is None else told[part] / 1000 for part in ("camera_ms", "display_ms")
    )
    within_s, tracker_s = told["plus_minus_ms"] / 1000, told["tracker_ms"] / 1000
    return Delay(told["ms"] / 1000, within_s, told["origin"], camera_s, display_s, tracker_s)


def _ms(seconds: float) -> float | None:
    return round(1000 * seconds, 2) if math.isfinite(seconds) else None
