"""Signs of the orchard: what is asked and what is counted, with the fruit that the orchard bears today."""

from __future__ import annotations

from typing import Final

import pygame

from rehabgames.core.view import View
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.orchard.hours import picture_of
from rehabgames.stage.orchard.things import paint_basket

# where fruit is in the pictogram of a movement, and how wide, in shares of its side
_WHERE: Final = {"pick": ((0.84, 0.2, 0.29),), "place": ((0.73, 0.7, 0.21), (0.89, 0.7, 0.21))}
_HEAPED: Final = 5  # so many fill the small basket


def asked_sign(easel: Easel, view: View, fruit: str, across: float) -> pygame.Surface | None:
    """The pictogram of the movement with this orchard's fruit in it; None where no fruit is to be moved."""
    name = view.target.kind if view.target is not None else ""
    if name not in _WHERE:
        return None

    def made() -> pygame.Surface:
        plain = easel.pictures.sprite(f"signs/{name}", across, style=".fruit{display:none}")
        whole, side = plain.copy(), plain.get_width()
        for x, y, share in _WHERE[name]:
            part = easel.pictures.sprite(f"orchard/{fruit}", side * share)
            part.set_alpha(255)
            whole.blit(part, part.get_rect(center=(round(x * side), round(y * side))))
        return pygame.transform.flip(whole, easel.mirrored, False)

    return easel.pictures.kept(f"sign {name} {fruit} {round(across)} {easel.mirrored}", made)


def paint_counted(easel: Easel, view: View, fruit: str, centre: Point, across: float) -> None:
    """A basket of what came home, kind by kind; before that, of what the orchard bears."""
    home = dict.fromkeys(picture_of(t.kind, fruit) for t in view.things if t.state == "placed")
    heap = ([*home] or [fruit]) * _HEAPED
    paint_basket(easel, (centre[0], centre[1] + across * 0.06), across, heap[:_HEAPED], bright=True)
