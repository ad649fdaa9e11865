"""Shown: what of the play coordinates must fit on the screen, what of the person its mirror shows, and
whether that is in the picture."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from rehabgames.core.exercise import Posture
from rehabgames.core.landmarks import SIDES, Side
from rehabgames.core.limits import Limits
from rehabgames.core.message import Message
from rehabgames.core.pose import Array, PoseFrame
from rehabgames.core.protocol import MovementProtocol, ReachProtocol, RoomProtocol
from rehabgames.core.sample import Sample
from rehabgames.core.trial import Space
from rehabgames.core.view import Hand, Shows
from rehabgames.session.setup import Setup
from rehabgames.signals import CONTROLS, resolve

Window = tuple[float, float, float, float]

ELSEWHERE: Final[dict[Space, Window]] = {
    "shift": (-1.3, -0.8, 1.3, 0.8),
    "picture": (-0.9, -0.6, 0.9, 0.6),
    "grip": (-0.9, -0.6, 0.9, 0.6),
}


def window_of(space: Space, side: Side, limits: Limits) -> Window:
    """(x_min, y_min, x_max, y_max): all that the limits allow where an arm steers, and a little more."""
    if space != "arm":
        return ELSEWHERE[space]
    top = -math.cos(math.radians(limits.shoulder_elevation_deg)) + 0.35
    out, across = 1.15, -0.9
    left, right = (across, out) if side == "right" else (-out, -across)
    return left, -1.15, right, max(0.35, top)


def shows_of(setup: Setup) -> Shows:
    """What of the person the camera is to see."""
    return "hand" if hand_alone(setup) else posture_of(setup)


def posture_of(setup: Setup) -> Posture:
    return setup.protocol.posture if setup.exercise is None else setup.exercise.posture


def hand_alone(setup: Setup) -> bool:
    """The camera sees one hand and no body."""
    if setup.exercise is not None:
        return not CONTROLS[setup.exercise.control].needs_a_body
    return isinstance(setup.protocol, MovementProtocol) and not setup.protocol.needs_a_body


def watches_hands(setup: Setup) -> bool:
    """True where the calibration or what steers needs the landmarks of the hand itself."""
    protocol = setup.protocol
    asks = protocol.asks if isinstance(protocol, MovementProtocol | ReachProtocol) else ()
    steered = setup.exercise is not None and CONTROLS[setup.exercise.control].by_hand
    return steered or any(resolve(ask.signal)[0].by_hand for ask in asks)


def alone(setup: Setup) -> bool:
    """A second person in the picture matters: not where a hand alone is seen, beside which any body is a
    ghost, and not to a room check, which has a check of its own for it."""
    return not (setup.accompanied or hand_alone(setup) or isinstance(setup.protocol, RoomProtocol))


def come_in(shows: Shows) -> Message:
    """What is asked while it is looked for."""
    return Message("look.show_hand" if shows == "hand" else "look.come_into_picture")


def found_in(frame: PoseFrame, setup: Setup) -> bool:
    """What is looked for was found: a body, or the working hand where it is alone."""
    if not hand_alone(setup):
        return frame.has_body
    return bool(np.isfinite(frame.hands_px[SIDES.index(setup.side)]).all())


def begins(frame: PoseFrame | None, sample: Sample, setup: Setup) -> bool:
    """What has to be in the picture before anything begins is in it."""
    if hand_alone(setup):
        return frame is not None and found_in(frame, setup)
    if setup.protocol.needs_the_arm:
        return sample.at is not None
    return sample.present or not setup.protocol.needs_a_body


def hand_of(sample: Sample) -> Hand | None:
    """What steers, as it is shown."""
    return None if sample.at is None else Hand(sample.at[0], sample.at[1], sample.sure, sample.grip)


def landmarks_of(
    frame: PoseFrame | None, shows: Shows, side: Side, *, present: bool
) -> tuple[Array | None, Array | None]:
    """Body and working hand of the newest picture, each where it is there and is to be seen."""
    if frame is None:
        return None, None
    if shows != "hand":
        return (frame.points_px if present and frame.has_body else None), None
    hand_px = frame.hands_px[SIDES.index(side)]
    return None, hand_px if np.isfinite(hand_px).all() else None
