"""One demo of a healthy virtual patient, watched from outside."""

from __future__ import annotations

import site
from dataclasses import dataclass
from pathlib import Path

from terminal import Answer, Terminal

from rehabgames.tracking.models import cache_folder

SHARED_MEMORY = Path("/dev/shm")


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo of a healthy virtual patient as it was run, without a display and all warned about.

    user, temporary   what it could have taken for the user's home and for the temporary folder
    home              what lay in the data folder when it had ended, before anybody read there
    shared_memory     what it left there
    """

    terminal: Terminal
    answer: Answer
    user: Path
    temporary: Path
    home: list[str]
    shared_memory: list[str]

    @property
    def numbers(self) -> Path:
        return self.terminal.folder / "numbers.json"

    @property
    def pictures(self) -> Path:
        return self.terminal.folder / "pictures"


def run_demo(folder: Path) -> Demo:
    here, user, temporary = folder / "here", folder / "user", folder / "temporary"
    for each in (here, user, temporary):
        each.mkdir()
    terminal = Terminal(here, folder / "home")
    before = _shared_memory()
    answer = terminal(
        *("demo", "--seconds", "6", "--patient", "healthy"),
        *("--json", "numbers.json", "--pictures", "pictures"),
        python=("-W", "error::ResourceWarning"),
        HOME=str(user),
        TMPDIR=str(temporary),
        XDG_CACHE_HOME="",
        XDG_CONFIG_HOME="",
        XDG_DATA_HOME="",
        PYTHONUSERBASE=site.getuserbase(),
        REHABGAMES_CACHE=str(cache_folder().parent),
    )
    kept = sorted(str(path.relative_to(terminal.home)) for path in terminal.home.rglob("*"))
    left = [name for name in _shared_memory() - before if not _in_use(name)]
    return Demo(terminal, answer, user, temporary, kept, sorted(left))


def _shared_memory() -> set[str]:
    return {path.name for path in SHARED_MEMORY.iterdir()} if SHARED_MEMORY.is_dir() else set()


def _in_use(name: str) -> bool:
    """True where a living process holds it: then it is somebody else's."""
    for maps in Path("/proc").glob("[0-9]*/maps"):
        try:
            if f"{SHARED_MEMORY}/{name}" in maps.read_text(errors="replace"):
                return True
        except OSError:
            continue
    return False
