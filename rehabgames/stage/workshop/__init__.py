"""The workshop: a ball is rolled on a board that tilts."""

from rehabgames.stage.workshop.place import Workshop

__all__ = ["Workshop"]
