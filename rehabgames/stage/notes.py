"""Notes: plain sentences about what was missing here, each told once."""

from __future__ import annotations


def once(notes: list[str], sentence: str) -> None:
    if sentence not in notes:
        notes.append(sentence)
