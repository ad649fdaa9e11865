"""Every place that an exercise file may name."""

from __future__ import annotations

from typing import Final

from rehabgames.stage.concert import Concert
from rehabgames.stage.garden import Garden
from rehabgames.stage.harbour import Harbour
from rehabgames.stage.kitchen import Kitchen
from rehabgames.stage.library import Library
from rehabgames.stage.night_hill import NightHill
from rehabgames.stage.orchard import Orchard
from rehabgames.stage.place import PlaceOf
from rehabgames.stage.river import River
from rehabgames.stage.workshop import Workshop

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
