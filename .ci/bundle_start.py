"""What the bundle of `.ci/bundle` starts: rehabgames, with the tracking models beside it.

The program starts its own Python for three things: the tracking process, a look at screen and sound, and
pip. In a bundle that Python is this program again.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path

AS_PYTHON = ["-W", "ignore", "-c"]


def main() -> None:
    multiprocessing.freeze_support()  # does not return in the tracking process
    if sys.argv[1:4] == AS_PYTHON:
        code = sys.argv[4]
        sys.argv = ["-c", *sys.argv[5:]]
        exec(code, {"__name__": "__main__"})
        return
    models = Path(__file__).resolve().parent / "models"
    if models.is_dir():
        os.environ.setdefault("REHABGAMES_MODELS", str(models))
    from rehabgames.cli import run  # noqa: PLC0415 - not for the tracking process

    run()


if __name__ == "__main__":
    main()
