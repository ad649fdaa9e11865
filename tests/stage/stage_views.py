"""Views to paint in tests of the stage."""

from dataclasses import replace

import numpy as np

from rehabgames.core.message import Message
from rehabgames.core.view import Hand, Target, Thing, View

WINDOW = (-0.9, -1.15, 1.15, 0.35)


def body(size=(640, 480)):
    rng = np.random.default_rng(3)
    return rng.uniform(0.2, 0.8, (33, 2)) * size


def base(phase="play", side="right", seed=0, **more):
    window = WINDOW if side == "right" else (-WINDOW[2], WINDOW[1], -WINDOW[0], WINDOW[3])
    given = {
        "t_s": 0.0,
        "place": "orchard",
        "window": window,
        "prompt": Message("play.reach"),
        "count": 3,
        "goal": 12,
        "score": 340,
        "progress": 0.25,
        "seconds_left": 95.0,
        "body_px": body(),
        "picture_size": (640, 480),
    }
    return View(phase=phase, side=side, seed=seed, **(given | more))


def playing(kind="pick", side="right", seed=0, **more):
    """A view in play with fruit, basket and hand; the target on the working side."""
    out = 1 if side == "right" else -1
    spots = {"pick": (0.7, -0.3), "place": (0.25, -0.72), "rest": (0.15, -0.75), "farthest": (0.9, -0.1)}
    x, y = spots[kind]
    given = {
        "target": Target(kind, x * out, y, 0.13, 0.4, 5),
        "things": (
            Thing("basket", "basket", 0.25 * out, -0.72, 0.14),
            Thing("fruit 5", "fruit", 0.7 * out, -0.3, 0.13, state="ready" if kind == "pick" else "held"),
            Thing("fruit 4", "fruit", 0.25 * out, -0.7, 0.1, state="placed"),
            Thing("fruit 3", "fruit", -0.2 * out, -0.5, 0.1, 0.4, state="fading"),
            Thing("fruit 6", "fruit", -0.4 * out, -0.2, 0.1, state="growing"),
        ),
        "hand": Hand(0.1 * out, -0.45, 0.9, grip=1.0 if kind == "place" else 0.0),
    }
    return base(side=side, seed=seed, **(given | more))


def all_phases():
    views = {f"play {k} {s}": playing(k, s) for k in ("pick", "place") for s in ("left", "right")}
    views["rest"] = replace(playing("rest"), phase="rest")
    views["calibrate"] = replace(playing("farthest"), phase="calibrate")
    views["paused"] = replace(playing(), phase="paused")
    for phase in ("looking", "saving", "done"):
        views[phase] = base(phase)
    views["bare"] = View(t_s=0, phase="looking", place="orchard", side="left", seed=9, window=WINDOW)
    return views
