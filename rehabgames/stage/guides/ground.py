"""Ground: what a guide is painted on: morning light, or the wooden window that shows what the camera sees."""

from __future__ import annotations

import pygame

from rehabgames.stage import svg
from rehabgames.stage.carved import BORDER, window_frame
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.frame import Area

_NIGHT, _DARKEST = "#16263a", 150


def stand(easel: Easel, across_px: float = 700.0) -> Area:
    """Where the person is painted: between prompt and grass, in the middle of the play area."""
    left, above, width, height = easel.layout.play
    across = easel.px(across_px)
    return round(left + (width - across) / 2), above + easel.px(34), across, height - easel.px(100)


def veil(easel: Easel) -> tuple[pygame.Surface, tuple[int, int]]:
    """Morning light behind the person, so that nothing of the orchard competes."""
    left, top, width, height = stand(easel, 600.0)
    pad = easel.px(64)
    across, down = width + 2 * pad, height + easel.px(60) + pad

    def said() -> str:
        m = 16.0
        w, h = across / 8, down / 8
        box = svg.tag("rect", x=m / 2, y=m / 2, width=w - m, height=h - m, rx=20, fill="#fff9e8",
                      fill_opacity=0.94, filter="url(#s)")  # fmt: skip
        return svg.document(w, h, svg.blur("s", m / 5), box)

    made = easel.pictures.soft("guide veil", said, (across, down))
    return made, (left - pad, top - pad + easel.px(22))


def _pane(easel: Easel) -> Area:
    left, top, width, height = stand(easel)
    across = easel.px(430)
    return round(left + (width - across) / 2), top + easel.px(12), across, height - easel.px(26)


def camera_picture(easel: Easel, shown: float) -> None:
    """The same wooden window as the mirror's: what the camera sees."""
    area, border = _pane(easel), easel.px(BORDER)

    def said() -> str:
        ground = svg.ramp("g", (0.0, "#f3f5ec", 1.0), (0.8, "#dde7e0", 1.0), (0.801, "#cbd8c4", 1.0),
                          (1.0, "#b9cbb0", 1.0))  # fmt: skip
        pane = svg.tag("rect", width=area[2], height=area[3], rx=easel.px(14), fill="url(#g)")
        return svg.document(area[2], area[3], ground, pane)

    easel.stamp(
        easel.pictures.drawn(f"guide pane {area}", said),
        (area[0] + area[2] / 2, area[1] + area[3] / 2),
        shown,
    )
    wood = window_frame(easel, area, border)
    wood.set_alpha(round(255 * shown))
    easel.canvas.blit(wood, (area[0] - 2 * border, 0))


def dusk(easel: Easel, lamp: Point, reach_px: float, dark: float, shown: float) -> None:
    """Evening in the pane, 0..1 dark, but for the light of the lamp."""
    area = _pane(easel)
    cloth = easel.pictures.kept(f"dusk {area}", lambda: pygame.Surface(area[2:]).convert())
    cloth.fill(_NIGHT)
    cloth.set_alpha(round(_DARKEST * dark * shown))
    easel.canvas.blit(cloth, area[:2])
    easel.stamp(easel.glow(reach_px, "#ffe9a0", 0.1), lamp, (1.0 - dark) * shown)
