"""Short sessions of virtual patients, kept in a store, for every kind of practice."""

from __future__ import annotations

from dataclasses import replace

from rehabgames.core.document import Document
from rehabgames.records.store import Store
from rehabgames.testing.acting import Act, act, setup_for


def keep_acted(store: Store, exercise: str, tries: int = 4, kind: str = "mild") -> list[Document]:
    """The session is called as the exercise."""
    setup = replace(setup_for(exercise, 3), session_id=exercise, patient="p-17")
    documents = act(Act(setup, kind, 3, tries=tries)).documents
    for each in documents:
        store.add(each)
    return list(documents)
