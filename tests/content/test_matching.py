"""Exercise files that contradict themselves: every contradiction is one sentence at its key."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shipped import PROFILE, changed, told

from rehabgames.app.repertoire import library
from rehabgames.content.finding import one_of
from rehabgames.content.known import Known
from rehabgames.content.library import Library, check
from rehabgames.content.matching import matching_findings
from rehabgames.content.reading import read_source
from rehabgames.content.root import calibration_folder, exercises_folder
from rehabgames.content.times import SLACK_S, WAY_S
from rehabgames.games import GAMES, SHIPPED

EXERCISES = sorted(exercises_folder().glob("*.toml"))
EASY = {"easiest": 0.4, "hardest": 0.1, "start": 0.3, "step": 0.02}


@pytest.fixture(scope="module")
def known() -> Known:
    return library().known


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.stem)
def test_no_exercise_that_ships_contradicts_itself(known: Known, path: Path) -> None:
    assert told(read_source(path), known) == []


CONTRADICTIONS = [
    pytest.param(
        "concert_taps",
        [("calibration", "hand_opening")],
        "calibration: 'hand_opening' does not find pinch.closed and pinch.open, which 'close_up_pinch' needs;"
        " choose 'pinch_opening'",
        id="calibration of another grip",
    ),
    pytest.param(
        "orchard_reach",
        [("calibration", "weight_shift_sitting")],
        "calibration: 'weight_shift_sitting' does not find how far the arm reaches, which 'hand_position' "
        "needs; choose 'reach_and_grip', 'reach_map' or 'reach_quick'",
        id="calibration without a reach",
    ),
    pytest.param(
        "kitchen_grasp",
        [("calibration", "reach_quick")],
        "calibration: 'reach_quick' does not find hand_open.closed and hand_open.open, which 'hand_grip' "
        "needs; choose 'reach_and_grip'",
        id="reach without a grip",
    ),
    pytest.param(
        "kitchen_grasp_close",
        [("calibration", "reach_and_grip")],
        "calibration: 'reach_and_grip' cannot begin without a body, and a hand alone is in the picture that "
        "'close_up_grip' needs; choose 'hand_opening'",
        id="a body where a hand alone is filmed",
    ),
    pytest.param(
        "kitchen_grasp_close",
        [("calibration", "pinch_opening")],
        "calibration: 'pinch_opening' does not find hand_open.closed and hand_open.open, which "
        "'close_up_grip' needs; choose 'hand_opening'",
        id="no body is advised where a hand alone is filmed",
    ),
    pytest.param(
        "kitchen_grasp",
        [("calibration", "hand_opening")],
        "calibration: 'hand_opening' does not find how far the arm reaches, which 'hand_grip' needs; "
        "choose 'reach_and_grip'",
        id="a hand alone where the arm steers",
    ),
    pytest.param(
        "river_steer",
        [("calibration", "room_check")],
        "calibration: 'room_check' does not find seated_shift.left and seated_shift.right, which "
        "'seated_shift' needs; choose 'weight_shift_sitting'",
        id="calibration of the room",
    ),
    pytest.param(
        "orchard_reach",
        [("posture", "standing")],
        "posture: is 'standing', but the calibration 'reach_quick' is done sitting",
        id="another posture",
    ),
    pytest.param(
        "river_steer_standing",
        [("posture", "sitting")],
        "posture: is 'sitting', but the calibration 'weight_shift_standing' is done standing",
        id="sitting down to stand",
    ),
    pytest.param(
        "river_steer",
        [("directions_deg", [-90, 45])],
        "directions_deg[1]: must be 90 (to the right) or -90 (to the left), got 45",
        id="a shift half sideways",
    ),
    pytest.param(
        "orchard_reach",
        [("directions_deg", [25, 120])],
        "directions_deg[1]: is not measured by the calibration 'reach_quick', which asks -40 to 85, got 120",
        id="a direction never measured",
    ),
    pytest.param(
        "orchard_reach",
        [("directions_deg", [-40, 5])],
        "directions_deg[1]: must be 20 or more degrees from settings.basket_direction_deg (-5), or nothing "
        "has to be carried, got 5",
        id="fruit in the basket",
    ),
    pytest.param(
        "kitchen_pour",
        [("guards", ["trunk_lean"])],
        "guards[0]: only a hand is in the picture with this control, so 'trunk_lean' cannot be watched; "
        "take it out",
        id="a trunk that is not in the picture",
    ),
    pytest.param(
        "orchard_reach",
        [("guards", ["trunk_lean", "pinch"])],
        "guards[1]: the fingers are not looked at with this control, so 'pinch' cannot be watched; "
        "take it out",
        id="fingers that nobody looks at",
    ),
    pytest.param(
        "orchard_reach",
        [("settings.trial_s", 2), ("settings.hold_s", 1.8)],
        "settings.trial_s: must be 4.1 seconds or more, 2.1 to hold and 1 for each of 2 ways, got 2",
        id="time shorter than the holds",
    ),
    pytest.param(
        "orchard_reach",
        [("axes.time", {"easiest": 10, "hardest": 2, "start": 8, "step": 1}), ("settings.hold_s", 2)],
        "axes.time.hardest: must be 2.8 seconds or more, 2.3 to hold and 0.25 for each of 2 ways, got 2",
        id="hardest time shorter than the holds",
    ),
    pytest.param(
        "star_shift",
        [
            ("axes", {"hold": {"easiest": 0.5, "hardest": 2.5, "start": 0.8, "step": 0.1}}),
            ("settings.home_hold_s", 0.4),
            ("settings.trial_s", 3.3),
        ],
        "settings.trial_s: must be 3.4 seconds or more, 2.9 to hold and 0.25 for each of 2 ways, got 3.3",
        id="time shorter than the hardest hold",
    ),
    pytest.param(
        "orchard_reach",
        [("dose.repetitions", 500), ("dose.minutes", 5)],
        "dose.repetitions: cannot be done in the time: holds and pauses alone take 12.5 minutes, "
        "dose.minutes is 5; got 500",
        id="more than there is time for",
    ),
    pytest.param(
        "workshop_tilt",
        [("axes.shift.easiest", 0.2), ("axes.shift.start", 0.2)],
        "settings.hollow_radius: must be less than the least shift that is asked (0.2), or the middle is in "
        "it, got 0.2",
        id="nothing to shift for",
    ),
    pytest.param(
        "river_steer",
        [("axes.shift.start", 0.4), ("axes.size.easiest", 0.4), ("axes.size.start", 0.4)],
        "axes.size.easiest: must be less than the least shift that is asked (0.4), or the middle is in it, "
        "got 0.4",
        id="a gate so wide that it is in the middle",
    ),
    pytest.param(
        "kitchen_grasp",
        [("settings.release", 0.45), ("axes.grip.easiest", 0.45)],
        "settings.release: must be less than the least grip that is asked (0.45), or nothing can be "
        "held, got 0.45",
        id="open and closed at once",
    ),
    pytest.param(
        "kitchen_pour",
        [("settings.grip", 0.3), ("settings.release", 0.4)],
        "settings.release: must be less than the least grip that is asked (0.3), or nothing can be "
        "held, got 0.4",
        id="a pinch that is none",
    ),
    pytest.param(
        "orchard_reach",
        [("axes", {"size": EASY})],
        "axes.distance: is missing, and the game 'reach' cannot be played without it",
        id="an axis that the game needs",
    ),
    pytest.param(
        "orchard_reach",
        [("axes.push", {"easiest": 0.1, "hardest": 0.5, "start": 0.2, "step": 0.1})],
        "axes.push: the game 'reach' has no such axis, it has distance, hold, load, size, time",
        id="an axis of another game",
    ),
    pytest.param(
        "orchard_reach",
        [("place", "river")],
        "place: must be 'orchard' for the game 'reach', got 'river'",
        id="a place of another game",
    ),
    pytest.param(
        "orchard_reach",
        [("control", "seated_shift")],
        "control: must be 'hand_position' for the game 'reach', got 'seated_shift'",
        id="a control of another game",
    ),
]


@pytest.mark.parametrize(("name", "changes", "said"), CONTRADICTIONS)
def test_a_contradiction_is_one_sentence_at_its_key(
    known: Known, name: str, changes: list[tuple[str, Any]], said: str
) -> None:
    assert said in told(changed(name, *changes), known)


ONE = [each for each in CONTRADICTIONS if each.id not in {"a control of another game", "fruit in the basket"}]


@pytest.mark.parametrize(("name", "changes", "said"), ONE)
def test_one_change_gives_one_finding(
    known: Known, name: str, changes: list[tuple[str, Any]], said: str
) -> None:
    findings = told(changed(name, *changes), known)
    if len(findings) > 1:  # the same mistake may show at two radii
        assert all("the middle is in it" in each for each in findings)
    assert said in findings


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("orchard_reach", [("directions_deg", [0, 45]), ("settings.carry", 0)]),  # nothing is carried
        ("orchard_reach", [("directions_deg", [95, -50])]),  # near what was measured
        ("orchard_reach", [("calibration", "reach_map"), ("directions_deg", [-90, 90])]),
        ("orchard_reach", [("calibration", "reach_and_grip")]),  # finds more than is needed
        ("orchard_reach", [("guards", [])]),
        ("kitchen_grasp_close", [("guards", ["pinch"])]),  # seen of the hand
        ("kitchen_pour", [("directions_deg", [0, 5, 175])]),
        ("river_steer", [("directions_deg", [90])]),
        ("orchard_reach", [("dose.repetitions", 400), ("dose.minutes", 10)]),
        (
            "orchard_reach",
            [
                ("axes.hold", {"easiest": 0.1, "hardest": 2, "start": 0.5, "step": 0.1}),
                ("settings.hold_s", 3),
            ],
        ),
    ],
)
def test_what_goes_together_is_left_alone(known: Known, name: str, changes: list[tuple[str, Any]]) -> None:
    assert told(changed(name, *changes), known) == []


def test_a_calibration_is_let_pass_where_a_session_could_begin_and_find_what_steers(known: Known) -> None:
    """Of every control and every calibration that ships."""
    for path in EXERCISES:
        control = read_source(path).table["control"]
        steering = known.steering[control]
        for name, protocol in known.calibrations.items():
            findings = told(changed(path.stem, ("calibration", name), ("directions_deg", [90])), known)
            refused = any(each.startswith("calibration:") for each in findings)
            begins = steering.needs_a_body or not protocol.needs_a_body
            asks = {ask.name for ask in getattr(protocol, "asks", ())}
            finds = set(steering.found) <= asks and (steering.space != "arm" or protocol.needs_the_arm)
            assert refused is not (begins and finds), (path.stem, name)


def test_every_contradiction_is_said_at_once(known: Known) -> None:
    source = changed(
        "orchard_reach",
        ("posture", "standing"),
        ("directions_deg", [25, 150]),
        ("guards", ["pinch"]),
        ("settings.trial_s", 0.5),
        ("dose.repetitions", 0),
    )
    keys = {said.partition(":")[0] for said in told(source, known)}
    assert keys == {"posture", "directions_deg[1]", "guards[0]", "settings.trial_s", "dose.repetitions"}


def test_a_calibration_that_cannot_be_read_accuses_no_exercise(known: Known) -> None:
    blind = replace(known, calibrations={})
    assert told(changed("orchard_reach", ("posture", "standing")), blind) == []


def test_a_control_that_no_calibration_serves_is_said_to_have_none(known: Known) -> None:
    only = {"weight_shift_sitting": known.calibrations["weight_shift_sitting"]}
    (said,) = told(
        changed("river_steer_standing", ("calibration", "weight_shift_sitting"), ("posture", "sitting")),
        replace(known, calibrations=only),
    )
    assert said.endswith("which 'weight_shift' needs; no calibration does")


def test_every_protocol_that_ships_is_known_with_what_it_says(known: Known) -> None:
    assert set(known.calibrations) == {path.stem for path in calibration_folder().glob("*.toml")}
    assert known.calibrations["reach_quick"].posture == "sitting"


def test_a_broken_protocol_keeps_nobody_from_the_exercises(
    known: Known, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reach_quick.toml").write_text("kind = 3\n", "utf-8")
    monkeypatch.setattr("rehabgames.content.library.calibration_folder", lambda: tmp_path)
    bare = replace(known, protocols=frozenset(), calibrations={})
    opened = Library.open(bare)
    assert opened.exercise("orchard_reach").calibration == "reach_quick"
    assert opened.known.calibrations == {}
    assert check([exercises_folder() / "orchard_reach.toml"], bare) == []


@pytest.mark.parametrize("game", sorted(SHIPPED))
def test_an_axis_that_is_not_needed_can_be_left_out_and_one_that_is_cannot(game: str) -> None:
    """What `check` lets pass can be played."""
    mechanic = GAMES[game]
    exercise = next(each for each in library().exercises() if each.game == game)
    made = mechanic.make(exercise.settings, PROFILE, "right", exercise.directions_deg, 3)
    start = {axis.name: axis.start for axis in exercise.axes}
    levels = {name: start.get(name, 0.5) for name in mechanic.needs}
    spec = made.propose(0, levels, exercise.directions_deg[0])
    assert math.isfinite(spec.limit_s)
    made.begin(spec)
    made.step((0.0, 0.0), 0.02)
    for name in mechanic.needs:
        with pytest.raises(KeyError):
            made.propose(1, {key: value for key, value in levels.items() if key != name}, 45.0)


VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=True)
    | st.sampled_from(["sitting", "standing", "reach_map", "hand_position", "weight_shift", "tilt", "pinch"])
    | st.lists(st.integers(-200, 200) | st.text(max_size=5), max_size=4)
    | st.dictionaries(st.sampled_from(["easiest", "hardest", "start", "shift"]), st.floats(-9, 9), max_size=4)
)
KEYS = [
    *("game", "control", "guards", "calibration", "posture", "directions_deg", "axes", "settings", "dose"),
    *(
        "axes.distance",
        "axes.shift",
        "axes.time",
        "axes.size",
        "axes.hold",
        "dose.minutes",
        "dose.repetitions",
    ),
    *("settings.trial_s", "settings.hold_s", "settings.pause_s", "settings.fruit_radius", "settings.shift"),
]
KNOWN = library().known


@given(
    name=st.sampled_from([path.stem for path in EXERCISES]),
    changes=st.lists(st.tuples(st.sampled_from(KEYS), VALUES.filter(lambda v: v is not None)), max_size=3),
)
def test_whatever_is_written_the_judgement_is_plain_sentences(
    name: str, changes: list[tuple[str, Any]]
) -> None:
    plain = [(key, value) for key, value in changes if "." not in key]
    inner = [(key, value) for key, value in changes if "." in key]
    source = changed(name, *inner, *plain)
    for finding in matching_findings(source, KNOWN):
        said = str(finding)
        assert finding.key
        assert said.isprintable()
        assert len(said) < 400


@given(trial_s=st.floats(2, 60), hold_s=st.floats(0, 3), basket_hold_s=st.floats(0, 3))
def test_a_time_is_enough_or_it_is_said(trial_s: float, hold_s: float, basket_hold_s: float) -> None:
    source = changed(
        "orchard_reach",
        ("settings.trial_s", trial_s),
        ("settings.hold_s", hold_s),
        ("settings.basket_hold_s", basket_hold_s),
        ("dose.repetitions", 1),
    )
    findings = matching_findings(source, KNOWN)
    assert bool(findings) == (trial_s < hold_s + basket_hold_s + 2 * WAY_S - SLACK_S)


def test_names_are_listed_as_people_list_them() -> None:
    assert one_of(["b", "a", "c"]) == "'a', 'b' or 'c'"
    assert one_of(["b"]) == "'b'"
    assert one_of([]) == "nothing"
