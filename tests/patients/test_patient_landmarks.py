"""Landmarks without a camera: noise as it is asked for, and bursts in which somebody is lost."""

from __future__ import annotations

import numpy as np
import pytest

from rehabgames.core.landmarks import POSE
from rehabgames.patients import Dropouts, Patient, Tracked, frame_of, nobody
from rehabgames.patients.landmarks import ORIGIN, PX_PER_M

BODY = Patient("healthy", "right", 1).step(None, 0.0)


def frames(tracked: Tracked, seconds: float = 60.0) -> list[np.ndarray]:
    return [tracked.frame(BODY, i / 30, i).points_px for i in range(round(seconds * 30))]


def test_a_frame_without_noise_is_the_body() -> None:
    frame = frame_of(BODY, 2.0, 60)
    for name, (x, y) in BODY.joints.items():
        assert frame.points_px[POSE[name]] == pytest.approx(
            (ORIGIN[0] + PX_PER_M * x, ORIGIN[1] - PX_PER_M * y)
        )
    assert np.isfinite(frame.points_px).all()
    assert (frame.t_s, frame.index) == (2.0, 60)
    assert not nobody(1.0, 3).has_body


@pytest.mark.parametrize("noise_px", [0.5, 2.0])
def test_the_noise_has_the_asked_spread(noise_px: float) -> None:
    still = frame_of(BODY, 0.0, 0).points_px
    off = np.array([frame_of(BODY, 0.0, i, noise_px, 3).points_px - still for i in range(200)])
    assert off.std() == pytest.approx(noise_px, rel=0.03)
    assert abs(off.mean()) < 0.05 * noise_px


def test_the_noise_depends_on_seed_and_index_alone() -> None:
    one, same = (frame_of(BODY, t, 4, 1.0, 9).points_px for t in (0.0, 5.0))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, frame_of(BODY, 0.0, 5, 1.0, 9).points_px)
    assert not np.array_equal(one, frame_of(BODY, 0.0, 4, 1.0, 8).points_px)
    with pytest.raises(ValueError, match="noise_px"):
        frame_of(BODY, 0.0, 0, -1.0)


@pytest.mark.parametrize("part", ["arm", "body"])
def test_dropouts_are_bursts_of_what_is_lost(part: str) -> None:
    lost = Dropouts(10.0, 0.6, part)  # type: ignore[arg-type]
    points = np.array(frames(Tracked("left", 5, dropouts=lost), 600.0))
    gone = np.isnan(points[:, POSE["left_wrist"], 0])
    bursts = np.flatnonzero(np.diff(gone.astype(int)) == 1)
    assert len(bursts) == pytest.approx(10.0 * 10 / (1 + 0.1), rel=0.25)
    assert gone.mean() == pytest.approx(0.6 / 6.6, rel=0.3)
    assert np.isnan(points[gone][:, POSE["nose"]]).all() == (part == "body")
    assert np.isfinite(points[~gone]).all()


def test_more_and_longer_dropouts_lose_more() -> None:
    shares = [
        np.isnan(np.array(frames(Tracked("right", 2, dropouts=Dropouts(often, long_s)), 300.0))).mean()
        for often, long_s in ((0.0, 0.5), (3.0, 0.5), (12.0, 0.5), (12.0, 2.0))
    ]
    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert shares[1] > 0.0


def test_the_same_seed_loses_the_same() -> None:
    one, same, other = (np.array(frames(Tracked("right", seed, dropouts=Dropouts()))) for seed in (1, 1, 2))
    assert np.array_equal(one, same, equal_nan=True)
    assert not np.array_equal(np.isnan(one), np.isnan(other))
