"""Variants: the pose network in three sizes, of which the later find more and take longer.

`full` is the model `pose` of this project and is fetched. The others are not in the package that it is
packed from: whoever has them puts the official bundles, as pose_lite.task and pose_heavy.task, into the
folder of the models.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Literal

from rehabgames.core.errors import UseError
from rehabgames.tracking.fetching import Progress
from rehabgames.tracking.models import cache_folder, check_given, list_models, model_path

Variant = Literal["lite", "full", "heavy"]
VARIANTS: Final[tuple[Variant, ...]] = ("lite", "full", "heavy")
USUAL: Final[Variant] = "full"


def pose_path(variant: Variant = USUAL, progress: Progress | None = None) -> Path:
    """A bundle that MediaPipe can load; as `model_path` where it is the usual one. Others are not fetched:
    raises UseError where there is none or it is damaged."""
    if variant == USUAL:
        return model_path("pose", progress=progress)
    path = _place(variant)
    check_given("pose", path)
    return path


def installed() -> tuple[Variant, ...]:
    """Those that can be used as they are, in the order of VARIANTS. Fetches nothing and never raises."""
    return tuple(variant for variant in VARIANTS if _usable(variant))


def variants_folder() -> Path:
    """Where `lite` and `heavy` are looked for."""
    brought = os.environ.get("REHABGAMES_MODELS")
    return Path(brought) if brought else cache_folder()


def _place(variant: Variant) -> Path:
    return variants_folder() / f"pose_{variant}.task"


def _usable(variant: Variant) -> bool:
    if variant == USUAL:
        return any(state.kind == "pose" and state.usable for state in list_models())
    try:
        check_given("pose", _place(variant))
    except UseError:
        return False
    return True
