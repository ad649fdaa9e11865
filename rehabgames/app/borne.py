"""Borne: a place of a plug-in. Where it breaks, the program ends with one sentence instead of a traceback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pygame

from rehabgames.core.errors import RehabgamesError, UseError
from rehabgames.core.landmarks import Side
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.place import Place, PlaceOf

TOLD = "Tell who made the plug-in; the session up to here is saved."


class Borne:
    """Everything that a Place can do, by asking another one. Raises UseError for whatever that raises; it
    paints in the program's own time, so one that hangs cannot be left behind."""

    def __init__(self, name: str, make: Callable[[], Any]) -> None:
        self._name = name
        self._place = self._done(make)

    def __getattr__(self, part: str) -> Any:
        """What a Place has, also where this one has it not."""
        found = self._done(lambda: getattr(self._place, part))
        if not callable(found):
            return found

        def asked(*given: Any) -> Any:
            answer = self._done(lambda: found(*given))
            return answer if isinstance(answer, pygame.Surface) else None

        return asked

    def _done(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except RehabgamesError:
            raise
        except (Exception, SystemExit) as error:  # a plug-in may raise anything
            what = f"The place '{self._name}' cannot be painted ({type(error).__name__}: {error})."
            raise UseError(what, TOLD) from error


def borne(name: str, make: PlaceOf) -> PlaceOf:
    """Makes the same places, each borne."""

    def made(pictures: Pictures, seed: int, size: tuple[int, int], side: Side) -> Place:
        return cast(Place, Borne(name, lambda: make(pictures, seed, size, side)))

    return made
