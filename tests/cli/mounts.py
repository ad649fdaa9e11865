"""Disks of one's own, where the system allows it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def mounted(*arguments: str) -> bool:
    tool = shutil.which("mount")
    if tool is None or sys.platform != "linux" or os.geteuid() != 0:
        return False
    return subprocess.run([tool, *arguments], capture_output=True, check=False).returncode == 0


def fill(disk: Path) -> Path:
    """The file that leaves no room on a disk."""
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        for size in (1_000_000, 4096):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue
    return ballast
