"""Floor 0: landmarks → signals. Vectorised: one frame or a whole recording by the same code."""

from rehabgames.signals.catalogue import CONTROLS, SIGNALS, Signal, resolve
from rehabgames.signals.compute import compute
from rehabgames.signals.one_euro import OneEuroFilter
from rehabgames.signals.scale import BodyScale

__all__ = ["CONTROLS", "SIGNALS", "BodyScale", "OneEuroFilter", "Signal", "compute", "resolve"]
