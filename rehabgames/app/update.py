"""Update: whether there is a newer version. The package index is asked here, and only when people ask."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from packaging.version import Version

from rehabgames import __version__
from rehabgames.core.errors import MachineError, UseError
from rehabgames.tracking.package_index import (
    has_pip,
    pip_command,
    pip_environment,
    trouble_of,
)

ANSWER_S: Final = 5  # in which the index has to answer
AT_MOST_S: Final = 10.0  # for all of it: pip itself takes a second or two to begin, and an index may dribble
MOST_SAID: Final = 1_000_000  # letters of what pip says that are looked at
HERE: Final = ("127.0.0.1", "localhost", "::1")
_ASK: Final = (
    *("index", "versions", "rehabgames", "--timeout", str(ANSWER_S), "--retries", "0"),
    *("--no-cache-dir", "--no-input", "--no-color", "--disable-pip-version-check"),
    "-vv",  # else it does not say why it got no answer
)
_NEWEST: Final = re.compile(r"^rehabgames \(([0-9][0-9A-Za-z.!+]{0,40})\)$", re.MULTILINE)
_OTHERS: Final = ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX")


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest version for this Python that the index has and that was not withdrawn."""

    version: str

    def __str__(self) -> str:
        newest, here = Version(self.version), Version(__version__)
        if newest > here:
            return (
                f"There is rehabgames {newest}; this is {here}. Bring it the way this one came: "
                "pipx upgrade rehabgames, uv tool upgrade rehabgames, pip install --upgrade rehabgames, "
                "or a new folder"
            )
        if newest == here:
            return f"rehabgames {here} is the newest version."
        return f"rehabgames {here} is newer than {newest}, the newest that the package index has."


def newest(index: str | None = None) -> Newest:
    """Ask now. index: an address of the index, in place of where pip gets its packages from.

    Raises UseError for an address over which an answer could be forged, MachineError where no answer came.
    """
    if index is not None:
        _must_be_safe(index)
    if not has_pip():
        raise _unknown("there is no pip here to ask with.", "Look where you got this one from.")
    with tempfile.TemporaryDirectory(prefix="rehabgames-") as scratch:
        code, said = _asked(index, Path(scratch))
    found = _NEWEST.search(said)
    if code == 0 and found:
        return Newest(found[1])
    raise _why(said, code)


def _must_be_safe(index: str) -> None:
    try:
        parts = urlsplit(index)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)
        named = bool(parts.hostname) and index.isprintable()
    except ValueError:
        safe = named = False
    if not (safe and named):
        step = "Give one that begins with https:// (http:// is for this machine alone)."
        raise UseError(f"{index[:100]!a} is no address that can be asked.", step)


def _asked(index: str | None, scratch: Path) -> tuple[int, str]:
    """(exit code, what was said)"""
    environment = pip_environment(scratch)
    where: tuple[str, ...] = ()
    if index is not None:
        where = ("--index-url", index)
        environment = {name: value for name, value in environment.items() if name not in _OTHERS}
    log = scratch / "pip.log"
    with (
        log.open("wb") as out,
        subprocess.Popen(
            pip_command(*_ASK, *where),
            cwd=scratch,
            env=environment,
            stdin=subprocess.PIPE,  # its end tells pip that nobody waits any more
            stdout=out,
            stderr=out,
        ) as child,
    ):
        try:
            code = child.wait(AT_MOST_S)
        except subprocess.TimeoutExpired:
            raise _unknown(f"the package index did not answer within {AT_MOST_S:.0f} s.") from None
        finally:
            child.kill()
    with log.open(encoding="utf-8", errors="replace") as said:
        return code, said.read(MOST_SAID)


def _why(said: str, code: int) -> MachineError:
    trouble = trouble_of(said)
    if trouble == "not trusted":
        why = "the package index answered with a certificate that this machine does not trust."
        return _unknown(why, "Set pip's 'cert' option as your network asks.")
    if trouble == "no network":
        return _unknown("no network answered.", "Connect to the internet and ask again.")
    if trouble == "nothing there":
        return _unknown("pip finds no rehabgames where it is told to look.", "Look where you got it from.")
    return _unknown(f"pip stopped with code {code}.")


def _unknown(why: str, step: str = "Ask again later; nothing was changed.") -> MachineError:
    return MachineError(f"It is not known whether there is a newer version: {why}", step)
