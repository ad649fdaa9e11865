"""Pausing: why the play stands still now: nothing is seen, a limit is passed, or the trunk leans far over."""

from __future__ import annotations

import math
from typing import Final

from rehabgames.calibrate.room_checks import DARK
from rehabgames.core.message import Message
from rehabgames.core.sample import Sample
from rehabgames.core.view import Lacks, Phase, Shows
from rehabgames.safety import Guard

LOST_AFTER_S: Final = 0.3  # SAFETY H9: nothing goes on over an older picture
LONG_S: Final = 1.0  # after so long nobody has the hand where it was: it goes on by a countdown
COUNT_S: Final = 3.0
_LOST: Final = ("not_seen", "hidden")
EASE_WITHIN_S: Final = 20.0  # an arm over its limit for so long cannot ease back; a limit may be too low


class Pausing:
    """Told of every picture and every step.

    why           "ease_back", "trunk_tilt" (and other signs of balance), "hidden", "not_seen", or None: it
                  goes on
    hidden        the window cannot be seen: to be set by who knows
    dark          the newest picture is too dark to see anybody well
    over_range    a limit was passed for so long, or so often, that the session has to end
    goes_on_s     when a pause that is over goes on; -inf where nothing is counted down
    seen_since_s  since when what has to be seen is seen without a break; +inf while it is not
    """

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._picture_s = -math.inf  # when the newest picture was taken
        self._seen_s = -math.inf  # and the newest one with what has to be seen
        self._eased_s = 0.0  # when nothing was over its limit
        self.why: str | None = None
        self.over_range = self.hidden = self.dark = False
        self.seen_since_s = math.inf
        self.goes_on_s = -math.inf
        self._held_s = math.inf  # since when it stands still, with the countdown

    def lacks(self, phase: Phase, *, tracker_gone: bool) -> Lacks:
        """What is waited for, while somebody is looked for or was lost."""
        lost = phase == "paused" and self.why == "not_seen" and not math.isfinite(self.goes_on_s)
        if phase != "looking" and not lost:
            return ""
        return "camera" if tracker_gone else "light" if self.dark else "person"

    def countdown(self, now_s: float) -> int:
        """3, 2, 1 before a pause that is over goes on; 0 where nothing is counted down."""
        return max(0, math.ceil(self.goes_on_s - now_s)) if math.isfinite(self.goes_on_s) else 0

    def picture(self, taken_s: float, light: float = math.nan) -> None:
        """light: of that picture, 0..1; NaN where nobody looked."""
        self._picture_s, self.dark = taken_s, light < DARK

    def update(self, sample: Sample, now_s: float, *, seen: bool, playing: bool) -> str | None:
        """seen: what has to be in the newest picture is in it. Returns `why`, to be compared with before."""
        if seen:
            self._seen_s = self._picture_s
        lost = now_s - self._seen_s >= LOST_AFTER_S
        self.seen_since_s = math.inf if lost else min(self.seen_since_s, now_s)
        elevation = sample.guards.get("shoulder_elevation", math.nan)
        # by the pictures' time: a picture that stands still is no arm that stays up
        verdict = self._guard.over_range.update(elevation, self._picture_s)
        self.over_range |= verdict == "end"
        tilt = self._tilt(sample, seen=seen) if playing else None
        hidden = "hidden" if self.hidden else None
        why = "ease_back" if verdict != "fine" else tilt or hidden or ("not_seen" if lost else None)
        if why != "ease_back":
            self._eased_s = now_s
        self.over_range |= now_s - self._eased_s >= EASE_WITHIN_S
        return self._counted(why, now_s) if playing else why

    def _counted(self, why: str | None, now_s: float) -> str | None:
        """As `why`, and as before it while it is counted down. Who bent over knows where the hand is."""
        if why is not None:
            self._held_s = min(self._held_s, now_s) if why in _LOST else math.inf
            self.goes_on_s = -math.inf
            return why
        if now_s - self._held_s >= LONG_S and not math.isfinite(self.goes_on_s):
            self.goes_on_s = now_s + COUNT_S
        if now_s < self.goes_on_s:
            return self.why
        self._held_s, self.goes_on_s = math.inf, -math.inf
        return None

    def prompt(self, shows: Shows, *, tracker_gone: bool) -> Message:
        """shows: what of the person the camera is to see."""
        if math.isfinite(self.goes_on_s):
            return Message("pause.going_on")
        if self.why == "ease_back":
            return Message("pause.ease_back")
        if self.why == "trunk_tilt":
            return Message("pause.trunk_tilt_standing" if shows == "standing" else "pause.trunk_tilt")
        if tracker_gone:
            return Message("pause.tracker")
        if self.dark:
            return Message("guide.more_light")
        return Message("pause.hand_not_seen" if shows == "hand" else "pause.not_seen")

    def _tilt(self, sample: Sample, *, seen: bool) -> str | None:
        """A trunk that leans far over may be about to fall (SAFETY "Balance"); calibration asks for leans."""
        lean_deg = sample.guards.get("trunk_lean", math.nan)
        sign = self._guard.balance.update(
            lean_deg, math.nan, seen=seen, moving=False, out_of_zone=False, now_s=self._picture_s
        )
        return None if sign == "lost_moving" else sign
