"""Way: how far a shown movement is, moved there and back without haste and without a jump."""

from __future__ import annotations

from typing import Final

from rehabgames.stage.motion import ease

THERE_S: Final = 1.5
STAY_S: Final = 1.0
RETURN_S: Final = 1.1
WAIT_S: Final = 0.6
FOLLOW_S: Final = 0.7  # to where the person is and holds


class Way:
    """Where the shown movement is: 0 its start, 1 its end. It never jumps, whatever is asked."""

    def __init__(self) -> None:
        self.place = 0.0
        self.asked = True  # on the way that is asked, not on the way back to show it again
        self._leg = (0.0, 0.0, 0.0, 0.0, 0.0)  # since, from, to, seconds, stay
        self._mode: tuple[bool, bool] | None = None

    def begin(self, *, back: bool) -> None:
        """At the beginning of what is asked."""
        self.place = 1.0 if back else 0.0
        self._mode = None

    def step(self, now_s: float, *, back: bool, stay: bool) -> float:
        """stay: the person is there and holds; the picture goes there, too, and stays."""
        goal = 0.0 if back else 1.0
        since, first, last, seconds, rest = self._leg
        if (back, stay) != self._mode:
            self._mode = (back, stay)
            if stay or abs(self.place - goal) > 0.3:
                self._set(now_s, goal, FOLLOW_S if stay else THERE_S, STAY_S)
            else:
                self._set(now_s, 1.0 - goal, RETURN_S, WAIT_S)
        elif not 0.0 <= now_s - since < seconds + rest and not stay:
            there = self.place == last == goal
            self._set(now_s, *((1.0 - goal, RETURN_S, WAIT_S) if there else (goal, THERE_S, STAY_S)))
        since, first, last, seconds, _ = self._leg
        self.place = first + (last - first) * ease((now_s - since) / seconds)
        self.asked = last == goal
        return self.place

    def _set(self, now_s: float, last: float, seconds: float, rest: float) -> None:
        self._leg = (now_s, self.place, last, seconds, rest)
