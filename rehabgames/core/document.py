"""Document: one entry of the record. start → profile, trials, events, landmarks → stop.

Modelled on bluesky's event model: the start says everything known before, the stop closes every
run with a status and a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

DocumentKind = Literal["start", "profile", "trial", "event", "landmarks", "stop"]
StopStatus = Literal["completed", "stopped", "failed", "interrupted"]


@dataclass(frozen=True, slots=True)
class Document:
    """session_id and number (0, 1, 2 ... within the session) identify it; t_s is session time.

    `body` holds JSON values only (no NaN: what is unknown is null or left out). A landmarks
    document also carries `payload`, bytes of a chunk (see `session.chunks`).
    """

    session_id: str
    number: int
    kind: DocumentKind
    t_s: float
    body: dict[str, Any]
    payload: bytes = b""
