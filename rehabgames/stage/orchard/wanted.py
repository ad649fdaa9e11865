"""Wanted: a large picture of the fruit that is asked for, on a round plate under the basket."""

from __future__ import annotations

from typing import Final

from rehabgames.core.view import FRUITS, Thing, View
from rehabgames.stage.easel import Easel
from rehabgames.stage.motion import approach, ease
from rehabgames.stage.orchard.hours import picture_of
from rehabgames.stage.orchard.things import fruit_width
from rehabgames.stage.palette import CREAM, INK
from rehabgames.stage.place import SIGN
from rehabgames.stage.targets import radius_px

FADE_S: Final = 0.3
_LEAST: Final = 60.0  # radius on the 720 px grid
_SHARE: Final = 1.46  # width of the picture over the radius


class Wanted:
    """Keeps the last one while it fades."""

    def __init__(self) -> None:
        self._thing: Thing | None = None
        self._shown = 0.0
        self._last_s: float | None = None
        self._ahead = 0

    def paint(self, easel: Easel, view: View, fruit: str, clear: float) -> None:
        """`clear` 0..1 fades it while the scene pauses."""
        now = wanted_of(view)
        dt_s = 0.0 if self._last_s is None else easel.now_s - self._last_s
        self._last_s = easel.now_s
        if now is not None and (self._thing is None or now.key != self._thing.key):
            self._shown = 0.0
        self._thing = now or self._thing
        self._shown = approach(self._shown, float(now is not None), dt_s, FADE_S)
        if self._thing is None or self._shown <= 0.0:
            return
        shown = ease(self._shown) * clear
        radius = max(easel.px(_LEAST), radius_px(easel, self._thing.radius))
        x, y = easel.frame.to_screen(self._thing.x, self._thing.y)
        centre = (x, min(y, easel.layout.size[1] - radius - easel.px(8)))
        easel.stamp(easel.glow(radius * 1.5, "#fff3c4", 0.55), centre, 0.9 * shown)
        easel.stamp(easel.disc(radius, CREAM, edge=INK, edge_px=easel.px(6)), centre, shown)
        picture = easel.sprite(f"orchard/{picture_of(self._thing.kind, fruit)}", radius * _SHARE)
        easel.stamp(picture, (centre[0], centre[1] - radius * 0.05), shown)
        self._draw_ahead(easel, view, radius * _SHARE)

    def _draw_ahead(self, easel: Easel, view: View, width: float) -> None:
        """One picture a frame of those that other tries will show, so that no frame of theirs is late."""
        hanging = next((t for t in view.things if t.kind in FRUITS and t.state == "ready"), None)
        if hanging is None or self._ahead >= 3 * len(FRUITS):
            return
        kind, which = divmod(self._ahead, 3)
        widths = (width, fruit_width(easel, hanging.radius), easel.px(SIGN))
        easel.sprite(f"orchard/{picture_of(FRUITS[kind], '')}", widths[which])
        self._ahead += 1


def wanted_of(view: View) -> Thing | None:
    """What is asked for, None where there is nothing to choose."""
    return next((t for t in view.things if t.state == "wanted" and t.kind in FRUITS), None)
