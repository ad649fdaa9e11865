"""Views of the two places in which a shift of weight is shown, and what is measured on their pictures."""

import math

import numpy as np
from screen import pixels
from stage_views import base

from rehabgames.core.message import Message
from rehabgames.core.player import Comfort
from rehabgames.core.view import Hand, Target, Thing
from rehabgames.stage.frame import Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.window import Stage

WINDOW = (-1.3, -0.8, 1.3, 0.8)
SIZE = (1280, 720)


def shifting(place, phase="play", side="right", seed=0, **more):
    given = {"place": place, "window": WINDOW, "prompt": None, "hand": Hand(0.1, 0.0, 0.9)}
    return base(phase, side, seed, **(given | more))


def at_sea(*, raft=0.05, ahead=0.4, radius=0.18, hold=0.4, number=3, **more):
    """The harbour in play: a raft, the ring, a swell of so much that comes."""
    things = (
        Thing("ring 2", "ring", 0.0, 0.0, radius, share=hold),
        Thing("swell", "swell", ahead, 0.0, radius, share=min(1.0, abs(ahead) / 0.8)),
        Thing("raft", "raft", raft, 0.0, 0.11, 0.06, state="held" if abs(raft) <= radius else "ready"),
    )
    given = {"target": Target("lean", 0.0, 0.0, radius, hold, number), "things": things}
    return shifting("harbour", **(given | {"prompt": Message("play.centre")} | more))


def lit(count=9):
    points = [(0.5 + 0.06 * i, 0.55 + 0.1 * math.sin(i)) for i in range(count)]
    return Thing("constellation boat", "constellation", 0.75, 0.62, 0.32, share=0.5, way=tuple(points))


def at_night(*, x=0.6, y=0.2, lamp=0.1, radius=0.15, hold=0.4, home=False, number=3, **more):
    """The hill in play: a star, or the middle, that is asked for."""
    star = Thing(
        "star 2", "star", x, y, radius, state="held" if home else "ready", share=1.0 if home else hold
    )
    things = (
        lit(),
        Thing("home", "home", 0.0, -0.28, 0.15, state="wanted" if home else "ready"),
        star,
        Thing("lamp", "lamp", lamp, -0.28, 0.1),
    )
    goal = Target("lean", 0.0 if home else x, 0.0, radius, hold, number + home)
    given = {"target": goal, "things": things, "hand": Hand(lamp, 0.0, 0.9)}
    return shifting("night_hill", **(given | {"prompt": Message("play.star")} | more))


def settled(stage, view, at_s=20.0, frames=14):
    """What is shown once everything has eased in."""
    for i in range(frames):
        stage.paint(view, at_s + i / 12)
    return pixels()


def frame_of(view, size=SIZE):
    return Frame(size, view.window, Layout.of(size, view.side).play)


def changed_box(a, b, least=40):
    """(width, height) px of what differs between two pictures."""
    where = np.argwhere(np.abs(a - b).max(axis=2) > least)
    return tuple(where.max(axis=0) - where.min(axis=0) + 1)


def calm_stage(assets):
    return Stage(assets, lambda m, _: m.id, size=SIZE, headless=True, sound=False, comfort=Comfort(calm=True))
