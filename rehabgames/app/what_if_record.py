"""What a stored session says of its adapter: with what it began, and what it was told try by try."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, get_args

from rehabgames.adapt import ADAPTERS, Adapter, Path, Start
from rehabgames.core.errors import UseError
from rehabgames.core.exercise import Axis
from rehabgames.core.message import Message
from rehabgames.core.plan import Aim
from rehabgames.core.trial import Goal, Learnt, Outcome, Space, TrialSpec
from rehabgames.games import GAMES
from rehabgames.records.rows import Entry, SessionRow, TrialRow
from rehabgames.records.store import Store

GOAL_NUMBERS: Final = ("direction_deg", "distance", "radius", "hold_s")

# a trial as the adapter was told it, and whether it is one of the record's: one that was cut short is not
Told = tuple[TrialSpec, Outcome, bool]


@dataclass(frozen=True, slots=True)
class Settings:
    """All that an adapter begins with."""

    adapter: str
    target_success: float
    axes: tuple[Axis, ...]
    order: tuple[str, ...] = ()
    locked: dict[str, float] = field(default_factory=dict)
    aim: Aim = "restitution"
    seed: int = 0
    learnt: Learnt | None = None
    whole: bool = False

    @property
    def path(self) -> Path:
        return Path(self.axes, self.order, self.locked)

    def adapter_now(self) -> Adapter:
        """A new one, to which nothing was told."""
        start = Start(self.target_success, seed=self.seed)
        return Adapter(self.path, ADAPTERS[self.adapter], start, self.aim, self.learnt, whole=self.whole)

    def as_json(self) -> dict[str, Any]:
        told = asdict(self)
        del told["axes"]
        return told


@dataclass(frozen=True, slots=True)
class Played:
    """began: with what the adapter began; version: of the program, "" where unknown; trials: in order."""

    began: Settings
    version: str
    game: str
    trials: tuple[Told, ...]

    @property
    def space(self) -> Space:
        """Of the goals."""
        return self.trials[0][0].goal.space if self.trials else "arm"


def read_session(store: Store, row: SessionRow) -> Played:
    """Raises UseError where it is a calibration or still runs, and what comes of a damaged record."""
    body = row.start
    if not isinstance(body, dict):
        raise TypeError(body)
    if "exercise" not in body and "axes" not in body:
        step = "Choose one in which an exercise was played."
        raise UseError(f"The session {row.id} is a calibration and has no trials.", step)
    if row.status == "running":
        raise UseError(f"The session {row.id} is still running.", "Ask again when it has ended.")
    rows: list[Entry] = [*store.trials(row.id), *store.events(row.id, "trial_abandoned")]
    rows.sort(key=lambda each: each.number)
    recorded = _recorded(body)
    version = str((body.get("versions") or {}).get("rehabgames", ""))
    told = tuple(_trial(each, recorded.axes) for each in rows)
    return Played(recorded, version, str(body.get("game") or ""), told)


def _recorded(body: dict[str, Any]) -> Settings:
    """As `session.play.adapter_of` reads a Setup. Raises what is in DAMAGE."""
    ordered = body.get("prescription") or {}
    axes = tuple(_read_axis(name, axis) for name, axis in body["axes"].items())
    target = ordered.get("target_success")
    adapter = ordered.get("adapter") or body["adapter"]
    aim, seed = body.get("aim", "restitution"), body["seed"]
    if not axes or not isinstance(adapter, str) or aim not in ("restitution", "compensation"):
        raise ValueError("no axes, adapter or aim")
    if type(seed) is not int or seed < 0:
        raise ValueError("no seed")
    learnt = body.get("learnt")
    settings = Settings(
        adapter=adapter,
        target_success=_real(body["target_success"] if target is None else target),
        axes=axes,
        order=tuple(ordered.get("order") or ()),
        locked=_levels(ordered.get("locked") or {}),
        aim=aim,
        seed=seed,
        learnt=None if learnt is None else Learnt(_levels(learnt["levels"]), _real(learnt["sd"])),
        whole=body.get("game") in GAMES and GAMES[body["game"]].whole,
    )
    replace(settings, adapter="skill").adapter_now()  # raises where a number is none that can be
    return settings


def _read_axis(name: str, told: dict[str, Any]) -> Axis:
    axis = Axis(name, *(_real(told[key]) for key in ("easiest", "hardest", "start", "step")))
    if axis.step <= 0 or not axis.lowest <= axis.start <= axis.highest:
        raise ValueError(name)
    return axis


def _trial(row: Entry, axes: Sequence[Axis]) -> Told:
    """Raises what is in DAMAGE."""
    body, why = row.body, row.body.get("why")
    levels, asked = _levels(body["levels"]), _levels(body.get("asked") or {})
    names = {axis.name for axis in axes}
    if not names <= levels.keys() or (asked and not names <= asked.keys()):
        raise ValueError("levels are missing")
    spec = TrialSpec(
        number=_number(body["number"]),
        levels={axis.name: levels[axis.name] for axis in axes},
        goal=_goal(body["goal"]),
        place=None if body["place"] is None else _goal(body["place"]),
        limit_s=_real_or_nan(body["limit_s"]),
        clamped=tuple(body.get("clamped") or ()),
        why=None if why is None else Message(str(why["id"]), _params(why["params"])),
        probe=_flag(body.get("probe", False)),
        asked={axis.name: asked[axis.name] for axis in axes if asked},
        others=tuple(_goal(other) for other in body.get("others") or ()),
        way=tuple(_goal(each) for each in body.get("way") or ()),
        grip=_real(body.get("grip", 0.0)),
    )
    success = body["success"]
    numbers = ("margin", "reached", "reach_s", "duration_s", "path_ratio")
    outcome = Outcome(
        number=spec.number,
        success=None if success is None else _flag(success),
        reason=body["reason"],
        compensated=_flag(body.get("compensated", False)),
        tolerated=_flag(body.get("tolerated", not body.get("compensated", False))),
        assisted=_flag(body.get("assisted", False)),
        **{name: _real_or_nan(body.get(name)) for name in numbers},
    )
    return spec, outcome, isinstance(row, TrialRow)


def _goal(told: dict[str, Any]) -> Goal:
    space = told.get("space", "arm")
    if space not in get_args(Space):
        raise ValueError(told)
    direction_deg, distance, radius, hold_s = (_real(told[name]) for name in GOAL_NUMBERS)
    return Goal(direction_deg, distance, radius, hold_s, space)


def _levels(told: dict[str, Any]) -> dict[str, float]:
    return {str(name): _real(level) for name, level in told.items()}


def _params(told: dict[str, Any]) -> dict[str, str | int | float]:
    if not all(isinstance(value, str | int | float) for value in told.values()):
        raise ValueError(told)
    return dict(told)


def _real(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(value)
    return float(value)


def _real_or_nan(value: Any) -> float:
    return math.nan if value is None else _real(value)


def _number(value: Any) -> int:
    if type(value) is not int:
        raise ValueError(value)
    return value


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError(value)
    return value
