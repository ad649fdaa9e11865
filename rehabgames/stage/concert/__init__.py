"""The concert stage: a pan is tapped to a beat."""

from rehabgames.stage.concert.place import Concert

__all__ = ["Concert"]
