"""Rest, then one movement after the other, each watched by its signal, each followed by the way back.

What was not seen to happen is refused with its reason, never guessed. While an arm is lifted its
elevation over gravity is watched, and at the limit less 5° the movement is taken as done (SAFETY H4).
"""

from __future__ import annotations

import math
from collections import deque
from typing import Final

import numpy as np

from rehabgames.calibrate.calibration import LONGEST_GAP_S, Part
from rehabgames.calibrate.count import CountAsk
from rehabgames.calibrate.hold import HoldAsk
from rehabgames.calibrate.prompts import guided
from rehabgames.calibrate.rest import RestWatch
from rehabgames.calibrate.unseen import why_unseen
from rehabgames.core.landmarks import Side
from rehabgames.core.measured import Validity
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.pose import PoseFrame
from rehabgames.core.protocol import Ask, MovementProtocol
from rehabgames.core.sample import Sample
from rehabgames.core.view import Cue, Guide, Shows, Target
from rehabgames.safety import Envelope
from rehabgames.signals import resolve

IMPOSSIBLE: Final = 1e6  # in any unit
ELEVATION: Final = "shoulder_elevation"
LIFTING: Final = ("arm_out", "arm_forward")  # guides that lift the arm
HAND_GUIDES: Final = ("hand_open", "hand_close", "pinch_open", "pinch_close")
LEANING: Final = ("lean", "shift_weight")  # guides whose side is the way that the signal goes
# movements that end where somebody in this posture is already
AT_TOP: Final = (("stand_up", "standing"), ("sit_down", "sitting"))

LEAST_RANGE: Final = 0.25  # of a repetition: ends of one signal that are nearer to each other are no ends


class MovementCalibration:
    """A Calibration of movements. `needs` are the signals of the asks, and the elevation of a lifted arm."""

    def __init__(self, protocol: MovementProtocol, envelope: Envelope, side: Side) -> None:
        self._protocol = protocol
        self._side: Side = side
        self._steepest_deg = envelope.steepest_deg
        self._elevation = f"{ELEVATION}.{side}"
        self._names = tuple(_full_name(ask, side) for ask in protocol.asks)
        hand_only = all(ask.guide in HAND_GUIDES for ask in protocol.asks)
        self._shows: Shows = "hand" if hand_only else protocol.posture
        lifts = any(ask.guide in LIFTING for ask in protocol.asks)
        self.needs: tuple[str, ...] = tuple(
            dict.fromkeys((*self._names, *([self._elevation] if lifts else [])))
        )
        self.part: Part = "rest"
        sizes = {name: resolve(name)[0].swing.size for name in self.needs}
        self._rest = RestWatch(sizes, protocol.rest_s)
        self._asks: list[HoldAsk | CountAsk] = []
        self._elevations: deque[float] = deque(maxlen=3)
        self._last_s: float | None = None
        self._now_s = 0.0  # stands still while nobody is seen for long
        self._cues: list[Cue] = []
        self._told = 0
        self.found: dict[str, float] = {}
        self.refused: dict[str, str] = {}

    def step(self, frame: PoseFrame, sample: Sample) -> None:
        t_s = frame.t_s
        if (
            self.part == "done"
            or not math.isfinite(t_s)
            or (self._last_s is not None and t_s <= self._last_s)
        ):
            return
        dt_s = 0.0 if self._last_s is None else min(t_s - self._last_s, LONGEST_GAP_S)
        self._last_s = t_s
        self._now_s += dt_s
        if self.part == "rest":
            self._rest.step(self._now_s, {name: sample[name] for name in self.needs})
            if self._rest.over:
                self._begin_ask()
        else:
            self._step_ask(frame, sample, dt_s)

    def target(self) -> Target | None:
        return None

    def guide(self) -> Guide | None:
        if self.part == "done":
            return None
        if self.part == "rest":
            return Guide("rest", self._side, False, self._rest.share, 0, 0, 0, shows=self._shows)
        running, ask = self._asks[-1], self._ask
        number = sum(each.tries for each in self._asks)
        return Guide(
            ask.guide,
            self._towards,
            running.back,
            running.share,
            running.taken,
            ask.times,
            number,
            counted=ask.statistic == "count",
            shows=self._shows,
            most_deg=self._steepest_deg,
        )

    def prompt(self) -> Message:
        if self.part == "done":
            return Message("calibrate.done")
        if self.part == "rest":
            lifts = self._elevation in self.needs
            return Message("rest.hand_in_lap") if lifts else guided("rest", self._side)
        counted = self._ask.statistic == "count"
        return guided(self._ask.guide, self._towards, back=self._asks[-1].back, counted=counted)

    def progress(self) -> float:
        if self.part == "done":
            return 1.0
        done = sum(each.progress for each in self._asks)
        return min(1.0, done / max(1, len(self._protocol.asks)))

    def cues(self) -> tuple[Cue, ...]:
        told, self._cues = tuple(self._cues), []
        return told

    def profile(self) -> Profile:
        if self.part != "done":
            raise ValueError("the calibration is not done")
        still = self._never_moved()
        found = {name: value for name, value in self.found.items() if name not in still}
        refused = self.refused | dict.fromkeys(still, Validity.NO_MOVEMENT.name)
        return Profile(self._protocol.id, self._side, found=found, refused=refused)

    def _never_moved(self) -> set[str]:
        """Asks for both ends of one signal whose ends are the same: neither is an end."""
        ends: dict[str, dict[str, int]] = {}
        for ask, signal in zip(self._protocol.asks, self._names, strict=True):
            if ask.name in self.found and ask.statistic != "count":
                ends.setdefault(signal, {})[ask.name] = ask.towards
        still: set[str] = set()
        for signal, asks in ends.items():
            values = [self.found[name] for name in asks]
            least = LEAST_RANGE * resolve(signal)[0].swing.size
            if len(set(asks.values())) == 2 and max(values) - min(values) < least:
                still |= asks.keys()
        return still

    def noise_of(self, name: str) -> float:
        """RMS at rest of the signal that this ask watched; NaN where it is not known."""
        for ask, signal in zip(self._protocol.asks, self._names, strict=True):
            if ask.name == name:
                return self._rest.rests[signal].noise
        return math.nan

    @property
    def _ask(self) -> Ask:
        return self._protocol.asks[len(self._asks) - 1]

    @property
    def _towards(self) -> Side:
        """The side that the guide names."""
        ask = self._ask
        if ask.guide in LEANING:
            return "right" if ask.towards > 0 else "left"
        return resolve(self._names[len(self._asks) - 1])[1] or self._side

    def _begin_ask(self) -> None:
        if len(self._asks) == len(self._protocol.asks):
            self._end()
            return
        self.part = "ask"
        ask = self._protocol.asks[len(self._asks)]
        name = self._names[len(self._asks)]
        self._told = 0
        if ask.statistic == "count":
            at_top = (ask.guide, self._protocol.posture) in AT_TOP
            self._asks.append(CountAsk(ask, at_top=at_top))
        else:
            self._asks.append(HoldAsk(ask, self._rest.rests[name], resolve(name)[0].swing.size))

    def _step_ask(self, frame: PoseFrame, sample: Sample, dt_s: float) -> None:
        running, ask, name = self._asks[-1], self._ask, self._names[len(self._asks) - 1]
        x = sample[name]
        x = x if abs(x) < IMPOSSIBLE else math.nan
        lost = Validity.GOOD if math.isfinite(x) else why_unseen(frame, name, present=sample.present)
        if isinstance(running, CountAsk):
            running.step(self._now_s, frame.t_s, x, lost)
        else:
            running.step(self._now_s, x, dt_s, self._at_limit(ask, x, sample), lost)
        if running.taken > self._told:
            self._told = running.taken
            self._cues.append(Cue("calibrated"))
        if running.over:
            if math.isfinite(running.value):
                self.found[ask.name] = running.value
            else:
                self.refused[ask.name] = running.why.name
            self._begin_ask()

    def _at_limit(self, ask: Ask, x: float, sample: Sample) -> float:
        """What to take because the arm is as high as it may be asked to go; NaN while it is lower."""
        if ask.guide not in LIFTING:
            return math.nan
        watched = (sample.guards.get(ELEVATION, math.nan), sample[self._elevation])
        seen = [each for each in watched if math.isfinite(each)]
        if not seen:
            return math.nan
        self._elevations.append(max(seen))
        if float(np.median(self._elevations)) < self._steepest_deg:
            return math.nan
        # the arm has gone on while the pictures came; what it was asked for ends at the limit
        return x - max(0.0, self._elevations[-1] - self._steepest_deg)

    def _end(self) -> None:
        self.part = "done"
        for ask, name in zip(self._protocol.asks, self._names, strict=True):
            level = self._rest.rests[name].level
            if math.isfinite(level):
                self.found.setdefault(f"{ask.signal}.rest", level)


def _full_name(ask: Ask, side: Side) -> str:
    signal, own = resolve(ask.signal)
    return f"{signal.name}.{own or side}" if signal.sided else signal.name
