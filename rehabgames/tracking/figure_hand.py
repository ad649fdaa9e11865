"""A hand, palm to the viewer, painted from wrist to fingertips at any opening.

Fingers flex towards the viewer, so that in the picture they shorten and then fold back over the
palm. The knuckles lie 15 mm below the web of the fingers, as they do in people. Lengths are in metres
of a hand of HAND_M; x is towards the thumb, y from wrist to fingertips.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rehabgames.tracking.figure_brush import (
    Colour,
    Light,
    Material,
    Picture,
    Place,
    Sprite,
    capsule,
    lit,
    polygon,
    ramp,
    smooth,
    stroke,
)

HAND_M = 0.187
_WEB = 0.25  # share of the first bone that lies inside the palm
_JOINT_DEG = (62.0, 96.0, 40.0)


@dataclass(frozen=True, slots=True)
class _Finger:
    knuckle: Place
    bones: tuple[float, float, float]
    radius: float
    spread_deg: float


_FINGERS = (
    _Finger((-0.0315, 0.080), (0.029, 0.017, 0.015), 0.0078, -14.0),
    _Finger((-0.0125, 0.091), (0.036, 0.023, 0.017), 0.0088, -5.0),
    _Finger((0.0075, 0.095), (0.038, 0.025, 0.018), 0.0092, 2.0),
    _Finger((0.0275, 0.090), (0.035, 0.021, 0.017), 0.0091, 9.0),
)
_THUMB_OPEN: tuple[Place, ...] = ((0.020, 0.022), (0.044, 0.048), (0.062, 0.072), (0.076, 0.092))
_THUMB_SHUT: tuple[Place, ...] = ((0.020, 0.022), (0.038, 0.050), (0.030, 0.078), (0.006, 0.084))
_THUMB_RADII = (0.0155, 0.0115, 0.0100, 0.0085)
_PALM: tuple[Place, ...] = (
    (-0.026, -0.006),
    (-0.036, 0.030),
    (-0.042, 0.062),
    (-0.041, 0.090),
    (-0.026, 0.104),
    (0.000, 0.113),
    (0.022, 0.112),
    (0.037, 0.104),
    (0.039, 0.070),
    (0.038, 0.040),
    (0.026, 0.006),
    (0.024, -0.006),
)
_CREASES: tuple[tuple[Place, ...], ...] = (
    ((0.036, 0.068), (0.018, 0.064), (0.006, 0.044), (0.004, 0.016)),
    ((0.036, 0.072), (0.010, 0.066), (-0.030, 0.046)),
    ((-0.040, 0.068), (-0.014, 0.076), (0.010, 0.088)),
)


@dataclass(frozen=True, slots=True)
class HandPaint:
    """What a hand is painted with: skin, and the darker line around it."""

    skin: Material
    line: Material
    line_colour: Colour

    @staticmethod
    def of(skin: Colour, light: Light) -> HandPaint:
        dark = (skin[0] * 0.52, skin[1] * 0.56, skin[2] * 0.66)
        return HandPaint(ramp(skin, light, 0.3), ramp(dark, light), lit(dark, light, 0.9))


@dataclass(frozen=True, slots=True)
class HandFrame:
    """Where a hand is in a picture: px of the wrist; px for a metre towards thumb and fingertips."""

    wrist: Place
    thumbward: Place
    fingerward: Place

    def place(self, x: float, y: float) -> Place:
        (ox, oy), (ax, ay), (bx, by) = self.wrist, self.thumbward, self.fingerward
        return ox + ax * x + bx * y, oy + ay * x + by * y

    @property
    def scale(self) -> float:
        """px for a metre along the fingers."""
        return math.hypot(*self.fingerward)


def _bones(finger: _Finger, open_share: float) -> list[tuple[Place, Place, bool]]:
    """The three bones as (from, to, folded back), metres in the picture plane."""
    flexed = 1.0 - open_share
    spread = math.radians(finger.spread_deg * open_share + 0.25 * finger.spread_deg * flexed)
    x, y = finger.knuckle
    angle = 0.0
    found: list[tuple[Place, Place, bool]] = []
    for bone, joint_deg in zip(finger.bones, _JOINT_DEG, strict=True):
        angle += math.radians(joint_deg) * flexed
        length = bone * math.cos(angle)
        end = x + length * math.sin(spread), y + length * math.cos(spread)
        found.append(((x, y), end, length < 0))
        x, y = end
    return found


def _paint_bones(
    picture: Picture,
    frame: HandFrame,
    bones: list[tuple[Place, Place, float, float]],
    paint: HandPaint,
    line_px: float,
    *,
    rooted: bool = False,
) -> None:
    """First every outline, then every fill, so that one limb has no seams inside.

    rooted begins the first bone at the web, without a cap, so that it grows out of the palm.
    """
    for grow, material in ((line_px, paint.line), (0.0, paint.skin)):
        for i, (a, b, ra, rb) in enumerate(bones):
            near, far = frame.place(*a), frame.place(*b)
            r_near, r_far = ra * frame.scale + grow, rb * frame.scale + grow
            if rooted and i == 0:
                web = near[0] + _WEB * (far[0] - near[0]), near[1] + _WEB * (far[1] - near[1])
                capsule(picture, far, web, (r_far, r_near), material, flat_end=True, joined="both")
            else:
                capsule(picture, near, far, (r_near, r_far), material)


def _paint_palm(picture: Picture, frame: HandFrame, paint: HandPaint, line_px: float, creases: bool) -> None:
    outline = [frame.place(*p) for p in smooth(_PALM)]
    polygon(picture, outline, paint.skin.full)
    stroke(picture, outline, paint.line_colour, line_px, closed=True)
    pads = [((0.022, 0.030), (0.030, 0.050), 0.017, 0.014), ((-0.024, 0.026), (-0.026, 0.052), 0.014, 0.013)]
    for a, b, ra, rb in pads:
        radii = ra * frame.scale, rb * frame.scale
        capsule(picture, frame.place(*a), frame.place(*b), radii, paint.skin, joined="both")
    if creases:
        for crease in _CREASES:
            line = [frame.place(*p) for p in smooth(crease, closed=False)]
            stroke(picture, line, paint.line_colour, 0.7 * line_px)


def paint_hand(
    picture: Picture, frame: HandFrame, open_share: float, paint: HandPaint, creases: bool = True
) -> None:
    """Paint one hand; open_share 0 fist .. 1 flat."""
    share = min(1.0, max(0.0, open_share))
    line_px = max(0.8, 0.0016 * frame.scale)
    _paint_palm(picture, frame, paint, line_px, creases)
    for finger in _FINGERS:
        bones = _bones(finger, share)
        near = 1.0 + 0.08 * (1 - share)
        radii = [finger.radius * near * k for k in (1.08, 1.0, 0.94, 0.84)]
        for folded in (False, True):
            part = [(a, b, radii[i], radii[i + 1]) for i, (a, b, back) in enumerate(bones) if back is folded]
            _paint_bones(picture, frame, part, paint, line_px, rooted=not folded)
        if creases and share > 0.5:
            for (x, y), _end, _back in bones[1:]:
                left, right = frame.place(x - 0.6 * finger.radius, y), frame.place(x + 0.6 * finger.radius, y)
                stroke(picture, [left, right], paint.line_colour, 0.7 * line_px)
    thumb = [
        (a[0] * share + b[0] * (1 - share), a[1] * share + b[1] * (1 - share))
        for a, b in zip(_THUMB_OPEN, _THUMB_SHUT, strict=True)
    ]
    parts = [(thumb[i], thumb[i + 1], _THUMB_RADII[i], _THUMB_RADII[i + 1]) for i in range(3)]
    _paint_bones(picture, frame, parts, paint, line_px)


def hand_sprite(px_per_m: float, open_share: float, skin: Colour, light: Light) -> Sprite:
    """A small hand to be put at a wrist: fingers point up, thumb to the right."""
    finer = 4
    scale = finer * px_per_m
    size = math.ceil(0.29 * px_per_m) * finer
    origin = (size / 2, size * 0.82)
    frame = HandFrame(origin, (scale, 0.0), (0.0, -scale))
    colour, mask = (np.zeros((size, size, 3), dtype=np.uint8) for _ in range(2))
    paint_hand(colour, frame, open_share, HandPaint.of(skin, light), creases=False)
    paint_hand(mask, frame, open_share, _stencil(light), creases=False)
    return Sprite.of(colour, mask[:, :, 0].copy(), origin, finer)


def _stencil(light: Light) -> HandPaint:
    white = Material(np.full((256, 1, 3), 255, dtype=np.uint8), light)
    return HandPaint(white, white, (255.0, 255.0, 255.0))
