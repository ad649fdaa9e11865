"""The hand pan: what is tapped on, the beads that come down to it, the two fingers, the lamps of the beat."""

from __future__ import annotations

import math
from typing import Final

import pygame

from rehabgames.core.view import Thing, View
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.motion import FirstSeen, approach, ease
from rehabgames.stage.palette import CREAM, GREEN, OUTLINE, SIDE_COLOUR
from rehabgames.stage.targets import paint_ring, radius_px, ribbon

PAN: Final = 540.0  # px of the 720 px grid across the picture
SPAN: Final = 176.0  # between a finger that is closed and one that is open, px
TOUCH: Final = 14.0  # of a closed finger's tip from the middle, px
STEP: Final = 8  # a ring that narrows does so in steps of so many px: each is drawn once
LIGHTS: Final = ((-196.0, 12.0), (-106.0, 52.0), (0.0, 66.0), (106.0, 52.0), (196.0, 12.0))
_LAMP_S: Final = 0.5  # a lamp takes so long to come up: at three beats a second it hardly swings
_GONE_S: Final = 0.25
# the pan is pulled up while a movement is shown; it comes down when that has gone
_UP_S, _STAYS_UP_S, _DOWN_S = 0.5, 0.6, 0.6
# beats a second between which the narrowing ring goes away: it is large, and must not flash (hazard H6)
_SLOW, _QUICK = 1.4, 2.2
_AHEAD: Final = 2.6  # intervals that a note's share counts


def spots(lights: int) -> list[Point]:
    """Where the fields of a bar's beats are on the pan, from its middle, px of the 720 px grid."""
    if lights <= 1:
        return [LIGHTS[2]][:lights]
    found = []
    for i in range(lights):
        angle = math.radians(158 - 136 * i / (lights - 1))
        found.append((206.0 * math.cos(angle), 4.0 + 62.0 * math.sin(angle)))
    return found


class Hangs:
    """How far the pan is pulled up on its string; on a calm easel it fades instead. Nothing of it is seen
    where a calibration shows a movement, nor before: nothing is played then."""

    def __init__(self, view: View) -> None:
        self._down = _plays(view)
        self._up, self._since_s = 0.0 if self._down else 1.0, -math.inf

    def step(self, view: View, now_s: float, dt_s: float) -> float:
        """0 where it is played on .. 1 out of sight."""
        down = self._down if view.phase in ("looking", "paused", "rest") and not view.guide else _plays(view)
        if down != self._down:
            self._down, self._since_s = down, now_s
        if not down:
            self._up = approach(self._up, 1.0, dt_s, _UP_S)
        elif now_s - self._since_s >= _STAYS_UP_S:
            self._up = approach(self._up, 0.0, dt_s, _DOWN_S)
        return ease(self._up)


def _plays(view: View) -> bool:
    return view.guide is None and view.phase != "calibrate" and (view.phase != "looking" or bool(view.things))


class Pan:
    """Paints the game's things. Remembers how far the fingers were open, and how bright the lamps are."""

    def __init__(self) -> None:
        self._seen = FirstSeen()
        self._open, self._sure, self._lamp = 0.0, 0.0, 0.0
        self._last_s: float | None = None
        self._pace, self._nearest = 0.0, ("", 0.0)
        self._hangs: Hangs | None = None
        self._counting: set[str] = set()  # notes that count in, and stay what they were when they are gone

    def paint(self, easel: Easel, view: View, shown: float, lamps: tuple[Point, ...]) -> None:
        """lamps: middles of the lamps on the screen."""
        self._seen.prune(easel.now_s)
        dt_s = 0.0 if self._last_s is None else max(0.0, easel.now_s - self._last_s)
        self._last_s = easel.now_s
        drum = next((t for t in view.things if t.kind == "drum"), None)
        centre = easel.frame.to_screen(*((0.0, -0.2) if drum is None else (drum.x, drum.y)))
        if self._hangs is None:
            self._hangs = Hangs(view)
        up = self._hangs.step(view, easel.now_s, dt_s)
        notes = [t for t in view.things if t.kind == "bar"]
        self._measure(notes, dt_s)
        self._lamps(easel, notes, lamps, dt_s)
        if up >= 1.0:
            return
        lights = [t for t in view.things if t.kind == "light"]
        if up > 0.0 and easel.calm:
            _instrument(easel, centre, lights, 1.0 - up)
            return
        centre = (centre[0], centre[1] - up * (centre[1] + easel.px(PAN / 2)))
        _string(easel, centre)
        _instrument(easel, centre, lights, 1.0)
        if drum is None or up > 0.0 or view.phase == "done":
            return
        self._leading(easel, notes, lamps, centre, shown)
        self._ding(easel, drum, centre, [] if view.target is None else notes, shown)
        self._beads(easel, notes, shown)
        self._fingers(easel, view, centre, dt_s, shown)

    def _measure(self, notes: list[Thing], dt_s: float) -> None:
        """Beats a second, from how quickly the nearest note comes nearer."""
        coming = [t for t in notes if t.share < 1.0]
        if not coming:
            return
        note, (key, share) = max(coming, key=lambda t: t.share), self._nearest
        if note.key == key and dt_s > 0 and note.share > share:
            self._pace = (note.share - share) * _AHEAD / dt_s
        self._nearest = (note.key, note.share)

    def _lamps(self, easel: Easel, notes: list[Thing], lamps: tuple[Point, ...], dt_s: float) -> None:
        """They swell towards every beat; slowly enough that nothing flashes."""
        near = max((t.share for t in notes), default=0.0)
        goal = max(0.0, 1.0 - (1.0 - near) * _AHEAD * 2) if notes else 0.0
        self._lamp = approach(self._lamp, goal, dt_s, _LAMP_S)
        for spot in lamps:
            easel.stamp(easel.glow(easel.px(120), "#ffd892", 0.12), spot, 0.3 + 0.5 * ease(self._lamp))

    @staticmethod
    def _leading(
        easel: Easel, notes: list[Thing], lamps: tuple[Point, ...], centre: Point, shown: float
    ) -> None:
        """With the next note a small light goes from either lamp to the pan."""
        coming = [t for t in notes if t.state in ("growing", "ready")]
        if not coming:
            return
        away = (1.0 - max(t.share for t in coming)) * _AHEAD
        k = 1.0 - away
        if not 0.0 < k <= 1.0:
            return
        for x, y in lamps:
            end = centre[0] + math.copysign(easel.px(PAN * 0.46), x - centre[0])
            spot = (x + (end - x) * k, y + (centre[1] - y) * k - easel.px(60) * math.sin(math.pi * k))
            dot = easel.disc(easel.px(9), "#ffd47a", edge=OUTLINE, edge_px=easel.px(2))
            easel.stamp(dot, spot, shown * min(1.0, 4 * k))

    def _ding(self, easel: Easel, drum: Thing, centre: Point, notes: list[Thing], shown: float) -> None:
        """The middle of the pan: bright while it is to be tapped; a ring narrows onto it until the beat.
        notes: none where nothing is asked."""
        radius = radius_px(easel, drum.radius)
        if not notes:
            easel.stamp(easel.disc(radius, "#6e7f89", edge=OUTLINE, edge_px=easel.px(3)), centre)
            return
        born = ease(self._seen.age("ding", easel.now_s) / 0.4) * shown
        easel.stamp(easel.glow(radius * 2.0, "#fff3c4", 0.35), centre, 0.7 * born)
        easel.stamp(easel.disc(radius, CREAM), centre, born)
        paint_ring(easel, centre, radius + easel.px(5), 0.0, born)
        coming = [t for t in notes if t.state == "ready"]
        away = (1.0 - max((t.share for t in coming), default=0.0)) * _AHEAD
        slow = ease((_QUICK - self._pace) / (_QUICK - _SLOW))
        if coming and away <= 1.0 and slow > 0.0:
            wide = radius + easel.px(12) + away * easel.px(72)
            step = STEP * easel.layout.unit
            ring = easel.ring(round(wide / step) * step, easel.px(6), 1.0, CREAM)
            easel.stamp(ring, centre, born * slow * (1.0 - 0.6 * away))

    def _beads(self, easel: Easel, notes: list[Thing], shown: float) -> None:
        quick = self._pace > _QUICK  # small beads: many of them pass, and a field must not flash
        self._counting &= {t.key for t in notes}
        self._counting |= {t.key for t in notes if t.state == "growing"}
        for note in notes:
            alpha = min(1.0, 4.0 * note.share)
            if note.state in ("placed", "fading"):
                alpha = 1.0 - ease(self._seen.age((note.key, "gone"), easel.now_s) / _GONE_S)
            name = "bead_count" if note.key in self._counting else "bead"
            across = 2 * radius_px(easel, note.radius) * (0.74 if name == "bead_count" or quick else 1.0)
            easel.stamp(
                easel.sprite(f"concert/{name}", across),
                easel.frame.to_screen(note.x, note.y),
                alpha * shown,
            )

    def _fingers(self, easel: Easel, view: View, centre: Point, dt_s: float, shown: float) -> None:
        """Thumb and index come from either side; two posts say how wide is asked."""
        grip = view.hand.grip if view.hand is not None else math.nan
        if math.isfinite(grip):
            self._open = min(1.08, max(0.0, 1.0 - grip))
        self._sure = approach(self._sure, float(math.isfinite(grip)), dt_s, 0.3)
        asked = next((t for t in view.things if t.kind == "opening"), None)
        low = centre[1] + easel.px(2)
        if asked is not None and view.phase != "done":
            away = easel.px(TOUCH + SPAN * asked.share)
            wide = asked.state == "held"
            for way in (-1, 1):
                _post(easel, (centre[0] + way * away, low), shown, wide=wide)
        away = easel.px(TOUCH + SPAN * self._open)
        style = f".cuff{{fill:{SIDE_COLOUR[view.side]}}}"
        clear = shown * (0.25 + 0.75 * self._sure)
        # the index is on the side where a hand before the camera has it
        turned = easel.mirrored
        for name, way in (("tip_thumb", -1), ("tip_index", 1)):
            picture = easel.pictures.sprite(f"concert/{name}", easel.px(112), flip=turned, style=style)
            aside = -way if turned else way
            x = centre[0] + aside * (away + picture.get_width() / 2)
            easel.stamp(picture, (x, low), clear)


def _string(easel: Easel, centre: Point) -> None:
    ribbon(easel, (centre[0], -4), (centre[0], centre[1] - easel.px(70)), easel.px(5), "#2a2019")
    ribbon(easel, (centre[0], -4), (centre[0], centre[1] - easel.px(70)), easel.px(2), "#e9c98c")


def _instrument(easel: Easel, centre: Point, lights: list[Thing], clear: float) -> None:
    pan = easel.sprite("concert/pan", easel.px(PAN), adorns=True)
    easel.stamp(pan, (centre[0], centre[1] + easel.px(PAN * 20 / 600)), clear)
    _fields(easel, centre, lights, clear)


def _fields(easel: Easel, centre: Point, lights: list[Thing], clear: float) -> None:
    pictures = {"placed": "field_lit", "held": "field_now"}
    for (dx, dy), light in zip(spots(len(lights)), lights, strict=True):
        at = (centre[0] + dx * easel.layout.unit, centre[1] + dy * easel.layout.unit)
        if light.state == "placed":
            easel.stamp(easel.glow(easel.px(70), "#ffcf70", 0.2), at, 0.5 * clear)
        name = pictures.get(light.state, "field")
        easel.stamp(easel.sprite(f"concert/{name}", easel.px(84), lit=False), at, clear)


def _post(easel: Easel, at: Point, shown: float, *, wide: bool) -> None:
    """How wide is asked: an upright mark; filled and taller once it was opened so wide."""
    width, height = easel.px(14), easel.px(92 if wide else 74)
    key = f"post {width} {height} {wide}"

    def made() -> pygame.Surface:
        surface = pygame.Surface((width + 6, height + 6), pygame.SRCALPHA)
        round_ = (width + 6) // 2
        pygame.draw.rect(surface, OUTLINE, surface.get_rect(), border_radius=round_)
        inner = surface.get_rect().inflate(-6, -6)
        pygame.draw.rect(surface, GREEN if wide else CREAM, inner, border_radius=round_)
        if not wide:
            pygame.draw.rect(surface, OUTLINE, inner.inflate(-6, -6), border_radius=round_)
        return surface

    easel.stamp(easel.pictures.kept(key, made), at, shown)
