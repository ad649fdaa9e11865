"""Somebody else's game: brought by a package, and one that raises, hangs or answers nonsense."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pygame
import pytest
from fenced import blocks, file_of
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.app.borne import borne
from rehabgames.app.bounded import Bounded
from rehabgames.core.document import Document
from rehabgames.core.errors import UseError
from rehabgames.core.inputs import Recorded, Tighten
from rehabgames.core.limits import Limits
from rehabgames.core.message import Message
from rehabgames.core.person import Profile
from rehabgames.core.plan import Prescription
from rehabgames.core.trial import Goal, Outcome, TrialSpec
from rehabgames.core.view import Cue, Target, Thing
from rehabgames.games import GAMES, ReachGame
from rehabgames.session import Setup
from rehabgames.session.answers import sound
from rehabgames.testing import Act, Acted, act, setup_for
from rehabgames.words import render

SOON_S = 0.2
FPS = 12.0
WHEN = 2  # trials that go well before it breaks
METHODS = ("propose", "begin", "step", "settle", "target", "things", "prompt", "cues")
NAMES = {"lantern_touch.toml", "pyproject.toml", "lanterns.py", "dusk.py", "test_lanterns.py"}
PROFILE = Profile(
    "reach_quick",
    "right",
    arm_px=170.0,
    reach={-40.0: 0.8, 25.0: 0.9, 45.0: 0.9, 65.0: 0.9, 85.0: 0.9},
    noise=0.004,
    rest_xy=(0.1, -0.75),
)


@pytest.fixture
def freed() -> Iterator[threading.Event]:
    """Set at the end, so that what hangs in a test ends with it."""
    event = threading.Event()
    yield event
    event.set()


def game_that(method: str, does: Callable[[Any], Any], trial: int = WHEN) -> type[ReachGame]:
    """A game whose `method` gives what `does` gives, from the trial of this number on."""

    class Strange(ReachGame):
        begun = -1

        def begin(self, spec: TrialSpec) -> None:
            self.begun = spec.number
            super().begin(spec)

    def strange(self: Strange, *given: Any, **more: Any) -> Any:
        now = given[0] if method == "propose" else given[0].number if method == "begin" else self.begun
        if now >= trial:
            return does(self)
        return getattr(super(Strange, self), method)(*given, **more)

    def begins(self: Strange, spec: TrialSpec) -> None:
        self.begun = spec.number
        strange(self, spec)

    setattr(Strange, method, begins if method == "begin" else strange)
    return Strange


def setup_with(monkeypatch: pytest.MonkeyPatch, made: Any, *, needs_profile: bool = True) -> Setup:
    """A session of the orchard whose game is somebody else's. Calibrated: what breaks, breaks in play."""
    monkeypatch.setitem(GAMES, "strange", replace(GAMES["reach"], make=made))
    setup = setup_for("orchard_reach", 3, minutes=1.0)
    assert setup.exercise is not None
    setup = replace(setup, exercise=replace(setup.exercise, game="strange"))
    return replace(setup, profile=PROFILE) if needs_profile else setup


def broke_calmly(done: Acted, how: str) -> list[Document]:
    """Closed as failed because of the game, once and for all; returns the trials before."""
    session, documents = done.session, done.documents
    assert (session.closed, session.reason) == ("failed", "game")
    assert documents[0].kind == "start"
    assert documents[-1].kind == "stop"
    assert (documents[-1].body["status"], documents[-1].body["reason"]) == ("failed", "game")
    assert [each.number for each in documents] == list(range(len(documents)))
    events = [each for each in documents if each.body.get("name", "").startswith("plug_in_")]
    assert [each.body["name"] for each in events] == [how]
    assert events[0].body["game"] == "strange"
    last_s = documents[-1].t_s
    for tick in range(60):  # the last scene goes on, and nothing is written any more
        step = session.step(None, [Recorded(len(documents))] if tick == 0 else [], last_s + tick / 60)
        assert (step.view.phase, step.view.prompt) == ("done", Message("done.game"))
        assert step.view.target is None
        assert step.documents == ()
    return done.trials


@pytest.mark.parametrize("method", METHODS)
def test_one_that_raises_is_over_and_the_session_is_kept(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raising(_: object) -> object:
        raise LookupError("no idea")

    done = act(Act(setup_with(monkeypatch, game_that(method, raising)), fps=FPS, bounded=Bounded()))
    assert len(broke_calmly(done, "plug_in_raised")) >= WHEN


@pytest.mark.parametrize("method", METHODS)
def test_one_that_hangs_is_over_and_the_session_is_kept(
    method: str, freed: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = game_that(method, lambda _: freed.wait())
    done = act(Act(setup_with(monkeypatch, hanging), fps=FPS, bounded=Bounded(SOON_S)))
    assert len(broke_calmly(done, "plug_in_hung")) >= WHEN


@pytest.mark.parametrize("error", [KeyError("x"), SystemExit(3), RecursionError(), MemoryError()])
def test_one_that_cannot_be_made_ends_the_session_before_the_first_trial(
    error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(*given: object) -> ReachGame:
        raise error

    done = act(Act(setup_with(monkeypatch, made), fps=FPS, bounded=Bounded()))
    assert broke_calmly(done, "plug_in_raised") == []


def test_one_that_hangs_while_it_is_made(freed: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    done = act(Act(setup_with(monkeypatch, lambda *_: freed.wait()), fps=FPS, bounded=Bounded(SOON_S)))
    assert broke_calmly(done, "plug_in_hung") == []


def test_one_that_is_no_game_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    done = act(Act(setup_with(monkeypatch, lambda *_: "a game"), fps=FPS, bounded=Bounded()))
    assert broke_calmly(done, "plug_in_raised") == []


def test_the_calibration_before_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    made = setup_with(monkeypatch, game_that("step", lambda _: 1 / 0, trial=0), needs_profile=False)
    done = act(Act(made, fps=FPS, bounded=Bounded()))
    broke_calmly(done, "plug_in_raised")
    assert [each.kind for each in done.documents].count("profile") == 1


GOOD = Target("pick", 0.3, -0.4, 0.1, 0.0, 1)
THING = Thing("one", "fruit", 0.0, 0.0, 0.1)
NONSENSE = [
    ("step", lambda _: "yes"),
    ("step", lambda g: Outcome(g.begun + 1, success=True, reason="placed")),
    ("step", lambda g: Outcome(g.begun, success="perhaps", reason="placed")),  # type: ignore[arg-type]
    ("step", lambda g: Outcome(g.begun, success=True, reason="because")),  # type: ignore[arg-type]
    ("step", lambda g: Outcome(g.begun, success=True, reason="placed", margin=math.inf)),
    ("step", lambda g: Outcome(g.begun, success=True, reason="placed", margin="much")),  # type: ignore[arg-type]
    ("propose", lambda _: None),
    ("propose", lambda _: {"distance": 0.5}),
    ("propose", lambda _: TrialSpec(0, {"distance": 0.5}, Goal(45, 0.5, 0.1, 0.5), None, 8.0)),
    ("target", lambda _: (0.3, 0.4)),
    ("target", lambda _: replace(GOOD, x=math.nan)),
    ("target", lambda _: replace(GOOD, y="up")),
    ("target", lambda _: replace(GOOD, radius=1e9)),
    ("target", lambda _: replace(GOOD, kind="dance")),
    ("things", lambda _: None),
    ("things", lambda _: [THING]),
    ("things", lambda _: (3,)),
    ("things", lambda _: (THING,) * 501),
    ("things", lambda _: (replace(THING, x=math.inf),)),
    ("things", lambda _: (replace(THING, way=((0.0, math.nan),)),)),
    ("things", lambda _: (replace(THING, state="asleep"),)),
    ("prompt", lambda _: "Reach!"),
    ("prompt", lambda _: Message(3)),  # type: ignore[arg-type]
    ("prompt", lambda _: Message("play.reach", {"n": object()})),  # type: ignore[dict-item]
    ("cues", lambda _: ("ding",)),
    ("cues", lambda _: (Cue("ding", math.nan, 0.0),)),
]


@pytest.mark.parametrize(("method", "answer"), NONSENSE)
def test_one_that_answers_nonsense_is_over_and_the_session_is_kept(
    method: str, answer: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = act(Act(setup_with(monkeypatch, game_that(method, answer)), fps=FPS, bounded=Bounded()))
    assert len(broke_calmly(done, "plug_in_answered")) >= WHEN


def test_an_outcome_of_a_trial_that_is_over_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Twice(ReachGame):
        last: Outcome | None = None

        def step(self, hand: tuple[float, float], dt_s: float, grip: float = math.nan) -> Outcome | None:
            outcome = super().step(hand, dt_s, grip)
            self.last = outcome or self.last
            return self.last

    done = act(Act(setup_with(monkeypatch, Twice), fps=FPS, bounded=Bounded()))
    assert len(broke_calmly(done, "plug_in_answered")) == 1


@pytest.mark.parametrize("left", [None, True, False])
def test_one_that_does_not_leave_a_trial_that_is_to_end(
    left: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes on playing, or judges what was cut short."""

    def abandon(game: Any) -> Outcome | None:
        return None if left is None else Outcome(game.begun, success=left, reason="stopped")

    def say(_: float, view: Any) -> list[Any]:
        reaching = view is not None and view.target is not None and view.count >= WHEN
        return [Tighten(Limits(reach=0.2))] if reaching else []

    setup = setup_with(monkeypatch, game_that("abandon", abandon))
    done = act(Act(setup, fps=FPS, bounded=Bounded(), say=say))
    assert len(broke_calmly(done, "plug_in_answered")) >= WHEN


def test_a_retention_probe_that_it_cannot_propose_ends_it_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    made = setup_with(monkeypatch, game_that("propose", lambda _: 1 / 0, trial=1))
    made = replace(made, prescription=Prescription("orchard_reach", "right", probe_every=2))
    assert len(broke_calmly(act(Act(made, fps=FPS, bounded=Bounded())), "plug_in_raised")) == 1


def test_one_that_keeps_its_word_plays_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    done = act(Act(setup_with(monkeypatch, ReachGame), fps=FPS, bounded=Bounded()))
    assert (done.session.closed, done.session.reason) == ("completed", "dose")
    assert len(done.trials) >= 8


def test_what_looks_like_a_number_and_raises_is_not_sound() -> None:
    class Liar(float):
        def __float__(self) -> float:
            raise ValueError

        def __abs__(self) -> float:
            raise ValueError

    assert sound(GOOD)
    assert sound(THING)
    assert not sound(replace(GOOD, x=Liar(0.1)))
    assert not sound("text")


ANY = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.just(()) | st.just([1])
)


@given(
    x=ANY, y=ANY, radius=ANY, state=ANY | st.just("ready"), way=ANY | st.lists(st.tuples(ANY, ANY)).map(tuple)
)
def test_a_thing_is_sound_only_where_it_can_be_drawn(
    x: Any, y: Any, radius: Any, state: Any, way: Any
) -> None:
    thing = Thing("one", "fruit", x, y, radius, state=state, way=way)
    if sound(thing):
        places = [(thing.x, thing.y), *thing.way]
        assert all(math.hypot(*place) < 30 for place in places)
        assert 0 <= thing.radius <= 3
        assert thing.state == "ready"


@given(params=st.dictionaries(st.text(max_size=3) | st.integers(), ANY, max_size=3), name=ANY)
def test_a_message_is_sound_only_where_it_can_be_said(params: Any, name: Any) -> None:
    if sound(Message(name, params)):
        assert render(Message(name, params)) or name.isspace()


# ---- brought by a package -------------------------------------------------------------------------


def brought(site: Path, module: str, text: str, points: dict[str, dict[str, str]]) -> Path:
    """A package as pip leaves it: its modules, and what it says of itself."""
    known = site / f"{module}-1.0.dist-info"
    known.mkdir(parents=True)
    (known / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n", "utf-8")
    lines: list[str] = []
    for group, names in points.items():
        lines += [f"[{group}]", *(f"{name} = {where}" for name, where in names.items())]
    (known / "entry_points.txt").write_text("\n".join(lines), "utf-8")
    (site / f"{module}.py").write_text(text, "utf-8")
    return site


def python(*arguments: str, site: Path, home: Path) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PYTHONPATH": str(site), "REHABGAMES_HOME": str(home), "COLUMNS": "300"}
    return subprocess.run(
        [sys.executable, *arguments],
        env=env,
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )


@pytest.fixture
def lanterns(repository: Path, tmp_path: Path) -> tuple[Path, Path]:
    """What docs/games.md writes down, as a package and an exercise: (site, home)."""
    paper = repository / "docs" / "games.md"
    assert {block.file for block in blocks(paper)} - {""} == NAMES
    project = tomllib.loads(file_of(paper, "pyproject.toml"))["project"]
    site, home = tmp_path / "site", tmp_path / "home"
    brought(site, "lanterns", file_of(paper, "lanterns.py"), project["entry-points"])
    for name in ("dusk.py", "test_lanterns.py"):
        (site / name).write_text(file_of(paper, name), "utf-8")
    (home / "exercises").mkdir(parents=True)
    (home / "exercises" / "lantern_touch.toml").write_text(file_of(paper, "lantern_touch.toml"), "utf-8")
    return site, home


def test_the_game_of_the_document_is_found_and_its_exercise_is_good(lanterns: tuple[Path, Path]) -> None:
    site, home = lanterns
    checked = python("-m", "rehabgames", "check", str(home / "exercises"), site=site, home=home)
    assert (checked.returncode, checked.stderr) == (0, "")
    listed = python("-m", "rehabgames", "list", site=site, home=home)
    assert "lantern_touch" in listed.stdout
    without = python("-m", "rehabgames", "check", str(home / "exercises"), site=home, home=home)
    assert without.returncode == 2
    assert "game: there is no game 'lanterns'" in without.stderr


QUICK = """
import pygame
from rehabgames.testing import act, Act, setup_for, broken
from rehabgames.testing.showing import stage
print([str(each) for each in broken("lantern_touch", ("winnable", "responds", "pauses", "slow"))])
done = act(Act(setup_for("lantern_touch", minutes=0.3), whole=True))
seen = set()
with stage((640, 360)) as painted:
    for t_s, view, cues in done.moments[::30]:
        painted.paint(view, t_s)
        [painted.cue(cue, t_s) for cue in cues]
        seen.add(tuple(pygame.display.get_surface().get_at((639, 0))[:3]))
    print((24, 34, 74) in seen, painted.notes, {view.place for _, view, _ in done.moments})
    print({view.prompt.id for _, view, _ in done.moments if view.target and view.phase == "play"})
"""


def test_the_game_of_the_document_is_played_and_painted(lanterns: tuple[Path, Path]) -> None:
    site, home = lanterns
    done = python("-c", QUICK, site=site, home=home)
    assert done.returncode == 0, done.stderr
    kept, shown, said = done.stdout.splitlines()[-3:]
    assert kept == "[]"
    assert shown == "True [] {'dusk'}", "the sky of its own, and nothing to note"
    assert said == "{'Touch the lantern for a moment.'}"


@pytest.mark.endurance
def test_the_game_of_the_document_keeps_the_whole_contract(lanterns: tuple[Path, Path]) -> None:
    site, home = lanterns
    asked = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "test_lanterns.py")
    done = python(*asked, site=site, home=home)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


STRANGERS = """
from dataclasses import replace
from rehabgames.games import GAMES
GOOD = GAMES["reach"]
NUMBER = 3
UNSETTLED = replace(GOOD, settings=None)
SPELT = replace(GOOD, places="orchard")
ODD = replace(GOOD, settings={"hold_s": (3.0, 0.0)})
"""


LOADED = """
from rehabgames.app.plug_ins import load_games
from rehabgames.app.wiring import known
print(sorted(known().games & {"good", "number", "unsettled", "spelt", "odd", "gone", "missing"}))
print(*load_games(), sep="\\n")
"""


def test_what_cannot_be_used_is_told_and_leaves_the_others_alone(tmp_path: Path) -> None:
    points = {
        name: f"strangers:{name.upper()}" for name in ("good", "number", "unsettled", "spelt", "odd", "gone")
    }
    points |= {"reach": "strangers:GOOD", "missing": "no_such_module:GAME"}
    site = brought(tmp_path / "site", "strangers", STRANGERS, {"rehabgames.games": points})
    done = python("-c", LOADED, site=site, home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    used, *notes = done.stdout.splitlines()
    assert used == "['good']"
    told = dict(zip(("gone", "missing", "number", "odd", "reach", "spelt", "unsettled"), notes, strict=True))
    for name, note in told.items():
        assert note.startswith(f"The game '{name}' of ")
    assert "cannot be loaded" in told["gone"]
    assert "cannot be loaded" in told["missing"]
    assert "the name is taken" in told["reach"]
    for name in ("number", "odd", "spelt", "unsettled"):
        assert "is no Mechanic that says what it needs" in told[name]
    checked = python("-m", "rehabgames", "check", site=site, home=tmp_path / "home")
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("part", ["paint_back", "paint_play", "paint_front", "sign", "shows_hand", "made"])
def test_a_place_that_breaks_is_told_in_one_sentence(part: str) -> None:
    class Strange:
        shows_hand = True

        def __init__(self, *given: object) -> None:
            if part == "made":
                raise ZeroDivisionError("no width")

    def asked() -> None:
        place = borne("moon", Strange)(None, 0, (10, 10), "right")  # type: ignore[arg-type]
        if part == "shows_hand":
            del Strange.shows_hand
            assert place.shows_hand
        getattr(place, part)(None, None)

    with pytest.raises(
        UseError, match=r"^The place 'moon' cannot be painted \(\w+: .*\)\. Tell who made"
    ) as told:
        asked()
    assert "\n" not in str(told.value)


def test_a_place_that_keeps_its_word_is_left_alone() -> None:
    picture = pygame.Surface((3, 3))

    class Moon:
        shows_hand = False

        def __init__(self, *given: object) -> None:
            self.given = given

        def sign(self, *given: object) -> pygame.Surface:
            return picture

        def paint_back(self, easel: object, view: object) -> int:
            return 3

    place = borne("moon", Moon)(None, 7, (10, 10), "left")  # type: ignore[arg-type]
    assert not place.shows_hand
    assert place.sign(None, None, 3.0) is picture  # type: ignore[arg-type]
    assert place.paint_back(None, None) is None  # type: ignore[arg-type, func-returns-value]


ENDED = (
    "rehabgames: The game of 'spins' broke, and the session was closed and is saved. Tell who made the "
    "plug-in; 'rehabgames doctor' lists the plug-ins.\n"
)
ENDLESS = """
from dataclasses import replace
from rehabgames.games import GAMES, ReachGame
class Endless(ReachGame):
    def step(self, *given):
        while self._targets > 1:
            pass
        return super().step(*given)
ENDLESS = replace(GAMES["reach"], make=Endless)
"""


def test_the_program_ends_with_one_sentence(
    models: dict[str, Path], repository: Path, tmp_path: Path
) -> None:
    """The real thing: it spins for ever in the second trial, and the program still closes and reports."""
    site = brought(
        tmp_path / "site", "endless", ENDLESS, {"rehabgames.games": {"endless": "endless:ENDLESS"}}
    )
    own = tmp_path / "home" / "exercises" / "spins.toml"
    own.parent.mkdir(parents=True)
    text = (repository / "exercises" / "orchard_reach.toml").read_text("utf-8")
    own.write_text(text.replace('game = "reach"', 'game = "endless"'), "utf-8")
    asked = ("demo", "--exercise", "spins", "--headless", "--seconds", "30", "--patient", "healthy")
    done = python("-m", "rehabgames", *asked, site=site, home=tmp_path / "home")
    assert done.returncode == 2, done.stderr
    assert done.stderr.endswith(ENDED)
    assert done.stderr.count("rehabgames: ") == 1
    assert "Traceback" not in done.stderr
    report = python("-m", "rehabgames", "report", "last", site=site, home=tmp_path / "home")
    assert report.returncode == 0
    assert Path(report.stdout.strip()).is_file()
