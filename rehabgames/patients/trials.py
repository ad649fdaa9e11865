"""TrialPatient: answers a whole try at once, from the same motor model, for thousands of sessions.

It is told what is asked and says what would have come of it, as the reaching game judges: pick by
holding, carry, place by holding, inside the time. Nobody tracks it: what cameras do wrong is not in it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from rehabgames.core.inputs import Question
from rehabgames.core.landmarks import Side
from rehabgames.core.person import Profile
from rehabgames.core.trial import Goal, Outcome, TrialSpec
from rehabgames.patients.attempts import ARM_M, Attempt, Place, Places, attempt
from rehabgames.patients.choosing import mistaken
from rehabgames.patients.condition import Before, Condition
from rehabgames.patients.kinds import Kind, side_named
from rehabgames.patients.motor import elevation_share, farthest, neglected
from rehabgames.patients.stance import LAP
from rehabgames.patients.traits import Traits, person_named

COMPENSATED_DEG = math.degrees(0.09)  # of lean, which two clinicians called compensation (MEASURES 4)
PAUSE_S = 0.6  # between two tries
TRUE = 0x7275  # so that the draws of `true_success` are others than those of play
DRAWS = 200

Asks = Callable[[Mapping[str, float]], Sequence[TrialSpec]]


class TrialPatient:
    """kind, side, traits, day and before as for Patient; the same seed and tries give the same outcomes.

    asks: which tries these levels mean, one for each direction; `true_success` needs it.
    """

    def __init__(
        self,
        kind: str | Kind,
        side: Side,
        seed: int,
        *,
        traits: Traits | None = None,
        day: int = 0,
        before: Before | None = None,
        asks: Asks | None = None,
    ) -> None:
        named, extra = person_named(kind) if isinstance(kind, str) else (kind, Traits())
        self.kind: Kind = named
        self.traits: Traits = extra if traits is None else traits
        self.side: Side = side_named(side)
        self.condition = Condition(named, self.traits, before or Before.of(self.traits, day))
        self.asks = asks
        self._seed = seed
        self._rng = np.random.default_rng(seed)
        self._hand = _lap()

    def play(self, spec: TrialSpec) -> Outcome:
        """What comes of this try, after the usual pause."""
        condition = self.condition
        condition.rested(PAUSE_S)
        if not condition.willing:
            condition.rested(spec.limit_s)
            self._hand = _lap()
            off = abs(complex(self._hand[0]) - _place(spec.goal).at)
            return Outcome(spec.number, False, "not_reached", spec.goal.radius - off, duration_s=spec.limit_s)
        picked, placed = _tried(condition.now(), self.side, spec, self._hand, self._rng)
        condition.repeated(self._share(spec.goal), abs(spec.goal.direction_deg))
        success = bool(np.isfinite(placed.done_s[0]))
        confused = self.kind.confusion > 0 and bool(spec.others) and self._confused(len(spec.others))
        condition.came(success=success and not confused)
        self._hand = placed.hand
        if confused:
            end_s = min(spec.limit_s, float(picked.done_s[0]))  # at another place, about as far away
            return Outcome(spec.number, False, "wrong", duration_s=end_s)
        return self._outcome(spec, picked, placed)

    def rest(self, seconds: float) -> None:
        """So long nothing is asked; the hand goes back to the lap."""
        self._hand = _lap()
        self.condition.rested(seconds)

    def answer(self, what: Question) -> float:
        """What the person says when it is asked: see core.inputs.Answer."""
        return self.condition.answer(what)

    def tomorrow(self) -> Before:
        """What today leaves for the next day: the `before` of the same person then."""
        return self.condition.tomorrow()

    def profile(self, directions_deg: Sequence[float], protocol: str = "reach_quick") -> Profile:
        """What a calibration would find now: the reach of one try in every direction."""
        kind, found = self.condition.now(), {}
        for direction in directions_deg:
            able = 1.0 + kind.reach_spread * float(self._rng.standard_normal())
            found[float(direction)] = float(farthest(kind, min(1.0, abs(direction) / 90.0), able))
        x = LAP[0] if self.side == "right" else -LAP[0]
        return Profile(protocol, self.side, reach=found, rest_xy=(x / ARM_M, LAP[1] / ARM_M))

    def true_success(self, levels: Mapping[str, float], draws: int = DRAWS) -> float:
        """Probability that a try at these levels succeeds now, all directions alike, from a hand that comes
        from the last place: a mean of `draws` (SD at most 0.5 / √draws), each time with the same chance.

        Raises ValueError where it is not known what levels mean.
        """
        if self.asks is None:
            raise ValueError("what is asked at these levels is not known: give `asks`")
        return self.success_of(self.asks(levels), draws)

    def success_of(self, specs: Sequence[TrialSpec], draws: int = DRAWS) -> float:
        """The same for given tries. Raises ValueError where there are none."""
        if not specs or draws < 1:
            raise ValueError("needs a try and a draw at least")
        if not self.condition.willing:
            return 0.0
        each = max(1, draws // len(specs))
        return float(np.mean(chances(self.condition.now(), self.side, specs, each, self._seed)))

    def _outcome(self, spec: TrialSpec, picked: Attempt, placed: Attempt) -> Outcome:
        success, reached = bool(np.isfinite(placed.done_s[0])), bool(np.isfinite(picked.done_s[0]))
        straight, touched = float(picked.straight[0]), float(picked.touched_s[0])
        ratio = max(1.0, float(picked.path[0]) / straight) if straight > 1e-3 else math.nan
        end_s = float(placed.done_s[0]) if success else spec.limit_s
        return Outcome(
            number=spec.number,
            success=success,
            reason="placed" if success else "not_placed" if reached else "not_reached",
            margin=float(picked.margin[0]),
            reached=float(picked.reached[0]),
            reach_s=touched if math.isfinite(touched) else math.nan,
            duration_s=end_s,
            path_ratio=math.nan if self._unseen(min(end_s, touched)) else ratio,
            compensated=bool(picked.lean_deg[0] > COMPENSATED_DEG),
        )

    def _confused(self, others: int) -> bool:
        return float(self._rng.random()) < mistaken(self.kind.confusion, others)

    def _unseen(self, seconds: float) -> bool:
        """Tracking lost the hand in this time: the way it took is not known."""
        lost = self.traits.dropouts
        if lost is None:
            return False
        return float(self._rng.random()) > math.exp(-seconds * lost.per_minute / 60.0)

    def _share(self, goal: Goal) -> float:
        up = -goal.distance * math.cos(math.radians(goal.direction_deg))
        share = elevation_share(up, goal.distance)
        return goal.distance / float(farthest(self.kind, share, 1.0))


def chances(
    kind: Kind, side: Side, specs: Sequence[TrialSpec], draws: int = DRAWS, seed: int = 0
) -> list[float]:
    """Probability that each of these tries succeeds for somebody who is so now: the share of `draws`,
    from a hand that comes from the place where things are brought to."""
    rng, made = np.random.default_rng((seed, TRUE)), []
    for spec in specs:
        start = np.full(draws, _place(spec.place or spec.goal).at)
        right = 1.0 - mistaken(kind.confusion, len(spec.others))
        made.append(right * float(np.isfinite(_tried(kind, side, spec, start, rng)[1].done_s).mean()))
    return made


def _tried(
    kind: Kind, side: Side, spec: TrialSpec, hand: Places, rng: np.random.Generator
) -> tuple[Attempt, Attempt]:
    """Pick and carry of n tries at once; what was not picked is not carried."""
    goal, n = _place(spec.goal), len(hand)
    ignored = neglected(kind, side, goal.at.real)
    picked = attempt(kind, hand, goal, np.zeros(n), spec.limit_s, rng=rng, ignored=ignored)
    if spec.place is None:
        return picked, picked
    place = _place(spec.place)
    ignored = neglected(kind, side, place.at.real)
    return picked, attempt(kind, picked.hand, place, picked.done_s, spec.limit_s, rng=rng, ignored=ignored)


def _place(goal: Goal) -> Place:
    outward, up = goal.xy(1.0)
    return Place(complex(outward, up), goal.radius, goal.hold_s)


def _lap() -> Places:
    return np.array([complex(LAP[0] / ARM_M, LAP[1] / ARM_M)])
