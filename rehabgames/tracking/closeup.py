"""CloseUpHand: one hand large in the picture of a camera, palm to the lens, opening and closing.

For games in which the camera looks at a hand only, held up before it; see also `Figure`.
"""

from __future__ import annotations

import math

import numpy as np

from rehabgames.core.landmarks import Side
from rehabgames.patients.close_up import HOME
from rehabgames.tracking.figure_brush import (
    Light,
    Picture,
    Place,
    capsule,
    lit,
    polygon,
    ramp,
    smooth,
    stroke,
)
from rehabgames.tracking.figure_hand import HAND_M, HandFrame, HandPaint, paint_hand
from rehabgames.tracking.looks import LOOKS, Look, bgr

_HAND_OF_HEIGHT = 0.40
_TURN_DEG = 9.0
_DRIFT_SHARE = 0.03


class CloseUpHand:
    """A drawn hand of one look. `side` is whose hand it is, palm to the camera, unmirrored."""

    def __init__(
        self,
        seed: int = 0,
        look: Look = LOOKS[0],
        side: Side = "right",
        size: tuple[int, int] = (640, 480),
    ) -> None:
        self.look = look
        self.side = side
        self.size = size
        self.seed = seed
        rng = np.random.default_rng(seed)
        self._light = Light.of(look.side, look.height, look.ambient, look.tint)
        self._paint = HandPaint.of(bgr(look.skin), self._light)
        self._sleeve = ramp(bgr(look.shirt), self._light)
        self._turn_deg, self._phase = _TURN_DEG * rng.uniform(-1, 1), rng.uniform(0, 2 * math.pi)
        self._scale = size[1] * _HAND_OF_HEIGHT / HAND_M * rng.uniform(0.92, 1.12)
        self._room = self._table(rng)
        grain = rng.standard_normal((size[1], size[0], 3)) * look.noise
        self._grain = grain.astype(np.int8)

    def frame(self, t_s: float, palm: Place = HOME) -> HandFrame:
        """Where the hand is at t_s: it drifts a little, as a held-up hand does. palm: where it is held, from
        the middle of the mirrored picture, half picture widths."""
        width, height = self.size
        swing = self._phase + 0.9 * t_s
        turn = math.radians(self._turn_deg + 2.5 * math.sin(1.3 * swing))
        x = width * (0.5 + _DRIFT_SHARE * math.sin(swing) - (palm[0] - HOME[0]) / 2)
        y = height * (0.68 + 0.5 * _DRIFT_SHARE * math.cos(0.8 * swing)) - (palm[1] - HOME[1]) * width / 2
        across, up = math.cos(turn) * self._scale, math.sin(turn) * self._scale
        # palm to the camera, fingers up: a right hand has its thumb on the picture's right
        thumbward = 1.0 if self.side == "right" else -1.0
        return HandFrame((x, y), (thumbward * across, thumbward * up), (up, -across))

    def draw(self, open_share: float, t_s: float, palm: Place = HOME) -> Picture:
        """(h, w, 3) uint8 BGR; open_share 0 fist .. 1 flat hand with spread fingers."""
        picture = self._room.copy()
        frame = self.frame(t_s, palm)
        self._forearm(picture, frame)
        paint_hand(picture, frame, open_share, self._paint)
        grained: Picture = np.clip(picture.astype(np.int16) + self._grain, 0, 255).astype(np.uint8)
        return grained

    def _forearm(self, picture: Picture, frame: HandFrame) -> None:
        s = self._scale
        wrist, low, far = frame.place(0.0, 0.004), frame.place(0.0, -0.075), frame.place(0.0, -0.30)
        line = max(1.0, 0.0016 * s)
        for grow, material in ((line, self._paint.line), (0.0, self._paint.skin)):
            capsule(picture, low, wrist, (0.031 * s + grow, 0.0265 * s + grow), material, joined="both")
        capsule(picture, far, low, (0.050 * s, 0.039 * s), self._sleeve, flat_end=True, joined="both")

    def _table(self, rng: np.random.Generator) -> Picture:
        width, height = self.size
        wall = np.array(bgr(self.look.wall), dtype=np.float32) * np.array(self.look.tint, dtype=np.float32)
        fade = np.linspace(1.04, 0.72, height, dtype=np.float32)[:, None, None]
        picture = np.clip(np.broadcast_to(wall * fade, (height, width, 3)), 0, 255).astype(np.uint8)
        edge = 0.86 * height
        wood: list[Place] = [(0, edge), (width, edge), (width, height), (0, height)]
        polygon(picture, wood, lit(bgr(self.look.floor), self._light, 0.8))
        for _ in range(5):
            y = rng.uniform(edge + 6, height)
            grain = smooth([(0, y), (0.4 * width, y + 4), (width, y - 3)], closed=False)
            stroke(picture, grain, lit(bgr(self.look.floor), self._light, 0.5), 1)
        return picture
