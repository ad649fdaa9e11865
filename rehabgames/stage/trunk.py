"""The trunk: where it does what the arm is to do, the scene draws back (LOOK, "Feedback that teaches")."""

from __future__ import annotations

from rehabgames.core.view import View


def bent(view: View) -> float:
    """How far the scene draws back: 0 .. 1. It is knowledge of performance, and fades with it."""
    helps = view.trunk if view.performance and view.phase == "play" else 0.0
    return min(1.0, max(0.0, (helps - 0.5) / 0.75))
