"""The mirror: a wooden window that hangs from the bough and shows the player, with the skeleton."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from rehabgames.core.landmarks import PALM, POSE
from rehabgames.core.view import STEERED, Shows, Target, View
from rehabgames.stage import bones, svg
from rehabgames.stage.carved import BORDER, window_frame
from rehabgames.stage.easel import Easel
from rehabgames.stage.frame import Area
from rehabgames.stage.palette import CREAM, OUTLINE

_JUMP = 14.0  # of 255: a larger change of the picture's mean from one to the next is a flicker
_FOLLOW_S = 0.7  # at 4 Hz and above the mirror then changes by less than a tenth
_UNSEEN = 0.02  # so clear, nobody sees it
_LEAD_S = 0.25  # the arrow comes and goes in this time: a hand that trembles at a rim must not make it blink

# of the pane's height: how wide a silhouette is, and how far down its middle
_WHERE: dict[Shows, tuple[float, float]] = {
    "sitting": (0.72, 0.6),
    "standing": (0.76, 0.5),
    "hand": (0.5, 0.5),
}

AROUND = 40.0  # px on the 720 px grid that a silhouette needs around the landmarks
ASIDE = 62.0  # px on the 720 px grid: the arrow is so far from what steers


class Mirror:
    """`renew` works on what is new, `paint` lays it down, however often."""

    def __init__(self) -> None:
        self._mark = b""
        self._pane: pygame.Surface | None = None
        self._shows: pygame.Surface | None = None  # the pane, None where there is no camera picture
        self._level = 0.0
        self._flickers = False
        self._shown_s = 0.0
        self._lead, self._lead_s = 0.0, 0.0  # how clear the arrow is, and when it was looked at
        self._whereto = (0.0, 0.0)
        self._bones: pygame.Surface | None = None
        self._bones_at = (0, 0)
        self._bones_for: Area = (0, 0, 0, 0)
        self._body_px: npt.NDArray[np.float64] | None = None

    def renew(self, easel: Easel, view: View, picture: npt.NDArray[np.uint8] | None) -> None:
        """Take a camera picture, and the body or hand that was tracked in it: each is worked on once."""
        self._shows = self._picture(picture, easel.layout.mirror, easel.now_s)
        self._draw_player(easel, view)

    def paint(self, easel: Easel, view: View, shown: float) -> None:
        """What was taken last. `shown` 0..1 is how clear the skeleton is."""
        area, pane = easel.layout.mirror, self._shows
        if pane is None:
            easel.canvas.blit(_empty(easel, area), area[:2])
        else:
            easel.canvas.blit(pane, area[:2])
        known = shown >= 0.5 and self._player(easel, view)
        looked_for = view.phase == "looking" and view.guide is None
        if looked_for or view.lacks == "person" or (pane is None and not known):
            self._whom(easel, view, area)
        if view.picture_size[0] > 0:
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
        small = cv2.resize(picture[top : top + down, left : left + across], area[2:])
        ready = cv2.cvtColor(cv2.flip(small, 1), cv2.COLOR_BGR2BGRA)
        pane = pygame.image.frombuffer(ready.data, area[2:], "BGRA").convert()
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
        """Where to be: the silhouette of whom, or of what, the camera is to see."""
        across, down = _WHERE[view.shows]
        whom = easel.sprite(f"signs/{view.shows}", area[3] * across, style=f"svg{{color:{bones.SHADE}}}")
        easel.stamp(whom, (area[0] + area[2] / 2, area[1] + area[3] * down), bones.CLEAR)

    def _whither(self, easel: Easel, view: View, shown: float) -> None:
        """An arrow from what steers towards the target: who does not see the half of the screen with the
        play is told here."""
        dt_s, self._lead_s = max(0.0, easel.now_s - self._lead_s), easel.now_s
        start, way = steers_at(easel, view), _way(view)
        self._whereto = way or self._whereto
        self._lead += min(1.0, dt_s / _LEAD_S) * ((way is not None) - self._lead)
        if start is None or view.phase != "play":
            self._lead = 0.0
        if start is None or self._lead < _UNSEEN:
            return
        beside = easel.px(ASIDE)
        dx, dy = self._whereto
        x, y = start[0] + beside * dx, start[1] - beside * dy
        left, top, width, height = easel.layout.mirror
        pad = easel.px(26)
        x = min(left + width - pad, max(left + pad, x))
        y = min(top + height - pad, max(top + pad, y))
        turn = math.degrees(math.atan2(-dy, dx))
        easel.stamp(easel.chevron(easel.px(62), turn, CREAM, OUTLINE), (x, y), shown * self._lead)

    def _draw_player(self, easel: Easel, view: View) -> None:
        """The bones of who plays. Alone, without a camera picture, they get a silhouette."""
        area, seen_px = easel.layout.mirror, _seen_px(view)
        same = self._body_px is seen_px and self._bones_for == area
        if seen_px is None or view.picture_size[0] <= 0 or (same and self._bones is not None):
            return
        alone = self._shows is None
        on_pane = _on_pane(seen_px, view.picture_size, area)
        sheet = bones.Sheet(area[2:], on_pane, easel.px(AROUND))
        if view.hand_px is None:
            bones.body(sheet, on_pane, easel.layout.unit, view.side, alone=alone)
        else:
            bones.hand(sheet, on_pane, easel.layout.unit, alone=alone)
        self._bones, self._body_px, self._bones_for = sheet.done(), seen_px, area
        self._bones_at = (area[0] + sheet.corner[0], area[1] + sheet.corner[1])

    def _player(self, easel: Easel, view: View) -> bool:
        """Lays the bones over the pane. Says whether anything is known."""
        seen_px = _seen_px(view)
        if view.picture_size[0] <= 0 or seen_px is None:
            return False
        if self._bones is not None and self._bones_for == easel.layout.mirror:
            easel.canvas.blit(self._bones, self._bones_at)
        return bool(np.isfinite(seen_px).any())


def _seen_px(view: View) -> npt.NDArray[np.float64] | None:
    return view.body_px if view.hand_px is None else view.hand_px


def _led_there(view: View, target: Target) -> bool:
    """What goes in its own way is where it is to be, wherever that which steers it is."""
    led = (thing for thing in view.things if thing.kind in STEERED)
    return any(math.hypot(thing.x - target.x, thing.y - target.y) <= target.radius for thing in led)


def _way(view: View) -> tuple[float, float] | None:
    """Direction from what steers to the target, of length 1; None where it is there, or nothing is asked. A
    lean has no up and down."""
    if view.phase != "play" or view.target is None or view.hand is None or _led_there(view, view.target):
        return None
    dx = view.target.x - view.hand.x
    dy = 0.0 if view.target.kind == "lean" else view.target.y - view.hand.y
    away = math.hypot(dx, dy)
    return None if away <= view.target.radius else (dx / away, dy / away)


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


def _on_pane(
    points_px: npt.NDArray[np.float64], size: tuple[int, int], area: Area
) -> npt.NDArray[np.float64]:
    """Where landmarks are on the pane, mirrored, in its pixels."""
    left, top, across, _ = cut(*size, area)
    scale = area[2] / across
    return np.stack([area[2] - (points_px[:, 0] - left) * scale, (points_px[:, 1] - top) * scale], axis=1)


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


def _empty(easel: Easel, area: Area) -> pygame.Surface:
    def said() -> str:
        ground = svg.ramp("g", (0.0, "#e4efee", 1.0), (1.0, "#a9c6c4", 1.0), towards=(0.3, 1.0))
        pane = svg.tag("rect", width=area[2], height=area[3], fill="url(#g)")
        return svg.document(area[2], area[3], ground, pane)

    return easel.pictures.drawn(f"pane {area}", said)
