"""Players: who plays at home, one small TOML file each, written by the first start and by the screen of
comfort."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Final, Literal

from rehabgames.content.fields import Table
from rehabgames.content.finding import Finding
from rehabgames.content.known import Known
from rehabgames.content.lines import located
from rehabgames.content.reading import Source
from rehabgames.content.rules import Between, Words
from rehabgames.content.validate import modelled
from rehabgames.core.player import DWELL_S, LETTERS, PACE, PICTURES, SCAN_S, Comfort, Player

LONGEST_NAME: Final = 40
HEAD: Final = "# Who plays here. The program writes this file; what is said after # is for people.\n"


class ComfortTable(Table):
    language: Annotated[str, Words(12)] = "en"
    dwell_s: Annotated[float, Between(*DWELL_S)] = 1.5
    scan_s: Annotated[float, Between(*SCAN_S)] = 2.0
    letters: Annotated[float, Between(*LETTERS)] = 1.0
    contrast: bool = False
    calm: bool = False
    voice: bool = True
    voice_stop: bool = False
    volume: Annotated[float, Between(0.0, 1.0)] = 0.8
    pace: Annotated[float, Between(*PACE)] = 1.0
    neglects: Literal["left", "right", ""] = ""
    child: bool = False


class PlayerTable(Table):
    name: Annotated[str, Words(LONGEST_NAME, fewest=0)] = ""
    picture: Literal[PICTURES] = PICTURES[0]  # type: ignore[valid-type]  # a tuple of names
    # these two are never guessed: a file that lost them is damaged
    affected: Literal["left", "right", "both"]
    points: Literal["left", "right"]
    posture: Literal["sitting", "standing"] = "sitting"
    comfort: ComfortTable = ComfortTable()


# key → what stands behind it, for people
_NOTES: Final = {
    "name": "how this person is called, on this machine alone",
    "picture": "stands for this person on the screen",
    "affected": 'which arm is trained: "left", "right" or "both", the person\'s own',
    "points": "which hand chooses on the screens",
    "posture": '"sitting" or "standing"',
    "language": "of words and voice",
    "dwell_s": "how long the hand is held on what is chosen, seconds",
    "scan_s": "how long each choice is lit where one key chooses, seconds",
    "letters": "scale of all text, 1 to 2",
    "contrast": "high contrast",
    "calm": "less moves",
    "voice": "what is asked is spoken",
    "voice_stop": "the word 'stop', said aloud, means STOP",
    "volume": "of voice and sounds, 0 to 1",
    "pace": "of the voice, 1 is unhurried",
    "neglects": 'side of the room that tends to be missed: "left", "right" or ""',
    "child": "words and pictures for a child",
}


def player_of(source: Source, known: Known) -> tuple[Player | None, list[Finding]]:
    """The player that the file says, called after it, or None and everything that is wrong with it."""
    model, findings = modelled(PlayerTable, {"comfort": ComfortTable}, source, known)
    if model is None:
        return None, located(findings, source)
    told = model.model_dump()
    return Player(id=source.name, **(told | {"comfort": Comfort(**told["comfort"])})), []


def text_of(player: Player) -> str:
    """The file of this player, every key explained."""
    told = asdict(player)
    comfort = told.pop("comfort")
    del told["id"]
    lines = [*map(_line, told.items()), "", "[comfort]", *map(_line, comfort.items())]
    return HEAD + "\n".join(lines) + "\n"


def _line(item: tuple[str, object]) -> str:
    name, value = item
    return f"{name} = {json.dumps(value, ensure_ascii=False)}  # {_NOTES[name]}"
