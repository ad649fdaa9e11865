"""Places: where the choices of a screen are. Large, far apart, away from the signs of STOP in the lower
corners and from where a hand rests."""

from __future__ import annotations

from typing import Final

from rehabgames.core.menu import Box

TOP, BOTTOM = 0.3, 0.86  # of what is chosen; the title is above
LEFT, RIGHT = 0.1, 0.9
GAP: Final = 0.045  # between two, as a share of the width; down, of the height
WIDEST, HIGHEST = 0.3, 0.56
IN_A_ROW: Final = 4
MOST: Final = 2 * IN_A_ROW


def places(many: int) -> tuple[Box, ...]:
    """Boxes of so many choices, in the order in which they are read. Raises ValueError where they are none or
    more than fit."""
    if not 1 <= many <= MOST:
        raise ValueError(f"{many} choices are not 1 to {MOST}")
    rows = 1 if many <= IN_A_ROW else 2
    in_a_row = -(-many // rows)
    across = min(WIDEST, (RIGHT - LEFT - (in_a_row - 1) * GAP) / in_a_row)
    down = min(HIGHEST, (BOTTOM - TOP - (rows - 1) * GAP) / rows)
    found: list[Box] = []
    for row in range(rows):
        here = min(in_a_row, many - row * in_a_row)
        left = 0.5 - (here * across + (here - 1) * GAP) / 2
        top = TOP + row * (down + GAP)
        found += [(left + i * (across + GAP), top, across, down) for i in range(here)]
    return tuple(found)
