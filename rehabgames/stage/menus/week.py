"""Week: the last seven days in a row, today last and largest. A day with practice is a leaf, one without a
quiet bud; today it is a blossom first, and then a fruit."""

from __future__ import annotations

from typing import Final

from rehabgames.core.menu import WeekDay
from rehabgames.stage import rounds
from rehabgames.stage.easel import Easel
from rehabgames.stage.menus.cards import even

DAY, TODAY = 42.0, 56.0  # px of the 720 px grid, as all here
APART: Final = 60.0
PAD: Final = 22.0
HIGH: Final = 64.0
MIDDLE: Final = 44.0  # from the lower edge of the screen: between the signs of STOP
OF_HALF: Final = 0.71  # of the width: where its middle is on the right half
PICTURES: Final = {
    (True, False): "day_leaf",
    (False, False): "day_bud",
    (True, True): "day_apple",
    (False, True): "day_blossom",
}


def paint_week(easel: Easel, week: tuple[WeekDay, ...]) -> None:
    """In the lower middle of what is seen; it is read as the language is."""
    if not week:
        return
    px, (width, height) = easel.px, easel.layout.size
    across = px(APART) * (len(week) - 1) + px(TODAY)
    size, theme = even((across + 2 * px(PAD), px(HIGH))), easel.theme
    edge, edge_px = theme.sheet_edge
    strip = easel.pictures.kept(
        f"week {size} {theme.name}",
        lambda: rounds.slab(size, size[1] / 2, theme.sheet, edge, easel.px(edge_px)),
    )
    middle = {"right": OF_HALF * width, "left": (1.0 - OF_HALF) * width}.get(easel.comfort.sees, width / 2)
    down = height - px(MIDDLE)
    easel.stamp(strip, (middle, down))
    for number, day in enumerate(week):
        size_px = px(TODAY if day.today else DAY)
        x = px(APART) * number + px(DAY) / 2 - across / 2
        x += (px(TODAY) - px(DAY)) / 2 if day.today else 0
        picture = easel.sprite(f"screens/{PICTURES[day.practised, day.today]}", size_px, lit=False)
        easel.stamp(picture, (middle + (-x if easel.letters.right_to_left else x), down))
