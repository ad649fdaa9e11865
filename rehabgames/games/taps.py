"""Taps: thumb and index meet in rhythm. One trial is a bar of beats after one bar that counts in.

The beat is told by the spec's limit_s, which holds both bars and the delay of the camera: where the
envelope makes it longer, the beat is slower. A beat is hit by a tap no farther from it than
tolerance_share of the interval, with an opening of the asked amplitude (goal.distance, share of the own
range) or more since the tap before. The trial succeeds when hits_needed_share of the beats are hit, and
fewer taps lie between the beats than there are beats.

margin   how much wider (+) or narrower (-) than asked it was opened for as many beats as are needed: the
         widest so many of those that were in time, so that it is 0 or more exactly where the trial
         succeeds. Where too few were in time, the widest of all beats count; and it is NaN where these
         were wide enough, because then the opening was not the matter.
reason   "reached"; "too_little": in time and not wide enough; "out_of_time": enough taps beside the beat;
         "missed": too few taps; "lost" (not judged): the fingers were seen for less than half of the bar.

Things: "drum" (what is tapped on; "held" while the fingers are closed), "bar" (a note that comes down to
it; share 1 on the beat; "growing" while it is counted in, "ready", "placed" once hit, "fading" once gone
by), "light" (one for each beat of the bar; "ready", "held" now, "placed", "fading"), "opening" (share:
how wide is asked; "held" once it was since the last tap, else "ready").
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from rehabgames.core.landmarks import Side
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.trial import Goal, Outcome, OutcomeReason, TrialSpec
from rehabgames.core.view import Cue, Target, Thing, ThingState
from rehabgames.games.course import Course
from rehabgames.games.game import Point
from rehabgames.games.mechanic import Mechanic
from rehabgames.games.rhythm import Rhythm
from rehabgames.games.tapping import Tapping

SETTINGS: Final[Mapping[str, tuple[float, float]]] = {
    "beats": (2.0, 8.0),
    "tolerance_share": (0.05, 0.45),
    "hits_needed_share": (0.25, 1.0),
    "latency_s": (0.0, 0.3),
    "drum_radius": (0.08, 0.3),
    "tempo": (0.3, 4.0),
    "amplitude": (0.1, 1.0),
    "pause_s": (0.0, 10.0),
}
TEMPO, AMPLITUDE = 1.0, 0.5  # where neither an axis nor a setting says it: taps / s, share
DRUM: Final[Point] = (0.0, -0.2)  # play coordinates
GAP: Final = 0.27  # play units between two notes
AHEAD: Final = 2.6  # so many beats before it is due a note is seen
GONE: Final = 0.4  # and so many after
CLOSED: Final = 0.75  # grip from which on the fingers are shown closed
SHOWN_S: Final = 0.8
# a tap is shorter than a picture is then: healthy fingers hit .4 to .7 of the bars at 10 a second, .9 at 15
PICTURES_S: Final = 12.0

Stage = Literal["play"]


class TapsGame:
    """settings: the keys of SETTINGS. See Game. The grip steers; where the palm is does not matter."""

    def __init__(
        self,
        settings: Mapping[str, float],
        profile: Profile,
        side: Side,
        directions_deg: Sequence[float] = (),
        seed: int = 0,
    ) -> None:
        self._settings = settings
        self._beats = max(1, round(settings["beats"]))
        self._course = Course[Stage](SHOWN_S)
        self._rhythm = Rhythm(self._beats, 1.0, 0.0)
        self._tapping = Tapping(0.5)
        self._grip = math.nan

    def propose(self, number: int, levels: dict[str, float], direction_deg: float) -> TrialSpec:
        s = self._settings
        tempo, latency_s = levels.get("tempo", s.get("tempo", TEMPO)), s["latency_s"]
        return TrialSpec(
            number=number,
            levels=dict(levels),
            goal=Goal(
                0.0, levels.get("amplitude", s.get("amplitude", AMPLITUDE)), s["drum_radius"], 0.0, "grip"
            ),
            place=None,
            limit_s=2 * self._beats / tempo + latency_s,
        )

    def begin(self, spec: TrialSpec) -> None:
        s = self._settings
        self._course.begin(spec, "play", targets=self._beats)
        interval_s = max(0.05, (spec.limit_s - s["latency_s"]) / (2 * self._beats))
        self._rhythm = Rhythm(self._beats, interval_s, s["tolerance_share"])
        self._tapping = Tapping(spec.goal.distance)
        self._course.tell("appear", *DRUM)

    def step(self, hand: Point, dt_s: float, grip: float = math.nan) -> Outcome | None:
        self._grip = grip
        before_s = self._course.clock_s
        if not self._course.step(dt_s):
            return None
        if self._rhythm.beat_at(before_s) != self._rhythm.beat_at(self._course.clock_s):
            self._course.tell("beat", *DRUM)
        self._listen(dt_s, grip)
        return self._end() if self._course.time_is_up else None

    def abandon(self) -> Outcome | None:
        return self._course.end(success=None, reason="stopped") if self._course.playing else None

    def settle(self, *, counted: bool) -> None:
        if self._course.settle(counted=counted):
            self._course.tell_end(*DRUM)

    def target(self) -> Target | None:
        """From the last counted beat on; hold is 1 on every beat."""
        if not self._course.playing:
            return None
        k = self._rhythm.next_beat(self._course.clock_s)
        if k < self._beats:
            return None
        share = max(0.0, 1.0 - abs(self._rhythm.to_go(k, self._course.clock_s)))
        number = self._course.targets + k - 2 * self._beats
        return Target("tap", *DRUM, self._course.spec.goal.radius, share, number)

    def things(self) -> tuple[Thing, ...]:
        if not self._course.begun:
            return ()
        asked, radius = self._course.spec.goal.distance, self._course.spec.goal.radius
        closed, wide = self._grip >= CLOSED, self._tapping.opened >= asked
        drum = Thing("drum", "drum", *DRUM, radius, state="held" if closed else "ready")
        opening = Thing("opening", "opening", *DRUM, asked, state="held" if wide else "ready", share=asked)
        return (drum, opening, *self._lights(), *self._notes())

    def prompt(self) -> Message | None:
        if self._course.playing:
            return Message("play.taps_listen" if self.target() is None else "play.taps")
        return self._course.verdict()

    def cues(self) -> tuple[Cue, ...]:
        return self._course.cues()

    def _listen(self, dt_s: float, grip: float) -> None:
        """Taps are heard a little late: the camera needs its time."""
        spec = self._course.spec
        heard_s = self._course.clock_s - self._settings["latency_s"]
        self._rhythm.saw(heard_s, dt_s, grip)
        tap = self._tapping.watch(heard_s, grip)
        if tap is None:
            return
        wide = tap.opening >= spec.goal.distance
        if self._rhythm.tapped(tap, wide=wide) and not spec.probe:
            self._course.tell("pick", *DRUM)

    def _notes(self) -> tuple[Thing, ...]:
        if not self._course.playing:
            return ()
        found, spec = [], self._course.spec
        for k in range(2 * self._beats):
            away = self._rhythm.to_go(k, self._course.clock_s)
            if not -GONE <= away <= AHEAD:
                continue
            state: ThingState = "growing" if k < self._beats else "ready"
            if away < 0:
                state = "placed" if self._lit(k - self._beats) else "fading"
            y = DRUM[1] + GAP * max(0.0, away)
            key, radius, share = f"bar {spec.number} {k}", spec.goal.radius / 2, 1.0 - max(0.0, away) / AHEAD
            found.append(Thing(key, "bar", DRUM[0], y, radius, state=state, share=share))
        return tuple(found)

    def _lights(self) -> tuple[Thing, ...]:
        now = self._beats
        if self._course.playing:
            now = self._rhythm.beat_of(self._course.clock_s) - self._beats
        lights = []
        for k in range(self._beats):
            state: ThingState = "placed" if self._lit(k) else "fading" if k < now else "ready"
            state = "held" if k == now and state == "ready" else state
            x = DRUM[0] + 0.2 * (k - (self._beats - 1) / 2)
            lights.append(Thing(f"light {k}", "light", x, DRUM[1], 0.05, state=state))
        return tuple(lights)

    def _lit(self, k: int) -> bool:
        """This beat of the bar was hit, and it may be shown."""
        return not self._course.spec.probe and k in self._rhythm.hit

    def _end(self) -> Outcome:
        asked, rhythm = self._course.spec.goal.distance, self._rhythm
        needed = max(1, math.ceil(self._settings["hits_needed_share"] * self._beats - 1e-9))
        opened = rhythm.opened(needed)
        success: bool | None = False
        reason: OutcomeReason = "missed" if rhythm.taps < needed else "out_of_time"
        margin = opened - asked if opened < asked else math.nan
        if not rhythm.seen:
            success, reason, margin = None, "lost", math.nan
        elif rhythm.in_time(needed):
            opened = rhythm.opened_in_time(needed)
            margin = opened - asked
            success = opened >= asked
            reason = "reached" if success else "too_little"
        return self._course.end(success=success, reason=reason, margin=margin, reached=opened)


TAPS: Final = Mechanic(
    make=TapsGame,
    settings=SETTINGS,
    controls=frozenset({"close_up_pinch"}),
    axes=frozenset({"amplitude", "tempo"}),
    places=frozenset({"concert"}),
    optional=frozenset({"tempo", "amplitude"}),
    counts=frozenset({"beats"}),
    directed=False,
    moves=0,
    whole=True,
    pictures_s=PICTURES_S,
)
