"""What the self-test chose is remembered, used, and told of where it does not fit any more or is damaged."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from rehabgames.app import resources as at
from rehabgames.app.doctor import look_at_power, look_at_self_test
from rehabgames.app.power import SAVER
from rehabgames.app.resources import LOW_FPS, LOW_SCENES, Resources, lowered, resources
from rehabgames.app.tuned import FILE, Tuned, remember, remembered, this_machine
from rehabgames.core.errors import StoreError, UseError
from rehabgames.testing.tuning import choose
from rehabgames.tracking.sources import ReplaySpec, VirtualSpec, WebcamSpec
from rehabgames.tracking.variants import installed, pose_path

NUMBERS = {"tracked_fps": 30.0, "track_p50_ms": 18.0, "rendered_fps": 60.0}
SLOW = NUMBERS | {"tracked_fps": 14.0, "track_p50_ms": 68.0}


def tuned() -> Tuned:
    return Tuned(
        "full", 24.0, "2026-11-22T09:00:00+00:00", this_machine(), version("mediapipe"), {"full": NUMBERS}
    )


@pytest.fixture
def networks(tmp_path: Path, models: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that somebody brought along, with the usual network under all three names."""
    folder = tmp_path / "brought"
    folder.mkdir()
    for name in ("pose", "pose_lite", "pose_heavy"):
        shutil.copy(models["pose"], folder / f"{name}.task")
    monkeypatch.setenv("REHABGAMES_MODELS", str(folder))
    return folder


@pytest.fixture(autouse=True)
def plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at, "saving", lambda: "")


def test_what_was_chosen_is_used_until_an_option_names_another(home: Path, networks: Path) -> None:
    assert resources() == Resources("full", 30.0, 60.0)
    remember(replace(tuned(), pose="lite"), home)
    assert resources() == Resources("lite", 24.0, 60.0)
    assert resources("heavy") == Resources("heavy", 30.0, 60.0)
    assert resources("lite") == Resources("lite", 24.0, 60.0)


def test_all_is_read_as_it_was_kept_and_for_its_owner_alone(home: Path) -> None:
    path = remember(tuned(), home)
    assert remembered(home) == tuned()
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda _: "",
        lambda _: "[]",
        lambda _: "{}",
        lambda text: text.replace('"full",', '"best",'),
        lambda text: text.replace("24.0", "0.0"),
        lambda text: text.replace("24.0", "NaN"),
        lambda text: text.replace("24.0", '"fast"'),
        lambda text: text.replace("24.0", "1e400"),
        lambda text: text.replace('"measured": {', '"measured": 3, "x": {'),
        lambda _: "[" * 100_000,
    ],
)
def test_a_damaged_memory_is_one_sentence_and_the_usual_is_used(home: Path, damage) -> None:
    path = remember(tuned(), home)
    path.write_text(damage(path.read_text("utf-8")), "utf-8")
    taken = resources()
    assert (taken.pose, taken.camera_fps) == ("full", 30.0)
    assert len(taken.notes) == 1
    assert str(path) in taken.notes[0]
    assert "rehabgames doctor --tune" in taken.notes[0]
    found = look_at_self_test()
    assert (found.ok, found.next_step) == (None, "Run: rehabgames doctor --tune")


def test_a_folder_in_the_way_of_the_memory(home: Path) -> None:
    (home / FILE).mkdir(parents=True)
    assert FILE in resources().notes[0]
    with pytest.raises(StoreError, match="cannot be kept"):
        remember(tuned(), home)
    assert [path.name for path in home.iterdir()] == [FILE]


def test_the_doctor_says_what_was_chosen_when_and_whether_it_still_holds(home: Path, networks: Path) -> None:
    assert look_at_self_test().next_step == "Run: rehabgames doctor --tune"
    remember(tuned(), home)
    found = look_at_self_test()
    assert found.ok
    assert all(part in found.what for part in ("'full'", "24 pictures", "2026-11-22"))
    for changed, said in (
        (replace(tuned(), machine="Slow, 1 processors"), "Slow, 1 processors"),
        (replace(tuned(), mediapipe="0.10.30"), "MediaPipe 0.10.30"),
    ):
        remember(changed, home)
        found = look_at_self_test()
        assert (found.ok, found.next_step) == (None, "Run: rehabgames doctor --tune")
        assert said in found.what


def test_a_network_that_is_gone_is_told_of(home: Path, networks: Path) -> None:
    remember(replace(tuned(), pose="heavy"), home)
    assert resources().pose == "heavy"
    (networks / "pose_heavy.task").unlink()
    assert resources().pose == "full"
    assert "gone" in resources().notes[0]
    assert look_at_self_test().ok is None
    with pytest.raises(UseError, match="'heavy' is not here"):
        resources("heavy")


def test_only_whole_networks_are_there_to_be_chosen(networks: Path) -> None:
    assert installed() == ("lite", "full", "heavy")
    assert pose_path("lite") == networks / "pose_lite.task"
    (networks / "pose_lite.task").write_bytes(b"half")
    assert installed() == ("full", "heavy")
    with pytest.raises(UseError, match="cannot be read"):
        pose_path("lite")


def test_low_power_takes_the_lightest_network_fewer_pictures_and_fewer_scenes(
    home: Path, networks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    low = resources(low_power=True)
    assert (low.pose, low.camera_fps, low.scenes_fps) == ("lite", LOW_FPS, LOW_SCENES)
    assert low.notes[0].startswith("Low power:")
    assert resources("heavy", low_power=True).pose == "heavy"
    monkeypatch.setattr(at, "saving", lambda: SAVER)
    assert resources().scenes_fps == LOW_SCENES
    assert SAVER in resources().notes[0]
    assert resources(low_power=False) == Resources("full", 30.0, 60.0)
    assert look_at_power().ok


def test_low_power_never_asks_for_more_than_the_self_test_found() -> None:
    assert lowered(Resources("full", 15.0), None).camera_fps == 15.0


def test_a_camera_is_asked_for_no_more_pictures_than_are_tracked() -> None:
    low = Resources(camera_fps=20.0)
    assert low.asked_of(WebcamSpec(1)) == WebcamSpec(1, 20.0)
    assert low.asked_of(VirtualSpec("healthy", fps=15.0)) == VirtualSpec("healthy", fps=15.0)
    assert low.asked_of(ReplaySpec(Path("film"))) == ReplaySpec(Path("film"))
    assert low.most_fps == 20.0
    assert Resources().most_fps is None
    assert Resources().asked_of(WebcamSpec()) == WebcamSpec()


@pytest.mark.parametrize(
    ("found", "chosen"),
    [
        ({"lite": NUMBERS, "full": NUMBERS, "heavy": NUMBERS}, ("heavy", 30.0)),
        ({"lite": NUMBERS, "full": NUMBERS, "heavy": SLOW}, ("full", 30.0)),
        ({"lite": NUMBERS, "full": NUMBERS | {"rendered_fps": 40.0}}, ("lite", 30.0)),
        ({"full": NUMBERS | {"track_p50_ms": 26.0}}, ("full", 24.0)),
        ({"full": NUMBERS | {"tracked_fps": 22.0, "track_p50_ms": 36.0}}, ("full", 20.0)),
        ({"full": NUMBERS | {"rendered_fps": 40.0}}, ("full", 30.0)),
        ({"full": SLOW, "lite": SLOW}, ("lite", 15.0)),
    ],
)
def test_the_most_accurate_network_with_room_to_spare_is_chosen(found, chosen) -> None:
    assert choose(found) == chosen


def test_what_is_kept_is_json_that_people_can_read(home: Path) -> None:
    told = json.loads(remember(tuned(), home).read_text("utf-8"))
    assert told["pose"] == "full"
    assert told["measured"]["full"]["tracked_fps"] == 30.0
