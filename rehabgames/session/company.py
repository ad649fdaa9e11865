"""Company: is somebody else in the picture, and is it the patient who is tracked?

A count may be wrong once, so it is not believed of one picture; a stranger is, because before it matters
nobody has to be seen for a while. What was believed stays for a while: words and pictures must not flicker.
A body that the network invents in an empty room is no stranger.
"""

from __future__ import annotations

import math
from typing import Final

from rehabgames.core.pose import PoseFrame, Whose
from rehabgames.signals.presence import PresenceJudge

BELIEVED_S: Final = 0.3  # more than one was counted for so long
LEFT_S: Final = 1.0  # nobody has left in less
CHANGED_S: Final = 1.5  # nor is somebody else: who is back is believed to be there after about a second


class Company:
    """Told of every picture.

    watches   whether more than one person in the picture matters
    crowd     more than one is there (SAFETY H15)
    stranger  who is tracked: "unsure" whether it is the patient, "other" than the patient; "" where it is the
              patient or nobody, or where nobody was confirmed
    stranger_since_s  since when it has been one of both; +inf while it is neither
    strange   the newest picture shows one
    somebody  a person is there, whoever it is
    """

    def __init__(self, *, watches: bool) -> None:
        self._watches = watches
        self.crowd = False
        self.stranger: Whose = ""
        self.stranger_since_s = math.inf
        self._crowd_s = self._stranger_s = math.nan  # since when the pictures say otherwise, all the same
        self._newest: Whose = ""
        self._judge = PresenceJudge()

    @property
    def strange(self) -> bool:
        return self._newest != ""

    @property
    def somebody(self) -> bool:
        return self._judge.present

    def picture(self, frame: PoseFrame, t_s: float) -> None:
        """t_s: when it was taken, on a clock that does not go back."""
        crowd = self._watches and frame.people > 1
        if crowd == self.crowd:
            self._crowd_s = math.nan
        elif math.isnan(self._crowd_s):
            self._crowd_s = t_s
        elif t_s - self._crowd_s >= (BELIEVED_S if crowd else LEFT_S):
            self.crowd, self._crowd_s = crowd, math.nan
        newest: Whose = frame.whose if self._judge.update(frame) and frame.of_another else ""
        if newest == self.stranger:
            self._stranger_s = math.nan
        elif newest != self._newest or math.isnan(self._stranger_s):
            self._stranger_s = t_s
        self._newest = newest
        if newest != self.stranger and (not self.stranger or t_s - self._stranger_s >= CHANGED_S):
            since_s = min(self.stranger_since_s, self._stranger_s)
            self.stranger_since_s = since_s if newest else math.inf
            self.stranger, self._stranger_s = newest, math.nan
