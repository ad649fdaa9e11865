"""What the three kinds of calibration file must say, and the core types that come of them."""

from __future__ import annotations

import math
import re
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, ConfigDict, model_validator

from rehabgames.content.fields import Control, Directions, Sentence, Signal, Table, Title
from rehabgames.content.finding import Finding
from rehabgames.content.known import Known
from rehabgames.content.reading import Source
from rehabgames.content.rules import Between, Name, Some, complete
from rehabgames.content.validate import validated
from rehabgames.core.protocol import Ask, MovementProtocol, Protocol, ReachProtocol, RoomCheck, RoomProtocol

FOUND_NAME = re.compile(r"[a-z][a-z0-9_]{1,40}(\.[a-z][a-z0-9_]{1,40})?")
MOST_ASKS = 12
SAME_DEG = 0.05  # directions nearer to each other than this are one


class _Head(Table):
    kind: Literal["reach", "movement", "room"]
    title: Title
    posture: Literal["sitting", "standing"]
    camera: Sentence


class _AnyHead(_Head):
    """Of a file whose kind is not known, so that nobody can say which other keys it may have."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


Rest = Annotated[float, Between(0.5, 60)]
Hold = Annotated[float, Between(0.1, 10)]
Timeout = Annotated[float, Between(1, 120)]


def _time_to_hold(hold_s: float, timeout_s: float, key: str = "hold_s") -> None:
    if hold_s >= timeout_s:
        raise complete(f"must be less than timeout_s ({timeout_s:g}), got {hold_s:g}", key)


def _found_name(name: str) -> str:
    if not FOUND_NAME.fullmatch(name):
        raise complete("must be small letters a-z, digits and _, with one point in between, such as arm.most")
    return name


class _Ask(Table):
    guide: Annotated[str, Name("movement")]
    signal: Signal
    name: Annotated[str, AfterValidator(_found_name)]
    towards: Literal["more", "less"]
    times: Annotated[int, Between(0, 20)]
    statistic: Literal["median", "max", "count"]
    hold_s: Hold = 0.5
    timeout_s: Timeout
    least: Annotated[float, Between(0, 360)]

    @model_validator(mode="after")
    def _countable(self) -> _Ask:
        if self.statistic == "count":
            if self.least <= 0:
                raise complete("must be more than 0 to tell repetitions apart, got 0", "least")
            return self
        _time_to_hold(self.hold_s, self.timeout_s)
        if self.times < 1:
            raise complete("must be 1..20 (0 is for statistic = 'count'), got 0", "times")
        return self


def _named_once(asks: list[_Ask]) -> None:
    if not 1 <= len(asks) <= MOST_ASKS:
        raise complete(f"must be 1..{MOST_ASKS} tables [[asks]], got {len(asks)}", "asks")
    names = [ask.name for ask in asks]
    twice = [name for i, name in enumerate(names) if name in names[:i]]
    if twice:
        raise complete(f"must give each ask a name of its own, got {twice[0]} twice", "asks")


class _Reach(_Head):
    control: Control
    rest_s: Rest
    directions_deg: Directions | None = None
    heights: Annotated[list[Annotated[float, Between(-1, 1)]], Some(1, 12)] | None = None
    towards: Annotated[list[Literal["across", "out"]], Some(1, 2)] | None = None
    statistic: Literal["median", "max"]
    hold_s: Hold
    timeout_s: Timeout
    minimum: Annotated[float, Between(0, 1.5)]
    asks: list[_Ask] | None = None

    @model_validator(mode="after")
    def _whole(self) -> _Reach:
        _time_to_hold(self.hold_s, self.timeout_s)
        if self.directions_deg is None and self.heights is None:
            raise complete("is missing; or give heights and towards in its place", "directions_deg")
        for key in ("heights", "towards"):
            if self.directions_deg is not None and getattr(self, key) is not None:
                raise complete("cannot stand beside directions_deg, take one of them out", key)
        if self.heights is not None and self.towards is None:
            raise complete("is missing; heights are asked towards 'across', 'out' or both", "towards")
        if self.asks is not None:
            _named_once(self.asks)
        return self

    def asked_deg(self) -> tuple[float, ...]:
        if self.directions_deg is not None:
            return tuple(map(float, self.directions_deg))
        return at_heights(self.heights or [], self.towards or [])


def at_heights(heights: list[float], towards: list[Literal["across", "out"]]) -> tuple[float, ...]:
    """Directions (Goal.direction_deg) of a hand at full reach that is so many arm lengths over its
    shoulder, by height and then by side. Straight down and straight up are the same on both."""
    found: list[float] = []
    for height in heights:
        up = math.degrees(math.acos(-height))
        for toward in towards:
            direction = round(up if toward == "out" else -up, 1) + 0.0
            middle = min(up, 180.0 - up) < SAME_DEG
            if not (middle and abs(direction) in map(abs, found)):
                found.append(direction)
    return tuple(found)


class _Movement(_Head):
    rest_s: Rest
    asks: list[_Ask]

    @model_validator(mode="after")
    def _named(self) -> _Movement:
        _named_once(self.asks)
        return self


class _Room(_Head):
    checks: Annotated[list[RoomCheck], Some(1, 6)]
    steady_s: Annotated[float, Between(0.1, 10)]
    timeout_s: Timeout

    @model_validator(mode="after")
    def _time_to_be_steady(self) -> _Room:
        _time_to_hold(self.steady_s, self.timeout_s, "steady_s")
        return self


KINDS: Final[dict[str, type[_Head]]] = {"reach": _Reach, "movement": _Movement, "room": _Room}
PROTOCOL_KEYS = frozenset(key for model in KINDS.values() for key in model.model_fields)


def protocol_of(source: Source, known: Known) -> tuple[Protocol | None, list[Finding]]:
    """The calibration protocol that the file says, or None and everything that is wrong with it."""
    kind = source.table.get("kind")
    model = KINDS.get(kind, _AnyHead) if isinstance(kind, str) else _AnyHead
    read, findings = validated(model, {"asks": _Ask}, source, known)
    if read is None or findings:
        return None, findings
    head: dict[str, Any] = {
        "id": source.name,
        "title": read.title,
        "posture": read.posture,
        "camera": read.camera,
        "sha256": source.sha256,
    }
    if isinstance(read, _Reach):
        return _reach(read, head), []
    if isinstance(read, _Movement):
        asks = tuple(_ask(ask) for ask in read.asks)
        return MovementProtocol(**head, rest_s=float(read.rest_s), asks=asks), []
    assert isinstance(read, _Room)
    steady_s, timeout_s = float(read.steady_s), float(read.timeout_s)
    return RoomProtocol(
        **head, rest_s=0.0, checks=tuple(read.checks), steady_s=steady_s, timeout_s=timeout_s
    ), []


def _reach(read: _Reach, head: dict[str, Any]) -> ReachProtocol:
    return ReachProtocol(
        **head,
        control=read.control,
        rest_s=float(read.rest_s),
        directions_deg=read.asked_deg(),
        statistic=read.statistic,
        hold_s=float(read.hold_s),
        timeout_s=float(read.timeout_s),
        minimum=float(read.minimum),
        asks=tuple(_ask(ask) for ask in read.asks or ()),
    )


def _ask(ask: _Ask) -> Ask:
    return Ask(
        guide=ask.guide,
        signal=ask.signal,
        name=ask.name,
        towards=1 if ask.towards == "more" else -1,
        times=ask.times,
        statistic=ask.statistic,
        hold_s=float(ask.hold_s),
        timeout_s=float(ask.timeout_s),
        least=float(ask.least),
    )
