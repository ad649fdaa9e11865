"""Strip: what whoever is not seen well is told, between the signs of STOP, with its pictogram."""

from __future__ import annotations

from typing import Final

from rehabgames.core.message import Message
from rehabgames.stage.carved import plate
from rehabgames.stage.easel import Easel
from rehabgames.stage.menus.seen import Seen
from rehabgames.stage.menus.words import fitted, write
from rehabgames.stage.motion import approach, ease
from rehabgames.stage.palette import INK

TOP, HIGH = 630.0, 82.0  # px of the 720 px grid, as all here
ASIDE: Final = 24.0  # to the signs of STOP
SIGN, PAD = 70.0, 18.0
SIZES: Final = (42, 32)
NOTE: Final = (34, 32)  # calmer than what is asked of somebody
FADE_S: Final = 0.3


class Strip:
    """Comes and goes slowly."""

    def __init__(self) -> None:
        self._shown, self._last_s = 0.0, 0.0
        self._told: tuple[Message, str] | None = None

    def paint(self, easel: Easel, seen: Seen) -> None:
        menu = seen.menu
        dt_s, self._last_s = max(0.0, easel.now_s - self._last_s), easel.now_s
        told = menu.guidance or menu.note
        self._shown = approach(self._shown, float(told is not None), dt_s, FADE_S)
        if told is not None:
            self._told = told, menu.sign if menu.guidance else ""
        if self._told is None or self._shown <= 0.0:
            return
        self._plate(easel, seen.say(self._told[0]), self._told[1], ease(self._shown))

    @staticmethod
    def _plate(easel: Easel, text: str, sign: str, shown: float) -> None:
        left, right = easel.layout.stops
        begins, ends = left[0] + left[2] + easel.px(ASIDE), right[0] - easel.px(ASIDE)
        half = easel.layout.size[0] // 2
        if easel.comfort.sees:
            begins, ends = (half, ends) if easel.comfort.sees == "right" else (begins, half)
        high, icon, pad = easel.px(HIGH), easel.px(SIGN) if sign else 0, easel.px(PAD)
        box = ends - begins - icon - 3 * pad, high - easel.px(6)
        sizes = (easel.px(px) for px in (SIZES if sign else NOTE))
        size, lines = fitted(easel.letters, text, box, *sizes, bold=True)
        words = max(easel.letters.width(line, size, bold=True) for line in lines)
        across = words + icon + 3 * pad
        middle, down = (begins + ends) / 2, easel.px(TOP) + high / 2
        easel.stamp(plate(easel, across, high), (middle, down), shown)
        signs, said = middle - across / 2 + pad + icon / 2, middle + (icon + pad * bool(sign)) / 2
        if easel.letters.right_to_left:
            signs, said = 2 * middle - signs, 2 * middle - said
        if sign:
            easel.stamp(easel.sprite(f"signs/{sign}", icon, lit=False), (signs, down), shown)
        if shown >= 0.5:
            write(easel, lines, size, (said, down), INK, bold=True)
