"""Facts: what a report says about one session, read from its record. No drawing, no layout."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, get_args

from rehabgames.core.message import Message
from rehabgames.core.trial import Space
from rehabgames.records.rows import EventRow, ProfileRow, SessionRow, TrialRow
from rehabgames.records.store import Store
from rehabgames.reports.terms import TERMS, Practice, Terms, why_words
from rehabgames.signals import CONTROLS
from rehabgames.words import render

SPACES: Final[tuple[Space, ...]] = get_args(Space)
HELPS = {"compensated": "with the trunk", "assisted": "with the other hand"}


@dataclass(frozen=True, slots=True)
class Try:
    """One trial. `number` is the trial's own number in the record, `shown` counts from 1 for people.

    asked, radius, reached in the unit of the goal's space; None where the record does not say, and where the
    goal lies in another space than the session's. off: how far from the middle of the goal it still came at
    its best. pushed: the farthest place on the way to the goal; None where there is no way.
    probe: no practice, so it is in no share and no count; helps: what helped, in words, "" where nothing did.
    """

    number: int
    shown: int
    t_s: float
    success: bool | None
    reason: str
    direction_deg: float | None
    asked: float | None
    radius: float
    reached: float | None
    reach_s: float | None
    duration_s: float | None
    levels: dict[str, float]
    clamped: tuple[str, ...]
    why: str
    probe: bool = False
    helps: str = ""
    off: float | None = None
    pushed: float | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """reach: calibrated reach in arm lengths by direction_deg; empty without a calibration of reaches.
    found: what else a calibration found, by the name of what was asked.

    frames_seen, frames_tracked and success_rate are None where unknown or undefined; success_rate
    is a share (0..1) of the trials that could be judged. Probes are not among successes and judged.
    ledger: counts of what kind the practice was; empty where the record keeps none.
    """

    row: SessionRow
    tries: tuple[Try, ...]
    events: tuple[EventRow, ...]
    reach: dict[float, float]
    noise: float | None
    elevation_deg: float | None
    side: str
    target_success: float | None
    frames_seen: int | None
    frames_tracked: int | None
    ledger: dict[str, float] = field(default_factory=dict)
    found: dict[str, float] = field(default_factory=dict)
    space: Space = "arm"
    judged: int = field(init=False)
    successes: int = field(init=False)
    ended_s: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "judged", sum(t.success is not None for t in self.practice))
        object.__setattr__(self, "successes", sum(t.success is True for t in self.practice))

    @property
    def practice(self) -> list[Try]:
        """All tries but probes."""
        return [t for t in self.tries if not t.probe]

    @property
    def probes(self) -> list[Try]:
        """Probes that could be judged."""
        return [t for t in self.tries if t.probe and t.success is not None]

    @property
    def success_rate(self) -> float | None:
        return self.successes / self.judged if self.judged else None

    @property
    def kind(self) -> Practice:
        kept = [t.asked for t in self.tries if t.asked is not None]
        return "middle" if self.space == "shift" and kept and not any(kept) else self.space

    @property
    def terms(self) -> Terms:
        return TERMS[self.kind]

    @property
    def game(self) -> str:
        return _game(self.row)

    @property
    def best(self) -> tuple[float, Try] | None:
        """The key number and its trial, the first of equals: the furthest it came; where the middle was to
        be kept, the strongest push against which it was."""
        if self.kind == "middle":
            known = [(t.pushed, t) for t in self.tries if t.success and t.pushed is not None]
        else:
            known = [(t.reached, t) for t in self.tries if t.reached is not None]
        return max(known, key=lambda each: (each[0], -each[1].shown), default=None)

    @property
    def directions(self) -> list[float]:
        """All directions that were calibrated or asked, ascending."""
        return sorted({*self.reach, *self.asked_towards} if self.space == "arm" else self.asked_towards)

    @property
    def asked_towards(self) -> list[float]:
        """Directions that were asked, ascending; none where goals of this kind have no direction."""
        if not self.terms.towards:
            return []
        return sorted({t.direction_deg for t in self.tries if t.direction_deg is not None})

    @property
    def axes(self) -> list[str]:
        """Names of the difficulty axes that any trial has a level of, in order of appearance."""
        return list(dict.fromkeys(name for t in self.tries for name in t.levels))


def gather(store: Store, session_id: str) -> Facts:
    """Read one session. Raises UseError where there is none, StoreError where the record fails."""
    row = store.session(session_id)
    trials, events, profile = store.trials(row.id), store.events(row.id), store.profile(row.id)
    stop = row.stop if isinstance(row.stop, dict) else {}
    body = _profile_body(row, profile)
    limits = row.start.get("limits")
    space = _space(row, trials)
    ends = [entry.t_s for entry in (*trials[-1:], *events[-1:])]
    return Facts(
        row=row,
        tries=tuple(_try(trial, i + 1, space, _game(row)) for i, trial in enumerate(trials)),
        events=tuple(events),
        reach=dict(sorted(_reach(body.get("reach")).items())),
        noise=number_in(body.get("noise")),
        elevation_deg=number_in(limits.get("shoulder_elevation_deg")) if isinstance(limits, dict) else None,
        side=str(row.start.get("side") or body.get("side") or ""),
        target_success=_target(row.start),
        frames_seen=_count(stop.get("frames_seen")),
        frames_tracked=_count(stop.get("frames_tracked")),
        ledger=_numbers(stop.get("ledger")),
        found=_numbers(body.get("found")),
        space=space,
        ended_s=row.ended_s if row.ended_s is not None else max(ends, default=None),
    )


def furthest_towards(tries: Sequence[Try], direction_deg: float) -> float | None:
    """Furthest reach in arm lengths among the trials of this direction, None where there is none."""
    return max(
        (t.reached for t in tries if t.direction_deg == direction_deg and t.reached is not None), default=None
    )


def _profile_body(row: SessionRow, profile: ProfileRow | None) -> dict[str, Any]:
    return _table(profile.body if profile else row.start.get("profile"))


def _game(row: SessionRow) -> str:
    return str(row.start.get("game") or "")


def _space(row: SessionRow, trials: Sequence[TrialRow]) -> Space:
    """In which most goals lie; without trials that in which it is steered."""
    named = Counter(_space_of(_table(trial.body.get("goal"))) for trial in trials)
    if named:
        return named.most_common(1)[0][0]
    control = CONTROLS.get(str(row.start.get("control")))
    return "arm" if control is None else control.space


def _space_of(goal: dict[str, Any]) -> Space:
    """Records from before there were several say nothing, and mean the arm's."""
    return next((space for space in SPACES if space == goal.get("space")), "arm")


def _try(row: TrialRow, shown: int, space: Space, game: str) -> Try:
    body = row.body
    goal = _table(body.get("goal"))
    there = _space_of(goal) == space
    radius, margin = number_in(goal.get("radius")), number_in(body.get("margin"))
    clamped = body.get("clamped")
    return Try(
        number=row.trial if row.trial is not None else shown - 1,
        shown=shown,
        t_s=row.t_s,
        success=row.success,
        reason=row.reason or "",
        direction_deg=number_in(goal.get("direction_deg")),
        asked=number_in(goal.get("distance")) if there else None,
        radius=radius or 0.0,
        reached=row.reached if there else None,
        reach_s=number_in(body.get("reach_s")),
        duration_s=number_in(body.get("duration_s")),
        levels={k: v for k, given in (row.levels or {}).items() if (v := number_in(given)) is not None},
        clamped=tuple(str(rule) for rule in clamped) if isinstance(clamped, list) else (),
        why=_said(body.get("why"), _space_of(goal), game),
        probe=body.get("probe") is True,
        helps=_helps(body),
        off=max(0.0, radius - margin) if radius is not None and margin is not None else None,
        pushed=max(_distances(body.get("way")), default=None),
    )


def _distances(way: object) -> list[float]:
    goals = [_table(each) for each in way] if isinstance(way, list) else []
    return [far for goal in goals if (far := number_in(goal.get("distance"))) is not None]


def _table(given: object) -> dict[str, Any]:
    return given if isinstance(given, dict) else {}


def _target(start: dict[str, Any]) -> float | None:
    """As the plan prescribes it, else as the exercise file does."""
    ordered = start.get("prescription")
    asked = number_in(ordered.get("target_success")) if isinstance(ordered, dict) else None
    return number_in(start.get("target_success")) if asked is None else asked


def _helps(body: dict[str, Any]) -> str:
    helped = [words for key, words in HELPS.items() if body.get(key) is True]
    if body.get("success") is True and body.get("tolerated") is False:
        helped.append("not counted")
    return ", ".join(helped)


def _numbers(given: object) -> dict[str, float]:
    if not isinstance(given, dict):
        return {}
    return {name: number for name in given if (number := number_in(given[name])) is not None}


def _said(why: object, space: Space, game: str) -> str:
    if not isinstance(why, dict) or not isinstance(why.get("id"), str):
        return ""
    params = why.get("params")
    message = Message(why["id"], params if isinstance(params, dict) else {})
    return render(why_words(message, space, game))


def _reach(given: object) -> dict[float, float]:
    if not isinstance(given, dict):
        return {}
    read = {_degrees(k): number_in(v) for k, v in given.items()}
    return {k: v for k, v in read.items() if k is not None and v is not None}


def _degrees(key: object) -> float | None:
    # JSON has text for keys
    try:
        return number_in(float(str(key)))
    except ValueError:
        return None


def number_in(given: object) -> float | None:
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
        return None
    return float(given)


def _count(given: object) -> int | None:
    return given if isinstance(given, int) and not isinstance(given, bool) else None
