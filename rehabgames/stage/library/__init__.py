"""The library: lines on an old sheet are drawn after."""

from rehabgames.stage.library.place import Library

__all__ = ["Library"]
