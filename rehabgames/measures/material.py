"""Material: all that is known of one recording, from which every measure is made."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from rehabgames.core.delay import Delay
from rehabgames.core.landmarks import POSE, SIDES, Side
from rehabgames.core.pose import Array, Mask, Recording
from rehabgames.measures.hand import HandRange
from rehabgames.signals import BodyScale, Trace, examine
from rehabgames.signals.catalogue import sided_names
from rehabgames.signals.noise import NoiseFloor, quietest
from rehabgames.signals.presence import judge

WRISTS = ("left_wrist", "right_wrist")
# what an exercise trains: an arm that reaches, a shift of weight, a hand alone close to the camera
Practice = Literal["arm", "shift", "hand"]


@dataclass(frozen=True, slots=True)
class Practised:
    """What a session's exercise trained.

    signal  full name of what steers ("shift"), or of what closes ("hand")
    rest    where that signal is at rest
    hand    its calibrated ends, where it is a hand's
    taps    the fingers were to tap
    """

    kind: Practice
    signal: str = ""
    rest: float = math.nan
    hand: HandRange | None = None
    taps: bool = False


@dataclass(frozen=True, slots=True)
class Try:
    """One trial as the record has it; times on the clock of the pictures, places in play coordinates.

    cue_s     the target was on the screen, or asked for where nobody told; reached_s the hold at it began
              (NaN: never); end_s it was over
    target    x, y of the goal; radius in arm lengths
    level     how hard it was, on the exercise's first axis; NaN where it has none
    """

    cue_s: float
    reached_s: float
    end_s: float
    target: tuple[float, float]
    radius: float
    success: bool | None
    level: float = math.nan


@dataclass(frozen=True)
class Material:
    """rec        frames in the order of time (see `signals.compute.in_order`)
    arms       the working arm, or both where nobody said which
    known      lengths that a calibration measured; they come before those seen in the recording
    rest       noise floor of a rest that was asked for; None: the quietest two seconds stand for it
    rested     (start_s, end_s) of that rest; None where nobody asked for one
    tries      trials of a session, in order; a video has none
    delay      of camera and screen, which reaction times lose; None where nobody knows it
    practised  what the exercise trained; None where that is not known, and everything may be measured
    """

    rec: Recording
    arms: tuple[Side, ...] = SIDES
    known: BodyScale = field(default_factory=BodyScale)
    rest: NoiseFloor | None = None
    rested: tuple[float, float] | None = None
    tries: tuple[Try, ...] = ()
    delay: Delay | None = None
    practised: Practised | None = None

    @cached_property
    def present(self) -> Mask:
        return judge(self.rec)

    @cached_property
    def scale(self) -> BodyScale:
        seen = BodyScale.of(self.rec, self.present)
        return BodyScale({**seen.lengths_px, **self.known.lengths_px}, self.known.hand_open)

    @cached_property
    def traces(self) -> dict[str, Trace]:
        """Every signal, with its gates."""
        return examine(self.rec, sided_names(), scale=self.scale, present=self.present)

    @cached_property
    def motion(self) -> dict[str, Trace]:
        """Every signal without the gates of view and foreshortening, to count by."""
        return examine(self.rec, sided_names(), scale=self.scale, present=self.present, gated=False)

    @cached_property
    def noise(self) -> NoiseFloor:
        return self.rest if self.rest is not None else quietest(self.rec.only(self.present), *WRISTS)

    def noise_arms(self, side: Side) -> float:
        """Noise of the wrist per axis, arm lengths; NaN where it is not known."""
        return self.noise.px(f"{side}_wrist") / self.scale.arm_px(side)

    @cached_property
    def seconds(self) -> float:
        return float(self.rec.t_s[-1] - self.rec.t_s[0]) if len(self.rec) else 0.0

    def hand(self, side: Side) -> Array:
        """(n, 2) of the wrist in the room, arm lengths, + to the person's right and up; NaN unseen.

        The picture stands still where a shoulder would move with the trunk.
        """
        at = self.rec.points_px[:, POSE[f"{side}_wrist"]]
        believed = self.present & self.traces[f"hand_x.{side}"].good
        with np.errstate(all="ignore"):
            places: Array = np.where(believed[:, None], -at / self.scale.arm_px(side), np.nan)
        return places
