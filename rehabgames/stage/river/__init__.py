"""The river: a boat is steered through gates."""

from rehabgames.stage.river.place import River

__all__ = ["River"]
