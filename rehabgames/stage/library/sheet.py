"""The old sheet on the desk: paper in lamplight with a faint drawing on it: stars, a coast, or plants.

All of it on a 1920×1080 ground for the right arm; the sheet is a little narrower at its far edge.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from rehabgames.stage import svg
from rehabgames.stage.library.hours import Chart

CORNERS: Final = ((668.0, 146.0), (1800.0, 146.0), (1872.0, 1002.0), (626.0, 1002.0))
MIDDLE: Final = (1246.0, 560.0)
_LINE: Final = "#6b4a26"


def sheet(chart: Chart, rng: np.random.Generator) -> Iterator[str]:
    """Shadow, paper, what is drawn on it, and the light of the lamp on it all."""
    (a, b), (c, d), (e, f), (g, h) = CORNERS
    far = f"M{a} {b} C{a + 300} {b - 6} {c - 360} {d + 6} {c} {d}"
    side = f"C{c + 20} {d + 300} {e - 16} {f - 320} {e} {f}"
    near = f"C{e - 420} {f + 8} {g + 380} {h - 6} {g} {h} C{g + 18} {h - 330} {a - 14} {b + 300} {a} {b}Z"
    outline = f"{far} {side} {near}"
    yield svg.path(
        outline, fill="#120b06", fill_opacity=0.55, filter="url(#l-soft)", transform="translate(-8 20)"
    )
    yield svg.path(outline, fill="#c9ad7c", transform="translate(7 8)")
    yield svg.path(outline, fill="url(#l-paper)", stroke="#a98a56", stroke_width=2)
    clip = svg.tag("clipPath", svg.path(outline), id="l-clip")
    lines = "".join(_DRAWN[chart](rng))
    yield clip
    faint: dict[str, svg.Value] = {
        "fill": "none",
        "stroke": _LINE,
        "stroke_width": 2.2,
        "stroke_opacity": 0.26,
    }
    yield svg.tag("g", svg.tag("g", lines, clip_path="url(#l-clip)"), **faint)
    for k in range(9):  # stains of age near the rim
        x, y = (
            (rng.uniform(650, 1850), rng.choice((170.0, 985.0)))
            if k % 2
            else (rng.choice((665.0, 1835.0)), rng.uniform(200, 960))
        )
        yield svg.tag(
            "ellipse",
            cx=x,
            cy=y,
            rx=rng.uniform(30, 110),
            ry=rng.uniform(14, 40),
            fill="#a87f45",
            fill_opacity=0.12,
            filter="url(#l-soft)",
            clip_path="url(#l-clip)",
        )
    yield svg.tag(
        "ellipse", cx=MIDDLE[0] + 60, cy=430, rx=640, ry=470, fill="url(#l-pool)", clip_path="url(#l-clip)"
    )
    inner = "".join(f" {x:.0f} {y:.0f}" for x, y in _inset(30))
    frame: dict[str, svg.Value] = {"fill": "none", "stroke": _LINE, "stroke_opacity": 0.34}
    yield svg.path(f"M{inner}Z", stroke_width=5, **frame)
    inner = "".join(f" {x:.0f} {y:.0f}" for x, y in _inset(42))
    yield svg.path(f"M{inner}Z", stroke_width=1.6, **frame)


def _inset(by: float) -> list[tuple[float, float]]:
    x0, y0 = MIDDLE
    return [(x - math.copysign(by, x - x0), y - math.copysign(by, y - y0)) for x, y in CORNERS]


def _circle(x: float, y: float, r: float, **more: svg.Value) -> str:
    return svg.tag("circle", cx=round(x), cy=round(y), r=round(r), **more)


def _stars(rng: np.random.Generator) -> Iterator[str]:
    """Circles of the sky, hours, and stars joined to old figures."""
    x, y = MIDDLE
    for r in (150, 300, 306, 452, 560):
        yield _circle(x, y, r)
    for k in range(24):
        a = math.tau * k / 24
        near, far = (150, 560) if k % 2 == 0 else (300, 452)
        yield svg.path(
            f"M{x + near * math.cos(a):.0f} {y + near * math.sin(a):.0f} "
            f"L{x + far * math.cos(a):.0f} {y + far * math.sin(a):.0f}",
            stroke_opacity=0.12,
        )
    for _ in range(9):
        px, py = x + rng.uniform(-520, 520), y + rng.uniform(-360, 360)
        said = f"M{px:.0f} {py:.0f}"
        for _ in range(int(rng.integers(2, 5))):
            yield _star(px, py, rng.uniform(5, 10))
            px, py = px + rng.uniform(-110, 110), py + rng.uniform(-70, 70)
            said += f" L{px:.0f} {py:.0f}"
        yield _star(px, py, rng.uniform(6, 12))
        yield svg.path(said, stroke_dasharray="3 6", stroke_opacity=0.24)
    for _ in range(70):
        yield _circle(x + rng.uniform(-560, 560), y + rng.uniform(-400, 400), rng.uniform(1, 3))


def _star(x: float, y: float, r: float) -> str:
    tips = [(r if k % 2 == 0 else 0.35 * r, math.tau * k / 8) for k in range(8)]
    points = " ".join(f"{x + out * math.sin(a):.0f} {y - out * math.cos(a):.0f}" for out, a in tips)
    return svg.path(f"M{points}Z", fill=_LINE, fill_opacity=0.3, stroke="none")


def _coast(rng: np.random.Generator, x: float, y: float, wide: float, high: float) -> str:
    points = []
    for k in range(64):
        a = math.tau * k / 64
        r = (
            1
            + 0.18 * math.sin(3 * a + x)
            + 0.1 * math.sin(7 * a + y)
            + 0.05 * math.sin(17 * a + x * y)
            + rng.uniform(-0.02, 0.02)
        )
        points.append(f"{x + wide * r * math.cos(a):.0f} {y + high * r * math.sin(a):.0f}")
    return "M" + " L".join(points) + "Z"


def _sea(rng: np.random.Generator) -> Iterator[str]:
    """Coasts with a shaded rim, lines of the winds, soundings, and a rose."""
    for x, y, wide, high in (
        (760.0, 300.0, 170.0, 130.0),
        (1730.0, 820.0, 210.0, 190.0),
        (1700.0, 270.0, 120.0, 90.0),
        (790.0, 880.0, 130.0, 110.0),
    ):
        d = _coast(rng, x, y, wide, high)
        yield svg.path(d, stroke_width=16, stroke_opacity=0.1, stroke_linejoin="round")
        yield svg.path(d, fill=_LINE, fill_opacity=0.1, stroke_linejoin="round")
    x, y = 1010.0, 800.0
    for k in range(32):
        a = math.tau * k / 32
        out = 1100.0 if k % 4 == 0 else 700.0
        yield svg.path(
            f"M{x:.0f} {y:.0f} L{x + out * math.cos(a):.0f} {y + out * math.sin(a):.0f}",
            stroke_opacity=0.1 if k % 4 else 0.16,
        )
    for rim in (64, 70):
        yield _circle(x, y, rim)
    for k in range(8):
        a, out = math.tau * k / 8, (60.0 if k % 2 == 0 else 40.0)
        b = a + 0.24
        yield svg.path(
            f"M{x:.0f} {y:.0f} L{x + 18 * math.cos(b):.0f} {y + 18 * math.sin(b):.0f} "
            f"L{x + out * math.cos(a):.0f} {y + out * math.sin(a):.0f}Z",
            fill=_LINE,
            fill_opacity=0.26,
        )
    for _ in range(40):
        px, py = rng.uniform(700, 1780), rng.uniform(200, 960)
        yield svg.path(f"M{px:.0f} {py:.0f} q8 -8 16 0 q8 8 16 0", stroke_opacity=0.16)


def _plants(rng: np.random.Generator) -> Iterator[str]:
    """Three pressed plants as an old herbal draws them."""
    for x, lean, high in ((800.0, 40.0, 660.0), (1330.0, -50.0, 560.0), (1720.0, -60.0, 640.0)):
        steps = [i / 14 for i in range(15)]
        stem = [(x + lean * s * s, 960 - high * s) for s in steps]
        yield svg.path("M" + " L".join(f"{px:.0f} {py:.0f}" for px, py in stem), stroke_width=4)
        for k, (px, py) in enumerate(stem[2:-1]):
            side, size = (1 if k % 2 else -1), 96 * (1 - 0.55 * k / 12) * rng.uniform(0.9, 1.1)
            tip = (px + side * size, py - size * 0.55)
            d = (
                f"M{px:.0f} {py:.0f} C{px + side * size * 0.3:.0f} {py - size * 0.6:.0f} "
                f"{px + side * size * 0.7:.0f} {py - size * 0.7:.0f} {tip[0]:.0f} {tip[1]:.0f} "
                f"C{px + side * size * 0.8:.0f} {py - size * 0.1:.0f} {px + side * size * 0.4:.0f} {py:.0f} "
                f"{px:.0f} {py:.0f}"
            )
            yield svg.path(d, fill=_LINE, fill_opacity=0.07)
            yield svg.path(f"M{px:.0f} {py:.0f} L{tip[0]:.0f} {tip[1]:.0f}", stroke_opacity=0.16)
        px, py = stem[-1]
        for k in range(8):
            turn = f"translate({px:.0f} {py:.0f}) rotate({45 * k})"
            yield svg.tag("ellipse", cx=26.0, rx=20.0, ry=10.0, transform=turn)
        yield _circle(px, py, 10)


_DRAWN: Final = {"stars": _stars, "sea": _sea, "plants": _plants}
