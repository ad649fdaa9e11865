"""Desktop: an entry in the menu of programs, and one that is started at login, as freedesktop.org has them.

Nothing is written but the three files that `files` names, all in the user's own folders.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from rehabgames.content.root import assets_folder
from rehabgames.content.whole import write_whole
from rehabgames.core.errors import MachineError, UseError
from rehabgames.core.message import Message
from rehabgames.words import ENGLISH, languages, render

NAME: Final = "rehabgames"
# a session of a desktop does not read what a terminal has read
KEPT: Final = ("REHABGAMES_HOME", "REHABGAMES_CACHE", "REHABGAMES_MODELS")
_RESERVED: Final = frozenset(" \t\n\"'\\><~|&;$*?#()`")


@dataclass(frozen=True, slots=True)
class Files:
    """Where the entries and the icon are, or would be."""

    entry: Path
    icon: Path
    at_login: Path


def files() -> Files:
    """By XDG_DATA_HOME and XDG_CONFIG_HOME, or what stands for them."""
    shared, settings = platformdirs.user_data_path(), platformdirs.user_config_path()
    return Files(
        shared / "applications" / f"{NAME}.desktop",
        shared / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg",
        settings / "autostart" / f"{NAME}-notice.desktop",
    )


def install(*, at_login: bool) -> tuple[Path, ...]:
    """Write entry and icon, with at_login also the notice; what is there of an earlier one is replaced.

    Returns what was written. Raises UseError where desktops have no such entries, MachineError.
    """
    if not sys.platform.startswith("linux"):
        step = "docs/installing.md tells how to put a shortcut on Windows and macOS."
        raise UseError("Only desktops of Linux have such an entry.", step)
    where, command = files(), start_command()
    texts = {
        where.icon: (assets_folder() / "icon.svg").read_text("utf-8"),
        where.entry: entry_text(command),
    }
    if at_login:
        texts[where.at_login] = notice_text(command)
    for path, text in texts.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise MachineError(f"{path} cannot be written ({why}).", "Make that folder yours.") from error
    return tuple(texts)


def remove() -> tuple[Path, ...]:
    """Take away what `install` wrote. Returns what was there. Raises MachineError."""
    where = files()
    gone = []
    for path in (where.entry, where.at_login, where.icon):
        try:
            path.unlink()
            gone.append(path)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise MachineError(f"{path} cannot be removed ({why}).", "Remove it by hand.") from error
    return tuple(gone)


def start_command() -> tuple[str, ...]:
    """What starts this program from anywhere: itself where it is one file, its script, else its Python."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    script = Path(sysconfig.get_path("scripts")) / NAME
    if os.access(script, os.X_OK):
        return (str(script),)
    return (sys.executable, "-P", "-m", NAME)


def entry_text(command: Sequence[str]) -> str:
    """The entry in the menu of programs."""
    return _text(
        ("Type", "Application"),
        ("Version", "1.1"),
        ("Name", NAME),
        *_said("GenericName", "desktop.generic"),
        *_said("Comment", "desktop.comment"),
        ("Icon", NAME),
        *_started(command),
        ("Terminal", "false"),
        ("Categories", "Game;"),
    )


def notice_text(command: Sequence[str]) -> str:
    """The entry that is started at login."""
    return _text(
        ("Type", "Application"),
        ("Version", "1.1"),
        ("Name", NAME),
        *_said("Comment", "desktop.notice"),
        ("Icon", NAME),
        *_started(command, "notice"),
        ("Terminal", "false"),
        ("NoDisplay", "true"),
    )


def _text(*lines: tuple[str, str]) -> str:
    return "[Desktop Entry]\n" + "".join(f"{key}={value}\n" for key, value in lines)


def _said(key: str, message_id: str) -> list[tuple[str, str]]:
    """In every language that there is, the plain key in English."""
    message = Message(message_id)
    others = [language for language in languages() if language != ENGLISH]
    said = [(key, render(message)), *((f"{key}[{each}]", render(message, each)) for each in others)]
    return [(name, _escaped(text)) for name, text in said]


def _started(command: Sequence[str], *arguments: str) -> list[tuple[str, str]]:
    """With the folders that are set now, for the program is to find there what it keeps here."""
    kept = [f"{name}={value}" for name in KEPT if (value := os.environ.get(name)) and not _own(value)]
    line = [*((shutil.which("env") or "env", *kept) if kept else ()), *command, *arguments]
    # a desktop leaves out an entry whose program is not there any more
    return [("TryExec", _escaped(command[0])), ("Exec", _escaped(" ".join(map(quoted, line))))]


def _own(folder: str) -> bool:
    """A bundle names its own folder of models anew at every start, wherever it was moved to."""
    inside = Path(folder).is_relative_to(Path(sys.executable).parent)
    return inside and bool(getattr(sys, "frozen", False))


def quoted(argument: str) -> str:
    """As an argument of an Exec line: in quotes where that is needed, % doubled."""
    said = argument.replace("%", "%%")
    if said and not _RESERVED & set(said):
        return said
    for sign in '\\"`$':
        said = said.replace(sign, f"\\{sign}")
    return f'"{said}"'


def _escaped(text: str) -> str:
    """As the value of any key."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
