"""The connection to the SQLite file: durable, patient, and never read-then-write without the lock."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from rehabgames.records.documents import to_json


def open_engine(database: Path) -> sa.Engine:
    """An engine whose transactions obey two execution options: `begin` ("DEFERRED" to read,
    "IMMEDIATE" to write) and `wait_ms`, how long another program's lock is waited for."""
    url = sa.URL.create("sqlite+pysqlite", database=str(database))
    engine = sa.create_engine(url, json_serializer=to_json)

    @sa.event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours, see below
        connection.execute("PRAGMA foreign_keys = ON")
        # NORMAL may lose committed transactions when the power goes
        connection.execute("PRAGMA synchronous = FULL")

    @sa.event.listens_for(engine, "begin")
    def begun(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(options.get('wait_ms', 5000))}")
        connection.exec_driver_sql(f"BEGIN {options.get('begin', 'DEFERRED')}")

    return engine


def use_wal(database: Path, wait_s: float) -> None:
    """Switch the file to write-ahead logging, which it then stays in.

    SQLite does not wait for locks here as it does elsewhere, so several programs that open a new
    record at once are waited for by hand. Raises sqlite3.Error.
    """
    until_s = time.monotonic() + wait_s
    while True:
        try:
            with closing(sqlite3.connect(database, timeout=wait_s, isolation_level=None)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not busy or time.monotonic() > until_s:
                raise
            time.sleep(0.02)
