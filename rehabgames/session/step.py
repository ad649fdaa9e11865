"""Step: what one step of a session gives."""

from __future__ import annotations

from dataclasses import dataclass

from rehabgames.core.document import Document
from rehabgames.core.view import Cue, View


@dataclass(frozen=True, slots=True)
class Step:
    """What came of one step."""

    view: View
    cues: tuple[Cue, ...]
    documents: tuple[Document, ...]
