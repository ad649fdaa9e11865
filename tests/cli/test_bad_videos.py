"""Videos that are none, or show nobody: one message, exit code 2, nothing half-written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from terminal import Terminal

pytestmark = pytest.mark.camera

SIZE = (320, 240)
FRAMES = 20
Paint = Callable[[int], np.ndarray]

KIND = "Give a video file such as MP4, MOV, AVI, MKV or WebM."
AGAIN = "Copy or record it again."
SOMEBODY = "Choose a video that shows a person from the hips up."


def film(path: Path, paint: Paint, frames: int = FRAMES, code: str = "mp4v") -> None:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*code), 30, SIZE)
    assert writer.isOpened()
    for index in range(frames):
        writer.write(paint(index))
    writer.release()


def wall(_: int) -> np.ndarray:
    return np.full((SIZE[1], SIZE[0], 3), (150, 170, 180), np.uint8)


def noise(index: int) -> np.ndarray:
    return np.random.default_rng(index).integers(0, 256, (SIZE[1], SIZE[0], 3), np.uint8)


def bars(_: int) -> np.ndarray:
    colours = [[255 * (bar >> channel & 1) for channel in range(3)] for bar in range(8)]
    return np.repeat(np.repeat(np.array([colours], np.uint8), SIZE[0] // 8, axis=1), SIZE[1], axis=0)


def half(path: Path) -> None:
    """Cut a file at half its bytes."""
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


@pytest.fixture
def video(terminal: Terminal, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Makes a bad video of a kind in the working folder and gives its name."""

    def made(kind: str) -> str:
        path = terminal.folder / f"{kind}.mp4"
        if kind == "folder":
            path.mkdir()
        elif kind == "empty":
            path.touch()
        elif kind == "text":
            path.write_text("This is no video.\n" * 100)
        elif kind == "no_frames":
            film(path, wall, frames=0)
        elif kind == "half_a_clip":
            shared: Path = request.getfixturevalue("shared")
            path.write_bytes((shared / "video" / "asl_A_skull.mp4").read_bytes())
            half(path)
        elif kind == "breaks_off":
            path = path.with_suffix(".avi")
            film(path, noise, frames=60, code="MJPG")
            half(path)
        elif kind != "missing":
            film(path, {"wall": wall, "noise": noise, "bars": bars}[kind])
        return path.name

    return made


@pytest.mark.parametrize(
    ("kind", "said", "next_step"),
    [
        ("missing", "There is no file", "Check the name of the video."),
        ("folder", "is a folder.", "Give a video file in it."),
        ("empty", "is empty.", KIND),
        ("text", "is not a video that can be read", KIND),
        ("no_frames", "is not a video that can be read", KIND),
        ("half_a_clip", "is not a video that can be read, or it is damaged", KIND),
        ("breaks_off", "breaks off after picture", AGAIN),
        ("wall", "Nobody is seen in", SOMEBODY),
        ("noise", "Nobody is seen in", SOMEBODY),
        ("bars", "Nobody is seen in", SOMEBODY),
    ],
)
def test_a_bad_video_is_not_tracked(
    terminal: Terminal, video: Callable[[str], str], kind: str, said: str, next_step: str
) -> None:
    name = video(kind)
    before = terminal.files()
    answer = terminal.typed("track", name, "--csv", "signals.csv", "--json", "numbers.json")
    assert answer.code == 2
    assert name in answer.message
    assert said in answer.message
    assert answer.message.endswith(next_step)
    assert terminal.files() == before
    assert not terminal.home.exists()


@pytest.mark.parametrize(
    ("kind", "said", "next_step"),
    [
        ("missing", "There is no file", "Check the name of the video."),
        ("no_frames", "is not a video that can be read", KIND),
    ],
)
def test_a_bad_video_is_not_played(
    terminal: Terminal, video: Callable[[str], str], kind: str, said: str, next_step: str
) -> None:
    name = video(kind)
    before = terminal.files()
    answer = terminal.typed("play", "--video", name, "--headless", "--json", "numbers.json")
    assert answer.code == 2
    assert name in answer.message
    assert said in answer.message
    assert answer.message.endswith(next_step)
    assert terminal.files() == before
    assert terminal.sessions() == []


@pytest.mark.parametrize(
    ("kind", "said", "closed"),
    [
        ("wall", ("Nobody is seen in", SOMEBODY), ("stopped", "source")),
        ("breaks_off", ("breaks off after picture", AGAIN), ("failed", "tracking")),
    ],
)
def test_what_turns_out_bad_while_it_is_played_is_told_and_closed(
    terminal: Terminal,
    video: Callable[[str], str],
    kind: str,
    said: tuple[str, str],
    closed: tuple[str, str],
) -> None:
    name = video(kind)
    before = terminal.files()
    answer = terminal("play", "--video", name, "--headless", "--json", "numbers.json")
    assert answer.code == 2
    assert name in answer.message
    assert said[0] in answer.message
    assert answer.message.endswith(said[1])
    assert terminal.files() == before
    assert [(session.status, session.reason) for session in terminal.sessions()] == [closed]
