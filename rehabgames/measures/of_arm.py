"""What the arms did: reaches, smoothness, the trunk's share, signs of compensation, throughput."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np

from rehabgames.core.landmarks import Side
from rehabgames.core.measured import Measured, Validity
from rehabgames.core.message import Message
from rehabgames.core.pose import Array
from rehabgames.measures import fitts, reach, smoothness
from rehabgames.measures.compensation_signs import SignsOfRepetition, Task, compensation_of, rest_of
from rehabgames.measures.fatigue import fatigue_measures
from rehabgames.measures.material import Material, Try
from rehabgames.measures.movement import hand_path, movements
from rehabgames.measures.reaching import Reach, find_reach
from rehabgames.measures.trunk_share import trunk_of_reach
from rehabgames.measures.typical import typical

SMALLEST = 0.2  # arm lengths that the hand must travel to have reached
STRAYING = 1.3  # farthest from where it began over where it ended: more is out and back
AROUND_S = 2.0  # of the hand before and after a reach, for the filters
BEFORE_S = 0.4  # looked at before a movement that no cue announced
ONE_DISTANCE = 0.2  # spread of the distances, as a share of their median, that still is one distance
WIDEST = 3.0  # times of the goal's radius within which an end still is an answer to the target


# a sign of compensation → the share of reaches that show it
SIGNS = {"trunk_lean": "trunk_lean_share", "head_tilt": "head_tilt_share"}
# what shows that somebody tires → whether less of it is better
TIRING = {"peak_velocity": False, "movement_time": True, "sparc": False, "trunk_share": True}


@dataclass(frozen=True, slots=True)
class Reaching:
    """One reach of a hand, and the trial that asked for it (None: nobody asked)."""

    found: Reach
    asked: Try | None


def reaches(material: Material, side: Side) -> list[Reaching]:
    """Of a session, one for each trial; of a recording without trials, every movement from here to there."""
    t_s, xy = material.rec.t_s, material.hand(side)
    noise = material.noise_arms(side)

    def found_between(cue_s: float, reached_s: float) -> Reach:
        # only what lies around it: the cost must not grow with what came before and after
        near = slice(*np.searchsorted(t_s, [cue_s - AROUND_S, reached_s + AROUND_S]))
        return find_reach(t_s[near], xy[near], noise=noise, cue_s=cue_s, reached_s=reached_s)

    if material.tries:
        return [Reaching(found_between(each.cue_s, _until(each)), each) for each in material.tries]
    path = hand_path(t_s, xy, noise=noise)
    found = []
    for one in movements(path, smallest=SMALLEST):
        way = path.xy[one.first : one.stop]
        if np.isfinite(way).all() and _out_and_back(way):
            continue
        found.append(Reaching(found_between(one.onset_s - BEFORE_S, one.offset_s), None))
    return found


def _until(asked: Try) -> float:
    return asked.reached_s if math.isfinite(asked.reached_s) else asked.end_s


def _out_and_back(way: Array) -> bool:
    """Two movements without a rest between them: neither path nor smoothness of one is in it."""
    from_start = np.linalg.norm(way - way[0], axis=1)
    return bool(from_start.max() > STRAYING * from_start[-1])


def arm_measures(material: Material, side: Side) -> list[Measured]:
    """Medians over the reaches of one hand, and what goes with them."""
    found = reaches(material, side)
    if not found:
        return []
    each = [_of_one(material, side, made) for made in found]
    results = [_counted("reaches", side, found), *typical((one for of_one in each for one in of_one), side)]
    results += _signs(material, side, found)
    results += _aimed(material, side, found)
    return results + _tiring(side, found, each)


def _of_one(material: Material, side: Side, made: Reaching) -> list[Measured]:
    cue_s = made.asked.cue_s if made.asked else math.nan
    return [
        *reach.measured(made.found, of=side, cue_s=cue_s, delay=material.delay),
        *smoothness.measured(made.found, of=side),
        *_trunk(material, side, made),
    ]


def _tiring(side: Side, found: list[Reaching], each: list[list[Measured]]) -> list[Measured]:
    """Slopes over the reaches, at the difficulty that each one had."""
    levels = np.array([one.asked.level if one.asked else math.nan for one in found])
    difficulty = levels if np.isfinite(levels).any() else None
    results = []
    for name, lower_is_better in TIRING.items():
        of_name = [one for of_one in each for one in of_one if one.name == name]
        if of_name:
            values = np.array([one.value for one in of_name])
            results += fatigue_measures(
                f"{name}.{side}",
                values,
                of_name[0].unit,
                difficulty=difficulty,
                lower_is_better=lower_is_better,
            )
    return results


def _counted(name: str, side: Side, found: list[Reaching]) -> Measured:
    made = sum(one.found.movement is not None for one in found)
    return Measured(
        name, side, float(made), "", Message(f"how.{name}", {"n": made}), coverage=made / len(found)
    )


def _trunk(material: Material, side: Side, made: Reaching) -> list[Measured]:
    movement = made.found.movement
    start_s, end_s = (movement.onset_s, movement.offset_s) if movement else (0.0, 0.0)
    return trunk_of_reach(material.rec, side, start_s, end_s, material.scale, noise=material.noise)


def _signs(material: Material, side: Side, found: list[Reaching]) -> list[Measured]:
    """Share of the reaches in which the trunk leaned or the head tilted. Elbows are nobody's business
    here: a target may be near."""
    spans = [
        (made.found.movement.onset_s, made.asked.end_s if made.asked else made.found.movement.offset_s)
        for made in found
        if made.found.movement
    ]
    task = Task((side,))
    traces = {name: material.traces[name] for name in task.signals}
    if material.rested is None:
        none = Validity.NO_BASELINE
        return [
            Measured(name, side, math.nan, "%", Message(f"how.{name}", {"n": 0}), none, 0.0)
            for name in SIGNS.values()
        ]
    judged = compensation_of(traces, rest_of(traces, *material.rested), spans, task)
    return [_share(judged, sign, name, side) for sign, name in SIGNS.items()]


def _share(judged: list[SignsOfRepetition], sign: str, name: str, side: Side) -> Measured:
    seen = [one for each in judged for one in each.signs if one.name == sign and one.measured.good]
    lost = [one.measured.validity for each in judged for one in each.signs if one.name == sign]
    bad = [validity for validity in lost if validity is not Validity.GOOD]
    why = Validity.GOOD if seen else (Counter(bad).most_common(1)[0][0] if bad else Validity.TOO_FEW)
    value = 100.0 * sum(one.flagged for one in seen) / len(seen) if seen else math.nan
    how = Message(f"how.{name}", {"n": len(seen)})
    return Measured(name, side, value, "%", how, why, len(seen) / max(1, len(judged)))


def _aimed(material: Material, side: Side, found: list[Reaching]) -> list[Measured]:
    """Throughput and endpoint errors, where trials had targets. Ends are read in play coordinates."""
    aimed = [one for one in found if one.asked is not None and one.found.movement is not None]
    if not aimed:
        return []
    x, y = material.traces[f"hand_x.{side}"], material.traces[f"hand_y.{side}"]
    places = np.stack([x.x, y.x], axis=1)
    starts, ends, targets, times, widths = [], [], [], [], []
    for one in aimed:
        assert one.asked is not None
        assert one.found.movement is not None
        start, end = (
            _at(x.t_s, places, s) for s in (one.found.movement.onset_s, one.found.movement.offset_s)
        )
        if np.linalg.norm(end - np.array(one.asked.target)) > WIDEST * one.asked.radius:
            continue
        starts.append(start)
        ends.append(end)
        targets.append(one.asked.target)
        times.append(one.found.movement.duration_s if one.found.movement.whole else math.nan)
        widths.append(2 * one.asked.radius)
    if not starts:
        return []
    points = [np.array(each, dtype=np.float64) for each in (ends, targets, starts)]
    width = float(np.median(widths))
    errors = reach.endpoints_measured(points[0], points[1], points[2], width, of=side)
    far = np.linalg.norm(points[1] - points[2], axis=1)
    if not np.ptp(far) <= ONE_DISTANCE * np.median(far):
        return errors  # trials that differ in distance are not a sequence (ISO 9241-411)
    return [*errors, *fitts.measured(points[2], points[1], points[0], np.array(times), width, of=side)]


def _at(t_s: Array, places: Array, at_s: float) -> Array:
    """The place at a time: the nearest sample; NaN where it was not seen."""
    return np.asarray(places[int(np.argmin(np.abs(t_s - at_s)))])
