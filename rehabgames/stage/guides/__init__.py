"""Guides: what is asked of the body while nothing is played, shown by somebody who does it."""

from rehabgames.stage.guides.guide import Guides

__all__ = ["Guides"]
