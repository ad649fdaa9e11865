"""Any value at any key, any bytes and any text: findings, never another exception."""

import contextlib
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shipped import ALL, EXERCISE, KNOWN, MAP, MOVEMENT, ROOM

from rehabgames.content.library import check, read_exercise
from rehabgames.content.protocols import protocol_of
from rehabgames.content.reading import Source
from rehabgames.content.schema import exercise_of
from rehabgames.core.errors import ContentError

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=True)
    | st.text(max_size=30)
    | st.just(date(2026, 1, 1)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)


def places_of(table: dict[str, Any], before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    places = []
    for key, value in table.items():
        places.append((*before, key))
        if isinstance(value, dict):
            places += places_of(value, (*before, key))
    return places


def put(table: dict[str, Any], place: tuple[str, ...], value: object) -> dict[str, Any]:
    inner = value if len(place) == 1 else put(table[place[0]], place[1:], value)
    return {**table, place[0]: inner}


@given(place=st.sampled_from(places_of(EXERCISE.table)), value=VALUES)
def test_any_value_at_any_key_of_an_exercise(place: tuple[str, ...], value: object) -> None:
    source = Source("x.toml", "some_name", table=put(EXERCISE.table, place, value))
    exercise, findings = exercise_of(source, KNOWN.with_protocols(frozenset({"reach_quick"})))
    assert (exercise is None) == bool(findings)
    assert all(str(finding).isprintable() and len(str(finding)) < 1000 for finding in findings)


PROTOCOLS = {name: source.table for name, source in (("reach", MAP), ("steps", MOVEMENT), ("room", ROOM))}


@given(st.data(), st.sampled_from(sorted(PROTOCOLS)), VALUES)
def test_any_value_at_any_key_of_a_protocol(data: st.DataObject, name: str, value: object) -> None:
    table = PROTOCOLS[name]
    place = data.draw(st.sampled_from(places_of(table)))
    protocol, findings = protocol_of(Source("x.toml", "some_name", table=put(table, place, value)), ALL)
    assert (protocol is None) == bool(findings)


@given(st.sampled_from(sorted(MOVEMENT.table["asks"][0])), VALUES)
def test_any_value_at_any_key_of_an_ask(key: str, value: object) -> None:
    asks = [{**MOVEMENT.table["asks"][0], key: value}, *MOVEMENT.table["asks"][1:]]
    source = Source("x.toml", "some_name", table={**MOVEMENT.table, "asks": asks})
    protocol, findings = protocol_of(source, ALL)
    assert (protocol is None) == bool(findings)
    assert all(str(finding).isprintable() and len(str(finding)) < 1000 for finding in findings)


def only_content_errors(folder: Path, content: bytes) -> None:
    path = folder / "some_name.toml"
    path.write_bytes(content)
    findings = check([path], KNOWN)
    assert all(str(finding).startswith(f"{path}: ") for finding in findings)
    with contextlib.suppress(ContentError):
        read_exercise(path, KNOWN)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(content=st.binary(max_size=400))
def test_any_bytes(folder: Path, content: bytes) -> None:
    only_content_errors(folder, content)


@given(content=st.text(max_size=400) | st.text(alphabet="[]{}=.,\"'\n #ab1e-+_\\u", max_size=200))
def test_any_text(folder: Path, content: str) -> None:
    only_content_errors(folder, content.encode("utf-8", "surrogatepass"))


LINES = [i for i, line in enumerate(EXERCISE.text.split("\n")) if re.match(r"\w+ *= ", line)]


@given(
    number=st.sampled_from(LINES),
    value=st.text(max_size=40) | VALUES.map(lambda v: json.dumps(v, default=str)),
)
def test_any_text_as_a_value(folder: Path, number: int, value: str) -> None:
    lines = EXERCISE.text.split("\n")
    lines[number] = f"{lines[number].split('=')[0]}= {value}"
    only_content_errors(folder, "\n".join(lines).encode("utf-8", "surrogatepass"))
