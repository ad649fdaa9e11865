"""Floor 2: one file per adaptation rule. Every rule is asked for levels and told what came of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rehabgames.adapt.adapter import Adapter
from rehabgames.adapt.weighted_up_down import WeightedUpDown
from rehabgames.core.exercise import Axis

ADAPTERS: dict[str, Callable[[Sequence[Axis], float], Adapter]] = {"weighted_up_down": WeightedUpDown}

__all__ = ["ADAPTERS", "Adapter", "WeightedUpDown"]
