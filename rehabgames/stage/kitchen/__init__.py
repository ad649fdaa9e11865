"""The kitchen: things are grasped and carried, glasses are filled."""

from rehabgames.stage.kitchen.place import Kitchen

__all__ = ["Kitchen"]
