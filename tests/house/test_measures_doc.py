"""docs/measures.md tells of every signal, measure and reason that there is, and of no other."""

from __future__ import annotations

import re
from pathlib import Path

from rehabgames.core.measured import Validity
from rehabgames.signals import SIGNALS
from rehabgames.words import catalogue


def test_all_of_it_is_written_about(repository: Path) -> None:
    text = (repository / "docs" / "measures.md").read_text("utf-8")
    told = set(re.findall(r"^\| `([a-z_0-9]+)`", text, re.MULTILINE))
    measures = {i.removeprefix("measure.") for i in catalogue("en") if i.startswith("measure.")}
    reasons = {each.name.lower() for each in Validity if each}
    assert told == measures | set(SIGNALS) | reasons
