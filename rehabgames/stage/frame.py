"""Frame: play coordinates (arm lengths, +y up) onto a rectangle of the screen (pixels, +y down)."""

from __future__ import annotations

from dataclasses import dataclass

Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, init=False)
class Frame:
    """Fits `window` into `area` with one scale for both axes, centred.

    size     (width, height) of the screen, px
    window   (x_min, y_min, x_max, y_max) in play coordinates
    area     (left, top, width, height) on the screen, px; the whole screen where not given
    scale    px per arm length

    Raises ValueError where the window or the area holds nothing.
    """

    size: tuple[int, int]
    window: tuple[float, float, float, float]
    area: Area
    scale: float
    origin_px: tuple[float, float]

    def __init__(
        self, size: tuple[int, int], window: tuple[float, float, float, float], area: Area | None = None
    ) -> None:
        left, top, width, height = area or (0, 0, *size)
        x_min, y_min, x_max, y_max = window
        across, up = x_max - x_min, y_max - y_min
        if not (across > 0 and up > 0 and width > 0 and height > 0):
            raise ValueError(f"nothing can be fitted: window {window}, area {(left, top, width, height)}")
        scale = min(width / across, height / up)
        origin = (
            left + (width - across * scale) / 2 - x_min * scale,
            top + (height - up * scale) / 2 + y_max * scale,
        )
        for name, value in (
            ("size", size),
            ("window", window),
            ("area", (left, top, width, height)),
            ("scale", scale),
            ("origin_px", origin),
        ):
            object.__setattr__(self, name, value)

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the play world is on the screen, px."""
        return self.origin_px[0] + x * self.scale, self.origin_px[1] - y * self.scale

    def to_play(self, x_px: float, y_px: float) -> tuple[float, float]:
        """The inverse of `to_screen`."""
        return (x_px - self.origin_px[0]) / self.scale, (self.origin_px[1] - y_px) / self.scale

    def length(self, r: float) -> float:
        """How many px a length of `r` arm lengths has."""
        return r * self.scale
