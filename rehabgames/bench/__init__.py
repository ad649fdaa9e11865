"""Benchmarks: ratios made in one run on the same input, and what they were made on."""

from rehabgames.bench.adapter import AdapterBench, bench_adapter
from rehabgames.bench.measures import MeasuresBench, bench_measures
from rehabgames.bench.movement import MovementBench, bench_movement
from rehabgames.bench.sessions import SessionBench, bench_sessions

__all__ = [
    "AdapterBench",
    "MeasuresBench",
    "MovementBench",
    "SessionBench",
    "bench_adapter",
    "bench_measures",
    "bench_movement",
    "bench_sessions",
]
