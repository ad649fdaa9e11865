"""Pace: what a running loop did, as numbers for people and for benchmarks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from rehabgames.core.spread import Spread

STAGES: Final = ("tracked", "taken", "stepped", "drawn", "flipped")  # of a frame, in their order


@dataclass(slots=True)
class Pace:
    """rendered   newly painted scenes
    since        after the capture of each newly tracked frame, until each of STAGES was done
    scenes       from the begin of one scene to its end, with or without a new frame
    gaps         from one flip to the next
    held         of each scene, all that was done before it was drawn: what is no drawing must not hold it up
    """

    rendered: int = 0
    began_s: float = 0.0
    ended_s: float = 0.0
    since: dict[str, Spread] = field(default_factory=lambda: {stage: Spread() for stage in STAGES})
    scenes: Spread = field(default_factory=Spread)
    gaps: Spread = field(default_factory=Spread)
    held: Spread = field(default_factory=Spread)

    @property
    def seconds(self) -> float:
        return max(1e-9, self.ended_s - self.began_s)

    @property
    def render_fps(self) -> float:
        return self.rendered / self.seconds

    def frame(self, captured_s: float, done_s: tuple[float, ...]) -> None:
        """A newly tracked frame was shown; done_s: when each of STAGES was done, NaN where not known."""
        for stage, at_s in zip(STAGES, done_s, strict=True):
            self.since[stage].add(1000 * (at_s - captured_s))

    def scene(self, began_s: float, drawn_from_s: float, flipped_s: float) -> None:
        """A scene was painted."""
        if self.rendered:
            self.gaps.add(1000 * (flipped_s - self.ended_s))
        self.rendered += 1
        self.ended_s = flipped_s
        self.scenes.add(1000 * (flipped_s - began_s))
        self.held.add(1000 * (drawn_from_s - began_s))

    def capture_to_flip_ms(self) -> dict[str, float | None]:
        """Percentiles, None where no frame was shown."""
        return self.since["flipped"].told()
