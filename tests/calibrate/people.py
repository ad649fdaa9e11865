"""Somebody who follows guides: joints by angle → landmarks in px, through the session's own Control."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from rehabgames.calibrate import Calibration
from rehabgames.content.known import Known
from rehabgames.content.library import Library
from rehabgames.core.landmarks import N_HAND, N_POSE, POSE, SIDES, Side
from rehabgames.core.pose import PoseFrame
from rehabgames.core.protocol import Protocol
from rehabgames.core.sample import Sample
from rehabgames.core.view import Cue, Guide
from rehabgames.session.control import Control
from rehabgames.signals.catalogue import CONTROLS, all_names

LIBRARY = Library.open(
    Known(
        games=frozenset({"reach"}),
        signals=frozenset(all_names()),
        adapters=frozenset({"skill", "weighted_up_down"}),
        places=frozenset({"orchard"}),
        controls=frozenset(CONTROLS),
    )
)
FPS = 30.0
SIZE = (640, 480)
PX_PER_M = 230.0
UPPER_ARM, FOREARM = 0.30, 0.26
Point = tuple[float, float]


def protocol(name: str) -> Protocol:
    return LIBRARY.protocol(name)


@dataclass(frozen=True)
class Pose:
    """Angles in degrees of both arms by side, lengths in metres; of somebody who faces the camera."""

    abduction: dict[Side, float] = field(default_factory=lambda: {"left": 12.0, "right": 12.0})
    flexion: dict[Side, float] = field(default_factory=lambda: {"left": 70.0, "right": 70.0})
    lean_deg: float = 0.0  # to the person's right
    shift_m: float = 0.0  # of the hips, to the person's right
    up: float = 0.0  # 0 sits, 1 stands
    knee_m: dict[Side, float] = field(default_factory=lambda: {"left": 0.0, "right": 0.0})
    hand: float = 1.2  # the signal hand_open

    def to(self, other: Pose, s: float) -> Pose:
        def between(a: float, b: float) -> float:
            return a + s * (b - a)

        def both(a: dict[Side, float], b: dict[Side, float]) -> dict[Side, float]:
            return {side: between(a[side], b[side]) for side in SIDES}

        return Pose(
            both(self.abduction, other.abduction),
            both(self.flexion, other.flexion),
            between(self.lean_deg, other.lean_deg),
            between(self.shift_m, other.shift_m),
            between(self.up, other.up),
            both(self.knee_m, other.knee_m),
            between(self.hand, other.hand),
        )


def joints(pose: Pose) -> dict[str, Point]:
    """Metres; x to the picture's right (the person's left), y up from the floor."""
    lean = math.radians(pose.lean_deg)
    hips = (-pose.shift_m, 0.47 + pose.up * 0.42)
    axis, across = (-math.sin(lean), math.cos(lean)), (math.cos(lean), math.sin(lean))
    chest = (hips[0] + 0.5 * axis[0], hips[1] + 0.5 * axis[1])
    found = {"nose": (chest[0] + 0.19 * axis[0], chest[1] + 0.19 * axis[1])}
    for side, out in (("left", 1.0), ("right", -1.0)):
        shoulder = (chest[0] + out * 0.18 * across[0], chest[1] + out * 0.18 * across[1])
        turn = math.radians(pose.abduction[side]) + out * lean  # against gravity's vertical
        elbow = (shoulder[0] + out * UPPER_ARM * math.sin(turn), shoulder[1] - UPPER_ARM * math.cos(turn))
        bent = turn + math.radians(pose.flexion[side])
        wrist = (elbow[0] + out * FOREARM * math.sin(bent), elbow[1] - FOREARM * math.cos(bent))
        found |= {f"{side}_shoulder": shoulder, f"{side}_elbow": elbow, f"{side}_wrist": wrist}
        found[f"{side}_hip"] = (hips[0] + out * 0.11, hips[1])
        knee = (out * (0.18 - 0.07 * pose.up), 0.41 + 0.06 * pose.up + pose.knee_m[side])
        found[f"{side}_knee"] = knee
        ankle = (out * 0.12, 0.05 + pose.knee_m[side])
        found |= {f"{side}_{part}": ankle for part in ("ankle", "heel", "foot_index")}
        found[f"{side}_ear"] = (found["nose"][0] + out * 0.07, found["nose"][1])
    return found


def hand_px(openness: float) -> np.ndarray:
    """(21, 2) px of a hand whose fingertips are so many palm lengths from the wrist."""
    hand = np.tile([320.0, 400.0], (N_HAND, 1))
    palm = 80.0
    for k in range(5):
        angle = math.radians(-20 + 10 * k)
        for j in range(4):
            far = palm * (1.0 + (openness - 1.0) * j / 3)
            hand[1 + 4 * k + j] += (far * math.sin(angle), -far * math.cos(angle))
    return hand


def frame_of(
    pose: Pose, t_s: float, index: int, noise_px: float = 0.5, *, close_up: bool = False
) -> PoseFrame:
    """Body and no hand, or a close-up of a right hand and no body."""
    rng = np.random.default_rng((7, index))
    if close_up:
        hands = np.full((2, N_HAND, 2), np.nan)
        hands[SIDES.index("right")] = hand_px(pose.hand) + rng.normal(0, noise_px, (N_HAND, 2))
        return PoseFrame(t_s, index, SIZE, hands_px=hands, light=0.5, people=0)
    places = joints(pose)
    points = np.array([places.get(name, places["nose"]) for name in POSE])
    points = np.array([320.0, 470.0]) + PX_PER_M * points * (1, -1)
    points += rng.normal(0, noise_px, points.shape)
    return PoseFrame(
        t_s, index, SIZE, points_px=points, visibility=np.full(N_POSE, 0.99), light=0.5, people=1
    )


Goals = Callable[[Guide | None], Pose]


@dataclass
class Follower:
    """Sees the guide and nothing else; moves by minimum jerk after a reaction time."""

    goals: Goals
    reaction_s: float = 0.3
    move_s: float = 0.9
    at: Pose = field(init=False)

    def __post_init__(self) -> None:
        self.at = self._from = self._to = self.goals(None)
        self._seen: object = None
        self._begin_s = self._react_s = 0.0
        self._next: Pose | None = None

    def look(self, guide: Guide | None, t_s: float) -> Pose:
        seen = None if guide is None else (guide.number, guide.back, guide.name)
        if seen != self._seen:
            self._seen, self._react_s, self._next = seen, t_s + self.reaction_s, self.goals(guide)
        if self._next is not None and t_s >= self._react_s:
            self._begin_s, self._from, self._to, self._next = t_s, self.at, self._next, None
        share = min(1.0, max(0.0, (t_s - self._begin_s) / self.move_s))
        s = share**3 * (10 - 15 * share + 6 * share * share)
        self.at = self._from.to(self._to, s)
        return self.at


Spoil = Callable[[float, PoseFrame], PoseFrame | None]


@dataclass
class Course:
    """What was asked and told while a machine ran; t_s when it was done, inf where it was not."""

    machine: Calibration
    guides: list[Guide] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    poses: list[Pose] = field(default_factory=list)
    done_s: float = math.inf

    def asked(self) -> list[tuple[str, Side, bool]]:
        steps = [(guide.name, guide.side, guide.back) for guide in self.guides]
        return [step for i, step in enumerate(steps) if i == 0 or step != steps[i - 1]]


def run(
    machine: Calibration,
    follower: Follower,
    side: Side = "right",
    *,
    longest_s: float = 120.0,
    fps: float = FPS,
    noise_px: float = 0.5,
    spoil: Spoil = lambda _, frame: frame,
    close_up: bool = False,
    measured: bool = True,
) -> Course:
    """Look for a second, as a session does, then step the machine with every picture until it is done.

    measured False: nothing but that somebody is there is in the samples, for machines that look at
    the landmarks themselves.
    """
    control = Control("hand_position", ("shoulder_elevation", "trunk_lean"), side)
    control.watch(machine.needs)
    course = Course(machine)
    for index in range(int(longest_s * fps)):
        t_s = index / fps
        looking = t_s < 1.5
        pose = follower.look(None if looking else machine.guide(), t_s)
        frame = spoil(t_s, frame_of(pose, t_s, index, noise_px, close_up=close_up))
        if frame is None:
            continue
        sample = control.update(frame) if measured else Sample(t_s, present=frame.has_body)
        if looking:
            continue
        machine.step(frame, sample)
        course.cues += machine.cues()
        course.poses.append(pose)
        course.prompts.append(machine.prompt().id)
        guide = machine.guide()
        if guide is not None:
            course.guides.append(guide)
        if machine.part == "done":
            course.done_s = t_s
            break
    return course


def one(values: dict[Side, float], side: Side, value: float) -> dict[Side, float]:
    return {**values, side: value}


def hidden(frame: PoseFrame, *names: str) -> PoseFrame:
    """The frame with these landmarks unseen."""
    visibility = frame.visibility.copy()
    visibility[[POSE[name] for name in names]] = 0.1
    return replace(frame, visibility=visibility)


def step_reach(machine: Calibration, hand: Point, arm_px: float, t_s: float) -> None:
    """A picture in which the hand is at this place of play coordinates."""
    frame = PoseFrame(t_s, 0, SIZE)
    machine.step(frame, Sample(t_s, at=hand, arm_px=arm_px, present=True))
