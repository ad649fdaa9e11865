"""Motion that eases: pure curves, and the memory of when each thing was first seen."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Hashable


def ease(share: float) -> float:
    """0 → 0, 1 → 1, level at both ends; outside of 0..1 it stays at the nearer end."""
    s = min(1.0, max(0.0, share))
    return s * s * (3.0 - 2.0 * s)


def swell(share: float) -> float:
    """0 → 0, 0.5 → 1, 1 → 0, level at the ends."""
    s = min(1.0, max(0.0, share))
    return math.sin(math.pi * s) ** 2


def approach(value: float, goal: float, dt_s: float, seconds: float) -> float:
    """`value` moved towards `goal` at the steady rate that takes `seconds` from 0 to 1."""
    step = max(0.0, dt_s) / seconds
    return min(goal, value + step) if goal > value else max(goal, value - step)


def hops(moved_s: float) -> tuple[float, float]:
    """Of a bird that stands for a while and then makes two hops: (hops made so far, height now 0..1)."""
    turn, k = divmod(moved_s / 9.0, 1.0)
    hop = min(1.0, max(0.0, (k - 0.8) / 0.2))
    return turn + ease(hop), abs(math.sin(math.pi * 2 * hop))


class FirstSeen:
    """When each key appeared. A key that was away for longer than `forget_s` is new again."""

    def __init__(self, forget_s: float = 1.0) -> None:
        self._forget_s = forget_s
        self._times: dict[Hashable, tuple[float, float]] = {}

    def age(self, key: Hashable, now_s: float) -> float:
        """Seconds since `key` was first asked for."""
        first, last = self._times.get(key, (now_s, now_s))
        if now_s - last > self._forget_s:
            first = now_s
        self._times[key] = (first, now_s)
        return now_s - first

    def prune(self, now_s: float) -> None:
        for key in [k for k, (_, last) in self._times.items() if now_s - last > self._forget_s]:
            del self._times[key]


class Gathered:
    """Things of which there come more: what was there at first is there at once, the rest comes gently."""

    def __init__(self) -> None:
        self._seen = FirstSeen(forget_s=math.inf)
        self._first: int | None = None

    def shown(self, count: int, now_s: float) -> list[float]:
        """How much is seen of each of `count`, 0..1."""
        self._first = count if self._first is None else self._first
        return [1.0 if i < self._first else ease(self._seen.age(i, now_s) / 0.8) for i in range(count)]


class Trail:
    """The path of the hand in the last `span_s`, in play coordinates."""

    def __init__(self, span_s: float = 0.6) -> None:
        self._span_s = span_s
        self._points: deque[tuple[float, float, float]] = deque()

    def add(self, now_s: float, x: float, y: float) -> None:
        self._points.append((now_s, x, y))
        self.trim(now_s)

    def trim(self, now_s: float) -> None:
        while self._points and not 0.0 <= now_s - self._points[0][0] <= self._span_s:
            self._points.popleft()

    def points(self, now_s: float, spacing: float) -> list[tuple[float, float, float]]:
        """(x, y, freshness 0..1) about every `spacing` arm lengths, oldest first."""
        found: list[tuple[float, float, float]] = []
        left = 0.0
        for (_, x0, y0), (t1, x1, y1) in zip(self._points, list(self._points)[1:], strict=False):
            length = math.hypot(x1 - x0, y1 - y0)
            at = spacing - left
            while at <= length:
                k = at / length
                found.append((x0 + (x1 - x0) * k, y0 + (y1 - y0) * k, 1.0 - (now_s - t1) / self._span_s))
                at += spacing
            left = (left + length) % spacing
        return found
