"""Store: the record of all sessions, one SQLite file in the data folder."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from rehabgames.core.document import Document
from rehabgames.core.errors import UseError, unknown_name
from rehabgames.records.documents import entry_kind, entry_row, session_row, to_json
from rehabgames.records.engine import open_engine, use_wal
from rehabgames.records.folder import prepare_folder
from rehabgames.records.lock import SessionLock
from rehabgames.records.rows import (
    Base,
    Entry,
    EventRow,
    LandmarkChunk,
    MessageRow,
    ProfileRow,
    SessionRow,
    TrialRow,
)
from rehabgames.records.trouble import damaged, plainly

DATABASE_NAME = "rehabgames.db"
_WAIT_S = 5.0
_SHOWN = 5
_EntryRow = TypeVar("_EntryRow", bound=Entry)


class Store:
    """Reads and writes the record in `folder`. Use `open`; close when done (or use `with`).

    May be shared by threads. Every `add` is one commit that is on disk when it returns.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / DATABASE_NAME
        self._running = folder / "running"
        self._locks: dict[str, SessionLock] = {}
        self._engine = open_engine(self.database)

    @classmethod
    def open(cls, folder: Path) -> Store:
        """The record in `folder`, created where there is none; sessions that a crash left open are
        closed as "interrupted". Raises StoreError where it cannot be written or read."""
        prepare_folder(folder)
        store = cls(folder)
        try:
            with plainly(store.database):
                store._running.mkdir(mode=0o700, exist_ok=True)
                _create_private(store.database)
                use_wal(store.database, _WAIT_S)
            with store._writing(_WAIT_S) as session:
                Base.metadata.create_all(session.connection())
                store._close_abandoned(session)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of the file. A session without its stop counts as abandoned from now on."""
        for lock in self._locks.values():
            lock.release()
        self._locks.clear()
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, document: Document, *, wait_s: float = _WAIT_S) -> None:
        """Commit one document; the same document again changes nothing.

        Raises StoreError where the disk or another program stands in the way (after `wait_s` for the
        latter), ValueError where the document itself can never be kept: no JSON values, its session
        was not started, or another document has its number.
        """
        if document.kind == "start":
            self._add_start(document, wait_s)
        elif document.kind == "stop":
            self._add_stop(document, wait_s)
        else:
            with self._writing(wait_s) as session:
                there = session.get(entry_kind(document), (document.session_id, document.number))
                if there is None:
                    session.add(entry_row(document))
                else:
                    _check_same(there.body, document)

    def _add_start(self, document: Document, wait_s: float) -> None:
        row = session_row(document)
        taken = None
        try:
            with self._writing(wait_s) as session:
                there = session.get(SessionRow, document.session_id)
                if there is not None:
                    _check_same(there.start, document)
                    return
                taken = SessionLock.take(self._lock_path(document.session_id))
                if taken is None:
                    raise ValueError(f"the session {document.session_id} is run by another process")
                session.add(row)
        except BaseException:
            if taken is not None:
                taken.release()
            raise
        self._locks[document.session_id] = taken

    def _add_stop(self, document: Document, wait_s: float) -> None:
        with self._writing(wait_s) as session:
            row = session.get(SessionRow, document.session_id)
            if row is None:
                raise ValueError(f"the session {document.session_id} was never started")
            if row.status not in ("running", "interrupted"):
                _check_same(row.stop or {}, document)
            row.status = str(document.body.get("status", "failed"))[:16]
            row.reason = document.body.get("reason")
            row.ended_s = document.t_s
            row.stop = document.body
        if lock := self._locks.pop(document.session_id, None):
            lock.release()

    def _lock_path(self, session_id: str) -> Path:
        return self._running / f"{session_id}.lock"

    def _close_abandoned(self, session: Session) -> None:
        """Close what no living process runs. Lock files are taken and probed inside a write
        transaction only, so nobody is met between taking the lock and writing the row."""
        running = set(session.scalars(sa.select(SessionRow.id).where(SessionRow.status == "running")))
        left_over = {path.stem for path in self._running.glob("*.lock")}
        for session_id in running | left_over:
            try:
                lock = SessionLock.take(self._lock_path(session_id), create=False)
                if lock is None:
                    continue
                lock.release()
            except FileNotFoundError:
                pass
            except OSError:
                # a file system that cannot tell: never close a session that may be alive
                continue
            row = session.get(SessionRow, session_id)
            if row is not None and row.status == "running":
                _interrupt(session, row)

    @contextmanager
    def _writing(self, wait_s: float) -> Iterator[Session]:
        engine = self._engine.execution_options(begin="IMMEDIATE", wait_ms=round(wait_s * 1000))
        with plainly(self.database), Session(engine) as session, session.begin():
            yield session

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        """What is no document any more is damage, and not for those to find who read it."""
        with plainly(self.database), Session(self._engine, expire_on_commit=False) as session:
            try:
                yield session
            except (ValueError, TypeError) as error:  # a date that is none, text that is no JSON
                raise damaged(self.database) from error

    def sessions(
        self, limit: int | None = None, *, patient: str | None = None, since: datetime | None = None
    ) -> list[SessionRow]:
        """All sessions, or the newest `limit`; newest first. patient: of this one alone; since: begun after
        that (with its zone); one that nobody knows the time of is none of these."""
        where = [] if patient is None else [SessionRow.patient == patient]
        where += [] if since is None else [SessionRow.started_utc > since]
        return self._sessions(limit, *where)

    def sessions_of(self, patient: str, exercise: str, side: str, limit: int) -> list[SessionRow]:
        """The newest of this patient with this exercise and side, newest first."""
        own = SessionRow.start["side"].as_string() == side
        return self._sessions(limit, SessionRow.patient == patient, SessionRow.exercise_id == exercise, own)

    def count(self) -> int:
        """How many sessions there are."""
        with self._reading() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(SessionRow)) or 0

    def _sessions(self, limit: int | None, *where: sa.ColumnElement[bool]) -> list[SessionRow]:
        newest_first = (SessionRow.started_utc.desc().nulls_last(), SessionRow.id.desc())
        with self._reading() as session:
            query = sa.select(SessionRow).where(*where).order_by(*newest_first).limit(limit)
            return list(session.scalars(query))

    def session(self, which: str = "last") -> SessionRow:
        """The session with this id, with the only id that begins so, or the one begun last ("last").

        Raises UseError where there is none or the beginning fits several.
        """
        if which == "last":
            found = self.sessions(1)
        else:
            begins = SessionRow.id.startswith(which, autoescape=True)
            found = self._sessions(1, SessionRow.id == which) or self._sessions(_SHOWN, begins)
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(row.id for row in found)
            raise UseError(f"Several sessions begin with '{which}': {ids}.", "Give more of the id.")
        known = [row.id for row in self.sessions(_SHOWN)]
        if known:
            raise unknown_name("session", which, known)
        raise UseError(f"There is no session in {self.folder} yet.", "Play one: rehabgames demo")

    def trials(self, session_id: str) -> list[TrialRow]:
        return self._entries(TrialRow, session_id)

    def events(self, session_id: str, name: str | None = None) -> list[EventRow]:
        """The events of a session, or those called `name`, in order."""
        rows = self._entries(EventRow, session_id)
        return rows if name is None else [row for row in rows if row.name == name]

    def profile(self, session_id: str) -> ProfileRow | None:
        """The newest profile of a session, None where its calibration gave none."""
        return next(reversed(self._entries(ProfileRow, session_id)), None)

    def latest_profile(self, patient: str, protocol: str, side: str) -> ProfileRow | None:
        """The newest profile that this protocol gave for this person and side, None where there is none."""
        with self._reading() as session:
            query = (
                sa.select(ProfileRow)
                .join(SessionRow, SessionRow.id == ProfileRow.session_id)
                .where(
                    SessionRow.patient == patient, ProfileRow.protocol == protocol, ProfileRow.side == side
                )
                .order_by(
                    SessionRow.started_utc.desc().nulls_last(), SessionRow.id.desc(), ProfileRow.number.desc()
                )
                .limit(1)
            )
            return session.scalars(query).first()

    def add_message(self, message: MessageRow) -> None:
        """Commit it. Raises StoreError."""
        with self._writing(_WAIT_S) as session:
            session.add(message)

    def messages(self, patient: str | None = None) -> list[MessageRow]:
        """Those of this patient, or all; the oldest first."""
        query = sa.select(MessageRow).order_by(MessageRow.written_utc, MessageRow.id)
        if patient is not None:
            query = query.where(MessageRow.patient == patient)
        with self._reading() as session:
            return list(session.scalars(query))

    def landmarks(self, session_id: str) -> list[LandmarkChunk]:
        """Chunks of landmarks in order, with their payloads."""
        return self._entries(LandmarkChunk, session_id)

    def _entries(self, table: type[_EntryRow], session_id: str) -> list[_EntryRow]:
        with self._reading() as session:
            query = sa.select(table).where(table.session_id == session_id).order_by(table.number)
            return list(session.scalars(query))


def _create_private(database: Path) -> None:
    """Made by us, for its owner alone: SQLite gives its other files the same rights.

    A file that is there is not even opened: closing it again would drop the locks that SQLite holds
    on it elsewhere in this process.
    """
    with contextlib.suppress(FileExistsError):
        os.close(os.open(database, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _check_same(stored: dict[str, Any], document: Document) -> None:
    if stored != json.loads(to_json(document.body)):
        raise ValueError(f"the session {document.session_id} has another document {document.number}")


def _interrupt(session: Session, row: SessionRow) -> None:
    """Write the stop that a crashed session could not: what is known, null for what is not."""
    ends = [
        session.scalar(sa.select(sa.func.max(table.t_s)).where(table.session_id == row.id))
        for table in (TrialRow, EventRow, ProfileRow, LandmarkChunk)
    ]
    successes = session.scalars(sa.select(TrialRow.success).where(TrialRow.session_id == row.id)).all()
    row.status = "interrupted"
    row.reason = "not_closed"
    row.ended_s = max((end for end in ends if end is not None), default=0.0)
    row.stop = {
        "status": "interrupted",
        "reason": "not_closed",
        "trials": len(successes),
        "successes": successes.count(True),
        "frames_seen": None,
        "frames_tracked": None,
    }
