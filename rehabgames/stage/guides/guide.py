"""Guide: the movement that is asked for, shown by a person who does it, over and over, without haste.

The screen is a mirror: the person is painted as a mirror image, the named side on its own side of the
screen, in the colour of that side. A shadow of where it leads to, a ring round that place and an arrow
say the same without colour and without motion. While the movement is being held, the person holds it too.
"""

from __future__ import annotations

import math
from typing import Final

import pygame

from rehabgames.core.view import Guide, Phase, View
from rehabgames.stage.easel import Easel
from rehabgames.stage.frame import Area
from rehabgames.stage.guides.arrow import arrow
from rehabgames.stage.guides.ground import camera_picture, dusk, stand, veil
from rehabgames.stage.guides.person import LAMP_X, LAMP_Y
from rehabgames.stage.guides.sketch import Sketch, accent_of
from rehabgames.stage.guides.way import Way
from rehabgames.stage.motion import approach, ease
from rehabgames.stage.palette import CREAM, INK, OUTLINE
from rehabgames.stage.targets import paint_ring

FADE_S: Final = 0.4
LEAST_SHOWN_S: Final = 0.8  # of one guide before the next one is shown (hazard H6)
LINGER_S: Final = 0.5  # what comes and goes stays (hazard H6)
GONE_S: Final = 0.15  # out of the way of the first try, which may ask for the opposite
MOST_DOTS: Final = 6
MOST_PX: Final = 330.0  # per metre, on the 720 px grid
_GHOST: Final = 0.3
_PHASES: Final[tuple[Phase, ...]] = ("looking", "rest", "calibrate", "paused", "menu")
_Key = tuple[object, ...]


class Guides:
    """Paints the guide of a view, and remembers it while it fades."""

    def __init__(self) -> None:
        self._guide: Guide | None = None
        self._sketch: Sketch | None = None
        self._small: Sketch | None = None
        self._key: _Key = ()
        self._since_s = 0.0
        self._last_s: float | None = None
        self._seen_s = self._begun_s = -math.inf  # when one was asked for last, and since when without a gap
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
        now_s, last_s = easel.now_s, self._last_s
        dt_s = 0.0 if last_s is None else now_s - last_s
        self._last_s = now_s
        guide = view.guide if view.phase in _PHASES else None
        key = _key(easel, guide, view.seed) if guide else ()
        settled = not 0.0 <= now_s - self._since_s < LEAST_SHOWN_S
        if guide and key != self._key and (self._guide is None or settled):
            self._take(easel, guide, key, view.seed)
        current = guide is not None and key == self._key
        if current:
            self._guide = guide
        if guide:
            if self._seen_s != last_s:
                self._begun_s = now_s
            self._seen_s = now_s
        leaves = guide is None and self._leaves(view)
        asked = guide is not None or (0.0 <= now_s - self._seen_s < LINGER_S and not leaves)
        self._alpha = approach(self._alpha, float(asked), dt_s, GONE_S if leaves else FADE_S)
        if self._guide is None:
            return
        if self._alpha <= 0.0 and guide is None:
            self._guide, self._sketch, self._small, self._key = None, None, None, ()
            return
        self._way.step(now_s, back=self._guide.back, stay=_stays(self._guide))
        wanted = self._way.asked and not _stays(self._guide)
        self._arrow = approach(self._arrow, float(wanted), dt_s, FADE_S)

    def _leaves(self, view: View) -> bool:
        """The play has begun, after a guide that was asked for so long that nothing flickers (hazard H6)."""
        return view.phase == "play" and self._seen_s - self._begun_s >= LEAST_SHOWN_S

    @staticmethod
    def warm(easel: Easel) -> None:
        """Draws what lies behind every guide."""
        veil(easel)
        camera_picture(easel, 0.0)

    def _take(self, easel: Easel, guide: Guide, key: _Key, seed: int) -> None:
        light = 1 if easel.mirrored else -1
        unit = easel.layout.unit
        if self._sketch is None or key[1:] != self._key[1:]:
            self._sketch = Sketch(
                guide, seed, stand(easel), largest=MOST_PX * unit, light=light, edge=max(1.5, 2.6 * unit)
            )
            room = (0, 0, easel.px(150), easel.px(140))
            self._small = Sketch(guide, seed, room, largest=999.0, light=light, edge=1.5 * unit, small=True)
            self._signs.clear()
            self._alpha = min(self._alpha, 0.3)
            self._paints = 0
        self._guide, self._key, self._since_s = guide, key, easel.now_s
        self._way.begin(back=guide.back)

    def paint(self, easel: Easel, shown: float) -> None:
        """`shown` 0..1 fades all of it, for a pause."""
        guide, sketch = self._guide, self._sketch
        if guide is None or sketch is None:
            return
        clear = ease(self._alpha) * shown
        light, corner = veil(easel)
        light.set_alpha(round(255 * clear))
        easel.canvas.blit(light, corner)
        scene = sketch.move.scene if sketch.move else ""
        if scene:
            camera_picture(easel, clear)
        goal = 0.0 if guide.back else 1.0
        self._paints += 1
        if self._paints > 1 and not scene:
            self._lay(easel, sketch, goal, _GHOST * clear)
        self._lay(easel, sketch, self._way.place, clear)
        if scene == "lamp":
            lamp = sketch.on_screen(LAMP_X, LAMP_Y)
            dusk(easel, lamp, sketch.scale * 0.75, 1.0 - self._way.place, clear)
        self._lead(easel, guide, sketch, clear)
        _tally(easel, guide, clear)

    @staticmethod
    def _lay(easel: Easel, sketch: Sketch, share: float, alpha: float) -> None:
        picture, corner = sketch.picture(share)
        picture.set_alpha(round(255 * alpha))
        easel.canvas.blit(picture, corner)

    def _lead(self, easel: Easel, guide: Guide, sketch: Sketch, clear: float) -> None:
        """The arrows, and the ring round where it leads to; it fills while that is held."""
        colour = accent_of(guide)
        ring = sketch.goal(back=guide.back)
        if ring and not (sketch.hand and guide.hold <= 0):
            hold = 0.0 if guide.back or guide.counted else guide.hold
            paint_ring(easel, *ring, hold, clear * (0.5 if guide.back else 0.9), colour=colour)
        for i, line in enumerate(sketch.ways()):
            if self._arrow <= 0.01 or self._paints <= 2 + i:  # one of them in one frame
                break
            way = line[::-1] if guide.back else line
            picture, corner = arrow(easel, (self._key[1:], guide.back, i), way, colour, ring)
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
        guide.name, guide.side, guide.shows, f"{guide.most_deg:.0f}", seed, easel.layout.size, easel.mirrored,
    )  # fmt: skip


def _stays(guide: Guide) -> bool:
    return guide.hold > 0.0 and not guide.counted and not guide.back


def _tally(easel: Easel, guide: Guide, shown: float) -> None:
    """Repetitions under the person: dots, done ones filled; many, or those without an end, as a number."""
    left, top, width, height = stand(easel)
    spot = (left + width / 2, top + height + easel.px(38))
    colour = accent_of(guide)
    if guide.counted or guide.of > MOST_DOTS:
        text = f"{guide.done}/{guide.of}" if guide.of else str(guide.done)
        easel.stamp(easel.letters.line(text, easel.px(64), INK, bold=True), spot, shown)
        if guide.counted:
            aside = (spot[0] - easel.px(110), spot[1])
            paint_ring(easel, aside, easel.px(24), guide.hold, shown, colour=colour)
        return
    for i in range(guide.of):
        x = spot[0] + (i - (guide.of - 1) / 2) * easel.px(52)
        fill = colour if i < guide.done else "#ffffff"
        easel.stamp(easel.disc(easel.px(16), fill, edge=OUTLINE, edge_px=easel.px(3)), (x, spot[1]), shown)
