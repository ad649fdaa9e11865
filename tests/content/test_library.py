import math
import os
import shutil
import tomllib
from itertools import product
from pathlib import Path

import pytest

from rehabgames.app.repertoire import known
from rehabgames.content import root
from rehabgames.content.library import Library, check
from rehabgames.content.root import assets_folder, calibration_folder, content_root, exercises_folder
from rehabgames.core.errors import ContentError, MachineError, UnknownNameError
from rehabgames.core.exercise import Exercise
from rehabgames.core.protocol import MovementProtocol, ReachProtocol, RoomProtocol
from rehabgames.core.trial import Goal
from rehabgames.signals.catalogue import CONTROLS, resolve

KNOWN = known()
EXERCISES = sorted(exercises_folder().glob("*.toml"))
PROTOCOLS = sorted(calibration_folder().glob("*.toml"))
# the highest elevation that is asked before a therapist raises the limit: 90 less 5 degrees
HIGHEST_DEG = 85.0


@pytest.fixture
def library() -> Library:
    return Library.open(KNOWN)


def test_content_is_found() -> None:
    assert {path.stem for path in EXERCISES} >= {"orchard_reach"}
    assert {path.stem for path in PROTOCOLS} >= {"reach_quick"}
    assert assets_folder().is_dir()
    assert content_root() == assets_folder().parent


def test_an_installed_package_carries_its_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "rehabgames"
    package.mkdir()
    monkeypatch.setattr(root, "_PACKAGE", package)
    assert content_root() == tmp_path
    shutil.copytree(EXERCISES[0].parent, tmp_path / "kept")
    (package / "_content").mkdir()
    with pytest.raises(MachineError, match="is damaged"):
        Library.open(KNOWN)
    shutil.copytree(PROTOCOLS[0].parent, package / "_content" / "calibration")
    (tmp_path / "kept").rename(package / "_content" / "exercises")
    assert set(Library.open(KNOWN).exercise_files.files) == {path.stem for path in EXERCISES}


@pytest.mark.parametrize("path", EXERCISES + PROTOCOLS, ids=lambda path: path.stem)
def test_every_file_that_ships_is_sound(path: Path) -> None:
    assert [str(finding) for finding in check([path], KNOWN)] == []


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.stem)
def test_every_exercise_fits_its_calibration_and_the_default_limit(library: Library, path: Path) -> None:
    exercise = library.exercise(path.stem)
    protocol = library.protocol(exercise.calibration)
    steering = CONTROLS[exercise.control]
    asks = protocol.asks if isinstance(protocol, MovementProtocol | ReachProtocol) else ()
    assert set(steering.found) <= {ask.name for ask in asks}
    assert exercise.posture == protocol.posture
    if steering.space == "arm":
        assert isinstance(protocol, ReachProtocol)
        assert set(exercise.directions_deg) <= set(protocol.directions_deg)
        assert max(map(abs, exercise.directions_deg + protocol.directions_deg)) <= HIGHEST_DEG
    elif steering.space == "shift":
        assert set(exercise.directions_deg) <= {-90.0, 90.0}


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.stem)
def test_every_key_is_explained(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        if line[:1].isalpha() and "=" in line and path.parent == exercises_folder():
            table = line.split("=")[0].strip()
            in_purpose = table in ("goal", "for_whom", "not_for", "evidence")
            assert "#" in line or before.startswith("#") or before == "[dose]" or in_purpose, line


def fruit_and_basket(exercise: Exercise, reach: float) -> list[float]:
    """Gap between the rims of fruit and basket, arm lengths, at both ends of the distance axis."""
    s = exercise.settings
    basket = Goal(s["basket_direction_deg"], s["basket_distance"], s["basket_radius"], 0.0).xy(1.0)
    gaps = []
    for direction, n in product(exercise.directions_deg, range(101)):
        axis = exercise.axes[0]
        distance = reach * (axis.easiest + (axis.hardest - axis.easiest) * n / 100)
        fruit = Goal(direction, distance, s["fruit_radius"], 0.0).xy(1.0)
        gaps.append(math.dist(basket, fruit) - s["fruit_radius"] - s["basket_radius"])
    return gaps


@pytest.mark.parametrize("reach", [0.5, 0.75, 1.0, 1.1])
def test_no_fruit_hangs_over_the_basket(library: Library, reach: float) -> None:
    """A fruit that touches the basket would be placed by being picked."""
    assert min(fruit_and_basket(library.exercise("orchard_reach"), reach)) > 0


def test_what_the_orchard_says(library: Library) -> None:
    exercise = library.exercise("orchard_reach")
    assert (exercise.id, exercise.game, exercise.control) == ("orchard_reach", "reach", "hand_position")
    assert exercise.guards == ("shoulder_elevation", "trunk_lean")
    (axis,) = exercise.axes
    assert (axis.name, axis.easiest, axis.hardest, axis.start, axis.step) == (
        "distance",
        0.45,
        1.25,
        0.7,
        0.03,
    )
    assert (exercise.dose.repetitions, exercise.dose.minutes) == (40, 10.0)
    assert exercise.settings.keys() == {
        "carry",
        "fruit_radius",
        "hold_s",
        "basket_radius",
        "basket_direction_deg",
        "basket_distance",
        "basket_hold_s",
        "trial_s",
        "pause_s",
    }
    assert all(type(value) is float for value in exercise.settings.values())
    assert "\n" not in exercise.purpose.evidence
    assert len(exercise.sha256) == 64


def test_what_the_calibration_says(library: Library) -> None:
    protocol = library.protocol("reach_quick")
    assert isinstance(protocol, ReachProtocol)
    assert (protocol.posture, "two metres" in protocol.camera) == ("sitting", True)
    assert (protocol.rest_s, protocol.hold_s, protocol.timeout_s, protocol.minimum) == (1.5, 0.4, 6.0, 0.2)
    assert protocol.statistic == "median"
    assert len(protocol.directions_deg) == 5


def test_every_protocol_that_the_issue_names_is_there(library: Library) -> None:
    kinds = {protocol.id: type(protocol) for protocol in library.protocols()}
    assert kinds == {
        "hand_opening": MovementProtocol,
        "pinch_opening": MovementProtocol,
        "reach_and_grip": ReachProtocol,
        "reach_map": ReachProtocol,
        "reach_quick": ReachProtocol,
        "room_check": RoomProtocol,
        "sit_to_stand": MovementProtocol,
        "stepping": MovementProtocol,
        "upper_limb_range": MovementProtocol,
        "weight_shift_sitting": MovementProtocol,
        "weight_shift_standing": MovementProtocol,
    }


def test_the_map_of_reach_asks_its_heights_on_both_sides(library: Library) -> None:
    protocol = library.protocol("reach_map")
    assert isinstance(protocol, ReachProtocol)
    heights = [Goal(d, 1.0, 0.1, 0.0).xy(1.0)[1] for d in protocol.directions_deg]
    assert heights == pytest.approx([-0.8, -0.8, -0.4, -0.4, 0, 0], abs=1e-3)
    assert [d > 0 for d in protocol.directions_deg] == [True, False] * 3


def test_every_ask_is_named_after_what_it_watches(library: Library) -> None:
    for protocol in library.protocols():
        for ask in protocol.asks if isinstance(protocol, MovementProtocol) else ():
            signal, _ = resolve(ask.signal)
            assert ask.name.partition(".")[0] == signal.name
            assert ask.least <= 2 * signal.swing.size


@pytest.mark.parametrize("path", PROTOCOLS, ids=lambda path: path.stem)
def test_every_key_of_a_protocol_is_explained(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    head, *_ = text.split("\n[[asks]]")
    notes = {line[1:].split()[0] for line in head.splitlines() if line.startswith("#   ")}
    lines = text.splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        if line[:1].isalpha() and "=" in line:
            assert before.startswith("#") or line.split("=")[0].strip() in notes, line
    assert all(len(line) <= 110 for line in lines if line.startswith("#"))


def test_unknown_names_offer_the_nearest(library: Library) -> None:
    with pytest.raises(UnknownNameError, match=r"no exercise 'orchard_reech'\. Did you mean 'orchard_reach'"):
        library.exercise("orchard_reech")
    with pytest.raises(
        UnknownNameError, match=r"no calibration protocol 'zzz'\. Choose one of: hand_opening"
    ):
        library.protocol("zzz")
    with pytest.raises(UnknownNameError):
        library.exercise("../exercises/orchard_reach")


def test_a_copy_keeps_comments_and_differs_in_heading_and_title_alone(
    library: Library, tmp_path: Path
) -> None:
    path = library.new_exercise("my_reach", "orchard_reach", tmp_path / "mine")
    assert path == tmp_path / "mine" / "my_reach.toml"
    original = (exercises_folder() / "orchard_reach.toml").read_text(encoding="utf-8")
    copied = path.read_text(encoding="utf-8")
    assert copied.startswith("# My reach: a copy of orchard_reach.")
    lines, original_lines = copied.splitlines()[2:], original.splitlines()
    differing = [(a, b) for a, b in zip(lines, original_lines, strict=True) if a != b]
    assert differing == [('title = "My reach"', 'title = "Orchard reach"')]
    assert sorted(p.name for p in path.parent.iterdir()) == ["my_reach.toml"]

    opened = Library.open(KNOWN, extra=(tmp_path / "mine", tmp_path / "not there"))
    assert [e.id for e in opened.exercises()] == sorted(["my_reach", *(path.stem for path in EXERCISES)])
    mine = opened.exercise("my_reach")
    assert mine.title == "My reach"
    assert mine.settings == library.exercise("orchard_reach").settings


def test_a_copy_of_a_file_whose_title_line_is_only_text_is_still_whole(tmp_path: Path) -> None:
    original = (exercises_folder() / "orchard_reach.toml").read_text(encoding="utf-8")
    odd = original.replace('title = "Orchard reach"', 'camera = """\ntitle = 3\n"""\n"title" = "Odd"')
    odd = odd.replace('camera = "Camera', '# camera = "Camera')
    (tmp_path / "odd_one.toml").write_text(odd, encoding="utf-8")
    path = Library.open(KNOWN, extra=(tmp_path,)).new_exercise("other", "odd_one", tmp_path)
    assert tomllib.loads(path.read_text(encoding="utf-8")) == tomllib.loads(odd)


@pytest.mark.parametrize(
    "name",
    ["", "x", "Reach", "9lives", "my-reach", "a/b", "../up", "a" * 42, "my_reach\n", "ä_b", "con", "com1"],
)
def test_bad_names_are_refused(library: Library, tmp_path: Path, name: str) -> None:
    with pytest.raises(ContentError, match="cannot be the name of an exercise"):
        library.new_exercise(name, "orchard_reach", tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_nothing_is_overwritten(library: Library, tmp_path: Path) -> None:
    (tmp_path / "my_reach.toml").write_text("precious", encoding="utf-8")
    with pytest.raises(ContentError, match="is there already"):
        library.new_exercise("my_reach", "orchard_reach", tmp_path)
    assert (tmp_path / "my_reach.toml").read_text(encoding="utf-8") == "precious"
    with pytest.raises(ContentError, match="There is an exercise 'orchard_reach' already"):
        library.new_exercise("orchard_reach", "orchard_reach", tmp_path)
    with pytest.raises(UnknownNameError, match="Did you mean 'orchard_reach'"):
        library.new_exercise("new_one", "orchard_rech", tmp_path)


def test_a_folder_that_cannot_be_made(library: Library, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(MachineError, match="cannot be written"):
        library.new_exercise("my_reach", "orchard_reach", tmp_path / "file")


def test_a_failed_write_leaves_nothing(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachineError, match="no space left on device"):
        library.new_exercise("my_reach", "orchard_reach", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_one_broken_file_keeps_nobody_from_the_others(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("title = 1", encoding="utf-8")
    (tmp_path / "folder.toml").mkdir()
    library = Library.open(KNOWN, extra=(tmp_path,))
    assert library.exercise("orchard_reach").title == "Orchard reach"
    found, broken = library.readable()
    assert [exercise.id for exercise in found] == sorted(path.stem for path in EXERCISES)
    assert len(broken) == 2
    with pytest.raises(ContentError) as caught:
        library.exercises()
    assert f"{tmp_path}/broken.toml: line 1: title: must be text in quotes, got 1." in str(caught.value)
    assert f"{tmp_path}/folder.toml: is a folder" in str(caught.value)


def test_a_file_of_ones_own_never_takes_the_place_of_one_that_ships(tmp_path: Path) -> None:
    (tmp_path / "orchard_reach.toml").write_text("", encoding="utf-8")
    library = Library.open(KNOWN, extra=(tmp_path,))
    assert library.exercise("orchard_reach") == Library.open(KNOWN).exercise("orchard_reach")
    found, broken = library.readable()
    assert [each.id for each in found].count("orchard_reach") == 1
    (error,) = broken
    assert str(error).startswith(f"{tmp_path}/orchard_reach.toml is not used")


def test_check_tells_exercise_from_protocol_and_takes_folders(tmp_path: Path) -> None:
    (tmp_path / "slow.toml").write_text(PROTOCOLS[0].read_text(encoding="utf-8"), encoding="utf-8")
    assert check([tmp_path, exercises_folder()], KNOWN) == []
    (tmp_path / "empty.toml").write_text("", encoding="utf-8")
    assert {finding.file for finding in check([tmp_path], KNOWN)} == {str(tmp_path / "empty.toml")}


def test_a_signal_of_two_sides_counts_under_its_stem() -> None:
    assert KNOWN.names("signal") >= {"shoulder_elevation", "shoulder_elevation.left", "trunk_lean"}
    assert "left" not in KNOWN.names("signal")


def test_an_axis_may_get_harder_downwards(tmp_path: Path) -> None:
    text = (exercises_folder() / "orchard_reach.toml").read_text(encoding="utf-8")
    size = "\n[axes.size]\neasiest = {}\nhardest = {}\nstart = 0.2\nstep = 0.01\n"
    (tmp_path / "small.toml").write_text(text + size.format(0.3, 0.1), encoding="utf-8")
    assert check([tmp_path / "small.toml"], KNOWN) == []
    axis = Library.open(KNOWN, extra=(tmp_path,)).exercise("small").axes[1]
    assert (axis.lowest, axis.highest) == (0.1, 0.3)
    (tmp_path / "large.toml").write_text(text + size.format(0.1, 0.3), encoding="utf-8")
    said = [str(finding) for finding in check([tmp_path / "large.toml"], KNOWN)]
    line = text.count("\n") + 4
    wrong = f"{tmp_path}/large.toml: line {line}: axes.size.hardest: must be less than easiest (0.1), got 0.3"
    assert wrong in said
