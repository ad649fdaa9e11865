"""Bodies → PoseFrames without a camera, as the public package makes them."""

from __future__ import annotations

from rehabgames.patients.landmarks import FACE, ORIGIN, PX_PER_M, SIZE, frame_of, nobody

__all__ = ["FACE", "ORIGIN", "PX_PER_M", "SIZE", "frame_of", "nobody"]
