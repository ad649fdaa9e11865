"""Sessions of virtual patients at landmark level, without a camera, as the record keeps them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rehabgames.app.wiring import Request, setup_of
from rehabgames.core.document import Document
from rehabgames.core.inputs import Input, Recorded
from rehabgames.core.landmarks import N_POSE, POSE, Side
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import View
from rehabgames.patients import Body, Patient
from rehabgames.records.store import Store
from rehabgames.session import Session

TICK_S = 1 / 30
CLOCK_S = 500.0  # what the machine's clock shows at the start
PX_PER_M, SIZE, ORIGIN = 300.0, (640, 480), (320.0, 500.0)
FACE = {
    "left_eye": (0.03, 0.03),
    "right_eye": (-0.03, 0.03),
    "left_ear": (0.07, 0.01),
    "right_ear": (-0.07, 0.01),
    "mouth_left": (0.03, -0.05),
    "mouth_right": (-0.03, -0.05),
}


def seen(body: Body, t_s: float, index: int, seed: int) -> PoseFrame:
    """Every joint in px, with half a pixel of noise."""
    nose = body.joints["nose"]
    joints = {**body.joints, **{name: (nose[0] + dx, nose[1] + dy) for name, (dx, dy) in FACE.items()}}
    points = np.full((N_POSE, 2), np.nan)
    for name, (x, y) in joints.items():
        points[POSE[name]] = ORIGIN[0] + PX_PER_M * x, ORIGIN[1] - PX_PER_M * y
    unknown = np.isnan(points[:, 0])
    points[unknown] = points[POSE["nose"]]
    points += np.random.default_rng((seed, index)).normal(0, 0.5, points.shape)
    return PoseFrame(t_s, index, SIZE, points_px=points, visibility=np.full(N_POSE, 0.99))


def acted(
    session_id: str, day: int, kind: str = "healthy", side: Side = "right", patient: str = "p-17"
) -> list[Document]:
    """The documents of half a minute of play in November; the day is also the seed."""
    made = setup_of(Request("orchard_reach", patient, side, day, 0.5))
    made = replace(
        made, session_id=session_id, started_utc=f"2026-11-{day:02}T08:00:00.000+00:00", zone="UTC"
    )
    session, who = Session(made), Patient(kind, side, seed=day)
    documents: list[Document] = []
    fresh: list[Document] = []
    view: View | None = None
    for index in range(4000):
        now_s = CLOCK_S + index * TICK_S
        inputs: list[Input] = [Recorded(fresh[-1].number)] if fresh else []
        step = session.step(seen(who.step(view, now_s), now_s, index, day), inputs, now_s)
        fresh, view = list(step.documents), step.view
        documents += fresh
        if session.closed:
            break
    assert session.closed == "completed"
    return documents


def keep(store: Store, documents: list[Document]) -> None:
    for each in documents:
        store.add(each)
