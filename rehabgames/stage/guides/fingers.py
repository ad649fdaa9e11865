"""Fingers: a large hand, palm to the viewer, that opens and closes, or whose thumb and index do; one unit is
the length of the palm."""

from __future__ import annotations

import math
from typing import Final

from rehabgames.stage.guides.brush import Brush, Place
from rehabgames.stage.guides.person import Look
from rehabgames.stage.palette import CREAM, mixed

# where a finger begins, its length, its radius at the root, where it points open and closed (degrees)
_FINGERS = (
    ((-0.36, 0.92), 0.86, 0.128, -17.0, 3.0),
    ((-0.12, 0.99), 0.97, 0.134, -5.0, 1.0),
    ((0.13, 0.96), 0.89, 0.128, 7.0, -1.0),
    ((0.36, 0.85), 0.69, 0.114, 22.0, -4.0),
)
_BONES = (0.46, 0.31, 0.23)  # shares of a finger
_BEND = (84.0, 104.0, 58.0)  # degrees of each joint in a fist
_PALM = (
    (-0.25, -0.06), (-0.36, 0.22), (-0.47, 0.55), (-0.48, 0.88), (-0.12, 1.05), (0.2, 1.02),
    (0.46, 0.88), (0.45, 0.5), (0.36, 0.2), (0.25, -0.06),
)  # fmt: skip
BOX = (-1.35, -0.95, 1.35, 2.3)
# where thumb and index begin, and for each bone its length and where it points apart and together (degrees)
_INDEX_ROOT: Final = (-0.36, 0.92)
_INDEX: Final = ((0.42, -13.0, -42.0), (0.29, -8.0, -98.0), (0.21, -4.0, -146.0))
_THUMB_ROOT: Final = (-0.24, 0.26)
_THUMB: Final = ((0.4, -84.0, -66.0), (0.33, -74.0, -44.0), (0.25, -66.0, -28.0))
_INDEX_RADII: Final = (0.134, 0.124, 0.114, 0.104)
_THUMB_RADII: Final = (0.2, 0.155, 0.135, 0.115)
_QUIET: Final = 0.42  # how far the other fingers are curled, all the time
_CALM: Final = 0.26  # and how far they are drawn towards the light behind them


def paint_hand(brush: Brush, closed: float, look: Look, flip: int) -> None:
    """closed 0 wide open .. 1 a fist; flip -1 is the left hand."""
    skin = look.skin

    def at(x: float, y: float) -> Place:
        return flip * x, y

    _palm(brush, look, flip)
    for root, length, radius, wide, shut in _FINGERS:
        turn = math.radians(wide + (shut - wide) * closed)
        places = [at(*p) for p in _finger(root, length, turn, closed)]
        brush.limb(places, [radius * (1.0 - 0.08 * i) for i in range(4)], skin)
    brush.limb([at(*p) for p in _thumb(closed)], _THUMB_RADII, skin)
    _cuff(brush, look, flip)


def paint_pinch(brush: Brush, together: float, look: Look, flip: int) -> None:
    """together 0 thumb and index far apart .. 1 their tips touch; what else there is of the hand is paler and
    does not move. flip as in paint_hand."""
    skin = look.skin
    pale = mixed(skin[0], CREAM, _CALM), mixed(skin[1], CREAM, _CALM)

    def at(x: float, y: float) -> Place:
        return flip * x, y

    _palm(brush, look, flip)
    for root, length, radius, wide, shut in _FINGERS[1:]:
        turn = math.radians(wide + (shut - wide) * _QUIET)
        places = [at(*p) for p in _finger(root, length, turn, _QUIET)]
        brush.limb(places, [radius * (1.0 - 0.08 * i) for i in range(4)], pale)
    for bones, radii in ((index(together), _INDEX_RADII), (thumb(together), _THUMB_RADII)):
        brush.limb([at(*p) for p in bones], radii, skin)
    _cuff(brush, look, flip)


def index(together: float) -> list[Place]:
    """Root, joints and tip of the index of a right hand that pinches."""
    return _chain(_INDEX_ROOT, _INDEX, together)


def thumb(together: float) -> list[Place]:
    """Likewise of its thumb."""
    return _chain(_THUMB_ROOT, _THUMB, together)


def _chain(root: Place, bones: tuple[tuple[float, float, float], ...], together: float) -> list[Place]:
    (x, y), found = root, [root]
    for length, apart, touching in bones:
        turn = math.radians(apart + (touching - apart) * together)
        x, y = x + math.sin(turn) * length, y + math.cos(turn) * length
        found.append((x, y))
    return found


def _palm(brush: Brush, look: Look, flip: int) -> None:
    skin = look.skin
    crease = (skin[0], skin[0])

    def at(x: float, y: float) -> Place:
        return flip * x, y

    brush.limb((at(0, -0.3), at(0, 0.2)), (0.25, 0.27), crease)
    brush.shape([at(*p) for p in _PALM], skin[0])
    brush.shape([at(0.88 * x - 0.03, 0.5 + 0.9 * (y - 0.5)) for x, y in _PALM], skin[1], edged=False)
    for start, end in (((-0.3, 0.62), (0.4, 0.7)), ((-0.34, 0.78), (0.2, 0.46))):
        brush.limb((at(*start), at(*end)), (0.012, 0.012), crease, edged=False)


def _cuff(brush: Brush, look: Look, flip: int) -> None:
    brush.limb(((0, -0.9), (0, -0.22)), (0.38, 0.34), look.accent)
    brush.limb(((flip * -0.26, -0.14), (flip * 0.26, -0.14)), (0.1, 0.1), look.accent)


def _finger(root: Place, length: float, turn: float, closed: float) -> list[Place]:
    """Its joints as they are seen: what points to the viewer looks short."""
    (x, y), bent, found = root, 0.0, [root]
    for share, bend in zip(_BONES, _BEND, strict=True):
        bent += math.radians(bend) * closed
        x += math.sin(turn) * math.cos(bent) * share * length
        y += math.cos(turn) * math.cos(bent) * share * length
        found.append((x, y))
    return found


def _thumb(closed: float) -> list[Place]:
    return _chain(_THUMB_ROOT, ((0.4, -50.0, -26.0), (0.34, -42.0, 52.0), (0.27, -34.0, 82.0)), closed)
