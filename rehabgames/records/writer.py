"""Writer: puts documents on disk, in order, on a thread of its own, and says when they are there."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import replace
from typing import Any, Protocol

from rehabgames.core.document import Document
from rehabgames.core.errors import StoreError
from rehabgames.core.inputs import NotRecorded, Recorded

_LOCK_WAIT_S = 2.0  # how long another program may hold the record before that is trouble
_LAST_RETRY_S = 0.05
_DROPPED = "landmarks_dropped"
_EVENTS_DROPPED = "events_dropped"
_ENDLESS = ("pause", "resume", "tracking_trouble")
_MOST_REFUSED = 10_000


class Keeps(Protocol):
    """A store, or what will have opened one before the first document comes."""

    def add(self, document: Document, *, wait_s: float) -> None: ...


class Writer:
    """One thread that commits documents to `store`.

    capacity   documents that may wait. When more do, the oldest waiting landmarks give way to an
               event "landmarks_dropped" that counts them; where none wait, the oldest event that a camera
               in trouble may cause without end gives way to "events_dropped". Nothing else is ever dropped:
               a session waits for its trials to be written, and people say only so much
    retry_s    time between two tries while the record cannot be written
    """

    def __init__(self, store: Keeps, capacity: int = 256, retry_s: float = 1.0) -> None:
        self.dropped_chunks = 0
        self._store = store
        self._capacity = capacity
        self._retry_s = retry_s
        self._waiting: deque[Document] = deque()
        self._writing: Document | None = None
        self._refused: deque[Document] = deque(maxlen=_MOST_REFUSED)
        self._reports: list[Recorded | NotRecorded] = []
        self._give_up_s: float | None = None
        self._failing = False
        self._changed = threading.Condition()
        # a daemon, so that a program that dies without `close` is not kept alive by a full disk
        self._thread = threading.Thread(target=self._run, name="record-writer", daemon=True)
        self._thread.start()

    def put(self, document: Document) -> None:
        """Hand over a document; returns at once, whatever the disk does. Raises RuntimeError after
        `close`."""
        with self._changed:
            if self._give_up_s is not None:
                raise RuntimeError("the writer is closed")
            self._waiting.append(document)
            if len(self._waiting) > self._capacity:
                self._make_room()
            self._changed.notify_all()

    def poll(self, wait_s: float = 0.0) -> list[Recorded | NotRecorded]:
        """What became of the documents since the last call, in order; waits for news up to `wait_s`.

        Recorded comes after the commit is on disk. NotRecorded comes once when writing begins to
        fail; the documents are kept and tried again, and Recorded follows when that works.
        """
        with self._changed:
            if wait_s > 0:
                self._changed.wait_for(lambda: bool(self._reports), wait_s)
            news, self._reports = self._reports, []
            return news

    def close(self, timeout_s: float) -> list[Document]:
        """Write what still waits, end the thread, and return what could not be saved; what can never be kept
        comes without its landmarks.

        Takes at most `timeout_s`, and two seconds more where another program holds the record.
        """
        with self._changed:
            if self._give_up_s is None:
                self._give_up_s = time.monotonic() + timeout_s
            self._changed.notify_all()
        self._thread.join(timeout_s + _LOCK_WAIT_S + 0.5)
        with self._changed:
            current = [self._writing] if self._writing else []
            return [*self._refused, *current, *self._waiting]

    def _run(self) -> None:
        while (document := self._next()) is not None:
            while not self._tried(document):
                if not self._may_retry():
                    return

    def _next(self) -> Document | None:
        with self._changed:
            self._changed.wait_for(lambda: bool(self._waiting) or self._give_up_s is not None)
            if not self._waiting:
                return None
            self._writing = self._waiting.popleft()
            return self._writing

    def _tried(self, document: Document) -> bool:
        """True where `document` needs no further try."""
        try:
            self._store.add(document, wait_s=_LOCK_WAIT_S)
        except StoreError as error:
            if not self._failing:
                self._tell(error.what)
            self._failing = True
            return False
        except Exception as error:
            # Nothing may end this thread while documents come. What can never be written stands
            # aside, and "this and all before it" can no longer be said of any later one.
            with self._changed:
                self._refused.append(replace(document, payload=b""))
                self._writing = None
            self._tell(f"Document {document.number} ({document.kind}) cannot be kept: {error}")
            return True
        with self._changed:
            self._writing = None
            self._failing = False
            if not self._refused:
                self._reports.append(Recorded(document.number, document.session_id))
            self._changed.notify_all()
        return True

    def _may_retry(self) -> bool:
        """Wait for the next try; False when the time that `close` gave is over."""
        with self._changed:
            if self._give_up_s is None:
                self._changed.wait_for(lambda: self._give_up_s is not None, self._retry_s)
            if self._give_up_s is None:
                return True
            left_s = self._give_up_s - time.monotonic()
            # `put` is over by now, so nobody wakes this wait: it is a short pause between tries
            self._changed.wait(max(0.0, min(left_s, _LAST_RETRY_S)))
            return left_s > 0

    def _tell(self, why: str) -> None:
        with self._changed:
            self._reports.append(NotRecorded(why))
            self._changed.notify_all()

    def _make_room(self) -> None:
        """Put a counted note in the place of the oldest waiting chunk, or else of the oldest event that may
        come without end."""
        for index, document in enumerate(self._waiting):
            if document.kind == "landmarks":
                frames = document.body.get("frames") or 0
                self._note(index, {"name": _DROPPED, "chunks": 1, "frames": frames})
                self.dropped_chunks += 1
                return
        for index, document in enumerate(self._waiting):
            if document.kind == "event" and document.body.get("name") in _ENDLESS:
                self._note(index, {"name": _EVENTS_DROPPED, "events": 1})
                return

    def _note(self, index: int, body: dict[str, Any]) -> None:
        """In the place of what waits there; it joins a note of the same name among those right before it."""
        dropped, at = self._waiting[index], index - 1
        while at >= 0 and self._waiting[at].body.get("name") in (_DROPPED, _EVENTS_DROPPED):
            before = self._waiting[at].body
            if before["name"] == body["name"]:
                body = {key: value if key == "name" else value + before[key] for key, value in body.items()}
                del self._waiting[at]
                index -= 1
                break
            at -= 1
        self._waiting[index] = Document(dropped.session_id, dropped.number, "event", dropped.t_s, body)
