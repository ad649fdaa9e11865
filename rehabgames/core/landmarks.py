"""Names and numbers of the landmarks that MediaPipe Pose (33) and Hands (21) give.

Left and right are the person's own. Source: MediaPipe Pose Landmarker and Hand Landmarker guides.
"""

from __future__ import annotations

from typing import Final, Literal

Side = Literal["left", "right"]
SIDES: Final[tuple[Side, Side]] = ("left", "right")

POSE_NAMES: Final[tuple[str, ...]] = (
    "nose",
    "left_eye_inner",
    "left_eye",
    "left_eye_outer",
    "right_eye_inner",
    "right_eye",
    "right_eye_outer",
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_pinky",
    "right_pinky",
    "left_index",
    "right_index",
    "left_thumb",
    "right_thumb",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "left_heel",
    "right_heel",
    "left_foot_index",
    "right_foot_index",
)
POSE: Final[dict[str, int]] = {name: i for i, name in enumerate(POSE_NAMES)}
N_POSE: Final = len(POSE_NAMES)
N_HAND: Final = 21

WRIST: Final = 0
FINGERTIPS: Final[tuple[int, int, int, int]] = (8, 12, 16, 20)
THUMB_TIP: Final = 4
INDEX_TIP: Final = 8
MIDDLE_KNUCKLE: Final = 9
PALM: Final = [0, 5, 9, 13, 17]  # wrist and knuckles: their middle stays where it is when the fingers close


def other_side(side: Side) -> Side:
    return "left" if side == "right" else "right"
