from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import platformdirs
import pytest

from rehabgames.core.errors import StoreError
from rehabgames.records.folder import data_folder, prepare_folder
from rehabgames.records.store import Store


def test_the_environment_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("REHABGAMES_HOME", str(tmp_path / "here"))
    assert data_folder() == tmp_path / "here"
    assert not (tmp_path / "here").exists()
    monkeypatch.setenv("REHABGAMES_HOME", "~/there")
    assert data_folder() == Path.home() / "there"
    for unset in ("", "  "):
        monkeypatch.setenv("REHABGAMES_HOME", unset)
        assert data_folder() == platformdirs.user_data_path("rehabgames", appauthor=False)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_a_new_folder_is_its_owners_alone_and_an_old_one_keeps_its_rights(tmp_path: Path):
    prepare_folder(tmp_path / "a" / "new")
    assert stat.S_IMODE((tmp_path / "a" / "new").stat().st_mode) == 0o700
    (tmp_path / "old").mkdir(mode=0o750)
    prepare_folder(tmp_path / "old")
    assert stat.S_IMODE((tmp_path / "old").stat().st_mode) == 0o750
    assert list((tmp_path / "old").iterdir()) == []


@pytest.mark.parametrize("below", [(), ("deeper",), ("deeper", "still")])
def test_a_file_in_the_way_is_named(tmp_path: Path, below: tuple[str, ...]):
    file = tmp_path / "taken"
    file.write_text("mine")
    folder = file.joinpath(*below)
    with pytest.raises(StoreError) as error:
        Store.open(folder)
    assert str(folder) in error.value.what
    assert error.value.next_step
    assert error.value.exit_code == 1
    assert file.read_text() == "mine"


@pytest.mark.skipif(not Path("/proc/sys").is_dir(), reason="needs a folder that even root cannot write")
def test_a_folder_that_cannot_be_written_is_named():
    with pytest.raises(StoreError, match=r"data folder /proc/sys/rehabgames cannot be written"):
        prepare_folder(Path("/proc/sys/rehabgames"), needed_mb=0)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_named(tmp_path: Path):
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(StoreError, match="cannot be written"):
        Store.open(tmp_path / "locked")
    assert list((tmp_path / "locked").iterdir()) == []


def test_too_little_space_is_said_before_anything_is_written(tmp_path: Path):
    more_than_there_is = int(shutil.disk_usage(tmp_path).total / 1e6) + 1000
    with pytest.raises(StoreError, match=rf"{tmp_path}.* {more_than_there_is} MB are needed"):
        prepare_folder(tmp_path / "a" / "b", more_than_there_is)
    assert not (tmp_path / "a").exists()
