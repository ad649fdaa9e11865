"""The package index, asked by pip in a child process.

pip knows where this machine gets its packages from, be it a mirror, a proxy or a folder; so no host
is named here. Nothing else in this program opens a connection.
"""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from pathlib import Path
from typing import Final, Literal

Trouble = Literal["", "no room", "not trusted", "no network", "nothing there"]

# Dies with its parent, also when that is killed: the pipe on its standard input then ends. Otherwise
# an orphaned pip would go on writing into a folder that the next start removes.
_CHILD: Final = """
import os, runpy, threading
def end_with_parent():
    os.read(0, 1)
    os._exit(1)
threading.Thread(target=end_with_parent, daemon=True).start()
runpy.run_module("pip", run_name="__main__", alter_sys=True)
"""
# settings of the user's own pip that concern what is installed, not where packages come from
_NOT_PASSED_ON: Final = (
    *("PIP_CONSTRAINT", "PIP_REQUIREMENT", "PIP_REQUIRE_HASHES", "PIP_REQUIRE_VIRTUALENV"),
    *("PIP_NO_BINARY", "PIP_ONLY_BINARY", "PIP_DEST", "PIP_LOG", "PIP_VERBOSE", "PIP_QUIET"),
)
_NO_ROOM: Final = re.compile(r"\[(Errno (27|28|30|122)|WinError 112)\]|No space left")
_NO_NETWORK: Final = re.compile(
    r"Failed to establish a new connection|Max retries exceeded|NameResolution|getaddrinfo|ProxyError"
    r"|timed out|Connection (broken|aborted|reset|refused)|ConnectionError|IncompleteRead"
)
_NOT_TRUSTED: Final = re.compile(r"SSLError|CERTIFICATE_VERIFY_FAILED|SSLCertVerification")


def has_pip() -> bool:
    """False where this Python cannot start one."""
    return bool(sys.executable) and importlib.util.find_spec("pip") is not None


def pip_command(*arguments: str) -> list[str]:
    """What starts it. It has to be given a pipe as its standard input, and `pip_environment`."""
    return [sys.executable, "-W", "ignore", "-c", _CHILD, *arguments]


def pip_environment(scratch: Path) -> dict[str, str]:
    """scratch: a folder in which pip may write."""
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
    folder = str(scratch.absolute())
    return environment | {"TMPDIR": folder, "TEMP": folder, "TMP": folder, "PYTHONUTF8": "1"}


def trouble_of(output: str) -> Trouble:
    """What pip's output says went wrong, "" where it says none of these."""
    if _NO_ROOM.search(output):
        return "no room"
    if _NOT_TRUSTED.search(output):
        return "not trusted"
    if _NO_NETWORK.search(output):
        return "no network"
    return "nothing there" if "No matching distribution" in output else ""
