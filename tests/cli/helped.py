"""The help of commands as somebody asks for it who begins a program, and what that imports."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

HEAVY = ("numpy", "cv2", "mediapipe", "pygame", "sqlalchemy", "matplotlib", "pydantic", "pymunk", "jinja2")
ONE_BY_ONE = f"""
import contextlib, io, json, sys
from rehabgames.cli import run
told = []
for asked in json.loads(sys.argv[1]):
    sys.argv = ["rehabgames", *asked, "--help"]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            run()
        except SystemExit as ended:
            code = ended.code
    told.append((code, out.getvalue(), sorted({set(HEAVY)!r} & sys.modules.keys())))
print(json.dumps(told))
"""


def helped(*commands: tuple[str, ...]) -> list[tuple[int, str, list[str]]]:
    """(exit code, what is said, heavy modules that were imported by then), one after the other in a process
    of its own."""
    asked = [sys.executable, "-c", ONE_BY_ONE, json.dumps(commands)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    told: list[Any] = json.loads(done.stdout)
    assert len(told) == len(commands)
    return [tuple(each) for each in told]
