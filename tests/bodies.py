"""Bodies → PoseFrames without a camera: the joints of a virtual patient as landmarks in px."""

from __future__ import annotations

import numpy as np

from rehabgames.core.landmarks import N_POSE, POSE
from rehabgames.core.pose import PoseFrame
from rehabgames.patients import Body

PX_PER_M = 300.0
SIZE = (640, 480)
ORIGIN = (320.0, 500.0)  # px of the floor under mid-hip
FACE = {
    "left_eye": (0.03, 0.03),
    "right_eye": (-0.03, 0.03),
    "left_ear": (0.07, 0.01),
    "right_ear": (-0.07, 0.01),
    "mouth_left": (0.03, -0.05),
    "mouth_right": (-0.03, -0.05),
}


def frame_of(body: Body, t_s: float, index: int, noise_px: float = 0.0, seed: int = 0) -> PoseFrame:
    """A frame in which every joint of the body is seen; the noise depends on seed and index alone."""
    joints = dict(body.joints)
    nose = joints["nose"]
    joints |= {name: (nose[0] + dx, nose[1] + dy) for name, (dx, dy) in FACE.items()}
    points = np.full((N_POSE, 2), np.nan)
    for name, (x, y) in joints.items():
        points[POSE[name]] = ORIGIN[0] + PX_PER_M * x, ORIGIN[1] - PX_PER_M * y
    unknown = np.isnan(points[:, 0])
    points[unknown] = points[POSE["nose"]]
    points += np.random.default_rng((seed, index)).normal(0, noise_px, points.shape)
    return PoseFrame(t_s, index, SIZE, points_px=points, visibility=np.full(N_POSE, 0.99))


def nobody(t_s: float, index: int) -> PoseFrame:
    """A frame in which nothing was found."""
    return PoseFrame(t_s, index, SIZE)
