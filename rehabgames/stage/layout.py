"""Layout: where the parts of the screen are, on an 8 px grid of a 720 px high screen."""

from __future__ import annotations

from dataclasses import dataclass

from rehabgames.core.landmarks import Side
from rehabgames.stage.frame import Area

GRID_HEIGHT = 720.0
MOST_TEXT = 2.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Rectangles (left, top, width, height) in px. The column with the mirror is on the side of the
    resting arm; the play area has the rest. `unit` is how many px one px of the 720 px grid has.

    text_scale  how large this player's letters are: 1.0 to 2.0. What holds letters grows with them: the
                prompt pushes the play area down, the board goes down to the STOP sign, the STOP signs up.
    """

    size: tuple[int, int]
    side: Side
    unit: float
    play: Area
    mirror: Area
    board: Area
    prompt: Area
    stops: tuple[Area, Area]
    text_scale: float = 1.0

    @staticmethod
    def of(size: tuple[int, int], side: Side, *, text_scale: float = 1.0) -> Layout:
        """Raises ValueError for a text scale that is not from 1.0 to 2.0."""
        if not 1.0 <= text_scale <= MOST_TEXT:
            raise ValueError(f"a text scale is from 1.0 to {MOST_TEXT}: {text_scale}")
        width, height = size
        unit = min(height / GRID_HEIGHT, width / 1280.0)

        def place(left: float, top: float, across: float, down: float) -> Area:
            x = left * unit if side == "right" else width - (left + across) * unit
            return round(x), round(top * unit), round(across * unit), round(down * unit)

        full = width / unit
        rows = height / unit
        larger = text_scale - 1.0
        asked, sign = 72 + 120 * larger, 64 + 32 * larger
        corners = (
            (round(16 * unit), round((rows - sign - 16) * unit)),
            (round((full - sign - 16) * unit), round((rows - sign - 16) * unit)),
        )
        across = round(sign * unit)
        return Layout(
            size=size,
            side=side,
            unit=unit,
            play=place(408, 16 + asked + 20 * larger, full - 408 - 16, rows - asked - 20 * larger - 32),
            mirror=place(32, 48, 352, 264),
            board=place(32, 352, 352, 208 + 40 * larger),
            prompt=place(408, 12, full - 408 - 24, asked),
            stops=((*corners[0], across, across), (*corners[1], across, across)),
            text_scale=text_scale,
        )

    def px(self, grid_px: float) -> int:
        """A length of the 720 px grid in px of this screen, at least 1."""
        return max(1, round(grid_px * self.unit))

    def letters_px(self, grid_px: float) -> int:
        """A size of letters, given for a text scale of 1.0 on the 720 px grid, in px of this screen."""
        return self.px(grid_px * self.text_scale)
