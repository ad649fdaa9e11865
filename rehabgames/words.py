"""Words: message id + parameters → text in a language, from assets/words/<language>.po.

A catalogue's msgid is the message id ("play.reach") and its msgstr the text, with parameters as
{name}. The player always gets some text: where a language lacks a message it is said in English,
and where English lacks it too, the id itself is said. What is wrong with a catalogue, `trouble` tells.
"""

from __future__ import annotations

import locale
import math
import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import Final

from rehabgames.content.root import assets_folder, damaged
from rehabgames.core.errors import MachineError
from rehabgames.core.message import Message
from rehabgames.core.player import Comfort

ENGLISH: Final = "en"
CHILD: Final = ".child"  # after the id of a message: how it is said to a child
END: Final = "# --- the end"  # of a catalogue: one that is cut off may still be read without an error

_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,4})?")
_FIELD = re.compile(r"\{(\w+)\}")


def render(message: Message, language: str = ENGLISH) -> str:
    """The text of a message; a parameter that is missing or NaN leaves its field out.

    A parameter that is itself the id of a message ("side.left") is said in the language, too.
    """
    text, spoken = _found(message.id, language)

    def value(found: re.Match[str]) -> str:
        return _said(message.params.get(found[1]), spoken)

    filled, fields = _FIELD.subn(value, text)
    return " ".join(filled.split()) if fields else text


def suited(message: Message, comfort: Comfort) -> str:
    """The text of a message for whoever this suits: in their language, and as a child is spoken to where
    they are one and there are words for that ("<id>.child")."""
    own = message.id + CHILD
    if comfort.child and _has(own, comfort.language):
        message = Message(own, message.params)
    return render(message, comfort.language)


def text_of(message_id: str, language: str = ENGLISH) -> str:
    """The text with its fields still open; the id itself where no catalogue has it."""
    return _found(message_id, language)[0]


def weekdays(language: str = ENGLISH) -> tuple[str, ...]:
    """Short names of the days, Monday first; English where the language is not known."""
    from babel.dates import get_day_names  # noqa: PLC0415

    names = get_day_names("abbreviated", "stand-alone", _locale(language))
    return tuple(names[number] for number in range(7))


def date_in_words(day: date, language: str = ENGLISH) -> str:
    """Day, month and year as the language writes them."""
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(day, "long", _locale(language))


def _locale(language: str) -> str:
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        return str(Locale.parse(language))
    except (UnknownLocaleError, ValueError):
        return ENGLISH


def fields_of(message_id: str, language: str = ENGLISH) -> frozenset[str]:
    """Names of the parameters that the text of a message needs."""
    return frozenset(_FIELD.findall(text_of(message_id, language)))


def languages() -> list[str]:
    """Languages that have a catalogue."""
    return sorted(path.stem for path in _folder().glob("*.po") if _LANGUAGE.fullmatch(path.stem))


def usual_language(known: Sequence[str]) -> str:
    """Of these, the one that this computer is set to; English where it is set to none of them."""
    asked = [name for key in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG") for name in _set_to(key)]
    if not asked:
        asked = [locale.getlocale()[0] or ""]  # as Windows and macOS say it
    for name in asked:
        plain = name.partition(".")[0].partition("@")[0]
        for each in (plain, plain.partition("_")[0].lower()):
            if each in known:
                return each
    return ENGLISH


def _set_to(key: str) -> list[str]:
    """Of the environment; LANGUAGE may name several, the first one that is there counts."""
    return [name for name in os.environ.get(key, "").split(":") if name]


def catalogue(language: str) -> Mapping[str, str]:
    """Message id → text of one language, read at first use; empty where there is no such file.

    Entries that translators have marked as unsure (fuzzy) or left empty are not in it. Of a file that is cut
    off it has what is left, without the last entry, which may be half of one.
    """
    return _read(language)[0]


def trouble(language: str = ENGLISH) -> MachineError | None:
    """What is wrong with the catalogue of a language, to be told and not to be raised: people can play on.
    None where nothing is."""
    path, what = _folder() / f"{language}.po", _read(language)[1]
    return damaged(f"{path} {what}; bare names such as play.reach stand in for lost words") if what else None


def forget() -> None:
    """Read every catalogue anew at its next use."""
    _read.cache_clear()


@cache
def _read(language: str) -> tuple[Mapping[str, str], str]:
    """(message id → text, what is wrong with the file or "")"""
    path, nothing = _folder() / f"{language}.po", MappingProxyType[str, str]({})
    if not _LANGUAGE.fullmatch(language) or not path.exists():
        return nothing, "is missing"
    # Babel takes time to import, which `--help` can do without
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    try:
        text = path.read_text("utf-8")
        whole = text.rstrip().endswith(END)
        left = text if whole else text.rpartition("\n\n")[0]
        entries = read_po(StringIO(left), locale=language, abort_invalid=True)
    except (OSError, ValueError, PoFileError):
        return nothing, "cannot be read"
    texts = {e.id: e.string for e in entries if e.id and e.string and not e.fuzzy}
    found = {k: v for k, v in texts.items() if isinstance(k, str) and isinstance(v, str)}
    return MappingProxyType(found), "" if whole else "is cut off"


def warm(language: str = ENGLISH) -> None:
    """Do the reading and importing of the first use now, so that no frame waits for it later."""
    render(Message("done.summary", {"count": 1}), language)


def _found(message_id: str, language: str) -> tuple[str, str]:
    """(text, the language it is in)"""
    for name in (language, language.partition("_")[0], ENGLISH):
        if text := catalogue(name).get(message_id):
            return text, name
    return message_id, ENGLISH


def _has(message_id: str, language: str) -> bool:
    """That language itself has it: words for adults in it go before English ones for children."""
    return any(message_id in catalogue(each) for each in (language, language.partition("_")[0]))


def _folder() -> Path:
    return assets_folder() / "words"


def _said(value: str | int | float | None, language: str) -> str:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, str):
        return _found(value, language)[0]
    from babel.core import UnknownLocaleError  # noqa: PLC0415
    from babel.numbers import format_decimal  # noqa: PLC0415

    try:
        return format_decimal(value, format="#,##0.#", locale=language)
    except (UnknownLocaleError, ValueError):
        return f"{value:g}"
