"""What ships is missing or cannot be read: one sentence that says so, never an empty list."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rehabgames.app.repertoire import known, library
from rehabgames.cli import check, list_exercises
from rehabgames.content import root
from rehabgames.content.library import check as check_files
from rehabgames.content.plans import new_plan_text
from rehabgames.core.errors import MachineError

STEP = "Install it again: pip install --force-reinstall rehabgames"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own, whole as yet."""
    whole, package = root.content_root(), tmp_path / "rehabgames"
    for name in ("exercises", "calibration"):
        shutil.copytree(whole / name, package / "_content" / name)
    (package / "_content" / "assets").mkdir()
    shutil.copy(whole / "assets" / "plan.toml", package / "_content" / "assets")
    monkeypatch.setattr(root, "_PACKAGE", package)
    return package / "_content"


def said(error: pytest.ExceptionInfo[MachineError]) -> str:
    assert error.value.next_step == STEP
    assert error.value.exit_code == 1
    assert "\n" not in error.value.what
    return error.value.what.removeprefix("The installation of rehabgames is damaged: ")


@pytest.mark.parametrize("name", ["exercises", "calibration"])
@pytest.mark.parametrize("how", ["missing", "empty", "a file"])
def test_a_folder_that_ships(home: Path, content: Path, name: str, how: str) -> None:
    assert len(library().exercises()) > 10
    shutil.rmtree(content / name)
    why = "cannot be read (no such file or directory)"
    if how == "empty":
        (content / name).mkdir()
        why = "holds no .toml file"
    if how == "a file":
        (content / name).write_text("x", "utf-8")
        why = "cannot be read (not a directory)"
    for command in (library, list_exercises, lambda: check(None)):
        with pytest.raises(MachineError) as error:
            command()
        assert said(error) == f"{content / name} {why}."


def test_a_file_is_not_judged_without_the_calibrations(content: Path) -> None:
    mine = content / "exercises" / "orchard_reach.toml"
    assert check_files([mine], known()) == []
    shutil.rmtree(content / "calibration")
    with pytest.raises(MachineError, match="is damaged"):
        check_files([mine], known())


@pytest.mark.parametrize(
    ("how", "why"), [("missing", "there is no such file"), ("damaged", "line 1: not valid TOML")]
)
def test_the_template_of_plans(content: Path, how: str, why: str) -> None:
    assert "patient" in new_plan_text("mia", None, None)
    template = content / "assets" / "plan.toml"
    template.unlink()
    if how == "damaged":
        template.write_text("patient\n", "utf-8")
    with pytest.raises(MachineError) as error:
        new_plan_text("mia", None, None)
    assert said(error).startswith(f"{template}: {why}")
