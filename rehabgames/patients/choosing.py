"""Choosing: what a patient goes to, where a picture shows what is wanted and other things hang there, too."""

from __future__ import annotations

import numpy as np

from rehabgames.core.view import FRUITS, Target, Thing, View


def mistaken(confusion: float, others: int) -> float:
    """Probability of taking one of so many other things for the wanted one."""
    return 1.0 - (1.0 - confusion) ** others


class Choosing:
    """Looks once for each thing that is wanted, and stays with what was found."""

    def __init__(self) -> None:
        self._seen: tuple[str, float, float] | None = None
        self._found: Target | None = None
        self._times = 0

    def target(self, view: View, confusion: float, rng: np.random.Generator) -> Target | None:
        """view.target, or the place of the thing that the patient takes for the wanted one.

        Its number is below 0, so that no target of the game has it. Without confusion rng is left alone.
        """
        model = next((t for t in view.things if t.state == "wanted"), None)
        if model is None or (view.target is not None and view.target.kind != "pick"):
            return view.target
        hanging = [t for t in view.things if t.kind in FRUITS and t.state in ("growing", "ready")]
        wanted = next((t for t in hanging if t.kind == model.kind), None)
        if wanted is None:
            return view.target
        seen = (model.key, wanted.x, wanted.y)
        if seen != self._seen:
            self._seen = seen
            self._times += 1
            others = [t for t in hanging if t.kind != model.kind]
            self._found = self._target_of(_taken(wanted, others, confusion, rng))
        return self._found

    def _target_of(self, thing: Thing) -> Target:
        return Target("pick", thing.x, thing.y, thing.radius, 0.0, -self._times)


def _taken(wanted: Thing, others: list[Thing], confusion: float, rng: np.random.Generator) -> Thing:
    if confusion <= 0 or float(rng.random()) >= mistaken(confusion, len(others)):
        return wanted
    return others[int(rng.integers(len(others)))]
