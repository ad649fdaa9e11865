"""Every language but English, whichever there are: all is said, in as few words, and in its own signs."""

import re
from collections import Counter
from functools import cache
from itertools import product
from typing import Final

import pytest
from babel import Locale
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

from rehabgames.content.root import assets_folder
from rehabgames.core.message import Message
from rehabgames.core.view import FRUITS
from rehabgames.stage.scripts import SOFT_HYPHEN, is_chinese
from rehabgames.stage.wrapping import pieces
from rehabgames.words import ENGLISH, catalogue, languages, render

OTHERS: Final = [language for language in languages() if language != ENGLISH]
each_language = pytest.mark.parametrize("language", OTHERS)

IN_PLAY: Final = (
    *("look.", "rest.", "calibrate.", "play.", "pause.", "guide.", "confirm.", "cue."),
    *("menu.", "choice.", "ask.", "save.", "trouble.", "step.", "note.", "shown."),
)
MOST_WORDS: Final = 8
MOST_LETTERS: Final = 16  # where words are not parted by blanks
WIDEST_WORD: Final = 14  # letters, in a language that may part words; longer ones need a soft hyphen
# what other words are filled into sentences that are spoken
FILLED: Final = {"side": ("side.left", "side.right"), "fruit": tuple(f"fruit.{kind}" for kind in FRUITS)}
# names, units and words that are the same in two languages
MAY_BE_ENGLISH: Final = {"name.own", "choice.no", "menu.minutes", "side.left_letter", "side.right_letter"}

FIELD: Final = re.compile(r"\{\w+\}")
NUMBER: Final = re.compile(r"\d+(?:[.,٫]\d+)?")
EXCITED: Final = "!¡！"
# signs that other languages use in place of this one's; where a language is not named, those of OF_NONE
OF_NONE: Final = "\"`'"
FOREIGN: Final = {
    "ar": "\",;?`'",
    "de": "\"”«`'¿",
    "es": "\"„`'",
    "fr": '"“”„`¿',
    "zh": "\",;:?`'",
}
ENDS: Final = ".?。？؟"
QUESTION: Final = {"ar": "؟", "zh": "？"}
# numbers that call help; a language of one country names the one that is answered there (112 where German is
# spoken; on the mainland of China neither is to be relied on)
EMERGENCY: Final = (112.0, 911.0)
EMERGENCY_THERE: Final = {"de": (112.0,), "zh": (120.0,)}


@cache
def entries_of(language: str) -> list[Entry]:
    with (assets_folder() / "words" / f"{language}.po").open("rb") as stream:
        return [entry for entry in read_po(stream, abort_invalid=True) if entry.id]


def texts(language: str) -> list[tuple[str, str, str]]:
    """(id, English, text) of all that a language has, without the soft hyphens."""
    english = catalogue(ENGLISH)
    said = catalogue(language)
    return [(i, text, said[i].replace(SOFT_HYPHEN, "")) for i, text in english.items() if i in said]


def spoken(message_id: str, language: str) -> list[str]:
    """A sentence with every word that can be filled in; numbers and names as one."""
    fields = FIELD.findall(catalogue(language)[message_id])
    names = sorted({field.strip("{}") for field in fields})
    found = [
        render(Message(message_id, dict(zip(names, values, strict=True))), language)
        for values in product(*(FILLED.get(name, ("1",)) for name in names))
    ]
    return [text.replace(SOFT_HYPHEN, "") for text in found]


def numbers_wanted(language: str, english: str) -> Counter[float]:
    """The numbers of an English text, with those for emergencies as they are where the language is spoken."""
    wanted = Counter(float(number) for number in NUMBER.findall(FIELD.sub("", english)))
    if not wanted.keys() >= set(EMERGENCY):
        return wanted
    return wanted - Counter(EMERGENCY) + Counter(EMERGENCY_THERE.get(language, EMERGENCY))


def own_sign(language: str, signs: dict[str, str], other: str) -> str:
    return signs.get(language, signs.get(language.partition("_")[0], other))


@each_language
def test_every_entry_is_translated_and_no_other_is_there(language: str) -> None:
    ids = [entry.id for entry in entries_of(language)]
    assert [i for i in catalogue(ENGLISH) if i not in ids] == []
    assert [i for i in ids if i not in catalogue(ENGLISH)] == []
    assert [entry.id for entry in entries_of(language) if entry.fuzzy or not entry.string] == []


@each_language
def test_fields_are_those_of_english(language: str) -> None:
    wrong = {
        i: text
        for i, english, text in texts(language)
        if set(FIELD.findall(text)) != set(FIELD.findall(english)) or set("{}") & set(FIELD.sub("", text))
    }
    assert wrong == {}


@each_language
def test_sentences_in_play_have_few_words(language: str) -> None:
    said = [text for i in catalogue(language) if i.startswith(IN_PLAY) for text in spoken(i, language)]
    assert [text for text in said if not 0 < length(text) <= MOST_WORDS] == []


def length(text: str) -> float:
    """Words; in a text without blanks between them as many as its letters stand for, and a single letter for
    half a word."""
    if any(map(is_chinese, text)):
        return sum(letter.isalnum() for letter in text) * MOST_WORDS / MOST_LETTERS
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def test_length_counts_words_or_letters() -> None:
    assert length("Acht: so sind – es 5 %, oder mehr.") == 7
    assert length("请坐下，慢慢来。") == 3.0
    assert length("是") == 0.5
    assert length("……") == length("…") == 0


@each_language
def test_nothing_is_left_in_english(language: str) -> None:
    same = {i for i, english, text in texts(language) if text == english}
    assert same - MAY_BE_ENGLISH == set()


@each_language
def test_letters_of_the_sides_are_two_and_short(language: str) -> None:
    left, right = (catalogue(language)[f"side.{side}_letter"] for side in ("left", "right"))
    assert left != right
    assert 1 <= len(left) <= 2
    assert 1 <= len(right) <= 2


@each_language
def test_sides_and_fruit_are_told_apart(language: str) -> None:
    for i in catalogue(language):
        said = spoken(i, language)
        assert len(set(said)) == len(said), said


@each_language
def test_signs_are_those_of_the_language(language: str) -> None:
    foreign = own_sign(language, FOREIGN, OF_NONE) + EXCITED
    wrong = {i: text for i, _, text in texts(language) if set(FIELD.sub("", text)) & set(foreign)}
    assert wrong == {}


@each_language
def test_sentences_end_where_the_english_ones_do(language: str) -> None:
    asks = own_sign(language, QUESTION, "?")
    wrong = {}
    for i, english, text in texts(language):
        ends = text[-1] in ENDS
        if ends != english.endswith((".", "?")) or english.endswith("?") != text.endswith(asks):
            wrong[i] = text
    assert wrong == {}


def test_spanish_questions_are_opened() -> None:
    opened = re.compile(r"¿[^¿?]+\?")
    wrong = {i: text for i, _, text in texts("es") if set(opened.sub("", text)) & set("¿?")}
    assert wrong == {}


@each_language
def test_numbers_are_kept_and_written_as_the_language_does(language: str) -> None:
    point = "٫.," if language.startswith("ar") else Locale.parse(language).number_symbols["latn"]["decimal"]
    wrong = {}
    for i, english, text in texts(language):
        wanted = numbers_wanted(language, english)
        found = NUMBER.findall(FIELD.sub("", text))
        signs = {sign for number in found for sign in number if not sign.isdigit()}
        if wanted - Counter(float(re.sub("[,٫]", ".", number)) for number in found) or signs - set(point):
            wrong[i] = text
    assert wrong == {}


@each_language
def test_long_words_may_be_parted(language: str) -> None:
    wide = [
        (i, piece.text)
        for i, text in catalogue(language).items()
        for piece in pieces(FIELD.sub("", text))
        if sum(letter.isalpha() for letter in piece.text) > WIDEST_WORD
    ]
    assert wide == []
