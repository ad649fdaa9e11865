"""Adapter: levels for the axes of an exercise, by any rule that knows one difficulty."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from rehabgames.adapt.fixed import Fixed
from rehabgames.adapt.graded import Reached, Spread, graded
from rehabgames.adapt.path import Path
from rehabgames.adapt.rule import Rule, Start
from rehabgames.adapt.skill_tracker import SkillTracker
from rehabgames.adapt.stored import reading, written
from rehabgames.core.message import Message
from rehabgames.core.plan import Aim
from rehabgames.core.trial import Learnt, Outcome, TrialSpec

FORMAT = "adapter/2"
MOST_STEPS = 5  # harder from one trial to the next; easier as far as need be
SLACK = 1e-9
SINCE_SD = 0.05  # of the difficulty, from one session to the next
BY_THE_TRUNK = -0.3  # margin of a success that the trunk made, where the arm is to be restored


class Adapter:
    """Ask it for levels, tell it what came of them.

    path   the axes that may move
    rule   makes a rule; `restore` is its class method
    start  of the rule; the difficulty and the step are the path's own
    learnt what the session before found; else the calibration is what it begins with
    aim    restitution: a success with more help than is tolerated counts as a miss; compensation: as one
    whole  margins are of the whole course of a try (see Mechanic)
    """

    def __init__(
        self,
        path: Path,
        rule: Callable[[Start], Rule],
        start: Start,
        aim: Aim = "restitution",
        learnt: Learnt | None = None,
        *,
        whole: bool = False,
    ) -> None:
        self._path, self._whole = path, whole
        prior = start.prior or (path.prior() if learnt is None else _since(path, learnt))
        self._rule = rule(Start(start.target_success, path.start, path.step, prior, start.seed, path.length))
        self._aim = aim
        self._played: dict[str, float] | None = None
        self._unjudged = False
        self._spread = Spread()

    def ask(self) -> dict[str, float]:
        """Levels of the next trial, each inside its axis; asking twice gives the same. The first one is where
        the axes start, whatever the rule would like. Raises ValueError where the rule asks for none."""
        return self._path.levels(self._next())

    def tell(self, spec: TrialSpec, outcome: Outcome) -> None:
        """What came of a trial, after the envelope (so its levels may differ from the asked ones).

        A trial that could not be judged, a probe and an assisted success change nothing.
        """
        self._unjudged = outcome.success is None
        if outcome.success is None or spec.probe or (outcome.success and outcome.assisted):
            return
        self._played = dict(spec.levels)
        at = self._path.difficulty(spec.levels)
        if outcome.success and not outcome.tolerated and self._aim == "restitution":
            self._rule.tell(at, False, BY_THE_TRUNK)
        else:
            self._spread.told(spec, outcome)
            axis = self._path.axis_at(at)
            grade = graded(spec, outcome, axis, self._spread, whole=self._whole)
            self._rule.tell(at, outcome.success, grade.margin, at_least=grade.at_least)

    def explain(self) -> Message:
        """Why the next levels are what they are: "adapt.start", "adapt.same", "adapt.unjudged", or
        "adapt.<axis>.harder" and "adapt.<axis>.easier" with the levels before and after, in the axis's own
        unit and in percent of it, and the rule's own reason."""
        if self._unjudged:
            return Message("adapt.unjudged")
        if type(self._rule) is Fixed:
            return Message("adapt.fixed")
        why = self._rule.explain()
        if self._played is None or why.id == "adapt.measuring":
            return why
        before, after = self._path.difficulty(self._played), self._next()
        axis = self._path.axis_at(after)
        if axis is None or math.isclose(before, after, abs_tol=1e-6):
            return Message("adapt.same", why.params)
        was, will = self._played.get(axis, 0.0), self.ask()[axis]
        levels = {
            "before": round(was, 2),
            "after": round(will, 2),
            "before_percent": round(100 * was),
            "after_percent": round(100 * will),
        }
        return Message(f"adapt.{axis}.{'harder' if after > before else 'easier'}", {**why.params, **levels})

    def _next(self) -> float:
        if self._played is None:
            return self._path.start
        asked = self._rule.ask()
        if not -SLACK <= asked <= 1.0 + SLACK:  # NaN is neither
            raise ValueError(f"a rule asks for a difficulty from 0 to 1, not {asked}")
        most = self._path.difficulty(self._played) + MOST_STEPS * self._path.step
        return min(1.0, most, max(0.0, asked))

    def to_json(self) -> str:
        """The whole state; equal states give equal text."""
        return written(
            FORMAT,
            {
                "rule": self._rule.to_json(),
                "played": self._played,
                "unjudged": self._unjudged,
                "reached": list(self._spread.reached),
                "paces": list(self._spread.paces),
                "astray": list(self._spread.astray),
            },
        )

    def restore(self, state: str) -> None:
        """Take over a state from `to_json`. Raises UseError where it is damaged; then nothing changed."""
        with reading(state, FORMAT) as held:
            played = held["played"]
            if played is not None:
                played = {str(name): float(level) for name, level in played.items()}
                if not all(math.isfinite(level) for level in played.values()):
                    raise ValueError(played)
            spread = Spread(
                _reached(held["reached"]),
                _reached(held["paces"]),
                [bool(astray) for astray in held["astray"]],
            )
            if not all(math.isfinite(each.level) for each in (*spread.reached, *spread.paces)):
                raise ValueError(held["reached"], held["paces"])
            rule = type(self._rule).from_json(held["rule"])
            unjudged = bool(held["unjudged"])
        self._rule, self._played, self._unjudged, self._spread = rule, played, unjudged, spread

    def learnt(self) -> Learnt | None:
        """What the next session may begin with; None where the rule believes nothing."""
        if not isinstance(self._rule, SkillTracker) or not self._rule.trials:
            return None
        mean, sd = self._rule.wanted
        return Learnt(self._path.levels(min(1.0, max(0.0, mean))), sd)

    @property
    def rule(self) -> Rule:
        return self._rule


def _since(path: Path, learnt: Learnt) -> tuple[float, float]:
    """A prior from the session before: it may have gone on, or been forgotten."""
    return path.difficulty(learnt.levels), math.hypot(learnt.sd, SINCE_SD)


def _reached(held: Iterable[tuple[float, bool]]) -> list[Reached]:
    return [Reached(float(level), bool(at_least)) for level, at_least in held]
