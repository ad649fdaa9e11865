"""Views of the workshop and the concert stage, as their games tell them."""

from __future__ import annotations

from rehabgames.core.person import Profile
from rehabgames.core.view import Hand, View
from rehabgames.games.taps import TapsGame
from rehabgames.games.tilt import TiltGame

DT = 1 / 60
TILT = {"hollow_radius": 0.2, "hold_s": 1.0, "middle_radius": 0.25, "trial_s": 20.0, "pause_s": 0.8}
TAPS = {
    "beats": 4.0,
    "tolerance_share": 0.25,
    "hits_needed_share": 0.7,
    "latency_s": 0.1,
    "drum_radius": 0.13,
    "pause_s": 1.0,
}
SHIFT_WINDOW = (-1.3, -0.8, 1.3, 0.8)
GRIP_WINDOW = (-0.9, -0.6, 0.9, 0.6)
PROFILE = Profile("p", "right")


def tilting(lean=0.0, seconds=2.0, *, shift=0.7, radius=0.2, direction=90.0, side="right", seed=0, **more):
    """The board with the ball after so long a lean, and the trial that is asked."""
    game = TiltGame(TILT, PROFILE, side)
    game.begin(game.propose(0, {"shift": shift, "size": radius}, direction))
    for _ in range(round(seconds / DT)):
        game.step((lean, 0.0), DT)
    return view_of(game, "workshop", SHIFT_WINDOW, Hand(lean, 0.0, 1.0), side=side, seed=seed, **more)


def taps_game(tempo=1.0, amplitude=0.6, side="right"):
    game = TapsGame(TAPS, PROFILE, side)
    game.begin(game.propose(0, {"amplitude": amplitude, "tempo": tempo}, 0.0))
    return game


def tapping(seconds, grip=0.4, *, tempo=1.0, amplitude=0.6, side="right", seed=0, **more):
    """The pan so long after a bar began, with fingers that never moved."""
    game = taps_game(tempo, amplitude, side)
    for _ in range(round(seconds / DT)):
        game.step((0.0, 0.0), DT, grip)
    return view_of(game, "concert", GRIP_WINDOW, Hand(0.0, 0.0, 1.0, grip), side=side, seed=seed, **more)


def view_of(game, place, window, hand, *, side="right", seed=0, phase="play", **more):
    given = {"target": game.target(), "things": game.things(), "prompt": game.prompt(), "goal": 12}
    return View(
        t_s=0.0, phase=phase, place=place, side=side, seed=seed, window=window, hand=hand, **(given | more)
    )
