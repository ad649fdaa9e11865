"""Menus: paints what is asked and what can be chosen, over the place of the view, which is calmed."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from typing import Final

from rehabgames.core.menu import Choice, Menu
from rehabgames.core.player import AS_USUAL, Comfort
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.frame import Area
from rehabgames.stage.menus import heading
from rehabgames.stage.menus.contents import Told
from rehabgames.stage.menus.ground import Ground
from rehabgames.stage.menus.laying import Laid, lay, told_of
from rehabgames.stage.menus.seen import Seen
from rehabgames.stage.menus.strip import Strip
from rehabgames.stage.menus.telling import Telling
from rehabgames.stage.menus.today import Item, Today
from rehabgames.stage.menus.top import Top
from rehabgames.stage.menus.week import paint_week
from rehabgames.stage.motion import approach, ease
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.place import Place
from rehabgames.stage.player import paint_hand

RISE_S, RISE_PX = 0.18, 9.0
HAND_PX: Final = 66.0
HAND_S: Final = 0.25
MAKES_S: Final = 0.004  # of a frame, for a screen that comes
SOON_S: Final = 0.12  # and after so long it is there, however much is left to do
# of the height, for the places where more is told below them; less where words take more
PLACES: Final = (0.41, 0.2, 0.0)
BESIDE, TOLD_GAP = 190.0, 8.0
SETTLED_S: Final = 0.5  # after it came: what is needed later is made then
SHADOW_PX: Final = 8.0  # how far a card's shadow lies below it; px of the 720 px grid, as all here


class Menus:
    """Remembers what eases: what rises, the hand, how much time there was."""

    def __init__(self, pictures: Pictures) -> None:
        """pictures: for small pictures of places, which drop what they are made of."""
        self._ground, self._today, self._top = Ground(), Today(pictures), Top()
        self._telling = Telling()
        self._strip = Strip()
        self._number: int | None = None
        self._key: tuple[object, ...] = ()
        self._laid: tuple[Laid, ...] = ()
        self._coming: tuple[object, ...] = ()  # as _key, of what is being made
        self._made: list[Laid] = []
        self._since_s = 0.0
        self._told: tuple[tuple[Choice, ...] | None, Comfort, tuple[tuple[Choice, Told], ...]]
        self._told = None, AS_USUAL, ()
        self._making: Iterator[Laid | None] = iter(())
        self._risen: dict[str, float] = {}
        self._hand: Point = (0.5, 0.5)
        self._hand_shown = 0.0
        self._last_s = 0.0

    def paint(self, easel: Easel, seen: Seen, place: Place) -> None:
        """All but the signs of STOP. What is not ready yet is made now."""
        dt_s, self._last_s = max(0.0, easel.now_s - self._last_s), easel.now_s
        view, menu = seen.view, seen.menu
        if menu.number != self._number:
            self._number = menu.number
            self._risen.clear()
            self._top.begin()
        busy = self._ground.paint(easel, view, place)
        below = self._top.paint(easel, seen)
        for_places, for_told = _parts(easel, menu, below)
        self._today.paint(easel, view, _items(easel, seen), for_places)
        self._telling.paint(easel, seen, for_told)
        paint_week(easel, menu.week)
        self.ready(easel, seen)
        for each in sorted(self._laid, key=lambda laid: laid.choice.id == menu.pointed):
            self._card(easel, menu, each, dt_s)
        self._strip.paint(easel, seen)
        self._point(easel, seen, dt_s)
        if not busy and easel.now_s - self._since_s > SETTLED_S:
            self._foresee(menu)

    def ready(self, easel: Easel, seen: Seen, *, at_once: bool = True) -> bool:
        """Makes what a screen needs when it comes, and when its words change. at_once False: a few
        milliseconds of it, and some more at the next call, as long as it returns False. The picture before
        it stands meanwhile, but not for long."""
        told = self._told_of(seen, easel.comfort)
        key = easel.layout.size, easel.comfort, tuple(map(_looks, told))
        if key == self._key:
            return True
        if key != self._coming:
            self._coming, self._made, self._making = key, [], self._made_of(easel, seen, told)
            self._since_s = easel.now_s
        soon = 0.0 <= easel.now_s - self._since_s < SOON_S
        until_s = time.perf_counter() + (MAKES_S if soon and not at_once else math.inf)
        for made in self._making:
            if made is not None:
                self._made.append(made)
            if time.perf_counter() >= until_s:
                return False
        self._key, self._laid = key, tuple(self._made)
        return True

    def _told_of(self, seen: Seen, comfort: Comfort) -> tuple[tuple[Choice, Told], ...]:
        """Said once, and not at every frame."""
        choices, suits, told = self._told
        if choices is not seen.menu.choices or suits != comfort:
            told = told_of(seen)
            self._told = seen.menu.choices, comfort, told
        return told

    def _made_of(
        self, easel: Easel, seen: Seen, told: tuple[tuple[Choice, Told], ...]
    ) -> Iterator[Laid | None]:
        yield from lay(easel, told)
        laid = self._top.lay(easel, seen)
        yield None
        heading.sheet_of(easel, laid.area[2:])
        yield None
        for_places, _ = _parts(easel, seen.menu, self._top.under(easel, seen))
        self._today.lay(easel, _items(easel, seen), for_places)

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

    def _foresee(self, menu: Menu) -> None:
        """Makes the ring of one more card while nothing is pointed at yet: that takes milliseconds."""
        card = next((each.card for each in self._laid if not each.card.ringed), None)
        if card is not None and not menu.pointed:
            card.ring  # noqa: B018 - it is made when it is asked for

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


def _parts(easel: Easel, menu: Menu, below: Area) -> tuple[Area, Area]:
    """Of what is below the heading: for the places of the day, and for what is told under them. Beside these
    places the mirror hangs."""
    left, top, width, height = below
    if menu.sums is None:
        return below, (left, top, width, 0)
    tight = (easel.comfort.letters > 1.0) + bool(easel.comfort.sees)
    places, beside = round(PLACES[tight] * height), 0 if easel.comfort.sees else easel.px(BESIDE)
    lower = places + easel.px(TOLD_GAP)
    return (left + beside, top, width - 2 * beside, places), (left, top + lower, width, height - lower)


def _looks(told: tuple[Choice, Told]) -> tuple[object, ...]:
    """What a card looks like depends on."""
    choice, words = told
    return choice.id, choice.box, choice.tone, words


def _items(easel: Easel, seen: Seen) -> tuple[Item, ...]:
    """From the left, in the order in which they are read."""
    say, step = seen.say, -1 if easel.letters.right_to_left else 1
    return tuple(Item(say(p.title), say(p.minutes), p.place, p.done) for p in seen.menu.planned[::step])
