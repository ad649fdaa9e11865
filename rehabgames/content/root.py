"""Where the content lies: inside an installed package, or at the top of the repository."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def content_root() -> Path:
    """The folder that holds exercises/, calibration/ and assets/.

    A wheel carries them as `rehabgames/_content`; an editable install and a clone have them beside
    the package.
    """
    packed = _PACKAGE / "_content"
    return packed if packed.is_dir() else _PACKAGE.parent


def exercises_folder() -> Path:
    return content_root() / "exercises"


def calibration_folder() -> Path:
    return content_root() / "calibration"


def assets_folder() -> Path:
    return content_root() / "assets"
