"""Every number of a kind shows in the movement: more of it is more to see."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from rehabgames.core.errors import UnknownNameError
from rehabgames.core.view import Guide, Hand, Target, View
from rehabgames.patients import KINDS, TRAITS, Body, Kind, Patient, person_named
from rehabgames.patients.kinds import RANGES

HZ = 100
PLAIN = Kind(0.3, 0.6, 0.95, 0.95, 0.0, 0.0, tremor_m=0.0)


def place(body: Body) -> np.ndarray:
    shoulder, wrist = (np.array(body.joints[f"right_{joint}"]) for joint in ("shoulder", "wrist"))
    return (wrist - shoulder) / body.build.arm * (-1, 1)


def view(x: float, y: float, number: int = 1, kind: Any = "pick", hand: Hand | None = None) -> View:
    target = Target(kind, x, y, 0.13, 0.0, number)
    return View(0.0, "play", "orchard", "right", 0, (-1, -1, 1, 1), target=target, hand=hand)


class Moved:
    """A patient that sees its own hand, without delay, and does as it is shown; places at 100 Hz."""

    def __init__(self, kind: Kind, seed: int = 1) -> None:
        self.patient, self.t_s = Patient(kind, "right", seed), 0.0

    def see(self, x: float, y: float, number: int, seconds: float, kind: str = "pick") -> np.ndarray:
        path = []
        hand = None
        for _ in range(round(seconds * HZ)):
            body = self.patient.step(view(x, y, number, kind, hand), self.t_s)
            path.append(place(body))
            hand = Hand(*path[-1], sure=1.0)
            self.t_s += 1 / HZ
        self.lean_deg = math.degrees(body.lean_rad)
        return np.array(path)


def first(kind: Kind, seed: int = 1, x: float = 0.6, y: float = -0.3, seconds: float = 5.0) -> np.ndarray:
    return Moved(kind, seed).see(x, y, 1, seconds)


def travelled(path: np.ndarray) -> float:
    return float(np.hypot(*np.diff(path, axis=0).T).sum())


def band_power(path: np.ndarray, low: float, high: float) -> float:
    x = path[:, 0] - path[:, 0].mean()
    power = np.abs(np.fft.rfft(x * np.hanning(len(x)))) ** 2
    hz = np.fft.rfftfreq(len(x), 1 / HZ)
    return float(power[(hz >= low) & (hz <= high)].sum())


def onset_s(kind: Kind, x: float = 0.6) -> float:
    path = first(kind, x=x)
    away = np.hypot(*(path - path[0]).T)
    return float(np.argmax(away > 0.02)) / HZ


def time_there_s(kind: Kind, seed: int = 1) -> float:
    path = first(kind, seed)
    off = np.hypot(*(path - (0.6, -0.3)).T)
    return float(np.flatnonzero(off > 0.13)[-1]) / HZ


def end_x(kind: Kind, seed: int) -> float:
    return float(first(kind, seed, x=1.4, y=-0.05)[-1][0])


def aside(path: np.ndarray) -> float:
    """Greatest distance from the line between the ends of the first movement."""
    path = path[: round(1.1 * HZ)]
    chord = path[-1] - path[0]
    away = path - path[0]
    return float(np.abs(away[:, 0] * chord[1] - away[:, 1] * chord[0]).max() / np.hypot(*chord))


def passed(kind: Kind, seed: int = 1) -> float:
    """How far beyond the target the hand was, along the way to it."""
    path = first(kind, seed)
    way = np.array((0.6, -0.3)) - path[0]
    return float(((path - path[0]) @ way / (way @ way)).max() - 1.0)


def arm_out(kind: Kind) -> Body:
    patient = Patient(kind, "right", 1)
    asked = Guide("arm_out", "right", False, 0.0, 0, 1, 1)
    what = View(0.0, "calibrate", "orchard", "right", 0, (-1, -1, 1, 1), guide=asked)
    return [patient.step(what, i / 50) for i in range(400)][-1]


def elbow_deg(body: Body) -> float:
    s, e, w = (np.array(body.joints[f"right_{j}"]) for j in ("shoulder", "elbow", "wrist"))
    a, b = s - e, w - e
    return 180.0 - math.degrees(math.acos(float(a @ b / np.hypot(*a) / np.hypot(*b))))


SEEN: dict[str, tuple[float, float, Any]] = {
    # name: (less, more, what then is larger)
    "reaction_s": (0.2, 0.8, onset_s),
    "movement_s": (0.4, 1.5, time_there_s),
    "reach": (0.5, 0.9, lambda k: float(np.hypot(*first(k, x=0.02, y=-1.4)[-1]))),
    "reach_up": (0.5, 0.9, lambda k: end_x(k, 1)),
    "reach_spread": (
        0.0,
        0.15,
        lambda k: float(np.std([end_x(replace(k, reach=0.7, reach_up=0.7), s) for s in range(8)])),
    ),
    "noise": (0.0, 0.2, lambda k: float(np.std([passed(k, s) for s in range(8)]))),
    "tremor_m": (0.002, 0.02, lambda k: band_power(first(replace(k, tremor_hz=5.0)), 4, 6)),
    "tremor_rest": (
        0.1,
        1.0,
        lambda k: band_power(np.array(at_rest(replace(k, tremor_m=0.02, tremor_hz=5.0))), 4, 6),
    ),
    "tremor_action": (
        0.1,
        1.0,
        lambda k: band_power(first(replace(k, tremor_m=0.02, tremor_hz=5.0))[200:], 4, 6),
    ),
    "intention_m": (0.0, 0.02, lambda k: band_power(first(replace(k, intention_hz=4.0))[200:], 3, 5)),
    "trunk_deg": (2.0, 12.0, lambda k: leant(k, 1.2)),
    "synergy": (0.0, 0.8, lambda k: elbow_deg(arm_out(k))),
    "gain": (1.0, 1.3, passed),
    "gain_spread": (0.0, 0.2, lambda k: float(np.std([passed(k, s) for s in range(8)]))),
    "bow": (0.0, 0.3, lambda k: float(np.mean([aside(first(k, s)) for s in range(6)]))),
    "halts": (0.0, 1.0, lambda k: time_there_s(replace(k, halt_s=0.8))),
    "halt_s": (0.1, 1.5, lambda k: time_there_s(replace(k, halts=1.0))),
    "neglect_delay_s": (0.0, 2.0, lambda k: onset_s(replace(k, neglect="right"))),
    "neglect_miss": (
        0.0,
        0.8,
        lambda k: sum(travelled(first(replace(k, neglect="right"), s)) < 0.05 for s in range(12)),
    ),
    "effort": (1.0, 6.0, lambda k: Patient(k, "right", 1).answer("effort")),
}


def at_rest(kind: Kind) -> list[np.ndarray]:
    patient = Patient(kind, "right", 1)
    return [place(patient.step(None, i / HZ)) for i in range(4 * HZ)]


def leant(kind: Kind, x: float) -> float:
    moved = Moved(kind)
    moved.see(x, -0.05, 1, 4.0)
    return moved.lean_deg


@pytest.mark.parametrize("name", sorted(SEEN))
def test_more_of_it_is_more_to_see(name: str) -> None:
    less, more, seen = SEEN[name]
    one, other = seen(replace(PLAIN, **{name: less})), seen(replace(PLAIN, **{name: more}))
    assert other > one + 0.01 * abs(one)
    assert other > 1e-3


@pytest.mark.parametrize("what", ["tremor", "intention"])
@pytest.mark.parametrize("hz", [4.0, 6.0])
def test_a_tremor_has_its_rate(what: str, hz: float) -> None:
    kind = replace(PLAIN, **{f"{what}_m": 0.02, f"{what}_hz": hz})
    held = first(kind)[200:]
    assert band_power(held, hz - 0.5, hz + 0.5) > 0.9 * band_power(held, 1.5, 12)


def test_an_intention_tremor_grows_on_the_way_to_the_target() -> None:
    kind = replace(PLAIN, movement_s=3.0, intention_m=0.02)
    smooth, shaken = first(replace(kind, intention_m=0.0)), first(kind)
    off = np.hypot(*(shaken - smooth).T)
    assert off[:100].max() < 0.002
    assert off[-100:].max() > 0.02


@pytest.mark.parametrize(("comfort", "helps"), [(1.0, False), (0.5, True)])
def test_the_trunk_helps_beyond_what_is_comfortable_and_more_with_distance(
    comfort: float, helps: bool
) -> None:
    kind = replace(PLAIN, trunk_deg=15.0, comfort=comfort)
    near, middle, far = (leant(kind, x) for x in (0.4, 0.8, 1.2))
    assert near < 1
    assert (middle > 3) == helps
    assert far > middle + 3


def test_who_does_not_attend_corrects_later() -> None:
    def there(attention: float) -> float:
        kind = replace(PLAIN, gain=0.7, attention=attention)
        return float(np.mean([time_there_s(kind, seed) for seed in range(8)]))

    assert there(0.2) > there(1.0) + 0.3


def test_bradykinesia_makes_movements_smaller_and_slower_until_it_rests() -> None:
    kind = replace(PLAIN, amplitude_decrement=0.03, speed_decrement=0.05)
    moved = Moved(kind)
    peaks, ends = [], []
    for number in range(1, 13):
        x = 0.7 if number % 2 else 0.25
        path = moved.see(x, -0.4, number, 0.3 + 4.0)
        peaks.append(np.hypot(*np.diff(path, axis=0).T).max() * HZ)
        # the first movement ends where the speed is least, before its correction
        speed = np.hypot(*np.diff(path, axis=0).T)
        stops = np.flatnonzero((speed[:-1] > 1e-4) & (speed[1:] <= 1e-4))
        ends.append(abs(path[stops[0]][0] - path[0][0]) / 0.45)
    assert peaks[-1] < 0.7 * peaks[1]
    assert ends[-1] < 0.8 * ends[1]
    for _ in range(20 * HZ):
        moved.patient.step(None, moved.t_s)
        moved.t_s += 1 / HZ
    path = moved.see(0.7, -0.4, 99, 4.0)
    assert np.hypot(*np.diff(path, axis=0).T).max() * HZ > 1.2 * peaks[-1]


@pytest.mark.parametrize(("side", "late"), [("right", 0.6), ("left", -0.7)])
def test_neglect_is_of_one_side(side: Any, late: float) -> None:
    kind = replace(PLAIN, neglect=side, neglect_delay_s=2.0)
    assert onset_s(kind, late) > onset_s(kind, -late) + 1.0
    assert onset_s(kind, -late) < onset_s(PLAIN, -late) + 0.3


def test_neglect_misses_no_more_than_its_share_and_nothing_that_is_asked_aloud() -> None:
    kind = replace(PLAIN, neglect="right", neglect_miss=0.5)
    still = [travelled(first(kind, seed, seconds=1.5)) < 0.05 for seed in range(60)]
    assert 0.3 < np.mean(still) < 0.7
    asked = [travelled(Moved(kind, seed).see(0.6, -0.3, 1, 3.0, "farthest")) > 0.2 for seed in range(10)]
    assert all(asked)


def test_the_fugl_meyer_kinds_are_in_order() -> None:
    kinds = [KINDS[name] for name in ("healthy", "fma_mild", "fma_moderate", "fma_severe")]
    ends = [np.mean([end_x(kind, seed) for seed in range(6)]) for kind in kinds]
    times = [np.mean([time_there_s(kind, seed) for seed in range(6)]) for kind in kinds]
    leans = [leant(kind, 0.85) for kind in kinds]
    bows = [
        np.mean([aside(first(replace(PLAIN, bow=kind.bow), seed)) for seed in range(8)]) for kind in kinds
    ]
    assert ends == sorted(ends, reverse=True)
    assert times == sorted(times)
    assert leans == sorted(leans)
    assert bows == sorted(bows)


def test_ataxia_overshoots_and_curves_and_the_healthy_do_not() -> None:
    over = [np.mean([passed(KINDS[name], seed) for seed in range(8)]) for name in ("healthy", "ataxia")]
    curved = [
        np.mean([aside(first(KINDS[name], seed)) for seed in range(8)]) for name in ("healthy", "ataxia")
    ]
    assert over[1] > over[0] + 0.05
    assert curved[1] > 2 * curved[0]


@pytest.mark.parametrize("name", sorted(RANGES))
def test_a_number_out_of_its_range_is_refused_by_name(name: str) -> None:
    lowest, highest = RANGES[name]
    for bad in (lowest - 0.01, highest + 0.01, math.nan, math.inf):
        with pytest.raises(ValueError, match=name):
            replace(PLAIN, **{name: bad})
    for good in (lowest, highest):
        assert getattr(replace(PLAIN, **{name: good}), name) == good


def test_every_number_has_a_range_and_a_side_is_a_side() -> None:
    assert {each.name for each in fields(Kind)} - {"neglect"} == set(RANGES)
    with pytest.raises(ValueError, match="neglect"):
        replace(PLAIN, neglect="up")  # type: ignore[arg-type]


def test_a_person_is_a_kind_with_traits() -> None:
    kind, traits = person_named("moderate+fatigue+pain")
    assert kind == KINDS["moderate"]
    assert (traits.fatigue, traits.pain) == (TRAITS["fatigue"].fatigue, TRAITS["pain"].pain)
    assert traits.learning is None
    with pytest.raises(UnknownNameError, match="fatigue"):
        person_named("mild+fatige")
    assert Patient("mild+fatigue", "right", 1).traits.fatigue is not None
