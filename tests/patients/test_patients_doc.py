"""docs/patients.md tells of every kind, number and trait that there is, and its example runs."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

from rehabgames.patients import KINDS, TRAITS, Kind


def test_all_of_it_is_written_about(repository: Path) -> None:
    text = (repository / "docs" / "patients.md").read_text("utf-8")
    rows = "\n".join(re.findall(r"^\| `.*$", text, re.MULTILINE))
    told = set(re.findall(r"`([a-z_]+)`", rows))
    numbers = {each.name for each in fields(Kind)}
    of_traits = {each.name for name in TRAITS for each in fields(getattr(TRAITS[name], name))}
    assert told == set(KINDS) | set(TRAITS) | numbers | of_traits


def test_the_example_runs(repository: Path) -> None:
    text = (repository / "docs" / "patients.md").read_text("utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    assert names["frame"].has_body
    assert names["pain"] == 1.0
