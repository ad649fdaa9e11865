"""The hill at night: stars are lit by leaning towards them."""

from rehabgames.stage.night_hill.place import NightHill

__all__ = ["NightHill"]
