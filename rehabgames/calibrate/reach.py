"""Rest, then reach as far as is comfortable in each direction of the protocol.

Every direction passes the envelope before it is asked. Places come in arm lengths of a guessed
arm; at the end everything is rescaled to the arm that was seen stretched. A direction in which too
little was reached gets the protocol's least reach, so that games have one, and is named as refused.
"""

from __future__ import annotations

import itertools
import math

import numpy as np

from rehabgames.calibrate.calibration import LONGEST_GAP_S, Part
from rehabgames.core.landmarks import Side
from rehabgames.core.measured import Validity
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.pose import PoseFrame
from rehabgames.core.protocol import ReachProtocol
from rehabgames.core.sample import Sample
from rehabgames.core.trial import Goal
from rehabgames.core.view import Cue, Guide, Target
from rehabgames.safety import Envelope

Point = tuple[float, float]

LAP: Point = (0.15, -0.75)  # outward, up: where the hand is asked to rest
STILL = 0.04  # arm lengths: RMS under which a hand counts as resting
LONGEST_REST_S = 6.0
MOVED = 0.12  # arm lengths that tell that the reach has begun
BESIDE = 0.06  # arm lengths beside the asked direction that still count as in it
STILL_WAITING_S = 2.0  # who has not moved by then is taken to be there already
STEADY = 0.05  # a hold stays this close to the farthest point
HIGH_PERCENTILE = 95.0
ASKED_AT = 1.0  # arm lengths at which the direction is shown
SHOWN_RADIUS = 0.15
MOST_TRIES = 2


class ReachCalibration:
    """A Calibration by the hand of the samples; arm_px_guess is the arm length that its places have."""

    needs: tuple[str, ...] = ()

    def __init__(self, protocol: ReachProtocol, envelope: Envelope, side: Side, arm_px_guess: float) -> None:
        self._protocol = protocol
        self._side: Side = side
        self._outward = 1.0 if side == "right" else -1.0
        self._guess_px = arm_px_guess
        goals = [envelope.goal(Goal(d, ASKED_AT, SHOWN_RADIUS, 0.0))[0] for d in protocol.directions_deg]
        self._goals = list({goal.direction_deg: goal for goal in goals}.values())
        self.part: Part = "rest"
        self._began_s: float | None = None
        self._trail: list[tuple[float, Point]] = []
        self._arms_px: list[float] = []
        self._reach: dict[float, float] = {}
        self._refused: dict[str, str] = {}
        self._noise = math.nan
        self._rest_xy: Point = (0.0, 0.0)
        self._tries = 1
        self._targets = 1
        self._cues: list[Cue] = []

    def step(self, frame: PoseFrame, sample: Sample) -> None:
        hand, arm_px, now_s = sample.at, sample.arm_px, frame.t_s
        if hand is None or not all(map(math.isfinite, (*hand, now_s))):
            return
        if self._trail and self._trail[-1][0] >= now_s:
            return
        if self._began_s is None:
            self._began_s = now_s
        elif self._trail and now_s - self._trail[-1][0] > LONGEST_GAP_S:
            self._began_s += now_s - self._trail[-1][0]  # nobody was asked while nobody was seen
        self._trail.append((now_s, hand))
        if math.isfinite(arm_px) and arm_px > 0:
            self._arms_px.append(arm_px)
        if self.part == "rest":
            self._watch_rest(now_s - self._began_s)
        elif self.part == "ask":
            self._watch_reach(now_s - self._began_s, now_s)

    def target(self) -> Target | None:
        if self.part == "rest":
            done = self._share_of(self._protocol.rest_s)
            return Target("rest", self._outward * LAP[0], LAP[1], SHOWN_RADIUS, done, self._targets)
        if self.part == "done":
            return None
        x, y = self._goal.xy(self._outward)
        return Target("farthest", x, y, SHOWN_RADIUS, 0.0, self._targets)

    def guide(self) -> Guide | None:
        return None

    def prompt(self) -> Message:
        if self.part == "rest":
            return Message("rest.hand_in_lap")
        if self.part == "done":
            return Message("calibrate.done")
        return Message("calibrate.reach_far" if self._tries == 1 else "calibrate.again")

    def progress(self) -> float:
        return len(self._reach) / max(1, len(self._goals))

    def cues(self) -> tuple[Cue, ...]:
        told, self._cues = tuple(self._cues), []
        return told

    def profile(self) -> Profile:
        """Raises ValueError before part is "done"."""
        if self.part != "done":
            raise ValueError("the calibration is not done")
        arm_px = float(np.percentile(self._arms_px, HIGH_PERCENTILE)) if self._arms_px else self._guess_px
        scale = self._guess_px / arm_px
        return Profile(
            protocol=self._protocol.id,
            side=self._side,
            arm_px=arm_px,
            reach={direction: far * scale for direction, far in self._reach.items()},
            noise=self._noise * scale,
            rest_xy=(self._rest_xy[0] * scale, self._rest_xy[1] * scale),
            refused=dict(self._refused),
        )

    @property
    def _goal(self) -> Goal:
        return self._goals[len(self._reach)]

    def _share_of(self, wanted_s: float) -> float:
        if self._began_s is None or not self._trail or wanted_s <= 0:
            return 0.0
        return min(1.0, (self._trail[-1][0] - self._began_s) / wanted_s)

    def _watch_rest(self, elapsed_s: float) -> None:
        if elapsed_s < self._protocol.rest_s:
            return
        last_s = self._trail[-1][0]
        recent = [(t, p) for t, p in self._trail if t >= last_s - self._protocol.rest_s]
        noise = _detrended_rms(recent)
        if noise > STILL and elapsed_s < LONGEST_REST_S:
            return
        self._noise = noise
        self._rest_xy = (
            float(np.median([p[0] for _, p in recent])),
            float(np.median([p[1] for _, p in recent])),
        )
        self._next("ask")

    def _watch_reach(self, elapsed_s: float, now_s: float) -> None:
        start = self._trail[0][1]
        first = next((i for i, (_, p) in enumerate(self._trail) if math.dist(start, p) > MOVED), None)
        # where the last direction was held is no reach in this one
        reached = [(t, self._reached(p)) for t, p in self._trail[first or 0 :]]
        farthest = max(a for _, a in reached)
        held = [a for t, a in reached if t >= now_s - self._protocol.hold_s]
        holding = self._kept_still(now_s) and min(held) > farthest - STEADY
        begun = first is not None or elapsed_s > STILL_WAITING_S
        if begun and holding and farthest >= self._protocol.minimum:
            self._take(float(np.median(held)) if self._protocol.statistic == "median" else farthest)
        elif elapsed_s >= self._protocol.timeout_s:
            if farthest < self._protocol.minimum and self._tries < MOST_TRIES:
                self._tries += 1
                self._restart()
            else:
                if farthest < self._protocol.minimum:
                    self._refused[f"reach.{self._goal.direction_deg:g}"] = Validity.NO_MOVEMENT.name
                self._take(max(farthest, self._protocol.minimum))

    def _kept_still(self, now_s: float) -> bool:
        """The hand was seen all through the hold, without a gap, and hardly moved in it."""
        recent = [(t, p) for t, p in self._trail if t >= now_s - self._protocol.hold_s - LONGEST_GAP_S]
        times = [t for t, _ in recent]
        whole = times[-1] - times[0] >= self._protocol.hold_s
        gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
        spread = max(math.dist(recent[-1][1], p) for _, p in recent)
        return whole and max(gaps) <= LONGEST_GAP_S and spread <= 2 * STEADY

    def _reached(self, hand: Point) -> float:
        """How far the hand is in the asked direction; what it is too far beside is taken off."""
        x, y = self._goal.xy(self._outward)
        along = (hand[0] * x + hand[1] * y) / math.hypot(x, y)
        beside = abs(hand[0] * y - hand[1] * x) / math.hypot(x, y)
        return along - max(0.0, beside - BESIDE)

    def _take(self, far: float) -> None:
        x, y = self._goal.xy(self._outward)
        self._reach[self._goal.direction_deg] = far
        self._cues.append(Cue("calibrated", far * x, far * y))
        self._tries = 1
        self._next("done" if len(self._reach) == len(self._goals) else "ask")

    def _next(self, part: Part) -> None:
        self.part = part
        self._restart()

    def _restart(self) -> None:
        self._began_s = None
        self._trail = []
        self._targets += 1


def _detrended_rms(trail: list[tuple[float, Point]]) -> float:
    """RMS distance from the straight line through the places, arm lengths (MEASURES 0.7)."""
    if len(trail) < 3:
        return 0.0
    t = np.array([moment for moment, _ in trail])
    points = np.array([place for _, place in trail])
    design = np.stack([np.ones_like(t), t - t[0]], axis=1)
    fitted, *_ = np.linalg.lstsq(design, points, rcond=None)
    left = points - design @ fitted
    return float(np.sqrt((left**2).sum(axis=1).mean()))
