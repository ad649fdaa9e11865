"""Carved things that carry words and pictures: the mirror's frame, the board, soft plates."""

from __future__ import annotations

import pygame

from rehabgames.stage import svg
from rehabgames.stage.easel import Easel
from rehabgames.stage.frame import Area

BORDER = 14.0  # of the mirror, px of the 720 px grid
_WOOD = ((0.0, "#c3a47c", 1.0), (0.5, "#a5855f", 1.0), (1.0, "#836545", 1.0))
_SLANT = (0.6, 1.0)
_EDGE, _SHADOW, _SHINE = "#6a5037", "#1d3328", "#f0d2a4"


def plate(easel: Easel, width_px: float, height_px: float) -> pygame.Surface:
    """A soft cream plate with a quiet edge and a shadow, 8 grid px larger all round than asked."""
    width, height, m = round(width_px), round(height_px), easel.px(8)
    short = 8 * m

    def stretched() -> pygame.Surface:
        """Sentences change in mid-play and a blur is slow, so only the ends are drawn."""
        ends, half = _plate(easel, short, height, m), 5 * m
        across, down = width + 2 * m, height + 2 * m
        whole = pygame.Surface((across, down), pygame.SRCALPHA)
        column = ends.subsurface((half, 0, 1, down))
        whole.blit(pygame.transform.scale(column, (across - 2 * half, down)), (half, 0))
        whole.blit(ends, (0, 0), (0, 0, half, down))
        whole.blit(ends, (across - half, 0), (half, 0, half, down))
        return whole

    if width <= short:
        return _plate(easel, width, height, m)
    return easel.pictures.kept(f"long plate {width} {height} {m}", stretched)


def _plate(easel: Easel, width: int, height: int, m: int) -> pygame.Surface:
    box = {"x": m, "width": width, "height": height, "rx": 2.5 * m}

    def plain() -> pygame.Surface:
        surface = pygame.Surface((width + 2 * m, height + 2 * m), pygame.SRCALPHA)
        pygame.draw.rect(surface, "#fff9ea", (m, m, width, height), border_radius=2 * m)
        return surface

    return easel.pictures.drawn(
        f"plate {width} {height} {m}",
        lambda: svg.document(
            width + 2 * m,
            height + 2 * m,
            svg.blur("s", m * 0.42),
            svg.tag("rect", y=1.3 * m, fill="#20352c", fill_opacity=0.34, filter="url(#s)", **box),
            svg.tag(
                "rect", y=m, fill="#fff9ea", fill_opacity=0.95, stroke="#c9b488", stroke_width=m / 4, **box
            ),
        ),
        plain,
    )


def _ropes(xs: tuple[float, float], top: float, bottom: float, unit: float) -> str:
    said = []
    for x in xs:
        d = f"M{x:.1f} {top:.1f} V{bottom:.1f}"
        said.append(svg.path(d, stroke="#5d4630", stroke_width=7 * unit))
        said.append(svg.path(d, stroke="#c9a878", stroke_width=4 * unit, stroke_dasharray="6 3"))
    return "".join(said)


def window_frame(easel: Easel, area: Area, border: int) -> pygame.Surface:
    """A wooden frame round `area`, with the ropes it hangs by.

    The surface is 2 borders wider than the area on each side and begins at the top of the screen.
    """
    _, top, width, height = area
    b, u = border, easel.layout.unit
    r = 14 * u
    outer = f"M{b} {top - b} h{width + 2 * b} v{height + 2 * b} h{-width - 2 * b}Z"
    across, down, bend = width - 2 * r, height - 2 * r, f"a{r} {r} 0 0 1"
    inner = (
        f"M{2 * b + r} {top} h{across} {bend} {r} {r} v{down} {bend} {-r} {r} "
        f"h{-across} {bend} {-r} {-r} v{-down} {bend} {r} {-r}Z"
    )
    frame = {"d": f"{outer} {inner}", "fill_rule": "evenodd"}
    lit = f"M{b * 1.2:.1f} {top + height + b * 0.8:.1f} V{top - b * 0.8:.1f} H{width + b * 2.8:.1f}"
    grain = (
        f"M{b * 2.4:.1f} {top - b * 0.35:.1f} H{width * 0.7:.1f} "
        f"M{width * 0.3:.1f} {top + height + b * 0.5:.1f} H{width + b * 1.4:.1f}"
    )
    fall = f"translate(0 {b * 0.4:.1f})"
    return easel.pictures.drawn(
        f"window {area} {b}",
        lambda: svg.document(
            width + 4 * b,
            top + height + 3 * b,
            svg.ramp("w", *_WOOD, towards=_SLANT),
            svg.blur("s", b * 0.3),
            svg.tag("path", fill=_SHADOW, fill_opacity=0.42, filter="url(#s)", transform=fall, **frame),
            _ropes((2 * b + width * 0.16, 2 * b + width * 0.84), -4, top - b * 0.4, u),
            svg.tag("path", fill="url(#w)", stroke=_EDGE, stroke_width=1.6 * u, **frame),
            svg.line(lit, _SHINE, 1.8 * u, stroke_opacity=0.5),
            svg.line(grain, "#5a3d26", 1.3 * u, stroke_opacity=0.3),
        ),
    )


def board(easel: Easel, area: Area) -> tuple[pygame.Surface, tuple[int, int]]:
    """A paper board in a wooden frame on two short ropes, and the corner it is drawn at."""
    left, top, width, height = area
    b, u, up, m = easel.px(10), easel.layout.unit, easel.px(56), easel.px(28)
    outer = {"x": m - b, "width": width + 2 * b, "height": height + 2 * b, "rx": 12 * u}

    def plain() -> pygame.Surface:
        surface = pygame.Surface((width + 2 * m, height + up + m), pygame.SRCALPHA)
        surface.fill("#e2dcc3", (m, up, width, height))
        return surface

    made = easel.pictures.drawn(
        f"board {area}",
        lambda: svg.document(
            width + 2 * m,
            height + up + m,
            svg.ramp("w", *_WOOD, towards=_SLANT),
            svg.blur("s", 4 * u),
            svg.tag("rect", y=up - b + 5 * u, fill=_SHADOW, fill_opacity=0.42, filter="url(#s)", **outer),
            _ropes((m + width * 0.16, m + width * 0.84), up * 0.46, up, u),
            svg.tag("rect", y=up - b, fill="url(#w)", stroke=_EDGE, stroke_width=1.6 * u, **outer),
            svg.tag(
                "rect", x=m, y=up, width=width, height=height, rx=8 * u, fill="#e2dcc3", stroke="#8d7250"
            ),
        ),
        plain,
    )
    return made, (left - m, top - up)
