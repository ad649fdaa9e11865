"""What an exercise file says for children, laid over what it says for adults."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.app.repertoire import library
from rehabgames.app.wiring import Request, setup_of
from rehabgames.content.known import Known
from rehabgames.content.library import check
from rehabgames.content.reading import Source, read_source
from rehabgames.content.root import exercises_folder
from rehabgames.content.schema import exercise_of
from rehabgames.content.variants import variants_of
from rehabgames.core.exercise import Exercise

ORCHARD = exercises_folder() / "orchard_reach.toml"
FOR_CHILDREN = """
[child]
title = "Apple tree"
target_success = 0.85
guards = ["trunk_lean"]
directions_deg = [45, 65]

[child.dose]
repetitions = 20

[child.settings]
fruit_radius = 0.2

[child.axes.distance]
start = 0.6

[child.purpose]
goal = "Pick apples."
"""


@pytest.fixture(scope="module")
def known() -> Known:
    return library().known


@pytest.fixture
def mine(home: Path) -> Path:
    """An own exercise that differs for children, as `rehabgames play` would find it."""
    path = home / "exercises" / "apple_tree.toml"
    path.parent.mkdir(parents=True)
    path.write_text(without_child(ORCHARD.read_text("utf-8")) + FOR_CHILDREN, "utf-8")
    return path


def without_child(text: str) -> str:
    """The text up to its own table [child], where it has one; it stands at the end."""
    return text.partition("\n[child")[0]


def read(path: Path, known: Known, *, child: bool) -> Exercise:
    exercise, findings = exercise_of(read_source(path), known, child=child)
    assert findings == []
    assert exercise is not None
    return exercise


def test_what_the_table_says_holds_for_children_and_the_rest_stays(mine: Path, known: Known) -> None:
    adult, child = (read(mine, known, child=child) for child in (False, True))
    assert (adult.title, child.title) == ("Orchard reach", "Apple tree")
    assert (adult.target_success, child.target_success) == (0.75, 0.85)
    assert child.guards == ("trunk_lean",)
    assert child.directions_deg == (45.0, 65.0)
    assert (child.dose.repetitions, child.dose.minutes) == (20, adult.dose.minutes)
    assert child.settings == {**adult.settings, "fruit_radius": 0.2}
    assert child.axes == (replace(adult.axes[0], start=0.6),)
    assert child.purpose == replace(adult.purpose, goal="Pick apples.")
    same = ("id", "game", "control", "calibration", "place", "posture", "camera", "adapter")
    assert [getattr(child, name) for name in same] == [getattr(adult, name) for name in same]


def test_adults_play_what_they_would_play_without_the_table(mine: Path, known: Known) -> None:
    adult = read(mine, known, child=False)
    mine.write_text(without_child(ORCHARD.read_text("utf-8")), "utf-8")
    assert read(mine, known, child=False) == replace(adult, sha256=read(mine, known, child=True).sha256)


def test_both_are_known_by_the_bytes_of_the_one_file(mine: Path, known: Known) -> None:
    shas = {read(mine, known, child=child).sha256 for child in (False, True)}
    assert shas == {hashlib.sha256(mine.read_bytes()).hexdigest()}


def test_without_a_table_children_play_as_adults_do(mine: Path, known: Known) -> None:
    mine.write_text(without_child(mine.read_text("utf-8")), "utf-8")
    assert read(mine, known, child=True) == read(mine, known, child=False)


def test_a_new_axis_for_children_comes_after_the_others(mine: Path, known: Known) -> None:
    axis = "\n[child.axes.size]\neasiest = 0.3\nhardest = 0.1\nstart = 0.2\nstep = 0.02\n"
    mine.write_text(mine.read_text("utf-8") + axis, "utf-8")
    assert [each.name for each in read(mine, known, child=True).axes] == ["distance", "size"]
    assert [each.name for each in read(mine, known, child=False).axes] == ["distance"]


WRONG = [
    ("[child]\ntarget_succes = 0.9", "child.target_succes: unknown key, did you mean 'target_success'?"),
    ("[child]\ntarget_success = 2", "child.target_success: must be 0.5..0.95, got 2"),
    ('[child]\ngame = "chess"', "child.game: there is no game 'chess'"),
    ('[child]\nplace = "river"', "child.place: must be 'orchard' for the game 'reach', got 'river'"),
    ('[child]\nposture = "standing"', "child.posture: is 'standing', but the calibration 'reach_quick'"),
    ("[child.dose]\nrepetitions = 0", "child.dose.repetitions: must be 1..500, got 0"),
    ("[child.axes.distance]\nstart = 3", "child.axes.distance.start: must be 0.45..1.25"),
    (
        "[child.settings]\ntrial_s = 2\nhold_s = 3",
        "child.settings.trial_s: must be 5.3 seconds or more",
    ),
    ("[child.settings]\nspeed = 2", "child.settings.speed: unknown key"),
    ("[child]\ndose = 3", "child.dose: must be a table, got 3"),
    ("[child.child]\ntitle = 'x'", "child.child: unknown key"),
]


@pytest.mark.parametrize(("table", "said"), WRONG, ids=[said.partition(":")[0] for _, said in WRONG])
def test_what_is_wrong_for_children_alone_is_said_at_its_key(
    mine: Path, known: Known, table: str, said: str
) -> None:
    mine.write_text(f"{without_child(mine.read_text('utf-8'))}\n{table}\n", "utf-8")
    (finding,) = check([mine], known)
    assert f"{finding.key}: {finding.what}".startswith(said)
    assert finding.line is not None
    for child in (False, True):  # also whoever plays it as an adult is told
        exercise, wrong = exercise_of(read_source(mine), known, child=child)
        assert exercise is None
        assert len(wrong) == 1


@pytest.mark.parametrize("value", ["3", '"yes"', "true", "[1]", "[{title = 'x'}]"])
def test_a_child_that_is_no_table_is_an_unknown_key(mine: Path, known: Known, value: str) -> None:
    text = f"child = {value}\n{without_child(mine.read_text('utf-8'))}"
    mine.write_text(text, "utf-8")
    (finding,) = check([mine], known)
    assert finding.key == "child"


def test_what_is_wrong_for_everybody_is_said_once(mine: Path, known: Known) -> None:
    text = mine.read_text("utf-8").replace('game = "reach"', 'game = "raech"')
    mine.write_text(text, "utf-8")
    keys = [finding.key for finding in check([mine], known)]
    assert keys == ["game"]


def test_the_command_line_asks_for_it(mine: Path) -> None:
    adult, child = (setup_of(Request("apple_tree", child=child)).exercise for child in (False, True))
    assert adult is not None
    assert child is not None
    assert (adult.title, child.title) == ("Orchard reach", "Apple tree")
    assert adult.sha256 == child.sha256


TREES = st.recursive(
    st.integers() | st.text(max_size=3),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
TABLES = st.dictionaries(st.sampled_from("abc"), TREES, max_size=3)


def at(table: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        if not isinstance(table, dict) or key not in table:
            return None
        table = table[key]
    return table


def leaves(table: dict[str, Any], before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for key, value in table.items():
        found += leaves(value, (*before, key)) if isinstance(value, dict) else [(*before, key)]
    return found


@given(below=TABLES, over=TABLES)
def test_whatever_is_laid_over_is_there_and_nothing_else_is_lost(
    below: dict[str, Any], over: dict[str, Any]
) -> None:
    source = Source("x.toml", "x", table={**below, "child": over})
    adults, childs = variants_of(source)
    assert childs is not None
    assert adults.table == below
    merged = childs.table
    assert all(at(merged, path) == at(over, path) for path in leaves(over))
    for path in leaves(below):
        covered = any(
            at(over, path[:n]) is not None
            for n in range(1, len(path) + 1)
            if not isinstance(at(over, path[:n]), dict) or n == len(path)
        )
        assert covered or at(merged, path) == at(below, path)
    assert {key for path in leaves(merged) for key in path} <= {
        key for table in (below, over) for path in leaves(table) for key in path
    }
