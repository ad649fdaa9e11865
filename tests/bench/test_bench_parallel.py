"""Parts of a benchmark side by side: in order, whatever the number of workers, and loud where one fails."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import psutil
import pytest

from rehabgames.bench import bench_adapter, bench_movement
from rehabgames.bench.parallel import THREADS, cores, side_by_side
from rehabgames.core.exercise import Exercise

WAITS = """
import os, threading
from pathlib import Path
from rehabgames.bench.parallel import side_by_side

NOTE = Path(__file__).with_name("worker.txt")

def note():
    NOTE.write_text(str(os.getpid()))

def wait():
    threading.Event().wait()

if __name__ == "__main__":
    side_by_side([note, wait], 1, lambda done, of: print(NOTE.read_text(), flush=True))
"""


def squared(number: int) -> int:
    return number * number


def failing() -> int:
    raise ZeroDivisionError("this part has a fault")


def threads() -> list[str | None]:
    return [os.environ.get(name) for name in THREADS]


def test_results_come_in_the_order_of_the_parts() -> None:
    told: list[tuple[int, int]] = []
    parts = [partial(squared, number) for number in range(9)]
    assert side_by_side(parts, 2, lambda done, of: told.append((done, of))) == [n * n for n in range(9)]
    assert told == [(done, 9) for done in range(1, 10)]


def test_what_a_part_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError, match="fault"):
        side_by_side([partial(squared, 2), failing], 1)
    with pytest.raises(ValueError, match="0 workers"):
        side_by_side([partial(squared, 2)], 0)
    assert side_by_side([]) == []
    assert cores() >= 1


def test_linear_algebra_has_one_thread_there_and_what_it_had_here() -> None:
    before = threads()
    assert side_by_side([threads], 1) == [["1"] * len(THREADS)]
    assert threads() == before


def test_workers_end_with_the_process_that_waits_for_them(tmp_path: Path) -> None:
    script = tmp_path / "waits.py"
    script.write_text(WAITS)
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    with parent.stdout as said:
        worker = psutil.Process(int(said.readline()))
    parent.kill()
    parent.wait(10)
    worker.wait(30)  # raises where it goes on


def test_any_number_of_workers_gives_the_same_results(reaching: Exercise) -> None:
    one, three = (
        bench_adapter(4, 1, families=("logistic",), scenarios=("fatigue",), workers=n) for n in (1, 3)
    )
    assert list(one.results.items()) == list(three.results.items())
    alone, together = (bench_movement(reaching, 1, ("mild",), workers=n) for n in (1, 2))
    assert alone == together
