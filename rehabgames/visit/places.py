"""Places: where the choices of a screen are. Large, far apart, away from the signs of STOP in the lower
corners and from where a hand rests."""

from __future__ import annotations

from typing import Final

from rehabgames.core.menu import Box

TOP, BOTTOM = 0.28, 0.86  # of what is chosen; the title is above
LEFT, RIGHT = 0.095, 0.905
GAP: Final = 0.035  # between two, as a share of the width; down, of the height
WIDE_GAP: Final = 0.06  # the same where there are only two beside each other
# Two are under each other where each is so high, and reach over both halves of the screen: whoever misses one
# half has both answers.
PAIR: Final = (0.5, 0.18)
WIDEST, HIGHEST = 0.28, 0.56
IN_A_ROW: Final = 4
MOST: Final = 2 * IN_A_ROW
# below the title: today's exercises, then the one thing that most want, then the others, small
HOME: Final[tuple[Box, ...]] = (
    (0.3, 0.44, 0.4, 0.25),
    (0.16, 0.725, 0.2, 0.135),
    (0.4, 0.725, 0.2, 0.135),
    (0.64, 0.725, 0.2, 0.135),
)
# on both sides of the movement that is shown: going on, where reading goes to, then leaving it out
BESIDE: Final[tuple[Box, ...]] = ((0.76, 0.33, 0.19, 0.36), (0.05, 0.33, 0.19, 0.36))


def places(many: int, top: float = TOP) -> tuple[Box, ...]:
    """Boxes of so many choices, in the order in which they are read, from `top` down. Raises ValueError where
    they are none or more than fit."""
    if not 1 <= many <= MOST:
        raise ValueError(f"{many} choices are not 1 to {MOST}")
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
