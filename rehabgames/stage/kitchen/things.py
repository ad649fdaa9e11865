"""Things of the kitchen: what stands on a plank and is taken, the tray, and the shelves that fill."""

from __future__ import annotations

import math
from typing import Final

import pygame

from rehabgames.core.view import Hand, Target, Thing, View
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.ground import Ground
from rehabgames.stage.kitchen.closing import paint_closing
from rehabgames.stage.kitchen.scene import SHELF, SHELVES
from rehabgames.stage.motion import FirstSeen, Gathered, ease, swell
from rehabgames.stage.palette import BLUE, CREAM, OUTLINE
from rehabgames.stage.targets import lead, radius_px

OBJECTS: Final = ("cup", "mill", "onion", "jar", "bottle")
SLOTS: Final = 9  # on each shelf
ACROSS: Final = 46.0  # px of a thing on a shelf, on the 720 px grid
STANDS: Final = 0.8  # an object's foot is so many of its radii below its middle
_DISC, _RING = 1.42, 1.46  # of the target's radius
_FADE_S: Final = 0.6


class KitchenThings:
    """Paints the things of the games "grasp" and "grasp_close"."""

    def __init__(self) -> None:
        self._seen = FirstSeen()
        self._bent = 0.0

    def bend(self, share: float) -> None:
        """How far the light withdraws, because the trunk does what the arm is to do: 0 .. 1."""
        self._bent = share

    def tray(self, easel: Easel, view: View) -> None:
        self._seen.prune(easel.now_s)
        for thing in view.things:
            if thing.kind == "tray":
                paint_tray(easel, easel.frame.to_screen(thing.x, thing.y), easel.frame.length(thing.radius))

    def light(self, easel: Easel, view: View, target: Target, shown: float) -> None:
        """The bright ground of what is to be done, under the things. Its glow withdraws while the trunk does
        what the arm is to do."""
        shown *= ease(self._seen.age(("target", target.number), easel.now_s) / 0.4)
        centre, radius = easel.frame.to_screen(target.x, target.y), radius_px(easel, target.radius)
        share = _DISC if target.kind == "grasp" else 1.16
        easel.stamp(easel.glow(radius * 2.3, "#fff3c4", 0.3), centre, (0.9 - 0.75 * self._bent) * shown)
        disc = easel.disc(radius * share, CREAM, edge=OUTLINE, edge_px=easel.px(2))
        easel.stamp(disc, centre, shown * (1.0 if target.kind == "grasp" else 0.9))

    def planks(self, easel: Easel, view: View) -> None:
        for thing in view.things:
            if thing.kind == "shelf":
                width = easel.frame.length(thing.radius) * 2.0
                picture = easel.sprite("kitchen/shelf", width, adorns=True)
                x, y = easel.frame.to_screen(thing.x, thing.y)
                alpha = self._alpha(easel, thing)
                easel.stamp(picture, (x, y + picture.get_height() * (0.5 - 14 / 74)), alpha)

    def objects(self, easel: Easel, view: View) -> None:
        for thing in view.things:
            if thing.kind in OBJECTS and thing.state != "placed":
                self._object(easel, thing, view.hand)

    def _object(self, easel: Easel, thing: Thing, hand: Hand | None) -> None:
        centre, radius = easel.frame.to_screen(thing.x, thing.y), radius_px(easel, thing.radius)
        alpha = self._alpha(easel, thing)
        if thing.state != "held":
            shade = easel.glow(radius * 0.8, "#2c2a26", 0.05)
            flat = easel.pictures.kept(
                f"foot {shade.get_width()}",
                lambda: pygame.transform.smoothscale(
                    shade, (shade.get_width(), max(2, shade.get_width() // 6))
                ),
            )
            lean = -0.16 if easel.mirrored else 0.16
            easel.stamp(flat, (centre[0] + radius * lean, centre[1] + radius * STANDS), 0.5 * alpha)
        picture = easel.turned(f"kitchen/{thing.kind}", 2 * radius, math.degrees(thing.angle_rad))
        easel.stamp(picture, centre, alpha)

    def asked(self, easel: Easel, view: View, target: Target, shown: float) -> None:
        """Over the things: how far to close, or that it is to be put down here; and the way there."""
        shown *= ease(self._seen.age(("target", target.number), easel.now_s) / 0.4)
        centre, radius = easel.frame.to_screen(target.x, target.y), radius_px(easel, target.radius)
        share = told(
            view, next((t.share for t in view.things if t.kind in OBJECTS and t.state != "placed"), 0.0)
        )
        if target.kind == "grasp":
            paint_closing(easel, centre, radius * _RING, share, shown)
        else:
            drop = 0.0 if easel.calm else swell(easel.now_s / 1.8 % 1.0) * 0.2
            above = (centre[0], centre[1] - radius * (1.85 - drop))
            easel.stamp(easel.chevron(radius * 0.8, 90, BLUE, CREAM), above, shown)
            near = view.hand is not None and _near(view.hand, target)
            if near:
                paint_closing(easel, centre, radius * 1.2, share, shown, opens=True)
            else:
                easel.stamp(easel.ring(radius * 1.2, easel.px(10), 1.0, OUTLINE), centre, shown)
                easel.stamp(easel.ring(radius * 1.2, easel.px(5), 1.0, "#ffffff"), centre, shown)
        if view.hand:
            start = easel.frame.to_screen(view.hand.x, view.hand.y)
            lead(easel, start, centre, radius * 1.06, shown * view.hand.sure)

    def _alpha(self, easel: Easel, thing: Thing) -> float:
        age = self._seen.age((thing.key, thing.state), easel.now_s)
        born = ease(self._seen.age(thing.key, easel.now_s) / 0.45)
        return 1.0 - ease(age / _FADE_S) if thing.state == "fading" else born


class Kept:
    """What was brought home in this session, on the shelves of the wall, the newest last. When both are full
    more comes before and between it; then the oldest make room."""

    def __init__(self) -> None:
        self._gathered = Gathered()

    def paint(self, easel: Easel, ground: Ground, view: View, drink: str) -> None:
        placed = [t for t in view.things if t.state == "placed"]
        shown = self._gathered.shown(len(placed), easel.now_s)
        newest = list(enumerate(placed))[-4 * SLOTS :]
        for i, thing in sorted(newest, key=lambda each: each[0] % (4 * SLOTS)):
            layer, slot = divmod(i % (4 * SLOTS), 2 * SLOTS)
            row, at = divmod(slot, SLOTS)
            left, top = SHELVES[row]
            step = (SHELF - 68) / (SLOTS - 1)
            x, y = ground.to_screen(left + 34 + step * (at + 0.4 * layer), top + 2 + 4 * layer)
            picture = small(easel, thing, drink, easel.px(ACROSS))
            easel.stamp(picture, (x, y - lift(thing, picture)), 0.78 * shown[i])


def lift(thing: Thing, picture: pygame.Surface) -> float:
    """How far the middle of its picture is above the ground on which it stands, px."""
    foot = 12 / 120 if thing.kind in OBJECTS else 8 / 136
    return picture.get_height() * (0.5 - foot)


def small(easel: Easel, thing: Thing, drink: str, across: float) -> pygame.Surface:
    """A small picture of what was brought home: the object, or a glass as full as it was."""
    if thing.kind in OBJECTS:
        return easel.sprite(f"kitchen/{thing.kind}", across)
    return glass(easel, across * 0.62, drink, thing.share)


def glass(easel: Easel, across: float, drink: str, full: float) -> pygame.Surface:
    """A glass, so full of its height, in steps of 1/48."""
    step = round(48 * min(1.0, max(0.0, full)))
    picture = easel.sprite("kitchen/glass", across)

    def made() -> pygame.Surface:
        width, height = picture.get_size()
        whole = pygame.Surface((width, height), pygame.SRCALPHA)
        whole.fill((*pygame.Color(drink)[:3], 0))
        k = width / 100
        if step:
            level = 120 - 114 * step / 48  # units under the rim
            half = 31 + 9 * (114 - level) / 114 if level < 114 else 31
            mouth, foot = (128 - 120 + level) * k, (128 - 6) * k
            edge = [
                (50 * k - half * k, mouth),
                (50 * k + half * k, mouth),
                (50 * k + 30 * k, foot),
                (50 * k - 30 * k, foot),
            ]
            pygame.draw.polygon(whole, (*pygame.Color(drink)[:3], 232), edge)
            lip = pygame.Rect(0, 0, max(2, round(2 * half * k)), max(2, round(9 * k)))
            lip.center = (round(50 * k), round(mouth))
            light = pygame.Color(drink).lerp("#ffffff", 0.45)
            pygame.draw.ellipse(whole, light, lip)
        whole.blit(picture, (0, 0))
        return whole

    return easel.pictures.kept(f"glass {picture.get_width()} {drink} {step} {easel.mirrored}", made)


def paint_tray(easel: Easel, middle: Point, half: float) -> None:
    """middle: of its top; half: half the width on which things stand."""
    picture = easel.sprite("kitchen/tray", half * 2.7, adorns=True)
    easel.stamp(picture, (middle[0], middle[1] + picture.get_height() * (0.5 - 38 / 84)))


def told(view: View, share: float) -> float:
    """How far the hand is closed, as far as that is shown in this trial; else only whether it is."""
    return share if view.performance else float(share >= 1.0)


def _near(hand: Hand, target: Target) -> bool:
    return math.hypot(hand.x - target.x, hand.y - target.y) <= target.radius
