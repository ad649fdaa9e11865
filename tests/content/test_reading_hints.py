"""What is said of a file that is no TOML: the line, and what people most often mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehabgames.content.reading import read_source


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("hold_s = 0,6\n", 1, "write 0.6, with a point"),
        ("title = \u201cApples\u201d\n", 1, 'use straight "quotes"'),
        ("[child]\na = 1\n\n[child]\nb = 2\n", 4, "it stands in the file twice"),
        ("a = 1\na = 2\n", 2, "it stands in the file twice"),
        ("title = Apples\n", 1, 'text needs "quotes"'),
        ("list = [1 2]\n", 1, "items of a list need commas"),
    ],
)
def test_a_hint_fits_what_is_wrong(tmp_path: Path, text: str, line: int, hint: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    (finding,) = read_source(path).findings
    assert finding.key == f"line {line}"
    assert hint in finding.what
