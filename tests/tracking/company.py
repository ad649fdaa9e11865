"""Two people in one picture, with the truth: who the patient is, and who the tracker followed."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from rehabgames.core.landmarks import POSE
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import Target, View
from rehabgames.tracking.detector import Detector
from rehabgames.tracking.looks import LOOKS
from rehabgames.tracking.models import model_path
from rehabgames.tracking.sources import Company, VirtualSpec
from rehabgames.tracking.virtual import VirtualCamera

FPS, SECONDS, CONFIRMED_S = 30.0, 9.5, 1.2
SCENES = ("crosses before", "crosses behind", "stands before", "takes over", "stays", "beside")
JOINTS = [f"{side}_{joint}" for side in ("left", "right") for joint in ("shoulder", "hip", "elbow")]
Places = dict[str, tuple[float, float]]


@dataclass
class Followed:
    """Pictures from the confirmation on. wrong: called the patient's, and nearer to somebody else; visible:
    the patient is in the picture and not hidden; held: of these, called the patient's and so it was."""

    scene: str
    pictures: int = 0
    wrong: int = 0
    visible: int = 0
    held: int = 0
    said: list[str] = field(default_factory=list)


def spec_of(scene: str, seed: int, *, same_clothes: bool = False) -> VirtualSpec:
    rng = np.random.default_rng(seed)
    look, other = rng.choice(len(LOOKS), 2, replace=False).tolist()
    left, speed = float(rng.choice([-1, 1])), float(rng.uniform(0.8, 1.8))
    far, nearer, way = 2.5 * left, True, ()
    cross = ((2.5, -far), (2.5 + 5 / speed, far))
    theirs = {
        "crosses before": cross,
        "crosses behind": cross,
        "stands before": ((2.5, -far), (2.5 + 2.3 / speed, 0.1), (6.0, -0.1), (6 + 2.5 / speed, far)),
        "takes over": ((3.0, -far), (3 + 2.5 / speed, 0.0)),
        "stays": ((3.0, -far), (3 + 2 / speed, -0.5 * left)),
        "beside": ((2.5, -far), (2.5 + 1.8 / speed, -0.75 * left), (7.0, -0.75 * left), (9.0, -far)),
    }[scene]
    if scene in ("takes over", "stays"):
        way = ((0.0, 0.0), (2.5, 0.0), (2.5 + 2.5 / speed, far))
    if scene == "stays":
        way = (*way, (6.2, far), (6.2 + 1.9 / speed, 0.6 * left))
    if scene in ("crosses behind", "stays") or (scene == "beside" and seed % 2):
        nearer = False
    sitting = None if way == () else True
    company = Company(look if same_clothes else other, theirs, nearer)
    # who walks off is not drawn on a chair: it would stay behind
    return VirtualSpec("healthy", "right", seed, look, company=company, way=way, sitting=sitting)


def follow(spec: VirtualSpec, scene: str) -> Followed:
    """The real networks on the scene, the patient confirmed as the only one in the picture."""
    camera, came = VirtualCamera(spec), Followed(scene)
    assert spec.company is not None
    confirmed = False
    with Detector(model_path("pose"), keeps=True, beside=False) as detector:
        for i in range(round(SECONDS * FPS)):
            t_s = i / FPS
            picture = camera.picture_at(t_s, reaches(t_s))
            if t_s >= CONFIRMED_S and not confirmed:
                detector.confirm()
                confirmed = True
            frame = detector.detect(picture.bgr, t_s, i)
            if confirmed:
                count(came, frame, camera, nearer=spec.company.nearer)
    return came


def count(came: Followed, frame: PoseFrame, camera: VirtualCamera, *, nearer: bool) -> None:
    own, other = (off(frame, joints) for joints in (camera.truth_px, camera.company_px))
    visible = is_visible(camera.truth_px, camera.company_px, camera.size[0], nearer=nearer)
    patient = frame.whose == "patient"
    came.pictures += 1
    came.wrong += patient and frame.has_body and other < own
    came.visible += visible
    came.held += visible and patient and own < other
    came.said.append(frame.whose)


def off(frame: PoseFrame, joints: Places) -> float:
    """Median distance of the tracked joints from these, px."""
    if not joints or not frame.has_body:
        return math.inf
    return float(np.median([math.dist(frame.points_px[POSE[name]], joints[name]) for name in JOINTS]))


def is_visible(own: Places, other: Places, width: int, *, nearer: bool) -> bool:
    """The trunk is in the picture, and no other body is before it."""
    middle, half = trunk(own)
    if not half < middle < width - half:
        return False
    beside, theirs = trunk(other)
    return not nearer or abs(beside - middle) > 1.25 * (half + theirs)


def trunk(joints: Places) -> tuple[float, float]:
    """Middle across and half the width, px."""
    left, right = joints["left_shoulder"][0], joints["right_shoulder"][0]
    return (left + right) / 2, abs(left - right) / 2


def reaches(t_s: float) -> View:
    """Reaches all over, also across the body."""
    number = int(t_s / 1.6)
    rng = np.random.default_rng(number)
    target = Target("pick", rng.uniform(-0.6, 0.8), rng.uniform(-0.5, 0.5), 0.12, 0.0, number)
    return View(t_s, "play", "orchard", "right", 1, (-1.5, -1.5, 1.5, 1.5), target=target)
