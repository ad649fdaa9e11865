"""The order in which letters of both directions are seen (UAX #9), and which script draws which.

Expected orders are written from left to right as they are seen; Arabic words are then spelt backwards.
"""

import pytest

from rehabgames.stage.runs import Run, runs
from rehabgames.stage.scripts import ARABIC, CHINESE, LATIN, clusters, right_to_left, scripts_of

HAND, FRUIT = "يدك", "ثمرة"


def back(word):
    return "".join(reversed(clusters(word)))


def seen(text, *, leftwards=True):
    return "".join(run.text for run in runs(text, leftwards=leftwards))


def test_plain_letters_are_one_run_as_they_stand():
    for text in ("Reach for it, 3/10.", "Größe (ñ) «é»", ""):
        assert runs(text, leftwards=True) == [Run(LATIN, text)]


def test_the_first_word_is_at_the_right_end():
    assert runs(f"{HAND} {FRUIT}") == [Run(ARABIC, f"{back(FRUIT)} {back(HAND)}")]


@pytest.mark.parametrize("number", ["12", "3/10", "1.5", "1:35", "12,000"])
def test_a_number_keeps_its_order(number):
    assert seen(f"{HAND} {number} {FRUIT}") == f"{back(FRUIT)} {number} {back(HAND)}"
    assert runs(f"{HAND} {number} {FRUIT}")[1].script == LATIN


def test_a_name_in_other_letters_keeps_its_order():
    assert seen(f"{HAND} Anna Lee {FRUIT}!") == f"!{back(FRUIT)} Anna Lee {back(HAND)}"


def test_brackets_open_towards_what_they_hold():
    assert seen(f"{HAND} ({FRUIT})") == f"({back(FRUIT)}) {back(HAND)}"
    assert seen(f"{HAND} «{FRUIT}»") == f"«{back(FRUIT)}» {back(HAND)}"
    assert seen(f"{HAND} (3/10) Anna (x).") == f".Anna (x) (3/10) {back(HAND)}"


def test_marks_stay_on_their_letter():
    """Shadda with a vowel, tanwin: rule L3."""
    assert seen("مُدّ") == "دّمُ"
    assert seen("جيدًا ثُمَّ") == "مَّثُ ادًيج"
    assert seen("دّدد") == "دددّ"


def test_the_language_says_from_which_side_a_mixed_text_is_read():
    text = f"Anna, {HAND}."
    assert seen(text, leftwards=False) == f"Anna, {back(HAND)}."
    assert seen(text, leftwards=True) == f".{back(HAND)} ,Anna"
    assert seen(f"{HAND} Anna", leftwards=False) == f"Anna {back(HAND)}"


def test_a_sign_that_sets_the_direction_is_obeyed_and_not_drawn():
    assert seen(f"{HAND} C++\u200e") == f"C++ {back(HAND)}"
    assert seen(f"{HAND} C++") == f"++C {back(HAND)}"


def test_chinese_takes_signs_of_its_own_and_leaves_names_alone():
    assert runs("请“坐”，Anna 3次。") == [
        Run(CHINESE, "请“坐”，"),
        Run(LATIN, "Anna 3"),
        Run(CHINESE, "次。"),
    ]
    assert runs("“Sit”, Anna…") == [Run(LATIN, "“Sit”, Anna…")]


def test_what_has_no_shape_is_not_drawn():
    assert seen("Schulter\u00adblatt\u200b", leftwards=False) == "Schulterblatt"


def test_every_language_needs_latin_letters_for_names_and_numbers():
    assert [scripts_of(language) for language in ("en", "es", "de", "zh", "zh_CN", "ar")] == [
        *([(LATIN,)] * 3),
        *([(LATIN, CHINESE)] * 2),
        (LATIN, ARABIC),
    ]
    assert [language for language in ("en", "es", "de", "zh", "ar") if right_to_left(language)] == ["ar"]
