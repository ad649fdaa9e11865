"""Pace: what a running loop did, as numbers for people and for benchmarks."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass(slots=True)
class Pace:
    """rendered counts newly painted scenes; flips_ms is capture → flip of each newly tracked frame."""

    rendered: int = 0
    began_s: float = 0.0
    ended_s: float = 0.0
    flips_ms: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return max(1e-9, self.ended_s - self.began_s)

    @property
    def render_fps(self) -> float:
        return self.rendered / self.seconds

    def capture_to_flip_ms(self) -> dict[str, float | None]:
        """Percentiles, None where no frame was shown."""
        names = ("p50", "p95", "p99")
        if not self.flips_ms:
            return dict.fromkeys(names)
        values = np.percentile(self.flips_ms, [50, 95, 99])
        return {name: round(float(v), 1) for name, v in zip(names, values, strict=True)}
