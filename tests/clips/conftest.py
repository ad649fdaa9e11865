"""Each clip of real people is tracked once in a run of the tests, also where tests run side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rehabgames.app.track import tracked_frames
from rehabgames.core.pose import PoseFrame

WITH_HANDS = ("tfjs_asl_hand", "mps_hand", "mps_gesture")

Film = tuple[float, list[PoseFrame]]


@pytest.fixture(scope="session")
def film(shared: Path, once: Callable[[str, Callable[[Path], Film]], Film]) -> Callable[[str], Film]:
    """Its pictures a second and its frames, by the name of a clip."""

    def tracked(name: str) -> Film:
        video = shared / "video" / f"{name}.mp4"
        return once(
            name, lambda _: tracked_frames(video, with_hands=name in WITH_HANDS, progress=lambda *_: None)
        )

    return tracked
