"""What there is to play: the shipped exercises and one's own, with every name that they may use.

It loads nothing that plays, so that a command which only reads begins at once.
"""

from __future__ import annotations

from pathlib import Path

from rehabgames.adapt import ADAPTERS
from rehabgames.app.plug_ins import load_adapters, load_games
from rehabgames.content.known import Known, Plays
from rehabgames.content.library import Library
from rehabgames.games import GAMES
from rehabgames.records.folder import data_folder
from rehabgames.signals.catalogue import CONTROLS, all_names


def known() -> Known:
    """Every name that content files may use, those of plug-ins among them."""
    load_adapters()
    load_games()
    return Known(
        games=frozenset(GAMES),
        signals=frozenset(all_names()),
        adapters=frozenset(ADAPTERS),
        places=frozenset().union(*(mechanic.places for mechanic in GAMES.values())),
        controls=frozenset(CONTROLS),
        settings={name: mechanic.settings for name, mechanic in GAMES.items()},
        plays={
            name: Plays(
                controls=mechanic.controls,
                axes=mechanic.axes,
                places=mechanic.places,
                optional=mechanic.optional,
                needs=mechanic.needs,
                counts=mechanic.counts,
                directed=mechanic.directed,
                moves=mechanic.moves,
            )
            for name, mechanic in GAMES.items()
        },
        steering=CONTROLS,
    )


def own_exercises() -> Path:
    """Where a therapist's own exercise files live; it need not exist."""
    return data_folder() / "exercises"


def library() -> Library:
    """The shipped exercises and the user's own. Raises MachineError where the shipped ones are missing."""
    return Library.open(known(), extra=(own_exercises(),))
