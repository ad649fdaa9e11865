"""Benchmarks: ratios made in one run on the same input, and what they were made on."""

from rehabgames.bench.measures import MeasuresBench, bench_measures

BENCHES = {"measures": bench_measures}

__all__ = ["BENCHES", "MeasuresBench", "bench_measures"]
