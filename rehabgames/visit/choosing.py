"""Choosing: one of a few choices is chosen by holding the hand on it, by one key, or by a press of mouse or
finger.

A hand that lies on a choice when the screen comes chooses nothing until it has left it: nobody answers a
question that was not read. Two that are near each other are told apart by what the hand was on first: it has
to leave that by a margin.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from rehabgames.core.inputs import Input, Key, Press
from rehabgames.core.menu import Box, Choice, inside
from rehabgames.core.message import Message

DWELL_S: Final = 1.5
SCAN_S: Final = 2.0
MARGIN: Final = 0.02  # shares of the screen
FORGETS: Final = 2.0  # times as fast as it is held
BLINK_S: Final = 0.3  # a hand that is lost for less is where it was
AGAIN: Final = "again"  # chosen by pointing at what is asked: it is to be said again
UNREAD_S: Final = 0.4  # so soon after a screen came nobody has chosen anything


class Choosing:
    """Told of every step; a new one for every screen.

    dwell_s  how long the hand is held on a choice; scan_s: how long each is lit while one key chooses
    ear      where pointing chooses AGAIN, as often as the hand comes there; the one key passes it by
    """

    def __init__(
        self,
        choices: Sequence[Choice],
        *,
        dwell_s: float = DWELL_S,
        scan_s: float = SCAN_S,
        ear: Box | None = None,
    ) -> None:
        self._choices = tuple(choices)
        heard = () if ear is None else (Choice(AGAIN, Message(AGAIN), "", ear),)
        self._pointed_at = (*self._choices, *heard)
        self._dwell_s, self._scan_s = dwell_s, scan_s
        self._age_s = 0.0
        self._on: Choice | None = None
        self._held_s = self._lost_s = 0.0
        self._armed = False  # the hand was seen somewhere else since the screen came
        self._lit: int | None = None
        self._lit_s = 0.0

    @property
    def lit(self) -> str:
        return "" if self._lit is None else self._choices[self._lit].id

    @property
    def pointed(self) -> str:
        return "" if self._on is None or not self._armed else self._on.id

    @property
    def held(self) -> float:
        return min(1.0, self._held_s / self._dwell_s) if self._armed else 0.0

    def step(self, pointer: tuple[float, float] | None, heard: Iterable[Input], dt_s: float) -> str:
        """The id of what was chosen in this step, or "". pointer: where the hand points, None where it is not
        seen or rests."""
        self._age_s += dt_s
        chosen = ""
        for each in heard:
            if isinstance(each, Press) and self._age_s >= UNREAD_S:
                found = (c.id for c in self._pointed_at if inside(c.box, each.x, each.y))
                chosen = chosen or next(found, "")
            elif isinstance(each, Key) and self._age_s >= UNREAD_S:
                chosen = chosen or self._key()
        self._scan(dt_s)
        self._point(pointer, dt_s)
        if self._armed and self._on is not None and self._held_s >= self._dwell_s:
            chosen = chosen or self._on.id
            if chosen == AGAIN:
                self._held_s, self._armed = 0.0, False  # not once more before the hand has left
        return chosen

    def _key(self) -> str:
        """The first press begins to go through the choices, and the next one chooses, also where there is but
        one: a key that is hit by chance ends nothing."""
        if self._lit is not None:
            return self._choices[self._lit].id
        self._lit, self._lit_s = 0, 0.0
        return ""

    def _scan(self, dt_s: float) -> None:
        if self._lit is not None:
            self._lit_s += dt_s
            if self._lit_s >= self._scan_s:
                self._lit, self._lit_s = (self._lit + 1) % len(self._choices), 0.0

    def _point(self, pointer: tuple[float, float] | None, dt_s: float) -> None:
        if pointer is None or not all(map(math.isfinite, pointer)):
            self._lost_s += dt_s
            if self._lost_s >= BLINK_S:
                self._on, self._held_s = None, 0.0
            return
        self._lost_s = 0.0
        if self._on is not None and inside(self._on.box, *pointer, MARGIN):
            self._held_s += dt_s if self._armed else 0.0
            return
        on = next((each for each in self._pointed_at if inside(each.box, *pointer)), None)
        if on is None:
            self._armed = True
            self._held_s = max(0.0, self._held_s - FORGETS * dt_s)
            self._on = self._on if self._held_s > 0 else None
        else:
            self._armed |= self._on is not None
            self._on, self._held_s = on, dt_s
