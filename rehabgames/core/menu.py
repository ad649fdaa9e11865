"""Menu: a screen on which one of a few large things is chosen, said without pixels.

Places are shares of the screen: x from its left edge, y from its top, 0 to 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from rehabgames.core.landmarks import Side
from rehabgames.core.message import Message

Box = tuple[float, float, float, float]  # left, top, width, height
# shape and colour of its card: what most want, an answer that is good news, one that is bad, the others
Tone = Literal["go", "yes", "no", "plain"]
# something is better than this person's own spread, or as it was; too little is known yet; what comes next
NewsKind = Literal["better", "same", "knowing", "next"]


@dataclass(frozen=True, slots=True)
class Choice:
    """id says what is chosen; picture: of the folder "screens", "" for none; figure: a large number on it,
    "" for none; facts: what more is told below the label."""

    id: str
    label: Message
    picture: str
    box: Box
    tone: Tone = "plain"
    figure: str = ""
    facts: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """An exercise of the day. minutes: how long it takes, said; place: whose picture stands for it; done: it
    was done today."""

    title: Message
    minutes: Message
    place: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One of the last seven days. weekday: 0 is Monday; practised: something was done on it."""

    weekday: int
    practised: bool
    today: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is told of the practice. kind: which picture stands beside it."""

    kind: NewsKind
    text: Message


@dataclass(frozen=True, slots=True)
class Sums:
    """What was done, in numbers; NaN and 0 while they are not known.

    minutes  of today; of_minutes: what today's goal was, as much where it is reached
    count    of today's movements
    days     with practice, among the last of_days
    """

    minutes: float = math.nan
    of_minutes: float = math.nan
    count: int = 0
    days: int = 0
    of_days: int = 0

    @property
    def known(self) -> bool:
        return math.isfinite(self.minutes)

    @property
    def share(self) -> float:
        """Of the goal, 0..1."""
        return min(1.0, self.minutes / self.of_minutes) if self.of_minutes > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Menu:
    """What is asked, and what can be chosen.

    screen   its name; number: counts the screens from 0, so that whoever looks sees a new one
    title    said, written, and pictured by `picture`, "" for none; facts: what more is told below it
    planned  the exercises of the day, where they are shown
    week     the last seven days, today last; () where they are not shown
    sums     what was done, on the screen that tells it; news: what came of it
    lit      id of the choice that the one key would choose now, "" while it is not in use
    pointed  id of the choice that is pointed at, "" for none; held: 0..1 of the time that it takes
    ear      where pointing has what is asked said again, None where nothing does; `pointed` is "again" then
    again    counts how often that was wanted
    pointer  where the hand points, or None while it is not seen or rests; points: which hand that is
    guidance  what whoever is not seen well is told, or None; sign: its pictogram, of the folder "signs";
             note: what is told in its place where there is none
    """

    screen: str
    number: int
    title: Message
    picture: str
    choices: tuple[Choice, ...]
    facts: tuple[Message, ...] = ()
    planned: tuple[Planned, ...] = ()
    week: tuple[WeekDay, ...] = ()
    sums: Sums | None = None
    news: tuple[News, ...] = ()
    lit: str = ""
    pointed: str = ""
    held: float = 0.0
    ear: Box | None = None
    again: int = 0
    pointer: tuple[float, float] | None = None
    points: Side = "right"
    guidance: Message | None = None
    sign: str = ""
    note: Message | None = None

    def at(self, x: float, y: float) -> Choice | None:
        """What lies there."""
        return next((each for each in self.choices if inside(each.box, x, y)), None)


def inside(box: Box, x: float, y: float, wider: float = 0.0) -> bool:
    """wider: by so much on every side."""
    left, top, across, down = box
    return left - wider <= x <= left + across + wider and top - wider <= y <= top + down + wider
