"""Layout: where the parts of the screen are, on an 8 px grid of a 720 px high screen."""

from __future__ import annotations

from dataclasses import dataclass

from rehabgames.core.landmarks import Side
from rehabgames.stage.frame import Area

GRID_HEIGHT = 720.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Rectangles (left, top, width, height) in px. The column with the mirror is on the side of the
    resting arm; the play area has the rest. `unit` is how many px one px of the 720 px grid has.
    """

    size: tuple[int, int]
    side: Side
    unit: float
    play: Area
    mirror: Area
    board: Area
    prompt: Area
    stops: tuple[Area, Area]

    @staticmethod
    def of(size: tuple[int, int], side: Side) -> Layout:
        width, height = size
        unit = min(height / GRID_HEIGHT, width / 1280.0)

        def place(left: float, top: float, across: float, down: float) -> Area:
            x = left * unit if side == "right" else width - (left + across) * unit
            return round(x), round(top * unit), round(across * unit), round(down * unit)

        full = width / unit
        rows = height / unit
        sign = 64.0
        corners = (
            (round(16 * unit), round((rows - sign - 16) * unit)),
            (round((full - sign - 16) * unit), round((rows - sign - 16) * unit)),
        )
        across = round(sign * unit)
        return Layout(
            size=size,
            side=side,
            unit=unit,
            play=place(408, 88, full - 408 - 16, rows - 88 - 16),
            mirror=place(32, 48, 352, 264),
            board=place(32, 352, 352, 208),
            prompt=place(408, 12, full - 408 - 24, 72),
            stops=((*corners[0], across, across), (*corners[1], across, across)),
        )

    def px(self, grid_px: float) -> int:
        """A length of the 720 px grid in px of this screen, at least 1."""
        return max(1, round(grid_px * self.unit))
