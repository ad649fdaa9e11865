"""Day: what is known when somebody sits down: who they may be, what is planned, what was done already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rehabgames.core.exercise import Posture
from rehabgames.core.landmarks import Side
from rehabgames.core.limits import Limits
from rehabgames.core.message import Message
from rehabgames.core.player import Comfort, Player

LEAST_MIN = 1.0  # with less left of an exercise, or of what may be played today, it is not begun


def newcomer(picture: str, told: Mapping[Any, str], comfort: Comfort) -> Player:
    """Who begins for the first time, as they told it by the names of the screens."""
    return Player(
        "",
        picture=picture,
        affected=told["affected"],  # type: ignore[arg-type]  # of the choices of that screen
        points=told["points"],  # type: ignore[arg-type]
        posture=told["posture"],  # type: ignore[arg-type]
        comfort=comfort,
    )


@dataclass(frozen=True, slots=True)
class Block:
    """One exercise of the day. title: what it is called; place: whose picture stands for it; minutes: that
    are left of it; guide: the movement that is shown before it, of GUIDES; done: it was done today."""

    exercise: str
    title: Message
    place: str
    side: Side
    posture: Posture
    minutes: float
    guide: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """players    who is known on this machine; player: who plays, None while that is asked
    blocks     of the plan, in their order
    sore       it was practised not long ago, so that it is asked how that was
    checked    the room was checked today
    limits     what must never be asked of this player
    contact    whom to call when something is wrong, "" where nobody said
    first_pain today's first answer to how much pain there is, None before it
    spare_min  so long may be played today yet, minutes
    begun      some of it was done already, and the rest is what is left
    cameras    that there are, as far as is known
    """

    players: tuple[Player, ...] = ()
    player: Player | None = None
    blocks: tuple[Block, ...] = ()
    sore: bool = False
    checked: bool = False
    limits: Limits = field(default_factory=Limits)
    contact: str = ""
    first_pain: float | None = None
    spare_min: float = 60.0
    begun: bool = False
    cameras: int = 1

    @property
    def left(self) -> tuple[int, ...]:
        """Numbers of the blocks that are still to be done, and may be."""
        open_ = (i for i, block in enumerate(self.blocks) if not block.done)
        return tuple(open_) if self.spare_min >= LEAST_MIN else ()

    @property
    def again(self) -> tuple[int, ...]:
        """Numbers of the blocks that may be done once more, when all are done."""
        return tuple(range(len(self.blocks))) if self.spare_min >= LEAST_MIN else ()

    @property
    def minutes(self) -> float:
        return sum(self.blocks[i].minutes for i in self.left)

    @property
    def stands(self) -> bool:
        """Something that is left, or may be done once more, is done standing."""
        return any(self.blocks[i].posture == "standing" for i in self.left or self.again)

    @property
    def sits(self) -> bool:
        """Something of it is done sitting."""
        return any(self.blocks[i].posture == "sitting" for i in self.left or self.again)
