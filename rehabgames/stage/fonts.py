"""Fonts: which file of this system draws a script, and which scripts of a language none draws.

Files are looked for by name in the system's font folders, which takes milliseconds; asking fontconfig takes
a process, and seconds where its cache is cold. What a file has, it is asked letter by letter.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Final

import pygame
import pygame.freetype

from rehabgames.stage.scripts import ARABIC, CHINESE, LATIN, SAMPLES, Script, scripts_of

# what Debian and Ubuntu call the packages with these fonts
PACKAGES: Final[dict[Script, str]] = {
    LATIN: "fonts-noto-core",
    ARABIC: "fonts-noto-core",
    CHINESE: "fonts-noto-cjk",
}
_ENDINGS: Final = (".ttf", ".otf", ".ttc", ".otc")
_MOST_INSIDE: Final = 32  # families in one collection
_TRIED_PX: Final = 24
_ARABIC_TAG: Final = "Arab"


@dataclass(frozen=True, slots=True)
class Family:
    """A family by its files' names without endings. inside: its name in a collection of several."""

    regular: str
    bold: str = ""
    inside: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """One font of a file. index: which one of a collection; thickened: its bold is to be made from it."""

    path: Path
    index: int = 0
    thickened: bool = False


# The first that is there is taken: Noto, then what Windows, macOS and other Linux systems come with. Chinese
# as a variable font is none of them: without its axes it is drawn in its thinnest weight.
FAMILIES: Final[dict[Script, tuple[Family, ...]]] = {
    LATIN: (
        Family("NotoSans-Regular", "NotoSans-Bold"),
        Family("OpenSans-Regular", "OpenSans-Bold"),
        Family("segoeui", "segoeuib"),
        Family("Ubuntu-R", "Ubuntu-B"),
        Family("NotoSans[wght]"),
        Family("NotoSans-VF"),
        Family("HelveticaNeue", inside="Helvetica Neue"),
        Family("Helvetica", inside="Helvetica"),
        Family("DejaVuSans", "DejaVuSans-Bold"),
        Family("LiberationSans-Regular", "LiberationSans-Bold"),
        Family("Arial", "Arial Bold"),
    ),
    ARABIC: (
        Family("NotoSansArabic-Regular", "NotoSansArabic-Bold"),
        Family("NotoSansArabicUI-Regular", "NotoSansArabicUI-Bold"),
        Family("segoeui", "segoeuib"),
        Family("NotoSansArabic[wght]"),
        Family("NotoSansArabic-VF"),
        Family("GeezaPro", inside="Geeza Pro"),
        Family("NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold"),
        Family("DejaVuSans", "DejaVuSans-Bold"),
        Family("Tahoma", "Tahoma Bold"),
        Family("tahoma", "tahomabd"),
    ),
    CHINESE: (
        Family("NotoSansCJK-Regular", "NotoSansCJK-Bold", inside="Noto Sans CJK SC"),
        Family("NotoSansSC-Regular", "NotoSansSC-Bold"),
        Family("NotoSansCJKsc-Regular", "NotoSansCJKsc-Bold"),
        Family("SourceHanSansSC-Regular", "SourceHanSansSC-Bold"),
        Family("SourceHanSansCN-Regular", "SourceHanSansCN-Bold"),
        Family("msyh", "msyhbd", inside="Microsoft YaHei"),
        Family("PingFang", inside="PingFang SC"),
        Family("Hiragino Sans GB", inside="Hiragino Sans GB"),
        Family("STHeiti Medium", inside="Heiti SC"),
        Family("wqy-microhei", inside="WenQuanYi Micro Hei"),
        Family("wqy-zenhei", inside="WenQuanYi Zen Hei"),
        Family("DroidSansFallbackFull"),
        Family("simhei"),
    ),
}


def folders() -> tuple[Path, ...]:
    """Where this system and its user keep fonts, the user's first."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises where there is none
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home)) / "Microsoft" / "Windows" / "Fonts"
        return local, Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    if sys.platform == "darwin":
        return home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")
    shared = [Path(each) / "fonts" for each in os.environ.get("XDG_DATA_DIRS", "").split(":") if each]
    own = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share") / "fonts"
    usual = (Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))
    return tuple(dict.fromkeys((own, home / ".fonts", *shared, *usual)))


def found(script: Script, *, bold: bool = False) -> Face | None:
    """The font that a script is drawn with here; None where no font has its letters. Never raises."""
    return _found(script, bold, folders())


def missing_scripts(language: str) -> tuple[Script, ...]:
    """The scripts of a language that cannot be drawn here; () where all can. Takes milliseconds.

    A game in a language that misses some is better played in English, whose letters pygame brings.
    """
    return tuple(
        script
        for script in scripts_of(language)
        if found(script) is None or (script == ARABIC and not joins_arabic())
    )


def packages_of(scripts: tuple[Script, ...]) -> tuple[str, ...]:
    """Debian's packages for scripts, each once."""
    return tuple(dict.fromkeys(PACKAGES[script] for script in scripts))


@cache
def joins_arabic() -> bool:
    """False where the pygame here was built without HarfBuzz, which joins Arabic letters."""
    pygame.font.init()
    try:
        pygame.font.Font(None, _TRIED_PX).set_script(_ARABIC_TAG)
    except (pygame.error, AttributeError):
        return False
    return True


def opened(face: Face, size_px: int, script: Script) -> pygame.font.Font:
    """Raises OSError or pygame.error where the file cannot be read (any more)."""
    file: Any = _FirstOf(face) if face.index else str(face.path)  # pygame asks for `read` and `seek` alone
    font = pygame.font.Font(file, size_px)
    if script == ARABIC and joins_arabic():
        font.set_script(_ARABIC_TAG)
    if face.thickened:
        font.set_bold(True)
    font.size("x")  # a damaged file is opened without a word, and fails at its first letter
    return font


@cache
def _found(script: Script, bold: bool, within: tuple[Path, ...]) -> Face | None:
    for family in FAMILIES[script]:
        regular = _face(family.regular, family.inside, script, within)
        if regular is None:
            continue
        if not bold:
            return regular
        own = _face(family.bold, family.inside, script, within) if family.bold else None
        return own or Face(regular.path, regular.index, thickened=True)
    return None


def _face(name: str, inside: str, script: Script, within: tuple[Path, ...]) -> Face | None:
    path = _files(within).get(name.lower())
    index = None if path is None else _index(path, inside)
    if path is None or index is None or not _draws(path, index, SAMPLES[script]):
        return None
    return Face(path, index)


@cache
def _files(within: tuple[Path, ...]) -> dict[str, Path]:
    """Name without ending, in small letters → file; of two of one name the one in the folder that is named
    first."""
    files: dict[str, Path] = {}
    for folder in within:
        for at, _, names in os.walk(folder):
            for name in names:
                stem, ending = os.path.splitext(name)  # noqa: PTH122 - ten thousand Paths take long
                if ending.lower() in _ENDINGS:
                    files.setdefault(stem.lower(), Path(at, name))
    return files


def _index(path: Path, inside: str) -> int | None:
    """Where a family is in a collection; None where it is not, or where the file cannot be read."""
    if path.suffix.lower() not in (".ttc", ".otc") or not inside:
        return 0
    pygame.freetype.init()
    for index in range(_MOST_INSIDE):
        try:
            name = pygame.freetype.Font(str(path), _TRIED_PX, font_index=index).name
        except (OSError, RuntimeError):  # the last one was before it; pygame.error is a RuntimeError
            return None
        if name == inside:
            return index
    return None


def _draws(path: Path, index: int, sample: str) -> bool:
    """Whether a font has all letters of a sample, each with a shape of its own."""
    pygame.freetype.init()
    try:
        font = pygame.freetype.Font(str(path), _TRIED_PX, font_index=index)
        if any(metrics is None for metrics in font.get_metrics(sample)):
            return False
        return len({font.render_raw(letter) for letter in sample}) == len(sample)
    except (OSError, RuntimeError):
        return False


class _FirstOf:
    """A collection of fonts as a file whose first font is the wanted one: pygame.font opens only the first.

    The header of a collection is a tag of 4 bytes, 4 of version, 4 that count the fonts, then 4 for where
    each font begins (OpenType, "TTC Header").
    """

    _FIRST: Final = 12

    def __init__(self, face: Face) -> None:
        self._file: BinaryIO = face.path.open("rb")
        self._file.seek(self._FIRST + 4 * face.index)
        self._begins = self._file.read(4)
        self._file.seek(0)

    def read(self, size: int = -1) -> bytes:
        at, data = self._file.tell(), self._file.read(size)
        if at >= self._FIRST + 4 or at + len(data) <= self._FIRST:
            return data
        changed = bytearray(data)
        for i, byte in enumerate(self._begins, self._FIRST - at):
            if 0 <= i < len(changed):
                changed[i] = byte
        return bytes(changed)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()
