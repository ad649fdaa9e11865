"""What is done to camera or tracker in mid-play, and what has to come of it: the bounds of H9 and H16."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from faulty_play import PROCESS, Seen, play_with

from rehabgames.tracking.sources import Fault, FaultKind

FREEZE_S, PAUSE_S, FOUND_S = 0.3, 1.0, 1.0
RESUME_S = 5.0  # after the camera is back, by countdown
NEW_TRACKER_S = 3.0
COUNTS_FROM_S = 1.35  # nobody seen for so long: it goes on by a countdown
SHORT_S = 0.5  # a camera away for less is open again before that
STUCK_S = 1.6
GOES_ON_S = {"unplugged": 5.0, "frozen": 5.0, "black": 5.0, "kill": 6.5, "stop": 7.0, "stuck": 5.5}


@dataclass(frozen=True)
class Harm:
    """kind: a fault of the camera from from_s to to_s, or what is done to the tracker's process at from_s."""

    kind: str
    from_s: float
    to_s: float

    @property
    def to_the_process(self) -> bool:
        return self.kind in (*PROCESS, "stuck")


@dataclass(frozen=True)
class Came:
    """What came of it. at_s: when it really began. Seconds after that: stopped, named (what is lacking is the
    camera), back (the next frame after it), on (the play); inf where that never was. blind_s: between the
    frames before and after."""

    harm: Harm
    at_s: float
    stopped_s: float
    named_s: float
    back_s: float
    on_s: float
    blind_s: float
    counted: tuple[int, ...]

    @property
    def on_after_s(self) -> float:
        """From when the camera was there again, or the new tracker."""
        since_s = self.back_s if self.harm.to_the_process else self.harm.to_s - self.at_s
        return self.on_s - since_s


def planned(kinds: Sequence[str], rng: np.random.Generator, *, shortest_s: float = 0.2) -> list[Harm]:
    """One after the other, each when the play has gone on for some seconds after the last."""
    at_s, harms = 1.0, list[Harm]()
    for kind in kinds:
        from_s = at_s + float(rng.uniform(0.0, 3.0))
        length_s = float(rng.uniform(*LENGTHS_S.get(kind, (0.0, 0.0))))
        length_s = max(length_s, shortest_s) if length_s else STUCK_S if kind == "stuck" else 0.0
        harms.append(Harm(kind, from_s, from_s + length_s))
        at_s = from_s + length_s + GOES_ON_S[kind] + 1.5
    return harms


LENGTHS_S = {"unplugged": (0.2, 8.0), "frozen": (0.7, 3.0), "black": (0.7, 3.0)}


def played(harms: Sequence[Harm], folder: Path) -> tuple[Seen, list[Came]]:
    """A session in which all that happens, and what came of each; harms to the process are given in order."""
    faults = tuple(_fault(harm) for harm in harms if harm.kind not in PROCESS)
    processes = [harm for harm in harms if harm.kind in PROCESS]
    ends_s = harms[-1].to_s + GOES_ON_S[harms[-1].kind] + 1.0
    seen = play_with(faults, ends_s, folder, harms={each.from_s: each.kind for each in processes})
    really = dict(zip([each.from_s for each in processes], seen.harmed_s, strict=False))
    return seen, [came_of(seen, harm, really.get(harm.from_s, harm.from_s)) for harm in harms]


def _fault(harm: Harm) -> Fault:
    kind: FaultKind = harm.kind  # type: ignore[assignment]
    return Fault(kind, harm.from_s, harm.to_s)


def came_of(seen: Seen, harm: Harm, at_s: float) -> Came:
    ends_s = max(at_s, harm.to_s)
    # a frame that was on its way when it began is none that came after it
    after = (captured for _, captured, fresh in seen.frames if fresh and captured > ends_s + 0.01)
    back_s = next(after, math.inf)
    before_s = max((captured for _, captured, fresh in seen.frames if captured <= at_s), default=-math.inf)
    # the picture that was on its way when it ended was captured before, and it goes on with that
    ended_s = back_s if harm.to_the_process else min(back_s, ends_s)
    on_s = seen.first(ended_s, lambda view: view.phase == "play")
    counted = [view.countdown for view in seen.between(at_s, on_s) if view.countdown]
    return Came(
        harm,
        at_s,
        seen.first(at_s, lambda view: view.phase == "paused") - at_s,
        seen.first(at_s, lambda view: view.lacks == "camera") - at_s,
        back_s - at_s,
        on_s - at_s,
        back_s - before_s,
        tuple(dict.fromkeys(counted)),
    )


def nothing_goes_on_over_an_old_picture(seen: Seen) -> None:
    """No target on the screen while the newest frame is older than FREEZE_S, in all of the session."""
    frames: Iterator[tuple[float, float, bool]] = iter(seen.frames)
    upcoming, newest_s = next(frames, None), -math.inf
    for t_s, view in seen.views:
        # the time of a view is when its step began, and the frame was taken just after that
        while upcoming is not None and upcoming[0] <= t_s + 0.001:
            newest_s = upcoming[1] if upcoming[2] else newest_s
            upcoming = next(frames, None)
        if t_s - newest_s > FREEZE_S + 0.001:
            assert view.target is None, f"a target over a picture of {t_s - newest_s:.3f} s, at {t_s:.2f}"


def in_time(came: Came, load_s: float = 0.0) -> None:
    """load_s: what a busy machine may add."""
    harm = came.harm
    if came.blind_s > FREEZE_S + 0.1 or harm.kind in ("frozen", "black"):
        assert came.stopped_s <= PAUSE_S + load_s, came
    if harm.to_the_process:
        assert came.named_s <= FOUND_S + load_s, came
        assert came.back_s <= NEW_TRACKER_S + load_s, came
    elif harm.kind != "unplugged":
        assert came.named_s <= FOUND_S + load_s, came
    assert came.on_after_s <= RESUME_S + load_s, came
    if came.blind_s > COUNTS_FROM_S:
        assert came.counted == (3, 2, 1), came
    if harm.kind == "unplugged" and harm.to_s - harm.from_s <= SHORT_S:
        assert came.counted == (), came


def nothing_came_of_the_gap(seen: Seen, came: Came) -> None:
    """Nothing was scored or judged in it, and what it broke off is asked again as it was."""
    if not math.isfinite(came.stopped_s) or came.stopped_s >= came.on_s:
        return
    stopped_s, on_s = came.at_s + came.stopped_s, came.at_s + came.on_s
    held = seen.between(stopped_s, on_s)
    assert {view.phase for view in held} == {"paused"}, came
    assert {view.target for view in held} == {None}, came
    # one that was judged just before may be on disk, and so be counted, just after
    scores, points = [view.score for view in held], seen.points(stopped_s)
    late = next((i for i, score in enumerate(scores) if score == points), len(scores))
    assert set(scores[10:]) == {points}, f"counted {late} scenes after the stop: {came}"
    judged_s = [t_s for t_s, _ in seen.trials if stopped_s < t_s < on_s]
    assert judged_s == [], f"judged at {judged_s}: {came}"
    broken = [each for t_s, each in seen.told("trial_abandoned") if stopped_s < t_s < on_s]
    after = [each.body["levels"] for t_s, each in seen.trials if t_s > on_s]
    if broken and after:
        assert after[0] == broken[0].body["levels"]
        assert broken[0].body["success"] is None


def judged(seen: Seen, cames: Sequence[Came], load_s: float = 0.0) -> None:
    """All of the above, of a session that was played to its end."""
    nothing_goes_on_over_an_old_picture(seen)
    for came in cames:
        in_time(came, load_s)
        nothing_came_of_the_gap(seen, came)
    assert len([each for each in seen.trials if each[1].success]) >= 1, "nobody made anything"
    score, points = seen.views[-1][1].score, seen.points(math.inf)
    assert score == points, f"{score} on the screen, {points} in the record"


def told(cames: Sequence[Came]) -> str:
    """The worst and the median of each, for whoever runs the long regimes."""

    def spread(name: str, values: Sequence[float]) -> str:
        finite = [value for value in values if math.isfinite(value)]
        worst, median = (max(finite), float(np.median(finite))) if finite else (math.nan, math.nan)
        return f"{name} p50 {median:.2f} max {worst:.2f} (n {len(finite)})"

    parts = [
        spread("stopped", [each.stopped_s for each in cames]),
        spread("named", [each.named_s for each in cames]),
        spread("back", [each.back_s - max(0.0, each.harm.to_s - each.harm.from_s) for each in cames]),
        spread("on after", [each.on_after_s for each in cames]),
    ]
    return f"{len(cames)} times: " + "; ".join(parts)
