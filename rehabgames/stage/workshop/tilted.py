"""The tilted board: a long walnut bow on its turned foot, the ball that rolls on it, the place to be kept.

The bow is drawn once, level, and set down in narrow upright strips, each so much higher or lower as the
tilt says: no picture is turned while it moves, and its lowest place stays where the game has it.
"""

from __future__ import annotations

import math
from typing import Final

import pygame

from rehabgames.core.view import Target, Thing, View
from rehabgames.stage import svg
from rehabgames.stage.easel import Easel
from rehabgames.stage.motion import FirstSeen, ease, swell
from rehabgames.stage.palette import BLUE, CREAM, ORANGE, OUTLINE
from rehabgames.stage.targets import paint_ring, radius_px

SAG: Final = 1 / 8  # of the bow, play units below its ends for each unit² beside its middle
THICK: Final = 0.105  # play units
RIM: Final = (1.2, 0.2)  # where a rim stands and how high it is, play units
STRIP: Final = 2.0  # px of the 720 px grid
_GONE_S: Final = 0.6
_GAP: Final = 34.0


def bow(along: float, tilt_rad: float) -> float:
    """Height of the board's face over its middle, play units."""
    return along * along * SAG + along * math.tan(tilt_rad)


class Tilted:
    """Paints the game's things; remembers when each was first seen, to ease its coming and going."""

    def __init__(self) -> None:
        self._seen = FirstSeen()

    def paint(self, easel: Easel, view: View, shown: float, moved_s: float) -> None:
        """shown 0..1 fades what is to be done; moved_s: a time that stands still while nothing may move."""
        self._seen.prune(easel.now_s)
        board = next((t for t in view.things if t.kind == "board"), None)
        if board is None or view.phase == "done":
            return
        asked = next((t for t in view.things if t.kind in ("hollow", "middle")), None)
        ball = next((t for t in view.things if t.kind == "ball"), None)
        clear = 0.0 if asked is None else shown * self._clear(easel, asked)
        if asked is not None:
            self._halo(easel, asked, clear)
        self._board(easel, board)
        if asked is not None:
            _inlay(easel, board, asked, clear)
        if asked is not None and ball is not None:
            if view.target is not None:
                _lead(easel, board, (ball, asked), clear, moved_s)
            _ring(easel, asked, view.target, clear)
        if ball is not None:
            _ball(easel, ball)
        if asked is not None and view.target is not None and asked.state != "held":
            _chevron(easel, asked, clear, moved_s)

    def _clear(self, easel: Easel, asked: Thing) -> float:
        age = self._seen.age((asked.key, asked.state), easel.now_s)
        born = ease(self._seen.age(asked.key, easel.now_s) / 0.4)
        return 1.0 - ease(age / _GONE_S) if asked.state in ("fading", "placed") else born

    @staticmethod
    def _halo(easel: Easel, asked: Thing, clear: float) -> None:
        centre, radius = easel.frame.to_screen(asked.x, asked.y), halo_px(easel, asked)
        easel.stamp(easel.glow(radius * 1.9, "#fff3c4", 0.4), centre, 0.8 * clear)
        easel.stamp(easel.disc(radius, CREAM), centre, clear)

    @staticmethod
    def _board(easel: Easel, board: Thing) -> None:
        scale = easel.frame.scale
        x, y = easel.frame.to_screen(board.x, board.y)
        width = board.radius * 2 * scale
        foot = easel.sprite("workshop/fulcrum", easel.px(150), adorns=True)
        easel.stamp(_shadow(easel, width), (x, y + easel.px(98)), 0.9)
        canvas = easel.canvas
        canvas.blit(foot, (round(x - foot.get_width() / 2), round(y + (THICK - 0.03) * scale)))
        picture, over = _bow_picture(easel, board.radius)
        step, slope = max(2, round(STRIP * easel.layout.unit)), math.tan(board.angle_rad)
        left, high = x - picture.get_width() / 2, picture.get_height()
        strips = []
        for at in range(0, picture.get_width(), step):
            lift = (at + step / 2 - picture.get_width() / 2) * slope
            strips.append((picture, (round(left) + at, round(y - over - lift)), (at, 0, step, high)))
        canvas.blits(strips, doreturn=False)
        for down in (0.0, THICK):
            _edge(easel, board, down)


def _edge(easel: Easel, board: Thing, down: float) -> None:
    """A smooth dark line along the bow, over the small steps of its strips."""
    frame, most = easel.frame, board.radius * (1.0 if down == 0.0 else 0.98)
    places = [most * (i / 24 - 1) for i in range(49)]
    line = [frame.to_screen(u, board.y + bow(u, board.angle_rad) - down) for u in places]
    thin = [(x, y + 0.5) for x, y in line]
    pygame.draw.aalines(easel.canvas, OUTLINE, False, line)
    pygame.draw.aalines(easel.canvas, OUTLINE, False, thin)


def halo_px(easel: Easel, asked: Thing) -> float:
    """Radius of the light disc: the place's own, and never so small that the ball hides it."""
    return max(radius_px(easel, asked.radius), easel.frame.length(0.165))


# lines of the wood under the board's face: depth and width in its thickness, how dense
GRAIN = (
    (0.1, "#e9bd86", 0.16, 1.0),
    (0.3, "#3d2110", 0.05, 0.5),
    (0.46, "#b57e4d", 0.05, 0.55),
    (0.6, "#3d2110", 0.06, 0.45),
    (0.78, "#a06a3e", 0.05, 0.5),
)


def _bow_picture(easel: Easel, half: float) -> tuple[pygame.Surface, float]:
    """The level board with its rims, and how far its middle's face is below the picture's top, px."""
    s = easel.frame.scale
    across, thick = half * s, THICK * s
    rise = half * half * SAG * s
    over = rise + RIM[1] * s

    def curve(down: float, end: float) -> str:
        """A line along the bow, so far below its face; a parabola is one quadratic curve."""
        up = end * end * SAG / s
        return f"{-end:.1f} {down - up:.1f} Q0 {down + up:.1f} {end:.1f} {down - up:.1f}"

    def said() -> str:
        up = across * across * SAG / s
        end, low = across * 0.985, thick - up
        back = f"L{end:.1f} {low:.1f} Q0 {thick * 1.15 + up:.1f} {-end:.1f} {low:.1f}Z"
        parts = [
            svg.ramp("b", (0, "#9a6238", 1), (0.5, "#7c4a27", 1), (1, "#5f3519", 1), towards=svg.ACROSS),
            svg.path(f"M{curve(0, across)} {back}", fill="url(#b)"),
        ]
        for i, (depth, tint, wide, clear) in enumerate(GRAIN):
            dash = {} if i == 0 else {"stroke_dasharray": f"{90 + 37 * i} {14 + 9 * i}"}
            line = f"M{curve(depth * thick, across * 0.98)}"
            parts.append(svg.line(line, tint, max(1.0, wide * thick), stroke_opacity=clear, **dash))
        for side in (-1, 1):
            x, w, h = side * RIM[0] * s, 0.075 * s, RIM[1] * s
            foot = -RIM[0] * RIM[0] * SAG * s
            shape = {"x": x - w / 2, "width": w, "rx": w * 0.4}
            parts.append(
                svg.tag(
                    "rect",
                    y=foot - h,
                    height=h + thick,
                    fill="#5f3519",
                    stroke=OUTLINE,
                    stroke_width=2.4,
                    **shape,
                )
            )
            parts.append(svg.tag("rect", y=foot - h + w * 0.3, height=w * 0.34, fill="#e9bd86", **shape))
        return svg.document(
            2 * across + 8,
            over + thick * 2,
            *parts,
            box=(-across - 4, -over, 2 * across + 8, over + thick * 2),
        )

    return easel.pictures.drawn(f"bow {round(s, 2)} {half}", said), over


def _shadow(easel: Easel, width: float) -> pygame.Surface:
    w = round(width)

    def said() -> str:
        dark = svg.tag(
            "ellipse", cx=60, cy=12, rx=46, ry=6, fill="#2b1c10", fill_opacity=0.55, filter="url(#s)"
        )
        return svg.document(120, 24, svg.blur("s", 3.4), dark)

    return easel.pictures.soft("tilt shadow", said, (round(w * 1.1), round(w * 0.1)))


def _inlay(easel: Easel, board: Thing, asked: Thing, clear: float) -> None:
    """A bright band let into the board's edge: as long as the place is wide."""
    if clear < 0.05:
        return
    frame, low, high = easel.frame, asked.x - asked.radius, asked.x + asked.radius
    steps = [low + (high - low) * i / 16 for i in range(17)]
    face = [frame.to_screen(u, board.y + bow(u, board.angle_rad)) for u in steps]
    deep = frame.length(THICK * 0.62) * clear
    corners = [(x, y + easel.px(1)) for x, y in face] + [(x, y + deep) for x, y in reversed(face)]
    pygame.draw.polygon(easel.canvas, ORANGE, corners)
    pygame.draw.aalines(easel.canvas, OUTLINE, True, corners)
    pygame.draw.lines(easel.canvas, OUTLINE, True, corners, max(2, easel.px(2)))


def _ring(easel: Easel, asked: Thing, target: Target | None, clear: float) -> None:
    centre = easel.frame.to_screen(asked.x, asked.y)
    done = 1.0 if asked.state == "placed" else target.hold if target is not None else asked.share
    paint_ring(easel, centre, halo_px(easel, asked) + easel.px(7), done, clear)


def _ball(easel: Easel, ball: Thing) -> None:
    """The glaze turns with the ball, in steps of 3 degrees; the light on it stays where it is."""
    across = 2 * radius_px(easel, ball.radius) / 0.96
    step = round(math.degrees(ball.angle_rad) / 3) * 3 % 360
    picture = easel.sprite("workshop/ball", across, lit=False)
    key = f"ball {round(across)} {step}"
    turned = easel.pictures.kept(key, lambda: pygame.transform.rotozoom(picture, step, 1.0))
    centre = easel.frame.to_screen(ball.x, ball.y)
    easel.stamp(turned, centre)
    easel.stamp(easel.sprite("workshop/ball_light", across, adorns=True), centre)


def _chevron(easel: Easel, asked: Thing, clear: float, moved_s: float) -> None:
    radius = halo_px(easel, asked)
    x, y = easel.frame.to_screen(asked.x, asked.y)
    drop = swell(moved_s / 1.8 % 1.0) * 0.2
    easel.stamp(easel.chevron(radius * 0.9, 90, BLUE, CREAM), (x, y - radius * (1.9 - drop)), clear)


def _lead(easel: Easel, board: Thing, ends: tuple[Thing, Thing], clear: float, moved_s: float) -> None:
    """Arrow heads that glide over the board from the ball towards the place."""
    ball, asked = ends
    way = 1.0 if asked.x > ball.x else -1.0
    unit = easel.frame.scale
    first = ball.x + way * (ball.radius + 0.09)
    last = asked.x - way * (halo_px(easel, asked) / unit + 0.1)
    gap = _GAP * easel.layout.unit / unit * 1.6
    long = (last - first) * way
    if long < gap * 0.5:
        return
    at = moved_s * 0.8 % 1.0 * gap
    while at < long:
        u = first + way * at
        slope = 2 * u * SAG + math.tan(board.angle_rad)
        turn = (0.0 if way > 0 else 180.0) - math.degrees(math.atan(slope))
        fade = min(1.0, at / gap + 0.25, (long - at) / gap + 0.25)
        spot = easel.frame.to_screen(u, board.y + bow(u, board.angle_rad) + ball.radius)
        easel.stamp(easel.chevron(easel.px(54), turn, CREAM, OUTLINE), spot, clear * fade)
        at += gap
