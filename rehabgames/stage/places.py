"""Every place that an exercise file may name."""

from __future__ import annotations

from typing import Final

from rehabgames.stage.concert_place import Concert
from rehabgames.stage.garden_place import Garden
from rehabgames.stage.harbour_place import Harbour
from rehabgames.stage.kitchen_place import Kitchen
from rehabgames.stage.library_place import Library
from rehabgames.stage.night_hill_place import NightHill
from rehabgames.stage.orchard_place import Orchard
from rehabgames.stage.place import PlaceOf
from rehabgames.stage.river_place import River
from rehabgames.stage.workshop_place import Workshop

PLACES: Final[dict[str, PlaceOf]] = {
    "orchard": Orchard,
    "garden": Garden,
    "library": Library,
    "harbour": Harbour,
    "night_hill": NightHill,
    "kitchen": Kitchen,
    "river": River,
    "workshop": Workshop,
    "concert": Concert,
}
