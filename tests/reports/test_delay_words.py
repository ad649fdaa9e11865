"""A report says how late a movement was seen: what was measured and what was not, apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from recorded_session import Recorder, start_body

from rehabgames.core.delay import MotionToPhoton, outside_of
from rehabgames.records.store import Store
from rehabgames.reports.facts import gather
from rehabgames.reports.session_report import render_report


def body(onlooker: Any, filmed_s: float | None = None) -> dict[str, Any]:
    measured = {"p50": 30.0, "p95": 45.0, "p99": 60.0}
    outside = outside_of(onlooker, filmed_s, 1 / 30, 0.030)
    return MotionToPhoton(900, 1 / 30, measured, measured, outside).body()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([body("camera")], "58 \u00b1 51 ms of camera and screen (assumed, not measured)"),
        ([body("camera"), body("camera", 0.11)], "80 \u00b1 10 ms of camera and screen (filmed)"),
        (
            [body("")],
            "30 ms measured from picture to screen (95 % within 45 ms); camera and screen not known",
        ),
        ([body("camera") | {"outside": 3}], "<dt>From motion to screen</dt><dd>not known</dd>"),
        ([], "<dt>From motion to screen</dt><dd>not known</dd>"),
    ],
)
def test_the_report_tells_it(tmp_path: Path, told: list[dict[str, Any]], said: str) -> None:
    with Store.open(tmp_path) as store:
        recorder = Recorder(store, "s1")
        recorder.add("start", start_body())
        for each in told:
            recorder.add("event", {"name": "motion_to_photon", **each})
        page = render_report(gather(store, "s1"))
    assert said in page
    assert "motion to photon" not in page, "it is told once, in words"
