"""A visit with real sessions and no app: a virtual patient is led through a day, on landmarks and virtual
time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rehabgames.app.wiring import Request, calibration_of
from rehabgames.core.document import Document
from rehabgames.core.inputs import Answer, Input, Recorded
from rehabgames.core.landmarks import Side
from rehabgames.core.menu import Menu
from rehabgames.core.message import Message
from rehabgames.core.player import Player
from rehabgames.core.view import View
from rehabgames.patients import Patient, Tracked
from rehabgames.session import Session
from rehabgames.testing import setup_for
from rehabgames.visit.day import Block, Day
from rehabgames.visit.today import Told
from rehabgames.visit.visit import Helpers, Visit

FPS = 30.0
PLAYER = Player("virtual", "Ada", "bird", affected="right", points="left")


def day_of(*exercises: str, sore: bool = False, checked: bool = False) -> Day:
    blocks = tuple(
        Block(name, Message(f"exercise.{name}"), "orchard", "right", "sitting", 1.0, "arm_out")
        for name in exercises
    )
    return Day((PLAYER,), PLAYER, blocks, sore, checked)


@dataclass
class House:
    """Opens real sessions, and keeps what was asked of it."""

    minutes: float = 0.3
    day: Day = field(default_factory=day_of)
    after: Day = field(default_factory=day_of)
    opened: list[Session] = field(default_factory=list)
    kept: list[Player] = field(default_factory=list)

    def room(self, day: Day, said: tuple[Answer, ...]) -> Session:
        setup = calibration_of(Request(patient="virtual", side="right", said=said), "room_check")
        return self._open(Session(replace(setup, session_id="room")))

    def block(self, day: Day, number: int, said: tuple[Answer, ...]) -> Session:
        name = day.blocks[number].exercise
        setup = setup_for(name, number, minutes=self.minutes)
        known = any(each.confirmed for each in self.opened)
        return self._open(
            Session(replace(setup, said=said, asks=("effort", "pain"), confirms=True, known=known))
        )

    def _open(self, session: Session) -> Session:
        self.opened.append(session)
        return session

    @property
    def helpers(self) -> Helpers:
        return Helpers(self.room, self.block, self.day_of, self.kept.append, self.told)

    def day_of(self, player: Player) -> Day:
        """Who begins for the first time has what is planned in `after`."""
        if not player.id:
            self.kept.append(player)
            self.day = replace(self.after, players=(player,), player=replace(player, id="virtual"))
        return self.day

    def told(self, player: Player) -> Told | None:
        return None


@dataclass
class Came:
    """What came of a visit: the screens in their order, the documents, and whether it came to its end;
    summaries: what the last screen showed, step by step."""

    screens: list[str]
    documents: list[Document]
    over: bool
    seconds: float
    summaries: list[Menu] = field(default_factory=list)


def visited(
    day: Day,
    house: House,
    kind: str | None = "mild",
    *,
    means: Mapping[str, str] | None = None,
    longest_s: float = 900.0,
    inputs: Sequence[tuple[float, Input]] = (),
    side: Side = "right",
) -> Came:
    """kind None: nobody is in the picture. side: that is trained."""
    house.day = day
    visit = Visit(day, house.helpers)
    patient = Patient(kind or "healthy", side, 1, means=means)
    tracked = Tracked(side, 1, dropouts=patient.traits.dropouts)
    view: View | None = None
    fresh: list[Document] = []
    came = Came([], [], False, 0.0)
    waiting = list(inputs)
    for tick in range(int(longest_s * 2 * FPS)):
        now_s = tick / (2 * FPS)
        frame = None
        if tick % 2 == 0:
            frame = replace(tracked.frame(patient.step(view, now_s), now_s, tick // 2), people=1, light=0.5)
            frame = frame if kind else frame.unseen()
        heard: list[Input] = [Recorded(fresh[-1].number, fresh[-1].session_id)] if fresh else []
        while waiting and waiting[0][0] <= now_s:
            heard.append(waiting.pop(0)[1])
        step = visit.step(frame, heard, now_s)
        fresh, view = list(step.documents), step.view
        came.documents += fresh
        at = view.menu.screen if view.menu is not None else view.phase
        if view.menu is not None and at == "summary":
            came.summaries.append(view.menu)
        if not came.screens or came.screens[-1] != at:
            came.screens.append(at)
        came.over, came.seconds = visit.over, now_s
        if visit.over:
            break
    return came
