"""Floor 1: kinematic measures of signals, with their validity.

The names here are plain formulas that outsiders may rely on. Each family's file has the rest, and
functions that return `Measured` with its validity.
"""

from rehabgames.measures.fitts import throughput
from rehabgames.measures.reach import path_ratio
from rehabgames.measures.reliability import icc, mdc95
from rehabgames.measures.smoothness import ldlj, sparc
from rehabgames.measures.sway import sway
from rehabgames.measures.symmetry import symmetry_index

__all__ = ["icc", "ldlj", "mdc95", "path_ratio", "sparc", "sway", "symmetry_index", "throughput"]
