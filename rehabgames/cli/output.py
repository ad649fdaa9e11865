"""What commands say at their start, and write besides what they print."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import typer

from rehabgames.core.errors import StoreError, UseError


def tell_trouble_with_words() -> None:
    """Once, before anything is said in words that are not there; the command goes on."""
    from rehabgames.words import trouble

    if (found := trouble()) is not None:
        typer.echo(f"rehabgames: {found}", err=True)


def must_be_writable(path: Path | None) -> None:
    """Say it before the work is done, not after."""
    if path is None:
        return
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise UseError(f"{path} cannot be written.", "Name a file in a folder that exists and is yours.")


def write_json(path: Path | None, numbers: dict[str, Any]) -> None:
    if path is None:
        return
    import json

    from rehabgames.content.whole import write_whole

    try:
        write_whole(path, json.dumps(numbers, indent=2, allow_nan=False) + "\n")
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}).", "Name another file.") from error
