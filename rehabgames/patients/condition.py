"""Condition: how a virtual patient is right now: tired, practised, in pain, willing; and what it says."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, replace
from typing import Final

from rehabgames.core.inputs import Question
from rehabgames.patients.kinds import RANGES, Kind
from rehabgames.patients.traits import Traits

SMALLEST: Final = 0.4  # share to which repetitions bring amplitude and speed down at most
FRESH_AFTER_S: Final = 15.0  # of rest, after which a sequence of repetitions begins anew
OVER_DEG: Final = 30.0  # over the painful angle: here a repetition counts whole
HARD: Final = 0.7  # share of the reach from which on work is felt as harder
LAST_DAY: Final = 3650  # of practice: what comes after ten years is the same every day
SHARP: Final = 9.0  # pain that is called sharp


@dataclass(frozen=True, slots=True)
class Before:
    """What the days before left: learned 0..1, soreness 0..10."""

    learned: float = 0.0
    soreness: float = 0.0

    @staticmethod
    def of(traits: Traits, day: int) -> Before:
        """On this day, after as many days of the same practice. Raises ValueError for a day that is none of
        the first ten years."""
        if type(day) is not int or not 0 <= day <= LAST_DAY:
            raise ValueError(f"day = {day} is not a whole number from 0 to {LAST_DAY}")
        before = Before()
        for _ in range(day):
            daily = traits.learning.daily if traits.learning else 0.0
            before = before.next(traits, daily)
        return before

    def next(self, traits: Traits, repetitions: float) -> Before:
        """The next morning, after so many repetitions."""
        learned, sore = 0.0, 0.0
        if traits.learning is not None:
            gone = math.exp(-repetitions / traits.learning.repetitions)
            learned = traits.learning.retention * (1.0 - (1.0 - self.learned) * gone)
        if traits.soreness is not None:
            kept = self.soreness * 0.5 ** (1.0 / traits.soreness.half_life_days)
            more = max(0.0, repetitions - traits.soreness.free) * traits.soreness.per_repetition
            sore = min(10.0, kept + more)
        return Before(learned, sore)


class Condition:
    """kind, traits: who it is; before: what the days before left. Told what happens, it says `now()`."""

    def __init__(self, kind: Kind, traits: Traits, before: Before) -> None:
        self._kind, self._traits, self._before = kind, traits, before
        self.fatigue = 0.0
        self.learned = before.learned
        self.pain = traits.pain.start if traits.pain else 0.0
        self.repetitions = 0
        self.willing = True
        self._sequence = 0  # repetitions without a rest between
        self._rested_s = 0.0
        self._share = HARD  # of the reach that lately was asked
        self._came: deque[bool] = deque(maxlen=traits.refusal.window if traits.refusal else 1)
        self._now: Kind | None = None

    def now(self) -> Kind:
        """The kind as it is at this moment."""
        if self._now is None:
            self._now = self._changed()
        return self._now

    def repeated(self, share: float, elevation_deg: float) -> None:
        """One reach was tried, to this share of the own reach, with the arm lifted so far."""
        traits, share = self._traits, min(1.3, max(0.2, share))
        self.repetitions += 1
        self._sequence += 1
        self._rested_s = 0.0
        self._share += (share - self._share) / 5
        if traits.fatigue is not None:
            self.fatigue += traits.fatigue.per_repetition * share * (1.0 - self.fatigue)
        if traits.learning is not None:
            self.learned += (1.0 - self.learned) * (1.0 - math.exp(-1.0 / traits.learning.repetitions))
        if traits.pain is not None:
            over = max(0.0, elevation_deg - traits.pain.angle_deg) / OVER_DEG
            self.pain = min(10.0, self.pain + traits.pain.per_repetition * over)
        self._now = None
        self._judge()

    def rested(self, seconds: float) -> None:
        """So long nothing was asked, or nothing was done."""
        if not seconds > 0:
            return
        traits = self._traits
        self._rested_s += seconds
        if self._rested_s >= FRESH_AFTER_S:
            self._sequence = 0
        if traits.fatigue is not None:
            self.fatigue *= math.exp(-seconds / traits.fatigue.recovery_s)
        if traits.pain is not None:
            left = math.exp(-seconds / traits.pain.relief_s)
            self.pain = traits.pain.start + (self.pain - traits.pain.start) * left
        refusal = traits.refusal
        if not self.willing and refusal is not None and self._rested_s >= refusal.rest_s:
            self._came.clear()
            self.willing = self.pain < refusal.pain_from
        self._now = None

    def came(self, *, success: bool) -> None:
        """The person saw whether the last try counted."""
        self._came.append(success)
        self._judge()

    def answer(self, what: Question) -> float:
        """Scales in whole points 0 to 10; yes 1, no 0. Symptoms that nobody here has are 0."""
        if what == "pain":
            return float(round(self.pain))
        if what == "effort":
            harder = 3.0 * max(0.0, self._share - HARD) / (1.0 - HARD) if self.repetitions else 0.0
            return float(round(min(10.0, self._kind.effort + 5.0 * self.fatigue + harder)))
        if what == "soreness":
            return float(round(self._before.soreness))
        if what == "sharp_pain":
            return float(self.pain >= SHARP)
        return float(what == "support")

    def tomorrow(self) -> Before:
        """What today leaves for the next day."""
        before = self._before.next(self._traits, self.repetitions)
        kept = self._traits.learning.retention * self.learned if self._traits.learning else 0.0
        return Before(kept, before.soreness)

    def _judge(self) -> None:
        refusal = self._traits.refusal
        if refusal is None:
            return
        full = len(self._came) == refusal.window
        if self.pain >= refusal.pain_from or (full and sum(self._came) < refusal.below * refusal.window):
            self.willing = False

    def _changed(self) -> Kind:
        kind, traits = self._kind, self._traits
        slow = far = spread = up = 1.0
        if traits.fatigue is not None:
            slow *= 1.0 + traits.fatigue.slower * self.fatigue
            far *= 1.0 - traits.fatigue.shorter * self.fatigue
            spread *= 1.0 + traits.fatigue.noisier * self.fatigue
        if traits.learning is not None:
            slow *= 1.0 - traits.learning.quicker * self.learned
            far *= 1.0 + traits.learning.farther * self.learned
            spread *= 1.0 - traits.learning.steadier * self.learned
        if traits.pain is not None:
            lost = traits.pain.guard * self.pain / 10.0
            up, slow = 1.0 - lost, slow / (1.0 - lost)
        slow /= max(SMALLEST, (1.0 - kind.speed_decrement) ** self._sequence)
        gain = max(SMALLEST, (1.0 - kind.amplitude_decrement) ** self._sequence)
        if slow == far == spread == up == gain == 1.0:
            return kind
        return replace(
            kind,
            movement_s=_within("movement_s", kind.movement_s * slow),
            reach=_within("reach", kind.reach * far),
            reach_up=_within("reach_up", kind.reach_up * far * up),
            noise=_within("noise", kind.noise * spread),
            reach_spread=_within("reach_spread", kind.reach_spread * spread),
            gain=_within("gain", kind.gain * gain),
        )


def _within(name: str, value: float) -> float:
    lowest, highest = RANGES[name]
    return min(highest, max(lowest, value))
