"""Where a text is parted into lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.stage.wrapping import joined, lines, pieces


def parted(text):
    return [piece.text for piece in pieces(text)]


def wrapped(text, most):
    """Lines of at most so many letters."""
    parts = pieces(text)
    broken = lines(parts, [len(piece.text) for piece in parts], 1, most)
    goes_on = [after[0].after for after in broken[1:]]
    return [joined(*each) for each in zip(broken, [*goes_on, ""], strict=True)]


def test_words_stay_whole():
    assert wrapped("Reach for the fruit and hold", 16) == ["Reach for the", "fruit and hold"]


def test_as_few_lines_as_fit_and_these_even():
    assert wrapped("one two three four", 18) == ["one two three four"]
    assert wrapped("one two three four", 17) == ["one two", "three four"]
    assert wrapped("one two three four", 9) == ["one two", "three", "four"]


def test_a_word_that_is_too_wide_has_its_own_line():
    assert wrapped("a Schulterblattbewegung b", 8) == ["a", "Schulterblattbewegung", "b"]


def test_a_long_word_is_parted_at_a_soft_hyphen_that_is_seen_only_there():
    word = "Schulter\u00adblatt\u00adbewegung"
    assert wrapped(word, 40) == ["Schulterblattbewegung"]
    assert wrapped(word, 14) == ["Schulter-", "blattbewegung"]
    assert wrapped(f"die {word} üben", 10) == ["die", "Schulter-", "blatt-", "bewegung", "üben"]


def test_a_hyphen_between_words_may_end_a_line_and_one_in_numbers_may_not():
    assert parted("Auge-Hand-Spiel") == ["Auge-", "Hand-", "Spiel"]
    assert parted("links/rechts") == ["links/", "rechts"]
    assert parted("5-10 -3 1/2") == ["5-10", "-3", "1/2"]
    assert parted("--latency") == ["--latency"]


def test_blanks_of_all_sorts_are_one_but_for_the_one_that_binds():
    assert parted("  a \n b\tc ") == ["a", "b", "c"]
    assert parted("10\u00a0Minuten") == ["10\u00a0Minuten"]
    assert parted("") == [""]
    assert parted("ب \u0651ب") == ["ب", "\u0651ب"]  # a mark on a blank is no blank


def test_chinese_is_parted_between_letters():
    assert wrapped("请把手伸向果实然后保持", 6) == ["请把手伸向果", "实然后保持"]


def test_a_number_stays_with_what_it_counts():
    assert parted("做10次后休息") == ["做10次", "后", "休", "息"]


@pytest.mark.parametrize("most", range(2, 15))
def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one(most):
    text = "请坐下，把“患手”放在腿上（手心向下）……好！《慢慢》来——休息。"
    shown = wrapped(text, most)
    assert "".join(shown) == text
    assert not any(line[0] in "，。！”）》…—" for line in shown)
    assert not any(line[-1] in "“（《" for line in shown)


def test_arabic_is_parted_at_blanks_and_marks_stay():
    assert wrapped("مُدّ يدك نحو الثمرة", 12) == ["مُدّ يدك", "نحو الثمرة"]


def test_what_says_from_which_side_to_read_stays_and_parts_nothing():
    assert parted("من \u200e-1.4 إلى 2") == ["من", "\u200e-1.4", "إلى", "2"]
    assert parted("\u200e请\u200e坐\u200e，") == ["\u200e请\u200e", "坐\u200e，"]
    assert parted("Auge-\u200eHand") == ["Auge-\u200e", "Hand"]


@given(st.text("ab -\u200e\u00ad请，ي\u0651", max_size=30), st.integers(1, 20))
def test_nothing_is_lost_and_nothing_added(text, most):
    def bare(shown):
        return "".join(letter for letter in shown if letter not in " -\u00ad")

    shown = wrapped(text, most)
    assert bare("".join(shown)) == bare(text)
    assert all(line == line.strip() for line in shown)
