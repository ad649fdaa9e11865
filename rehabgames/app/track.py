"""Track a video file: signals per frame, and repetitions of one signal counted."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rehabgames.content.whole import write_whole
from rehabgames.core.errors import StoreError, VideoError
from rehabgames.core.pose import Array, PoseFrame, Recording
from rehabgames.measures.repetitions import Repetition, count
from rehabgames.signals import compute, resolve
from rehabgames.signals.catalogue import sided_names
from rehabgames.signals.presence import judge
from rehabgames.tracking.models import model_path
from rehabgames.tracking.sources import VideoSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker
from rehabgames.tracking.variants import USUAL, Variant, pose_path

# what is computed where nothing is asked for: all that the pose alone gives
DEFAULT = tuple(name for name in sided_names() if not resolve(name)[0].by_hand)
Progress = Callable[[str, int, int], None]


SHOW_SOMEBODY = "Choose a video that shows a person from the hips up."
ONLY_A_HAND = "No person was seen in {video}, only a hand: signals of the body are empty."


@dataclass(frozen=True, slots=True)
class Tracked:
    """One tracked video.

    frames   pictures in the video; seen: those with a person (where only signals of the hand are
             asked: with a hand); bodies: those in which MediaPipe reported a body, ghost or not
    t_s      (n,) seconds in the video; signals name → (n,), NaN where not measured
    motion   the same without the gates that ask how the body stands to the camera: to count by,
             because a movement was made from wherever it was seen
    notes    what people should know about the numbers
    """

    fps: float
    frames: int
    seen: int
    bodies: int
    t_s: Array
    signals: dict[str, Array]
    motion: dict[str, Array]
    counted: str | None
    repetitions: list[Repetition]
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The numbers for --json. NaN is null."""
        told: dict[str, Any] = {
            "frames": self.frames,
            "seen": self.seen,
            "bodies": self.bodies,
            "fps": round(self.fps, 3),
            "signals": {name: _spread(x) for name, x in self.signals.items()},
            "notes": list(self.notes),
        }
        if self.counted is not None:
            told["repetitions"] = {
                "signal": self.counted,
                "count": len(self.repetitions),
                "times_s": [round(each.marked_s, 3) for each in self.repetitions],
            }
        return told


def track(
    video: Path, names: Sequence[str], counted: str | None, progress: Progress, pose: Variant = USUAL
) -> Tracked:
    """pose: which network. Raises UnknownNameError, VideoError (also where nobody is in it), ModelError."""
    with_hands = any(resolve(name)[0].by_hand for name in _wanted(names, counted))
    fps, frames = tracked_frames(video, with_hands=with_hands, progress=progress, pose=pose)
    return told_of(video, fps, frames, names, counted, pose=pose)


def told_of(
    video: Path,
    fps: float,
    frames: Sequence[PoseFrame],
    names: Sequence[str],
    counted: str | None,
    *,
    pose: Variant = USUAL,
) -> Tracked:
    """What `track` tells of its frames, which have the hands where a signal of the hand is asked for."""
    wanted = _wanted(names, counted)
    by_hand = [resolve(name)[0].by_hand for name in wanted]
    rec = Recording.of(frames)
    present = judge(rec)
    hands = np.isfinite(rec.hands_px[:, :, 0, 0]).any(axis=1)
    nobody = not present.any() and not hands.any()
    if nobody and (any(by_hand) or not _holds_a_hand(video, pose)):
        raise VideoError(f"Nobody is seen in {video}.", SHOW_SOMEBODY)
    notes = () if present.any() or all(by_hand) else (ONLY_A_HAND.format(video=video.name),)
    motion = compute(rec, wanted, present=present, gated=False)
    found = count(rec.t_s, motion[counted], resolve(counted)[0].swing) if counted else []
    return Tracked(
        fps=fps,
        frames=len(frames),
        seen=int((hands if all(by_hand) else present).sum()),
        bodies=sum(frame.has_body for frame in frames),
        t_s=rec.t_s,
        signals=compute(rec, wanted, present=present),
        motion=motion,
        counted=counted,
        repetitions=found,
        notes=notes,
    )


def _wanted(names: Sequence[str], counted: str | None) -> tuple[str, ...]:
    extra = (counted,) if counted else ()
    return tuple(dict.fromkeys((*(names or extra or DEFAULT), *extra)))


def tracked_frames(
    video: Path, *, with_hands: bool, progress: Progress, pose: Variant = USUAL
) -> tuple[float, list[PoseFrame]]:
    """Its pictures a second, and every frame of a video, tracked. Raises VideoError, ModelError."""
    network = pose_path(pose, progress)
    models = ModelPaths(network, model_path("hand", progress=progress) if with_hands else None)
    frames: list[PoseFrame] = []
    with Tracker(VideoSpec(video, paced=False), models=models, every_frame=True) as tracker:
        opened = tracker.start()
        for frame in tracker.frames():
            frames.append(frame)
            progress("track", len(frames), opened.total or 0)
    return opened.fps, frames


def _holds_a_hand(video: Path, pose: Variant) -> bool:
    """Is there a hand, where no person is? Then somebody is there, and zero is an answer."""
    models = ModelPaths(pose_path(pose), model_path("hand"))
    with Tracker(VideoSpec(video, paced=False), models=models, every_frame=True) as tracker:
        tracker.start()
        return any(np.isfinite(frame.hands_px[:, 0, 0]).any() for frame in tracker.frames())


def write_csv(tracked: Tracked, path: Path) -> None:
    """t_s and one column per signal, empty where not measured; written whole or not at all.

    Raises StoreError.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["t_s", *tracked.signals])
    for row in zip(tracked.t_s, *tracked.signals.values(), strict=True):
        writer.writerow(["" if not np.isfinite(v) else f"{v:.6g}" for v in row])
    try:
        write_whole(path, table.getvalue())
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}).", "Name another file.") from error


def _spread(x: Array) -> dict[str, float | None]:
    seen = x[np.isfinite(x)]
    if not len(seen):
        return {"min": None, "max": None, "mean": None}
    low, high, mean = float(seen.min()), float(seen.max()), float(seen.mean())
    return {"min": round(low, 4), "max": round(high, 4), "mean": round(mean, 4)}
