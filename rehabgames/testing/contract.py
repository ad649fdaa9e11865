"""Contract: what every game has to keep, ours or a plug-in's. `broken` says what an exercise does not keep.

Virtual patients play it at landmark level, on virtual time; a few seconds for each rule.
"""

from __future__ import annotations

import gc
import json
import math
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from rehabgames.core.document import Document
from rehabgames.core.exercise import Axis, Dose, Exercise
from rehabgames.core.inputs import Tighten
from rehabgames.core.limits import Limits
from rehabgames.core.pose import PoseFrame
from rehabgames.safety import Envelope
from rehabgames.testing.acting import Act, Acted, act, setup_for, specs_of
from rehabgames.testing.showing import flashing_share, pictures_differ

WINS: Final = 0.8  # share that a healthy player wins at the easiest setting, at least
HARDER_BY: Final = 0.2  # so much less often is the hardest won, at least
TRIES: Final = 10
SLOW_FPS: Final = 5.0
DARK_S: Final = (3.0, 6.0)  # nothing is seen so long after the play began
MOST_MEMORY: Final = 200_000  # bytes that a hundred trials may leave behind
LOOSE: Final = Limits(
    standing=True,
    repetitions_block=1000,
    repetitions_day=5000,
    minutes_work=20,
    minutes_session=60,
    minutes_day=240,
)


@dataclass(frozen=True, slots=True)
class Broken:
    """rule: a name of RULES; what: one sentence."""

    rule: str
    what: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.what}"


def broken(exercise: str, rules: tuple[str, ...] = (), seed: int = 0) -> list[Broken]:
    """Rules that this exercise of the library does not keep, of all of them or of those named.

    Raises UnknownNameError and ContentError for an exercise that is none.
    """
    found = []
    for name in rules or tuple(RULES):
        what = RULES[name](exercise, seed)
        if what is not None:
            found.append(Broken(name, what))
    return found


def finishes(exercise: str, seed: int) -> str | None:
    """It comes to the end of its dose for everybody."""
    for kind in ("healthy", "severe"):
        made = setup_for(exercise, seed, minutes=1.0)
        done = act(Act(made, kind, seed, longest_s=300.0))
        if done.session.closed != "completed" or not done.trials:
            ended = f"closed as {done.session.closed} ({done.session.reason})"
            return f"{kind}: {ended} after {len(done.trials)} trials"
    return None


def winnable(exercise: str, seed: int) -> str | None:
    """Somebody healthy wins at the easiest setting."""
    share = _played(exercise, seed, "healthy", lambda axis: axis.easiest).success()
    return None if share >= WINS else f"healthy wins {share:.0%} at the easiest setting, under {WINS:.0%}"


def responds(exercise: str, seed: int) -> str | None:
    """Harder levels are won less often."""
    easy = _played(exercise, seed, "moderate", lambda axis: axis.easiest).success()
    hard = _played(exercise, seed, "moderate", lambda axis: axis.hardest).success()
    if easy - hard >= HARDER_BY:
        return None
    return f"won {easy:.0%} at the easiest and {hard:.0%} at the hardest setting"


def pauses(exercise: str, seed: int) -> str | None:
    """While nothing is seen it pauses, and no trial is judged."""
    begun: list[float] = []

    def spoil(t_s: float, frame: PoseFrame) -> PoseFrame | None:
        dark = bool(begun) and DARK_S[0] <= t_s - begun[0] < DARK_S[1]
        return PoseFrame(frame.t_s, frame.index, frame.size) if dark else frame

    def say(t_s: float, view: object) -> list[object]:
        if not begun and getattr(view, "phase", "") == "play":
            begun.append(t_s)
        return []

    made = setup_for(exercise, seed, minutes=0.5)
    done = act(Act(made, "healthy", seed, longest_s=240.0, spoil=spoil, say=say, whole=True))  # type: ignore[arg-type]
    if not begun:
        return "the play never began"
    from_s, to_s = begun[0] + DARK_S[0] + 0.5, begun[0] + DARK_S[1]
    going = [t for t, view, _ in done.moments if from_s <= t < to_s and view.phase != "paused"]
    if going:
        return f"it goes on {going[0] - begun[0] - DARK_S[0]:.1f} s after the last picture"
    judged = [d for d in done.trials if from_s <= d.t_s < to_s]
    return f"{len(judged)} trials were judged while nothing was seen" if judged else None


def slow(exercise: str, seed: int) -> str | None:
    """Five pictures a second are enough to play it at the easiest setting, or it says that they are not: then
    no try is judged."""
    played = _played(exercise, seed, "healthy", lambda axis: axis.easiest, fps=SLOW_FPS, longest_s=120.0)
    if not played.trials:
        lost = [d for d in played.documents if d.kind == "trial" and d.body["reason"] == "lost"]
        return None if lost else "no try came to its end"
    share = played.success()
    if share >= 0.5:
        return None
    return f"healthy wins {share:.0%} at the easiest setting with {SLOW_FPS:g} pictures a second"


def deterministic(exercise: str, seed: int) -> str | None:
    """The same frames give the same documents and the same pictures, byte for byte."""
    how = Act(setup_for(exercise, seed, minutes=0.4), "tremor", seed, longest_s=200.0, whole=True)
    one, other = act(how), act(how)
    if said(one.documents) != said(other.documents):
        return "the same frames gave other documents"
    differ = pictures_differ([view for _, view, _ in one.moments][::60], exercise, seed)
    return "the same views gave other pictures" if differ else None


def inside(exercise: str, seed: int) -> str | None:
    """Nothing outside the limits is ever asked, also where they are tightened in the middle of play."""
    tight = replace(LOOSE, reach=0.5, shoulder_elevation_deg=60.0, across_deg=30.0, shift=0.4, hold_s=1.0)
    said_once: list[float] = []

    def say(t_s: float, view: object) -> list[object]:
        if not said_once and getattr(view, "count", 0) >= 2:
            said_once.append(t_s)
            return [Tighten(tight)]
        return []

    made = setup_for(exercise, seed, limits=LOOSE, minutes=1.0)
    done = act(Act(made, "mild", seed, longest_s=300.0, say=say))  # type: ignore[arg-type]
    begun = next((d.t_s for d in done.events("limits")), math.inf)
    later = {d.body["number"] for d in done.documents if "goal" in d.body and d.t_s > begun}
    for spec in specs_of(done.documents):
        envelope = Envelope(tight if spec.number in later else LOOSE)
        judged_after = [d for d in done.trials if d.body["number"] == spec.number and d.t_s > begun]
        if judged_after and spec.number == min(later):
            continue  # was running when it was tightened: it is abandoned, or was allowed
        if not all(map(envelope.allows, spec.goals)):
            return f"trial {spec.number} asked for {spec.goals}"
    return None


def never_flashes(exercise: str, seed: int) -> str | None:
    """No part of the screen flashes more than three times a second, whatever cues come (H6)."""
    how = Act(setup_for(exercise, seed, minutes=0.4), "healthy", seed, fps=15.0, longest_s=120.0, whole=True)
    share = flashing_share(act(how).moments, exercise, seed)
    return None if share <= 0.0 else f"{share:.0%} of a field of view flashes more than three times a second"


def frees_memory(exercise: str, seed: int) -> str | None:
    """What a hundred trials leave behind is next to nothing."""
    made = _fixed(exercise, seed, lambda axis: axis.start)
    act(Act(made, "healthy", seed, tries=3))
    gc.collect()
    tracemalloc.start()
    act(Act(made, "healthy", seed, tries=5))
    gc.collect()
    before, _ = tracemalloc.get_traced_memory()
    act(Act(made, "healthy", seed, tries=20))
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return None if after - before <= MOST_MEMORY else f"{(after - before) / 1000:.0f} kB are left behind"


RULES: Final[Mapping[str, Callable[[str, int], str | None]]] = {
    "finishes": finishes,
    "winnable": winnable,
    "responds": responds,
    "pauses": pauses,
    "slow": slow,
    "deterministic": deterministic,
    "inside": inside,
    "never_flashes": never_flashes,
    "frees_memory": frees_memory,
}


def said(documents: tuple[Document, ...]) -> bytes:
    """All of them as bytes."""
    return b"".join(
        json.dumps([d.number, d.kind, d.t_s, d.body], sort_keys=True, allow_nan=False).encode() + d.payload
        for d in documents
    )


def _played(
    exercise: str,
    seed: int,
    kind: str,
    level: Callable[[Axis], float],
    *,
    fps: float = 30.0,
    longest_s: float = 600.0,
) -> Acted:
    return act(Act(_fixed(exercise, seed, level), kind, seed, tries=TRIES, fps=fps, longest_s=longest_s))


def _fixed(exercise: str, seed: int, level: Callable[[Axis], float]):  # type: ignore[no-untyped-def]
    """The exercise with every axis where it stays."""
    made = setup_for(exercise, seed, limits=LOOSE)
    old = made.exercise
    assert old is not None
    axes = tuple(Axis(a.name, level(a), level(a), level(a), a.step) for a in old.axes)
    fixed: Exercise = replace(old, axes=axes, adapter="fixed", dose=Dose(500, 20.0))
    return replace(made, exercise=fixed)
