"""Landmark chunks: frames ↔ bytes, so that every measure can be computed again later.

A chunk is a line of JSON (what follows, and how much of it) and zlib-packed little-endian float32:
points_px, visibility, world_m, hands_px, hand_scores, frame after frame; times are float64.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence

import numpy as np

from rehabgames.core.pose import PoseFrame, Recording

FORMAT = "landmarks/1"
_PARTS = ("points_px", "visibility", "world_m", "hands_px", "hand_scores")
_LEVEL = 3


def pack(frames: Sequence[PoseFrame]) -> bytes:
    """n frames as bytes; equal frames give equal bytes."""
    rec = Recording.of(frames)
    header = {
        "format": FORMAT,
        "frames": len(rec),
        "shapes": {part: list(getattr(rec, part).shape[1:]) for part in _PARTS},
    }
    body = b"".join(
        [rec.t_s.astype("<f8").tobytes(), rec.size.astype("<f4").tobytes()]
        + [getattr(rec, part).astype("<f4").tobytes() for part in _PARTS]
    )
    return json.dumps(header, sort_keys=True).encode() + b"\n" + zlib.compress(body, _LEVEL)


def unpack(payload: bytes) -> Recording:
    """The recording in a chunk, to float32 accuracy. Raises ValueError where it is damaged."""
    try:
        line, packed = payload.split(b"\n", 1)
        header = json.loads(line)
        if header["format"] != FORMAT:
            raise ValueError(f"unknown landmark format {header['format']!r}")
        body, n = zlib.decompress(packed), int(header["frames"])
        t_s = np.frombuffer(body, "<f8", n)
        size = np.frombuffer(body, "<f4", 2 * n, offset=8 * n).reshape(n, 2)
        at, parts = 16 * n, {}
        for part in _PARTS:
            shape = (n, *header["shapes"][part])
            count = int(np.prod(shape))
            parts[part] = np.frombuffer(body, "<f4", count, offset=at).reshape(shape).astype(np.float64)
            at += 4 * count
    except (KeyError, TypeError, OverflowError, RecursionError, zlib.error) as error:
        raise ValueError("a landmark chunk is damaged") from error
    return Recording(t_s.astype(np.float64), size.astype(np.float64), **parts)
