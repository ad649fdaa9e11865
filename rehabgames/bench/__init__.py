"""Benchmarks: ratios made in one run on the same input, and what they were made on."""

from rehabgames.bench.adapter import AdapterBench, bench_adapter
from rehabgames.bench.measures import MeasuresBench, bench_measures

__all__ = ["AdapterBench", "MeasuresBench", "bench_adapter", "bench_measures"]
