"""Menus: screens on which one of a few large cards is chosen."""

from rehabgames.stage.menus.menus import Menus
from rehabgames.stage.menus.seen import Seen

__all__ = ["Menus", "Seen"]
