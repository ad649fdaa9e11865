"""Files that hold no exercise, links that lead nowhere, and names of files in place of exercises."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehabgames.app.repertoire import library, own_exercises
from rehabgames.content.finding import MOST_NAMED, Finding, content_error
from rehabgames.content.library import check
from rehabgames.content.lines import LONGEST, MOST
from rehabgames.core.errors import UnknownNameError

NEW = "to begin with a copy of a good one: rehabgames new my_reach --like orchard_reach"


@pytest.mark.parametrize("content", ["", "\n\n", "# title = 3\n", "\ufeff# only a note"])
def test_an_empty_file_is_told_once(tmp_path: Path, content: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(content, "utf-8")
    assert [str(each) for each in check([path], library().known)] == [
        f"{path}: is empty, or holds notes (#) alone; {NEW}"
    ]


def test_a_file_for_children_alone_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[child]\ntarget_success = 0.9\n", "utf-8")
    assert [str(each) for each in check([path], library().known)] == [
        f"{path}: holds only what differs for children; {NEW}"
    ]


def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    links = {"round": "round.toml", "there": "back.toml", "back": "there.toml", "gone": "nowhere"}
    for name, to in links.items():
        (tmp_path / f"{name}.toml").symlink_to(to)
    told = {name: str(*check([tmp_path / f"{name}.toml"], library().known)) for name in links}
    circle = "is a link that leads round in a circle, put the file itself in its place"
    for name in ("round", "there", "back"):
        assert told[name] == f"{tmp_path}/{name}.toml: {circle}"
    gone = "is a link to a file that is not there, put the file itself in its place"
    assert told["gone"] == f"{tmp_path}/gone.toml: {gone}"


@pytest.mark.parametrize("name", ["ap.toml", "./ap", "folder/ap.toml", "/ap.toml"])
def test_a_file_in_place_of_a_name_is_told_where_it_belongs(home: Path, name: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        library().exercise(name)
    assert str(error.value) == (
        f"There is no exercise '{name}'. Your own exercise files belong in {home / 'exercises'}: "
        "put it there, then say ap."
    )
    assert own_exercises() == home / "exercises"


def test_the_bare_name_of_a_file_that_lies_here_is_told_where_it_belongs(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownNameError, match=r"There is no exercise 'apples'\. Choose one of"):
        library().exercise("apples")
    (tmp_path / "apples.toml").touch()
    with pytest.raises(UnknownNameError, match=f"belong in {home}/exercises: put it there, then say apples"):
        library().exercise("apples")


@pytest.mark.parametrize("name", ["orchard_reach.toml", "exercises/orchard_reach.toml"])
def test_the_file_of_an_exercise_that_is_known_is_told_its_name(home: Path, name: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        library().exercise(name)
    assert str(error.value) == f"There is no exercise '{name}'. Say its name alone: orchard_reach."


@pytest.mark.parametrize("name", ["", "x" * 5000, "a\0b", "..", "\n"])
def test_whatever_is_asked_for_is_unknown(home: Path, name: str) -> None:
    with pytest.raises(UnknownNameError):
        library().exercise(name)


def test_many_files_end_in_their_folder() -> None:
    def step(*files: str) -> str:
        return content_error([Finding(file, "title", "is missing") for file in files]).next_step

    few = [f"here/{n}.toml" for n in range(MOST_NAMED)]
    assert step(*few) == f"Correct it, then try: rehabgames check {' '.join(few)}"
    assert step(*few, "here/more.toml") == "Correct it, then try: rehabgames check here"
    assert step(*few, "here/more.toml", "there/x.toml") == (
        "Correct it, then try: rehabgames check with each of these 5 files"
    )
    assert step("1.toml", "2.toml", "3.toml", "4.toml") == "Correct it, then try: rehabgames check ."


def test_lines_are_told_of_the_first_findings_alone(tmp_path: Path) -> None:
    """A file with thousands of unknown keys is judged in a moment."""
    path = tmp_path / "mine.toml"
    path.write_text("".join(f"k{n} = 1\n" for n in range(2 * MOST)), "utf-8")
    findings = check([path], library().known)
    assert len(findings) > 2 * MOST
    assert all(each.line is None for each in findings[MOST:])
    assert {each.line for each in findings[:MOST]} >= {1, 2}
    path.write_text(path.read_text("utf-8") + "# \n" * LONGEST, "utf-8")
    assert {each.line for each in check([path], library().known)} == {None}
