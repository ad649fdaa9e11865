"""An old small harbour, composed of SVG parts: sky, headland and town, water, moored boats, jetty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from rehabgames.stage import svg
from rehabgames.stage.ground import HEIGHT, SPARE, WIDTH, Ground
from rehabgames.stage.harbour.hours import HarbourHour, fleet_of, hour_of
from rehabgames.stage.palette import mixed
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.planes import Painter, Plane
from rehabgames.stage.svg import block, oval, use

HORIZON: Final = 404.0  # units
LEFT, RIGHT = -SPARE, WIDTH + SPARE
FAR, BOATS, JETTY = 0.9, 0.35, -0.6  # depths

_PARTS = ("lighthouse", "sail", "trawler", "dinghy")
_WALLS = ("#ead9b8", "#d8a593", "#dfbb80", "#a7bbc4", "#c08f78", "#efe8d8", "#cfc7a4")
_ROOFS = ("#a9654e", "#8f5a4c", "#6d7b86", "#b3745a")


@dataclass(frozen=True, slots=True)
class Still:
    far: Plane
    water: Plane
    boats: Plane
    jetty: Plane


def still(pictures: Pictures, seed: int, ground: Ground) -> Still:
    """The still scene of a seed, from far to near."""
    hour, rng = hour_of(seed), np.random.default_rng([seed, 0x4A])
    painter = Painter(pictures, ground, "harbour", _PARTS, _gradients(hour))
    far = [*_sky(hour, rng), *_hills(hour, rng), *_town(hour, rng), *_head(hour)]
    water = [*_water(hour, rng)]
    return Still(
        far=painter.back(far, FAR, ((0.0, hour.sky[1]), (0.4, hour.water[1]))),
        water=painter.plane(water, 0.0),
        boats=painter.plane(_moored(hour, fleet_of(seed), rng), BOATS),
        jetty=painter.plane(_jetty(hour, rng), JETTY),
    )


def _gradients(hour: HarbourHour) -> str:
    top, middle, low = hour.water
    return "".join(
        (
            svg.ramp("h-sky", (0, hour.sky[0], 1), (0.5, hour.sky[1], 1), (0.95, hour.sky[2], 1)),
            svg.light(
                "h-sun", (0, hour.sun, 1), (0.08, hour.sun, 0.9), (0.3, hour.sun, 0.42), (1, hour.sun, 0)
            ),
            svg.ramp(
                "h-water", (0, top, 1), (0.13, mixed(top, middle, 0.6), 1), (0.3, middle, 1), (1, low, 1)
            ),
            svg.ramp("h-haze", (0, hour.haze, 0), (0.75, hour.haze, 0.9), (1, hour.haze, 1)),
            svg.ramp("h-lit", (0, hour.sun, 0), (0.2, hour.sun, 0.6), (1, hour.sun, 0)),
            svg.ramp("h-wood", (0, hour.wood[0], 1), (1, hour.wood[1], 1)),
            svg.blur("h-soft", 9),
            svg.blur("h-cloud", 13),
            svg.blur("h-smear", 5),
        )
    )


def _sky(hour: HarbourHour, rng: np.random.Generator) -> Iterator[str]:
    yield block(LEFT, -SPARE, RIGHT - LEFT, HORIZON + 2 * SPARE, "url(#h-sky)")
    for _ in range(5):
        x, y = float(rng.uniform(LEFT, RIGHT)), float(rng.uniform(90, 300))
        wide = float(rng.uniform(90, 210)) * (1.2 - y / 400)
        clear = float(rng.uniform(0.3, 0.6)) * (0.75 + 0.4 * hour.thick)
        yield f'<g fill="{hour.cloud}" fill-opacity="{clear:.2f}" filter="url(#h-cloud)">'
        for _ in range(5):
            dx, dy = float(rng.normal(0, wide * 0.6)), float(rng.uniform(-14, 6))
            yield oval(x + dx, y + dy, wide * float(rng.uniform(0.3, 0.7)), float(rng.uniform(10, 22)))
        yield oval(x, y + 10, wide * 1.5, 8)
        yield "</g>"
    x, y = hour.sun_at
    yield svg.tag("circle", cx=x, cy=y, r=620, fill="url(#h-sun)", opacity=hour.shine)


def _ridge(rng: np.random.Generator, base: float, high: float) -> str:
    """A soft line of hills over the whole scene, closed below the horizon."""
    phases = rng.uniform(0, 6.28, 3)
    points = []
    for x in range(int(LEFT), int(RIGHT) + 40, 40):
        wave = sum(np.sin(x / (310 / (i + 1)) + phases[i]) / (i + 1.4) for i in range(3))
        points.append(f"L{x} {base - high * (0.5 + 0.42 * float(wave)):.0f}")
    return f"M{LEFT:.0f} {HORIZON + SPARE:.0f} {' '.join(points)} L{RIGHT:.0f} {HORIZON + SPARE:.0f}Z"


def _hills(hour: HarbourHour, rng: np.random.Generator) -> Iterator[str]:
    for base, high, colour in ((392.0, 62.0, hour.hills[0]), (404.0, 40.0, hour.hills[1])):
        yield svg.path(_ridge(rng, base, high), fill=colour)
        yield block(LEFT, base - 70, RIGHT - LEFT, 90, "url(#h-haze)", opacity=0.5 + 0.4 * hour.thick)


def _town(hour: HarbourHour, rng: np.random.Generator) -> Iterator[str]:
    """Two rows of gabled houses and a church on the quay, lit from the left; the far row has more haze."""
    for row, (base, size, begin, end) in enumerate(
        ((382.0, 0.72, 560.0, 1180.0), (392.0, 1.0, 500.0, 1130.0))
    ):
        if row == 0:
            yield from _church(hour, float(rng.uniform(800, 1000)), base)
        x = begin + float(rng.uniform(-20, 20))
        while x < end:
            wide = size * float(rng.uniform(44, 74))
            low = 0.72 if x > end - 200 or x < begin + 60 else 1.0
            yield from _house(hour, rng, x, base, (wide, low * size * float(rng.uniform(52, 92))))
            x += wide + (0.0 if rng.uniform() < 0.7 else size * float(rng.uniform(6, 22)))
        yield block(LEFT, 300, RIGHT - LEFT, 100, "url(#h-haze)", opacity=(0.42, 0.2)[row] + 0.5 * hour.thick)
    yield svg.path("M430 390 L1330 390 L1352 420 L420 420Z", fill=mixed("#a79c8a", hour.haze, hour.thick))
    yield svg.path("M430 390 L1330 390 L1334 395 L428 395Z", fill=mixed("#d9d0bc", hour.haze, hour.thick))
    for x in range(470, 1320, 58):
        yield block(x, 398, 4, 8, mixed("#6f675c", hour.haze, hour.thick))


def _church(hour: HarbourHour, x: float, base: float) -> Iterator[str]:
    wall, dark = "#e3d8c2", "#b5a992"
    yield block(x - 17, base - 128, 20, 128, wall) + block(x + 3, base - 128, 14, 128, dark)
    yield svg.path(f"M{x - 21} {base - 126} L{x} {base - 186} L{x + 21} {base - 126}Z", fill="#6b7c80")
    yield svg.path(f"M{x} {base - 186} L{x + 21} {base - 126} L{x + 4} {base - 126}Z", fill="#556468")
    yield block(x - 11, base - 108, 9, 15, "#6f7e86")


def _house(
    hour: HarbourHour, rng: np.random.Generator, x: float, base: float, size: tuple[float, float]
) -> Iterator[str]:
    wide, high = size
    wall = _WALLS[int(rng.integers(len(_WALLS)))]
    roof = _ROOFS[int(rng.integers(len(_ROOFS)))]
    top, peak = base - high, wide * float(rng.uniform(0.36, 0.6))
    yield block(x, top, wide + 0.6, high, wall)
    yield block(x + wide * 0.62, top, wide * 0.38, high, hour.shade, opacity=0.16)
    if rng.uniform() < 0.55:
        yield svg.path(
            f"M{x - 3} {top + 1} L{x + wide / 2} {top - peak} L{x + wide + 3} {top + 1}Z", fill=roof
        )
        yield svg.path(
            f"M{x + wide / 2} {top - peak} L{x + wide + 3} {top + 1} L{x + wide * 0.62} {top + 1}Z",
            fill=hour.shade,
            opacity=0.2,
        )
    else:
        edge = f"M{x - 3} {top + 1} L{x + 7} {top - peak * 0.62} L{x + wide - 7} {top - peak * 0.62}"
        yield svg.path(f"{edge} L{x + wide + 3} {top + 1}Z", fill=roof)
        yield block(x + wide * 0.66, top - peak * 0.9, 7, peak * 0.5, mixed(wall, "#5a4a40", 0.35))
    pane_x, pane_y = 7.0, 10.0
    many = max(2, int(wide // 19))
    for floor in range(max(1, int(high // 27))):
        for i in range(many):
            px = x + wide * (i + 0.5) / many - pane_x / 2
            lit = rng.uniform() < 0.6 * hour.lit
            yield block(
                px, top + 10 + 26 * floor, pane_x, pane_y, "#ffd98a" if lit else "#5f7480", opacity=0.92
            )


def _head(hour: HarbourHour) -> Iterator[str]:
    """The headland with its lighthouse, and the mole that ends in a small light."""
    land, grass = (
        mixed("#8c8677", hour.haze, 0.25 + 0.5 * hour.thick),
        mixed("#8fa37c", hour.haze, 0.2 + 0.5 * hour.thick),
    )
    edge = "M1480 412 C1530 388 1560 378 1610 372 C1680 362 1760 366 1830 350 C1900 336 1960 330 1990 326"
    yield svg.path(f"{edge} L1990 420 L1480 420Z", fill=land)
    yield svg.path(f"{edge} L1990 352 C1900 366 1700 376 1610 388 C1560 394 1520 402 1480 412Z", fill=grass)
    yield use("lighthouse", 1712, 366, 0.86)
    yield block(LEFT, 250, RIGHT - LEFT, 160, "url(#h-haze)", opacity=0.16 + 0.45 * hour.thick)
    stone = mixed("#7c7568", hour.haze, 0.15 + 0.4 * hour.thick)
    yield svg.path("M1352 414 L1372 400 L1600 396 L1640 414Z", fill=stone)
    yield svg.path("M1372 400 L1600 396 L1606 399 L1368 403.500Z", fill=mixed(stone, "#ffffff", 0.35))
    yield block(1382, 372, 11, 30, mixed("#6f9a86", hour.haze, 0.4 * hour.thick))
    yield svg.path("M1379 372 L1387.500 361 L1396 372Z", fill=mixed("#3f6657", hour.haze, 0.4 * hour.thick))


def _water(hour: HarbourHour, rng: np.random.Generator) -> Iterator[str]:
    yield block(LEFT, HORIZON, RIGHT - LEFT, HEIGHT - HORIZON + SPARE, "url(#h-water)")
    # what stands on the quay, smeared downwards
    yield '<g filter="url(#h-smear)">'
    for _ in range(26):
        x, long = float(rng.uniform(440, 1320)), float(rng.uniform(20, 74))
        colour = (*_WALLS, "#ffd98a")[int(rng.integers(len(_WALLS) + (1 if hour.lit > 0.5 else 0)))]
        yield block(
            x, HORIZON + 8, float(rng.uniform(12, 40)), long, colour, opacity=float(rng.uniform(0.1, 0.26))
        )
    yield block(1694, HORIZON + 10, 34, 92, "#fbf6ea", opacity=0.3)
    yield "</g>"
    sun = hour.sun_at[0]
    for _ in range(70):
        y = HORIZON + 6 + 420 * float(rng.uniform(0, 1)) ** 1.6
        deep = (y - HORIZON) / 420
        x = sun + float(rng.normal(0, 26 + 90 * deep))
        fade = hour.shine * 0.75 * (1 - 0.75 * deep)
        yield oval(x, y, 12 + 36 * deep, 1.2 + 2.4 * deep, fill=hour.sun, fill_opacity=fade)
    for _ in range(12):
        y = HORIZON + 60 + 560 * float(rng.uniform(0, 1))
        x, wide = float(rng.uniform(LEFT, RIGHT)), float(rng.uniform(200, 460))
        colour = hour.water[2] if rng.uniform() < 0.6 else hour.water[0]
        clear = float(rng.uniform(0.08, 0.17))
        yield oval(x, y, wide, wide * 0.07, fill=colour, fill_opacity=clear, filter="url(#h-soft)")
    for _ in range(190):
        y = HORIZON + 10 + 660 * float(rng.uniform(0, 1)) ** 1.3
        deep = (y - HORIZON) / 660
        x, wide = float(rng.uniform(LEFT, RIGHT)), (14 + 100 * deep) * float(rng.uniform(0.5, 1.4))
        dark = rng.uniform() < 0.55
        yield oval(
            x, y, wide, 1 + 4.5 * deep,
            fill=hour.water[2] if dark else hour.water[0],
            fill_opacity=float(rng.uniform(0.12, 0.3)) * (1.0 if dark else 0.6),
        )  # fmt: skip


# where boats lie: x, y of the waterline, size
_BERTHS = (
    (560.0, 452.0, 0.62), (690.0, 440.0, 0.5), (860.0, 446.0, 0.55), (1010.0, 438.0, 0.46),
    (1500.0, 446.0, 0.56), (1790.0, 470.0, 0.8), (1880.0, 446.0, 0.6), (700.0, 508.0, 0.86),
)  # fmt: skip
_HULLS = ("#3b5b78", "#6f4540", "#3f6658", "#7d6a46", "#4a4f66")
_FLEET = {
    "sails": ("sail", "sail", "dinghy", "sail"),
    "trawlers": ("trawler", "dinghy", "trawler", "sail"),
    "dinghies": ("dinghy", "sail", "dinghy", "trawler"),
}


def _moored(hour: HarbourHour, fleet: str, rng: np.random.Generator) -> Iterator[str]:
    kinds = _FLEET[fleet]
    for i, (berth, y, size) in enumerate(sorted(_BERTHS, key=lambda b: b[1])):
        if rng.uniform() < 0.2 and i not in (0, 7):
            continue
        kind = kinds[(i + int(rng.integers(2))) % len(kinds)]
        x = berth + float(rng.uniform(-24, 24))
        colour = mixed(
            _HULLS[int(rng.integers(len(_HULLS)))], hour.haze, 0.15 + 0.5 * hour.thick * (1.1 - size)
        )
        wide = {"sail": 66, "trawler": 104, "dinghy": 54}[kind] * size
        yield oval(x, y + 12 * size, wide * 1.05, 8 * size, fill=hour.shade, fill_opacity=0.4)
        if kind == "sail":
            yield block(x - 2 * size, y + 10 * size, 4 * size, 96 * size, "#f4ecda", opacity=0.16)
        yield oval(x, y + 24 * size, wide * 0.8, 14 * size, fill=colour, fill_opacity=0.3)
        yield use(kind, x, y, size, color=colour, opacity=1.0 - 0.35 * hour.thick * (1.2 - size))
        yield oval(x, y + 17 * size, wide, 2.2, fill=hour.glint, fill_opacity=0.35)


def _jetty(hour: HarbourHour, rng: np.random.Generator) -> Iterator[str]:
    """The planks on which the player is, across the lower edge, with posts, a rope and a bollard."""
    yield block(LEFT, 990, RIGHT - LEFT, 30, hour.shade, opacity=0.4, filter="url(#h-soft)")
    yield svg.path(
        f"M{LEFT} 1008 L{RIGHT} 1000 L{RIGHT} {HEIGHT + SPARE} L{LEFT} {HEIGHT + SPARE}Z", fill="url(#h-wood)"
    )
    yield svg.path(
        f"M{LEFT} 1008 L{RIGHT} 1000 L{RIGHT} 1009 L{LEFT} 1018Z", fill=mixed(hour.wood[0], "#ffffff", 0.3)
    )
    x = LEFT
    while x < RIGHT:
        lean = (x - WIDTH / 2) * 0.10
        yield svg.line(f"M{x:.0f} 1016 L{x + lean:.0f} 1150", hour.wood[2], 3, stroke_opacity=0.75)
        if rng.uniform() < 0.5:
            y = float(rng.uniform(1030, 1070))
            yield oval(x + 34, y, 20, 1.6, fill=hour.wood[2], fill_opacity=0.35)
        x += float(rng.uniform(62, 86))
    for x in (604.0, 1888.0):
        yield from _post(hour, x)
    yield '<g fill="none" stroke="#e3d2ab" stroke-width="9">'
    for i in range(4):
        yield oval(1540, 1040 - 7 * i, 58 - 4 * i, 17 - i)
    yield "</g>"
    yield '<g fill="none" stroke="#a58f63" stroke-width="2">'
    for i in range(4):
        yield oval(1540, 1044 - 7 * i, 58 - 4 * i, 17 - i)
    yield "</g>"


def _post(hour: HarbourHour, x: float) -> Iterator[str]:
    yield block(x - 17, 868, 34, 200, hour.wood[1])
    yield block(x + 3, 868, 14, 200, hour.wood[2], opacity=0.7)
    yield oval(x, 868, 17, 6, fill=mixed(hour.wood[0], "#ffffff", 0.35))
    yield (
        block(x - 18, 896, 36, 15, "#e9dcbc")
        + block(x - 18, 900, 36, 3, "#a58f63")
        + block(x - 18, 906, 36, 2, "#a58f63")
    )
