"""Colours that mean something (Okabe–Ito) and colours of the HUD; contrast as WCAG defines it."""

from __future__ import annotations

from typing import Final

from rehabgames.core.landmarks import Side

BLUE: Final = "#0072b2"
SKY: Final = "#56b4e9"
ORANGE: Final = "#e69f00"
VERMILLION: Final = "#d55e00"
GREEN: Final = "#00795c"
CREAM: Final = "#fff8e6"
INK: Final = "#16302f"
INK_SOFT: Final = "#4a5f5b"
OUTLINE: Final = "#13263a"

SIDE_COLOUR: Final[dict[Side, str]] = {"right": BLUE, "left": VERMILLION}


def rgb(colour: str) -> tuple[int, int, int]:
    """'#rrggbb' as three bytes."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(colour: str, other: str, share: float) -> str:
    """`colour` moved by a share towards another."""
    pairs = zip(rgb(colour), rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def luminance(red: float, green: float, blue: float) -> float:
    """WCAG relative luminance, 0..1, of an sRGB colour in 0..255."""

    def linear(channel: float) -> float:
        c = channel / 255.0
        return c / 12.92 if c <= 0.04045 else float(((c + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """WCAG contrast ratio of two sRGB colours, 1..21."""
    a, b = luminance(*one), luminance(*other)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
