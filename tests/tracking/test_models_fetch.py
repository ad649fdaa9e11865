"""Fetching by real processes: four at once, killed, without network, pip, room or a sound wheel."""

from __future__ import annotations

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import venv
from pathlib import Path

import platformdirs
import pytest

import rehabgames
from rehabgames.core.errors import ModelError
from rehabgames.tracking.lock import locked
from rehabgames.tracking.models import list_models, model_path
from rehabgames.tracking.packing import BUNDLES, KINDS, sha256_of

# Says what it is told; `act` is what this process does when a stage begins.
PROGRAM = """
import os, signal, sys
from pathlib import Path
from rehabgames.core.errors import RehabgamesError
from rehabgames.tracking.models import model_path

def act(stage, done):
    {act}

def progress(stage, done, total):
    print(stage, done, flush=True)
    act(stage, done)

try:
    print("path", model_path("pose", cache=Path(sys.argv[1]), progress=progress))
except RehabgamesError as error:
    print("error", error)
    sys.exit(error.exit_code)
"""
posix_only = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and limits")


def _start(cache: Path, act: str = "pass", python: str = sys.executable) -> subprocess.Popen[str]:
    command = [python, "-c", PROGRAM.format(act=act), str(cache)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _run(cache: Path, act: str = "pass", python: str = sys.executable) -> tuple[int, str, str]:
    with _start(cache, act, python) as process:
        out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def _one_message(code: int, out: str, err: str) -> str:
    """The last line that was printed, after seeing that it is the only thing said and no traceback."""
    assert (code, err) == (1, "")
    (message,) = [line for line in out.splitlines() if line.startswith("error ")]
    assert out.splitlines()[-1] == message
    return message.removeprefix("error ")


def _whole_or_absent(cache: Path) -> None:
    for kind in KINDS:
        path = cache / f"{kind}.task"
        assert not path.exists() or sha256_of(path) == BUNDLES[kind].sha256


def _left_behind(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.iterdir() if path.name.startswith("fetch-"))


def _only_index(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    """pip asks this port of this machine, whatever the user's own settings say."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("REHABGAMES_MODELS", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{port}/simple")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.mark.usefixtures("only_the_wheel")
def test_four_processes_on_an_empty_cache_fetch_once(tmp_path: Path) -> None:
    with locked(tmp_path / "lock"):
        processes = [_start(tmp_path) for _ in range(4)]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "wait 0\n"
    told = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    assert [err for _, err in told] == ["", "", "", ""]
    assert all(out.endswith(f"path {tmp_path / 'pose.task'}\n") for out, _ in told)
    assert sum("fetch 0" in out for out, _ in told) == 1
    assert all(state.sha256_ok for state in list_models(tmp_path))
    assert _left_behind(tmp_path) == []


KILL = "stage == {stage!r} and done == {done} and os.kill(os.getpid(), signal.SIGKILL)"
# the system ends the process in the middle of writing the bundle, after its first megabyte
KILL_IN_WRITE = (
    "import resource; stage == 'pack' and (signal.signal(signal.SIGXFSZ, signal.SIG_DFL), "
    "resource.setrlimit(resource.RLIMIT_CORE, (0, 0)), "
    "resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)))"
)


@posix_only
@pytest.mark.usefixtures("only_the_wheel")
@pytest.mark.parametrize(
    ("act", "present"),
    [
        (KILL.format(stage="fetch", done=0), 0),
        (KILL.format(stage="fetch", done=35_622_638), 0),
        (KILL_IN_WRITE, 0),
        (KILL.format(stage="pack", done=1), 1),
        (KILL.format(stage="pack", done=2), 2),
    ],
    ids=["fetching", "fetched", "writing", "one written", "both written"],
)
def test_a_kill_leaves_whole_models_or_none(tmp_path: Path, act: str, present: int) -> None:
    code, _, err = _run(tmp_path, act)
    assert (code in (-signal.SIGKILL, -signal.SIGXFSZ), err) == (True, "")
    assert sum(state.present for state in list_models(tmp_path)) == present
    _whole_or_absent(tmp_path)
    assert _left_behind(tmp_path) != []

    assert model_path("hand", cache=tmp_path) == tmp_path / "hand.task"
    assert all(state.sha256_ok for state in list_models(tmp_path))
    assert _left_behind(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux's pidfd")
def test_pip_dies_with_the_process_that_started_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index takes the connection and never answers: left alone, pip would wait 45 s for it."""
    act = (
        "import psutil; children = psutil.Process().children(); "
        "children and (print('child', children[0].pid, flush=True), os.kill(os.getpid(), signal.SIGKILL))"
    )
    with socket.create_server(("127.0.0.1", 0)) as silent:
        _only_index(monkeypatch, silent.getsockname()[1])
        _, out, _ = _run(tmp_path, act)
        pid = int(out.split()[-1])
        try:
            process = os.pidfd_open(pid)
        except ProcessLookupError:
            return
        ended, _, _ = select.select([process], [], [], 10)
        os.close(process)
    assert ended


@pytest.mark.usefixtures("no_index")
def test_nowhere_to_fetch_from_is_one_message(tmp_path: Path) -> None:
    message = _one_message(*_run(tmp_path))
    assert message == (
        "The tracking models could not be fetched: pip finds no mediapipe 0.10.21 where it is told to look. "
        "Connect to the internet once and run 'rehabgames models', or set REHABGAMES_MODELS to a folder that "
        "holds pose.task and hand.task from a computer that has them."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]


def test_no_network_is_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A port of this machine where nobody answers stands for the index."""
    _only_index(monkeypatch, 9)
    message = _one_message(*_run(tmp_path))
    assert message.startswith(
        "The tracking models could not be fetched: no network answered. Connect to the internet once"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]


@pytest.mark.usefixtures("no_index")
def test_a_wheel_with_a_wrong_checksum_is_not_used(
    tmp_path: Path, wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytearray(wheel.read_bytes())
    content[20_000_000] ^= 1
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / wheel.name).write_bytes(content)
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    message = _one_message(*_run(tmp_path / "cache"))
    assert "its checksum is wrong; nothing of it is used" in message
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["lock"]


@posix_only
@pytest.mark.usefixtures("only_the_wheel")
@pytest.mark.parametrize(
    ("stage", "words"),
    [("fetch", "is full or cannot be written. Free 100 MB"), ("pack", "cannot be kept in")],
)
def test_a_disk_that_takes_no_more_is_one_message(tmp_path: Path, stage: str, words: str) -> None:
    """A limit on file size makes the system refuse writes, to pip's process and to this one."""
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))"
    # the limit for pip is there before pip starts, for it inherits it
    act = f"pass\n{limit}" if stage == "fetch" else f"if stage == 'pack': {limit}"
    message = _one_message(*_run(tmp_path, act))
    assert words in message
    assert str(tmp_path) in message
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]


@pytest.mark.usefixtures("no_index")
def test_a_cache_that_cannot_be_made_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    folder = tmp_path / "file" / "models"
    with pytest.raises(ModelError) as caught:
        model_path("pose", cache=folder)
    assert caught.value.what == f"The tracking models cannot be kept in {folder}: Not a directory."
    assert "REHABGAMES_CACHE" in caught.value.next_step
    assert [state.origin for state in list_models(folder)] == ["missing", "missing"]


@posix_only
@pytest.mark.usefixtures("no_index")
def test_a_python_without_pip_is_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    venv.create(tmp_path / "bare", with_pip=False)
    packages = tmp_path / "packages"
    packages.mkdir()
    for package in (platformdirs, rehabgames):
        folder = Path(package.__path__[0])
        shutil.copytree(
            folder, packages / folder.name, ignore=shutil.ignore_patterns("__pycache__", "assets")
        )
    monkeypatch.setenv("PYTHONPATH", str(packages))
    message = _one_message(*_run(tmp_path / "cache", python=str(tmp_path / "bare" / "bin" / "python")))
    assert message.startswith("The tracking models could not be fetched: this Python has no pip.")
    assert "ensurepip" in message
