"""Guide: the movement that is asked for, shown by a person who does it, over and over, without haste.

The screen is a mirror: the person is painted as a mirror image, the named side on its own side of the
screen, in the colour of that side. Beside the colour there is the movement itself, so that it is
understood in grey too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import pygame

from rehabgames.core.landmarks import Side
from rehabgames.core.view import Guide
from rehabgames.stage.body import Arm, Foot, Pose, mix
from rehabgames.stage.brush import Brush
from rehabgames.stage.carved import plate
from rehabgames.stage.easel import Easel
from rehabgames.stage.motion import ease
from rehabgames.stage.palette import CREAM, INK, SIDE_COLOUR
from rehabgames.stage.person import Look, Pair, Seen, paint_chair, paint_person

BOX: Final = (-0.98, -0.12, 0.98, 2.12)
STEPS: Final = 14  # pictures of a way; each is painted once
THERE_S, STAY_S, BACK_S, REST_S = 1.1, 0.7, 1.1, 0.6
CYCLE_S: Final = THERE_S + STAY_S + BACK_S + REST_S
MOST_DOTS: Final = 8
SHADE: Final[dict[Side, str]] = {"right": "#00507d", "left": "#963f00"}


@dataclass(frozen=True, slots=True)
class Move:
    """From one posture to another. about: which part has the colour; yaw: from where it is looked at;
    chair: whether they sit; extra: what else is shown."""

    start: Pose
    end: Pose
    about: str = "arm"
    yaw: float = 0.0
    chair: bool = False
    extra: str = ""


_HANGING = Arm()
_STANDING = Pose()
_LAP = Arm(lift=18, plane=60, fore=62, fore_plane=100)
_FEET = (Foot(0.15, z=0.3), Foot(-0.15, z=0.3))
_SITTING = Pose(hips=0.52, own=_LAP, other=_LAP, foot=_FEET[0], foot2=_FEET[1])
_RISEN = Pose(z=0.12, own=_HANGING, other=_HANGING, foot=Foot(0.13, z=0.2), foot2=Foot(-0.13, z=0.2))
_FAR, _NEAR = _STANDING._replace(near=0.62), _STANDING._replace(near=0.98)

MOVES: Final[dict[str, Move]] = {
    "rest": Move(_SITTING, _SITTING, chair=True),
    "arm_out": Move(_STANDING, _STANDING._replace(own=Arm(88, 0, 90, 0))),
    "arm_forward": Move(_STANDING, _STANDING._replace(own=Arm(86, 86, 88, 88)), yaw=-48),
    "elbow_bend": Move(_STANDING._replace(own=Arm(40, 0, 42, 0)), _STANDING._replace(own=Arm(40, 0, 168, 0))),
    "elbow_straight": Move(
        _STANDING._replace(own=Arm(62, 0, 160, 0)), _STANDING._replace(own=Arm(66, 0, 68, 0))
    ),
    "lean": Move(_SITTING, _SITTING._replace(lean=24.0), "trunk", chair=True),
    "shift_weight": Move(_STANDING, _STANDING._replace(x=0.13, lean=5.0), "leg"),
    "stand_up": Move(_SITTING, _RISEN, "trunk", yaw=-34, chair=True),
    "sit_down": Move(_RISEN, _SITTING, "trunk", yaw=-34, chair=True),
    "step": Move(_STANDING, _STANDING._replace(foot=Foot(0.11, 0.42, 0.2)), "leg", yaw=-24),
    "raise_hand": Move(_STANDING, _STANDING._replace(own=Arm(160, 10, 172, 10, 1.0))),
    "come_into_picture": Move(_STANDING._replace(where=1.1), _STANDING, "", extra="frame"),
    "come_closer": Move(_FAR, _NEAR, "", extra="frame"),
    "step_back": Move(_STANDING._replace(near=1.25), _NEAR._replace(near=0.9), "", extra="frame"),
    "face_camera": Move(_STANDING._replace(turn=75.0), _STANDING, ""),
    "more_light": Move(_STANDING, _STANDING, "", extra="light"),
    "one_person": Move(_STANDING._replace(where=-0.3), _STANDING, "", extra="other"),
}
SEATED_TOO: Final = ("arm_out", "arm_forward", "elbow_bend", "elbow_straight", "raise_hand")
ALL_THE_WAY_DEG: Final = 165.0
HANDS: Final = {"hand_open": ("hand_closed", "hand_open"), "hand_close": ("hand_open", "hand_closed")}


def share_at(now_s: float, since_s: float, *, back: bool) -> float:
    """How far the shown movement is on its way, 0 start .. 1 end; asked back, it goes the other way."""
    t = (now_s - since_s) % CYCLE_S
    if t < THERE_S:
        share = ease(t / THERE_S)
    elif t < THERE_S + STAY_S:
        share = 1.0
    elif t < THERE_S + STAY_S + BACK_S:
        share = 1.0 - ease((t - THERE_S - STAY_S) / BACK_S)
    else:
        share = 0.0
    return 1.0 - share if back else share


class Guides:
    """Paints the guide of a view; remembers since when it is shown, so that it begins at the beginning."""

    def __init__(self) -> None:
        self._shown: tuple[int, bool] | None = None
        self._since_s = 0.0

    def paint(self, easel: Easel, guide: Guide, seed: int, shown: float) -> None:
        """guide: what is asked; seed: which person shows it; shown 0..1 fades it."""
        key = (guide.number, guide.back)
        if key != self._shown:
            self._shown, self._since_s = key, easel.now_s
        left, top, width, height = easel.layout.play
        middle = (left + width / 2, top + height / 2)
        share = share_at(easel.now_s, self._since_s, back=guide.back)
        ground = plate(easel, round(width * 0.62), height - easel.px(24))
        easel.stamp(ground, middle, shown)
        if guide.name in HANDS:
            self._hand(easel, guide, middle, share, shown)
        else:
            easel.stamp(_picture(easel, guide, seed, share, height - easel.px(96)), middle, shown)
        self._hold(easel, guide, (middle[0] + width * 0.23, top + easel.px(92)), shown)
        self._count(easel, guide, (middle[0], top + height - easel.px(46)), shown)

    @staticmethod
    def _hand(easel: Easel, guide: Guide, middle: tuple[float, float], share: float, shown: float) -> None:
        before, after = HANDS[guide.name]
        for name, part in ((before, 1.0 - share), (after, share)):
            across = easel.px(300)
            hand = easel.pictures.sprite(f"signs/{name}", across, flip=guide.side == "left")
            easel.stamp(hand, middle, shown * ease(part))

    @staticmethod
    def _hold(easel: Easel, guide: Guide, spot: tuple[float, float], shown: float) -> None:
        """A ring that fills while the end is held."""
        if guide.hold <= 0 or guide.back:
            return
        easel.stamp(easel.disc(easel.px(44), CREAM, edge=INK, edge_px=easel.px(2)), spot, shown)
        ring = easel.ring(easel.px(32), easel.px(14), guide.hold, SIDE_COLOUR[guide.side])
        easel.stamp(ring, spot, shown)

    @staticmethod
    def _count(easel: Easel, guide: Guide, spot: tuple[float, float], shown: float) -> None:
        """Repetitions as dots, done ones filled; more than a few as a number."""
        if guide.of > MOST_DOTS or (guide.of == 0 and guide.done):
            text = f"{guide.done} / {guide.of}" if guide.of else str(guide.done)
            easel.stamp(easel.letters.line(text, easel.px(40), INK, bold=True), spot, shown)
            return
        apart = easel.px(38)
        for i in range(guide.of if guide.of > 1 else 0):
            x = spot[0] + (i - (guide.of - 1) / 2) * apart
            fill = SIDE_COLOUR[guide.side] if i < guide.done else CREAM
            easel.stamp(easel.disc(easel.px(13), fill, edge=INK, edge_px=easel.px(3)), (x, spot[1]), shown)


def shown_move(guide: Guide) -> Move:
    """The movement as this person is to do it: seated where they sit, and no higher than they may."""
    move = MOVES[guide.name]
    if guide.name == "arm_out":
        lift = min(ALL_THE_WAY_DEG, guide.most_deg)
        move = replace(move, end=move.end._replace(own=Arm(lift, 0, lift + 2, 0)))
    if guide.name in SEATED_TOO and guide.shows == "sitting":
        move = replace(move, start=_seated(move.start), end=_seated(move.end), chair=True)
    if guide.name == "rest" and guide.shows == "standing":
        move = Move(_STANDING, _STANDING)
    return move


def _seated(pose: Pose) -> Pose:
    """The same arms on somebody who sits."""
    return _SITTING._replace(own=pose.own if pose.own != _HANGING else _LAP)


def _picture(easel: Easel, guide: Guide, seed: int, share: float, height: int) -> pygame.Surface:
    step = round(STEPS * share)
    key = f"guide {guide.name} {guide.side} {guide.shows} {guide.most_deg:.0f} {seed % 9} {step} {height}"
    return easel.pictures.kept(key, lambda: _painted(guide, seed, step / STEPS, height))


def _painted(guide: Guide, seed: int, share: float, height: int) -> pygame.Surface:
    move = shown_move(guide)
    flip = 1 if guide.side == "right" else -1
    scale = height / (BOX[3] - BOX[1])
    brush = Brush(BOX, scale, max(1.5, scale * 0.008), light=-1)
    accent: Pair = (SHADE[guide.side], SIDE_COLOUR[guide.side])
    look = Look.of(seed, accent, move.about)
    pose = mix(move.start, move.end, share)
    if move.extra == "other":
        other = Pose(where=0.45 + 1.1 * share, near=0.96)
        paint_person(brush, Seen.of(other, 0.0, flip), Look.of(seed + 4, ("#9aa3a5", "#b9c1c2"), "trunk"))
    if move.extra == "light":
        _lamp(brush, share)
    if move.chair:
        paint_chair(brush, move.yaw, flip)
    paint_person(brush, Seen.of(pose, move.yaw, flip), look)
    if move.extra == "frame":
        _frame(brush)
    return brush.finished()


def _frame(brush: Brush) -> None:
    """The edges of the camera's picture: corners only, so that they cover nothing."""
    for x in (-0.62, 0.62):
        for y in (0.02, 1.94):
            inward = -0.16 if x > 0 else 0.16
            down = -0.16 if y > 1 else 0.16
            for end in ((x + inward, y), (x, y + down)):
                brush.limb(((x, y), end), (0.022, 0.022), (INK, INK), edged=False)


def _lamp(brush: Brush, share: float) -> None:
    """A lamp that is switched on."""
    lit = share > 0.5
    glass = "#ffd54a" if lit else "#b9b3a2"
    brush.limb(((0.66, 0.0), (0.66, 1.32)), (0.018, 0.018), ("#5a4636", "#7a624d"))
    brush.oval((0.66, 0.02), 0.14, 0.03, "#5a4636", edged=True)
    brush.shape(((0.5, 1.3), (0.82, 1.3), (0.75, 1.56), (0.57, 1.56)), glass, smooth=False)
    if lit:
        for dx, dy in ((-0.26, -0.04), (-0.23, 0.14), (0.26, -0.04), (0.23, 0.14), (0.0, 0.3)):
            start = (0.66 + 0.75 * dx, 1.43 + 0.75 * dy)
            brush.limb((start, (0.66 + 1.1 * dx, 1.43 + 1.1 * dy)), (0.016, 0.016), ("#e69f00", "#ffd54a"))
