"""Menus: paints what is asked and what can be chosen, over the place of the view, which is calmed."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import pygame

from rehabgames.core.menu import Choice, Menu
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.menus import contents
from rehabgames.stage.menus.cards import Card
from rehabgames.stage.menus.contents import Told
from rehabgames.stage.menus.ground import Ground
from rehabgames.stage.menus.seen import Say, Seen
from rehabgames.stage.menus.today import Item, Today
from rehabgames.stage.menus.top import Top
from rehabgames.stage.menus.words import LEAST
from rehabgames.stage.motion import approach, ease
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.place import Place
from rehabgames.stage.player import paint_hand

RISE_S, RISE_PX = 0.18, 9.0
HAND_PX: Final = 66.0
HAND_S: Final = 0.25
SHADOW_PX: Final = 8.0  # how far a card's shadow lies below it; px of the 720 px grid, as all here


@dataclass(frozen=True, slots=True)
class Laid:
    """A choice on its card. at: the middle of the card at rest, px."""

    choice: Choice
    card: Card
    face: pygame.Surface
    at: Point


class Menus:
    """Remembers what eases: what rises, the hand, how much time there was."""

    def __init__(self, pictures: Pictures) -> None:
        """pictures: for small pictures of places, which drop what they are made of."""
        self._ground, self._today, self._top = Ground(), Today(pictures), Top()
        self._number: int | None = None
        self._key: tuple[object, ...] = ()
        self._laid: tuple[Laid, ...] = ()
        self._risen: dict[str, float] = {}
        self._hand: Point = (0.5, 0.5)
        self._hand_shown = 0.0
        self._last_s = 0.0

    def paint(self, easel: Easel, seen: Seen, place: Place) -> None:
        """All but the signs of STOP."""
        dt_s, self._last_s = max(0.0, easel.now_s - self._last_s), easel.now_s
        view, menu = seen.view, seen.menu
        if menu.number != self._number:
            self._number = menu.number
            self._risen.clear()
            self._top.begin()
        self._ground.paint(easel, view, place)
        below = self._top.paint(easel, seen)
        self._today.paint(easel, view, _items(seen), below)
        self._lay(easel, seen)
        for each in sorted(self._laid, key=lambda laid: laid.choice.id == menu.pointed):
            self._card(easel, menu, each, dt_s)
        self._point(easel, seen, dt_s)

    def _lay(self, easel: Easel, seen: Seen) -> None:
        """Makes the cards of a screen when it comes, and when its words change."""
        told = [(each, _told(each, seen.say)) for each in seen.menu.choices]
        key = easel.layout.size, tuple((each.id, each.box, each.tone, words) for each, words in told)
        if key == self._key:
            return
        self._key = key
        width, height = easel.layout.size
        cards: dict[tuple[float, float, str], Card] = {}
        for each, _ in told:
            if (kind := (*each.box[2:], each.tone)) not in cards:
                cards[kind] = Card(easel, (each.box[2] * width, each.box[3] * height), each.tone)
        of = [cards[(*each.box[2:], each.tone)] for each, _ in told]
        least, sizes = easel.px(LEAST), defaultdict[tuple[float, ...], list[int]](list)
        for (each, words), card in zip(told, of, strict=True):
            sizes[each.box[2:]].append(contents.label_size(easel, card.size, words))
        laid = []
        for (each, words), card in zip(told, of, strict=True):
            face = card.paper.copy()
            contents.paint(easel, face, words, max(least, min(sizes[each.box[2:]])))
            left, top, across, down = each.box
            laid.append(Laid(each, card, face, ((left + across / 2) * width, (top + down / 2) * height)))
        self._laid = tuple(laid)

    def _card(self, easel: Easel, menu: Menu, laid: Laid, dt_s: float) -> None:
        name = laid.choice.id
        pointed = name == menu.pointed
        risen = approach(self._risen.get(name, 0.0), float(pointed), dt_s, RISE_S)
        self._risen[name] = risen
        lift = ease(risen) * easel.layout.unit * RISE_PX * (0.0 if easel.calm else 1.0)
        (x, y), card = laid.at, laid.card
        easel.stamp(card.shadow, (x, y + easel.px(SHADOW_PX) + lift))
        easel.stamp(laid.face, (x, y - lift))
        if risen > 0.0:
            easel.stamp(card.ring.track, (x, y - lift), ease(risen))
        if pointed and menu.held > 0.0:
            easel.stamp(card.ring.filled(menu.held), (x, y - lift))
        if name == menu.lit:
            easel.stamp(card.frame, (x, y - lift))

    def _point(self, easel: Easel, seen: Seen, dt_s: float) -> None:
        """The hand, where it points; it fades where it was lost."""
        pointer = seen.menu.pointer
        known = pointer is not None and all(map(math.isfinite, pointer))
        if pointer is not None and known:
            width, height = easel.layout.size
            x, y = (min(1.0, max(0.0, share)) for share in pointer)
            self._hand = x * width, y * height
        self._hand_shown = approach(self._hand_shown, float(known), dt_s, HAND_S)
        if self._hand_shown > 0.0:
            shown = ease(self._hand_shown)
            points = seen.menu.points
            paint_hand(easel, self._hand, points, seen.letter, closed=False, shown=shown, across_px=HAND_PX)


def _told(choice: Choice, say: Say) -> Told:
    facts = tuple(say(fact) for fact in choice.facts)
    return Told(say(choice.label), choice.picture, choice.figure, facts, choice.tone == "go")


def _items(seen: Seen) -> tuple[Item, ...]:
    say = seen.say
    return tuple(Item(say(p.title), say(p.minutes), p.place, p.done) for p in seen.menu.planned)
