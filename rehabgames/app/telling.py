"""Telling: what the commands print, with Rich."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

if TYPE_CHECKING:
    from rehabgames.app.doctor import Finding
    from rehabgames.app.play import Result
    from rehabgames.app.track import Tracked
    from rehabgames.app.tuned import Tuned
    from rehabgames.core.exercise import Exercise
    from rehabgames.core.protocol import Protocol
    from rehabgames.tracking.models import ModelState

# why a session was completed, in words
_WHY = {"dose": "all tries of the dose were made", "time": "its time was over"}
_STAGES = {
    "wait": "Waiting for another start",
    "fetch": "Fetching the tracking models (once, 36 MB)",
    "pack": "Packing the tracking models",
    "track": "Tracking",
}


def console(*, soft_wrap: bool = False) -> Console:
    """Where to print. Text stays as it is: brackets and colons in a title or a path mean nothing to Rich."""
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=soft_wrap)


def say(text: str) -> None:
    """One line to people."""
    console(soft_wrap=True).print(text)


class Bar:
    """A progress bar that appears in a terminal when there is something to show; elsewhere it is silent.

    Call it (stage, done, total).
    """

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn(compact=True))
        console = Console(stderr=True)
        self._progress = Progress(
            *columns, console=console, transient=True, disable=not console.is_interactive
        )
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._progress.start()
            self._tasks[stage] = self._progress.add_task(_STAGES.get(stage, stage), total=total or None)
        self._progress.update(self._tasks[stage], completed=done, total=total or None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._progress.stop()


def tell_played(result: Result) -> None:
    facts = result.facts
    flip = facts["capture_to_flip_ms"]["p50"]
    rows = (
        ("Trials", _trials(facts)),
        *_probes(facts),
        (
            f"{facts['found'].capitalize()} found",
            f"in {facts['frames_tracked']} of {facts['frames_seen']} camera pictures",
        ),
        ("Tracked", f"{facts['tracked_fps']} frames/s"),
        ("Painted", f"{facts['render_fps']} scenes/s"),
        ("Camera to screen", "–" if flip is None else f"{flip} ms (half of the frames are faster)"),
        ("Closed as", f"{facts['closed_as']} ({_WHY.get(facts['reason'], facts['reason'])})"),
        ("Session", facts["session_id"]),
        ("Record", facts["database"]),
        ("Report", facts["report"]),
    )
    pairs(rows)
    tell_notes(result.notes)


def tell_notes(notes: Sequence[str]) -> None:
    """What a stage found missing, and who knows what to do about it."""
    for note in (*notes, "'rehabgames doctor' tells what to do about that.") if notes else ():
        say(note)


def _trials(facts: Mapping[str, Any]) -> str:
    """Probes are no practice: they are told apart."""
    unjudged = f", {facts['unjudged']} could not be judged" if facts["unjudged"] else ""
    return f"{facts['trials'] - facts['probes']}, of these {facts['successes']} succeeded{unjudged}"


def _probes(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    if not facts["probes"]:
        return []
    return [("Probes", f"{facts['probes']}, of these {facts['probes_made']} succeeded")]


def tell_stage(rows: Sequence[Mapping[str, Any]]) -> None:
    """Of `bench stage`: ms of a step and the painting, beside a tracker at work."""
    table = Table("exercise", "scene", "size", "median", "p99", "tracked/s", box=None)
    for row in rows:
        numbers = (f"{row['median_ms']:.1f} ms", f"{row['p99_ms']:.1f} ms", f"{row['tracked_fps']:.0f}")
        table.add_row(row["exercise"], row["place"], row["size"], *numbers)
    console().print(table)


def tell_loops(found: Mapping[str, Any]) -> None:
    """Of `bench tracking` and `bench latency`: three loops on the same pictures, and their ratios."""
    say("As fast as it goes" if found["camera_fps"] is None else f"A camera of {found['camera_fps']:g}/s")
    table = Table("loop", "tracked/s", "painted/s", "capture → flip", "p95", "cores", "memory", box=None)
    for name in (each for each in ("bare", "naive", "game", "low") if each in found):
        row = found[name]
        told = [_ms(row.get(key)) for key in ("flip_p50_ms", "flip_p95_ms")]
        painted = f"{row['rendered_fps']:.1f}" if "rendered_fps" in row else "–"
        numbers = (f"{row['tracked_fps']:.1f}", painted, *told, f"{row['cores']:.2f}")
        table.add_row(name, *numbers, f"{row['rss_mb']:.0f} MB")
    console().print(table)
    say(f"tracked, of bare: {found['tracked_to_bare']:.2f}; of naive: {found['tracked_to_naive']:.2f}")
    over = (found["flip_p50_over_naive_ms"], found["flip_p95_over_naive_ms"], found["rss_over_bare_mb"])
    say("capture → flip over naive: {:+.1f} ms, p95 {:+.1f} ms; memory over bare: {:+.0f} MB".format(*over))
    game = found["game"]
    held = (game["gap_p99_ms"], game["held_p99_ms"], game["held_max_ms"])
    said = "game, from flip to flip: p99 {:.1f} ms; before a scene is drawn: p99 {:.1f} ms, at most {:.1f} ms"
    say(said.format(*held))
    if "low_cores_to_game" in found:
        say(f"processor time with --low-power, of without: {found['low_cores_to_game']:.2f}")


def tell_tuned(tuned: Tuned) -> None:
    """Of `doctor --tune`: what each pose network made of this machine, and what was chosen."""
    table = Table("pose network", "tracked/s", "half of them within", "scenes/s", "cores", box=None)
    for name, row in tuned.measured.items():
        numbers = (f"{row.get(key, 0.0):.1f}" for key in ("tracked_fps", "track_p50_ms", "rendered_fps"))
        tracked, within, painted = numbers
        table.add_row(name, tracked, f"{within} ms", painted, f"{row.get('cores', 0.0):.2f}")
    console().print(table)
    say(f"Remembered: pose network '{tuned.pose}', {tuned.camera_fps:g} pictures a second.")


def _ms(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} ms"


def tell_lag(found: Mapping[str, Any]) -> None:
    """Of `bench latency`: how late a moving hand is shown."""
    table = Table("movement", "landmark as it comes", "as it is shown", "ratio", box=None)
    for name, row in found["moves"].items():
        table.add_row(name, _ms(row["raw_ms"]), _ms(row["shown_ms"]), f"{row['ratio']:.2f}")
    console().print(table)
    beyond = f"{found['overshoot_median']:.1%}, 95 % of them under {found['overshoot_p95']:.1%}"
    say(f"shown beyond an end: {beyond}; jitter at rest, of the filter's: {found['jitter_to_filter']:.2f}")


def tell_tracked(video: Path, tracked: Tracked) -> None:
    from rehabgames.signals import resolve

    what = "a hand" if all(resolve(name)[0].by_hand for name in tracked.signals) else "a person"
    say(f"{video.name}: {tracked.frames} frames, {what} in {tracked.seen}, {tracked.fps:g} frames/s")
    table = Table("signal", "unit", "min", "mean", "max", box=None)
    for name, spread in tracked.as_json()["signals"].items():
        shown = ["–" if spread[k] is None else f"{spread[k]:.2f}" for k in ("min", "mean", "max")]
        table.add_row(name, resolve(name)[0].unit, *shown)
    console().print(table)
    if tracked.counted is not None:
        times = ", ".join(f"{each.marked_s:.1f} s" for each in tracked.repetitions)
        at = f" at {times}" if times else ""
        say(f"Repetitions of {tracked.counted}: {len(tracked.repetitions)}{at}")
    for note in tracked.notes:
        say(note)


def tell_exercises(exercises: Sequence[Exercise]) -> None:
    table = Table("id", "title", "what for", box=None)
    for exercise in exercises:
        table.add_row(exercise.id, exercise.title, exercise.purpose.goal)
    console().print(table)


def tell_protocols(protocols: Sequence[Protocol]) -> None:
    table = Table("id", "title", "posture", "camera", box=None)
    for protocol in protocols:
        table.add_row(protocol.id, protocol.title, protocol.posture, protocol.camera)
    console().print(table)


def tell_checked(paths: Sequence[Path]) -> None:
    for path in paths:
        say(f"{path}: good")


def tell_models(states: Sequence[ModelState]) -> None:
    from rehabgames.tracking.variants import installed, variants_folder

    table = Table("model", "from", "size", "where", box=None)
    for state in states:
        table.add_row(state.kind, state.origin, f"{(state.size or 0) / 1e6:.1f} MB", str(state.path))
    console(soft_wrap=True).print(table)
    here = ", ".join(installed())
    say(f"Pose networks: {here}. Others: pose_lite.task or pose_heavy.task in {variants_folder()}")


def tell_findings(findings: Sequence[Finding]) -> None:
    signs: dict[bool | None, str] = {True: "good", False: "lacks", None: "note"}
    table = Table("", "", "", "next step", box=None)
    for finding in findings:
        table.add_row(signs[finding.ok], finding.name, finding.what, finding.next_step)
    console().print(table)


def pairs(rows: Sequence[tuple[str, Any]]) -> None:
    """Names and what they are, one pair a line."""
    width = max((len(name) for name, _ in rows), default=0)
    for name, value in rows:
        say(f"{name:<{width}}  {value}")
