"""Hazard H2 in a session: a trunk that leans far over pauses the play, and calm lets it go on."""

from __future__ import annotations

import pytest

from rehabgames.core.limits import Limits
from rehabgames.core.person import Profile
from rehabgames.core.sample import Sample
from rehabgames.patients import frame_of
from rehabgames.patients.stance import Stance, body_of
from rehabgames.safety import MOST_SHIFT, Guard
from rehabgames.safety.balance import TILT_DEG
from rehabgames.session.pausing import Pausing
from rehabgames.session.ranges import shift_of
from rehabgames.signals import compute

FPS = 30


def leaning(lean_deg: float, seconds: float, *, playing: bool = True) -> tuple[Pausing, list[str | None]]:
    """Upright for a second, so long over, then upright again for three."""
    pausing, why = Pausing(Guard(Limits(), ())), list[str | None]()
    for i in range(round(FPS * (4 + seconds))):
        now_s = i / FPS
        over = 1.0 <= now_s < 1.0 + seconds
        sample = Sample(now_s, guards={"trunk_lean": lean_deg if over else 0.0}, at=(0.0, 0.0), present=True)
        pausing.picture(now_s)
        why.append(pausing.update(sample, now_s, seen=True, playing=playing))
    return pausing, why


@pytest.mark.parametrize("lean_deg", [-30.0, 21.0])
def test_hazard_h2_a_trunk_far_over_pauses_and_a_second_of_calm_lets_go_on(lean_deg: float) -> None:
    pausing, why = leaning(lean_deg, 1.0)
    paused = [i / FPS for i, each in enumerate(why) if each == "trunk_tilt"]
    assert 1.0 < paused[0] <= 1.5
    assert paused[-1] == pytest.approx(3.0, abs=0.1)  # back at 2 s, and steady for one more
    assert why[-1] is None
    assert not pausing.over_range


@pytest.mark.parametrize(("lean_deg", "seconds"), [(19.0, 2.0), (30.0, 0.1)])
def test_a_lean_that_is_asked_for_and_a_moment_pause_nothing(lean_deg: float, seconds: float) -> None:
    assert set(leaning(lean_deg, seconds)[1]) == {None}


def test_a_calibration_asks_for_leans() -> None:
    assert set(leaning(30.0, 1.0, playing=False)[1]) == {None}


def test_hazard_h2_no_shift_that_counts_as_the_own_one_leans_as_far_as_that() -> None:
    """Whatever a calibration found: all of the own shift is a lean that stays under the tilt that pauses."""
    found = {"seated_shift.left": -0.4, "seated_shift.right": 0.1}
    far = shift_of(Profile("p", "right", found=found), "seated_shift")
    assert (far.left, far.right) == (-MOST_SHIFT["seated_shift"], 0.1)
    leans = [float(deg) for deg in range(-30, 1)]
    frames = [frame_of(body_of(Stance(lean_deg=deg)), i / FPS, i) for i, deg in enumerate(leans)]
    shifts = compute(frames, ["seated_shift"])["seated_shift"]
    asked = [deg for deg, shift in zip(leans, shifts, strict=True) if far.share(shift) >= -1.0]
    assert -TILT_DEG + 3.0 <= min(asked) <= -10.0
