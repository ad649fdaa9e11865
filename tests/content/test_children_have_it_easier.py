"""What an exercise file says for children is never harder, and never more, than for adults."""

from __future__ import annotations

from typing import Any

import pytest
from shipped import changed, told

from rehabgames.app.repertoire import library
from rehabgames.content.root import exercises_folder

KNOWN = library().known
THAN = "or it is harder for children than for adults"


@pytest.mark.parametrize(
    ("name", "key", "value", "said"),
    [
        ("orchard_reach", "target_success", 0.7, "0.75 or more"),
        ("orchard_reach", "dose.repetitions", 41, "40 or less"),
        ("orchard_reach", "dose.minutes", 10.5, "10 or less"),
        ("orchard_reach", "axes.distance.start", 0.8, "0.7 or less"),
        ("orchard_reach", "axes.distance.easiest", 0.5, "0.45 or less"),
        ("orchard_reach", "axes.distance.hardest", 1.4, "1.25 or less"),
        ("garden_catch", "axes.size.hardest", 0.06, "0.07 or more"),  # smaller is harder
        ("kitchen_pour", "axes.time.start", 9, "12 or more"),  # less time is harder
        ("concert_taps", "axes.tempo.start", 2, "1 or less"),
    ],
)
def test_what_is_harder_for_children_is_said(name: str, key: str, value: float, said: str) -> None:
    assert told(changed(name, (f"child.{key}", value)), KNOWN) == [
        f"child.{key}: must be {said}, {THAN}, got {value:g}"
    ]


@pytest.mark.parametrize(
    ("axis", "start", "said"),
    [
        ({"easiest": 10, "hardest": 4, "step": 1}, ("time", 6), "8 or more"),
        ({"easiest": 0.2, "hardest": 2, "step": 0.1}, ("hold", 1), "0.6 or less"),
    ],
)
def test_an_axis_of_children_alone_begins_no_harder_than_what_it_stands_for(
    axis: dict[str, Any], start: tuple[str, float], said: str
) -> None:
    name, level = start
    source = changed("orchard_reach", ("child.axes", {name: axis | {"start": level}}))
    assert told(source, KNOWN) == [f"child.axes.{name}.start: must be {said}, {THAN}, got {level:g}"]
    gentle = {"time": 9, "hold": 0.5}[name]
    assert told(changed("orchard_reach", ("child.axes", {name: axis | {"start": gentle}})), KNOWN) == []


@pytest.mark.parametrize(
    "changes",
    [
        [("child", {"target_success": 0.75, "dose": {"repetitions": 40, "minutes": 10}})],
        [("child.axes", {"distance": {"easiest": 0.3, "start": 0.5, "hardest": 1, "step": 0.05}})],
        [("child.axes", {"size": {"easiest": 0.3, "hardest": 0.1, "start": 0.2, "step": 0.01}})],
        [("child.settings", {"fruit_radius": 0.2, "trial_s": 12})],
    ],
)
def test_the_same_or_less_is_good(changes: list[tuple[str, Any]]) -> None:
    assert told(changed("orchard_reach", *changes), KNOWN) == []


def test_every_exercise_that_ships_is_no_harder_for_children() -> None:
    for path in exercises_folder().glob("*.toml"):
        assert told(changed(path.stem), KNOWN) == []
