"""Landmarks of a figure in the frontal plane whose angles are known exactly: no camera, no network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rehabgames.core.landmarks import N_HAND, POSE
from rehabgames.core.pose import Array, Recording

SIZE = (640, 480)
SHOULDERS, HIPS, TRUNK, UPPER, FORE, EARS, EAR_HEIGHT = 80.0, 48.0, 112.0, 66.0, 58.0, 32.0, 50.0
MID_HIP = np.array([320.0, 330.0])


@dataclass
class Pose:
    """(n,) each, degrees; the person's own sides. up: elevation of the arm beside the trunk;
    bend of the elbow (the forearm turns up); lift of the shoulder in shoulder widths."""

    lean: Array
    tilt: Array
    up_left: Array
    up_right: Array
    bend_left: Array
    bend_right: Array
    lift_left: Array
    lift_right: Array

    @staticmethod
    def still(n: int) -> Pose:
        return Pose(*(np.zeros(n) for _ in range(8)))


def _turned(vector: Array, degrees: Array) -> Array:
    """(n, 2) turned clockwise on the picture (y down)."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.stack(
        [c * vector[..., 0] - s * vector[..., 1], s * vector[..., 0] + c * vector[..., 1]], axis=-1
    )


def recording(t_s: Array, pose: Pose, *, noise_px: float = 0.0, seed: int = 0) -> Recording:
    """The person faces the camera: own right on the picture's left; a lean to the right goes left."""
    n = len(t_s)
    points = np.tile(np.array([320.0, 250.0]), (n, 33, 1))
    in_trunk = -pose.lean  # clockwise turn of the trunk's axes

    def put(name: str, place: Array) -> Array:
        points[:, POSE[name]] = place
        return place

    middle_y = -TRUNK * np.ones(n)
    for side, out in (("left", 1.0), ("right", -1.0)):
        put(f"{side}_hip", MID_HIP + np.array([out * HIPS / 2, 0.0]))
        put(f"{side}_knee", MID_HIP + np.array([out * 30, 80.0]))
        put(f"{side}_ankle", MID_HIP + np.array([out * 28, 140.0]))
        lift, up, bend = (getattr(pose, f"{what}_{side}") for what in ("lift", "up", "bend"))
        local = np.stack([np.full(n, out * SHOULDERS / 2), middle_y - lift * SHOULDERS], axis=1)
        shoulder = put(f"{side}_shoulder", MID_HIP + _turned(local, in_trunk))
        down = np.tile([0.0, 1.0], (n, 1))
        elbow = put(f"{side}_elbow", shoulder + UPPER * _turned(down, in_trunk - out * up))
        put(f"{side}_wrist", elbow + FORE * _turned(down, in_trunk - out * (up + bend)))
        ear = np.tile([out * EARS / 2, 0.0], (n, 1))
        neck = np.stack([np.zeros(n), middle_y - EAR_HEIGHT], axis=1)
        put(f"{side}_ear", MID_HIP + _turned(neck, in_trunk) + _turned(ear, in_trunk - pose.tilt))
    put("nose", (points[:, POSE["left_ear"]] + points[:, POSE["right_ear"]]) / 2 + [0.0, 4.0])
    points += np.random.default_rng(seed).normal(0.0, noise_px, points.shape) if noise_px else 0.0
    return Recording(
        t_s=t_s,
        size=np.tile(np.array(SIZE, dtype=np.float64), (n, 1)),
        points_px=points,
        visibility=np.full((n, 33), 0.98),
        world_m=np.full((n, 33, 3), np.nan),
        hands_px=np.full((n, 2, N_HAND, 2), np.nan),
        hand_scores=np.full((n, 2), np.nan),
    )


def swell(t_s: Array, start_s: float, end_s: float) -> Array:
    """0 .. 1 .. 0: minimum-jerk up in the first third of the span, held, down in the last."""
    third = (end_s - start_s) / 3
    up, down = np.clip((t_s - start_s) / third, 0, 1), np.clip((end_s - t_s) / third, 0, 1)
    share = np.minimum(up, down)
    return np.asarray(share**3 * (10 - 15 * share + 6 * share * share))
