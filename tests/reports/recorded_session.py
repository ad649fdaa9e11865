"""A whole session written into a real record, with results that a seed decides."""

from __future__ import annotations

import random
from typing import Any

from rehabgames.core.document import Document, DocumentKind
from rehabgames.records.store import Store

DIRECTIONS = (-40.0, 25.0, 45.0, 65.0, 85.0)
REACH = {"-40": 0.71, "25": 0.93, "45": 0.9, "65": 0.84, "85": 0.62}


class Recorder:
    """Adds documents to a store, numbering them."""

    def __init__(self, store: Store, session: str) -> None:
        self.store, self.session, self.number, self.t_s = store, session, 0, 0.0

    def add(
        self, kind: DocumentKind, body: dict[str, Any], after_s: float = 0.0, payload: bytes = b""
    ) -> None:
        self.t_s += after_s
        self.store.add(Document(self.session, self.number, kind, self.t_s, body, payload))
        self.number += 1


def start_body(**more: Any) -> dict[str, Any]:
    return {
        "patient": "p-17",
        "exercise": {"id": "orchard_reach", "title": "Orchard reach", "sha256": "ab12" * 16},
        "protocol": {"id": "reach_quick", "sha256": "cd34" * 16},
        "side": "left",
        "seed": 7,
        "started_utc": "2026-11-21T23:05:00+00:00",
        "zone": "Europe/Berlin",
        "limits": {"shoulder_elevation_deg": 90.0, "reach": 1.1},
        "profile": None,
        "source": "virtual moderate",
        "versions": {"rehabgames": "0.1.0", "mediapipe": "0.10.33"},
        "target_success": 0.75,
        "axes": {"distance": {"easiest": 0.4, "hardest": 1.0, "start": 0.6, "step": 0.04}},
        **more,
    }


def profile_body(side: str = "left") -> dict[str, Any]:
    rest = [0.05, -0.7]
    return {
        "protocol": "reach_quick",
        "side": side,
        "arm_px": 210.0,
        "reach": REACH,
        "noise": 0.004,
        "rest_xy": rest,
    }


def trial_body(
    n: int, level: float, direction: float, success: bool | None, reached: float | None
) -> dict[str, Any]:
    asked = level * REACH[f"{direction:g}"]
    reasons = {True: "placed", False: "not_reached", None: "lost"}
    return {
        "number": n,
        "success": success,
        "reason": reasons[success],
        "margin": None if reached is None else round(reached - asked + 0.1, 3),
        "reached": reached,
        "reach_s": 1.3 if success else None,
        "duration_s": 3.4 if success else 8.0,
        "levels": {"distance": level},
        "goal": {"direction_deg": direction, "distance": asked, "radius": 0.1, "hold_s": 0.5},
        "clamped": ["reach"] if level > 0.9 else [],
        "why": {"id": "adapt.same", "params": {"target": 75}}
        if n
        else {"id": "adapt.start", "params": {"target": 75}},
    }


def record_session(
    store: Store, session: str = "s1", trials: int = 24, seed: int = 1, **start: Any
) -> list[bool | None]:
    """Records a completed session; returns the success of each trial."""
    chance = random.Random(seed)
    recorder = Recorder(store, session)
    recorder.add("start", start_body(**start))
    side = str(start.get("side", "left"))
    recorder.add("profile", profile_body(side), after_s=24)
    level, results = 0.6, []
    for n in range(trials):
        direction = chance.choice(DIRECTIONS)
        asked = level * REACH[f"{direction:g}"]
        lost = chance.random() < 0.06
        success = None if lost else chance.random() < 1.3 - 0.75 * level
        short = chance.uniform(0.13, 0.2) if success is False else chance.uniform(-0.05, 0.05)
        reached = None if lost else round(asked - short, 3)
        recorder.add(
            "trial", trial_body(n, round(level, 3), direction, success, reached), after_s=chance.uniform(4, 9)
        )
        if lost:
            recorder.add("event", {"name": "paused", "why": "out_of_sight"}, after_s=0.4)
        results.append(success)
        level = min(1.0, level + 0.04) if success else max(0.4, level - (0.12 if success is False else 0))
    counts = {"trials": trials, "successes": results.count(True)}
    frames = {"frames_seen": 4901, "frames_tracked": 4822}
    recorder.add("stop", {"status": "completed", "reason": "dose", **counts, **frames}, after_s=2)
    return results
