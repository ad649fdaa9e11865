"""Guide: the movement that is asked for, shown by a person who does it, over and over, without haste.

The screen is a mirror: the person is painted as a mirror image, the named side on its own side of the
screen, in the colour of that side. A shadow of where it leads to, a ring round that place and an arrow
say the same without colour and without motion. While the movement is being held, the person holds it too.
"""

from __future__ import annotations

from typing import Final

import pygame

from rehabgames.core.view import Guide, View
from rehabgames.stage import svg
from rehabgames.stage.arrow import arrow
from rehabgames.stage.carved import window_frame
from rehabgames.stage.easel import Easel
from rehabgames.stage.frame import Area
from rehabgames.stage.motion import approach, ease
from rehabgames.stage.palette import CREAM, INK, OUTLINE
from rehabgames.stage.sketch import Sketch, accent_of
from rehabgames.stage.targets import paint_ring

THERE_S, STAY_S, RETURN_S, WAIT_S = 1.5, 1.0, 1.1, 0.6
FADE_S: Final = 0.4
LEAST_SHOWN_S: Final = 0.8  # of one guide before the next one is shown (hazard H6)
MOST_DOTS: Final = 6
MOST_PX: Final = 330.0  # per metre, on the 720 px grid
_GHOST: Final = 0.3
_Key = tuple[object, ...]


class Way:
    """Where the shown movement is: 0 its start, 1 its end. It never jumps, whatever is asked."""

    def __init__(self) -> None:
        self.place = 0.0
        self.asked = True  # on the way that is asked, not on the way back to show it again
        self._leg = (0.0, 0.0, 0.0, 0.0, 0.0)  # since, from, to, seconds, stay
        self._mode: tuple[bool, bool] | None = None

    def begin(self, now_s: float, *, back: bool) -> None:
        """At the beginning of what is asked."""
        self.place = 1.0 if back else 0.0
        self._mode = None

    def step(self, now_s: float, *, back: bool, stay: bool) -> float:
        """stay: the person is there and holds; the picture goes there, too, and stays."""
        goal = 0.0 if back else 1.0
        since, first, last, seconds, rest = self._leg
        if (back, stay) != self._mode:
            self._mode = (back, stay)
            if stay or abs(self.place - goal) > 0.3:
                self._set(now_s, goal, 0.7 if stay else THERE_S, STAY_S)
            else:
                self._set(now_s, 1.0 - goal, RETURN_S, WAIT_S)
        elif not 0.0 <= now_s - since < seconds + rest and not stay:
            there = self.place == last == goal
            self._set(now_s, *((1.0 - goal, RETURN_S, WAIT_S) if there else (goal, THERE_S, STAY_S)))
        since, first, last, seconds, _ = self._leg
        self.place = first + (last - first) * ease((now_s - since) / seconds)
        self.asked = last == goal
        return self.place

    def _set(self, now_s: float, last: float, seconds: float, rest: float) -> None:
        self._leg = (now_s, self.place, last, seconds, rest)


class Guides:
    """Paints the guide of a view, and remembers it while it fades."""

    def __init__(self) -> None:
        self._guide: Guide | None = None
        self._sketch: Sketch | None = None
        self._small: Sketch | None = None
        self._key: _Key = ()
        self._since_s = 0.0
        self._last_s: float | None = None
        self._alpha = self._arrow = 0.0
        self._paints = 0  # since the sketch is new: one new picture at a time, so that no frame is late
        self._way = Way()
        self._signs: dict[tuple[float, int], pygame.Surface] = {}

    @property
    def showing(self) -> bool:
        """A guide is seen, be it on its way out."""
        return self._guide is not None

    def step(self, easel: Easel, view: View) -> None:
        """Takes over what is asked, slowly where it changes often; fades it where nothing is asked."""
        now_s = easel.now_s
        dt_s = 0.0 if self._last_s is None else now_s - self._last_s
        self._last_s = now_s
        guide = view.guide if view.phase in ("rest", "calibrate") else None
        key = _key(easel, guide, view.seed) if guide else ()
        settled = not 0.0 <= now_s - self._since_s < LEAST_SHOWN_S
        if guide and key != self._key and (self._guide is None or settled):
            self._take(easel, guide, key, view.seed)
        current = guide is not None and key == self._key
        if current:
            self._guide = guide
        self._alpha = approach(self._alpha, 1.0 if current or guide else 0.0, dt_s, FADE_S)
        if self._guide is None:
            return
        if self._alpha <= 0.0 and guide is None:
            self._guide, self._sketch, self._small, self._key = None, None, None, ()
            return
        self._way.step(now_s, back=self._guide.back, stay=_stays(self._guide))
        wanted = self._way.asked and not _stays(self._guide)
        self._arrow = approach(self._arrow, float(wanted), dt_s, FADE_S)

    @staticmethod
    def warm(easel: Easel) -> None:
        """Draws what lies behind every guide."""
        _veil(easel)
        _camera_picture(easel, 0.0)

    def _take(self, easel: Easel, guide: Guide, key: _Key, seed: int) -> None:
        light = 1 if easel.mirrored else -1
        unit = easel.layout.unit
        if self._sketch is None or key[1:] != self._key[1:]:
            self._sketch = Sketch(
                guide, seed, _stand(easel), largest=MOST_PX * unit, light=light, edge=max(1.5, 2.6 * unit)
            )
            room = (0, 0, easel.px(150), easel.px(140))
            self._small = Sketch(guide, seed, room, largest=999.0, light=light, edge=1.5 * unit, small=True)
            self._signs.clear()
            self._alpha = min(self._alpha, 0.3)
            self._paints = 0
        self._guide, self._key, self._since_s = guide, key, easel.now_s
        self._way.begin(easel.now_s, back=guide.back)

    def paint(self, easel: Easel, shown: float) -> None:
        """`shown` 0..1 fades all of it, for a pause."""
        guide, sketch = self._guide, self._sketch
        if guide is None or sketch is None:
            return
        clear = ease(self._alpha) * shown
        veil, corner = _veil(easel)
        veil.set_alpha(round(255 * clear))
        easel.canvas.blit(veil, corner)
        dark = 0.0
        if sketch.move is not None and sketch.move.scene:
            dark = (1.0 - self._way.place) if sketch.move.scene == "lamp" else 0.0
            _camera_picture(easel, clear)
        goal = 0.0 if guide.back else 1.0
        self._paints += 1
        if self._paints > 1 and (sketch.move is None or not sketch.move.scene):
            self._lay(easel, sketch, goal, _GHOST * clear)
        self._lay(easel, sketch, self._way.place, clear)
        if dark > 0.01 or (sketch.move is not None and sketch.move.scene == "lamp"):
            _dusk(easel, sketch, dark, clear)
        self._lead(easel, guide, sketch, clear)
        _tally(easel, guide, clear)

    @staticmethod
    def _lay(easel: Easel, sketch: Sketch, share: float, alpha: float) -> None:
        picture, corner = sketch.picture(share)
        picture.set_alpha(round(255 * alpha))
        easel.canvas.blit(picture, corner)

    def _lead(self, easel: Easel, guide: Guide, sketch: Sketch, clear: float) -> None:
        """The arrow, and the ring round where it leads to; it fills while that is held."""
        colour = accent_of(guide)
        ring = sketch.goal(back=guide.back)
        if ring and not (sketch.hand and guide.hold <= 0):
            hold = 0.0 if guide.back or guide.counted else guide.hold
            paint_ring(easel, *ring, hold, clear * (0.9 if hold > 0 or not guide.back else 0.5), colour)
        way = sketch.way()
        if way and self._arrow > 0.01 and self._paints > 2:
            way = way[::-1] if guide.back else way
            picture, corner = arrow(easel, (self._key[1:], guide.back), way, colour, ring)
            picture.set_alpha(round(255 * clear * ease(self._arrow)))
            easel.canvas.blit(picture, corner)

    def paint_small(self, easel: Easel, area: Area) -> None:
        """From the start to the end in two small pictures, for the other half of the screen."""
        guide, small = self._guide, self._small
        if guide is None or small is None or self._paints <= 3:
            return
        shares = (1.0, 0.0) if guide.back else (0.0, 1.0)
        clear = ease(self._alpha)
        for i, share in enumerate(shares):
            picture, corner = small.picture(share)
            picture.set_alpha(round(255 * clear))
            x = area[0] + (easel.px(4) if i == 0 else area[2] - easel.px(154))
            easel.canvas.blit(picture, (x + corner[0], area[1] + easel.px(4) + corner[1]))
        middle = (area[0] + area[2] / 2, area[1] + easel.px(76))
        easel.stamp(easel.chevron(easel.px(40), 0, accent_of(guide), CREAM), middle, clear)

    def sign(self, height: int) -> pygame.Surface | None:
        """The end of what is asked as a small picture, None where nothing is asked."""
        if self._guide is None or self._small is None:
            return None
        share = 0.0 if self._guide.back else 1.0
        if (share, height) not in self._signs:
            whole = self._small.picture(share)[0]
            across = round(whole.get_width() * height / whole.get_height())
            self._signs[share, height] = pygame.transform.smoothscale(whole, (across, height))
        return self._signs[share, height]


def _key(easel: Easel, guide: Guide, seed: int) -> _Key:
    """What changes the pictures; the number alone begins them anew."""
    return (
        guide.number if not guide.counted else -1,
        guide.name, guide.side, guide.shows, round(guide.most_deg), seed, easel.layout.size, easel.mirrored,
    )  # fmt: skip


def _stays(guide: Guide) -> bool:
    return guide.hold > 0.0 and not guide.counted and not guide.back


def _stand(easel: Easel, across_px: float = 700.0) -> Area:
    """Where the person is painted: between prompt and grass, in the middle of the play area."""
    left, _, width, _ = easel.layout.play
    across, top, down = easel.px(across_px), easel.px(122), easel.px(516)
    return round(left + (width - across) / 2), top, across, down


def _veil(easel: Easel) -> tuple[pygame.Surface, tuple[int, int]]:
    """Morning light behind the person, so that nothing of the orchard competes."""
    left, top, width, height = _stand(easel, 600.0)
    pad = easel.px(64)
    across, down = width + 2 * pad, height + easel.px(60) + pad

    def said() -> str:
        m = 16.0
        w, h = across / 8, down / 8
        box = svg.tag("rect", x=m / 2, y=m / 2, width=w - m, height=h - m, rx=20, fill="#fff9e8",
                      fill_opacity=0.94, filter="url(#s)")  # fmt: skip
        return svg.document(w, h, svg.blur("s", m / 5), box)

    made = easel.pictures.soft("guide veil", said, (across, down))
    return made, (left - pad, top - pad + easel.px(22))


def _pane(easel: Easel) -> Area:
    left, top, width, height = _stand(easel)
    across = easel.px(430)
    return round(left + (width - across) / 2), top + easel.px(12), across, height - easel.px(26)


def _camera_picture(easel: Easel, shown: float) -> None:
    """The same wooden window as the mirror's: what the camera sees."""
    area, border = _pane(easel), easel.px(14)

    def said() -> str:
        ground = svg.ramp("g", (0.0, "#f3f5ec", 1.0), (0.8, "#dde7e0", 1.0), (0.801, "#cbd8c4", 1.0),
                          (1.0, "#b9cbb0", 1.0))  # fmt: skip
        pane = svg.tag("rect", width=area[2], height=area[3], rx=easel.px(14), fill="url(#g)")
        return svg.document(area[2], area[3], ground, pane)

    easel.stamp(
        easel.pictures.drawn(f"guide pane {area}", said),
        (area[0] + area[2] / 2, area[1] + area[3] / 2),
        shown,
    )
    wood = window_frame(easel, area, border)
    wood.set_alpha(round(255 * shown))
    easel.canvas.blit(wood, (area[0] - 2 * border, 0))


def _dusk(easel: Easel, sketch: Sketch, dark: float, shown: float) -> None:
    """Evening in the pane, but for the light of the lamp."""
    area = _pane(easel)
    night = easel.disc(1, "#16263a")  # keeps the colour in one place with the other flat shapes
    cloth = easel.pictures.kept(f"dusk {area}", lambda: pygame.transform.scale(night, area[2:]).convert())
    cloth.fill("#16263a")
    cloth.set_alpha(round(150 * dark * shown))
    easel.canvas.blit(cloth, area[:2])
    lamp = sketch.on_screen(0.62, 1.46)
    easel.stamp(easel.glow(sketch.scale * 0.75, "#ffe9a0", 0.1), lamp, (1.0 - dark) * shown)


def _tally(easel: Easel, guide: Guide, shown: float) -> None:
    """Repetitions under the person: dots, done ones filled; many, or those without an end, as a number."""
    left, top, width, height = _stand(easel)
    spot = (left + width / 2, top + height + easel.px(38))
    colour = accent_of(guide)
    if guide.counted or guide.of > MOST_DOTS:
        text = f"{guide.done}/{guide.of}" if guide.of else str(guide.done)
        easel.stamp(easel.letters.line(text, easel.px(64), INK, bold=True), spot, shown)
        if guide.counted:
            aside = (spot[0] - easel.px(110), spot[1])
            paint_ring(easel, aside, easel.px(24), guide.hold, shown, colour)
        return
    for i in range(guide.of):
        x = spot[0] + (i - (guide.of - 1) / 2) * easel.px(52)
        fill = colour if i < guide.done else "#ffffff"
        easel.stamp(easel.disc(easel.px(16), fill, edge=OUTLINE, edge_px=easel.px(3)), (x, spot[1]), shown)
