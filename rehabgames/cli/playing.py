"""The commands that look at somebody: `rehabgames demo`, `play` and `calibrate`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from rehabgames.cli.output import must_be_writable, tell_trouble_with_words, write_json
from rehabgames.core.errors import UseError


class Side(StrEnum):
    """The working arm, the person's own."""

    left = "left"
    right = "right"


class Network(StrEnum):
    """A pose network, from the quickest to the one that finds most."""

    lite = "lite"
    full = "full"
    heavy = "heavy"


Seconds = Annotated[float | None, typer.Option(help="How long the game is played, after the calibration.")]
DemoSeconds = Annotated[float, typer.Option(help="How long the game is played, after the calibration.")]
JsonFile = Annotated[Path | None, typer.Option("--json", help="Write the numbers to this file.")]
Headless = Annotated[bool, typer.Option("--headless", help="Paint without showing a window.")]
Pictures = Annotated[Path | None, typer.Option(help="Save pictures of the game in this folder.")]
Seed = Annotated[int, typer.Option(min=0, help="The same seed gives the same fruit and the same patient.")]
Arm = Annotated[Side, typer.Option(help="The working arm.")]
Prescribed = Annotated[
    Side | None, typer.Option(help="The working arm; else the one that the plan prescribes, else right.")
]
Who = Annotated[
    str | None, typer.Option(metavar="NAME", help="Whose session it is: the pseudonym of a plan.")
]
Camera = Annotated[int | None, typer.Option(min=0, help="Number of the camera; 0 is the first.")]
Film = Annotated[Path | None, typer.Option(help="Take a video file as if it were a camera.")]
Somebody = Annotated[str | None, typer.Option(help="Let a virtual patient take part.")]
Anew = Annotated[
    bool, typer.Option("--anew", help="Calibrate anew, even if the last calibration still fits.")
]
Support = Annotated[
    bool, typer.Option("--support", help="There is something to hold on to in reach; standing needs it.")
]
Calm = Annotated[
    bool, typer.Option("--calm", help="Reduced motion: what moves only to look nice stands still.")
]
Fixed = Annotated[bool, typer.Option("--fixed-room", help="The room's perspective does not follow the head.")]
Child = Annotated[bool, typer.Option("--child", help="As the exercise is for children, where that differs.")]
Model = Annotated[
    Network | None,
    typer.Option(help="The pose network; else what 'rehabgames doctor --tune' chose, or full."),
]
LowPower = Annotated[
    bool | None,
    typer.Option(
        "--low-power/--full-power",
        help="Fewer pictures and scenes a second, and the lightest network. Else as the battery asks.",
    ),
]
FilmedMs = Annotated[
    float | None,
    typer.Option(
        "--delay", metavar="MS", help="From the hand to its picture on the screen, as you filmed it, ms."
    ),
]
Accompanied = Annotated[
    bool, typer.Option("--accompanied", help="Somebody stands beside me: a second person does not pause it.")
]
Silent = Annotated[bool, typer.Option("--silent", help="Say nothing aloud; sounds stay.")]
StopWord = Annotated[
    bool,
    typer.Option("--stop-word", help="The word 'stop' means STOP; needs the extra 'voice'."),
]


def home(
    camera: Camera = None,
    patient: Somebody = None,
    headless: Headless = False,
    silent: Silent = False,
    stop_word: StopWord = False,
    pictures: Pictures = None,
    model: Model = None,
    low_power: LowPower = None,
) -> None:
    """The home screen: a day's practice from beginning to end. So does 'rehabgames' alone."""
    from rehabgames.app.cameras import usual_camera
    from rehabgames.app.home import home as run_home
    from rehabgames.app.play import Screen
    from rehabgames.app.telling import Bar, say
    from rehabgames.records.folder import data_folder

    if camera is None and patient is None:
        camera = usual_camera(data_folder())
    spec, _ = _source(camera, None, patient, Side.right, 1)
    tell_trouble_with_words()
    takes = takes_of(model, low_power)
    hears = _heard(stop_word)
    screen = Screen(_without_window(headless), pictures=pictures, voice=not silent, stop_word=hears)
    with Bar() as bar:
        been = run_home(spec, screen, bar, takes=takes)
    for note in been.notes:
        say(note)


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
    calm: Calm = False,
    fixed_room: Fixed = False,
    child: Child = False,
    model: Model = None,
    low_power: LowPower = None,
    accompanied: Accompanied = False,
) -> None:
    """A virtual patient is calibrated and plays; no camera is needed."""
    from rehabgames.tracking.sources import VirtualSpec

    chosen: int | str = int(look) if look.isdecimal() else look
    spec = VirtualSpec(patient, side.value, seed, chosen)
    _play(
        spec,
        exercise,
        f"virtual-{patient}",
        _Play(
            side,
            headless,
            json_file,
            pictures,
            seed,
            seconds,
            anew=True,
            calm=calm,
            fixed_room=fixed_room,
            child=child,
            model=model,
            low_power=low_power,
            accompanied=accompanied,
        ),
    )


def play(
    exercise: Annotated[str, typer.Argument(help="See 'rehabgames list'.")] = "orchard_reach",
    camera: Camera = None,
    video: Film = None,
    patient: Somebody = None,
    who: Who = None,
    side: Prescribed = None,
    seconds: Seconds = None,
    headless: Headless = False,
    silent: Silent = False,
    stop_word: StopWord = False,
    anew: Anew = False,
    support: Support = False,
    json_file: JsonFile = None,
    pictures: Pictures = None,
    seed: Seed = 1,
    calm: Calm = False,
    fixed_room: Fixed = False,
    child: Child = False,
    model: Model = None,
    low_power: LowPower = None,
    delay: FilmedMs = None,
    accompanied: Accompanied = False,
) -> None:
    """Play an exercise in front of the camera."""
    who = _checked(who, patient)
    working = _working(exercise, who or _named(patient), side)
    spec, named = _source(camera, video, patient, working, seed)
    asked = _Play(
        working,
        headless,
        json_file,
        pictures,
        seed,
        seconds,
        silent,
        anew,
        support,
        calm=calm,
        fixed_room=fixed_room,
        child=child,
        model=model,
        low_power=low_power,
        filmed_ms=delay,
        accompanied=accompanied,
        stop_word=_heard(stop_word),
    )
    _play(spec, exercise, who or named, asked)


def calibrate(
    protocol: Annotated[
        str, typer.Argument(help="A file of calibration/; see 'rehabgames list --protocols'.")
    ],
    camera: Camera = None,
    video: Film = None,
    patient: Somebody = None,
    who: Who = None,
    side: Arm = Side.right,
    headless: Headless = False,
    silent: Silent = False,
    stop_word: StopWord = False,
    anew: Anew = False,
    support: Support = False,
    json_file: JsonFile = None,
    pictures: Pictures = None,
    seed: Seed = 1,
    model: Model = None,
    low_power: LowPower = None,
    accompanied: Accompanied = False,
) -> None:
    """Find out what somebody can do today, or whether the room is right, and keep it as a profile."""
    from rehabgames.app.calibrate import calibrate as run_calibration
    from rehabgames.app.planned import SUPPORTED
    from rehabgames.app.play import Screen
    from rehabgames.app.telling import Bar
    from rehabgames.app.telling_measures import tell_calibrated
    from rehabgames.app.wiring import Request

    spec, named = _source(camera, video, patient, side, seed)
    must_be_writable(json_file)
    tell_trouble_with_words()
    takes = takes_of(model, low_power)
    hears = _heard(stop_word)
    screen = Screen(_without_window(headless), pictures=pictures, voice=not silent, stop_word=hears)
    request = Request(
        patient=_checked(who, patient) or named,
        side=side.value,
        seed=seed,
        said=(SUPPORTED,) if support else (),
        accompanied=accompanied,
    )
    with Bar() as bar:
        done = run_calibration(protocol, request, spec, screen, bar, recheck=not anew, takes=takes)
    write_json(json_file, done.as_json())
    tell_calibrated(done)


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
    support: bool = False
    calm: bool = False
    fixed_room: bool = False
    child: bool = False
    model: Network | None = None
    low_power: bool | None = None
    filmed_ms: float | None = None
    accompanied: bool = False
    stop_word: bool = False

    def __post_init__(self) -> None:
        if self.seconds is not None and not 1 <= self.seconds <= 3600:
            raise UseError(f"--seconds {self.seconds:g} is not possible.", "Choose 1 to 3600.")
        if self.filmed_ms is not None and not 0 <= self.filmed_ms <= 1000:
            raise UseError(f"--delay {self.filmed_ms:g} is not possible.", "Choose 0 to 1000 ms.")
        must_be_writable(self.json_file)


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
        return VirtualSpec(patient, side.value, seed), _named(patient)
    return WebcamSpec(camera or 0), "patient"


def _named(patient: str | None) -> str:
    """Under whose pseudonym a session is kept where nobody says."""
    return "patient" if patient is None else f"virtual-{patient}"


def _checked(who: str | None, patient: str | None) -> str | None:
    from rehabgames.app.plan import plan_path

    if who is None:
        return None
    if patient is not None:
        step = f"Leave --who out; the plan of this one is that of {_named(patient)}."
        raise UseError("A virtual patient does not play in somebody's name.", step)
    plan_path(who)  # says what a name may be
    return who


def _working(exercise: str, who: str, side: Side | None) -> Side:
    """The side that somebody said, else the one that the plan prescribes, else the right one."""
    from rehabgames.app.planned import prescribed_side

    return side or Side(prescribed_side(exercise, who) or Side.right)


def takes_of(model: Network | None, low_power: bool | None = False) -> Any:
    """How much of the machine is used; what people should know about it is said."""
    from rehabgames.app.resources import resources
    from rehabgames.app.telling import say

    taken = resources(None if model is None else model.value, low_power=low_power)
    for note in taken.notes:
        say(note)
    return taken


def _heard(stop_word: bool) -> bool:
    """The same. Raises UseError where it is asked for and cannot be."""
    from rehabgames.hearing.listener import recogniser_here
    from rehabgames.hearing.spotter import INSTALL

    if stop_word and not recogniser_here():
        raise UseError("--stop-word needs a recogniser that is not installed.", INSTALL)
    return stop_word


def _without_window(headless: bool) -> bool:
    from rehabgames.app.telling import say
    from rehabgames.stage.window import display_available

    if headless or display_available():
        return headless
    say("There is no display here, so everything is painted without a window (--headless).")
    return True


def _play(spec: Any, exercise: str, who: str, asked: _Play) -> None:
    from rehabgames.app.planned import SUPPORTED
    from rehabgames.app.play import Screen
    from rehabgames.app.play import play as run_play
    from rehabgames.app.telling import Bar, tell_played
    from rehabgames.app.wiring import Request

    tell_trouble_with_words()
    takes = takes_of(asked.model, asked.low_power)
    screen = Screen(
        _without_window(asked.headless),
        pictures=asked.pictures,
        voice=not asked.silent,
        calm=asked.calm,
        follows_head=not asked.fixed_room,
        stop_word=asked.stop_word,
    )
    minutes = None if asked.seconds is None else asked.seconds / 60
    said = (SUPPORTED,) if asked.support else ()
    request = Request(
        exercise,
        who,
        asked.side.value,
        asked.seed,
        minutes,
        said=said,
        child=asked.child,
        filmed_s=None if asked.filmed_ms is None else asked.filmed_ms / 1000,
        accompanied=asked.accompanied,
    )
    with Bar() as bar:
        result = run_play(request, spec, screen, bar, recheck=not asked.anew, takes=takes)
    write_json(asked.json_file, result.facts)
    tell_played(result)
