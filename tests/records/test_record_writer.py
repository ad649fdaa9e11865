from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from sample_session import landmarks, news_until_recorded, start, stop, trial

from rehabgames.core.document import Document
from rehabgames.core.inputs import NotRecorded, Recorded
from rehabgames.records.store import Store
from rehabgames.records.writer import Writer


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


def _hold(store: Store) -> sqlite3.Connection:
    """Another program that holds the record's write lock until it is closed."""
    connection = sqlite3.connect(store.database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    return connection


def test_documents_are_on_disk_in_order_when_they_are_reported(store: Store):
    writer = Writer(store)
    writer.put(start())
    for n in range(20):
        writer.put(trial(n))
    seen: list[int] = []
    while len(seen) < 21:
        seen += [report.number for report in writer.poll(wait_s=10)]
        # another connection sees what was reported: it was committed
        with closing(sqlite3.connect(store.database)) as other:
            (count,) = other.execute("SELECT count(*) FROM trials").fetchone()
        assert count >= len(seen) - 1
    assert seen == list(range(21))
    assert writer.close(5) == []
    assert writer.poll() == []


def test_close_writes_what_still_waits_and_ends_the_thread(store: Store):
    before = threading.active_count()
    writer = Writer(store)
    assert threading.active_count() == before + 1
    for document in (start(), *(trial(n) for n in range(50)), stop(51)):
        writer.put(document)
    assert writer.close(20) == []
    assert threading.active_count() == before
    assert store.session("s1").status == "completed"
    assert len(store.trials("s1")) == 50
    with pytest.raises(RuntimeError):
        writer.put(trial(51))
    assert writer.close(1) == []


def test_put_never_waits_for_a_stalled_disk(store: Store):
    writer = Writer(store, retry_s=0.05)
    writer.put(start())
    news_until_recorded(writer, 0)
    with closing(_hold(store)):
        writer.put(trial(0))
        took_s = []
        for n in range(1, 200):
            began_s = time.perf_counter()
            writer.put(trial(n))
            writer.poll()
            took_s.append(time.perf_counter() - began_s)
        assert max(took_s) < 0.1
        trouble = writer.poll(wait_s=30)
        assert [type(report) for report in trouble] == [NotRecorded]
        assert trouble[0].why == f"Another program is using the record {store.database}."
        assert store.trials("s1") == []
    news = news_until_recorded(writer, 200)
    assert [report.number for report in news] == list(range(1, 201))
    assert len(store.trials("s1")) == 200
    assert writer.close(5) == []


def test_what_cannot_be_saved_is_returned_in_order(store: Store):
    writer = Writer(store, retry_s=0.05)
    writer.put(start())
    news_until_recorded(writer, 0)
    documents = [trial(0), trial(1), stop(3)]
    with closing(_hold(store)):
        for document in documents:
            writer.put(document)
        began_s = time.monotonic()
        assert writer.close(0.2) == documents
        assert time.monotonic() - began_s < 4
        assert not writer._thread.is_alive()
    assert [type(report) for report in writer.poll()] == [NotRecorded]


def test_landmarks_give_way_first_and_are_counted(store: Store):
    writer = Writer(store, capacity=4, retry_s=0.05)
    writer.put(start())
    news_until_recorded(writer, 0)
    with closing(_hold(store)):
        writer.put(trial(0))
        assert [type(report) for report in writer.poll(wait_s=30)] == [NotRecorded]
        for number in range(2, 10):
            writer.put(landmarks(number))
        for n in range(9, 15):
            writer.put(trial(n))
    news_until_recorded(writer, 15)
    assert writer.close(5) == []
    assert [t.number for t in store.trials("s1")] == [1, *range(10, 16)]
    assert store.landmarks("s1") == []
    assert writer.dropped_chunks == 8
    (note,) = store.events("s1", "landmarks_dropped")
    assert (note.number, note.body["chunks"], note.body["frames"]) == (9, 8, 240)


def event(number: int, name: str) -> Document:
    return Document("s1", number, "event", number * 0.5, {"name": name})


def test_a_camera_that_comes_and_goes_for_hours_does_not_fill_the_memory(store: Store):
    """An answer, and trials, are never dropped, whatever waits."""
    writer = Writer(store, capacity=8, retry_s=0.05)
    writer.put(start())
    news_until_recorded(writer, 0)
    with closing(_hold(store)):
        writer.put(trial(0))
        assert [type(report) for report in writer.poll(wait_s=30)] == [NotRecorded]
        writer.put(event(2, "answer"))
        for number in range(3, 3000):
            name = ("pause", "tracking_trouble", "resume")[number % 3]
            writer.put(landmarks(number) if number % 100 == 0 else event(number, name))
        writer.put(trial(3000))
    news_until_recorded(writer, 3001)
    assert writer.close(5) == []
    assert [t.number for t in store.trials("s1")] == [1, 3001]
    kept = store.events("s1")
    assert len(kept) <= 40
    assert [each.number for each in kept if each.name == "answer"] == [2]
    dropped = sum(each.body["events"] for each in kept if each.name == "events_dropped")
    whole = [each for each in kept if each.name in ("pause", "resume", "tracking_trouble")]
    assert dropped + len(whole) == 2997 - 29
    assert sum(each.body["chunks"] for each in kept if each.name == "landmarks_dropped") == 29


def test_what_can_never_be_kept_is_held_without_its_landmarks(store: Store):
    writer = Writer(store)
    for number in range(1, 4):  # the session was never started
        writer.put(landmarks(number, size=50_000))
    left = writer.close(10)
    assert [(each.number, each.payload) for each in left] == [(1, b""), (2, b""), (3, b"")]


def test_landmarks_that_fit_are_kept(store: Store):
    writer = Writer(store, capacity=4, retry_s=0.05)
    writer.put(start())
    news_until_recorded(writer, 0)
    with closing(_hold(store)):
        writer.put(trial(0))
        assert [type(report) for report in writer.poll(wait_s=30)] == [NotRecorded]
        for number in range(2, 7):
            writer.put(landmarks(number))
    news_until_recorded(writer, 6)
    assert writer.close(5) == []
    assert [c.number for c in store.landmarks("s1")] == [3, 4, 5, 6]
    assert [e.number for e in store.events("s1")] == [2]


def test_a_document_that_can_never_be_kept_stands_aside_and_ends_the_promise(store: Store):
    writer = Writer(store)
    bad = trial(1, margin=float("inf"))
    for document in (start(), trial(0), bad, trial(2)):
        writer.put(document)
    assert writer.close(10) == [bad]
    news = writer.poll()
    assert news[:2] == [Recorded(0, "s1"), Recorded(1, "s1")]
    assert [type(report) for report in news[2:]] == [NotRecorded]
    assert news[2].why.startswith("Document 2 (trial) cannot be kept")
    assert [t.trial for t in store.trials("s1")] == [0, 2]


def test_a_database_that_may_not_grow_is_told_and_caught_up_with(store: Store):
    pages: list[int] = []

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        if pages:
            connection.execute(f"PRAGMA max_page_count = {pages[0]}")

    sa.event.listen(store._engine, "checkout", limit)
    writer = Writer(store, retry_s=0.05)
    writer.put(start())
    news_until_recorded(writer, 0)
    pages.append(30)
    writer.put(landmarks(1, size=500_000))
    writer.put(trial(1, number=2))
    (trouble,) = writer.poll(wait_s=30)
    assert trouble == NotRecorded(f"The disk is full: {store.database} cannot grow.")
    pages[0] = 1_000_000
    assert news_until_recorded(writer, 2) == [Recorded(1, "s1"), Recorded(2, "s1")]
    assert writer.close(5) == []
    assert len(store.landmarks("s1")[0].payload) == 500_000


def test_a_disk_that_refuses_to_write_is_told_and_caught_up_with(store: Store):
    resource = pytest.importorskip("resource", reason="this system cannot limit the size of files")
    writer = Writer(store, retry_s=0.05)
    writer.put(start())
    news_until_recorded(writer, 0)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        writer.put(landmarks(1, size=500_000))
        writer.put(trial(1, number=2))
        (trouble,) = writer.poll(wait_s=30)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert isinstance(trouble, NotRecorded)
    assert str(store.database) in trouble.why
    assert news_until_recorded(writer, 2) == [Recorded(1, "s1"), Recorded(2, "s1")]
    assert writer.close(5) == []
    assert [t.number for t in store.trials("s1")] == [2]
