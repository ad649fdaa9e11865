"""Fenced: the blocks of code of a document, so that tests can run what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(
    r"(?:^`(?P<file>[^`\s]+)`\n\n)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Block:
    """file: the name on a line of its own above the block, or ""."""

    kind: str
    text: str
    file: str = ""


def blocks(paper: Path) -> list[Block]:
    found = _BLOCK.finditer(paper.read_text("utf-8"))
    return [Block(each["kind"], each["text"], each["file"] or "") for each in found]


def file_of(paper: Path, name: str) -> str:
    (block,) = [each for each in blocks(paper) if each.file == name]
    return block.text
