"""Where the content lies: inside an installed package, or at the top of the repository."""

from __future__ import annotations

from pathlib import Path

from rehabgames.core.errors import MachineError

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


def must_be_whole(folder: Path) -> None:
    """A folder that ships holds TOML files. Raises MachineError where it is missing, empty or unreadable."""
    try:
        files = any(path.suffix == ".toml" for path in folder.iterdir())
    except OSError as error:
        raise damaged(f"{folder} cannot be read ({(error.strerror or str(error)).lower()})") from error
    if not files:
        raise damaged(f"{folder} holds no .toml file")


def damaged(what: str) -> MachineError:
    """Something that ships is not as it should be; what: which, and why, without the full stop."""
    step = "Install it again: pip install --force-reinstall rehabgames"
    return MachineError(f"The installation of rehabgames is damaged: {what}.", step)
