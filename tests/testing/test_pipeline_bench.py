"""The benches of the pipeline: every loop runs, on the same pictures, and its numbers say what they are."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from rehabgames.app.resources import LOW_FPS, LOW_SCENES
from rehabgames.core.errors import VideoError
from rehabgames.testing.lag_bench import bench_lag
from rehabgames.testing.pipeline_bench import bench_hands, bench_pipeline
from rehabgames.tracking.opening import open_source
from rehabgames.tracking.sources import ReplaySpec

pytestmark = [pytest.mark.camera, pytest.mark.timeout(240)]


def test_the_loops_are_measured_on_the_same_pictures_and_low_power_takes_less() -> None:
    found = bench_pipeline(30.0, rounds=1, seconds=2.0).as_json()
    assert {"bare", "naive", "game", "low"} <= set(found)
    for name in ("bare", "naive", "game", "low"):
        assert 1.0 < found[name]["tracked_fps"] <= 31.0
        assert found[name]["rss_mb"] > 100
    assert found["game"]["flip_p50_ms"] > 1.0
    assert found["low"]["tracked_fps"] <= 1.05 * LOW_FPS
    assert found["low"]["rendered_fps"] <= 1.05 * LOW_SCENES
    assert found["low_cores_to_game"] == pytest.approx(
        found["low"]["cores"] / found["game"]["cores"], abs=0.01
    )
    assert found["tracked_to_bare"] == pytest.approx(
        found["game"]["tracked_fps"] / found["bare"]["tracked_fps"], abs=0.01
    )


@pytest.mark.endurance
def test_body_and_hands_are_measured_against_both_networks_side_by_side() -> None:
    found = bench_hands(rounds=1, seconds=2.0)
    assert min(found.values()) > 0
    slower = min(found["bare_fps"], found["hands_fps"])
    assert found["tracked_to_slower"] == pytest.approx(found["game_fps"] / slower, abs=0.01)


def test_a_hand_that_swings_is_shown_nearer_to_where_it_is() -> None:
    found = bench_lag(25.0, who=(0,), movements=("1 Hz",)).as_json()
    swing = found["moves"]["1 Hz"]
    assert 25.0 < swing["raw_ms"] < 120.0
    assert swing["ratio"] <= 0.35
    assert found["overshoot_median"] <= 0.05
    assert found["jitter_to_filter"] <= 1.05


def test_a_replay_gives_the_pictures_of_a_file_over_and_over(tmp_path) -> None:
    pictures = np.arange(3 * 4 * 6 * 3, dtype=np.uint8).reshape(3, 4, 6, 3)
    np.save(tmp_path / "film.npy", pictures)
    source = open_source(ReplaySpec(tmp_path / "film.npy", None))
    assert (source.size, source.live, source.total) == ((6, 4), True, None)
    read = [source.read() for _ in range(7)]
    assert [each.index for each in read if each] == list(range(7))
    for i, each in enumerate(read):
        assert each is not None
        assert np.array_equal(each.bgr, pictures[i % 3])
    assert all(b.t_s >= a.t_s for a, b in itertools.pairwise(read) if a and b)


def test_a_replay_keeps_the_pace_of_a_camera(tmp_path) -> None:
    np.save(tmp_path / "film.npy", np.zeros((2, 4, 6, 3), np.uint8))
    source = open_source(ReplaySpec(tmp_path / "film.npy", 50.0))
    read = [source.read() for _ in range(11)]
    assert read[0] is not None
    assert read[-1] is not None
    took = read[-1].t_s - read[0].t_s
    assert took == pytest.approx((read[-1].index - read[0].index) / 50.0, abs=0.03)


@pytest.mark.parametrize("content", [b"", b"no array", None])
def test_a_replay_of_something_else_is_one_sentence(tmp_path, content) -> None:
    path = tmp_path / "film.npy"
    if content is None:
        np.save(path, np.zeros((3, 4)))
    else:
        path.write_bytes(content)
    with pytest.raises(VideoError, match="pictures"):
        open_source(ReplaySpec(path))
