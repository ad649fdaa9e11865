"""Views of the river to paint in tests: a real game of steering, led by a scripted lean."""

from __future__ import annotations

import math

from stage_views import body

from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.view import Hand, View
from rehabgames.games.steer import SteerGame

RIVER_WINDOW = (-1.3, -0.8, 1.3, 0.8)
SETTINGS = {"gate_radius": 0.28, "hold_s": 0.6, "boat_follow_s": 0.25, "trial_s": 5.0, "pause_s": 0.8}
PERSON = Profile("weight_shift_sitting", "right")


def river_view(game: SteerGame | None = None, *, side="right", seed=0, phase="play", **more) -> View:
    given = {
        "prompt": Message("play.steer") if game is None else game.prompt(),
        "target": None if game is None else game.target(),
        "things": () if game is None else game.things(),
        "count": 7,
        "goal": 40,
        "score": 340,
        "progress": 0.2,
        "seconds_left": 215.0,
        "body_px": body(),
        "picture_size": (640, 480),
        "hand": Hand(0.0, 0.0, 0.9, math.nan),
    }
    return View(
        t_s=0.0, phase=phase, place="river", side=side, seed=seed, window=RIVER_WINDOW, **(given | more)
    )


def steered(seconds, lean=0.0, *, shift=0.6, towards=90.0, size=0.28, before=0.0):
    """A game `seconds` into a trial, the body at `lean` all the time, `before` s after an earlier gate."""
    game = SteerGame(SETTINGS, PERSON, "right")
    if before:
        game.begin(game.propose(0, {"shift": shift, "size": size}, -towards))
        run(game, -math.copysign(shift, towards), 5.0 + 1 / 60)
        game.settle(counted=True)
        run(game, lean, before)
    game.begin(game.propose(1, {"shift": shift, "size": size}, towards))
    run(game, lean, seconds)
    game.cues()
    return game


def run(game, lean, seconds):
    outcome = None
    for _ in range(round(seconds * 60)):
        outcome = game.step((lean, 0.0), 1 / 60) or outcome
    return outcome
