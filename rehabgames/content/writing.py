"""A new exercise file: a copy of another one under its own name, comments and all."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from rehabgames.content.finding import shown
from rehabgames.content.reading import Source
from rehabgames.content.rules import NAME, NAME_RULE
from rehabgames.content.whole import write_whole
from rehabgames.core.errors import ContentError, MachineError

_TITLE = re.compile(r"^title[ \t]*=[^\n]*$", re.MULTILINE)
# names that Windows keeps for devices, with any ending
RESERVED = {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}


def write_copy(source: Source, name: str, folder: Path) -> Path:
    """Write `folder`/`name`.toml whole or not at all. Raises ContentError, MachineError."""
    if not NAME.fullmatch(name) or name in RESERVED:
        raise ContentError(
            f"{shown(name)} cannot be the name of an exercise.",
            f"Use {NAME_RULE}.",
        )
    path = folder / f"{name}.toml"
    if path.exists() or path.is_symlink():
        raise ContentError(f"{path} is there already.", "Choose another name, or move that file away.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, _copied(source, name))
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise MachineError(f"{path} cannot be written ({why}).", "Choose a folder of your own.") from error
    return path


def _copied(source: Source, name: str) -> str:
    """The text with a heading and a title of its own; everything else stays as it is."""
    title = name.replace("_", " ").capitalize()
    heading = (
        f"# {title}: a copy of {source.name}. Change what you like, then: rehabgames check {name}.toml\n\n"
    )
    retitled = _TITLE.sub(f"title = {json.dumps(title)}", source.text, count=1)
    return heading + (retitled if _only_retitled(retitled, title, source) else source.text)


def _only_retitled(text: str, title: str, source: Source) -> bool:
    """False where the line that looked like the title was part of something longer."""
    try:
        return tomllib.loads(text) == {**source.table, "title": title}
    except tomllib.TOMLDecodeError:
        return False
