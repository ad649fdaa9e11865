from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sample_session import document, landmarks, start, stop, trial

from rehabgames.core.errors import StoreError, UnknownNameError, UseError
from rehabgames.records.store import Store


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(tmp_path / "home") as opened:
        yield opened


def test_everything_that_was_added_is_read_back(store: Store):
    first = start(colour_of_the_wall="white")
    profile = document("profile", 1, {"protocol": "reach_quick", "side": "left", "reach": {"45": 0.8}}, "s1")
    event = document("event", 2, {"name": "paused", "why": "lost"}, "s1")
    tries = [trial(0, number=3), trial(1, number=4), trial(2, number=6, success=None, margin=None)]
    chunk = landmarks(5)
    last = stop(7)
    for one in (first, profile, event, *tries[:2], chunk, tries[2], last):
        store.add(one)

    row = store.session("s1")
    assert row.start == first.body
    assert row.stop == last.body
    assert (row.patient, row.exercise_id, row.exercise_sha256, row.seed) == (
        "p-17",
        "orchard_reach",
        "ab" * 32,
        7,
    )
    assert row.started_utc == datetime(2026, 11, 21, 13, 5, tzinfo=UTC)
    assert (row.status, row.reason, row.ended_s) == ("completed", "dose", 3.5)
    assert [t.body for t in store.trials("s1")] == [t.body for t in tries]
    assert [(t.number, t.trial, t.success, t.margin) for t in store.trials("s1")] == [
        (3, 0, True, 0.02),
        (4, 1, True, 0.02),
        (6, 2, None, None),
    ]
    assert [e.body for e in store.events("s1")] == [event.body]
    assert store.events("s1", "resumed") == []
    assert store.profile("s1").body == profile.body
    assert [(c.payload, c.frames, c.t0_s) for c in store.landmarks("s1")] == [(chunk.payload, 30, 2.5)]


def test_a_session_without_calibration_has_no_profile(store: Store):
    store.add(start())
    assert store.profile("s1") is None


def test_a_body_that_says_less_is_still_kept(store: Store):
    store.add(document("start", 0, {"started_utc": "yesterday", "seed": 2**80, "exercise": None}, "s1"))
    store.add(document("trial", 1, {"success": "perhaps", "reached": "far"}, "s1"))
    row = store.session("last")
    assert (row.patient, row.started_utc, row.seed, row.start["seed"]) == (None, None, None, 2**80)
    assert (store.trials("s1")[0].success, store.trials("s1")[0].reached) == (None, None)
    assert store.trials("s1")[0].body == {"success": "perhaps", "reached": "far"}


def test_the_same_document_twice_changes_nothing_and_another_one_is_refused(store: Store):
    for _ in range(2):
        store.add(start())
        store.add(trial(0))
    assert len(store.trials("s1")) == 1
    with pytest.raises(ValueError, match="another document 1"):
        store.add(trial(0, margin=0.5))
    with pytest.raises(ValueError, match="another document 0"):
        store.add(start(seed=8))
    for _ in range(2):
        store.add(stop(2))
    with pytest.raises(ValueError, match="another document 2"):
        store.add(stop(2, status="stopped"))
    assert store.session("s1").status == "completed"
    assert store.trials("s1")[0].margin == 0.02


def test_what_has_no_start_or_is_no_json_is_refused_and_leaves_nothing(store: Store):
    with pytest.raises(ValueError, match="refuses"):
        store.add(trial(0))
    with pytest.raises(ValueError, match="never started"):
        store.add(stop(1))
    store.add(start())
    with pytest.raises(ValueError, match="JSON"):
        store.add(trial(0, margin=float("nan")))
    with pytest.raises(ValueError, match="JSON"):
        store.add(trial(0, margin={1, 2}))
    with pytest.raises(ValueError, match="session id"):
        store.add(start("../elsewhere"))
    assert store.trials("s1") == []


def test_sessions_come_newest_first_and_are_found_by_the_beginning_of_the_id(store: Store):
    for day, session in ((3, "bb-1"), (9, "aa-2"), (5, "aa-1")):
        store.add(start(session, started_utc=f"2026-01-0{day}T09:00:00+01:00"))
    assert [row.id for row in store.sessions()] == ["aa-2", "aa-1", "bb-1"]
    assert [row.id for row in store.sessions(2)] == ["aa-2", "aa-1"]
    assert store.session("last").id == "aa-2"
    assert store.session("b").id == "bb-1"
    assert store.session("aa-1").id == "aa-1"
    with pytest.raises(UseError, match="aa-2, aa-1") as several:
        store.session("aa")
    assert several.value.exit_code == 2
    with pytest.raises(UnknownNameError, match="Did you mean 'bb-1'"):
        store.session("bb-7")
    with pytest.raises(UnknownNameError):
        store.session("%")


def test_an_id_that_begins_another_id_is_still_found(store: Store):
    store.add(start("aa"))
    store.add(start("aab"))
    assert store.session("aa").id == "aa"


def test_an_empty_record_says_so(store: Store):
    with pytest.raises(UseError, match="no session in"):
        store.session("last")
    with pytest.raises(UseError, match="no session in"):
        store.session("ab")


def test_writes_are_made_durable(store: Store):
    store.add(start())
    with store._writing(1.0) as session:
        assert session.connection().exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert session.connection().exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_nobody_else_may_read_the_record(tmp_path: Path):
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    with Store.open(folder) as store:
        store.add(start())
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert {path.name for path in files} >= {"rehabgames.db", "rehabgames.db-wal", "s1.lock"}
        assert [path for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_a_session_left_open_is_closed_as_interrupted_once_its_store_is_gone(tmp_path: Path):
    with Store.open(tmp_path) as store:
        store.add(start())
        for n in range(3):
            store.add(trial(n))
        with Store.open(tmp_path) as second:
            assert second.session("s1").status == "running"
    with Store.open(tmp_path) as later:
        row = later.session("s1")
        assert (row.status, row.reason, row.ended_s) == ("interrupted", "not_closed", 1.5)
        assert (row.stop["trials"], row.stop["successes"], row.stop["frames_seen"]) == (3, 2, None)
        assert list((tmp_path / "running").iterdir()) == []


def test_a_stopped_session_is_left_alone_and_leaves_no_lock(tmp_path: Path):
    with Store.open(tmp_path) as store:
        store.add(start())
        store.add(stop(1))
        assert list((tmp_path / "running").iterdir()) == []
    with Store.open(tmp_path) as later:
        assert later.session("s1").status == "completed"


def test_a_lock_whose_session_was_never_written_is_swept_away(tmp_path: Path):
    Store.open(tmp_path).close()
    (tmp_path / "running" / "gone.lock").touch()
    with Store.open(tmp_path) as store:
        assert list((tmp_path / "running").iterdir()) == []
        assert store.sessions() == []


def test_a_file_that_is_no_record_is_named_and_left_as_it_is(tmp_path: Path):
    file = tmp_path / "rehabgames.db"
    file.write_bytes(b"my holiday diary, not a database at all" * 40)
    before = file.read_bytes()
    with pytest.raises(StoreError, match="not a record") as error:
        Store.open(tmp_path)
    assert str(file) in str(error.value)
    assert error.value.next_step
    assert file.read_bytes() == before


def test_a_damaged_record_is_named(tmp_path: Path):
    with Store.open(tmp_path) as store:
        store.add(start())
    file = tmp_path / "rehabgames.db"
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreError, match="damaged"), Store.open(tmp_path) as store:
        store.session("s1")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("start", b'{"e\xac'),
        ("start", b"\xff\xfe{}"),
        ("start", b"{%s} {0.x} {"),
        ("stop", b'"completed'),
        ("started_utc", b"2026-13-41 25:61:00"),
    ],
)
def test_a_row_that_is_no_document_any_more_is_damage_in_one_sentence(
    tmp_path: Path, column: str, value: bytes
):
    with Store.open(tmp_path) as store:
        store.add(start())
    with closing(sqlite3.connect(tmp_path / "rehabgames.db")) as other, other:
        other.execute(f"UPDATE sessions SET {column} = CAST(? AS TEXT), status = 'completed'", (value,))
    with Store.open(tmp_path) as store:
        for read in (store.sessions, store.session):
            with pytest.raises(StoreError) as told:
                read()
            assert str(tmp_path) in told.value.what


_OPEN_AND_ADD = """
import sys
from pathlib import Path
from sample_session import start, stop, trial
from rehabgames.records.store import Store
name, folder = sys.argv[1], Path(sys.argv[2])
sys.stdout.write("ready\\n"); sys.stdout.flush(); sys.stdin.readline()
with Store.open(folder) as store:
    store.add(start(name))
    for n in range(40):
        store.add(trial(n, name))
    store.add(stop(41, name))
"""


def test_processes_that_open_a_new_record_at_once_and_write_together_lose_nothing(tmp_path: Path):
    path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    children = [
        subprocess.Popen(
            [sys.executable, "-c", _OPEN_AND_ADD, f"s{i}", str(tmp_path / "home")],
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for i in range(3)
    ]
    for child in children:
        assert child.stdout.readline() == "ready\n"
    for child in children:
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        _, errors = child.communicate(timeout=60)
        assert (child.returncode, errors) == (0, "")
    with Store.open(tmp_path / "home") as store:
        assert {row.id: row.status for row in store.sessions()} == dict.fromkeys(
            ("s0", "s1", "s2"), "completed"
        )
        for row in store.sessions():
            assert [t.trial for t in store.trials(row.id)] == list(range(40))


def test_the_record_can_be_read_with_sqlite_alone(store: Store):
    store.add(start())
    store.add(trial(0))
    with closing(sqlite3.connect(store.database)) as connection:
        (body,) = connection.execute("SELECT body FROM trials").fetchone()
    assert json.loads(body) == trial(0).body
