"""Document → row. What a body does not say, or says in another type, leaves its column null."""

from __future__ import annotations

import json
import math
import re
from datetime import UTC, datetime
from typing import Any

from rehabgames.core.document import Document
from rehabgames.records.rows import Entry, EventRow, LandmarkChunk, ProfileRow, SessionRow, TrialRow

_ENTRIES: dict[str, type[Entry]] = {
    "trial": TrialRow,
    "event": EventRow,
    "profile": ProfileRow,
    "landmarks": LandmarkChunk,
}


def entry_kind(document: Document) -> type[Entry]:
    """The table of a document that is neither start nor stop."""
    return _ENTRIES[document.kind]


def session_row(document: Document) -> SessionRow:
    """Raises ValueError where the session id is no plain file name."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", document.session_id):
        raise ValueError(f"a session id is 1 to 64 letters, digits, '.', '_', '-': {document.session_id!r}")
    body = document.body
    exercise = body.get("exercise")
    exercise = exercise if isinstance(exercise, dict) else {}
    return SessionRow(
        id=document.session_id,
        patient=_text(body.get("patient")),
        exercise_id=_text(exercise.get("id")),
        exercise_sha256=_text(exercise.get("sha256")),
        seed=_whole(body.get("seed")),
        started_utc=_time(body.get("started_utc")),
        status="running",
        start=body,
    )


def entry_row(document: Document) -> Entry:
    body = document.body
    common: dict[str, Any] = {
        "session_id": document.session_id,
        "number": document.number,
        "t_s": document.t_s,
        "body": body,
    }
    if document.kind == "trial":
        levels = body.get("levels")
        success = body.get("success")
        return TrialRow(
            **common,
            trial=_whole(body.get("number")),
            success=success if isinstance(success, bool) else None,
            reason=_text(body.get("reason")),
            margin=_real(body.get("margin")),
            reached=_real(body.get("reached")),
            levels=levels if isinstance(levels, dict) else None,
        )
    if document.kind == "event":
        return EventRow(**common, name=_text(body.get("name")))
    if document.kind == "profile":
        return ProfileRow(**common, protocol=_text(body.get("protocol")), side=_text(body.get("side")))
    return LandmarkChunk(
        **common,
        t0_s=_real(body.get("t0_s")),
        frames=_whole(body.get("frames")),
        payload=document.payload,
    )


def to_json(value: object) -> str:
    """Strict JSON: NaN and infinity are a ValueError, because a reader elsewhere would choke on them."""
    return json.dumps(value, allow_nan=False, ensure_ascii=False, separators=(",", ":"))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: object) -> int | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
    return value if fits and isinstance(value, int) else None


def _real(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None


def _time(value: object) -> datetime | None:
    try:
        time = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    if time is None:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
