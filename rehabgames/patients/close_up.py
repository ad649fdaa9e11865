"""CloseUpPatient: of whom the camera sees a hand alone, held up close before it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rehabgames.core.landmarks import SIDES, Side
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import Target, View
from rehabgames.patients.body import Point
from rehabgames.patients.gripping import AT_REST, Gripping, closed, opened
from rehabgames.patients.hand_landmarks import PALM_MIDDLE, hand_px
from rehabgames.patients.kinds import Kind, kind_named, side_named
from rehabgames.patients.motor import (
    BETWEEN_S,
    CLOSE_ENOUGH,
    CORRECTION_AFTER_S,
    REACTION_SPREAD,
    Movement,
    movement_s,
)

SIZE = (640, 480)
PALM_PX = 90.0
HOME: Point = (0.0, -0.1)  # where the hand is held up, half picture widths


@dataclass(frozen=True, slots=True)
class HeldUp:
    """One hand before the camera. palm: play coordinates of the space "picture"; open_share 0 .. 1."""

    palm: Point
    open_share: float


class CloseUpPatient:
    """kind: a name of KINDS or a Kind. The same seed and views give the same hand. Raises
    UnknownNameError."""

    def __init__(self, kind: str | Kind, side: Side, seed: int) -> None:
        self.kind: Kind = kind_named(kind) if isinstance(kind, str) else kind
        self.side: Side = side_named(side)
        self._rng = np.random.default_rng(seed)
        self._grip = Gripping(self._rng)
        self._movement = Movement(HOME, HOME, 0.0, 1.0)
        self._number: int | None = None
        self._guided: tuple[int, str, bool] | None = None

    def step(self, view: View | None, t_s: float) -> HeldUp:
        if view is not None and view.phase != "paused":
            if view.target is not None:
                self._play(view, view.target, t_s)
            elif view.guide is not None:
                self._follow(view, t_s)
        x, y = self._movement.at(t_s)
        kind = self.kind
        swing = kind.tremor_m * kind.tremor_action * math.sin(2 * math.pi * kind.tremor_hz * t_s)
        # a hand 0.4 m before a usual lens fills the picture's half width with 0.3 m
        return HeldUp((x + swing / 0.3, y), self._grip.at(t_s))

    def _play(self, view: View, target: Target, t_s: float) -> None:
        place = (target.x, target.y) if target.kind != "tap" else HOME
        if target.number != self._number:
            self._number = target.number
            spread = float(np.clip(self._rng.normal(1.0, REACTION_SPREAD), 0.6, 1.6))
            self._aim(place, self.kind.reaction_s * spread, t_s)
        elif view.hand is not None and t_s > self._movement.end_s + CORRECTION_AFTER_S:
            dx, dy = place[0] - view.hand.x, place[1] - view.hand.y
            if target.kind != "tap" and math.hypot(dx, dy) > CLOSE_ENOUGH * target.radius:
                x, y = self._movement.at(t_s)
                self._aim((x + dx, y + dy), BETWEEN_S, t_s)
        if t_s >= self._movement.begin_s and view.hand is not None:
            off = math.hypot(target.x - view.hand.x, target.y - view.hand.y)
            self._grip.look(target, off, self.kind, t_s)

    def _follow(self, view: View, t_s: float) -> None:
        guide = view.guide
        assert guide is not None
        seen = (guide.number, guide.name, guide.back)
        if seen == self._guided:
            return
        self._guided = seen
        wide, shut = opened(self.kind), closed(self.kind)
        ends = {"hand_open": wide, "pinch_open": wide, "hand_close": shut, "pinch_close": shut}
        self._grip.to(AT_REST if guide.back else ends.get(guide.name, AT_REST), t_s, self.kind.movement_s)

    def _aim(self, goal: Point, wait_s: float, t_s: float) -> None:
        start = self._movement.at(t_s)
        way = math.dist(start, goal)
        spread = self._rng.normal(0.0, self.kind.noise * way, 2)
        end = (goal[0] + float(spread[0]), goal[1] + float(spread[1]))
        self._movement = Movement(start, end, t_s + wait_s, movement_s(self.kind, way))


def close_up_frame(
    held: HeldUp, side: Side, t_s: float, index: int, *, noise_px: float = 0.0, seed: int = 0
) -> PoseFrame:
    """What a tracker sees of it: no body, one hand. The noise depends on seed and index alone."""
    half = SIZE[0] / 2
    # the picture is not mirrored: what is on the person's right is on its left
    middle = (half - held.palm[0] * half, SIZE[1] / 2 - held.palm[1] * half)
    wrist = (middle[0], middle[1] + PALM_MIDDLE * PALM_PX)
    frame = PoseFrame(t_s, index, SIZE)
    hand = hand_px(wrist, (wrist[0], wrist[1] - 1.0), PALM_PX, held.open_share, side)
    at = SIDES.index(side)
    frame.hands_px[at] = hand + np.random.default_rng((seed, index)).normal(0, noise_px, hand.shape)
    frame.hand_scores[at] = 0.98
    return frame
