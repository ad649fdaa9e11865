"""Pausing: why the play stands still now: nothing is seen, or not the patient, or not the patient alone, the
picture lies on its side, a limit is passed, or the trunk leans far over."""

from __future__ import annotations

import math
from typing import Final

from rehabgames.calibrate.room_checks import DARK
from rehabgames.core.inputs import Hidden, Input, TrackingTrouble, Woke
from rehabgames.core.message import Message
from rehabgames.core.pose import PoseFrame
from rehabgames.core.sample import Sample
from rehabgames.core.view import Lacks, Phase, Shows
from rehabgames.safety import Guard
from rehabgames.safety.lasting import Lasting
from rehabgames.session.company import Company

LOST_AFTER_S: Final = 0.3  # SAFETY H9: nothing goes on over an older picture
LONG_S: Final = 1.0  # after so long nobody has the hand where it was: it goes on by a countdown
COUNT_S: Final = 3.0
QUIET_S: Final = 0.9  # so long after the newest picture it is the camera that is waited for
TIPPED_DEG: Final = 60.0  # nobody sits or stands like that: the camera lies on its side, or on its head
TIPPED_FOR_S: Final = 0.2
OTHERS: Final = ("other_person", "company")  # a try that ran then is not judged
_LACKING: Final = ("not_seen", "tipped", *OTHERS)
_LOST: Final = ("hidden", *_LACKING)
# what is said while it is waited for; of the person it depends on what the camera is to see
SAID: Final[dict[Lacks, str]] = {
    "camera": "pause.tracker",
    "alone": "guide.step_aside",
    "upright": "look.tipped",
    "light": "guide.more_light",
    "patient": "pause.other_person",
    "certainty": "pause.unsure_who",
}
EASE_WITHIN_S: Final = 20.0  # an arm over its limit for so long cannot ease back; a limit may be too low


class Pausing:
    """Told of every picture and every step.

    why           "ease_back", "tipped", "trunk_tilt" (and other signs of balance), "hidden", "company" (more
                  than one is in the picture), "other_person" (who is seen is not, or not surely, the
                  patient), "not_seen", or None: it goes on
    company       who else is there
    hidden        the window cannot be seen
    failing       the camera or the tracking had trouble, and no picture came since
    changed       the camera gives pictures of another shape: to be set by who knows
    dark          the newest picture is too dark to see anybody well
    long          it has stood still for so long that it goes on by a countdown
    over_range    a limit was passed for so long, or so often, that the session has to end
    goes_on_s     when a pause that is over goes on; -inf where nothing is counted down
    seen_s        when the newest picture was taken in which it was seen; -inf where there is none
    seen_since_s  since when what has to be seen is seen without a break; +inf while it is not
    """

    def __init__(self, guard: Guard, *, alone: bool = False) -> None:
        """alone: a second person in the picture pauses it."""
        self._guard = guard
        self.company = Company(watches=alone)
        self._picture_s = -math.inf  # when the newest picture was taken
        self.seen_s = -math.inf  # and the newest one with what has to be seen
        self._eased_s = 0.0  # when nothing was over its limit
        self._began_s, self._now_s = math.inf, -math.inf
        self._fresh = True
        self._lies = Lasting()
        self.why: str | None = None
        self.over_range = self.hidden = self.failing = self.changed = self.dark = self.long = False
        self.seen_since_s = math.inf
        self.goes_on_s = -math.inf
        self._held_s = math.inf  # since when it stands still, with the countdown

    @property
    def tipped(self) -> bool:
        """Whoever is seen lies in the picture, or stands on the head."""
        return self._lies.has(TIPPED_FOR_S)

    @property
    def _no_picture(self) -> bool:
        quiet_s = self._now_s - max(self._picture_s, min(self._began_s, self._now_s))
        return self.failing or self.changed or quiet_s >= QUIET_S

    def lacks(self, phase: Phase) -> Lacks:
        """What is waited for, while somebody is looked for or was lost."""
        lost = phase == "paused" and self.why in _LACKING and not math.isfinite(self.goes_on_s)
        if phase != "looking" and not lost:
            return ""
        lacking = self._lacking()
        there = phase == "looking" and math.isfinite(self.seen_since_s)
        return "" if lacking == "person" and there else lacking

    def _lacking(self) -> Lacks:
        lacking: dict[Lacks, bool] = {
            "camera": self._no_picture,
            "alone": self.company.crowd,
            "upright": self.tipped,
            "light": self.dark,
            "patient": self.company.stranger == "other",
            "certainty": self.company.stranger == "unsure",
        }
        return next((what for what, lacks in lacking.items() if lacks), "person")

    def countdown(self, now_s: float) -> int:
        """3, 2, 1 before a pause that is over goes on; 0 where nothing is counted down."""
        return max(0, math.ceil(self.goes_on_s - now_s)) if math.isfinite(self.goes_on_s) else 0

    def picture(self, taken_s: float, frame: PoseFrame | None = None) -> None:
        """frame: as it was tracked, also where it shows somebody else; None where nobody looked."""
        self._picture_s = taken_s
        self._fresh = frame is None or frame.fresh
        self.failing = not self._fresh
        self.dark = frame is not None and frame.light < DARK
        if frame is not None:
            self.company.picture(frame, taken_s)

    def hear(self, heard: Input) -> None:
        if isinstance(heard, Hidden):
            self.hidden = heard.yes
        elif isinstance(heard, Woke):
            self._held_s = -math.inf
        elif isinstance(heard, TrackingTrouble):
            self.failing = True

    def update(self, sample: Sample, now_s: float, *, seen: bool, playing: bool) -> str | None:
        """seen: what has to be in the newest picture is in it. Returns `why`, to be compared with before."""
        self._began_s, self._now_s = min(self._began_s, now_s), now_s
        if seen:
            self.seen_s = self._picture_s
        # one that is not fresh has stood for longer than that
        lost = now_s - self.seen_s >= LOST_AFTER_S or not self._fresh
        self._look_whether_it_lies(sample)
        self.seen_since_s = math.inf if lost or self.tipped else min(self.seen_since_s, now_s)
        elevation = math.nan if self.tipped else sample.guards.get("shoulder_elevation", math.nan)
        # by the pictures' time: a picture that stands still is no arm that stays up
        verdict = self._guard.over_range.update(elevation, self._picture_s)
        self.over_range |= verdict == "end"
        tilt = self._tilt(sample, seen=seen) if playing else None
        tilt = "tipped" if self.tipped and not lost else tilt
        hidden = "hidden" if self.hidden else None
        unseen = ("other_person" if self.company.stranger else "not_seen") if lost else None
        company = "company" if self.company.crowd else None
        why = "ease_back" if verdict != "fine" else tilt or hidden or company or unseen
        if why != "ease_back":
            self._eased_s = now_s
        self.over_range |= now_s - self._eased_s >= EASE_WITHIN_S
        return self._counted(why, now_s) if playing else why

    def _look_whether_it_lies(self, sample: Sample) -> None:
        lean_deg = abs(sample.guards.get("trunk_lean", math.nan))
        self._lies.update(lean_deg > TIPPED_DEG if math.isfinite(lean_deg) else None, self._picture_s)

    def _counted(self, why: str | None, now_s: float) -> str | None:
        """As `why`, and as before it while it is counted down. Who bent over knows where the hand is."""
        if why in _LOST:
            # by when it ought to have stood still: this program, too, may have been stopped meanwhile
            due_s = self.seen_s + LOST_AFTER_S if math.isfinite(self.seen_s) else now_s
            self._held_s = min(self._held_s, due_s, now_s)
        elif why is not None and not self.long:
            self._held_s = math.inf
        self.long = now_s - self._held_s >= LONG_S
        if why is not None:
            self.goes_on_s = -math.inf
            return why
        if self.long and not math.isfinite(self.goes_on_s):
            self.goes_on_s = now_s + COUNT_S
        if now_s < self.goes_on_s:
            return self.why or "not_seen"
        self._held_s, self.goes_on_s, self.long = math.inf, -math.inf, False
        return None

    def prompt(self, shows: Shows) -> Message:
        """shows: what of the person the camera is to see."""
        if math.isfinite(self.goes_on_s):
            return Message("pause.going_on")
        if self.why == "ease_back":
            return Message("pause.ease_back")
        if self.why == "trunk_tilt":
            return Message("pause.trunk_tilt_standing" if shows == "standing" else "pause.trunk_tilt")
        return self.asked() or Message("pause.hand_not_seen" if shows == "hand" else "pause.not_seen")

    def asked(self) -> Message | None:
        """What camera, room and people lack while somebody is looked for or was lost; None where nothing."""
        if self.changed:
            return Message("pause.camera_changed")
        said = SAID.get(self._lacking())
        return Message(said) if said else None

    def _tilt(self, sample: Sample, *, seen: bool) -> str | None:
        """A trunk that leans far over may be about to fall (SAFETY "Balance"); calibration asks for leans."""
        lean_deg = sample.guards.get("trunk_lean", math.nan)
        sign = self._guard.balance.update(
            lean_deg, math.nan, seen=seen, moving=False, out_of_zone=False, now_s=self._picture_s
        )
        return None if sign == "lost_moving" else sign
