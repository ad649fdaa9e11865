"""What the database says when it fails → one plain sentence and the next step."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError, StatementError

from rehabgames.core.errors import DamagedError, StoreError

_PLAIN = {
    sqlite3.SQLITE_FULL: ("The disk is full: {0} cannot grow.", "Free some space."),
    sqlite3.SQLITE_IOERR: ("The disk refuses to write or read {0}.", "Check the disk and its free space."),
    sqlite3.SQLITE_READONLY: ("The record {0} is read-only.", "Allow writing to it and to its folder."),
    sqlite3.SQLITE_CANTOPEN: ("The record {0} cannot be opened.", "Allow writing to it and to its folder."),
    sqlite3.SQLITE_PERM: ("The record {0} cannot be opened.", "Allow writing to it and to its folder."),
    sqlite3.SQLITE_BUSY: ("Another program is using the record {0}.", "Close that program."),
    sqlite3.SQLITE_LOCKED: ("Another program is using the record {0}.", "Close that program."),
    sqlite3.SQLITE_NOTADB: ("The file {0} is not a record.", "Move it away, or set REHABGAMES_HOME."),
    sqlite3.SQLITE_CORRUPT: ("The record {0} is damaged.", "Move it away and bring back a copy of it."),
}


def told(error: Exception, database: Path) -> StoreError:
    """The StoreError that says what `error` means for the record `database`."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    # the low byte is the kind of trouble, the rest says where in SQLite it was met
    what, next_step = _PLAIN.get(code & 0xFF, ("", "")) if isinstance(code, int) else ("", "")
    what = what.format(database)  # here: what the database says of itself may hold braces
    if not what:
        reason = getattr(cause, "strerror", None) or str(cause)
        what, next_step = f"The record {database} cannot be used: {reason}.", "Check its folder."
    full = isinstance(code, int) and code & 0xFF == sqlite3.SQLITE_FULL
    return StoreError(what, next_step, code="disk" if full else "record")


def damaged(database: Path) -> DamagedError:
    return DamagedError(f"The record {database} is damaged.", "Bring back a copy of it.")


@contextmanager
def plainly(database: Path) -> Iterator[None]:
    """Turns what the database or the disk raises into StoreError; a document that breaks the rules
    of the record (one number twice, no start before it) into ValueError."""
    try:
        yield
    except IntegrityError as error:
        raise ValueError(f"the record refuses this document: {error.orig}") from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise damaged(database) from error
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        if _is_bad_value(error):
            raise ValueError(f"this document is not made of JSON values: {error}") from error
        raise told(error, database) from error


def _is_bad_value(error: Exception) -> bool:
    """SQLAlchemy wraps what goes wrong while it turns a body into JSON."""
    if not isinstance(error, StatementError) or isinstance(error, DBAPIError):
        return False
    return isinstance(error.orig, ValueError | TypeError)
