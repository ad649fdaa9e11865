"""Helpers: what a visit asks for and cannot know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rehabgames.core.inputs import Answer
from rehabgames.core.player import Player
from rehabgames.session import Session
from rehabgames.visit.day import Day
from rehabgames.visit.today import Told


def nothing_yet(player: Player) -> Told | None:
    """Where there is no record to tell of."""
    return None


def nothing() -> None:
    """Where a helper has nothing to do."""


@dataclass(frozen=True, slots=True)
class Helpers:
    """Each may raise RehabgamesError, which becomes a screen.

    open_room, open_block  a session, begun with the answers; the block by its number in the day
    day_of   the day of a player who was chosen, or who begins for the first time and is kept from now on
    keep     what suits a player was changed
    told     what is known by now of what a player has done, None while nothing is; asked at every step of a
             screen that tells it, and therefore quick
    ready    raises where no session may begin now, whosever it is
    again    camera and tracking are begun anew; other_camera: with the next one that there is; keep_camera:
             the one that is used now is the right one
    """

    open_room: Callable[[Day, tuple[Answer, ...]], Session]
    open_block: Callable[[Day, int, tuple[Answer, ...]], Session]
    day_of: Callable[[Player], Day]
    keep: Callable[[Player], None]
    told: Callable[[Player], Told | None] = nothing_yet
    ready: Callable[[], None] = nothing
    again: Callable[[], None] = nothing
    other_camera: Callable[[], None] = nothing
    keep_camera: Callable[[], None] = nothing
