"""The mirror: a wooden window that hangs from the bough and shows the player, with the skeleton."""

from __future__ import annotations

import itertools
import math

import numpy as np
import numpy.typing as npt
import pygame

from rehabgames.core.landmarks import PALM, POSE, Side, other_side
from rehabgames.core.view import View
from rehabgames.stage import svg
from rehabgames.stage.carved import BORDER, window_frame
from rehabgames.stage.easel import Easel
from rehabgames.stage.frame import Area
from rehabgames.stage.palette import CREAM, ORANGE, OUTLINE, SKY, rgb

_JUMP = 14.0  # of 255: a larger change of the picture's mean from one to the next is a flicker
_FOLLOW_S = 0.7  # at 4 Hz and above the mirror then changes by less than a tenth

_TRUNK_PX = 130.0  # mid-shoulder to mid-hip on the pane from which on bones have their full width

ASIDE = 62.0  # px on the 720 px grid: the arrow is so far from what steers

Bones = tuple[tuple[int, int], ...]
_NAMED = (
    ("left_shoulder", "right_shoulder"),
    ("left_hip", "right_hip"),
    ("left_shoulder", "left_hip"),
    ("right_shoulder", "right_hip"),
    ("left_hip", "left_knee"),
    ("right_hip", "right_knee"),
    ("left_knee", "left_ankle"),
    ("right_knee", "right_ankle"),
)


_TRUNK: Bones = tuple((POSE[a], POSE[b]) for a, b in _NAMED)
_HAND: Bones = (
    *((root + i - 1 if i else 0, root + i) for root in (1, 5, 9, 13, 17) for i in range(4)),
    *((a, a + 4) for a in (5, 9, 13)),
)


def _arm(side: Side) -> Bones:
    joints = [POSE[f"{side}_{joint}"] for joint in ("shoulder", "elbow", "wrist", "index")]
    return tuple(itertools.pairwise(joints))


class Mirror:
    """Scales a camera picture once, however often it is painted."""

    def __init__(self) -> None:
        self._mark = b""
        self._pane: pygame.Surface | None = None
        self._level = 0.0
        self._flickers = False
        self._shown_s = 0.0
        self._bones: pygame.Surface | None = None
        self._body_px: npt.NDArray[np.float64] | None = None

    def paint(self, easel: Easel, view: View, picture: npt.NDArray[np.uint8] | None, shown: float) -> None:
        """`shown` 0..1 is how clear the skeleton is."""
        area = easel.layout.mirror
        pane = self._picture(picture, area, easel.now_s)
        if pane is None:
            easel.canvas.blit(_empty(easel, area), area[:2])
        else:
            easel.canvas.blit(pane, area[:2])
        if pane is None or view.phase == "looking":
            self._whom(easel, view, area)
        if view.picture_size[0] > 0:
            self._skeleton(easel, view, shown)
            self._whither(easel, view, shown)
        border = easel.px(BORDER)
        easel.canvas.blit(window_frame(easel, area, border), (area[0] - 2 * border, 0))

    def _picture(
        self, picture: npt.NDArray[np.uint8] | None, area: Area, now_s: float
    ) -> pygame.Surface | None:
        """The picture cut to the pane, mirrored; kept until another picture comes."""
        if picture is None or picture.ndim != 3 or picture.size == 0:
            return None
        few = picture[::23, ::29]
        mark = few.tobytes() + bytes(str((picture.shape, area)), "ascii")
        if mark == self._mark and self._pane is not None and not self._flickers:
            return self._pane
        height, width = picture.shape[:2]
        left, top, across, down = cut(width, height, area)
        part = np.ascontiguousarray(picture[top : top + down, left : left + across])
        raw = pygame.image.frombuffer(part.tobytes(), (across, down), "BGR")
        small = pygame.transform.smoothscale(raw, area[2:])
        pane = pygame.transform.flip(small, True, False).convert()
        pane.blit(_mist(area), (0, 0))
        self._mark = mark
        return self._calmed(pane, float(few.mean()), now_s)

    def _calmed(self, pane: pygame.Surface, level: float, now_s: float) -> pygame.Surface:
        """The new pane; blended in slowly where the whole picture jumps in brightness.

        A flickering lamp or camera must not make the mirror flash (hazard H6).
        """
        dt_s, self._shown_s = now_s - self._shown_s, now_s
        old = self._pane
        self._flickers = (
            old is not None and old.get_size() == pane.get_size() and abs(level - self._level) > _JUMP
        )
        if old is None or not self._flickers:
            self._level = level
            self._pane = pane
            return pane
        share = 1.0 - math.exp(-max(0.0, dt_s) / _FOLLOW_S)
        self._level += share * (level - self._level)
        pane.set_alpha(round(255 * share))
        old.blit(pane, (0, 0))
        return old

    @staticmethod
    def _whom(easel: Easel, view: View, area: Area) -> None:
        """Where to be: the outline of a person, or of a hand."""
        middle = (area[0] + area[2] / 2, area[1] + area[3] * 0.6)
        if view.shows == "hand":
            hand = easel.pictures.sprite("signs/hand_open", area[3] * 0.6, flip=view.side == "left")
            easel.stamp(hand, (middle[0], area[1] + area[3] * 0.5), 0.32)
            return
        person = easel.sprite("signs/person", area[3] * 0.72, style="svg{color:#2f5d66}")
        easel.stamp(person, middle, 0.32)

    @staticmethod
    def _whither(easel: Easel, view: View, shown: float) -> None:
        """An arrow from what steers towards the target: who does not see the half of the screen with the
        play is told here."""
        if view.phase != "play" or view.target is None or view.hand is None:
            return
        dx, dy = view.target.x - view.hand.x, view.target.y - view.hand.y
        away, start = math.hypot(dx, dy), steers_at(easel, view)
        if away <= view.target.radius or start is None:
            return
        beside = easel.px(ASIDE)
        x, y = start[0] + beside * dx / away, start[1] - beside * dy / away
        left, top, width, height = easel.layout.mirror
        pad = easel.px(26)
        x = min(left + width - pad, max(left + pad, x))
        y = min(top + height - pad, max(top + pad, y))
        turn = math.degrees(math.atan2(-dy, dx))
        easel.stamp(easel.chevron(easel.px(62), turn, CREAM, OUTLINE), (x, y), shown)

    def _skeleton(self, easel: Easel, view: View, shown: float) -> None:
        """Drawn once for each tracked body or hand; most paints only lay it over the pane."""
        area, seen_px = easel.layout.mirror, view.body_px if view.hand_px is None else view.hand_px
        if shown < 0.5 or seen_px is None:
            return
        if self._bones is None or self._body_px is not seen_px or self._bones.get_size() != area[2:]:
            draw = skeleton if view.hand_px is None else hand_bones
            self._bones, self._body_px = draw(easel, seen_px, view.picture_size, view.side), seen_px
        easel.canvas.blit(self._bones, area[:2])


def steers_at(easel: Easel, view: View) -> tuple[float, float] | None:
    """Where on the screen's mirror is what steers: the hand, or the chest where a shift of weight does."""
    area = easel.layout.mirror
    if view.hand_px is not None:
        seen = view.hand_px[PALM].mean(axis=0)
    elif view.body_px is None:
        return None
    elif view.target is not None and view.target.kind == "lean":
        seen = view.body_px[[POSE["left_shoulder"], POSE["right_shoulder"]]].mean(axis=0)
    else:
        seen = view.body_px[POSE[f"{view.side}_wrist"]]
    if not np.isfinite(seen).all():
        return None
    left, top, across, _ = cut(*view.picture_size, area)
    scale = area[2] / across
    return area[0] + area[2] - float(seen[0] - left) * scale, area[1] + float(seen[1] - top) * scale


def hand_bones(
    easel: Easel, hand_px: npt.NDArray[np.float64], size: tuple[int, int], side: Side
) -> pygame.Surface:
    """The bones of one hand, mirrored, as `skeleton` does those of a body."""
    surface, on_pane = _pane(easel, hand_px, size)
    unit = easel.layout.unit
    _limbs(surface, on_pane, _HAND, ORANGE, (round(5.0 * unit), round(8.0 * unit)))
    return surface


def skeleton(
    easel: Easel, body_px: npt.NDArray[np.float64], size: tuple[int, int], side: Side
) -> pygame.Surface:
    """The body's limbs, mirrored, on a clear surface of the pane's size; the working arm stands out."""
    surface, on_pane = _pane(easel, body_px, size)
    unit = _unit(on_pane, easel.layout.unit)
    for bones, colour, width in (
        (_TRUNK, SKY, 7.0),
        (_arm(other_side(side)), SKY, 7.0),
        (_arm(side), ORANGE, 10.0),
    ):
        _limbs(surface, on_pane, bones, colour, (round(width * unit), round((width + 3.5) * unit)))
    return surface


def _pane(
    easel: Easel, points_px: npt.NDArray[np.float64], size: tuple[int, int]
) -> tuple[pygame.Surface, npt.NDArray[np.float64]]:
    """A clear surface of the pane's size, and where the landmarks are on it, mirrored."""
    area = easel.layout.mirror
    left, top, across, _ = cut(*size, area)
    scale = area[2] / across
    on_pane = np.stack([area[2] - (points_px[:, 0] - left) * scale, (points_px[:, 1] - top) * scale], axis=1)
    surface = pygame.Surface(area[2:], pygame.SRCALPHA)
    surface.fill((*rgb(OUTLINE), 0))
    return surface, on_pane


def _unit(points: npt.NDArray[np.float64], largest: float) -> float:
    """Bones are thinner on a smaller body, so that the person stays to be seen; never under half."""
    shoulders, hips = (
        points[[POSE[f"left_{joint}"], POSE[f"right_{joint}"]]].mean(axis=0) for joint in ("shoulder", "hip")
    )
    trunk = float(np.hypot(*(shoulders - hips)))
    return largest * min(1.0, max(0.5, trunk / _TRUNK_PX)) if math.isfinite(trunk) else largest


def cut(width: int, height: int, area: Area) -> Area:
    """The middle part of a picture that has the pane's shape."""
    across = min(width, round(height * area[2] / area[3]))
    down = min(height, round(width * area[3] / area[2]))
    return (width - across) // 2, (height - down) // 2, max(1, across), max(1, down)


def _mist(area: Area) -> pygame.Surface:
    """A thin haze over the camera picture, so that it stays calmer than the target."""
    mist = pygame.Surface(area[2:])
    mist.fill("#d5e0d4")
    mist.set_alpha(46)
    return mist


def _limbs(
    surface: pygame.Surface,
    points: npt.NDArray[np.float64],
    bones: Bones,
    colour: str,
    widths: tuple[int, int],
) -> None:
    """Bones whose two ends are seen, over a dark outline; `widths` are of the bone and its outline."""
    ends = [(points[a], points[b]) for a, b in bones]
    seen = [((*map(float, a),), (*map(float, b),)) for a, b in ends if np.isfinite([a, b]).all()]
    for tint, thick in ((OUTLINE, widths[1]), (colour, widths[0])):
        for a, b in seen:
            _capsule(surface, a, b, tint, thick)
    for _, b in seen:
        pygame.draw.circle(surface, CREAM, b, widths[0] * 0.36)


def _capsule(
    surface: pygame.Surface, a: tuple[float, ...], b: tuple[float, ...], colour: str, thick: int
) -> None:
    away = math.hypot(b[0] - a[0], b[1] - a[1])
    if away >= 1:
        nx, ny = -(b[1] - a[1]) / away * thick / 2, (b[0] - a[0]) / away * thick / 2
        corners = [
            (a[0] + nx, a[1] + ny),
            (b[0] + nx, b[1] + ny),
            (b[0] - nx, b[1] - ny),
            (a[0] - nx, a[1] - ny),
        ]
        pygame.draw.polygon(surface, colour, corners)
        pygame.draw.aalines(surface, colour, True, corners)
    for end in (a, b):
        pygame.draw.circle(surface, colour, end, thick / 2)


def _empty(easel: Easel, area: Area) -> pygame.Surface:
    def said() -> str:
        ground = svg.ramp("g", (0.0, "#e4efee", 1.0), (1.0, "#a9c6c4", 1.0), towards=(0.3, 1.0))
        pane = svg.tag("rect", width=area[2], height=area[3], fill="url(#g)")
        return svg.document(area[2], area[3], ground, pane)

    return easel.pictures.drawn(f"pane {area}", said)
