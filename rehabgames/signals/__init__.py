"""Floor 0: landmarks → signals. Vectorised: one frame or a whole recording by the same code."""

from rehabgames.signals.catalogue import CONTROLS, SIGNALS, Steering, resolve
from rehabgames.signals.compute import compute, examine
from rehabgames.signals.one_euro import OneEuroFilter
from rehabgames.signals.predictor import Predictor
from rehabgames.signals.scale import BodyScale
from rehabgames.signals.signal import Signal, Swing
from rehabgames.signals.trace import Trace

__all__ = [
    "CONTROLS",
    "SIGNALS",
    "BodyScale",
    "OneEuroFilter",
    "Predictor",
    "Signal",
    "Steering",
    "Swing",
    "Trace",
    "compute",
    "examine",
    "resolve",
]
