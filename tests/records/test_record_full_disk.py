"""A real small disk: a tmpfs that is filled, emptied and remounted. Needs root on Linux."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_session import landmarks, news_until_recorded, start, stop, trial

from rehabgames.core.errors import StoreError
from rehabgames.core.inputs import NotRecorded, Recorded
from rehabgames.records.store import Store
from rehabgames.records.writer import Writer


def _mount(*arguments: str) -> bool:
    tool = shutil.which("mount")
    if tool is None or sys.platform != "linux" or os.geteuid() != 0:
        return False
    return subprocess.run([tool, *arguments], capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    if not _mount("-t", "tmpfs", "-o", "size=60m", "tmpfs", str(disk)):
        pytest.skip("a small disk can only be mounted by root on Linux")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def _fill(disk: Path) -> Path:
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        for size in (1_000_000, 4096):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue
    return ballast


def test_a_full_disk_is_told_and_nothing_is_lost_when_there_is_room_again(small_disk: Path):
    with Store.open(small_disk / "home") as store:
        writer = Writer(store, retry_s=0.05)
        writer.put(start())
        writer.put(trial(0))
        news_until_recorded(writer, 1)
        ballast = _fill(small_disk)
        writer.put(landmarks(2, size=500_000))
        writer.put(trial(2))
        (trouble,) = writer.poll(wait_s=30)
        assert trouble == NotRecorded(f"The disk is full: {store.database} cannot grow.")
        assert [t.number for t in store.trials("s1")] == [1]
        ballast.unlink()
        assert news_until_recorded(writer, 3) == [Recorded(2, "s1"), Recorded(3, "s1")]
        writer.put(stop(4))
        assert writer.close(5) == []
    with Store.open(small_disk / "home") as store:
        assert store.session("s1").status == "completed"
        assert [t.number for t in store.trials("s1")] == [1, 3]


def test_a_session_that_ends_on_a_full_disk_returns_what_it_could_not_save(small_disk: Path):
    with Store.open(small_disk / "home") as store:
        writer = Writer(store, retry_s=0.05)
        writer.put(start())
        news_until_recorded(writer, 0)
        ballast = _fill(small_disk)
        unsaved = [landmarks(1, size=500_000), trial(1, number=2), stop(3)]
        for document in unsaved:
            writer.put(document)
        assert writer.close(0.3) == unsaved
        ballast.unlink()
    with Store.open(small_disk / "home") as store:
        assert store.session("s1").status == "interrupted"


def test_a_full_disk_is_refused_before_anything_is_written(small_disk: Path):
    _fill(small_disk)
    with pytest.raises(StoreError, match="nearly full") as error:
        Store.open(small_disk / "home")
    assert str(small_disk / "home") in str(error.value)
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]


def test_a_read_only_disk_is_told(small_disk: Path):
    Store.open(small_disk / "home").close()
    assert _mount("-o", "remount,ro", str(small_disk))
    with pytest.raises(StoreError, match="cannot be written: Read-only file system") as error:
        Store.open(small_disk / "home")
    assert str(small_disk / "home") in error.value.what
    assert error.value.next_step
