"""Places: where the choices of a screen are. Large, far apart, away from the signs of STOP in the lower
corners and from where a hand rests. Whoever misses one half of the screen has all of them on the other."""

from __future__ import annotations

from typing import Final, Literal

from rehabgames.core.landmarks import Side
from rehabgames.core.menu import Box

Sees = Side | Literal[""]

TOP, BOTTOM = 0.28, 0.86  # of what is chosen; the title is above
LEFT, RIGHT = 0.095, 0.905
GAP: Final = 0.035  # between two, as a share of the width; down, of the height
WIDE_GAP: Final = 0.06  # the same where there are only two beside each other
# Two are under each other where each is so high, and reach over both halves of the screen.
PAIR: Final = (0.5, 0.18)
WIDEST, HIGHEST = 0.28, 0.56
IN_A_ROW: Final = 4
MOST: Final = 2 * IN_A_ROW
# the half that is seen where it is the right one; its foot is above the signs of STOP at their largest
NEAR, FAR, FOOT = 0.51, 0.975, 0.83
CLOSE: Final = 0.02  # the gap on one half
HIGHER: Final = 0.04  # so much higher many of them begin there
LOW_DOWN: Final = 0.16  # so high each is there, or more of them are in a row
# below the title: today's exercises, then the one thing that most want, then the others, small
HOME: Final[tuple[Box, ...]] = (
    (0.3, 0.44, 0.4, 0.25),
    (0.13, 0.725, 0.22, 0.135),
    (0.39, 0.725, 0.22, 0.135),
    (0.65, 0.725, 0.22, 0.135),
)
HOME_LARGE: Final[tuple[Box, ...]] = (  # with letters twice as large
    (0.24, 0.4, 0.52, 0.25),
    (0.095, 0.685, 0.25, 0.16),
    (0.375, 0.685, 0.25, 0.16),
    (0.655, 0.685, 0.25, 0.16),
)
HOME_NEAR: Final[tuple[Box, ...]] = (
    (NEAR, 0.39, FAR - NEAR, 0.22),
    (NEAR, 0.635, 0.145, 0.195),
    (NEAR + 0.16, 0.635, 0.145, 0.195),
    (NEAR + 0.32, 0.635, 0.145, 0.195),
)
# below what is told in the end
LAST: Final[tuple[Box, ...]] = ((0.35, 0.738, 0.3, 0.135),)
LAST_NEAR: Final[tuple[Box, ...]] = ((NEAR + 0.1, 0.7, FAR - NEAR - 0.2, 0.135),)
# on both sides of the movement that is shown: going on, where reading goes to, then leaving it out, and above
# that whom it is for
BESIDE: Final[tuple[Box, ...]] = (
    (0.76, 0.33, 0.19, 0.36),
    (0.05, 0.58, 0.19, 0.28),
    (0.05, 0.27, 0.19, 0.28),
)
BESIDE_NEAR: Final[tuple[Box, ...]] = (
    (0.785, 0.25, 0.19, 0.19),
    (0.785, 0.46, 0.19, 0.19),
    (0.785, 0.67, 0.19, 0.19),
)
# what is asked: where pointing has it said again
ASKED: Final[Box] = (0.22, 0.02, 0.56, 0.2)
ASKED_NEAR: Final[Box] = (NEAR, 0.02, FAR - NEAR, 0.2)


def places(many: int, top: float = TOP, sees: Sees = "") -> tuple[Box, ...]:
    """Boxes of so many choices, in the order in which they are read, from `top` down. sees: the half on which
    all of them are, "" where both are seen. Raises ValueError where they are none or more than fit."""
    if not 1 <= many <= MOST:
        raise ValueError(f"{many} choices are not 1 to {MOST}")
    if sees:
        return on_half(_near(many, top), sees)
    if many == 2 and (down := (BOTTOM - top - GAP) / 2) >= PAIR[1]:
        return tuple((0.5 - PAIR[0] / 2, top + i * (down + GAP), PAIR[0], down) for i in range(2))
    rows = 1 if many <= IN_A_ROW else 2
    in_a_row = -(-many // rows)
    gap = WIDE_GAP if many == 2 else GAP
    across = min(WIDEST, (RIGHT - LEFT - (in_a_row - 1) * gap) / in_a_row)
    down = min(HIGHEST, (BOTTOM - top - (rows - 1) * GAP) / rows)
    found: list[Box] = []
    for row in range(rows):
        here = min(in_a_row, many - row * in_a_row)
        left = 0.5 - (here * across + (here - 1) * gap) / 2
        upper = top + row * (down + GAP)
        found += [(left + i * (across + gap), upper, across, down) for i in range(here)]
    return tuple(found)


def _near(many: int, top: float) -> tuple[Box, ...]:
    """On the right half: under each other, or in as few columns as leave them large."""
    top -= HIGHER * (many > IN_A_ROW)
    for in_a_row in range(1, many + 1):
        rows = -(-many // in_a_row)
        down = (FOOT - top - (rows - 1) * CLOSE) / rows
        if down >= LOW_DOWN:
            break
    across = (FAR - NEAR - (in_a_row - 1) * CLOSE) / in_a_row
    down = min(HIGHEST, down)
    return tuple(
        (NEAR + i % in_a_row * (across + CLOSE), top + i // in_a_row * (down + CLOSE), across, down)
        for i in range(many)
    )


def on_half(boxes: tuple[Box, ...], sees: Side) -> tuple[Box, ...]:
    """What was laid out for the right half, on the half that is seen: in the same order, as it is read."""
    if sees == "right":
        return boxes
    return tuple((left - NEAR + 1.0 - FAR, *rest) for left, *rest in boxes)  # type: ignore[misc]


def between(usual: tuple[Box, ...], large: tuple[Box, ...], letters: float) -> tuple[Box, ...]:
    """Boxes as they are at this scale of text, 1 to 2."""
    k = letters - 1.0
    return tuple(
        (a + (e - a) * k, b + (f - b) * k, c + (g - c) * k, d + (h - d) * k)
        for (a, b, c, d), (e, f, g, h) in zip(usual, large, strict=True)
    )
