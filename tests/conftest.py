"""What every test may ask for: the shared clips, a data folder of its own, the real tracking models.

No test needs a screen or a sound card, and none writes into the data folder of whoever runs it.
"""

from __future__ import annotations

import os
import pickle
import signal
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
os.environ["MPLBACKEND"] = "Agg"

# machines that are shared are slow at times; the time of one example says nothing
settings.register_profile("house", deadline=None)
settings.load_profile("house")

# a run that was started in the background ignores Ctrl-C, and so would every child that tests interrupt
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

REPOSITORY = Path(__file__).resolve().parents[1]
WORKER = os.environ.get("PYTEST_XDIST_WORKER")  # None where the tests run in one process
LOCKS = Path(tempfile.gettempdir()) / f"rehabgames-tests-{os.environ.get('PYTEST_XDIST_TESTRUNUID')}"
THROUGH_MEDIAPIPE = "models"  # the fixture with the bundles
FIRST = ("alone", "camera")  # markers of the files that are begun before the others


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for the tracking models goes through the real MediaPipe, and is marked as such.

    The files that take longest come first, so that no worker is left with one of them at the end; before
    them what is alone, for which the other would have to wait in the middle of something long.
    """
    for item in items:
        if THROUGH_MEDIAPIPE in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.camera)
    turn = {}
    for item in items:
        first = min((i for i, name in enumerate(FIRST) if item.get_closest_marker(name)), default=len(FIRST))
        turn[item.path] = min(first, turn.get(item.path, first))
    items.sort(key=lambda item: turn[item.path])


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """What is marked `alone` keeps bounds of real time: nothing runs on another worker meanwhile.

    Each worker holds its own lock during a test; who is alone holds all of them. The gate keeps the others
    from starting yet another test while somebody waits to be alone.
    """
    from rehabgames.tracking.lock import locked  # noqa: PLC0415

    if WORKER is None:
        return (yield)
    LOCKS.mkdir(exist_ok=True)
    workers = [f"gw{number}" for number in range(int(os.environ["PYTEST_XDIST_WORKER_COUNT"]))]
    with ExitStack() as held:
        with locked(LOCKS / "gate"):
            for name in workers if item.get_closest_marker("alone") else [WORKER]:
                held.enter_context(locked(LOCKS / name))
        return (yield)


def pytest_sessionfinish() -> None:
    """The last worker leaves nothing of the locks."""
    from rehabgames.tracking.lock import locked_if_free  # noqa: PLC0415

    if WORKER is None or not LOCKS.is_dir():
        return
    for each in LOCKS.iterdir():
        with locked_if_free(each) as free:
            if free:
                each.unlink()
    with suppress(OSError):  # another one still runs
        LOCKS.rmdir()


@pytest.fixture(scope="session", autouse=True)
def _nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REHABGAMES_HOME", str(tmp_path_factory.mktemp("nobodys-home")))
        yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of this test; it does not exist yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("REHABGAMES_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the clips of real people: REHABGAMES_SHARED, else beside the repository."""
    named = os.environ.get("REHABGAMES_SHARED")
    folder = Path(named) if named else REPOSITORY.parent / "shared"
    if not (folder / "video" / "labels.json").is_file():
        pytest.skip(f"There are no clips at {folder}; set REHABGAMES_SHARED to the folder that has them.")
    return folder


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], Any]], Any]:
    """once(name, make): what `make` gave for a folder of its own, made once in a run of the tests, also
    where they run side by side. It has to be something that can be pickled."""
    from rehabgames.tracking.lock import locked  # noqa: PLC0415

    base = tmp_path_factory.getbasetemp()
    shelf = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "made-once"
    shelf.mkdir(exist_ok=True)

    def made(name: str, make: Callable[[Path], Any]) -> Any:
        kept = shelf / f"{name}.pickle"
        with locked(shelf / f"{name}.lock"):
            if not kept.exists():
                (shelf / name).mkdir()
                kept.write_bytes(pickle.dumps(make(shelf / name)))
        return pickle.loads(kept.read_bytes())

    return made


@pytest.fixture(scope="session")
def models() -> dict[str, Path]:
    """The real bundles by kind, "pose" and "hand"; fetched once into the user's cache where missing."""
    from rehabgames.tracking.models import model_path  # noqa: PLC0415

    return {"pose": model_path("pose"), "hand": model_path("hand")}
