"""The river as a place: the still valley, the banks that come by, waves, gates, and the player's boat.

It shows the things of the game "steer": "river", "boat" and "gate". Where there is no boat among them, the
boat is where the player's hand, or what else steers, is.
"""

from __future__ import annotations

from typing import Final

import pygame

from rehabgames.core.landmarks import Side
from rehabgames.core.view import Cue, Thing, View
from rehabgames.stage.easel import Easel, Point
from rehabgames.stage.layout import Layout
from rehabgames.stage.motion import approach
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.place import asked
from rehabgames.stage.river.banks import Banks
from rehabgames.stage.river.boat import Boat, Rewards
from rehabgames.stage.river.course import Course
from rehabgames.stage.river.gates import Gates, ends, garland, gates_of, lead
from rehabgames.stage.river.hours import hour_of
from rehabgames.stage.river.life import Life
from rehabgames.stage.river.scene import paint_still, still_river
from rehabgames.stage.river.water import Waves
from rehabgames.stage.targets import Targets

# the banks go by more slowly than the water, and never fast: many small things that pass would flicker
# (hazard H6), and a world that rushes past makes a standing body sway
_SLOWER: Final = 0.55
_FASTEST: Final = 0.14
_STAY: Final = "play.steer_stay"  # while that is said, nothing leads on
_LEADS_S: Final = 0.3


class River:
    """See Place."""

    shows_hand = False

    def __init__(self, pictures: Pictures, seed: int, size: tuple[int, int], side: Side) -> None:
        unit = Layout.of(size, side).unit
        self._hour = hour_of(seed)
        self._still = still_river(pictures, seed, size, side)
        self._banks = Banks(pictures, seed, self._hour, unit, mirrored=side == "left")
        self._waves, self._life = Waves(seed, self._hour), Life(seed, self._hour)
        self._gates, self._boat, self._rewards = Gates(pictures, unit), Boat(), Rewards()
        self._targets = Targets()
        self._clock_s, self._last_s = 0.0, 0.0
        self._travelled = self._flow = self._scenery = 0.0
        self._inside, self._leads = 0.0, 1.0

    def paint_back(self, easel: Easel, view: View) -> None:
        dt_s = self._step(easel, view)
        course = Course.of(easel)
        paint_still(course, self._still)
        self._life.sky(easel, self._clock_s)
        self._waves.paint(course, self._flow)
        self._banks.paint(course, self._scenery)
        boat, gates = self._boat_of(view), gates_of(view.things, view.target)
        within = any(_within(boat, gate) for gate in gates) and view.performance
        self._inside = approach(self._inside, 1.0 if within else 0.0, dt_s, 0.25)
        stays = view.prompt is not None and view.prompt.id == _STAY
        self._leads = approach(self._leads, 0.0 if stays else 1.0, dt_s, _LEADS_S)

    def _step(self, easel: Easel, view: View) -> float:
        """Time for what moves by itself, and how far the scenery has come by; s since the last picture."""
        dt_s, self._last_s = max(0.0, min(0.1, easel.now_s - self._last_s)), easel.now_s
        if view.phase != "paused" and not easel.calm:
            self._clock_s += dt_s
        river = next((thing for thing in view.things if thing.kind == "river"), None)
        before, self._travelled = self._travelled, self._travelled if river is None else river.y
        if not easel.calm:
            self._flow = self._travelled
            self._scenery += max(0.0, min(_SLOWER * (self._travelled - before), _FASTEST * dt_s))
        return dt_s

    def _boat_of(self, view: View) -> Thing:
        boat = next((thing for thing in view.things if thing.kind == "boat"), None)
        x = view.hand.x if view.hand is not None else 0.0
        return boat or Thing("boat", "boat", max(-1.3, min(1.3, x)), 0.0, 0.0)

    def paint_play(self, easel: Easel, view: View, shown: float) -> None:
        target = asked(view)
        if view.phase in ("looking", "done"):
            return
        course, boat = Course.of(easel), self._boat_of(view)
        gates = gates_of(view.things, target)
        self._gates.lanes(course, gates, shown)
        self._boat.below(course, boat, self._flow, shown)
        for gate in gates:
            self._gates.poles(course, gate, behind=False, shown=shown)
        if target is not None and target.kind == "lean":
            called = min(gates, key=lambda gate: abs(gate.x - target.x) + 9.0 * (gate.state == "fading"))
            clear = shown * self._leads * self._gates.clear(easel, called)
            lead(course, boat.x, called, self._clock_s, clear)
        self._boat.inside(course, boat, shown * self._inside)
        self._boat.paint(course, boat, self._hour, self._clock_s, shown)
        for gate in reversed(gates):
            self._gates.poles(course, gate, behind=True, shown=shown)
        if target is not None and target.kind != "lean":
            self._targets.below(easel, target, view.hand, shown)
            self._targets.above(easel, target, view.hand, shown)

    def paint_front(self, easel: Easel, view: View) -> None:
        self._life.air(easel, self._clock_s)

    def paint_rewards(self, easel: Easel) -> None:
        self._rewards.paint(Course.of(easel))

    def paint_done(self, easel: Easel, view: View, middle: Point, grown: float) -> None:
        """A pennant for each gate on a line, and the boat below it."""
        garland(easel, middle, view.count, grown)
        easel.stamp(easel.sprite("river/boat", easel.px(168)), (middle[0], middle[1] + easel.px(142)), grown)

    def paint_goal(self, easel: Easel, view: View, centre: Point, across: float) -> None:
        easel.stamp(easel.sprite("river/pennant", across * 0.94, lit=False), centre)

    def sign(self, easel: Easel, view: View, across: float) -> pygame.Surface | None:
        """A body that leans to the side of the gate; a pennant where nothing is asked in play."""
        if view.phase == "done" or (view.phase == "play" and view.target is None):
            return easel.sprite("river/pennant", across, lit=False)
        if view.phase == "paused" or (target := asked(view)) is None or target.kind != "lean":
            return None
        return easel.pictures.sprite("river/lean", across, flip=target.x < 0)

    def cue(self, cue: Cue, now_s: float) -> None:
        self._rewards.add(cue, now_s)
        if cue.kind == "place":
            self._boat.hoist(now_s)


def _within(boat: Thing, gate: Thing) -> bool:
    """The boat is in the lane of a gate that is still to be passed."""
    return gate.state != "fading" and ends(gate)[1] > 0.0 and abs(boat.x - gate.x) < gate.radius
