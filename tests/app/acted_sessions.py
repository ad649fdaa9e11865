"""Sessions of virtual patients at landmark level, without a camera, as the record keeps them."""

from __future__ import annotations

from dataclasses import replace

from bodies import frame_of

from rehabgames.app.wiring import Request, setup_of
from rehabgames.core.document import Document
from rehabgames.core.inputs import Input, Recorded
from rehabgames.core.landmarks import Side
from rehabgames.core.view import View
from rehabgames.patients import Patient
from rehabgames.records.store import Store
from rehabgames.session import Session

TICK_S = 1 / 30
CLOCK_S = 500.0  # what the machine's clock shows at the start


def acted(
    session_id: str,
    day: int,
    kind: str = "healthy",
    *,
    side: Side = "right",
    patient: str = "p-17",
    minutes: float = 0.5,
    seed: int | None = None,
) -> list[Document]:
    """The documents of a day's play in November; the day is also the seed, unless one is given."""
    seed = day if seed is None else seed
    made = setup_of(Request("orchard_reach", patient, side, seed, minutes))
    made = replace(
        made, session_id=session_id, started_utc=f"2026-11-{day:02}T08:00:00.000+00:00", zone="UTC"
    )
    session, who = Session(made), Patient(kind, side, seed=seed)
    documents: list[Document] = []
    fresh: list[Document] = []
    view: View | None = None
    for index in range(int((minutes + 2) * 60 / TICK_S)):
        now_s = CLOCK_S + index * TICK_S
        inputs: list[Input] = [Recorded(fresh[-1].number)] if fresh else []
        step = session.step(frame_of(who.step(view, now_s), now_s, index, 0.5, seed), inputs, now_s)
        fresh, view = list(step.documents), step.view
        documents += fresh
        if session.closed:
            break
    assert session.closed == "completed"
    return documents


def keep(store: Store, documents: list[Document]) -> None:
    for each in documents:
        store.add(each)
