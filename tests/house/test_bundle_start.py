"""What the bundle starts can be its own Python. That all of it runs, `.ci/bundle` shows by starting it."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import rehabgames
from rehabgames.tracking.package_index import pip_command


def started(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(repository / ".ci" / "bundle_start.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)


def test_it_is_rehabgames(repository: Path) -> None:
    done = started(repository, "--version")
    assert (done.returncode, done.stdout) == (0, f"rehabgames {rehabgames.__version__}\n")


def test_it_is_a_python_for_what_the_program_asks_of_its_python(repository: Path) -> None:
    _, *asked = pip_command("a", "b c")
    asked[asked.index("-c") + 1] = "import sys; print(sys.argv, __name__)"
    done = started(repository, *asked)
    assert (done.returncode, done.stdout) == (0, "['-c', 'a', 'b c'] __main__\n")


def test_every_module_that_the_bundle_names_is_there(repository: Path) -> None:
    script = (repository / ".ci" / "bundle").read_text("utf-8")
    named = re.findall(r"--(?:hidden-import|collect-\w+|recursive-copy-metadata) ([\w.]+)", script)
    assert {"mediapipe", "mediapipe.tasks.c", "pip", "rehabgames"} <= set(named)
    assert [name for name in named if importlib.util.find_spec(name) is None] == []
