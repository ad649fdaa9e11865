"""Scripts: in which one a letter is written, which ones a language needs, and what letters stick together.

Marks, joiners and directions are those of Unicode, as Python's `unicodedata` has them.
"""

from __future__ import annotations

import unicodedata
from typing import Final, Literal

from rehabgames.core.player import LEFTWARDS

Script = Literal["Latin", "Arabic", "Chinese"]

LATIN: Final[Script] = "Latin"
ARABIC: Final[Script] = "Arabic"
CHINESE: Final[Script] = "Chinese"

# Each language also needs Latin letters: for names, numbers and the keys of a keyboard.
_WRITTEN: Final[dict[str, Script]] = {"ar": ARABIC, "zh": CHINESE}
# What a font must have to be one for a script. All of a sample look different: a font that draws the same
# box for every letter has none. The Chinese ones are simplified, which fonts for Japan and Taiwan lack.
SAMPLES: Final[dict[Script, str]] = {
    LATIN: "AEaeghmnqrstz0123456789äöüßñáéíóú¿?!",
    ARABIC: "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإؤئةى،؟",
    CHINESE: "请坐手臂伸向果实拿住放开停边远们这头让",
}
_ARABIC: Final = ((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE))
_CHINESE: Final = (
    *((0x2E80, 0x303F), (0x3040, 0x31FF), (0x3200, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3)),
    *((0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF01, 0xFFEF), (0x20000, 0x323AF)),
)
_SHARED: Final = "‘’“”—…·"  # in Chinese sentences as wide as a Chinese letter, elsewhere not
_JOINERS: Final = "\u200c\u200d"
SOFT_HYPHEN: Final = "\u00ad"  # where a long word may be parted; a hyphen is shown only there
MAY_BREAK: Final = "\u200b"
FROM_LEFT: Final = "\u200e"
FROM_RIGHT: Final = "\u200f"
DIRECTIONS: Final = FROM_LEFT + FROM_RIGHT + "\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def scripts_of(language: str) -> tuple[Script, ...]:
    """The scripts that a language ("en", "zh_CN") is written in, its own one last."""
    own = _WRITTEN.get(language.partition("_")[0])
    return (LATIN, own) if own else (LATIN,)


def right_to_left(language: str) -> bool:
    return language.partition("_")[0] in LEFTWARDS


def is_chinese(letter: str) -> bool:
    return _among(letter, _CHINESE)


def script_of(letter: str, *, chinese: bool = False) -> Script | None:
    """The script that a letter or sign is drawn in; None for a blank, which any of them has.

    chinese: it stands in a text with Chinese letters.
    """
    if letter.isspace():
        return None
    if _among(letter, _ARABIC):
        return ARABIC
    if is_chinese(letter) or (chinese and letter in _SHARED):
        return CHINESE
    return LATIN


def clusters(text: str, *, keep: str = "") -> list[str]:
    """A text as letters with the marks that sit on them, in reading order. What has no shape of its own
    (directions, soft hyphens) is left out, except what is to be kept."""
    found: list[str] = []
    for letter in text:
        kind = unicodedata.category(letter)
        if found and found[-1] not in DIRECTIONS and (kind in ("Mn", "Me") or letter in _JOINERS):
            found[-1] += letter
        elif kind not in ("Cf", "Cc") or letter in keep:
            found.append(letter)
    return found


def _among(letter: str, blocks: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(letter) <= last for first, last in blocks)
