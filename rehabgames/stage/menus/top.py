"""Top: what is over or between the choices: the heading, the movement that is shown, the mirror, the time."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from rehabgames.stage.carved import BORDER
from rehabgames.stage.easel import Easel
from rehabgames.stage.frame import Area
from rehabgames.stage.guides import Guides
from rehabgames.stage.menus import heading
from rehabgames.stage.menus.cards import Ring, even
from rehabgames.stage.menus.heading import Countdown, Head, Laid
from rehabgames.stage.menus.seen import Seen
from rehabgames.stage.mirror import Mirror
from rehabgames.stage.palette import CREAM

EDGE, GAP = 16.0, 22.0  # to the edge of the screen and to the choices; px of the 720 px grid, as all here
ACROSS: Final = 760.0  # of the heading
ONE_LINE, TWO_LINES, A_FACT = 88.0, 138.0, 58.0
NEAR: Final = 0.505  # where the seen half begins, as a share of the width
LARGE: Final = 270.0
CAMERA: Final = "camera"  # the screen on which it is asked whether one sees oneself
MIRROR: Final = (36.0, 32.0, 196.0, 147.0)  # where it hangs, and as large as that
LOWER: Final = (58.0, 312.0, 236.0, 177.0)  # the same where the exercises of the day are above it
OF_GAME: Final = 352.0  # how wide it is in play, with as broad a frame
EYE: Final = 40.0  # the sign that the camera is on
TWO: Final = 2.2  # pictures beside each other, of the width of one
CLOCK: Final = 64.0  # radius of the time that is left where there is something else in the middle
GROWS: Final = 0.5  # how much of the letters' growth one line over something else has room for
BROAD: Final = 0.42  # of the screen's width: the movement where it is beside the choices on one half
HEARD: Final = 0.6  # how fine the ring along the heading is
AGAIN: Final = "again"  # pointed at: what is asked, to be said again
# what a guide paints: how wide it is, where it begins and how high it is
GUIDE: Final = (728.0, 80.0, 636.0)


class Top:
    """Remembers what was seen by the camera, and the movement while it goes on."""

    def __init__(self) -> None:
        self._mirror, self._guides, self._countdown = Mirror(), Guides(), Countdown()
        self._seen = False
        self._laid: tuple[tuple[object, ...], Laid] | None = None
        self._ring: tuple[tuple[object, ...], Ring] | None = None

    def begin(self) -> None:
        """Another screen comes."""
        self._countdown.begin()

    def paint(self, easel: Easel, seen: Seen) -> Area:
        """Returns what is left between the heading and the choices."""
        menu = seen.menu
        self._seen = self._seen or seen.picture is not None or seen.view.picture_size[0] > 0
        laid = self.lay(easel, seen)
        if self._seen and menu.screen != CAMERA:
            self._reflect(
                easel, seen, self._hangs(easel, LOWER if menu.planned and menu.sums is None else MIRROR)
            )
        if seen.view.guide is not None:
            self._show(easel, seen, laid.bottom)  # before the heading, whose lower edge its light reaches
        heading.paint(easel, laid)
        self._middle(easel, seen, laid)
        if menu.ear is not None and menu.pointed == AGAIN:
            self._hear(easel, laid, menu.held)
        return self.under(easel, seen)

    def lay(self, easel: Easel, seen: Seen) -> Laid:
        """The heading, measured once: that takes milliseconds."""
        menu, say = seen.menu, seen.say
        head = Head(say(menu.title), tuple(say(fact) for fact in menu.facts))
        key = head, self._room(easel, seen), _wanted(easel, seen), easel.comfort
        if self._laid is None or self._laid[0] != key:
            self._laid = key, heading.laid(easel, *key[:3])
        return self._laid[1]

    def under(self, easel: Easel, seen: Seen) -> Area:
        """What is left between the heading and the choices, on the half that is seen."""
        edge, laid = easel.px(60), self.lay(easel, seen)
        under, whole = laid.bottom + easel.px(GAP), easel.layout.size[0]
        left, across = edge, whole - 2 * edge
        if easel.comfort.sees:
            left, _, across, _ = self._room(easel, seen)
        return left, under, across, _down_to(easel, seen) - under

    def _hear(self, easel: Easel, laid: Laid, held: float) -> None:
        """A ring along the heading's edge fills while it is pointed at, to be said again."""
        left, top, width, height = laid.area
        size, unit = even((width, height)), HEARD * easel.layout.unit
        key = size, unit, easel.theme.name
        if self._ring is None or self._ring[0] != key:
            self._ring = key, Ring(size, easel.px(heading.RADIUS), unit, easel.theme)
        middle = left + width / 2, top + height / 2
        easel.stamp(self._ring[1].track, middle)
        easel.stamp(self._ring[1].filled(held), middle)

    def _middle(self, easel: Easel, seen: Seen, where: Laid) -> None:
        """What the heading is about: the mirror or a picture; and the time that is left."""
        x, y, across, down = where.shown
        left_s = _left_s(seen)
        if seen.menu.screen == CAMERA:
            self._reflect_large(easel, seen, where.shown)
        elif seen.menu.picture and seen.view.guide is None:
            wide = across if left_s is None else round(across / TWO)
            heading.paint_picture(easel, seen.menu.picture, (x, y, wide, down))
        if left_s is not None and seen.view.guide is not None:
            corner = easel.px(EDGE + CLOCK + 20)
            width = easel.layout.size[0]
            beyond = easel.comfort.neglects or easel.layout.side
            at = width - corner if beyond == "right" else corner
            self._countdown.paint(easel, left_s, (at, corner), easel.px(CLOCK))
        elif left_s is not None:
            self._countdown.paint(easel, left_s, (x + across - down / 2, y + down / 2), 0.42 * down)

    @staticmethod
    def _room(easel: Easel, seen: Seen) -> Area:
        """Of the heading: down to the choices, or one line where more is shown under it."""
        width, top, larger = easel.layout.size[0], easel.px(EDGE), easel.comfort.letters - 1.0
        down = _down_to(easel, seen) - top
        if seen.menu.planned or seen.menu.sums is not None or seen.view.guide is not None:
            narrow = easel.comfort.sees and seen.menu.sums is None  # what was done needs the room
            lines = (TWO_LINES if narrow else ONE_LINE) + A_FACT * len(seen.menu.facts)
            down = min(down, easel.px(lines * (1.0 + GROWS * larger)))
        if sees := easel.comfort.sees:
            near = round(NEAR * width), width - round(EDGE * easel.layout.unit)
            left, right = near if sees == "right" else (width - near[1], width - near[0])
            return left, top, right - left, down
        across = easel.px(ACROSS)
        return (width - across) // 2, top, across, down

    @staticmethod
    def _hangs(easel: Easel, where: tuple[float, float, float, float]) -> Area:
        """On the side on which it hangs in play, or on the one on which nothing else is."""
        x, y, across, down = (easel.px(each) for each in where)
        side = easel.comfort.sees or easel.layout.side
        return (x if side == "right" else easel.layout.size[0] - x - across), y, across, down

    def _reflect(self, easel: Easel, seen: Seen, area: Area) -> None:
        """The mirror, with as fine a frame as it is small, and the sign that the camera is on."""
        unit = max(0.5 * easel.layout.unit, area[2] / OF_GAME)
        self._paint_mirror(replace(easel, layout=replace(easel.layout, mirror=area, unit=unit)), seen)
        if seen.picture is not None:
            at = area[0] + area[2] - easel.px(EYE / 2), area[1] + area[3] - easel.px(EYE / 2)
            easel.stamp(easel.disc(easel.px(0.7 * EYE), CREAM), at)
            easel.stamp(easel.sprite("screens/camera_on", easel.px(EYE), lit=False), at)

    def _reflect_large(self, easel: Easel, seen: Seen, area: Area) -> None:
        """The same in the heading, without the ropes that it hangs by."""
        border = round(BORDER * easel.layout.unit)
        across, down = area[2] - 2 * border, area[3] - 2 * border
        canvas = easel.canvas.subsurface(area)
        layout = replace(easel.layout, mirror=(border, border, across, down), size=area[2:])
        self._paint_mirror(replace(easel, canvas=canvas, layout=layout), seen)

    def _paint_mirror(self, easel: Easel, seen: Seen) -> None:
        self._mirror.renew(easel, seen.view, seen.picture)
        self._mirror.paint(easel, seen.view, 1.0)

    def _show(self, easel: Easel, seen: Seen, under: float) -> None:
        """The movement, as large as there is room under the heading and between the choices."""
        width, height = easel.layout.size
        boxes, sees = [each.box for each in seen.menu.choices], easel.comfort.sees
        left = max((x + w for x, _, w, _ in boxes if x + w <= 0.5), default=0.0) * width
        right = min((x for x, _, _, _ in boxes if x >= 0.5), default=1.0) * width
        if sees == "right":  # beside what can be chosen there
            left = right - BROAD * width
        elif sees == "left":
            right = left + BROAD * width
        across, begins, down = GUIDE
        unit = min((right - left) / across, (height - easel.px(8) - under) / down)
        top, wide = round(under - begins * unit), round(across * unit)
        area = (round((left + right) / 2 - wide / 2), max(0, top), wide, height - max(0, top))
        canvas = easel.canvas.subsurface(area)
        layout = replace(easel.layout, size=area[2:], unit=unit, play=(0, 0, *area[2:]))
        small = replace(easel, canvas=canvas, layout=layout)
        self._guides.step(small, seen.view)
        self._guides.paint(small, 1.0)


def _left_s(seen: Seen) -> float | None:
    left_s = seen.view.seconds_left
    return left_s if left_s is not None and math.isfinite(left_s) else None


def _down_to(easel: Easel, seen: Seen) -> int:
    """Where what is above the choices has to end."""
    first = min((each.box[1] for each in seen.menu.choices), default=1.0)
    return round(first * easel.layout.size[1]) - easel.px(GAP)


def _wanted(easel: Easel, seen: Seen) -> tuple[float, float]:
    """(width, height) of what is pictured in the heading, as large as is wanted, px."""
    large, usual = easel.px(LARGE), easel.px(heading.PICTURE)
    if seen.view.guide is not None:
        return 0, 0
    if seen.menu.screen == CAMERA:
        return large * 4 / 3, large
    if _left_s(seen) is None:
        return (usual, usual) if seen.menu.picture else (0, 0)
    return (TWO * usual, usual) if seen.menu.picture else (usual, usual)
