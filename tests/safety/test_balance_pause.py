"""Hazard H2 (balance lost, game goes on): scripted people at several picture rates."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from rehabgames.safety import Balance

RATES = [10.0, 15.0, 30.0, 60.0]
Person = Callable[[float], dict[str, float | bool]]
CALM = {"lean_deg": 0.0, "hip_height": 1.0, "seen": True, "moving": True, "out_of_zone": False}


def told(
    person: Person, fps: float, seconds: float, baseline: float = 0.0, phase: float = 0.0
) -> list[tuple[float, str]]:
    """(time, sign) of every step that pauses."""
    balance, found = Balance(baseline), []
    for i in range(round(seconds * fps)):
        t = (i + phase) / fps
        sign = balance.update(**(CALM | person(t)), now_s=t)  # type: ignore[arg-type]
        found += [(t, sign)] if sign is not None else []
    return found


def topples(t: float) -> dict[str, float | bool]:
    return {"lean_deg": 8.0 if t < 2 else min(60.0, 8 + 120 * (t - 2))}


def buckles(t: float) -> dict[str, float | bool]:
    """Half of gravity's acceleration with a leg of 0.85 m, from 2 s on, to the floor."""
    return {"hip_height": 1.0 if t < 2 else max(0.1, 1.0 - 0.5 * 9.81 / 2 * (t - 2) ** 2 / 0.85)}


def steps_out(t: float) -> dict[str, float | bool]:
    return {"out_of_zone": t >= 2}


def vanishes(t: float) -> dict[str, float | bool]:
    return {"seen": t < 2, "lean_deg": 0.0 if t < 2 else math.nan, "moving": t < 2}


SIGNS = {topples: "trunk_tilt", buckles: "hip_drop", steps_out: "out_of_zone", vanishes: "lost_moving"}


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("person", SIGNS)
def test_hazard_h2_every_sign_pauses_within_500_ms(person: Person, fps: float) -> None:
    within = []
    for phase in np.linspace(0, 0.99, 20):
        first, sign = told(person, fps, 4, phase=float(phase))[0]
        assert sign == SIGNS[person]
        begun = 2 + 0.1 if person is topples else 2.0  # 20° are passed 0.1 s after the toppling began
        within.append(first - begun)
    assert min(within) > 0
    assert max(within) <= 0.5


@pytest.mark.parametrize("fps", RATES)
def test_hazard_h2_noisy_people_are_noticed_within_500_ms(fps: float) -> None:
    late = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)

        def sways(t: float, rng: np.random.Generator = rng) -> dict[str, float | bool]:
            return {"lean_deg": topples(t)["lean_deg"] + float(rng.normal(0, 2))}

        first = told(sways, fps, 4)
        late += not (2.0 <= first[0][0] <= 2.6)
    assert late <= 5


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("baseline", [0.0, 12.0, -12.0])
def test_leaning_games_below_20_degrees_never_pause_h2(fps: float, baseline: float) -> None:
    for seed in range(5):
        rng = np.random.default_rng(seed)
        found = told(
            lambda t, rng=rng: {  # type: ignore[misc]
                "lean_deg": baseline + 17 * math.sin(2 * math.pi * 0.4 * t) + float(rng.normal(0, 1)),
                "hip_height": 0.6 + float(rng.normal(0, 0.02)),
            },
            fps,
            60,
            baseline,
        )
        assert found == []


@pytest.mark.parametrize("fps", RATES)
def test_sitting_down_in_a_second_and_a_half_is_no_drop_h2(fps: float) -> None:
    def sits(t: float) -> dict[str, float | bool]:
        s = min(1.0, max(0.0, (t - 1) / 1.5))
        return {"hip_height": 1.0 - 0.5 * (10 * s**3 - 15 * s**4 + 6 * s**5)}

    assert told(sits, fps, 5) == []


def seq(balance: Balance, *steps: dict[str, float | bool]) -> list[str | None]:
    """Steps of 0.1 s from 0 on."""
    return [balance.update(**(CALM | step), now_s=i / 10) for i, step in enumerate(steps)]  # type: ignore[arg-type]


def test_the_tilt_is_over_the_baseline_to_either_side_and_lasts_200_ms() -> None:
    over = {"lean_deg": 25.1}
    assert seq(Balance(5.0), over, over, over) == [None, None, "trunk_tilt"]
    assert seq(Balance(5.0), *[{"lean_deg": -15.1}] * 3)[2] == "trunk_tilt"
    assert seq(Balance(5.0), *[{"lean_deg": 25.0}, {"lean_deg": -15.0}] * 3) == [None] * 6
    assert seq(Balance(math.nan), *[{"lean_deg": 20.1}] * 3)[2] == "trunk_tilt"
    assert seq(Balance(math.inf), *[{"lean_deg": 19.9}] * 3) == [None] * 3
    assert seq(Balance(0.0), over, {"lean_deg": math.nan}, over) == [None, None, "trunk_tilt"]
    assert seq(Balance(0.0), over, {"lean_deg": 0.0}, over, over) == [None] * 4


def test_a_foot_out_for_one_picture_is_none() -> None:
    out = {"out_of_zone": True}
    assert seq(Balance(0.0), out, out, {}, {}) == [None] * 4
    assert seq(Balance(0.0), out, out, out) == [None, None, "out_of_zone"]


def test_a_drop_is_of_three_tenths_of_a_leg_within_four_tenths_of_a_second() -> None:
    def heights(*values: float) -> list[str | None]:
        return seq(Balance(0.0), *[{"hip_height": v} for v in values])

    assert heights(1.0, 0.9, 0.8, 0.75, 0.69)[4] == "hip_drop"
    assert heights(1.0, 0.9, 0.8, 0.75, 0.71) == [None] * 5
    assert heights(1.0, 0.93, 0.86, 0.79, 0.72, 0.65) == [None] * 6
    assert heights(1.0, math.nan, math.nan, 0.6)[3] == "hip_drop"
    assert heights(0.5, 0.25, 0.6, 0.9, 1.3) == [None] * 5


def test_hips_that_are_not_seen_are_no_drop() -> None:
    assert seq(Balance(0.0), *[{"hip_height": math.nan}] * 5) == [None] * 5


def test_the_edges_of_a_drop_count_as_one() -> None:
    assert seq(Balance(0.0), {"hip_height": 0.75}, {"hip_height": 0.75 - 0.3 - 1e-9})[1] == "hip_drop"
    four = [{"hip_height": h} for h in (1.0, 0.9, 0.9, 0.9, 0.6)]
    assert seq(Balance(0.0), *four)[4] == "hip_drop"


def test_nobody_who_was_never_seen_is_lost() -> None:
    assert seq(Balance(0.0), *[{"seen": False, "moving": False}] * 8) == [None] * 8


def test_lost_counts_only_where_the_person_moved() -> None:
    gone = {"seen": False, "moving": False}
    still = {"moving": False}
    assert seq(Balance(0.0), {}, gone, gone, gone, gone) == [None] * 4 + ["lost_moving"]
    assert seq(Balance(0.0), {}, still, gone, gone, gone, gone, gone) == [None] * 7
    assert (
        seq(Balance(0.0), still, gone, gone, gone | {"moving": True}, gone, gone)[4:] == ["lost_moving"] * 2
    )


def test_a_pause_stands_until_all_was_steady_for_a_second() -> None:
    over, gone = {"lean_deg": 30.0}, {"seen": False}
    found = seq(Balance(0.0), over, over, over, *[{}] * 25)
    assert found[2] == "trunk_tilt"
    assert found[3:13] == ["trunk_tilt"] * 10
    assert set(found[13:]) == {None}
    unseen = seq(Balance(0.0), over, over, over, *[{}] * 8, gone, gone, *[{}] * 12)
    assert unseen[13:16] == ["trunk_tilt"] * 3


def test_of_several_signs_the_tilt_is_said_first() -> None:
    both = {"lean_deg": 30.0, "out_of_zone": True}
    assert seq(Balance(0.0), both, both, both | {"hip_height": 0.5})[2] == "trunk_tilt"
    out = {"out_of_zone": True}
    assert seq(Balance(0.0), out, out, out | {"hip_height": 0.5})[2] == "hip_drop"


@pytest.mark.parametrize("now_s", [math.nan, math.inf])
def test_a_time_that_is_no_number_moves_nothing(now_s: float) -> None:
    balance = Balance(0.0)
    over = CALM | {"lean_deg": 30.0}
    assert balance.update(**over, now_s=now_s) is None  # type: ignore[arg-type]
    assert seq(balance, over, over, over)[2] == "trunk_tilt"
    assert balance.update(**CALM, now_s=now_s) == "trunk_tilt"  # type: ignore[arg-type]


def test_a_clock_that_goes_back_only_delays() -> None:
    balance = Balance(0.0)
    times = [5.0, 5.1, 1.0, 1.1, 1.2]
    found = [balance.update(**(CALM | {"lean_deg": 30.0, "hip_height": 1 - t / 9}), now_s=t) for t in times]  # type: ignore[arg-type]
    assert found == [None, None, None, "trunk_tilt", "trunk_tilt"]


def test_slow_pictures_pause_all_the_same() -> None:
    """Three pictures a second: the second one that is over is enough."""
    balance = Balance(0.0)
    found = [balance.update(**(CALM | {"lean_deg": 30.0}), now_s=i / 3) for i in range(3)]  # type: ignore[arg-type]
    assert found == [None, "trunk_tilt", "trunk_tilt"]
