"""The garden: what drifts down is caught in a basket."""

from rehabgames.stage.garden.place import Garden

__all__ = ["Garden"]
