"""A child process that plays a session and says what the writer reported as recorded.

argv: folder, session id, number of trials (without end where left out). It then stands still and never
closes anything: whoever started it kills it, or it ends by itself after two minutes.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from sample_session import landmarks, start, trial

from rehabgames.core.inputs import NotRecorded, Recorded
from rehabgames.records.store import Store
from rehabgames.records.writer import Writer


def main() -> None:
    folder, session = Path(sys.argv[1]), sys.argv[2]
    writer = Writer(Store.open(folder))
    writer.put(start(session))
    for n in range(int(sys.argv[3])) if len(sys.argv) > 3 else itertools.count():
        number = 2 * n + 1
        writer.put(landmarks(number, session, size=50_000))
        writer.put(trial(n, session, number=number + 1))
        say(writer.poll(wait_s=30))
    for _ in range(4):
        say(writer.poll(wait_s=30))


def say(news: list[Recorded | NotRecorded]) -> None:
    for report in news:
        assert isinstance(report, Recorded), report
        sys.stdout.write(f"{report.number}\n")
    sys.stdout.flush()


main()
