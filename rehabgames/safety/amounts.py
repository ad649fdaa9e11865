"""Amounts: how much may still be done now. Hazard H3; sources: SAFETY "Stop rules" (rest, break, day).

What was done counts up and only a rest or a new day takes it back. Time that is in doubt counts as
played, never as rest. A later date is a new day only when NIGHT_S went by since the last play, or when
the machine's clock began anew in between; an earlier date is the latest day that was seen. What was
played under a date before it was a new day counts for both days.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rehabgames.core.limits import Limits
from rehabgames.safety.merge import tightest
from rehabgames.safety.walls import number

NIGHT_S = 4 * 3600.0
AHEAD_S = 0.1  # one step of a session: a cap is reached before a step could pass it
LONGEST_STALL_S = 5.0  # of a stalled picture this much counts as played; longer, nobody plays on

State = Literal["go", "rest", "break", "day_over"]


@dataclass(frozen=True, slots=True)
class Done:
    """One block that was played.

    begun_s   on the clock of `now_s`: one that goes on over restarts of the program, and best while the
              machine sleeps; after a restart of the machine it may begin anew
              NaN: not known; then the date alone counts, and no rest
    minutes   of play
    day       ISO date by the wall, "2026-11-21"
    ended_s   on the same clock; NaN: not known; then no rest follows from it
    """

    begun_s: float
    minutes: float
    repetitions: int
    day: str
    ended_s: float = math.nan


@dataclass(frozen=True, slots=True)
class AllowedDose:
    """A dose inside the limits; rules: names of what was moved."""

    repetitions: int
    sets: int
    rest_s: float
    minutes: float
    rules: tuple[str, ...] = ()


class Amounts:
    """limits: see Limits "Amount". before: earlier blocks, the oldest first.

    Call `played` for every step of play and `rested` for every step without; either moves the clock.
    """

    def __init__(self, limits: Limits, before: Sequence[Done] = ()) -> None:
        self.limits = tightest(limits)
        self._day = self._dated = ""  # the day that counts, and the latest date that was given
        self._dated_s: dict[str, float] = {}  # date that was given → play under it
        self._dated_repetitions: dict[str, int] = {}
        self._day_s = self._work_s = self._session_s = self._rest_s = self._block_s = 0.0
        self._day_repetitions = self._block_repetitions = 0
        self._now_s: float | None = None
        self._since_play_s = math.inf  # by the clock; inf: the machine's clock began anew
        self._clock_shown = True  # the newest step came with a time
        self._end_known = True
        self._begun_ago_s: float | None = None
        for done in before:
            self._recall(done)
        self._live = False  # from the first step on, only steps of rest are rest
        self.begin_block()

    def begin_block(self) -> None:
        self._block_s, self._block_repetitions, self._begun_ago_s = 0.0, 0, None

    def at(self, now_s: float, day: str | None = None) -> float:
        """Move the clock, as `played` and `rested` do; call it once when a session begins.

        Returns the seconds that went by, 0 where the clock went back or is no number. day: None: unchanged.
        The first time, what went by since the last block was a rest.
        """
        elapsed_s = self._elapsed(number(now_s))
        self._since_play_s += elapsed_s
        if self._begun_ago_s is not None:
            self._begun_ago_s += elapsed_s
        if not self._live:
            self._live = True
            self._add_rest(elapsed_s if self._end_known else 0.0)
        self._see_day(day)
        return elapsed_s

    def played(self, dt_s: float, now_s: float, day: str | None = None) -> None:
        """dt_s of play went by, or what the clock says where that is longer."""
        elapsed_s = min(LONGEST_STALL_S, self.at(now_s, day))
        dt_s = number(dt_s)
        if self._begun_ago_s is None:
            self._begun_ago_s = 0.0
        self._add_play(max(dt_s, elapsed_s) if 0 <= dt_s < math.inf else LONGEST_STALL_S)

    def rested(self, dt_s: float, now_s: float, day: str | None = None) -> None:
        """dt_s without play went by, or what the clock says where that is shorter."""
        elapsed_s = self.at(now_s, day)
        dt_s = number(dt_s)
        self._add_rest(min(dt_s, elapsed_s) if dt_s > 0 else 0.0)

    def tried(self) -> None:
        """One more repetition was asked."""
        self._since_play_s = 0.0
        self._block_repetitions += 1
        self._add_repetitions(1)

    def tighten(self, limits: Limits) -> None:
        self.limits = tightest(self.limits, limits)

    @property
    def repetitions_left(self) -> int:
        """In this block, and today."""
        block = self.limits.repetitions_block - self._block_repetitions
        return max(0, min(block, self.limits.repetitions_day - self._day_repetitions))

    @property
    def state(self) -> State:
        """ "rest" and "break" last until one long enough was had; "day_over" until tomorrow."""
        if self._day_left_s <= 0 or self._day_repetitions >= self.limits.repetitions_day:
            return "day_over"
        if self._session_left_s <= 0:
            return "break"
        return "rest" if self._work_left_s <= 0 else "go"

    @property
    def seconds_left(self) -> float:
        """Of play until the next rest, or of this rest or break; 0 when the day is over."""
        state = self.state
        if state == "go":
            return min(self._work_left_s, self._session_left_s, self._day_left_s)
        wanted_s = {"rest": self.limits.rest_s, "break": self.limits.break_minutes * 60, "day_over": 0.0}
        return max(0.0, wanted_s[state] - self._rest_s)

    @property
    def done(self) -> Done:
        """This block so far, for `before` of the next time."""
        now_s = math.nan if self._now_s is None else self._now_s
        ended_s = now_s if self._live and self._clock_shown else math.nan
        begun_s = now_s - (self._begun_ago_s or 0.0)
        return Done(begun_s, self._block_s / 60, self._block_repetitions, self._day, ended_s)

    def dose(self, repetitions: int, sets: int, rest_s: float, minutes: float) -> AllowedDose:
        """What of this dose is allowed now. Sets go before repetitions; nothing left: 0 of both."""
        left = self.repetitions_left if self.state == "go" else 0
        each = min(_count(repetitions), left)
        allowed_sets = min(_count(sets), left // each) if each else 0
        each = each if allowed_sets else 0
        allowed_rest_s = max(number(rest_s) if math.isfinite(number(rest_s)) else 0.0, self.limits.rest_s)
        most = max(0.0, min(self._session_left_s, self._day_left_s)) / 60
        wanted = number(minutes)
        allowed_minutes = min(max(0.0, wanted), most) if math.isfinite(wanted) else 0.0
        moved = {
            "repetitions": each != repetitions,
            "sets": allowed_sets != sets,
            "rest": allowed_rest_s != rest_s,
            "minutes": allowed_minutes != minutes,
        }
        rules = tuple(name for name, was in moved.items() if was)
        return AllowedDose(each, allowed_sets, allowed_rest_s, allowed_minutes, rules)

    @property
    def _work_left_s(self) -> float:
        return self.limits.minutes_work * 60 - AHEAD_S - self._work_s

    @property
    def _session_left_s(self) -> float:
        return self.limits.minutes_session * 60 - AHEAD_S - self._session_s

    @property
    def _day_left_s(self) -> float:
        return self.limits.minutes_day * 60 - AHEAD_S - self._day_s

    def _add_play(self, dt_s: float) -> None:
        self._rest_s = self._since_play_s = 0.0
        self._day_s += dt_s
        self._dated_s[self._dated] = self._dated_s.get(self._dated, 0.0) + dt_s
        self._work_s += dt_s
        self._session_s += dt_s
        self._block_s += dt_s

    def _add_repetitions(self, tries: int) -> None:
        self._day_repetitions += tries
        self._dated_repetitions[self._dated] = self._dated_repetitions.get(self._dated, 0) + tries

    def _add_rest(self, dt_s: float) -> None:
        self._rest_s += dt_s
        if self._rest_s >= self.limits.rest_s:
            self._work_s = 0.0
        if self._rest_s >= self.limits.break_minutes * 60:
            self._session_s = 0.0

    def _see_day(self, day: str | None) -> None:
        seen = _iso(day)
        self._dated = seen or self._dated
        if seen <= self._day:
            return
        if self._day and self._since_play_s < NIGHT_S:
            return
        if self._day:
            self._day_s = self._dated_s.get(seen, 0.0)
            self._day_repetitions = self._dated_repetitions.get(seen, 0)
            self._work_s = min(self._work_s, self._day_s)
            self._session_s = min(self._session_s, self._day_s)
        self._day = seen

    def _elapsed(self, now_s: float) -> float:
        self._clock_shown = math.isfinite(now_s)
        if not self._clock_shown:
            return 0.0
        gap_s = 0.0 if self._now_s is None else now_s - self._now_s
        if not self._live and gap_s < 0:
            self._since_play_s = math.inf  # the machine's clock began anew; only the date is left
        self._now_s = now_s
        return max(0.0, gap_s)

    def _recall(self, done: Done) -> None:
        """What is no number counts as the most that one block could have been."""
        self._live = False
        begun_s, ended_s = number(done.begun_s), number(done.ended_s)
        if not math.isfinite(begun_s):
            self._now_s, self._since_play_s = None, math.inf
        self.at(begun_s, done.day)
        minutes, tries = number(done.minutes), number(done.repetitions)
        minutes = minutes if 0 <= minutes < math.inf else self.limits.minutes_session
        tries = tries if 0 <= tries < math.inf else self.limits.repetitions_block
        self._add_play(minutes * 60)
        self._add_repetitions(math.ceil(tries))
        self._end_known = math.isfinite(ended_s)
        if self._end_known:
            self._now_s = ended_s
        elif math.isfinite(begun_s):
            self._now_s, self._since_play_s = begun_s, -minutes * 60
        else:
            self._now_s, self._since_play_s = None, math.inf


def _iso(day: object) -> str:
    """The date as "YYYY-MM-DD", which sorts; "" for what is no date."""
    try:
        return date.fromisoformat(str(day)).isoformat()
    except ValueError:
        return ""


def _count(value: float) -> int:
    wanted = number(value)
    return max(0, math.floor(wanted)) if math.isfinite(wanted) else 0
