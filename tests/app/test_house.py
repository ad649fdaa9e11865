"""What is damaged, of somebody else or too new, or has no room is a screen of its own, nothing of it is
guessed or lost, and it is tried again from there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from rehabgames.app.house import House
from rehabgames.app.plan import new_plan
from rehabgames.app.players import keep_player, players_folder
from rehabgames.core.errors import ModelError, RehabgamesError
from rehabgames.core.inputs import Press
from rehabgames.core.message import Message
from rehabgames.core.player import Comfort, Player
from rehabgames.records.folder import data_folder
from rehabgames.records.store import DATABASE_NAME
from rehabgames.tracking.sources import VirtualSpec, WebcamSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker
from rehabgames.visit.visit import Visit

ADA = Player("p-17", "Ada", "bird")
PATIENT = VirtualSpec("mild")


def no_models() -> ModelPaths:
    raise ModelError("There are none.", "Fetch them.")


@contextmanager
def opened() -> Iterator[tuple[House, Visit]]:
    """A house whose tracking begins no process, and the visit in it."""
    tracker = Tracker(PATIENT, models=no_models)
    house = House(data_folder(), PATIENT, tracker)
    try:
        visit = house.visit(("en", "de"))
        visit.begin(house.begin)
        yield house, visit
    finally:
        tracker.stop()
        house.close()


def choose(visit: Visit, option: str, at_s: float) -> None:
    for i in range(7):  # it was read
        view = visit.step(None, (), at_s + i / 10).view
    assert view.menu is not None
    left, top, across, down = next(each.box for each in view.menu.choices if each.id == option)
    visit.step(None, (Press(left + across / 2, top + down / 2),), at_s + 0.7)


def plan_file() -> Path:
    return data_folder() / "plans" / "p-17.toml"


def edit(old: str, new: str) -> None:
    text = plan_file().read_text("utf-8")
    assert old in text
    plan_file().write_text(text.replace(old, new), "utf-8")


PLANS = {
    "no text": (lambda: plan_file().write_bytes(b"\x00\xff"), "plan"),
    "empty": (lambda: plan_file().write_text(""), "plan"),
    "cut off": (
        lambda: plan_file().write_text(plan_file().read_text("utf-8").partition("_reach")[0]),
        "plan",
    ),
    "a key that does not exist": (lambda: edit("version = 1", "version = 1\nreach = 2"), "plan"),
    "an exercise that does not exist": (lambda: edit('"orchard_reach"', '"orchard_roach"'), "plan"),
    "nested without end": (lambda: plan_file().write_text("a = " + "[" * 9_000), "plan"),
    "of another patient": (lambda: edit('patient = "p-17"', 'patient = "p-18"'), "plan_other"),
    "of a newer program": (lambda: edit("format = 1", "format = 2\ncolour = 'blue'"), "plan_newer"),
}


@pytest.mark.parametrize("name", PLANS)
def test_by_a_plan_that_is_wrong_nothing_is_played_and_it_is_tried_again(name: str, home: Path) -> None:
    keep_player(ADA)
    new_plan("p-17", "orchard_reach", "right")
    good = plan_file().read_text("utf-8")
    harm, code = PLANS[name]
    harm()
    harmed = plan_file().read_bytes()
    with opened() as (_, visit):
        assert (visit.trouble, visit.session) == (code, None)
        assert isinstance(visit.error, RehabgamesError)
        choose(visit, "try_again", 1.0)
        assert visit.trouble == code
        assert plan_file().read_bytes() == harmed  # whoever helps finds it as it was
        plan_file().write_text(good, "utf-8")
        choose(visit, "try_again", 3.0)
        assert (visit.trouble, visit.player.id) == ("", "p-17")


@pytest.mark.parametrize("harm", ["", "\x00", "affected = 3", 'affected = "lef', "a = " + "[" * 9_000])
def test_a_player_of_whom_nothing_can_be_read_is_told_once_and_guessed_by_nobody(harm: str, home: Path):
    kept = keep_player(replace(ADA, id=""))
    file = players_folder() / f"{kept.id}.toml"
    file.write_text(harm, "utf-8")
    with opened() as (house, visit):
        assert visit.trouble == "player"
        choose(visit, "go_on", 1.0)
        assert (visit.trouble, house.players) == ("", [])
        view = visit.step(None, (), 3.0).view
        assert view.menu is not None
        assert view.menu.screen == "affected"
        assert file.read_text("utf-8") == harm


def test_what_was_kept_before_stands_in_and_home_says_so(home: Path) -> None:
    kept = keep_player(replace(ADA, id=""))
    keep_player(replace(kept, name="Ada M"))
    (players_folder() / f"{kept.id}.toml").write_text("affected = 3", "utf-8")
    with opened() as (_, visit):
        view = visit.step(None, (), 0.1).view
        assert view.menu is not None
        assert (visit.trouble, visit.player.id) == ("", kept.id)
        assert view.menu.note == Message("note.settings")


def test_a_record_that_is_none_is_told_and_is_not_touched(home: Path) -> None:
    home.mkdir()
    database = home / DATABASE_NAME
    database.write_bytes(b"this is no database" * 400)
    with opened() as (_, visit):
        assert visit.trouble == "record"
        assert database.read_bytes() == b"this is no database" * 400
        database.unlink()
        choose(visit, "try_again", 1.0)
        assert visit.trouble == ""


def test_what_does_not_work_is_told_as_suits_whoever_played_last(home: Path) -> None:
    keep_player(replace(ADA, comfort=Comfort(language="de", letters=1.5)))
    (home / DATABASE_NAME).write_bytes(b"this is no database" * 400)
    with opened() as (_, visit):
        view = visit.step(None, (), 0.1).view
        assert (visit.trouble, view.comfort) == ("record", Comfort(language="de", letters=1.5))


def test_a_language_that_is_not_here_is_told_in_one_that_is(home: Path) -> None:
    keep_player(replace(ADA, comfort=Comfort(language="tlh")))
    with opened() as (house, visit):
        view = visit.step(None, (), 0.1).view
        assert view.comfort is not None
        assert (view.comfort.language, house.notes) == ("en", [Message("note.language")])


def test_a_data_folder_that_is_a_file_is_told(home: Path) -> None:
    home.write_text("mine")
    with opened() as (_, visit):
        assert visit.trouble == "record"
    assert home.read_text() == "mine"


def test_two_starts_at_once_are_told_and_the_second_begins_no_camera(home: Path) -> None:
    keep_player(ADA)
    with opened() as (_, first):
        assert first.trouble == ""
        with opened() as (second_house, second):
            assert second.trouble == "running"
            assert second_house._tracker._thread is None
    with opened() as (_, third):
        assert third.trouble == ""


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A data folder on a disk of 130 MB."""
    disk, tool = tmp_path / "disk", shutil.which("mount")
    disk.mkdir()
    if tool is None or sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a small disk can only be mounted by root on Linux")
    mount = [tool, "-t", "tmpfs", "-o", "size=130m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    monkeypatch.setenv("REHABGAMES_HOME", str(disk / "data"))
    yield 130
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_is_nearly_full_begins_no_session_and_loses_nothing(small_disk: int) -> None:
    keep_player(ADA)
    with opened() as (house, visit):
        assert visit.trouble == ""
        choose(visit, "start", 1.0)
        assert (visit.trouble, visit.session) == ("disk", None)
        assert str(visit.error).startswith("The disk is nearly full")
        ballast = data_folder().parent / "ballast"
        ballast.write_bytes(bytes(90_000_000))
        assert house.store.sessions() == []
    with opened() as (_, visit):
        assert visit.trouble == "disk"
        ballast.unlink()
        choose(visit, "try_again", 1.0)
        assert visit.trouble == ""


@pytest.mark.parametrize("there", [(0,), (0, 2), (0, 1, 2, 3)])
def test_another_camera_is_the_next_one_and_after_the_last_the_first(there, home: Path) -> None:
    spec = WebcamSpec(0)
    tracker = Tracker(spec, models=no_models)
    house = House(data_folder(), spec, tracker)
    house._cameras = there
    seen = []
    for _ in range(len(there) + 1):
        house.other_camera()
        seen.append(house._spec.number)
        house.keep_camera()
    tracker.stop()
    assert seen == [*there[1:], there[0], *(there[1:2] or there)]
