import ast
import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.pofile import read_po

import rehabgames
from rehabgames import words
from rehabgames.app.repertoire import library
from rehabgames.content.known import AXES
from rehabgames.content.root import assets_folder
from rehabgames.core.delay import Origin
from rehabgames.core.measured import Validity
from rehabgames.core.message import Message
from rehabgames.core.view import FRUITS, GUIDES
from rehabgames.safety.stop_rules import SCALES
from rehabgames.visit.screens import EFFORTS, STEPS
from rehabgames.visit.troubles import TROUBLES
from rehabgames.words import (
    CHILD,
    END,
    catalogue,
    date_in_words,
    fields_of,
    forget,
    languages,
    render,
    text_of,
    trouble,
    weekdays,
)

SOURCE = Path(rehabgames.__file__).parent
IDS = sorted(catalogue("en"))
SPOKEN_IN_PLAY = [
    i for i in IDS if i.startswith(("look.", "rest.", "calibrate.", "play.", "pause.", "save.", "cue."))
]


def said(tree: ast.AST) -> Iterator[tuple[str, set[str] | None]]:
    """(id, names of its parameters) of every Message(...); None where the names are not literal."""
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] == "Message"):
            continue
        given = {k.arg: k.value for k in call.keywords} | dict(zip(("id", "params"), call.args, strict=False))
        params = given.get("params")
        names: set[str] | None = set()
        if params is not None:
            keys = params.keys if isinstance(params, ast.Dict) else [None]
            literal = [k.value for k in keys if isinstance(k, ast.Constant)]
            names = set(literal) if len(literal) == len(keys) else None
        for part in ast.walk(given.get("id", ast.Pass())):
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and "." in part.value:
                yield part.value, names


def source_trees() -> Iterator[tuple[Path, ast.AST]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_scan_finds_messages_however_they_are_written() -> None:
    code = """
Message("a.b")
message.Message(id="c.d", params={"n": 1})
Message("e.f" if far else "g.h", {"n": 1, "m": 2})
Message("i.j", params)
Other("k.l")
"""
    found = list(said(ast.parse(code)))
    assert found == [
        ("a.b", set()),
        ("c.d", {"n"}),
        ("e.f", {"n", "m"}),
        ("g.h", {"n", "m"}),
        ("i.j", None),
    ]


def test_every_message_of_the_source_has_words_and_gets_its_parameters() -> None:
    wrong = []
    for path, tree in source_trees():
        for message_id, names in said(tree):
            if message_id.endswith("."):
                continue  # put together: test_families_of_messages_are_whole has them
            if message_id not in catalogue("en"):
                wrong.append(f"{path}: {message_id} has no entry in en.po")
            elif names is not None and (missing := fields_of(message_id) - names):
                wrong.append(f"{path}: {message_id} lacks the parameters {sorted(missing)}")
    assert not wrong, "\n".join(wrong)


# families of messages whose ids are put together: prefix and the name of what it is about
COMPOSED = (
    "delay.",
    "measure.",
    "how.",
    "validity.",
    "guide.",
    "side.",
    "adapt.",
    "fruit.",
    "dose.fatigue.",
    "gain.",
    "menu.",
    "trouble.",
    "step.",
    "note.",
    "choice.",
    "ask.",
    "why.",
    "told.better.",
    "told.same.",
)
ANSWERS = {f"{what}.{n}" for what in SCALES for n in (EFFORTS if what == "effort" else STEPS)}
ANSWERS |= {f"tired.{n}" for n in EFFORTS}
MOVES = {f"{axis}.{way}" for axis in AXES for way in ("harder", "easier")}


def test_no_entry_is_dead() -> None:
    texts = {
        part.value
        for _, tree in source_trees()
        for part in ast.walk(tree)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
    texts |= {each.name.lower() for each in Validity} | MOVES | ANSWERS
    texts |= {f"exercise.{each.id}" for each in library().exercises()}
    composed = {i for i in IDS for of in COMPOSED if i.startswith(of) and i.removeprefix(of) in texts}
    for_all = [i.removesuffix(CHILD) for i in IDS]
    assert [i for i in for_all if i not in texts and i not in composed] == []
    assert set(for_all) <= set(IDS)  # what is said to a child is said to everybody, too


def test_families_of_messages_are_whole() -> None:
    assert {f"validity.{each.name.lower()}" for each in Validity} <= set(IDS)
    assert {f"guide.{name}" for name in GUIDES} <= set(IDS)
    assert {f"{what}.{code}" for what in ("trouble", "step") for code in TROUBLES} <= set(IDS)
    assert {f"adapt.{move}" for move in MOVES} <= set(IDS)
    assert {f"fruit.{kind}" for kind in FRUITS} <= set(IDS)
    assert {f"delay.{origin}" for origin in get_args(Origin)} <= set(IDS)
    told = {i.partition(".")[2] for i in IDS if i.startswith("how.")}
    assert told == {i.partition(".")[2] for i in IDS if i.startswith("measure.")}


@pytest.mark.parametrize("message_id", SPOKEN_IN_PLAY)
def test_prompts_have_at_most_eight_words(message_id: str) -> None:
    assert 1 <= len(text_of(message_id).split()) <= 8


def test_who_hears_nothing_is_told_to_watch() -> None:
    assert "watch" in text_of("play.taps_listen").lower()


@pytest.mark.parametrize("language", languages())
def test_catalogues_are_sound(language: str) -> None:
    with (assets_folder() / "words" / f"{language}.po").open("rb") as stream:
        entries = [e for e in read_po(stream, abort_invalid=True) if e.id]
    assert len({e.id for e in entries}) == len(entries) == len(catalogue(language))
    assert {e.id for e in entries} <= set(IDS)
    for entry in entries:
        assert fields_of(entry.id, language) == fields_of(entry.id)


@pytest.mark.parametrize(
    ("set_to", "usual"),
    [
        ({"LANG": "es_ES.UTF-8"}, "es"),
        ({"LANG": "de_AT.UTF-8", "LC_ALL": "zh_CN"}, "zh"),
        ({"LANG": "en_US", "LANGUAGE": "fr:ar:de"}, "ar"),
        ({"LANG": "ar_EG@euro"}, "ar"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "xx_YY"}, "en"),
        ({"LANG": "../../de"}, "en"),
    ],
)
def test_the_usual_language_is_the_computers(
    set_to: dict[str, str], usual: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in set_to.items():
        monkeypatch.setenv(name, value)
    assert words.usual_language(words.languages()) == usual


def test_catalogue_names_its_licence() -> None:
    for language in languages():
        text = (assets_folder() / "words" / f"{language}.po").read_text(encoding="utf-8")
        assert "SPDX-License-Identifier: Apache-2.0" in text.split("msgid", 1)[0]


def test_words_of_a_prompt() -> None:
    assert render(Message("play.carry")) == "Carry it to the basket."
    assert render(Message("calibrate.reach_far")) == "Reach that way, as far as is comfortable."


@pytest.mark.parametrize(
    ("percent", "text"), [(4, "4 %"), (4.0, "4 %"), (4.26, "4.3 %"), ("4", "4 %"), (1234, "1,234 %")]
)
def test_numbers_are_said_as_people_say_them(percent: str | float, text: str) -> None:
    sentence = f"The same again, for {text} to succeed."
    assert render(Message("adapt.same", {"target": percent})) == sentence


@pytest.mark.parametrize("params", [{}, {"other": 3}, {"count": math.nan}, {"count": math.inf}])
def test_missing_parameter_leaves_its_field_out(params: dict[str, str | int | float]) -> None:
    assert render(Message("done.summary", params)) == "Well done. in all."


def test_parameters_are_text_and_never_a_pattern() -> None:
    assert render(Message("done.summary", {"count": "{count} {0.__class__} %s"})) == (
        "Well done. {count} {0.__class__} %s in all."
    )


def test_unknown_id_is_said_as_it_is() -> None:
    assert render(Message("no.such_message", {"count": 1})) == "no.such_message"


@pytest.mark.parametrize("language", ["", "xx", "en_GB", "../en", "en/../en", "EN", "\0"])
def test_unknown_language_is_english(language: str) -> None:
    assert render(Message("done.summary", {"count": 2.5}), language) == "Well done. 2.5 in all."


@pytest.fixture
def other_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "words"
    folder.mkdir()
    english = (assets_folder() / "words" / "en.po").read_bytes()
    (folder / "en.po").write_bytes(english)
    monkeypatch.setattr(words, "assets_folder", lambda: tmp_path)
    forget()
    yield folder
    forget()


def test_a_translation_is_used_and_its_gaps_are_english(other_languages: Path) -> None:
    (other_languages / "de.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "adapt.same"\nmsgstr "Noch einmal, {target} %."\n\n'
        'msgid "play.hold"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgid "play.carry"\nmsgstr "Vielleicht."\n',
        encoding="utf-8",
    )
    assert languages() == ["de", "en"]
    assert render(Message("adapt.same", {"target": 4.5}), "de") == "Noch einmal, 4,5 %."
    assert render(Message("adapt.same", {"target": 4.5}), "de_AT") == "Noch einmal, 4,5 %."
    assert render(Message("play.hold"), "de") == "Hold."
    assert render(Message("play.carry"), "de") == "Carry it to the basket."
    assert render(Message("done.summary", {"count": 4.5}), "de") == "Well done. 4.5 in all."


@pytest.mark.parametrize("content", [b"\xff\xfe\x00m", b'msgid "play.hold"\nmsgstr "', b"what is this", b""])
def test_a_damaged_translation_never_stops_the_player(other_languages: Path, content: bytes) -> None:
    (other_languages / "fr.po").write_bytes(content)
    assert render(Message("play.carry"), "fr") == "Carry it to the basket."


def test_without_any_catalogue_the_id_is_said(other_languages: Path) -> None:
    (other_languages / "en.po").unlink()
    assert render(Message("play.carry")) == "play.carry"


ENGLISH_PO = (assets_folder() / "words" / "en.po").read_bytes()
LACKS_WORDS = {
    "missing": (None, "is missing"),
    "a folder": ("", "cannot be read"),
    "empty": (b"", "is cut off"),
    "without its last line": (ENGLISH_PO.rstrip().removesuffix(END.encode()), "is cut off"),
    "no text": (b"\xff\xfe\x00m" + ENGLISH_PO, "cannot be read"),
    "no catalogue": (b"what is this\n" + ENGLISH_PO, "cannot be read"),
}


@pytest.mark.parametrize("how", LACKS_WORDS)
def test_a_catalogue_that_is_not_whole_is_told(other_languages: Path, how: str) -> None:
    content, what = LACKS_WORDS[how]
    path = other_languages / "en.po"
    path.unlink()
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        path.mkdir()
    found = trouble()
    assert found is not None
    assert found.what.startswith(f"The installation of rehabgames is damaged: {path} {what}; ")
    assert found.next_step == "Install it again: pip install --force-reinstall rehabgames"


def test_the_shipped_catalogues_are_whole() -> None:
    assert [trouble(language) for language in languages()] == [None] * len(languages())


@pytest.mark.parametrize("kept", range(200, len(ENGLISH_PO) - len(END), 2477))
def test_what_is_left_of_a_cut_catalogue_is_said_and_no_half_sentence(
    other_languages: Path, kept: int
) -> None:
    whole = dict(catalogue("en"))
    (other_languages / "en.po").write_bytes(ENGLISH_PO[:kept])
    forget()
    left = catalogue("en")
    assert "is cut off" in str(trouble())
    assert left.items() <= whole.items()
    assert len(left) >= 0.8 * len(whole) * kept / len(ENGLISH_PO) - 10


@pytest.mark.parametrize(
    ("language", "monday", "day"),
    [
        ("en", "Mon", "November 2, 2026"),
        ("de", "Mo", "2. November 2026"),
        ("es", "lun", "2 de noviembre de 2026"),
        ("zh", "周一", "2026年11月2日"),
        ("ar", "الاثنين", "2 نوفمبر 2026"),
        ("xx", "Mon", "November 2, 2026"),
    ],
)
def test_days_are_called_and_written_as_the_language_does(language, monday, day):
    names = weekdays(language)
    assert (names[0], len(set(names))) == (monday, 7)
    assert date_in_words(date(2026, 11, 2), language) == day
