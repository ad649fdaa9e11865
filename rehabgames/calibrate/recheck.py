"""Recheck: does the previous profile still fit? At most 20 seconds: rest, and two of what it found; where
movements follow the reach, one direction and two movements.

Where all are as before within 15 % (or twice the noise of the rest) the previous profile is kept, with
today's picture of the arm; where not, or where it takes longer, the whole protocol follows.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from rehabgames.calibrate.calibration import LONGEST_GAP_S, Part
from rehabgames.calibrate.in_turn import InTurn
from rehabgames.calibrate.movement import MovementCalibration
from rehabgames.calibrate.reach import ReachCalibration
from rehabgames.core.landmarks import Side
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.pose import PoseFrame
from rehabgames.core.protocol import Ask, MovementProtocol, Protocol, ReachProtocol
from rehabgames.core.sample import Sample
from rehabgames.core.view import Cue, Guide, Target
from rehabgames.safety import Envelope

LONGEST_S: Final = 20.0
ASKED_S: Final = 6.0  # for each of the two
SAME: Final = 0.15
NOISES: Final = 2.0

Machine = ReachCalibration | MovementCalibration | InTurn


class Recheck:
    """A Calibration; when it is done, `agrees` says whether the previous profile still fits. Only then
    there is a profile. It counts no versions: that is for who keeps the record."""

    def __init__(
        self, previous: Profile, protocol: Protocol, envelope: Envelope, side: Side, arm_px_guess: float
    ) -> None:
        self._previous = previous
        same = previous.protocol == protocol.id and previous.side == side
        self._machine = _shortened(previous, protocol, envelope, side, arm_px_guess) if same else None
        self._began_s: float | None = None
        self._over = False
        self._kept: Profile | None = None

    @property
    def agrees(self) -> bool:
        return self._kept is not None

    @property
    def needs(self) -> tuple[str, ...]:
        return self._machine.needs if self._machine else ()

    @property
    def part(self) -> Part:
        if self._over:
            return "done"
        if self._machine is None or self._machine.part == "done":
            return "ask"  # the next picture ends it
        return self._machine.part

    def step(self, frame: PoseFrame, sample: Sample) -> None:
        if self._over or not math.isfinite(frame.t_s):
            return
        if self._machine is None:
            self._over = True
            return
        if self._began_s is None:
            self._began_s = self._last_s = frame.t_s
        gap_s = frame.t_s - self._last_s
        if gap_s > LONGEST_GAP_S:
            self._began_s += gap_s  # a pause
        self._last_s = max(self._last_s, frame.t_s)
        self._machine.step(frame, sample)
        if self._machine.part == "done":
            self._over = True
            self._kept = _kept(self._previous, self._machine)
        elif frame.t_s - self._began_s >= LONGEST_S:
            self._over = True

    def target(self) -> Target | None:
        return self._machine.target() if self._machine and not self._over else None

    def guide(self) -> Guide | None:
        return self._machine.guide() if self._machine and not self._over else None

    def prompt(self) -> Message:
        if self._machine is None or (self._over and not self.agrees):
            return Message("calibrate.anew")
        return self._machine.prompt()

    def progress(self) -> float:
        return 1.0 if self._machine is None or self._over else self._machine.progress()

    def cues(self) -> tuple[Cue, ...]:
        return self._machine.cues() if self._machine else ()

    def profile(self) -> Profile:
        if self._kept is None:
            raise ValueError("the previous profile was not found to fit")
        return self._kept


def _shortened(
    previous: Profile, protocol: Protocol, envelope: Envelope, side: Side, arm_px_guess: float
) -> Machine | None:
    """The machine for two things that the previous profile found; None where there is nothing to check."""
    if isinstance(protocol, ReachProtocol) and previous.reach:
        return _short_reach(previous, protocol, envelope, side, arm_px_guess)
    if isinstance(protocol, MovementProtocol):
        two = _two(protocol.asks, previous)
        return MovementCalibration(replace(protocol, asks=two), envelope, side) if two else None
    return None


def _short_reach(
    previous: Profile, protocol: ReachProtocol, envelope: Envelope, side: Side, arm_px_guess: float
) -> Machine | None:
    """The steepest and the lowest direction; where movements follow, the steepest one and two of them."""
    known = sorted(d for d in previous.reach if f"reach.{d:g}" not in previous.refused)
    steep = [d for d in known if abs(d) <= envelope.steepest_deg]
    if not steep or any(ask.name not in previous.found for ask in protocol.asks):
        return None
    ends, two = tuple(dict.fromkeys((steep[-1], steep[0]))), _two(protocol.asks, previous)
    short = replace(protocol, timeout_s=_short(protocol.timeout_s, protocol.hold_s), asks=two)
    if two:
        return InTurn(replace(short, directions_deg=ends[:1]), envelope, side, arm_px_guess)
    return ReachCalibration(replace(short, directions_deg=ends), envelope, side, arm_px_guess)


def _two(asks: tuple[Ask, ...], previous: Profile) -> tuple[Ask, ...]:
    """The first two movements that were found before, asked once and shortly; counts take too long."""
    known = [ask for ask in asks if ask.name in previous.found and ask.statistic != "count"]
    return tuple(replace(ask, times=1, timeout_s=_short(ask.timeout_s, ask.hold_s)) for ask in known[:2])


def _short(timeout_s: float, hold_s: float) -> float:
    return min(timeout_s, max(ASKED_S, 2 * hold_s))


def _kept(previous: Profile, machine: Machine) -> Profile | None:
    """The previous profile with what is today's, or None where it does not fit any more."""
    today = machine.profile()
    if today.refused:
        return None
    reaches = all(
        _same(previous.reach.get(direction, math.nan), far, today.noise)
        for direction, far in today.reach.items()
    )
    moves = isinstance(machine, ReachCalibration) or all(
        _same(previous.found[name], value, machine.noise_of(name))
        for name, value in today.found.items()
        if not name.endswith(".rest")
    )
    if not (reaches and moves):
        return None
    if isinstance(machine, MovementCalibration):
        return previous
    return replace(previous, arm_px=today.arm_px, noise=today.noise, rest_xy=today.rest_xy)


def _same(before: float, now: float, noise: float) -> bool:
    spare = NOISES * noise if math.isfinite(noise) else 0.0
    return abs(now - before) <= max(SAME * abs(before), spare)
