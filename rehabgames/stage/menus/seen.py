"""Seen: all that is known of a screen when it is painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rehabgames.core.menu import Menu
from rehabgames.core.message import Message
from rehabgames.core.view import View

Say = Callable[[Message], str]


@dataclass(frozen=True, slots=True)
class Seen:
    """menu: of the view; say: in the player's language; letter: of the side of the hand that points; picture:
    the newest of the camera, as of Stage.paint."""

    view: View
    menu: Menu
    say: Say
    letter: str
    picture: npt.NDArray[np.uint8] | None = None
