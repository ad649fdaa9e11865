"""Album: pictures of a running game, at the moments that tell something."""

from __future__ import annotations

from pathlib import Path

from rehabgames.core.errors import StoreError
from rehabgames.core.view import View
from rehabgames.stage.window import Stage

SETTLE_S = 0.6  # after a change, so that what eases in is there
MOST = 40


def make_album(folder: Path) -> None:
    """Make its folder, before anything begins. Raises StoreError where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"Pictures cannot be saved in {folder}.", "Name another folder.") from error


class Album:
    """Saves one picture for every new phase or target, numbered in order, in a folder that is there.

    Raises StoreError.
    """

    def __init__(self, stage: Stage, folder: Path) -> None:
        self._stage = stage
        self._folder = folder
        self._last: tuple[str, str, int] | None = None
        self._since_s = 0.0
        self._taken = 0
        self._saved = True

    def look(self, view: View, now_s: float) -> None:
        target = view.target
        what = view.menu.screen if view.menu else target.kind if target else ""
        moment = (view.phase, what, target.number if target else -1)
        if moment != self._last:
            self._last, self._since_s, self._saved = moment, now_s, False
        elif not self._saved and now_s - self._since_s >= SETTLE_S and self._taken < MOST:
            self._saved = True
            name = "-".join(part for part in moment[:2] if part)
            try:
                self._stage.save(self._folder / f"{self._taken:02d}-{name}.png")
            except OSError as error:
                raise StoreError(f"{error}.", "Name another folder for the pictures.") from error
            self._taken += 1
