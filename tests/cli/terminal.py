"""A terminal: the real command in a child process, with a home and a working folder of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from rehabgames.cli import run
from rehabgames.records.rows import SessionRow
from rehabgames.records.store import DATABASE_NAME, Store

LIMIT_S = 240
GONE_WITHIN_S = 5
# a terminal that is wide enough breaks no line of a table
_ENV = {"COLUMNS": "300", "PYTHONIOENCODING": "utf-8"}
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def message(self) -> str:
        """The one message of a command that failed: nothing else was said, and no traceback shown."""
        assert self.out == ""
        assert "Traceback" not in self.err
        assert self.err.startswith("rehabgames: ")
        assert self.err.count("rehabgames: ") == 1
        assert self.err.endswith("\n")
        assert "" not in self.err.splitlines()
        return self.err.removeprefix("rehabgames: ").rstrip("\n")


@dataclass(frozen=True, slots=True)
class Terminal:
    """folder: where commands run; home: the data folder, which need not exist."""

    folder: Path
    home: Path

    def __call__(self, *arguments: object, python: tuple[str, ...] = (), **env: str) -> Answer:
        """Run `rehabgames ARGUMENTS`; `python`: options of the interpreter; `env`: variables besides."""
        child = self.start(*arguments, python=python, **env)
        return self.finish(child)

    def typed(self, *arguments: object, **env: str) -> Answer:
        """The same without a process of its own, which takes a second to begin: for what is no play, and for
        what ends before anything is done. What is not told as a message is raised."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for name in _SCREENS:
                patch.delenv(name, raising=False)
            for name, value in (_ENV | {"REHABGAMES_HOME": str(self.home)} | env).items():
                patch.setenv(name, value)
            patch.chdir(self.folder)
            patch.setattr(sys, "argv", ["rehabgames", *map(str, arguments)])
            with pytest.raises(SystemExit) as ended:
                run()
        code = ended.value.code
        assert isinstance(code, int)
        return Answer(code, out.getvalue(), err.getvalue())

    def start(self, *arguments: object, python: tuple[str, ...] = (), **env: str) -> subprocess.Popen[str]:
        """The command, started as a session leader, as a shell starts what one presses Ctrl-C on."""
        command = [sys.executable, *python, "-m", "rehabgames", *map(str, arguments)]
        given = {name: value for name, value in os.environ.items() if name not in _SCREENS}
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=given | _ENV | {"REHABGAMES_HOME": str(self.home)} | env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def finish(self, child: subprocess.Popen[str]) -> Answer:
        try:
            out, err = child.communicate(timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            raise
        # nobody is left behind, whatever happened; Python's own resource tracker goes a moment later
        assert psutil.wait_procs(family(child.pid), timeout=GONE_WITHIN_S)[1] == []
        return Answer(child.returncode, out, err)

    def wait_until_calibrating(self, child: subprocess.Popen[str], number: int = 1) -> None:
        """Until the record of the running session, the so-manieth, says that the person was seen.

        The child is killed where that does not come, so that no test leaves it behind.
        """
        give_up_s = time.monotonic() + LIMIT_S
        while not self._calibrating(number):
            if child.poll() is not None or time.monotonic() > give_up_s:
                child.kill()
                raise AssertionError(child.communicate())
            time.sleep(0.1)  # polling, with the deadline above

    def _calibrating(self, number: int) -> bool:
        if not (self.home / DATABASE_NAME).exists():
            return False
        with Store.open(self.home) as store:
            rows = store.sessions()
            return len(rows) >= number and bool(store.events(rows[0].id, "calibration"))

    def sessions(self) -> list[SessionRow]:
        """All sessions in the home, newest first; makes nothing where there is no record."""
        if not (self.home / DATABASE_NAME).exists():
            return []
        with Store.open(self.home) as store:
            return store.sessions()

    def files(self) -> list[str]:
        """Everything that lies in the working folder."""
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*"))


def family(leader: int) -> list[psutil.Process]:
    """Living processes of the session that `leader` started."""
    if not hasattr(os, "getsid"):
        return []
    found = []
    for process in psutil.process_iter():
        try:
            same = os.getsid(process.pid) == leader and process.status() != psutil.STATUS_ZOMBIE
        except (OSError, psutil.Error):
            continue
        if same:
            found.append(process)
    return found
