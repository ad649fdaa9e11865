"""Geometry on points. Every function takes (..., d) arrays and lets NaN through."""

from __future__ import annotations

import numpy as np

from rehabgames.core.landmarks import POSE
from rehabgames.core.pose import Array, Recording


def angle_deg(a: Array, b: Array, c: Array) -> Array:
    """Angle at b between the rays to a and c, 0..180 degrees; NaN where a ray has no length.

    Two or three dimensions. Kahan's formula, which keeps its accuracy near 0 and 180.
    """
    u, v = a - b, c - b
    nu, nv = np.linalg.norm(u, axis=-1, keepdims=True), np.linalg.norm(v, axis=-1, keepdims=True)
    p, q = u * nv, v * nu
    apart, together = np.linalg.norm(p - q, axis=-1), np.linalg.norm(p + q, axis=-1)
    result: Array = np.degrees(2 * np.arctan2(apart, together))
    return np.where((nu[..., 0] > 0) & (nv[..., 0] > 0), result, np.nan)


def turn_deg(u: Array, v: Array) -> Array:
    """Signed angle from direction u to direction v, (..., 2), -180..180; NaN where one has no length.

    Positive turns from +x to +y: clockwise on a picture whose y points down.
    """
    cross = u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0]
    dot = (u * v).sum(axis=-1)
    return np.where((cross != 0) | (dot != 0), np.degrees(np.arctan2(cross, dot)), np.nan)


def length(a: Array, b: Array) -> Array:
    """Distance a to b in the plane."""
    d: Array = np.hypot(b[..., 0] - a[..., 0], b[..., 1] - a[..., 1])
    return d


def point(rec: Recording, name: str) -> Array:
    """(n, 2) px of one landmark."""
    return rec.points_px[:, POSE[name]]


def middle(rec: Recording, name: str) -> Array:
    """(n, 2) px half way between the left and the right landmark of that name ("hip")."""
    return (point(rec, f"left_{name}") + point(rec, f"right_{name}")) / 2
