"""What the tracking process weighs of itself: a film that it maps is no leak."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from rehabgames.tracking.loop import memory_mb
from rehabgames.tracking.opening import open_source
from rehabgames.tracking.sources import ReplaySpec

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux tells it")


def test_a_long_film_is_no_leak_and_what_is_kept_is(tmp_path: Path) -> None:
    np.save(tmp_path / "film.npy", np.zeros((90, 480, 640, 3), np.uint8))
    source = open_source(ReplaySpec(tmp_path / "film.npy", None))
    source.read()
    before_mb = memory_mb()
    for _ in range(89):
        source.read()
    assert memory_mb() - before_mb < 20.0
    kept = [np.ones(83_000_000, np.uint8)]
    assert memory_mb() - before_mb > 60.0
    assert len(kept) == 1
