"""The command line. Everything heavy is imported inside the command that needs it."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from rehabgames.cli.plan import plan
from rehabgames.cli.what_if import what_if
from rehabgames.core.errors import RehabgamesError, StoreError, UseError

app = typer.Typer(
    name="rehabgames",
    help="Rehabilitation games played with the body, in front of a webcam.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(plan, name="plan")
app.command("what-if")(what_if)


class Side(StrEnum):
    """The working arm, the person's own."""

    left = "left"
    right = "right"


Seconds = Annotated[float | None, typer.Option(help="How long the game is played, after the calibration.")]
DemoSeconds = Annotated[float, typer.Option(help="How long the game is played, after the calibration.")]
JsonFile = Annotated[Path | None, typer.Option("--json", help="Write the numbers to this file.")]
Headless = Annotated[bool, typer.Option("--headless", help="Paint without showing a window.")]
Pictures = Annotated[Path | None, typer.Option(help="Save pictures of the game in this folder.")]
Seed = Annotated[int, typer.Option(min=0, help="The same seed gives the same fruit and the same patient.")]
Arm = Annotated[Side, typer.Option(help="The working arm.")]
Camera = Annotated[int | None, typer.Option(min=0, help="Number of the camera; 0 is the first.")]
Film = Annotated[Path | None, typer.Option(help="Take a video file as if it were a camera.")]
Somebody = Annotated[str | None, typer.Option(help="Let a virtual patient take part.")]
Anew = Annotated[
    bool, typer.Option("--anew", help="Calibrate anew, even if the last calibration still fits.")
]
Silent = Annotated[bool, typer.Option("--silent", help="Say nothing aloud; sounds stay.")]


@app.command()
def demo(
    seconds: DemoSeconds = 30.0,
    patient: Annotated[str, typer.Option(help="healthy, mild, moderate, severe or tremor.")] = "moderate",
    exercise: Annotated[str, typer.Option(help="See 'rehabgames list'.")] = "orchard_reach",
    look: Annotated[str, typer.Option(help="How the virtual patient looks: a name, or a number.")] = "office",
    side: Arm = Side.right,
    headless: Headless = False,
    json_file: JsonFile = None,
    pictures: Pictures = None,
    seed: Seed = 1,
) -> None:
    """A virtual patient is calibrated and plays; no camera is needed."""
    from rehabgames.tracking.sources import VirtualSpec

    chosen: int | str = int(look) if look.isdecimal() else look
    spec = VirtualSpec(patient, side.value, seed, chosen)
    _play(
        spec,
        exercise,
        f"virtual-{patient}",
        _Play(side, headless, json_file, pictures, seed, seconds, anew=True),
    )


@app.command()
def play(
    exercise: Annotated[str, typer.Argument(help="See 'rehabgames list'.")] = "orchard_reach",
    camera: Camera = None,
    video: Film = None,
    patient: Somebody = None,
    side: Arm = Side.right,
    seconds: Seconds = None,
    headless: Headless = False,
    silent: Silent = False,
    anew: Anew = False,
    json_file: JsonFile = None,
    pictures: Pictures = None,
    seed: Seed = 1,
) -> None:
    """Play an exercise in front of the camera."""
    spec, who = _source(camera, video, patient, side, seed)
    asked = _Play(side, headless, json_file, pictures, seed, seconds, silent, anew)
    _play(spec, exercise, who, asked)


@app.command()
def calibrate(
    protocol: Annotated[
        str, typer.Argument(help="A file of calibration/; see 'rehabgames list --protocols'.")
    ],
    camera: Camera = None,
    video: Film = None,
    patient: Somebody = None,
    side: Arm = Side.right,
    headless: Headless = False,
    silent: Silent = False,
    anew: Anew = False,
    json_file: JsonFile = None,
    pictures: Pictures = None,
    seed: Seed = 1,
) -> None:
    """Find out what somebody can do today, or whether the room is right, and keep it as a profile."""
    from rehabgames.app.calibrate import calibrate as run_calibration
    from rehabgames.app.play import Screen
    from rehabgames.app.telling import Bar
    from rehabgames.app.telling_measures import tell_calibrated
    from rehabgames.app.wiring import Request

    spec, who = _source(camera, video, patient, side, seed)
    _must_be_writable(json_file)
    screen = Screen(_without_window(headless), pictures=pictures, voice=not silent)
    request = Request(patient=who, side=side.value, seed=seed)
    with Bar() as bar:
        done = run_calibration(protocol, request, spec, screen, bar, recheck=not anew)
    _write_json(json_file, done.as_json())
    tell_calibrated(done)


@app.command()
def measure(
    what: Annotated[
        str, typer.Argument(metavar="SESSION|VIDEO", help="A session's id, 'last', or a video file.")
    ],
    side: Annotated[Side | None, typer.Option(help="The working arm in a video; else both are told.")] = None,
    latency_ms: Annotated[
        float | None,
        typer.Option("--latency", help="Measured delay of camera and screen, ms; for reaction times."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what could not be measured, and why.")
    ] = False,
    json_file: JsonFile = None,
) -> None:
    """Every measure that applies to a session or a video, each with its validity."""
    from rehabgames.app.measure import measure as measured_of
    from rehabgames.app.telling import Bar
    from rehabgames.app.telling_measures import tell_measured

    if latency_ms is not None and not 0 <= latency_ms <= 1000:
        raise UseError(f"--latency {latency_ms:g} is not possible.", "Choose 0 to 1000 ms.")
    _must_be_writable(json_file)
    latency_s = None if latency_ms is None else latency_ms / 1000
    with Bar() as bar:
        found = measured_of(what, None if side is None else side.value, latency_s, bar)
    _write_json(json_file, found.as_json())
    tell_measured(found, everything=everything)


@app.command()
def track(
    video: Annotated[Path, typer.Argument(help="Any video file.")],
    signal: Annotated[list[str] | None, typer.Option(help="A signal to compute; may be repeated.")] = None,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Write signals per frame.")] = None,
    count: Annotated[str | None, typer.Option(help="Count the repetitions of this signal.")] = None,
    json_file: JsonFile = None,
) -> None:
    """Turn a video into signals per frame, and count repetitions."""
    from rehabgames.app import track as tracking
    from rehabgames.app.telling import Bar, tell_tracked
    from rehabgames.signals import resolve

    for name in (*(signal or ()), *((count,) if count else ())):
        resolve(name)
    for target in (csv_file, json_file):
        _must_be_writable(target)
    with Bar() as bar:
        tracked = tracking.track(video, signal or (), count, bar)
    if csv_file is not None:
        tracking.write_csv(tracked, csv_file)
    _write_json(json_file, tracked.as_json())
    tell_tracked(video, tracked)


@app.command("list")
def list_exercises(
    protocols: Annotated[
        bool, typer.Option("--protocols", help="The calibration protocols instead.")
    ] = False,
) -> None:
    """The exercises that can be played."""
    from rehabgames.app.telling import tell_exercises, tell_protocols
    from rehabgames.app.wiring import library

    if protocols:
        tell_protocols(library().protocols())
        return
    exercises, broken = library().readable()
    tell_exercises(exercises)
    if broken:
        raise UseError("\n".join([*map(str, broken), "The others can be played."]))


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Exercise or calibration files.")] = None,
) -> None:
    """Judge exercise and calibration files; all that ship where none is named."""
    from rehabgames.app.telling import tell_checked
    from rehabgames.app.wiring import known
    from rehabgames.content.finding import content_error
    from rehabgames.content.library import check as check_files
    from rehabgames.content.root import calibration_folder, exercises_folder

    paths = files or sorted((*exercises_folder().glob("*.toml"), *calibration_folder().glob("*.toml")))
    findings = check_files(paths, known())
    if findings:
        raise content_error(findings)
    tell_checked(paths)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="ID", help="Small letters, digits and _.")],
    like: Annotated[str, typer.Option(help="The exercise to start from.")] = "orchard_reach",
) -> None:
    """Start an exercise of your own from one that exists."""
    from rehabgames.app.wiring import library, own_exercises

    shelf = library()
    path = shelf.new_exercise(name, like, own_exercises())
    typer.echo(f"{path}\nEdit it, then: rehabgames check {path}")


@app.command()
def models() -> None:
    """List the tracking models, and fetch what is missing."""
    from rehabgames.app.telling import Bar, tell_models
    from rehabgames.tracking.models import list_models, model_path

    with Bar() as bar:
        for state in list_models():
            model_path(state.kind, progress=bar)
    tell_models(list_models())


@app.command()
def doctor() -> None:
    """Tell what this machine has and lacks."""
    from rehabgames.app.doctor import examine
    from rehabgames.app.telling import tell_findings

    findings = examine()
    tell_findings(findings)
    if any(finding.ok is False for finding in findings):
        raise typer.Exit(1)


@app.command()
def report(
    session: Annotated[str, typer.Argument(help="A session's id or its beginning; or 'last'.")] = "last",
) -> None:
    """Write the report of a session again, and tell where it is."""
    from rehabgames.records.folder import data_folder
    from rehabgames.records.store import Store
    from rehabgames.reports.session_report import write_report

    with Store.open(data_folder()) as store:
        typer.echo(str(write_report(store, session, data_folder())))


@app.command()
def bench(
    what: Annotated[
        str,
        typer.Argument(
            help="measures: all signals and measures of 1, 10 and 100 minutes. "
            "adapter: how near adaptation rules keep players to the success that is wanted."
        ),
    ],
    patients: Annotated[
        int, typer.Option(min=10, max=100_000, help="adapter: simulated players a scenario.")
    ] = 200,
    plot: Annotated[Path | None, typer.Option(help="adapter: a picture of the table, PNG.")] = None,
    json_file: JsonFile = None,
) -> None:
    """Time or compare parts of the program on this machine."""
    from rehabgames.app.bench import bench as run
    from rehabgames.app.telling import pairs

    _must_be_writable(json_file)
    _must_be_writable(plot)
    told = run(what, patients, plot)
    _write_json(json_file, told.numbers)
    for line in told.lines:
        typer.echo(line)
    pairs(told.pairs)


@dataclass(frozen=True, slots=True)
class _Play:
    """What `demo` and `play` have in common."""

    side: Side
    headless: bool
    json_file: Path | None
    pictures: Path | None
    seed: int
    seconds: float | None
    silent: bool = False
    anew: bool = False

    def __post_init__(self) -> None:
        if self.seconds is not None and not 1 <= self.seconds <= 3600:
            raise UseError(f"--seconds {self.seconds:g} is not possible.", "Choose 1 to 3600.")
        _must_be_writable(self.json_file)


def _source(
    camera: int | None, video: Path | None, patient: str | None, side: Side, seed: int
) -> tuple[Any, str]:
    """What is looked at, and under whose pseudonym it is kept."""
    from rehabgames.tracking.sources import VideoSpec, VirtualSpec, WebcamSpec

    if sum(source is not None for source in (camera, video, patient)) > 1:
        raise UseError("--camera, --video and --patient exclude each other.", "Name one of them.")
    if video is not None:
        return VideoSpec(video, paced=True), "patient"
    if patient is not None:
        return VirtualSpec(patient, side.value, seed), f"virtual-{patient}"
    return WebcamSpec(camera or 0), "patient"


def _without_window(headless: bool) -> bool:
    from rehabgames.app.telling import say
    from rehabgames.stage.window import display_available

    if headless or display_available():
        return headless
    say("There is no display here, so everything is painted without a window (--headless).")
    return True


def _play(spec: Any, exercise: str, who: str, asked: _Play) -> None:
    from rehabgames.app.play import Screen, play
    from rehabgames.app.telling import Bar, tell_played
    from rehabgames.app.wiring import Request

    screen = Screen(_without_window(asked.headless), pictures=asked.pictures, voice=not asked.silent)
    minutes = None if asked.seconds is None else asked.seconds / 60
    request = Request(exercise, who, asked.side.value, asked.seed, minutes)
    with Bar() as bar:
        result = play(request, spec, screen, bar, recheck=not asked.anew)
    _write_json(asked.json_file, result.facts)
    tell_played(result)


def _must_be_writable(path: Path | None) -> None:
    """Say it before the work is done, not after."""
    if path is None:
        return
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise UseError(f"{path} cannot be written.", "Name a file in a folder that exists and is yours.")


def _write_json(path: Path | None, numbers: dict[str, Any]) -> None:
    if path is None:
        return
    import json

    from rehabgames.content.whole import write_whole

    try:
        write_whole(path, json.dumps(numbers, indent=2, allow_nan=False) + "\n")
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}).", "Name another file.") from error


def run() -> None:
    """The program. Every failure is one plain message and an exit code: 2 use, 1 machine."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a letter that a terminal lacks becomes a ?
    try:
        app(standalone_mode=True)
    except RehabgamesError as error:
        typer.echo(f"rehabgames: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("rehabgames: stopped.", err=True)
        sys.exit(130)
