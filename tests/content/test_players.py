"""The file of somebody who plays at home: written, read again, and what is wrong with it told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.app.repertoire import library
from rehabgames.content.players import player_of, text_of
from rehabgames.content.reading import source_of
from rehabgames.core.player import DWELL_S, LETTERS, PICTURES, Comfort, Player

KNOWN = library().known


def read(text: str, name: str = "ada"):
    return player_of(source_of(text.encode("utf-8"), f"{name}.toml", name), KNOWN)


@given(
    name=st.text(st.characters(categories=("L", "N", "P")), max_size=30),
    who=st.tuples(st.sampled_from(PICTURES), st.sampled_from(["left", "right", "both"])),
    dwell_s=st.floats(*DWELL_S),
    letters=st.floats(*LETTERS),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_what_is_written_is_read_again(name, who, dwell_s, letters, flags) -> None:
    contrast, calm, voice = flags
    comfort = Comfort("es", dwell_s, 3.0, letters, contrast, calm, voice, neglects="left")
    player = Player("ada", name, *who, "right", "standing", comfort)
    assert read(text_of(player)) == (player, [])


@pytest.mark.parametrize(("text", "lost"), [("", "affected"), ('affected = "left"', "points")])
def test_a_file_that_lost_a_side_is_damaged_and_no_side_is_guessed(text: str, lost: str) -> None:
    player, findings = read(text)
    assert player is None
    assert lost in [finding.key for finding in findings]


def test_of_all_else_what_is_usual_stands_in() -> None:
    assert read('affected = "left"\npoints = "right"') == (Player("ada", affected="left", points="right"), [])


def test_every_key_is_explained() -> None:
    lines = text_of(replace(Player("ada"), name="Ada")).splitlines()
    assert all("  # " in line for line in lines if "=" in line)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('affected = "top"', "affected"),
        ("[comfort]\ndwell_s = 0.1", "comfort.dwell_s"),
        ("[comfort]\nleters = 2.0", "comfort.leters"),
        ("name = 3", "name"),
        ("oops", ""),
    ],
)
def test_what_is_wrong_is_told_with_its_key(text: str, said: str) -> None:
    player, findings = read(text)
    assert player is None
    assert any(said in finding.key for finding in findings)
