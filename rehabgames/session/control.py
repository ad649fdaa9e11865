"""Control: frames → the Sample that game, guards and calibration read, now.

Two streams that never mix: what steers is smoothed, and carried forward to when it is seen; what is measured
and what guards a limit is raw: a filter would hide it for as long as it lags, and a guess is no measure.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import replace

import numpy as np

from rehabgames.core.landmarks import POSE, SIDES, Side
from rehabgames.core.person import Profile
from rehabgames.core.pose import PoseFrame, Recording
from rehabgames.core.sample import Sample
from rehabgames.session.ranges import Closing, Shift, grip_of, shift_of
from rehabgames.signals import CONTROLS, BodyScale, Predictor, compute, resolve
from rehabgames.signals.presence import PresenceJudge
from rehabgames.signals.scale import apparent_arm_px, apparent_trunk_px

MIN_CUTOFF_HZ, BETA = 1.5, 3.0  # for arm lengths: steady at rest, under 40 ms behind a brisk reach
TRUNK_FRAMES = 30
SEEN = 0.25  # to steer by: laxer than to measure by, because the hand fades on the screen before it is lost
# Held against the truth of drawn people in good and bad light, noise, blur and behind a board (SAFETY H14):
# .9 % of all pictures are believed and wrong by .2 arm lengths and more (3.6 % with SEEN alone), and 96 % of
# those that are right by .1 are believed, 99.8 % in fair light: tests/tracking/test_hazard_h14_pictures.py.
BELIEVED = 0.5  # visibility of the wrist times that of the elbow: a hand that is guessed moves the elbow too
# A hand that is hidden is often guessed near the elbow. One that reaches towards the camera looks as near,
# and the network is surer of it: the shorter the forearm looks, arm lengths, the surer it has to be. Of real
# people with the forearm short in half of their pictures (the clips) that takes 0 to 2 % away.
SHORT_FOREARM, SHORTEST_FOREARM, SURER = 0.38, 0.18, 0.35
FASTEST = 6.0  # arm lengths a second from one picture to the next: no hand leaps like that
SURE_S = 0.15  # time constant of `sure`, so that the hand fades instead of blinking
SCALE_FRAMES, SCALE_EVERY = 150, 3  # pictures that the lengths of the body are known by, and which are kept
RESCALED_EVERY_S = 1.0
SHOULDERS = [POSE["left_shoulder"], POSE["right_shoulder"]]


class Control:
    """control: a name of CONTROLS; guards: signal names, sided ones for the working side."""

    def __init__(self, control: str, guards: tuple[str, ...], side: Side) -> None:
        self.steering = CONTROLS[control]
        steering = self.steering
        self._names = tuple(_full(name, side) for name in (steering.x, steering.y) if name)
        self._grip = _full(steering.grip, side) if steering.grip else ""
        self._guards = tuple(_full(name, side) for name in guards)
        self._shift, self._closing = Shift(), Closing()
        self._watched: tuple[str, ...] = ()
        self._side: Side = side
        self._places = [Predictor(MIN_CUTOFF_HZ, BETA) for _ in range(2)]
        self._grips = Predictor(MIN_CUTOFF_HZ, BETA)
        self._judge = PresenceJudge()
        self._trunks: deque[float] = deque(maxlen=TRUNK_FRAMES)
        self._kept: deque[PoseFrame] = deque(maxlen=SCALE_FRAMES)
        self._counted = 0
        self._lengths_px: dict[str, float] = {}
        self._rescaled_s = -math.inf
        self._arm_px: float | None = None
        self._sure = 0.0
        self._wrist: tuple[float, float] | None = None  # px, in the picture before
        self._last_s = -math.inf
        self._sample = Sample(-math.inf)

    @property
    def scale(self) -> BodyScale:
        """The lengths seen so far; the arms as fixed by `use_arm`, before that guessed from the trunk."""
        arms = (
            BodyScale.of_trunk(float(np.median(self._trunks)) if self._trunks else math.nan)
            if self._arm_px is None
            else BodyScale.of_arm(self._arm_px)
        )
        return BodyScale({**self._lengths_px, **arms.lengths_px})

    def use_arm(self, arm_px: float) -> None:
        """From now on one arm length is so many px."""
        self._arm_px = arm_px
        self._forget()

    def _forget(self) -> None:
        for each in (*self._places, self._grips):
            each.reset()

    def use(self, profile: Profile) -> None:
        """From now on what steers is said in the units of this person, so what went before tells no speed."""
        self._forget()
        if math.isfinite(profile.arm_px):
            self.use_arm(profile.arm_px)
        if self.steering.space == "shift":
            self._shift = shift_of(profile, self.steering.x)
        if self.steering.grip:
            self._closing = grip_of(profile, self.steering.grip)

    def watch(self, names: tuple[str, ...]) -> None:
        """Put these signals, by their full names, into the values of the samples from now on."""
        self._watched = names

    @np.errstate(all="ignore")  # landmarks at infinity are not measured, which is no reason to warn
    def update(self, frame: PoseFrame) -> Sample:
        """The sample of a new frame. Frames that are not newer than the last one are taken as absent."""
        if not frame.t_s > self._last_s:
            self._sample = Sample(frame.t_s)
            return self._sample
        dt_s, self._last_s = min(1.0, frame.t_s - self._last_s), frame.t_s
        present = self._judge.update(frame)
        rec, seen_now = Recording.of([frame]), np.array([present])
        if present:
            self._remember(frame, rec)
        names = (*self._names, *([self._grip] if self._grip else []), *self._guards)
        scale = self.scale
        read = compute(rec, names, scale=scale, present=seen_now, seen=SEEN, gated=False)
        steering = {name: float(x[0]) for name, x in read.items()}
        measured = compute(rec, self._watched, scale=scale, present=seen_now) if self._watched else {}
        seen = self._seen(frame, present=present)
        self._sure += (seen - self._sure) * min(1.0, dt_s / SURE_S)
        self._sample = Sample(
            frame.t_s,
            values={name: float(x[0]) for name, x in measured.items()},
            guards={name.partition(".")[0]: steering[name] for name in self._guards},
            at=self._smoothed(frame.t_s, steering, believed=self._believes(frame, dt_s, scale)),
            grip=self._closed(frame.t_s, steering),
            arm_px=float(apparent_arm_px(rec, self._side)[0]),
            present=present,
            sure=self._sure,
        )
        return self._sample

    def at(self, t_s: float) -> Sample:
        """The last sample with what steers as it will be at t_s: see Predictor."""
        last = self._sample
        if last.at is None:
            return last
        x, y = (each.at(t_s, last.sure) for each in self._places)
        if not (math.isfinite(x) and math.isfinite(y)):
            return last
        return replace(last, at=(x, y), grip=self._grips.at(t_s, last.sure))

    def _seen(self, frame: PoseFrame, *, present: bool) -> float:
        """How far the landmarks that steer are to be trusted."""
        if self.steering.space == "picture":
            return float(np.nan_to_num(frame.hand_scores[SIDES.index(self._side)]))
        if not present:
            return 0.0
        steers = SHOULDERS if self.steering.space == "shift" else [POSE[f"{self._side}_wrist"]]
        return float(np.nan_to_num(frame.visibility[steers]).min())

    def _believes(self, frame: PoseFrame, dt_s: float, scale: BodyScale) -> bool:
        """The network does not merely guess where the hand is. Of what else steers it says nothing."""
        if self.steering.space != "arm":
            return True
        elbow, wrist = (POSE[f"{self._side}_{joint}"] for joint in ("elbow", "wrist"))
        x, y = frame.points_px[wrist].tolist()
        before, self._wrist = self._wrist, (x, y)
        leap_px = math.dist(before, self._wrist) if before is not None else 0.0
        arm_px = scale.arm_px(self._side)
        leaps = leap_px > FASTEST * arm_px * dt_s
        forearm = math.dist(frame.points_px[elbow].tolist(), (x, y)) / arm_px if arm_px > 0 else math.nan
        short = (SHORT_FOREARM - forearm) / (SHORT_FOREARM - SHORTEST_FOREARM)
        least = BELIEVED + SURER * (min(1.0, max(0.0, short)) if math.isfinite(short) else 0.0)
        return bool(frame.visibility[elbow] * frame.visibility[wrist] >= least) and not leaps

    def _remember(self, frame: PoseFrame, rec: Recording) -> None:
        trunk_px = float(apparent_trunk_px(rec)[0])
        if math.isfinite(trunk_px):
            self._trunks.append(trunk_px)
        self._counted += 1
        if self._counted % SCALE_EVERY == 0:
            self._kept.append(frame)
        # only what measures angles asks how long the segments are
        if self._watched and self._kept and frame.t_s - self._rescaled_s >= RESCALED_EVERY_S:
            self._rescaled_s = frame.t_s
            # a segment never is longer than it looks at its longest: what was seen once is kept, or a
            # limb that stays shortened would become the measure of itself
            for name, px in BodyScale.of(Recording.of(list(self._kept))).lengths_px.items():
                self._lengths_px[name] = max(px, self._lengths_px.get(name, 0.0))

    def _smoothed(
        self, t_s: float, steering: dict[str, float], *, believed: bool
    ) -> tuple[float, float] | None:
        place = [steering[name] if believed else math.nan for name in self._names]
        if self.steering.space == "shift":
            place[0] = self._shift.share(place[0])
        x, y = (each.update(t_s, value) for each, value in zip(self._places, [*place, 0.0][:2], strict=True))
        return (x, y) if math.isfinite(x) and math.isfinite(y) else None

    def _closed(self, t_s: float, steering: dict[str, float]) -> float:
        if not self._grip:
            return math.nan
        return self._grips.update(t_s, self._closing.share(steering[self._grip]))


def _full(name: str, side: Side) -> str:
    """With its side, where the signal has one and none is named."""
    signal, own = resolve(name)
    return f"{name}.{side}" if signal.sided and own is None else name
