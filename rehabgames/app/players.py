"""Players: who plays on this machine; one file each in the data folder, players/ID.toml."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rehabgames.app.plan import PATIENT, plan_path
from rehabgames.app.repertoire import library
from rehabgames.content.finding import Finding
from rehabgames.content.plan_schema import PATIENT_RULE, is_patient
from rehabgames.content.players import player_of, text_of
from rehabgames.content.reading import read_source
from rehabgames.content.whole import OWNER_ONLY, write_whole
from rehabgames.core.errors import StoreError, UseError, unknown_name
from rehabgames.core.player import Player
from rehabgames.records.folder import data_folder, prepare_folder


def players_folder() -> Path:
    """Where the files are; it need not exist."""
    return data_folder() / "players"


def load_players() -> tuple[tuple[Player, ...], tuple[str, ...]]:
    """Who plays here, whoever was kept last first, and one sentence for each file that is damaged: the one
    before it stands in for it. Who has neither is not among them: a side that is merely usual can be wrong.
    """
    found: list[tuple[float, Player]] = []
    notes: list[str] = []
    folder = players_folder()
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        if not is_patient(path.stem):
            notes.append(f"{path} is nobody's: the name of such a file is {PATIENT_RULE}, then .toml.")
            continue
        player, findings = _read(path)
        if findings:
            notes.append(f"{findings[0]} What was kept before stands in for it, if anything was.")
            player, _ = _read(_before(path))
        if player is not None:
            found.append((_changed_s(path), replace(player, id=path.stem)))
    return tuple(player for _, player in sorted(found, key=lambda each: -each[0])), tuple(notes)


def player_named(name: str | None) -> Player:
    """Who has this id; where none is named, the only one who plays here, or somebody of whom nothing is known
    yet. Raises UseError."""
    players, _ = load_players()
    known = {player.id: player for player in players}
    if name is None and len(players) > 1:
        who = ", ".join(f"{each.id} ({each.name})" if each.name else each.id for each in players)
        raise UseError(f"Several people play here: {who}.", "Say who is meant: --player ID")
    if name is None:
        return players[0] if players else Player(PATIENT)
    if name not in known and name != PATIENT and not plan_path(name).exists():
        raise unknown_name("player", name, known or (PATIENT,))
    return known.get(name, Player(name))


def lost_players(players: Sequence[Player]) -> tuple[str, ...]:
    """Ids of whose file is there and who are not among these: nothing of it could be read."""
    folder, known = players_folder(), {player.id for player in players}
    there = sorted(path.stem for path in folder.glob("*.toml")) if folder.is_dir() else []
    return tuple(name for name in there if name not in known and is_patient(name))


def _read(path: Path) -> tuple[Player | None, list[Finding]]:
    return player_of(read_source(path), library().known)


def _before(path: Path) -> Path:
    """Where the file is kept that was good before the last change."""
    return path.with_suffix(".before")


def keep_player(player: Player) -> Player:
    """Write the file of a player whole, or not at all; who has no id yet is given one. Raises StoreError."""
    player = player if player.id else replace(player, id=f"p-{uuid.uuid4().hex[:8]}")
    folder = players_folder()
    try:
        prepare_folder(data_folder())
        folder.mkdir(exist_ok=True)
        path = folder / f"{player.id}.toml"
        if path.exists() and not _read(path)[1]:
            write_whole(_before(path), path.read_text("utf-8"), OWNER_ONLY)
        write_whole(path, text_of(player), OWNER_ONLY)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        step = "Set REHABGAMES_HOME to a folder that you may write to."
        raise StoreError(f"{folder} cannot be written to ({why}).", step) from error
    return player


def _changed_s(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
