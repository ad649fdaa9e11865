"""Games and places of other packages, as they are installed: found, played, and borne where they break."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pygame
import pytest
from fenced import blocks, file_of

from rehabgames.app import plug_ins
from rehabgames.app.borne import borne
from rehabgames.core.errors import UseError

NAMES = {"lantern_touch.toml", "pyproject.toml", "lanterns.py", "dusk.py", "test_lanterns.py"}


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
    paths = os.pathsep.join(filter(None, (str(site), os.environ.get("PYTHONPATH"))))
    env = os.environ | {"PYTHONPATH": paths, "REHABGAMES_HOME": str(home), "COLUMNS": "300"}
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
    folder, site, home = tmp_path / "lantern-games", tmp_path / "site", tmp_path / "home"
    folder.mkdir()
    for name in ("pyproject.toml", "lanterns.py", "dusk.py"):
        (folder / name).write_text(file_of(paper, name), "utf-8")
    pip = (
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
    )
    subprocess.run([*pip, "--target", str(site), str(folder)], check=True, timeout=200)
    (site / "test_lanterns.py").write_text(file_of(paper, "test_lanterns.py"), "utf-8")
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
WAYS = replace(GOOD, moves="two")
"""


LOADED = """
from rehabgames.app.plug_ins import load_games
from rehabgames.app.repertoire import known
print(sorted(known().games & {"good", "number", "unsettled", "spelt", "odd", "gone", "missing"}))
print(*load_games(), sep="\\n")
"""


def test_an_import_that_ends_the_program_or_never_ends_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command loads what is installed, so none of it may take all of them down."""
    leaving = 'import sys\nsys.exit("no licence")\n'
    site = brought(tmp_path / "site", "leaving", leaving, {"rehabgames.games": {"leaves": "leaving:GAME"}})
    done = python("-m", "rehabgames", "list", site=site, home=tmp_path / "home")
    assert (done.returncode, "orchard_reach" in done.stdout) == (0, True)
    freed = threading.Event()
    endless = SimpleNamespace(name="endless", value="endless:GAME", load=freed.wait)
    monkeypatch.setattr(plug_ins, "entry_points", lambda group: [endless])
    monkeypatch.setattr(plug_ins, "LONGEST_LOAD_S", 0.1)
    plug_ins.load_games.cache_clear()
    try:
        (note,) = plug_ins.load_games()
        assert note == "The game 'endless' of endless:GAME cannot be loaded: that takes over 0 s."
    finally:
        freed.set()
        plug_ins.load_games.cache_clear()


def test_what_cannot_be_used_is_told_and_leaves_the_others_alone(tmp_path: Path) -> None:
    points = {
        name: f"strangers:{name.upper()}"
        for name in ("good", "number", "unsettled", "spelt", "odd", "gone", "ways")
    }
    points |= {"reach": "strangers:GOOD", "missing": "no_such_module:GAME"}
    site = brought(tmp_path / "site", "strangers", STRANGERS, {"rehabgames.games": points})
    done = python("-c", LOADED, site=site, home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    used, *notes = done.stdout.splitlines()
    assert used == "['good']"
    names = ("gone", "missing", "number", "odd", "reach", "spelt", "unsettled", "ways")
    told = dict(zip(names, notes, strict=True))
    for name, note in told.items():
        assert note.startswith(f"The game '{name}' of ")
    assert "cannot be loaded" in told["gone"]
    assert "cannot be loaded" in told["missing"]
    assert "the name is taken" in told["reach"]
    for name in ("number", "odd", "spelt", "unsettled", "ways"):
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


def test_a_place_that_would_end_the_program_is_told_as_well() -> None:
    class Leaving:
        def paint_back(self, *given: object) -> None:
            raise SystemExit(3)

    place = borne("moon", lambda *_: Leaving())(None, 0, (10, 10), "right")  # type: ignore[arg-type, return-value]
    with pytest.raises(UseError, match=r"^The place 'moon' cannot be painted \(SystemExit: 3\)\."):
        place.paint_back(None, None)  # type: ignore[arg-type]


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
