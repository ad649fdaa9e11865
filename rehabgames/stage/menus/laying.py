"""Laying: the cards of a screen, made one after the other, so that no frame has to wait for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pygame

from rehabgames.core.menu import Choice
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.menus import contents
from rehabgames.stage.menus.cards import Card
from rehabgames.stage.menus.contents import Told
from rehabgames.stage.menus.seen import Seen
from rehabgames.stage.menus.words import LEAST


@dataclass(frozen=True, slots=True)
class Laid:
    """A choice on its card. at: the middle of the card at rest, px."""

    choice: Choice
    card: Card
    face: pygame.Surface
    at: Point


def told_of(seen: Seen) -> tuple[tuple[Choice, Told], ...]:
    """Every choice with its words, in the language of whoever looks."""
    say = seen.say
    return tuple(
        (
            each,
            Told(say(each.label), each.picture, each.figure, tuple(map(say, each.facts)), each.tone == "go"),
        )
        for each in seen.menu.choices
    )


def lay(easel: Easel, told: tuple[tuple[Choice, Told], ...]) -> Iterator[Laid | None]:
    """Does a few milliseconds of the work each time; what it gives in the end is every card in turn."""
    width, height = easel.layout.size
    cards: dict[tuple[float, float, str], Card] = {}
    for each, _ in told:
        if (kind := (*each.box[2:], each.tone)) not in cards:
            cards[kind] = Card(easel, (each.box[2] * width, each.box[3] * height), each.tone)
            yield None
    sizes = defaultdict[tuple[float, ...], list[int]](list)
    for each, words in told:
        card = cards[(*each.box[2:], each.tone)]
        sizes[each.box[2:]].append(contents.label_size(easel, card.size, words))
        yield None
    least = easel.px(LEAST)
    for each, words in told:
        card = cards[(*each.box[2:], each.tone)]
        face = card.paper.copy()
        contents.paint(easel, face, words, max(least, min(sizes[each.box[2:]])))
        left, top, across, down = each.box
        yield Laid(each, card, face, ((left + across / 2) * width, (top + down / 2) * height))
