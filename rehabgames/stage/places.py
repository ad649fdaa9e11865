"""Every place that an exercise file may name."""

from __future__ import annotations

from typing import Final

from rehabgames.stage.orchard_place import Orchard
from rehabgames.stage.place import PlaceOf

PLACES: Final[dict[str, PlaceOf]] = {"orchard": Orchard}
