"""A reckoning beside the guard: what one person may be asked, written anew and sharing no code with it.

Counted over all steps, and always 0: targets outside the limits, rises while something holds, trials or
minutes over a cap, trials where none may be, holds that were let go. The guard may be stricter than this.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

from rehabgames.core.exercise import Axis
from rehabgames.core.inputs import Answer
from rehabgames.core.limits import Limits, Sector
from rehabgames.core.trial import Goal, Outcome, TrialSpec
from rehabgames.safety import Done, Guard

AXES = (
    Axis("distance", 0.4, 1.3, 0.7, 0.05),
    Axis("time", 9.0, 2.0, 8.0, 0.5),
    Axis("load", 0.0, 4.0, 2.0, 0.5),
)
STARTS = {axis.name: axis.start for axis in AXES}
DAYS = ["2026-11-22", "2026-11-23", "2026-11-24", "2031-01-01", "", "today"]
TODAY = DAYS[1]
FLAGS = ["sharp_pain", "fall"]
SCALES = ["pain", "effort", "soreness"]
QUESTIONS = [*SCALES, *FLAGS, "support", "mood"]
LIMITS = Limits(
    repetitions_block=15,
    repetitions_day=40,
    minutes_work=1,
    rest_s=20,
    minutes_session=3,
    break_minutes=1,
    minutes_day=6,
)
# what tightening may bring: the value that stands for one that is no number, and the loosest there is
LEAST = {
    "shoulder_elevation_deg": (0.0, 180.0),
    "across_deg": (0.0, 180.0),
    "reach": (0.15, 1.5),
    "speed": (0.05, 3.0),
    "hold_s": (0.0, 10.0),
    "repetitions_block": (1, 1000),
    "repetitions_day": (1, 5000),
    "minutes_work": (0.5, 20.0),
    "minutes_day": (0.5, 240.0),
    "pain_ease": (1.0, 10.0),
    "effort_hold": (1.0, 10.0),
    "effort_rest": (1.0, 10.0),
}


def real(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else math.nan


def both(one: Limits, other: Limits) -> Limits:
    """The stricter of each field that these tests tighten; all sectors and all angles."""
    fields: dict[str, Any] = {}
    for name, (least, most) in LEAST.items():
        values = [real(getattr(limits, name)) for limits in (one, other)]
        fields[name] = min([least if math.isnan(value) else value for value in values] + [most])
    angles = {name: list(span) for name, span in one.angles_deg.items()}
    for name, (low, high) in other.angles_deg.items():
        was = angles.get(name, [-math.inf, math.inf])
        angles[name] = [max(was[0], low), min(was[1], high)]
    return replace(
        one,
        rest_s=max(one.rest_s, other.rest_s),
        sectors=one.sectors + other.sectors,
        angles_deg={name: (low, high) for name, (low, high) in angles.items()},
        standing=one.standing and other.standing,
        **fields,
    )


def harder(levels: dict[str, float], most: dict[str, float]) -> int:
    return (
        (levels["distance"] > most["distance"])
        + (levels["time"] < most["time"])
        + (levels["load"] > most["load"])
    )


def easier_of(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    pick = {"distance": min, "time": max, "load": min}
    return {name: pick[name](one[name], other[name]) for name in pick}


def no_plug_in() -> None:
    raise RuntimeError("broken")


@dataclass
class Counted:
    """Over all people."""

    steps: int = 0
    trials: int = 0
    refused: int = 0
    outside: int = 0
    rises: int = 0
    breaches: int = 0
    forbidden: int = 0
    let_go: int = 0
    with_others: int = 0
    abandoned: int = 0
    trials_of: dict[str, int] = field(default_factory=dict)  # kind of person → trials

    def wrong(self) -> tuple[int, ...]:
        return self.outside, self.rises, self.breaches, self.forbidden, self.let_go


@dataclass
class Reckoning:
    """One person's day. Only a guard of a really new day begins anew, and here there is none.

    kind: "none", "early" or "late" after onset, as the dates say; what was done `before` counts.
    """

    limits: Limits = LIMITS  # as gated, reckoned here
    given: Limits = LIMITS  # as the guard gets them
    kind: str = "late"
    trunk_helps: bool = False
    posture: str = "sitting"
    before: list[Done] = field(default_factory=list)
    counted: Counted = field(default_factory=Counted)
    clock: float = 1000.0

    def __post_init__(self) -> None:
        self.day_trials = sum(done.repetitions for done in self.before)
        self.day_s = 60.0 * sum(done.minutes for done in self.before)
        self.work_s = self.rest_s = 0.0
        self.felt = False
        self.begin_program(first_pain=None, held=False, day=TODAY)

    def begin_program(self, *, first_pain: float | None, held: bool, day: str) -> None:
        self.guard = Guard(
            self.given,
            AXES,
            self.before,
            posture=self.posture,
            first_pain=first_pain,
            held=held,
            trunk_helps=self.trunk_helps,
        )
        self.guard.amounts.at(self.clock, day)
        self.block_trials = 0
        self.sore = self.helped = self.ended = self.exercise_over = False
        self.heard: dict[str, tuple[float, float]] = {}  # question → value, when
        self.opening, self.good = True, set[str]()
        self.last: dict[str, float] | None = dict(STARTS)  # None: only the guard knows
        self.most: dict[str, float] | None = dict(STARTS)  # while something holds
        self.spec: TrialSpec | None = None

    @property
    def held(self) -> bool:
        return self.felt or self.sore or self.helped

    def restart(self) -> None:
        """The program ends and begins again within the same day, and somebody set the date forward."""
        self.before.append(self.guard.amounts.done)
        self.felt = self.held
        self.given = self.limits
        first = self.guard.stop_rules.first_pain
        self.begin_program(first_pain=first, held=self.guard.held, day=DAYS[3])

    def next_block(self, posture: str = "sitting") -> None:
        self.before.append(self.guard.amounts.done)
        if not self.held:
            self.last = None if self.guard.held else dict(STARTS)
        else:
            self.last = self.most
        self.posture = posture
        self.guard.begin_block(AXES, posture)
        self.spec, self.block_trials, self.exercise_over = None, 0, False
        self.opening, self.good = True, set()

    def tighten(self, limits: Limits) -> None:
        free = not self.guard.held
        good = [what for what, (value, _) in self.heard.items() if not self.bad(what, value)]
        allowed = self.guard.tighten(limits)
        self.limits = both(self.limits, limits)
        for what in good:
            if self.bad(what, self.heard[what][0]):
                self.hold(what, free=free)
        if self.spec is not None and not self.fits(self.spec):
            self.counted.outside += allowed
        if not allowed and self.spec is not None:
            self.counted.abandoned += 1
            self.tell(None)
        self.counted.let_go += self.held and not self.guard.held

    def bad(self, what: str, value: float) -> bool:
        """It holds what is asked where it is."""
        limits = self.limits
        most = {
            "pain": limits.pain_ease,
            "effort": min(limits.effort_hold, limits.effort_rest),
            "soreness": limits.pain_ease,
        }
        if what in most:
            return not 0 <= value < most[what]
        return not value >= 0 if what == "support" else value != 0

    def hold(self, what: str, *, free: bool) -> None:
        if not self.held:
            self.most = self.last if free else None
        self.good.discard(what)
        self.sore |= what == "soreness"
        self.felt |= what != "soreness"

    def hear(self, what: Any, value: Any) -> None:
        free = not self.guard.held
        self.guard.hear(Answer(what, value), self.clock)
        number = real(value)
        self.heard[what] = (math.nan if what == "mood" else number, self.clock)
        if self.bad(what, self.heard[what][0]):
            self.hold(what, free=free)
        else:
            self.good.add(what)
            if self.opening and self.good >= {"pain", "effort"}:
                self.felt = False
        self.ended |= what in FLAGS and number > 0
        self.ended |= what in {"pain", "soreness"} and number >= 8
        self.exercise_over |= (what == "pain" and number >= 6) or (what == "effort" and number >= 9)
        self.counted.let_go += self.held and not self.guard.held

    def stop(self) -> None:
        free = not self.guard.held
        self.guard.stopped()
        self.hold("stop", free=free)
        self.ended, self.good = True, set()

    def ask(self, spec: TrialSpec, how: str) -> None:
        """how: "levels" as a session does; "plug_in" the same through somebody's code; "raw" as it is;
        "raises": that code raises; "no_clock": at a time that is none."""
        plug_in = (lambda: spec.levels) if how != "raises" else no_plug_in
        if how in {"levels", "no_clock"}:
            spec = replace(spec, levels=self.guard.levels(spec.levels)[0])
        elif how in {"plug_in", "raises"}:
            spec = replace(spec, levels=self.guard.levels_of(plug_in)[0])
        if how != "raw" and self.held and self.most is not None:
            self.counted.rises += harder(spec.levels, self.most)
        forbidden = self.forbidden() or how == "no_clock"
        now = math.nan if how == "no_clock" else self.clock
        if how in {"plug_in", "raises"}:
            got = self.guard.trial_of((lambda: spec) if how == "plug_in" else no_plug_in, now).trial
        else:
            got = self.guard.trial(spec, now)
        if not isinstance(got, TrialSpec):
            self.counted.refused += 1
            return
        counted = self.counted
        counted.trials += 1
        kind = f"{self.kind}{' trunk helps' if self.trunk_helps else ''}"
        counted.trials_of[kind] = counted.trials_of.get(kind, 0) + 1
        counted.with_others += bool(got.others)
        counted.outside += not self.fits(got)
        counted.forbidden += forbidden
        self.spec = got
        self.day_trials += 1
        self.block_trials += 1
        counted.breaches += self.day_trials > self.limits.repetitions_day
        counted.breaches += self.block_trials > self.limits.repetitions_block
        counted.breaches += self.work_s > self.limits.minutes_work * 60
        if self.held and self.most is not None:
            counted.rises += harder(got.levels, self.most)

    def forbidden(self) -> bool:
        """Whoever said what, and in which posture: no trial may begin."""
        if self.ended or self.exercise_over or self.limits.minutes_day <= 0:
            return True
        supported = self.heard.get("support", (0.0, 0.0))[0] == 1
        if self.posture != "sitting" and not (self.limits.standing and supported):
            return True
        for what, (value, at_s) in self.heard.items():
            rest_s = 0.0
            if what != "mood" and not value >= 0:
                return True  # asked again
            if what == "pain" and value >= self.limits.pain_ease:
                rest_s = self.limits.rest_s
            elif what == "effort" and value >= self.limits.effort_rest:
                rest_s = max(120.0, self.limits.rest_s)
            elif what == "mood" or (what == "soreness" and value >= 6):
                rest_s = self.limits.rest_s
            if rest_s and self.clock - at_s < rest_s:
                return True
        return False

    def fits(self, spec: TrialSpec) -> bool:
        limits = self.limits
        places = (spec.goal, spec.place)
        ok = set(spec.levels) == set(STARTS) and all(map(math.isfinite, spec.levels.values()))
        ok &= all(self.inside(goal) for goal in (*places, *spec.others)) and len(spec.others) <= 5
        for other in spec.others:
            ok &= other.distance <= spec.goal.distance
            ok &= all(
                math.dist(other.xy(1), each.xy(1)) >= other.radius + each.radius - 1e-9 for each in places
            )
        way = 1.0 + spec.goal.distance + math.dist(spec.goal.xy(1), spec.place.xy(1))
        moving_s = spec.limit_s - spec.goal.hold_s - spec.place.hold_s
        ok &= math.isfinite(moving_s) and way <= max(0.05, limits.speed) * moving_s + 1e-9
        return bool(ok)

    def inside(self, goal: Goal) -> bool:
        limits = self.limits
        x, y = goal.xy(1.0)
        elevation, far = math.degrees(math.atan2(abs(x), -y)), math.hypot(x, y)
        most = min([limits.shoulder_elevation_deg, *(high for _, high in limits.angles_deg.values())])
        most = min(most, limits.across_deg) if x < 0 else most
        ok = elevation <= max(0.0, most - 5) + 1e-6 and far <= max(0.15, limits.reach) + 1e-9
        ok &= 0.03 <= goal.radius <= 1 and 0 <= goal.hold_s <= max(0.0, limits.hold_s)
        for sector in limits.sectors:
            ok &= far <= reach_in(sector, goal.direction_deg) + 1e-9
        return bool(ok)

    def tell(self, success: bool | None, *, compensated: bool = False, assisted: bool = False) -> None:
        spec, self.spec = self.spec, None
        if spec is None:
            return
        outcome = Outcome(spec.number, success, "placed", compensated=compensated, assisted=assisted)
        self.guard.told(spec, outcome)
        if spec.probe:
            return
        self.opening = False
        if success is None:
            return
        played = dict(spec.levels)
        if self.held:
            self.most = played if self.most is None else easier_of(self.most, played)
        self.last = played
        if success and (assisted or (compensated and not self.trunk_helps)):
            if not self.held:
                self.most = played
            self.helped = True
        elif success:
            self.helped = False
        self.counted.let_go += self.held and not self.guard.held

    def time(self, seconds: float, day: str, jump: float) -> None:
        """One second after the other: play where a trial runs and it says go, else rest."""
        if jump < 0 and seconds >= 1:  # a machine that is switched off in between is not this day's matter
            self.clock += jump
        for _ in range(int(seconds)):
            self.clock += 1.0
            now = self.clock if math.isfinite(jump) else jump
            if self.spec is not None and self.guard.amounts.state == "go":
                self.guard.amounts.played(1.0, now, day)
                self.day_s, self.work_s, self.rest_s = self.day_s + 1, self.work_s + 1, 0.0
                self.counted.breaches += self.day_s > self.limits.minutes_day * 60
                self.counted.breaches += self.work_s > self.limits.minutes_work * 60
            else:
                self.guard.amounts.rested(1.0, now, day)
                self.rest_s += 1
                self.work_s = 0.0 if self.rest_s >= self.limits.rest_s else self.work_s

    def check(self) -> None:
        assert self.counted.wrong() == (0, 0, 0, 0, 0)


def reach_in(sector: Sector, direction_deg: float) -> float:
    """Farthest that this sector lets a goal in this direction be; one that is not understood is all round."""
    low, high, reach = map(real, sector)
    if low <= high and not low <= direction_deg <= high:
        return math.inf
    return reach if math.isfinite(reach) else 0.15
