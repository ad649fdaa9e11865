"""Sketch: the pictures of one guide from start (0) to end (1), each painted once, and places on it."""

from __future__ import annotations

from typing import Final

import pygame

from rehabgames.core.view import Guide
from rehabgames.stage.frame import Area
from rehabgames.stage.guides import fingers
from rehabgames.stage.guides.body import Pose, seen
from rehabgames.stage.guides.brush import Brush, Place
from rehabgames.stage.guides.moves import Move, move_of
from rehabgames.stage.guides.person import WOOD, Look, Pair, Seen, paint_chair, paint_lamp, paint_person
from rehabgames.stage.palette import GREEN, SIDE_COLOUR

Line = tuple[Place, ...]

STEPS: Final = 30  # pictures of a way
PINCHES: Final = ("pinch_open", "pinch_close")
HANDS: Final = ("hand_open", "hand_close", *PINCHES)
_CURLS: Final = {
    "hand_open": (0.95, 0.0),
    "hand_close": (0.0, 1.0),
    "pinch_open": (1.0, 0.0),
    "pinch_close": (0.0, 1.0),
    "rest": (0.62, 0.34),
}
_SHADES: Final[dict[str, str]] = {
    SIDE_COLOUR["right"]: "#00578a",
    SIDE_COLOUR["left"]: "#a84a00",
    GREEN: "#005e48",
}
_UP: Final[Line] = ((0.74, 0.7), (0.88, 1.05), (0.9, 1.5))
_INDEX_DOWN: Final[Line] = ((-0.86, 2.04), (-1.12, 1.84), (-1.26, 1.52))
_THUMB_UP: Final[Line] = ((-0.98, -0.24), (-1.13, -0.02), (-1.18, 0.3))
_HAND_ARROWS: Final[dict[str, tuple[Line, ...]]] = {
    "hand_open": (_UP,),
    "hand_close": (_UP[::-1],),
    "pinch_open": (_INDEX_DOWN[::-1], _THUMB_UP[::-1]),
    "pinch_close": (_INDEX_DOWN, _THUMB_UP),
}
_UNSIDED: Final = frozenset(
    ("stand_up", "sit_down", "come_into_picture", "come_closer", "step_back", "face_camera", "more_light")
)
_OTHER: Final = Look(("#8b9499", "#a9b2b6"), "trunk", ("#8f979b", "#a7afb3"), ("#7b8488", "#8f989c"),
                     trousers=("#78828a", "#8d979e"))  # fmt: skip
_SHADOW: Final = "#20352c30"  # on the ground
# what the frame of a pictogram is, and the room that scenes with a frame need: the person must not be
# larger where they walk less, m
_FRAME: Final = ((-0.93, -0.14), (-0.93, 1.9), (0.93, 1.9), (0.93, -0.14))
_ROOM_BOX: Final = (-1.5, -0.2, 1.5, 1.98)


def accent_of(guide: Guide) -> str:
    """The colour of what moves: that of its side, or green for the whole person."""
    return GREEN if guide.name in _UNSIDED or guide.name == "one_person" else SIDE_COLOUR[guide.side]


class Sketch:
    """One guide on one area of the screen, painted when asked for.

    largest  px per metre at most; light: -1 from the left, 1 from the right; edge: px of outlines
    small    for a pictogram: what is round it is painted too
    """

    def __init__(
        self,
        guide: Guide,
        seed: int,
        area: Area,
        *,
        largest: float,
        light: int,
        edge: float,
        small: bool = False,
    ) -> None:
        self._small = small
        self.flip = 1 if guide.side == "right" else -1
        self.hand = guide.name in HANDS or (guide.shows == "hand" and guide.name == "rest")
        self._name = guide.name
        self._curl = _CURLS.get(guide.name, (0.0, 0.0))
        self.move: Move | None = None if self.hand else move_of(guide.name, guide.shows, guide.most_deg)
        accent = accent_of(guide)
        pair: Pair = (_SHADES[accent], accent)
        self._look = Look.of(seed, pair, self.move.about if self.move else "arm")
        self._light, self._edge = light, edge
        self._box = self._room()
        left, bottom, right, top = self._box
        self.scale = min(area[2] / (right - left), area[3] / (top - bottom), largest)
        # stands on the ground of the area, in its middle
        self._left = area[0] + (area[2] - (right - left) * self.scale) / 2
        self._top = area[1] + area[3] - (top - bottom) * self.scale
        self._kept: dict[int, tuple[pygame.Surface, tuple[int, int]]] = {}

    def picture(self, share: float) -> tuple[pygame.Surface, tuple[int, int]]:
        """(what is seen at 0..1 of the way, its corner on the screen)"""
        step = round(STEPS * min(1.0, max(0.0, share)))
        if step not in self._kept:
            whole = self._painted(step / STEPS)
            used = whole.get_bounding_rect()
            corner = (round(self._left) + used.x, round(self._top) + used.y)
            self._kept[step] = (whole.subsurface(used).copy(), corner)
        return self._kept[step]

    def on_screen(self, across: float, up: float) -> Place:
        """Where a place of the picture is, px; across to the own side."""
        return self._left + (self.flip * across - self._box[0]) * self.scale, self._top + (
            self._box[3] - up
        ) * self.scale

    def joint(self, name: str, share: float) -> Place:
        """Where a joint is at 0..1 of the way, px. Only of a body."""
        assert self.move is not None
        x, y = Seen.of(self.move.at(share), self.move.yaw, 1)[name]
        return self.on_screen(x, y)

    def ways(self) -> list[list[Place]]:
        """The ways that arrows follow, px; none where there are none."""
        if self.hand:
            return [[self.on_screen(*p) for p in line] for line in _HAND_ARROWS.get(self._name, ())]
        assert self.move is not None
        if self.move.way or not self.move.aim:
            return [[self.on_screen(*p) for p in self.move.way]] if self.move.way else []
        points = [self.joint(self.move.aim, i / 12) for i in range(13)]
        return [_beside(points, self.move.aside * self.scale * self.flip)]

    def goal(self, *, back: bool) -> tuple[Place, float] | None:
        """Middle and radius, px, of the ring round where the movement leads to."""
        if self.hand:
            return self.on_screen(0.0, 0.72), 1.5 * self.scale
        assert self.move is not None
        if not self.move.ring:
            return None
        return self.joint(self.move.aim, 0.0 if back else 1.0), self.move.ring * self.scale

    def _room(self) -> tuple[float, float, float, float]:
        """What must be seen, m: all postures, the ring and the arrow."""
        if self.hand:
            return fingers.BOX
        assert self.move is not None
        if self.move.scene:
            return _ROOM_BOX
        bodies = [Seen.of(self.move.at(i / 6), self.move.yaw, self.flip) for i in range(7)]
        places = [body[name] for body in bodies for name in body.at]
        across, up = [p[0] for p in places], [p[1] for p in places]
        heads = [body["head"] for body in bodies]
        left, right = min(across) - 0.16, max(across) + 0.16
        for x, _ in self.move.way:
            left, right = min(left, x * self.flip - 0.08), max(right, x * self.flip + 0.08)
        top = max(max(y for _, y in heads) + 0.2, max(up) + 0.12)
        top = max([top, *(y + 0.1 for _, y in self.move.way)])
        if self.move.chair:
            corners = [seen((x, 0.0, -0.27), self.move.yaw)[0] * self.flip for x in (-0.26, 0.26)]
            left, right = min(left, *corners), max(right, *corners)
        if self.move.aim and self.move.ring:
            x, y = bodies[-1][self.move.aim]
            left, right = min(left, x - self.move.ring - 0.04), max(right, x + self.move.ring + 0.04)
            top = max(top, y + self.move.ring + 0.04)
        return left, -0.2, right, top

    def _painted(self, share: float) -> pygame.Surface:
        brush = Brush(self._box, self.scale, self._edge, self._light)
        if self.hand:
            start, end = self._curl
            paint = fingers.paint_pinch if self._name in PINCHES else fingers.paint_hand
            paint(brush, start + (end - start) * share, self._look, self.flip)
            return brush.finished()
        assert self.move is not None
        if self.move.scene and self._small:
            for a, b in zip(_FRAME, _FRAME[1:] + _FRAME[:1], strict=True):
                brush.limb((a, b), (0.05, 0.05), (WOOD[1], WOOD[1]))
        pose = self.move.at(share)
        body = Seen.of(pose, self.move.yaw, self.flip)
        spot, below = body["pelvis"][0], min(body["toe"][1], body["toe2"][1])
        brush.oval((spot, below), 0.3 * pose.near, 0.055 * pose.near, _SHADOW)
        if self.move.scene == "other":
            leaves = Pose(where=0.34 + 0.88 * share, turn=58.0 * min(1.0, 3 * share))
            paint_person(brush, Seen.of(leaves, 0.0, self.flip), _OTHER)
        if self.move.scene == "lamp":
            paint_lamp(brush, share, self.flip)
        if self.move.chair:
            paint_chair(brush, self.move.yaw, self.flip)
        paint_person(brush, body, self._look)
        return brush.finished()


def _beside(points: list[Place], aside: float) -> list[Place]:
    """The way, moved to the right of where it goes (on a screen, y down), without its ends."""
    found = []
    for i in range(1, len(points) - 1):
        dx, dy = points[i + 1][0] - points[i - 1][0], points[i + 1][1] - points[i - 1][1]
        away = (dx * dx + dy * dy) ** 0.5 or 1.0
        found.append((points[i][0] - dy / away * aside, points[i][1] + dx / away * aside))
    return found
