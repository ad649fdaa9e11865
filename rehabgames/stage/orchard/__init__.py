"""The orchard: fruit to reach, choose and carry, in the morning."""

from rehabgames.stage.orchard.place import Orchard

__all__ = ["Orchard"]
