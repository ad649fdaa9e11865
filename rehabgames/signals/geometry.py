"""Plane geometry on pixel points. Every function takes (..., 2) arrays and lets NaN through."""

from __future__ import annotations

import numpy as np

from rehabgames.core.landmarks import POSE
from rehabgames.core.pose import Array, Recording


def angle_deg(a: Array, b: Array, c: Array) -> Array:
    """Angle at b between the rays to a and c, 0..180 degrees; NaN where a ray has no length."""
    u, v = a - b, c - b
    cross = u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0]
    dot = (u * v).sum(axis=-1)
    result: Array = np.degrees(np.abs(np.arctan2(cross, dot)))
    return np.where((np.hypot(*_xy(u)) > 0) & (np.hypot(*_xy(v)) > 0), result, np.nan)


def length(a: Array, b: Array) -> Array:
    """Distance a to b."""
    d: Array = np.hypot(*_xy(b - a))
    return d


def point(rec: Recording, name: str) -> Array:
    """(n, 2) px of one landmark."""
    return rec.points_px[:, POSE[name]]


def middle(rec: Recording, name: str) -> Array:
    """(n, 2) px half way between the left and the right landmark of that name ("hip")."""
    return (point(rec, f"left_{name}") + point(rec, f"right_{name}")) / 2


def _xy(v: Array) -> tuple[Array, Array]:
    return v[..., 0], v[..., 1]
