"""Looks: how a virtual patient and the place around them appear in a camera picture.

A look is only appearance; how the body is built and moves is said by `patients`. The looks differ
the way people in front of their own cameras do; none is chosen because it tracks well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HairStyle = Literal["short", "bald", "long", "bun", "curly", "receding", "scarf"]
Pattern = Literal["plain", "stripes", "plaid", "buttons", "cardigan"]
Room = Literal["wall", "gradient", "window", "shelf", "curtain"]

# A laptop camera with a horizontal field of view of 60 degrees: focal length over picture width.
FOCAL_SHARE = 0.866
STATURE_M = 1.70


@dataclass(frozen=True, slots=True)
class Look:
    """Colours are "#rrggbb" as seen in white light.

    girth       width of trunk and limbs, 1 = average
    stature_m   of the whole person: the body (of stature 1.70) is drawn this much larger
    distance_m  camera to person
    offset_m    person right (+) or left (-) of the middle of the picture
    side, height  where the light comes from, -1..1: left..right, below..above
    ambient     0..1 share of colour left in the shade; small is hard light
    gain        exposure, 1 = well lit
    warmth      -1 cold (sky) .. +1 warm (lamp)
    noise       standard deviation of the picture noise in grey levels
    """

    name: str
    skin: str
    hair: str
    hair_style: HairStyle
    shirt: str
    trousers: str
    long_sleeves: bool = True
    pattern: Pattern = "plain"
    second: str = "#e8e4da"
    girth: float = 1.0
    stature_m: float = STATURE_M
    distance_m: float = 2.2
    offset_m: float = 0.0
    sitting: bool = False
    room: Room = "wall"
    wall: str = "#d5d2cb"
    floor: str = "#8f7d6c"
    side: float = -0.3
    height: float = 0.5
    ambient: float = 0.5
    gain: float = 1.0
    warmth: float = 0.0
    noise: float = 2.0
    glasses: bool = False
    beard: bool = False

    def px_per_m(self, width_px: int) -> float:
        """Picture px for a metre of a body of stature 1.70, at this distance."""
        return FOCAL_SHARE * width_px / self.distance_m * self.stature_m / STATURE_M

    @property
    def tint(self) -> tuple[float, float, float]:
        """(b, g, r) gain of the light."""
        return self.gain * (1 - 0.22 * self.warmth), self.gain, self.gain * (1 + 0.14 * self.warmth)


def bgr(colour: str) -> tuple[float, float, float]:
    """(b, g, r) 0..255 of "#rrggbb"."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return float(blue), float(green), float(red)


# fmt: off
LOOKS: tuple[Look, ...] = (
    Look("morning", "#e6bc9b", "#4a3629", "short", "#2f5b93", "#3b3c46", room="gradient"),
    Look("office", "#f1d3bf", "#b8b2aa", "receding", "#dfe3e8", "#2c3140", pattern="buttons", girth=1.12,
         room="shelf", wall="#c9c3b6", glasses=True, sitting=True, distance_m=1.9),
    Look("plaid", "#d6a57e", "#2b2119", "short", "#9c3b34", "#40506b", pattern="plaid", second="#2d2a33",
         beard=True, girth=1.08, stature_m=1.84, distance_m=2.5, room="window"),
    Look("ebony", "#4b3225", "#17120f", "curly", "#e2b63c", "#33313a", long_sleeves=False, girth=0.92,
         room="wall", wall="#dcd6cc", distance_m=2.1, ambient=0.6),
    Look("grandmother", "#ecc8b0", "#dedbd6", "bun", "#7d5a86", "#4d4a52", pattern="cardigan",
         second="#e9dfd2", girth=1.15, stature_m=1.55, distance_m=1.9, sitting=True, room="curtain",
         wall="#b99c84", glasses=True, warmth=0.4),
    Look("sand", "#c99a74", "#221a15", "long", "#c8a988", "#8a7358", room="wall", wall="#d2b698",
         warmth=0.3, stature_m=1.62),
    Look("lamp", "#dcb08c", "#6b5138", "short", "#51624f", "#3a3430", room="shelf", wall="#9b8a74",
         side=0.9, height=0.2, ambient=0.32, gain=0.78, warmth=0.9, noise=5.0, sitting=True,
         distance_m=2.0),
    Look("dusk", "#b98863", "#1f1a18", "short", "#5d6470", "#2b2c30", room="window", wall="#a9abb0",
         ambient=0.4, gain=0.42, warmth=-0.5, noise=9.0, beard=True),
    Look("headscarf", "#d3a683", "#3a6f78", "scarf", "#2c4a50", "#23282b", girth=1.05, stature_m=1.6,
         room="gradient", wall="#cfc9c2", distance_m=2.0),
    Look("near", "#efcdb6", "#8b5a33", "long", "#3f7f6b", "#2f3848", distance_m=1.45, stature_m=1.65,
         room="curtain", wall="#9fb0ba"),
    Look("far", "#96694a", "#1a1512", "short", "#c4453b", "#2a2f45", long_sleeves=False, distance_m=3.1,
         stature_m=1.78, room="window", wall="#d9dcd6"),
    Look("tall", "#f3dac8", "#d8b56a", "short", "#8fa7bf", "#54493d", long_sleeves=False, girth=0.86,
         stature_m=1.94, distance_m=2.6, room="shelf"),
    Look("heavy", "#d9ac88", "#55504b", "receding", "#3d4d3b", "#3c3a3a", long_sleeves=False, girth=1.32,
         stature_m=1.72, room="wall", wall="#c6ccd0", distance_m=2.3, beard=True),
    Look("slim", "#8d6245", "#241b16", "long", "#b25a7c", "#463a52", girth=0.82, stature_m=1.58,
         sitting=True, room="gradient", wall="#c7bfd0", distance_m=1.8),
    Look("white on white", "#f0d6c6", "#a9a39c", "short", "#e9e8e4", "#cfcabf", room="wall",
         wall="#e6e4de", floor="#c9bfae", ambient=0.6, noise=3.0),
    Look("black on dark", "#5d4130", "#120f0d", "bald", "#1f2023", "#1b1b1f", room="curtain",
         wall="#4a4340", floor="#3b332e", ambient=0.4, gain=0.85, noise=4.0),
    Look("stripes", "#e3b797", "#7a3f22", "curly", "#f0ece2", "#28406b", pattern="stripes",
         second="#2f4a7a", stature_m=1.66, distance_m=2.2, offset_m=0.06, room="shelf", wall="#d8cfc0"),
    Look("side window", "#c68f69", "#2a211b", "bun", "#6fa3a0", "#3f3f49", long_sleeves=False,
         stature_m=1.63, side=-1.2, height=0.2, ambient=0.3, gain=1.05, warmth=-0.2, room="window",
         wall="#b8b4ac", sitting=True, distance_m=2.1),
    Look("overexposed", "#e9c5a8", "#5a4636", "short", "#a9b7c6", "#6a6d75", gain=1.22, ambient=0.7,
         room="window", wall="#e2e2dd", glasses=True, side=0.4),
    Look("skin shirt", "#d8a988", "#3d2c21", "short", "#d3a486", "#7d6a5c", long_sleeves=False,
         room="gradient", wall="#cbb3a0", floor="#a58a75", stature_m=1.75, distance_m=2.2),
    Look("clinic", "#6f4a35", "#8e8a86", "short", "#9db7c9", "#5b6f83", long_sleeves=False, room="wall",
         wall="#dfe6e3", floor="#9fb0ad", sitting=True, distance_m=2.3, girth=1.05, warmth=-0.2,
         glasses=True),
    Look("far and seated", "#f0cdb4", "#c9c4bd", "bun", "#2f6d8a", "#53505c", pattern="buttons",
         sitting=True, stature_m=1.57, distance_m=2.9, room="shelf", wall="#bfb7a6", warmth=0.3,
         noise=4.0),
    Look("from below", "#a87650", "#15110f", "short", "#6c7a3c", "#2e2a28", long_sleeves=True, side=0.2,
         height=-0.7, ambient=0.45, gain=0.9, room="curtain", wall="#7c6a5a", beard=True, offset_m=-0.08,
         distance_m=2.4),
    Look("silver", "#deb598", "#cfcbc6", "curly", "#a3485a", "#38353d", pattern="cardigan",
         second="#ded2c6", stature_m=1.68, girth=1.06, sitting=True, distance_m=1.75, room="window",
         wall="#cdbfae", warmth=0.2),
)
# fmt: on
