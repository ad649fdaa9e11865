"""What the tracking process weighs of itself: a film that it maps is no leak."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux tells it")

# a process of its own: one that ran other tests has freed memory at hand, and does not grow by what it keeps
FILM = """
import json, sys
from pathlib import Path
import numpy as np
from rehabgames.tracking.loop import memory_mb
from rehabgames.tracking.opening import open_source
from rehabgames.tracking.sources import ReplaySpec
source = open_source(ReplaySpec(Path(sys.argv[1]), None))
source.read()
weighed = [memory_mb()]
for _ in range(89):
    source.read()
weighed.append(memory_mb())
kept = np.ones(83_000_000, np.uint8)
weighed.append(memory_mb())
print(json.dumps(weighed))
"""


def test_a_long_film_is_no_leak_and_what_is_kept_is(tmp_path: Path) -> None:
    np.save(tmp_path / "film.npy", np.zeros((90, 480, 640, 3), np.uint8))
    answer = subprocess.run(
        [sys.executable, "-c", FILM, str(tmp_path / "film.npy")], capture_output=True, check=True, text=True
    )
    before_mb, read_mb, kept_mb = json.loads(answer.stdout)
    assert read_mb - before_mb < 20.0
    assert kept_mb - before_mb > 60.0
