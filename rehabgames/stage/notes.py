"""Notes: what was missing here: plain sentences, each told once, and what of it concerns whoever plays."""

from __future__ import annotations

from typing import Protocol


class Works(Protocol):
    @property
    def works(self) -> bool: ...


def once(notes: list[str], sentence: str) -> None:
    if sentence not in notes:
        notes.append(sentence)


def lacking(sounds: Works | None, voice: Works | None) -> tuple[str, ...]:
    """ "sound" or "voice" where it was wanted and does not work; without sound there is no voice. None: it
    was not wanted."""
    if sounds is not None and not sounds.works:
        return ("sound",)
    return ("voice",) if voice is not None and not voice.works else ()
