from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from rehabgames import words
from rehabgames.app import doctor
from rehabgames.content.root import assets_folder
from rehabgames.stage import fonts


def pin(repository: Path, package: str) -> SpecifierSet:
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]
    if package == "python":
        return SpecifierSet(project["requires-python"])
    return SpecifierSet(next(d for d in project["dependencies"] if d.startswith(package))[len(package) :])


def test_everything_is_looked_at_quickly() -> None:
    began = time.monotonic()
    found = doctor.examine()
    assert time.monotonic() - began < 3
    assert [f.name for f in found] == [
        *("Python", "system libraries", "MediaPipe", "OpenCV", "tracking models"),
        *(
            "data folder",
            "self-test",
            "power",
            "camera",
            "screen",
            "sound",
            "voice",
            "stop word",
            "letters",
            "words",
            "pictures",
            "plug-ins",
        ),
    ]
    assert all(f.what.endswith(".") for f in found)
    assert all(f.next_step for f in found if not f.ok)
    assert [f for f in found if f.name in ("Python", "MediaPipe", "OpenCV") and not f.ok] == []


def test_python_versions_are_those_of_the_package(repository: Path) -> None:
    allowed = pin(repository, "python")
    for version in [(3, 10), (3, 11), (3, 12), (3, 13), (3, 14), (4, 0)]:
        assert doctor.look_at_python(version).ok is allowed.contains(f"{version[0]}.{version[1]}")


def test_mediapipe_versions_are_those_of_the_package(repository: Path) -> None:
    allowed = pin(repository, "mediapipe")
    for version in [
        "0.9.3",
        "0.10.21",
        "0.10.29",
        "0.10.30",
        "0.10.33",
        "0.10.34",
        "0.10.35",
        "1.0.0",
        "1.2.2",
    ]:
        assert doctor.look_at_mediapipe(version).ok is allowed.contains(version)


def test_a_missing_library_is_named_with_its_package() -> None:
    found = doctor.look_at_libraries({"libc.so.6": "libc6", "libnot_there.so.9": "libnot-there9"})
    assert found.ok is False
    assert "libnot_there.so.9" in found.what
    assert found.next_step.endswith("apt-get install libnot-there9")


def test_two_opencvs_are_one_too_many() -> None:
    both = doctor.look_at_opencv(["opencv-contrib-python", "opencv-python"])
    assert both.ok is False
    assert "pip uninstall opencv-python &&" in both.next_step
    assert doctor.look_at_opencv(["opencv-python"]).ok is False
    assert doctor.look_at_opencv([]).ok is False


def test_models_missing_damaged_and_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REHABGAMES_MODELS", raising=False)
    missing = doctor.look_at_models(tmp_path)
    assert missing.ok is None
    assert "pose and hand" in missing.what
    (tmp_path / "pose.task").write_bytes(b"half a bundle")
    damaged = doctor.look_at_models(tmp_path)
    assert damaged.ok is False
    assert "pose.task" in damaged.what
    assert damaged.next_step == "Run: rehabgames models"
    monkeypatch.setenv("REHABGAMES_MODELS", str(tmp_path))
    assert "REHABGAMES_MODELS" in doctor.look_at_models().next_step


def test_real_models_are_found(models: dict[str, Path]) -> None:
    assert {path.suffix for path in models.values()} == {".task"}
    assert doctor.look_at_models().ok is True


def test_data_folder_is_looked_at_and_not_made(home: Path) -> None:
    found = doctor.look_at_data_folder()
    assert found.ok is True
    assert str(home) in found.what
    assert not home.exists()
    home.mkdir()
    assert doctor.look_at_data_folder().ok is True
    assert list(home.iterdir()) == []


def test_data_folder_that_is_a_file(home: Path) -> None:
    home.write_text("a file")
    assert doctor.look_at_data_folder().ok is False


def test_data_folder_below_a_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.write_text("a file")
    monkeypatch.setenv("REHABGAMES_HOME", str(home / "below"))
    found = doctor._safely("data folder", doctor.look_at_data_folder)
    assert found.ok is False
    assert "REHABGAMES_HOME" in found.next_step


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system's list of cameras is Linux's")
def test_cameras_are_those_that_the_system_lists(tmp_path: Path) -> None:
    listed, devices = tmp_path / "listed", tmp_path / "dev"
    listed.mkdir()
    devices.mkdir()
    assert doctor.look_at_cameras(listed, devices).ok is None
    # a webcam shows as two nodes, of which the second only tells about the first
    for node, index in (("video0", "0"), ("video1", "1"), ("video2", "0")):
        (listed / node).mkdir()
        (listed / node / "index").write_text(f"{index}\n")
        (listed / node / "name").write_text(f"Camera of {node}\n")
    assert doctor.look_at_cameras(listed, devices).ok is False
    (devices / "video2").touch()
    found = doctor.look_at_cameras(listed, devices)
    assert found.ok is True
    assert found.what == "Found: 0 (Camera of video0), 2 (Camera of video2)."


def test_a_look_that_fails_is_told() -> None:
    def falls() -> doctor.Finding:
        raise OSError("the disk is on fire")

    found = doctor._safely("disk", falls)
    assert found.ok is None
    assert "the disk is on fire" in found.what


@pytest.fixture
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of them that may be damaged."""
    copy = tmp_path / "assets"
    shutil.copytree(assets_folder(), copy)
    monkeypatch.setattr(words, "assets_folder", lambda: copy)
    words.forget()
    yield copy
    words.forget()


def test_words_whole_and_cut(assets: Path) -> None:
    assert doctor.look_at_words().ok is True
    path = assets / "words" / "en.po"
    path.write_bytes(path.read_bytes()[:5000])
    words.forget()
    found = doctor.look_at_words()
    assert found.ok is None
    assert f"{path} is cut off" in found.what
    assert found.next_step.startswith("Install it again")


def test_pictures_whole_missing_and_damaged(assets: Path) -> None:
    folder = assets / "pictures"
    assert doctor.look_at_pictures(folder).ok is True
    apple = folder / "orchard" / "apple.svg"
    apple.write_bytes(apple.read_bytes()[:-20])
    found = doctor.look_at_pictures(folder)
    assert found.ok is None
    assert f"{apple} cannot be read" in found.what
    assert found.next_step.startswith("Install it again")
    shutil.rmtree(folder / "harbour")
    assert f"{folder / 'harbour'} and 1 more cannot be read" in doctor.look_at_pictures(folder).what
    shutil.rmtree(folder / "screens")
    assert f"{folder / 'screens'} and 2 more cannot be read" in doctor.look_at_pictures(folder).what
    assert "pictures/signs and " in doctor.look_at_pictures(assets / "nowhere" / "pictures").what


def test_a_picture_that_was_installed_and_is_gone(assets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a wheel is put on a machine: with a list of what it holds."""
    listed = assets.parent / "rehabgames-0.1.0.dist-info"
    listed.mkdir()
    (listed / "METADATA").write_text("Name: rehabgames\nVersion: 0.1.0\n")
    (listed / "RECORD").write_text("assets/pictures/orchard/apple.svg,,\nassets/words/en.po,,\n")
    monkeypatch.syspath_prepend(str(assets.parent))
    folder = assets / "pictures"
    assert doctor.look_at_pictures(folder).ok is True
    (folder / "orchard" / "apple.svg").unlink()
    found = doctor.look_at_pictures(folder)
    assert found.ok is None
    assert f"{folder / 'orchard' / 'apple.svg'} cannot be read" in found.what


def test_missing_letters_are_told_in_one_sentence_with_their_packages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fonts, "folders", lambda: ())
    found = doctor.look_at_letters(["ar", "zh"])
    assert found.ok is None
    assert found.what == (
        "Arabic and Chinese cannot be written well: "
        "no font with Latin and Arabic and Chinese letters was found."
    )
    assert found.next_step == "On Debian or Ubuntu: sudo apt-get install fonts-noto-core fonts-noto-cjk"
    assert doctor.look_at_letters(["en"]).next_step.endswith("apt-get install fonts-noto-core")


@pytest.mark.skipif(fonts.missing_scripts("ar") != (), reason="no font for Arabic on this system")
def test_a_pygame_that_joins_no_letters_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor.look_at_letters(["ar", "de"]).ok is True
    monkeypatch.setattr(fonts, "joins_arabic", lambda: False)
    found = doctor.look_at_letters(["ar", "de"])
    assert found.ok is None
    assert found.what.startswith("Arabic cannot be written: the pygame")
    assert "pygame" in found.next_step


@pytest.mark.skipif(os.name != "posix", reason="takes the programs away by an empty PATH")
def test_examined_where_nothing_is_there(tmp_path: Path) -> None:
    """No home, no PATH, no screen, a data folder that is a file: told, never raised."""
    (tmp_path / "file").touch()
    code = "from rehabgames.app.doctor import examine; print(*examine(), sep='\\n')"
    bare = {"REHABGAMES_HOME": str(tmp_path / "file"), "REHABGAMES_CACHE": str(tmp_path / "none"), "PATH": ""}
    done = subprocess.run([sys.executable, "-c", code], env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Finding(") == 17
    assert "name='data folder', ok=False" in done.stdout
