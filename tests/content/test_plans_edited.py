"""One key is changed, every note and the order stay; and whatever people type does no harm."""

from __future__ import annotations

import contextlib
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_any_content import VALUES, places_of, put

from rehabgames.app.repertoire import known
from rehabgames.content.library import Library
from rehabgames.content.plan_editing import edited, path_of, value_of
from rehabgames.content.plans import new_plan_text, plan_of
from rehabgames.content.reading import Source, source_of
from rehabgames.core.errors import ContentError, UseError

TEXT = new_plan_text("p", "orchard_reach", "right")
SOURCE = source_of(TEXT.encode(), "p.toml", "p")
LIBRARY = Library.open(known())
FULL: dict[str, Any] = {
    **SOURCE.table,
    "limits": {
        "reach": 1.0,
        "standing": False,
        "sectors": [{"from_deg": 0, "to_deg": 9, "reach": 0.5}],
        "angles_deg": {"knee_flexion": [1, 90]},
    },
    "exercise": [
        {
            "exercise": "orchard_reach",
            "side": "left",
            "order": ["distance"],
            "locked": {},
            "probe_levels": {"distance": 1},
        }
    ],
}


@pytest.mark.parametrize(
    ("key", "typed", "line"),
    [
        ("limits.shoulder_elevation_deg", "70", "shoulder_elevation_deg = 70"),
        ("limits.standing", "true", "standing = true"),
        ("limits.angles_deg.elbow_flexion", "[20, 90]", "angles_deg = { elbow_flexion = [20, 90] }"),
        (
            "limits.angles_deg.elbow_flexion.left",
            "[20, 90]",
            'angles_deg = { "elbow_flexion.left" = [20, 90] }',
        ),
        (
            "limits.sectors",
            "[{from_deg = 0, to_deg = 9, reach = 0.5}]",
            "sectors = [{ from_deg = 0, to_deg = 9, reach = 0.5 }]",
        ),
        ("exercise.orchard_reach.target_success", "0.8", "target_success = 0.8"),
        ("exercise.orchard_reach.right.locked.distance", "0.7", "locked = { distance = 0.7 }"),
    ],
)
def test_a_new_line_comes_below_its_note(key: str, typed: str, line: str) -> None:
    after = edited(TEXT, path_of(key, SOURCE), value_of(key, typed))
    before = TEXT.splitlines()
    (at,) = [i for i, said in enumerate(after.splitlines()) if said not in before]
    assert after.splitlines()[at] == line
    assert after.splitlines()[at - 1].startswith(f"# {line.partition(' ')[0]} = ")
    assert [*after.splitlines()[:at], *after.splitlines()[at + 1 :]] == before


def test_a_line_that_is_there_is_changed_in_its_place_and_keeps_its_note() -> None:
    text = "# first\n[limits]  # of today\nreach = 1.0   # arm lengths\nspeed = 2\n# last\n"
    assert edited(text, ("limits", "reach"), 0.9) == text.replace("1.0", "0.9")
    windows = text.replace("\n", "\r\n")
    assert edited(windows, ("limits", "reach"), 0.9) == windows.replace("1.0", "0.9")


@pytest.mark.parametrize(
    "text",
    [
        "limits.reach = 1",
        "limits = { reach = 1 }",
        "[ limits ]\nreach = 1",
        'note = """\n[limits]\n# hold_s = 1\n"""\n[limits]\nreach = 1',
        "[[exercise]]\n[limits]\nreach = 1",
        "",
    ],
)
def test_however_the_table_is_written(text: str) -> None:
    after = tomllib.loads(edited(text, ("limits", "hold_s"), 3))
    before = tomllib.loads(text)
    assert after == {**before, "limits": {**before.get("limits", {}), "hold_s": 3}}


def test_the_second_of_two_blocks_is_changed() -> None:
    text = TEXT + '\n[[exercise]]\nexercise = "orchard_reach"\nside = "left"\n# sets = 1\n'
    source = source_of(text.encode(), "p.toml", "p")
    with pytest.raises(
        UseError, match=r"more than once\. Say which side, such as exercise\.orchard_reach\.left"
    ):
        path_of("exercise.orchard_reach.sets", source)
    path = path_of("exercise.orchard_reach.left.sets", source)
    assert edited(text, path, 3) == f"{text}sets = 3\n"


def test_what_cannot_be_done_without_harm_is_refused() -> None:
    with pytest.raises(ContentError, match="cannot be changed in this file by a command"):
        edited("limits = 3\n", ("limits", "reach"), 1)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("limits.shoulder_elevaton_deg", "Did you mean 'limits.shoulder_elevation_deg'?"),
        ("shoulder_elevation_deg", "Did you mean 'limits.shoulder_elevation_deg'?"),
        ("exercise.orchard_reach.target", "Did you mean 'exercise.orchard_reach.target_success'?"),
        (
            "exercise.orchard_reech.sets",
            "This plan does not prescribe 'orchard_reech'; it prescribes 'orchard_r",
        ),
        ("exercise.orchard_reach.left.sets", "prescribes orchard_reach, but not left"),
        ("exercise.orchard_reach", "A plan has no key"),
        ("limits", "A plan has no key"),
        ("", "A plan has no key"),
        ("zzz.\x1b", "A plan has no key"),
        ("limits.reach.more", "A plan has no key"),
        ("by", "by cannot be set: use --by NAME"),
        ("version", "version cannot be set"),
        ("patient", "plan new --patient NAME"),
    ],
)
def test_keys_that_cannot_be_set(key: str, said: str) -> None:
    with pytest.raises(UseError) as caught:
        path_of(key, SOURCE)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("70", 70),
        ("0.8", 0.8),
        ("true", True),
        ("left", "left"),
        ('"left"', "left"),
        ("70,5", "70,5"),
        ("1\nreach = 2", "1\nreach = 2"),
        ("", ""),
        ("[" * 400, "[" * 400),
    ],
)
def test_what_people_type_becomes_a_value(typed: str, value: object) -> None:
    found = value_of("aim", typed)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nan", "limits.reach must be a finite number, got nan. Nothing was changed."),
        ("1" * 30, "limits.reach must be a number that fits 64 bits, got one with more digits."),
        ("\udcff", "no readable text"),
        ("x" * 2001, "no readable text"),
    ],
)
def test_values_that_nothing_can_have(typed: str, said: str) -> None:
    with pytest.raises(UseError) as caught:
        value_of("limits.reach", typed)
    assert said in str(caught.value)


@given(place=st.sampled_from(places_of(FULL)), value=VALUES)
def test_any_value_at_any_key_of_a_plan(place: tuple[str, ...], value: object) -> None:
    source = Source("x.toml", "p", table=put(FULL, place, value))
    plan, findings = plan_of(source, LIBRARY)
    assert (plan is None) == bool(findings)
    assert all(str(finding).isprintable() and len(str(finding)) < 1000 for finding in findings)


@given(key=st.sampled_from(sorted(FULL["exercise"][0])), value=VALUES)
def test_any_value_at_any_key_of_a_block(key: str, value: object) -> None:
    source = Source("x.toml", "p", table={**FULL, "exercise": [{**FULL["exercise"][0], key: value}]})
    plan, findings = plan_of(source, LIBRARY)
    assert (plan is None) == bool(findings)


@given(
    key=st.sampled_from(["aim", "limits.reach", "exercise.orchard_reach.locked.distance"])
    | st.text(max_size=30),
    typed=st.text(max_size=40) | VALUES.map(str),
)
def test_anything_typed_changes_that_key_alone_or_nothing(key: str, typed: str) -> None:
    with contextlib.suppress(UseError, ContentError):
        path = path_of(key, SOURCE)
        after = edited(TEXT, path, value_of(key, typed))
        lines = after.splitlines()
        assert [line for line in TEXT.splitlines() if line.startswith("#") and line not in lines] == []
        assert tomllib.loads(after).keys() == SOURCE.table.keys()


@given(st.text(alphabet="[]{}=.,\"'\n #ab1e-+_limts", max_size=120))
def test_any_text_is_edited_rightly_or_refused(text: str) -> None:
    source = source_of(text.encode(), "p.toml", "p")
    if not source.findings:
        with contextlib.suppress(ContentError):
            assert tomllib.loads(edited(text, ("aim",), "compensation"))["aim"] == "compensation"
