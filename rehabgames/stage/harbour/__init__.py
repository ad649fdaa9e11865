"""The harbour: a raft is kept in its ring."""

from rehabgames.stage.harbour.place import Harbour

__all__ = ["Harbour"]
