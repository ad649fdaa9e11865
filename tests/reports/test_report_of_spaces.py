"""A report says of every exercise what was asked of this person, in the unit that it has."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from acted_practice import keep_acted

from rehabgames.core.message import Message
from rehabgames.core.trial import Space
from rehabgames.core.units import UNITS, axis_unit
from rehabgames.records.store import Store
from rehabgames.reports.facts import gather
from rehabgames.reports.session_report import render_report
from rehabgames.reports.terms import TERMS, direction_words, reason_words, why_words
from rehabgames.words import render

ACTED = ("river_steer", "harbour_centre", "kitchen_grasp_close", "concert_taps", "library_trace")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(Path(tmp_path_factory.mktemp("spaces"))) as opened:
        for exercise in ACTED:
            keep_acted(opened, exercise)
        yield opened


@pytest.fixture(scope="module")
def texts(store: Store) -> dict[str, str]:
    """All words of each page, those of its plots among them, but for its foot: there all limits are told."""
    return {exercise: _text(render_report(gather(store, exercise))) for exercise in ACTED}


def _text(page: str) -> str:
    page = re.sub(r"<style>.*?</style>", " ", page, flags=re.DOTALL)
    body = page[: page.index("<footer>")]
    labels = " ".join(re.findall(r'aria-label="(.*?)"', body))
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body) + labels).split())


@pytest.mark.parametrize("exercise", ["river_steer", "harbour_centre", "kitchen_grasp_close", "concert_taps"])
def test_what_no_arm_reaches_for_is_never_told_in_arm_lengths(texts: dict[str, str], exercise: str) -> None:
    text = texts[exercise]
    wrong = ("arm length", "shoulder", "the arm", "calibrated reach", "Reach by direction", "across", "Arm ")
    assert [word for word in wrong if word in text] == []
    assert "No calibration was recorded" not in text


def test_a_shift_is_told_as_a_share_of_the_own_one_by_side(texts: dict[str, str]) -> None:
    text = texts["river_steer"]
    assert re.search(r"Furthest shift \d\.\d\d of the calibrated shift, to the (left|right)", text)
    assert "Shift of weight How far to the side the weight was asked to go" in text
    assert "shift to the side, as a share of the calibrated shift: began at 0.70" in text
    assert "size of the target, from its middle to its rim, as a share of the calibrated shift" in text
    assert "All of it (1), trunk lengths" in text
    assert re.search(r"right 0\.1\d \d\.\d\d \d of \d left 0\.1\d \d\.\d\d \d of \d", text)
    assert re.search(r"1 0:\d\d (left|right) 0\.70 \d\.\d\d ● passed", text)
    assert "Carried out 4 the weight went at least half of its way" in text


def test_a_middle_that_is_kept_is_told_by_the_push_and_how_near_it_was_kept(
    store: Store, texts: dict[str, str]
) -> None:
    text = texts["harbour_centre"]
    assert re.search(r"Push held 0\.\d\d of the calibrated shift", text)
    assert "Keeping the middle The bar is the ring" in text
    assert re.search(r"Trial At Pushed Ring Kept within Result Hold began Whole trial", text)
    facts = gather(store, "harbour_centre")
    assert facts.kind == "middle"
    for each in facts.tries:
        assert each.off is not None
        assert (each.off <= each.radius) == (each.success is True)


def test_a_hand_in_the_picture_is_told_in_widths_of_it(texts: dict[str, str]) -> None:
    text = texts["kitchen_grasp_close"]
    assert "Hand right" in text
    assert "half picture widths from its middle" in text
    assert "distance, in half picture widths" in text
    assert "how far the hand is to close, as a share of the calibrated opening" in text


def test_taps_are_told_by_how_wide_the_hand_opened(texts: dict[str, str]) -> None:
    text = texts["concert_taps"]
    assert re.search(r"Widest opening \d\.\d\d of the calibrated opening", text)
    assert "Trial At Asked Reached Result Whole trial Level of amplitude Level of tempo" in text
    assert "in time and wide" in text
    assert "Carried out 4 the hand opened at least half as wide as asked" in text
    assert re.search(r"Hand in motion 0\.[1-9] min", text)


def test_an_arm_is_told_as_ever(texts: dict[str, str]) -> None:
    text = texts["library_trace"]
    assert re.search(r"Furthest reach \d\.\d\d arm lengths, at 8?\S+°", text)
    assert "Reach by direction" in text
    assert "drawn to its end" in text


@pytest.mark.parametrize(
    ("axis", "space", "game", "unit"),
    [
        ("distance", "arm", "reach", "share of the calibrated reach"),
        ("distance", "picture", "grasp_close", "half picture widths"),
        ("size", "arm", "reach", "arm lengths"),
        ("size", "shift", "steer", "share of the calibrated shift"),
        ("size", "picture", "grasp_close", "half picture widths"),
        ("size", "picture", "pour", "share of the asked amount"),
        ("tempo", "picture", "taps", "movements/s"),
        ("colour", "arm", "mine", ""),
    ],
)
def test_units_of_axes(axis: str, space: Space, game: str, unit: str) -> None:
    assert axis_unit(axis, space, game) == unit


def test_the_record_says_its_units(store: Store) -> None:
    for exercise, expected in (
        ("river_steer", {"shift": UNITS["shift"], "size": UNITS["shift"], "time": "s"}),
        ("concert_taps", {"amplitude": UNITS["grip"], "tempo": "movements/s"}),
    ):
        start = store.session(exercise).start
        assert start["units"]["axes"] == expected
        assert start["units"]["spaces"] == UNITS
        assert start["control"] in ("seated_shift", "close_up_pinch")


@pytest.mark.parametrize(
    ("name", "space", "game", "said"),
    [
        ("size.harder", "arm", "reach", "Smaller, from 20 % to 18 % of an arm length from its"),
        ("size.easier", "shift", "steer", "Larger, from 20 % to 18 % of the calibrated shift from its"),
        ("size.harder", "picture", "grasp_close", "Smaller, from 20 % to 18 % of half a picture width"),
        ("size.harder", "picture", "pour", "More exact, from 20 % to 18 % off the asked amount"),
        ("distance.harder", "picture", "grasp_close", "Farther from the middle, from 20 % to 18 % of half a"),
        ("distance.harder", "arm", "reach", "Farther, from 20 % to 18 % of the calibrated reach"),
        ("tempo.harder", "grip", "taps", "Faster, from 0.2 to 0.2 a second"),
    ],
)
def test_a_reason_has_the_unit_of_its_space(name: str, space: Space, game: str, said: str) -> None:
    levels = {"before": 0.2, "after": 0.18, "before_percent": 20, "after_percent": 18, "target": 75}
    assert render(why_words(Message(f"adapt.{name}", {**levels}), space, game)).startswith(said)


def test_words_of_directions_and_ends() -> None:
    assert [direction_words(90.0, space) for space in ("arm", "shift", "picture")] == [
        "out",
        "right",
        "right",
    ]
    assert [direction_words(-110.0, space) for space in ("arm", "picture")] == ["across, high", "left, high"]
    assert reason_words("out_of_time", "taps") == "beside the beat"
    assert reason_words("out_of_time", "reach") == "out of time"
    assert reason_words("of_its_own", "") == "of its own"


def test_every_space_has_its_terms() -> None:
    assert set(UNITS) < set(TERMS)
    for kind, terms in TERMS.items():
        assert terms.space == ("shift" if kind == "middle" else kind)
        assert "active_minutes" in terms.practised


def test_a_hand_alone_has_no_body_to_be_missed(texts: dict[str, str]) -> None:
    for exercise in ("concert_taps", "kitchen_grasp_close"):
        assert "The hand was tracked in" in texts[exercise]
        assert "Below 90 %" not in texts[exercise]
    assert "The person was tracked in" in texts["river_steer"]
