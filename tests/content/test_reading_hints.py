"""What is said of a file that is no TOML: the line, and what people most often mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehabgames.app.repertoire import library
from rehabgames.content.library import check
from rehabgames.content.reading import read_source
from rehabgames.content.root import exercises_folder


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("hold_s = 0,6\n", 1, "write 0.6, with a point"),
        ("title = \u201cApples\u201d\n", 1, 'use straight "quotes"'),
        ("[child]\na = 1\n\n[child]\nb = 2\n", 4, "it stands in the file twice"),
        ("a = 1\na = 2\n", 2, "it stands in the file twice"),
        ("title = Apples\n", 1, 'text needs "quotes"'),
        ("list = [1 2]\n", 1, "items of a list need commas"),
        ("size = .75\n", 1, "a digit must stand before the point: 0.75, not .75"),
        ("step=.1\n", 1, "a digit must stand before the point"),
        ("ends = [0.2, -.5]\n", 1, "a digit must stand before the point"),
        ("size = 75.\n", 1, "a digit must stand after the point"),
        ("size = 75%\n", 1, "leave the % out: 75 of a hundred is 0.75"),
        ("size = 75 %  # 0,5\n", 1, "leave the % out"),
        ("way = \u221290\n", 1, "write the minus as it is on the keyboard: -90"),
        ("ways = [90, \u201390]\n", 1, "write the minus as it is on the keyboard"),
        ("ways = [-90; 90]\n", 1, "leave the semicolon out: items of a list need commas"),
        ("ways = [\n  -90;\n  90;\n]\n", 2, "items of a list need commas between them"),
        ("size = 3;\n", 1, "leave the semicolon out"),
        ("way = 90\u00b0\n", 1, "leave the sign of degrees out: 90"),
        ("hold_s = 5 s\n", 1, "leave the unit out"),
        ("title = 'a'\nposture: sitting\n", 2, "write = between a key and its value, not a colon"),
        ("posture = sitting: here\n", 1, 'text needs "quotes"'),
    ],
)
def test_a_hint_fits_what_is_wrong(tmp_path: Path, text: str, line: int, hint: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    (finding,) = read_source(path).findings
    assert finding.key == f"line {line}"
    assert hint in finding.what


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", str(2**70)])
def test_a_number_that_is_none_is_told_with_its_line(tmp_path: Path, value: str) -> None:
    text = (exercises_folder() / "orchard_reach.toml").read_text("utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(text.replace("target_success = 0.75", f"target_success = {value}", 1), "utf-8")
    line = path.read_text("utf-8").splitlines().index(f"target_success = {value}") + 1
    (finding,) = check([path], library().known)
    assert (finding.key, finding.line) == ("target_success", line)


def test_of_two_such_numbers_each_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("# mine\nsize = nan\n\n[axes.time]\nways = [1,\n  inf]\n", "utf-8")
    told = {each.key: each.line for each in check([path], library().known)}
    assert told == {"size": 2, "axes.time.ways[1]": 5}
