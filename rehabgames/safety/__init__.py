"""Floor 1: what may be asked of this person at all. Small, pure, and everything passes through it."""

from rehabgames.safety.amounts import AllowedDose, Amounts, Done
from rehabgames.safety.balance import Balance
from rehabgames.safety.envelope import Envelope
from rehabgames.safety.guard import Guard, Offer, Refusal
from rehabgames.safety.merge import contradictions, tightest
from rehabgames.safety.onset import allows_nothing, gated
from rehabgames.safety.over_range import OverRange
from rehabgames.safety.rise import Rise
from rehabgames.safety.stop_rules import Ruling, State, StopRules
from rehabgames.safety.walls import MOST_SHIFT

__all__ = [
    "MOST_SHIFT",
    "AllowedDose",
    "Amounts",
    "Balance",
    "Done",
    "Envelope",
    "Guard",
    "Offer",
    "OverRange",
    "Refusal",
    "Rise",
    "Ruling",
    "State",
    "StopRules",
    "allows_nothing",
    "contradictions",
    "gated",
    "tightest",
]
