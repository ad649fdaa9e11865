"""Who plays on this machine is kept, one file each; no damaged file locks anybody out or guesses a side."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rehabgames.app.players import keep_player, load_players, lost_players, players_folder
from rehabgames.core.errors import StoreError
from rehabgames.core.player import Comfort, Player

ADA = Player("", "Ada", "bird", affected="left", points="right")


def test_nobody_is_known_at_first_and_nothing_is_written_by_looking(home: Path) -> None:
    assert load_players() == ((), ())
    assert not home.exists()


def test_who_is_kept_is_known_again_whoever_was_kept_last_first(home: Path) -> None:
    ada = keep_player(ADA)
    bo = keep_player(Player("", "Bo", "cup"))
    os.utime(players_folder() / f"{ada.id}.toml", (1, 1))
    assert ada.id != bo.id
    assert load_players() == ((bo, ada), ())
    calmer = keep_player(replace(ada, comfort=Comfort(calm=True, language="de")))
    assert load_players() == ((calmer, bo), ())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps other rights")
def test_a_name_is_for_its_owner_alone(home: Path) -> None:
    kept = keep_player(ADA)
    mode = (players_folder() / f"{kept.id}.toml").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


@pytest.mark.parametrize("harm", ["", "\x00", "affected = 3", 'affected = "lef', 'points = "left"'])
def test_what_was_kept_before_stands_in_for_a_damaged_file(home: Path, harm: str) -> None:
    first = keep_player(ADA)
    keep_player(replace(first, name="Ada M"))
    (players_folder() / f"{first.id}.toml").write_text(harm, "utf-8")
    (player,), (note,) = load_players()
    assert player == first
    assert f"{first.id}.toml" in note


def test_a_damaged_file_with_nothing_before_it_guesses_no_side(home: Path) -> None:
    kept = keep_player(ADA)
    (players_folder() / f"{kept.id}.toml").write_text("affected = 3", "utf-8")
    players, notes = load_players()
    assert players == ()
    assert len(notes) == 1


def test_a_file_that_is_nobodys_by_its_name_hides_nobody(home: Path) -> None:
    ada = keep_player(Player("", picture="bird"))
    path = players_folder() / f"{ada.id}.toml"
    (players_folder() / f"{ada.id} copy.toml").write_bytes(path.read_bytes())
    players, notes = load_players()
    assert (players, lost_players(players)) == ((ada,), ())
    assert len(notes) == 1
    assert "copy.toml is nobody's" in notes[0]


def test_a_folder_that_cannot_be_written_to_is_one_sentence(home: Path) -> None:
    home.mkdir()
    (home / "players").write_text("a file", "utf-8")
    with pytest.raises(StoreError, match="cannot be written to"):
        keep_player(ADA)
    assert load_players() == ((), ())
