"""docs/adaptation.md and docs/safety.md say of axes and spaces what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from rehabgames.adapt.graded import BY_MARGIN, FIRST_PACE, FIRST_SPREAD, LEAST_PACE, LEAST_SPREAD
from rehabgames.content.known import AXES
from rehabgames.core.limits import Limits
from rehabgames.core.units import UNITS
from rehabgames.patients.condition import LAST_DAY
from rehabgames.patients.following import LEAN_DEG, SHIFT_M
from rehabgames.safety.spaces import FASTEST
from rehabgames.safety.walls import IN_THE_PICTURE, LONGEST_WAY, MOST_SHIFT


def read(repository: Path, name: str) -> str:
    return " ".join((repository / "docs" / name).read_text("utf-8").split())


def test_every_axis_and_how_it_is_graded(repository: Path) -> None:
    text = (repository / "docs" / "adaptation.md").read_text("utf-8")
    table = text[text.index("| axis | harder is | unit |") :].partition("\n\n")[0]
    assert set(re.findall(r"^\| `([a-z]+)` ", table, re.MULTILINE)) == set(AXES)
    rows = re.findall(r"^  \| ([a-z, ]+) \| ", text, re.MULTILINE)
    by_margin, by_time, by_nothing = (set(row.split(", ")) for row in rows if row != "adapted")
    assert by_margin == BY_MARGIN
    assert by_time == {"time"}
    assert by_nothing == set(AXES) - BY_MARGIN - {"time"}
    told = " ".join(text.split())
    assert f"it is {FIRST_SPREAD} of a level, and never under {LEAST_SPREAD}" in told
    assert f"of times {FIRST_PACE}, and never under {LEAST_PACE}" in told
    assert all(f'"{space}"' in text for space in UNITS)


def test_the_limits_of_every_space(repository: Path) -> None:
    text = read(repository, "safety.md")
    assert f"`limits.shift`: {Limits().shift} of the calibrated one" in text
    assert f"of `seated_shift` at most {MOST_SHIFT['seated_shift']} trunk lengths" in text
    assert f"{IN_THE_PICTURE} half picture widths from the middle" in text
    assert f"at most {LONGEST_WAY} |" in text
    shift, picture, grip = (f"{FASTEST[space]:g}" for space in ("shift", "picture", "grip"))
    assert f"{shift} own shifts/s, {picture} half picture widths/s, {grip} own openings/s" in text


def test_how_patients_shift(repository: Path) -> None:
    text = read(repository, "patients.md")
    assert (
        f"the trunk leans, {LEAN_DEG:g}° for a full one; standing the pelvis shifts, {100 * SHIFT_M:g} cm"
        in text
    )
    assert f"from 0 to {LAST_DAY};" in text
