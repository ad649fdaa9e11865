"""On which line of a plan a wrong key stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehabgames.app.repertoire import known
from rehabgames.content.library import Library
from rehabgames.content.lines import LONGEST_VALUE, line_of
from rehabgames.content.plans import read_plan
from rehabgames.content.reading import source_of
from rehabgames.core.errors import ContentError

TEXT = """# a plan
aim = "x"

[limits]
# how far
reach = 9
sectors = [
  # across
  { from_deg = -90, to_deg = -30, reach = 0.6 },
  { from_deg = 10, to_deg = 20, reach = 0.5 },
]
[limits.angles_deg]
elbow_flexion = [20, 110]
"knee.flexion" = [1, 2]

[[exercise]]
exercise = "orchard_reach"
side = "left"
locked = { distance = 0.7 }

[[exercise]]
exercise = "river_steer"
reason = \"\"\"
[limits]
reach = 3
\"\"\"
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("aim", 2),
        ("limits", 4),
        ("limits.reach", 6),
        ("limits.sectors", 7),
        ("limits.sectors[1].reach", 7),
        ("limits.angles_deg.elbow_flexion[0]", 13),
        ("limits.angles_deg.knee.flexion", 14),
        ("limits.speed", 4),  # not there: its table
        ("exercise", 16),
        ("exercise[0].locked.distance", 19),
        ("exercise[1].exercise", 22),
        ("exercise[1].side", 21),
        ("exercise[1].reason", 23),
        ("exercise[7].side", 16),
        ("nothing", None),
        ("", None),
    ],
)
def test_the_line_of_a_key(key: str, line: int | None, ends: str) -> None:
    source = source_of(TEXT.replace("\n", ends).encode("utf-8"), "p.toml", "p")
    assert source.findings == ()
    assert line_of(key, source) == line


def test_every_key_of_a_long_file_is_found() -> None:
    text = "".join(f"# note {i}\nkey_{i} = {i}\n" for i in range(500))
    source = source_of(text.encode("utf-8"), "p.toml", "p")
    assert [line_of(f"key_{i}", source) for i in (0, 1, 250, 499)] == [2, 4, 502, 1000]


def test_of_a_value_that_is_endless_no_line_is_told() -> None:
    text = "a = [\n" + "1,\n" * (2 * LONGEST_VALUE) + "]\nb = 2\n"
    source = source_of(text.encode("utf-8"), "p.toml", "p")
    assert line_of("a", source) is None


def test_a_plan_that_is_wrong_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text('# mine\naim = "restitution"\n\n[limits]\nreach = 9\nspeed = 9\n', "utf-8")
    with pytest.raises(ContentError) as caught:
        read_plan(path, Library.open(known()))
    assert caught.value.what.splitlines() == [
        f"{path}: line 5: limits.reach: must be 0.15..1.5, got 9.",
        f"{path}: line 6: limits.speed: must be 0.05..3, got 9.",
    ]
