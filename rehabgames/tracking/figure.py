"""Figure: a virtual patient's body drawn into the picture of a camera.

The body stands or sits in the frontal plane, so one scale (px for a metre) holds for all of it.
Everything that does not move is painted once: room, trunk, head, hands; limbs are shaded capsules.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from rehabgames.core.landmarks import SIDES, Side
from rehabgames.patients.body import Body, Build, Point
from rehabgames.tracking.figure_brush import (
    Light,
    Picture,
    Place,
    Sprite,
    capsule,
    ellipse,
    ramp,
    shadow,
)
from rehabgames.tracking.figure_hand import HAND_M, hand_sprite
from rehabgames.tracking.figure_head import back_sprite, head_sprite
from rehabgames.tracking.figure_legs import before_shirt, draw_legs, is_seated, level_of
from rehabgames.tracking.figure_room import paint_room
from rehabgames.tracking.figure_trunk import hiked, trunk_sprite
from rehabgames.tracking.looks import STATURE_M, Look, bgr

_HEADROOM_M = 0.22
_FLOOR_M = 0.14
WHOLE_M = _HEADROOM_M + STATURE_M + _FLOOR_M  # what a picture of all of somebody shows
_HAND_STEPS = 8
_HEAD_M = 0.23
_ABOVE_NOSE_M = 0.155
_SHOULDERS = ("left_shoulder", "right_shoulder")
_SEEN_PX = 0.25  # a smaller lift of a shoulder changes no picture
_LAP_M = 0.10  # height of a thigh above and below its middle
_BLINK_EVERY_S, _BLINK_S = 4.3, 0.14


class Drawn(NamedTuple):
    """picture (h, w, 3) uint8 BGR; joints_px name → true place in that picture, px, maybe outside."""

    picture: Picture
    joints_px: dict[str, Place]


class _Parts(NamedTuple):
    """What depends on the build of the body only."""

    trunk: Sprite
    back: Sprite
    head: Sprite
    shut: Sprite
    hands: tuple[Sprite, ...]


def _between(a: Place, b: Place, share: float) -> Place:
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])


class Figure:
    """Draws one look. The camera is aimed at the first body drawn and then stays.

    offset_m: metres right of the middle of the picture; it may be changed from picture to picture.
    """

    def __init__(self, look: Look, size: tuple[int, int] = (640, 480), seed: int = 0) -> None:
        self.look = look
        self.offset_m = look.offset_m
        self.size = size
        self.seed = seed
        self.px_per_m = look.px_per_m(size[0])
        self.light = Light.of(look.side, look.height, look.ambient, look.tint)
        self._skin = ramp(bgr(look.skin), self.light, 0.35)
        self._shirt = ramp(bgr(look.shirt), self.light)
        self._trousers = ramp(bgr(look.trousers), self.light)
        self._shoe = ramp((48.0, 46.0, 50.0), self.light)
        self._limb = 0.45 + 0.55 * look.girth
        self._parts: dict[Build, _Parts] = {}
        self._grain = self._noise()
        self._room: Picture | None = None
        self._floor_y = 0.0

    def draw(self, body: Body, t_s: float) -> Drawn:
        """The camera picture of `body` at t_s; the same body, time and seed give the same picture."""
        drawn = self.draw_onto(self.room(body), body, t_s)
        return Drawn(self.grained(drawn.picture, t_s), drawn.joints_px)

    def room(self, body: Body) -> Picture:
        """The room without anybody; the camera is aimed at the first body, and stays."""
        if self._room is None:
            self._room = self._aim(body)
        return self._room

    def stand_with(self, other: Figure, *, nearer: bool) -> None:
        """On the same floor as the other, whose camera is aimed: a little nearer to it, or further away."""
        self._floor_y = other._floor_y + (0.05 if nearer else -0.02) * self.px_per_m

    def draw_onto(self, picture: Picture, body: Body, t_s: float) -> Drawn:
        """A copy of the picture with the body in it, without the camera's noise."""
        picture = picture.copy()
        px = {name: self._px(point) for name, point in body.joints.items()}
        parts = self._parts_of(body.build)
        chest = self._chest(px, body)
        axis = self._head_axis(chest, px)
        head = body.build.head / _HEAD_M
        across, down = (-axis[1] * head, axis[0] * head), (-axis[0] * head, -axis[1] * head)
        parts.back.put_turned(picture, px["nose"], across, down)
        before = before_shirt(body)
        self._legs(picture, px, body, [side for side in SIDES if before[side] < 1], before=False)
        shirt = self._trunk(picture, px, body, parts.trunk)
        self._neck(picture, px, chest, axis)
        blink = t_s % _BLINK_EVERY_S < _BLINK_S
        (parts.shut if blink else parts.head).put_turned(picture, px["nose"], across, down)
        picture = self._legs_before(picture, px, body, before)
        for side in SIDES:
            self._arm_shadow(picture, px, side, shirt)
            self._arm(picture, px, body, side, parts)
        return Drawn(picture, px)

    def _px(self, point: Point) -> Place:
        middle = self.size[0] / 2 + self.offset_m * self.px_per_m
        return middle + point[0] * self.px_per_m, self._floor_y - point[1] * self.px_per_m

    def _aim(self, body: Body) -> Picture:
        """Choose the height of the camera, then paint the room and what stands on the floor."""
        height = self.size[1]
        top_m = body.joints["nose"][1] + _ABOVE_NOSE_M
        seen_m = height / self.px_per_m
        spare_m = max(0.0, seen_m - top_m - _HEADROOM_M - _FLOOR_M)
        self._floor_y = (top_m + min(_HEADROOM_M, 0.16 * seen_m) + 0.6 * spare_m) * self.px_per_m
        horizon_y = self._floor_y - 0.10 * self.px_per_m
        room = paint_room(self.look, self.size, horizon_y, self.seed)
        px = {name: self._px(point) for name, point in body.joints.items()}
        self._ground_shadow(room, px)
        if is_seated(body):
            self._chair(room, px)
        return room

    def _ground_shadow(self, room: Picture, px: Mapping[str, Place]) -> None:
        (ax, ay), (bx, by) = px["left_ankle"], px["right_ankle"]
        dark = np.zeros(room.shape[:2], dtype=np.uint8)
        centre = (ax + bx) / 2, (ay + by) / 2 + 0.05 * self.px_per_m
        ellipse(dark, centre, (0.34 * self.px_per_m, 0.06 * self.px_per_m), 110.0)
        share = cv2.GaussianBlur(dark, (0, 0), 0.035 * self.px_per_m).astype(np.float32) / 255
        room[:] = cv2.blendLinear(room, np.zeros_like(room), 1 - share, share)

    def _chair(self, room: Picture, px: Mapping[str, Place]) -> None:
        """Back and seat behind the body, two rear legs."""
        (lx, ly), (rx, ry) = px["left_hip"], px["right_hip"]
        s, x, y = self.px_per_m, (lx + rx) / 2, (ly + ry) / 2
        wood, cloth = ramp((62.0, 88.0, 116.0), self.light), ramp((112.0, 96.0, 84.0), self.light)
        for side in (-1.0, 1.0):
            post = x + side * 0.21 * s
            capsule(room, (post, y - 0.42 * s), (post, self._floor_y), (0.018 * s, 0.016 * s), wood)
        for row in (0.38, 0.27):
            left, right = (x - 0.20 * s, y - row * s), (x + 0.20 * s, y - row * s)
            capsule(room, left, right, (0.040 * s, 0.040 * s), wood)
        left, right = (x - 0.22 * s, y + 0.09 * s), (x + 0.22 * s, y + 0.09 * s)
        capsule(room, left, right, (0.04 * s, 0.04 * s), cloth)

    def _parts_of(self, build: Build) -> _Parts:
        if build not in self._parts:
            s, look, light = self.px_per_m, self.look, self.light
            hand_s = s * build.hand / HAND_M
            self._parts[build] = _Parts(
                trunk_sprite(look, build, s, light),
                back_sprite(look, s, light),
                head_sprite(look, s, light, shut=False),
                head_sprite(look, s, light, shut=True),
                tuple(
                    hand_sprite(hand_s, step / _HAND_STEPS, bgr(look.skin), light)
                    for step in range(_HAND_STEPS + 1)
                ),
            )
        return self._parts[build]

    def _chest(self, px: Mapping[str, Place], body: Body) -> Place:
        """Top of the trunk: between the shoulders, where none is hiked."""
        (lx, ly), (rx, ry) = px["left_hip"], px["right_hip"]
        tall = body.build.trunk * self.px_per_m
        up = -math.sin(body.lean_rad), -math.cos(body.lean_rad)
        return (lx + rx) / 2 + tall * up[0], (ly + ry) / 2 + tall * up[1]

    @staticmethod
    def _head_axis(chest: Place, px: Mapping[str, Place]) -> Place:
        """Unit vector from the neck to the top of the head, px."""
        x, y = px["nose"][0] - chest[0], px["nose"][1] - chest[1]
        length = max(math.hypot(x, y), 1e-6)
        return x / length, y / length

    def _neck(self, picture: Picture, px: Mapping[str, Place], chest: Place, axis: Place) -> None:
        s, (nx, ny) = self.px_per_m, px["nose"]
        low = chest[0] + 0.045 * s * axis[0], chest[1] + 0.045 * s * axis[1]
        high = nx - 0.02 * s * axis[0], ny - 0.02 * s * axis[1]
        capsule(picture, low, high, (0.052 * s, 0.050 * s), self._skin, joined="both")
        chin = nx - 0.075 * s * axis[0], ny - 0.075 * s * axis[1]
        shadow(picture, chin, chin, 0.022 * s, soft=0.035 * s, depth=0.35)

    def _trunk(self, picture: Picture, px: Mapping[str, Place], body: Body, trunk: Sprite) -> Picture:
        """Turn the shirt by the lean and lift it where a shoulder is hiked; its mask."""
        c, s = math.cos(body.lean_rad), math.sin(body.lean_rad)
        (lx, ly), (rx, ry) = px["left_hip"], px["right_hip"]
        chest = self._chest(px, body)
        raised = [(chest[0] - px[n][0]) * s + (chest[1] - px[n][1]) * c for n in _SHOULDERS]
        if max(abs(each) for each in raised) > _SEEN_PX:
            trunk = hiked(trunk, raised[0], raised[1], body.build, self.px_per_m)
        mask = np.zeros(picture.shape[:2], dtype=np.uint8)
        trunk.put_turned(picture, ((lx + rx) / 2, (ly + ry) / 2), (c, -s), (s, c), mask)
        return mask

    def _legs(
        self, picture: Picture, px: Mapping[str, Place], body: Body, sides: Sequence[Side], *, before: bool
    ) -> None:
        if sides:
            draw_legs(
                picture,
                px,
                level_of(body),
                sides,
                before=before,
                px_per_m=self.px_per_m,
                limb=self._limb,
                trousers=self._trousers,
                shoe=self._shoe,
            )

    def _legs_before(
        self, picture: Picture, px: Mapping[str, Place], body: Body, before: Mapping[Side, float]
    ) -> Picture:
        """With the thighs that point at the camera; as they come down, the shirt's hem slides over them."""
        share = max(before.values())
        shirt_over = picture.copy() if 0 < share < 1 else picture
        self._legs(picture, px, body, [side for side in SIDES if before[side] > 0], before=True)
        if shirt_over is picture:
            return picture
        lap_y = (px["left_hip"][1] + px["right_hip"][1]) / 2
        hem_y = round(lap_y + (1 - 2 * share) * _LAP_M * self._limb * self.px_per_m)
        hem_y = min(max(hem_y, 0), len(picture))
        return np.concatenate([shirt_over[:hem_y], picture[hem_y:]])

    def _arm_shadow(self, picture: Picture, px: Mapping[str, Place], side: Side, shirt: Picture) -> None:
        """What the arm takes away of the light on the shirt."""
        k = self.px_per_m * self._limb
        shoulder, elbow, wrist = (px[f"{side}_{joint}"] for joint in ("shoulder", "elbow", "wrist"))
        below = 0.014 * self.px_per_m
        start = _between(shoulder, elbow, 0.3)
        for a, b, r in ((start, elbow, 0.046 * k), (elbow, wrist, 0.036 * k)):
            shadow(
                picture, (a[0], a[1] + below), (b[0], b[1] + below), r, soft=0.026 * k, depth=0.26, mask=shirt
            )

    def _arm(self, picture: Picture, px: Mapping[str, Place], body: Body, side: Side, parts: _Parts) -> None:
        k = self.px_per_m * self._limb
        shoulder, elbow, wrist = (px[f"{side}_{joint}"] for joint in ("shoulder", "elbow", "wrist"))
        hand = parts.hands[round(_HAND_STEPS * min(1.0, max(0.0, body.hand_open[side])))]
        self._hand(picture, elbow, wrist, side, hand)
        upper, fore = (0.053 * k, 0.042 * k), (0.042 * k, 0.028 * k)
        if self.look.long_sleeves:
            cuff = _between(elbow, wrist, 0.96)
            capsule(picture, elbow, wrist, (0.030 * k, 0.027 * k), self._skin, joined="both")
            capsule(
                picture,
                elbow,
                cuff,
                (0.047 * k, 0.035 * k),
                self._shirt,
                bulge=0.003 * k,
                flat_end=True,
                joined="both",
            )
            capsule(
                picture, shoulder, elbow, (0.057 * k, 0.048 * k), self._shirt, bulge=0.002 * k, joined="both"
            )
            return
        capsule(picture, elbow, wrist, fore, self._skin, bulge=0.005 * k, joined="both")
        capsule(picture, shoulder, elbow, upper, self._skin, bulge=0.003 * k, joined="both")
        hem = _between(shoulder, elbow, 0.55)
        capsule(picture, shoulder, hem, (0.058 * k, 0.060 * k), self._shirt, flat_end=True, joined="both")

    def _hand(self, picture: Picture, elbow: Place, wrist: Place, side: Side, hand: Sprite) -> None:
        """The thumb points up, or to the middle of the body where up is no choice."""
        x, y = wrist[0] - elbow[0], wrist[1] - elbow[1]
        length = max(math.hypot(x, y), 1e-6)
        x, y = x / length, y / length
        inward = -1.0 if side == "left" else 1.0
        turned = 0.6 * inward * -y + -1.0 * x
        thumb = math.copysign(max(min(abs(2 * turned), 1.0), 0.5), turned)
        hand.put_turned(picture, wrist, (-y * thumb, x * thumb), (-x, -y))

    def _noise(self) -> tuple[Picture, Picture]:
        """Brighter and darker grain, larger than the picture so that each frame takes its own cut."""
        width, height = self.size
        rng = np.random.default_rng(self.seed)
        grain = rng.standard_normal((height + 64, width + 64, 3)) * self.look.noise
        return np.clip(grain, 0, 255).astype(np.uint8), np.clip(-grain, 0, 255).astype(np.uint8)

    def grained(self, picture: Picture, t_s: float) -> Picture:
        """The picture with the camera's noise, which the time and the seed tell."""
        width, height = self.size
        x, y = (
            int(n) for n in np.random.default_rng([self.seed, round(t_s * 1e6) % 2**32]).integers(0, 64, 2)
        )
        brighter, darker = (g[y : y + height, x : x + width] for g in self._grain)
        return cv2.subtract(cv2.add(picture, brighter), darker).astype(np.uint8)
