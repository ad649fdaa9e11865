"""Wrapping: where a text may be parted into lines, and the most even lines that fit.

A line may end at a blank, after a hyphen or slash in a word, at a soft hyphen, and between Chinese letters;
but no line begins with a closing sign or ends with an opening one (the common ground of JIS X 4051 and
GB/T 15834). This is the part of the Unicode line breaking algorithm (UAX #14) that the languages here need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rehabgames.stage.scripts import DIRECTIONS, MAY_BREAK, SOFT_HYPHEN, clusters, is_chinese

_CLOSING: Final = "、。，．：；！？）】》」』〉〕｝］”’…—～·％,.!?:;)]}»،؛؟%"
_OPENING: Final = "（【《「『〈〔｛［“‘([{«¿¡"
_BLANKS: Final = dict.fromkeys(map(ord, "\t\n\r"), " ")
_PARTING: Final = "-/–"


@dataclass(frozen=True, slots=True)
class Piece:
    """What stays on one line. after: the joint to the piece before it: a blank, a soft hyphen or nothing."""

    text: str
    after: str = ""


def pieces(text: str) -> list[Piece]:
    """All pieces of a text in reading order; at least one."""
    found: list[Piece] = []
    start, joint, last = "", "", ""
    for cluster in clusters(text.translate(_BLANKS), keep=SOFT_HYPHEN + MAY_BREAK + DIRECTIONS):
        if cluster[0] in (" ", SOFT_HYPHEN, MAY_BREAK):
            if start:
                found.append(Piece(start, joint))
            if start or cluster[0] == " ":
                joint = cluster[0].strip(MAY_BREAK)
            start = last = cluster[1:]  # marks that no letter bears
            continue
        if cluster in DIRECTIONS:  # has no shape, so that a line may be parted there no more than elsewhere
            start += cluster
            continue
        if last and _may_part(last, cluster, inner=any(letter.isalnum() for letter in start)):
            found.append(Piece(start, joint))
            start, joint = "", ""
        start += cluster
        last = cluster
    return [*found, Piece(start, joint)] if start or not found else found


def joined(line: Sequence[Piece], goes_on: str = "") -> str:
    """The text of a line. goes_on: what joins the next line to it; a soft hyphen is shown there alone."""
    words = [piece.text if not i else _seen(piece.after) + piece.text for i, piece in enumerate(line)]
    return "".join(words) + ("-" if goes_on == SOFT_HYPHEN else "")


def lines(parts: Sequence[Piece], widths: Sequence[float], blank: float, most: float) -> list[list[Piece]]:
    """As few lines as fit `most`, and of those the most even ones. A piece that is wider has its own line.

    widths: of each piece; blank: of a blank, and of the hyphen at a soft hyphen; all in one unit.
    """
    fewest = len(_begun(parts, widths, blank, most))
    low, high = 0.0, max(most, *widths)
    while high - low > 0.5:
        middle = (low + high) / 2
        if len(_begun(parts, widths, blank, middle)) <= fewest:
            high = middle
        else:
            low = middle
    begun = _begun(parts, widths, blank, high)
    return [list(parts[a:b]) for a, b in zip(begun, [*begun[1:], len(parts)], strict=True)]


def _begun(parts: Sequence[Piece], widths: Sequence[float], blank: float, most: float) -> list[int]:
    """Where each line begins, with as much on each as fits."""
    begun, at = [0], 0.0
    for i, piece in enumerate(parts):
        joint = blank if piece.after == " " and i > begun[-1] else 0.0
        ends = blank if i + 1 < len(parts) and parts[i + 1].after == SOFT_HYPHEN else 0.0
        if i > begun[-1] and at + joint + widths[i] + ends > most:
            begun.append(i)
            at = widths[i]
        else:
            at += joint + widths[i]
    return begun


def _seen(joint: str) -> str:
    return joint if joint == " " else ""


def _may_part(before: str, after: str, *, inner: bool) -> bool:
    """inner: there is a letter or a number on this side of the place."""
    if after[0] in _CLOSING or before[0] in _OPENING:
        return False
    if is_chinese(before[0]) or is_chinese(after[0]):
        return not (before[0].isdigit() or after[0].isdigit())  # a number stays with what it counts
    return inner and before[0] in _PARTING and after[0].isalpha()
