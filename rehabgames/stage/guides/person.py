"""Person: a grown-up in light linen, painted from joints; the limb that a guide is about has its colour."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rehabgames.stage.guides.body import Joints, Pose, joints, seen
from rehabgames.stage.guides.brush import Brush, Place

Pair = tuple[str, str]  # shaded, lit

SHIRT: Pair = ("#d9cdb0", "#f2e9d3")
TROUSERS: Pair = ("#a89f8a", "#c3baa3")
SHOES: Pair = ("#5a4636", "#7a624d")
WOOD: Pair = ("#8a6a4c", "#b08c66")
LAMP_X, LAMP_Y = 0.62, 1.46  # of the light of the lamp, m
_SKINS: tuple[Pair, ...] = (("#d9a685", "#efc4a5"), ("#b07a55", "#c99470"), ("#7d523a", "#99694c"))
_HAIRS: tuple[Pair, ...] = (("#a3a09a", "#c9c6bf"), ("#6b625a", "#8a8078"), ("#4a443f", "#6a625c"))


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, shaded and lit. accent: what the guide is about; about: "arm", "leg", "trunk" or ""."""

    accent: Pair
    about: str
    skin: Pair
    hair: Pair
    shirt: Pair = SHIRT
    trousers: Pair = TROUSERS

    @staticmethod
    def of(seed: int, accent: Pair, about: str) -> Look:
        return Look(accent, about, _SKINS[seed % len(_SKINS)], _HAIRS[seed // 3 % len(_HAIRS)])


@dataclass(frozen=True, slots=True)
class Seen:
    """Joints as they are looked at, m; flip -1 mirrors them left to right."""

    at: Joints
    turn: float
    size: float
    flip: int

    @staticmethod
    def of(pose: Pose, yaw_deg: float, flip: int) -> Seen:
        at = {name: seen(point, yaw_deg) for name, point in joints(pose).items()}
        return Seen(
            {k: (flip * x, y, z) for k, (x, y, z) in at.items()}, pose.turn + yaw_deg, pose.near, flip
        )

    def __getitem__(self, name: str) -> Place:
        return self.at[name][:2]

    def depth(self, *names: str) -> float:
        return sum(self.at[n][2] for n in names) / len(names)


def paint_person(brush: Brush, body: Seen, look: Look) -> None:
    """Far limbs first; what is in front of the trunk last."""
    trunk = body.depth("pelvis", "neck")
    arms = sorted(("", "2"), key=lambda t: body.depth(f"shoulder{t}", f"elbow{t}", f"wrist{t}"))
    legs = sorted(("", "2"), key=lambda t: body.depth(f"hip{t}", f"knee{t}", f"ankle{t}"))
    behind = [t for t in arms if body.depth(f"shoulder{t}", f"elbow{t}", f"wrist{t}") < trunk - 0.06]
    before = [t for t in legs if body.depth(f"hip{t}", f"knee{t}") > body.depth("pelvis") + 0.12 * body.size]
    for tail in behind:
        _arm(brush, body, look, tail)
    for tail in legs:
        if tail not in before:
            _leg(brush, body, look, tail)
    _trunk(brush, body, look)
    _head(brush, body, look)
    for tail in before:
        _leg(brush, body, look, tail)
    for tail in arms:
        if tail not in behind:
            _arm(brush, body, look, tail)


def _arm(brush: Brush, body: Seen, look: Look, tail: str) -> None:
    s = body.size
    cloth = (
        look.accent if look.about in ("arm", "trunk") and (look.about == "trunk" or not tail) else look.shirt
    )
    _hand(brush, body, look, tail)
    chain = [body[f"shoulder{tail}"], body[f"elbow{tail}"], body[f"wrist{tail}"]]
    brush.limb(chain, (0.066 * s, 0.054 * s, 0.041 * s), cloth)


def _hand(brush: Brush, body: Seen, look: Look, tail: str) -> None:
    s, flip = body.size, body.flip * (-1 if tail else 1)
    wrist, hand = body[f"wrist{tail}"], body[f"hand{tail}"]
    dx, dy = hand[0] - wrist[0], hand[1] - wrist[1]
    away = math.hypot(dx, dy)
    if away < 0.03 * s:  # it points at whoever looks: a round fist
        brush.limb((wrist, hand), (0.05 * s, 0.052 * s), look.skin)
        return
    ux, uy = dx / away, dy / away
    length = max(away, 0.05 * s)

    def at(along: float, aside: float) -> Place:
        x, y = -uy * flip, ux * flip
        return (
            wrist[0] + ux * along * length + x * aside * s,
            wrist[1] + uy * along * length + y * aside * s,
        )

    brush.limb((at(0.3, 0.02), at(0.95, 0.062)), (0.018 * s, 0.0145 * s), look.skin)
    brush.limb((wrist, at(0.85, 0.0), at(1.75, -0.004)), (0.034 * s, 0.04 * s, 0.027 * s), look.skin)


def _leg(brush: Brush, body: Seen, look: Look, tail: str) -> None:
    s = body.size
    cloth = look.accent if look.about == "leg" and not tail else look.trousers
    ankle, toe = body[f"ankle{tail}"], body[f"toe{tail}"]
    heel = (ankle[0], ankle[1] - 0.03 * s)
    brush.limb((heel, toe), (0.05 * s, 0.04 * s), SHOES)
    chain = [body[f"hip{tail}"], body[f"knee{tail}"], ankle]
    brush.limb(chain, (0.094 * s, 0.076 * s, 0.056 * s), cloth)


def _trunk(brush: Brush, body: Seen, look: Look) -> None:
    s = body.size
    cloth = look.accent if look.about == "trunk" else look.shirt
    brush.limb((body["hip"], body["hip2"]), (0.098 * s, 0.098 * s), look.trousers)
    brush.limb((body["neck"], body["head"]), (0.054 * s, 0.05 * s), (look.skin[0], look.skin[0]))
    brush.shape(_shirt(body), cloth[0])
    brush.shape(_shirt(body, 0.76, brush.light * 0.026 * s), cloth[1], edged=False)
    neck = body["neck"]
    brush.oval((neck[0], neck[1] + 0.012 * s), 0.062 * s, 0.03 * s, look.skin[0])


def _shirt(body: Seen, narrow: float = 1.0, aside: float = 0.0) -> list[Place]:
    """Hem, flank, shoulder, neck and back again; a trunk that is turned is as broad as it is deep."""
    turn = math.radians(body.turn)
    s = body.size

    def broad(half: float, deep: float) -> float:
        return math.hypot(half * math.cos(turn), deep * math.sin(turn)) * s * narrow

    pelvis, neck = body["pelvis"], body["neck"]
    dx, dy = neck[0] - pelvis[0], neck[1] - pelvis[1]
    away = math.hypot(dx, dy) or 1.0
    ux, uy = dx / away, dy / away

    def at(share: float, out: float) -> Place:
        return (pelvis[0] + dx * share + uy * out + aside, pelvis[1] + dy * share - ux * out)

    rows = (
        (-0.16, broad(0.178, 0.125)),
        (0.12, broad(0.172, 0.13)),
        (0.45, broad(0.166, 0.125)),
        (0.75, broad(0.192, 0.125)),
        (0.91, broad(0.222, 0.1)),
        (1.0, broad(0.175, 0.08)),
        (1.06, broad(0.075, 0.06)),
    )
    up = [at(share, out) for share, out in rows]
    return up + [at(share, -out) for share, out in reversed(rows)]


def _head(brush: Brush, body: Seen, look: Look) -> None:
    s, (x, y) = body.size, body["head"]
    turn = math.radians(body.turn * body.flip)
    aside, front = math.sin(turn), math.cos(turn)
    rx, ry = 0.1 * s, 0.132 * s
    back = (x - 0.024 * s * aside, y + 0.022 * s)
    brush.oval(back, rx * 1.13, ry * 1.06, look.hair[0], edged=True)
    for way in (-1, 1):
        if way * aside < 0.5:
            ear = (x + way * rx * abs(front) - 0.4 * rx * aside, y - 0.014 * s)
            brush.oval(ear, 0.02 * s, 0.03 * s, look.skin[0], edged=True)
    brush.oval((x, y - 0.012 * s), rx, ry, look.skin[0], edged=True)
    brush.oval((x + brush.light * 0.012 * s, y - 0.008 * s), rx * 0.86, ry * 0.9, look.skin[1])
    brush.shape(_hair(x, y, rx, ry, aside), look.hair[0], edged=False)
    brush.shape(_strand(x, y, rx, ry, brush.light), look.hair[1], edged=False)
    _face(brush, look, (x + rx * 0.75 * aside, y), s, aside)


def _hair(x: float, y: float, rx: float, ry: float, aside: float) -> list[Place]:
    """Parted hair: the crown, the temples, and a hairline that rises to the parting."""
    line = (
        (1.1, 0.1), (1.13, 0.45), (0.98, 0.88), (0.55, 1.16), (0.0, 1.24), (-0.55, 1.16), (-0.98, 0.88),
        (-1.13, 0.45), (-1.1, 0.1), (-0.93, 0.16), (-0.84, 0.44), (-0.5, 0.6), (-0.1, 0.58), (0.3, 0.7),
        (0.62, 0.56), (0.86, 0.4), (0.93, 0.16),
    )  # fmt: skip
    shift = 0.3 * aside
    return [
        (x + rx * (u + (shift if v < 0.72 and abs(u) < 0.9 else 0.0)), y + ry * v * 0.98) for u, v in line
    ]


def _strand(x: float, y: float, rx: float, ry: float, light: int) -> list[Place]:
    """Where the light falls on the hair."""
    line = ((0.86, 0.72), (0.6, 1.0), (0.1, 1.12), (-0.1, 1.04), (0.2, 0.9), (0.5, 0.82))
    return [(x + light * rx * u, y + ry * v) for u, v in line]


def _face(brush: Brush, look: Look, middle: Place, s: float, aside: float) -> None:
    """Calm: brows, eyes, the shade of the nose, a quiet mouth."""
    (x, y), front = middle, math.sqrt(max(0.0, 1.0 - aside * aside))
    dark = "#3a2c24"
    for way in (-1, 1):
        if front < 0.45 and way * aside > 0:
            continue
        ex = x + way * 0.04 * s * max(0.4, front)
        brush.oval((ex, y + 0.006 * s), 0.0095 * s, 0.012 * s, dark)
        brow = ((ex - 0.017 * s, y + 0.034 * s), (ex + 0.017 * s, y + 0.036 * s))
        brush.limb(brow, (0.0045 * s, 0.0045 * s), (look.hair[0], look.hair[0]), edged=False)
    nose = (x + 0.012 * s * aside, y - 0.026 * s)
    shade = (look.skin[0], look.skin[0])
    brush.limb(((x, y + 0.004 * s), nose), (0.006 * s, 0.012 * s), shade, edged=False)
    wide = 0.026 * s * max(0.5, front)
    mouth = ((x - wide, y - 0.066 * s), (x, y - 0.071 * s), (x + wide, y - 0.066 * s))
    brush.limb(mouth, (0.005 * s,) * 3, ("#8f4f3f", "#8f4f3f"), edged=False)


def paint_chair(brush: Brush, yaw_deg: float, flip: int) -> None:
    """A plain wooden chair without arm rests."""

    def at(x: float, y: float, z: float) -> Place:
        u, v, _ = seen((x, y, z), yaw_deg)
        return flip * u, v

    front, back, half, height = 0.25, -0.19, 0.215, 0.43
    posts = [(half, back), (-half, back)]
    for x, z in posts:
        brush.limb((at(x, 0.0, z), at(x, 0.93, z - 0.05)), (0.021, 0.021), WOOD)
    for y in (0.68, 0.86):
        brush.limb((at(-half, y, back - 0.04), at(half, y, back - 0.04)), (0.04, 0.04), WOOD)
    for x in (half, -half):
        brush.limb((at(x, 0.0, front), at(x, height, front)), (0.022, 0.022), WOOD)
    brush.limb((at(half, 0.2, front), at(half, 0.2, back)), (0.014, 0.014), WOOD)
    brush.limb((at(-half, 0.2, front), at(-half, 0.2, back)), (0.014, 0.014), WOOD)
    corners = ((half, front), (half, back), (-half, back), (-half, front))
    seat = [at(x, height, z) for x, z in corners]
    brush.shape(seat, WOOD[0], smooth=False)
    edge = (at(-half, height - 0.01, front), at(half, height - 0.01, front))
    brush.limb(edge, (0.028, 0.028), WOOD)


def paint_lamp(brush: Brush, share: float, flip: int) -> None:
    """A lamp beside the person; 0 is dark, 1 fully lit."""
    x = LAMP_X * flip

    def shade(dark: int, lit: int) -> int:
        return round(dark + (lit - dark) * share)

    glass = f"#{shade(0x8F, 0xFF):02x}{shade(0x8A, 0xDC):02x}{shade(0x7C, 0x6A):02x}"
    brush.limb(((x, 0.0), (x, 1.34)), (0.02, 0.02), SHOES)
    brush.limb(((x - 0.12, 0.0), (x + 0.12, 0.0)), (0.03, 0.03), SHOES)
    corners = ((x - 0.25, 1.3), (x + 0.25, 1.3), (x + 0.15, 1.66), (x - 0.15, 1.66))
    brush.shape(corners, glass, smooth=False)
