"""Documents of a session as the engine emits them; numbers are the caller's."""

from __future__ import annotations

import time
from typing import Any

from rehabgames.core.document import Document, DocumentKind
from rehabgames.core.inputs import NotRecorded, Recorded
from rehabgames.records.writer import Writer

DIRECTIONS = (0.0, 45.0, 90.0, -30.0)


def document(
    kind: DocumentKind, number: int, body: dict[str, Any], session: str, payload: bytes = b""
) -> Document:
    return Document(session, number, kind, number * 0.5, body, payload)


def start(session: str = "s1", number: int = 0, **more: Any) -> Document:
    body = {
        "patient": "p-17",
        "exercise": {"id": "orchard_reach", "title": "Orchard", "sha256": "ab" * 32},
        "protocol": {"id": "reach_quick", "sha256": "cd" * 32},
        "side": "left",
        "seed": 7,
        "started_utc": "2026-11-21T13:05:00+00:00",
        "zone": "Europe/Berlin",
        "limits": {"shoulder_elevation_deg": 90.0, "reach": 1.1},
        "target_success": 0.75,
        **more,
    }
    return document("start", number, body, session)


def trial(n: int, session: str = "s1", number: int | None = None, **more: Any) -> Document:
    body = {
        "number": n,
        "success": n % 3 != 2,
        "reason": "placed" if n % 3 != 2 else "not_reached",
        "margin": 0.02,
        "reached": 0.6 + 0.01 * n,
        "reach_s": 1.2,
        "duration_s": 3.4,
        "levels": {"distance": 0.6},
        "goal": {"direction_deg": DIRECTIONS[n % 4], "distance": 0.6, "radius": 0.1, "hold_s": 0.5},
        "clamped": [],
        "why": None,
        **more,
    }
    return document("trial", n + 1 if number is None else number, body, session)


def landmarks(number: int, session: str = "s1", size: int = 2000) -> Document:
    return document(
        "landmarks", number, {"t0_s": number * 0.5, "frames": 30}, session, bytes(range(250)) * (size // 250)
    )


def stop(number: int, session: str = "s1", status: str = "completed") -> Document:
    body = {
        "status": status,
        "reason": "dose",
        "trials": 3,
        "successes": 2,
        "frames_seen": 90,
        "frames_tracked": 88,
    }
    return document("stop", number, body, session)


def news_until_recorded(writer: Writer, number: int) -> list[Recorded | NotRecorded]:
    """What `writer` reports until the document of this number is on disk."""
    news: list[Recorded | NotRecorded] = []
    until_s = time.monotonic() + 30
    while Recorded(number, "s1") not in news:
        assert time.monotonic() < until_s, news
        news += writer.poll(wait_s=5)
    return news
