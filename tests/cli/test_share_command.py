"""`rehabgames share`: one page that is really there, in every language, and that names nobody unasked."""

from __future__ import annotations

import contextlib
import re
import shutil
import stat
import struct
import subprocess
import sys
import zlib
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import numpy as np
import pygame
import pytest
from terminal import Terminal

from rehabgames.content.players import text_of
from rehabgames.core.document import Document
from rehabgames.core.player import Player
from rehabgames.records.store import Store
from rehabgames.stage.family import SIZE
from rehabgames.stage.fonts import missing_scripts
from rehabgames.words import languages

A4_PT = (595.3, 841.9)


def practise(home: Path, *days_ago: int, patient: str = "p-17", exercise: str = "orchard_reach") -> None:
    """Five minutes and thirty movements on each of these days, of somebody who is known here."""
    (home / "players").mkdir(parents=True, exist_ok=True)
    (home / "players" / f"{patient}.toml").write_text(text_of(Player(patient)), "utf-8")
    with Store.open(home) as store:
        for ago in days_ago:
            at = datetime.now().astimezone() - timedelta(days=ago)
            name = f"{patient}-{exercise}-{ago}"
            start = {
                "patient": patient,
                "side": "right",
                "game": "reach",
                "started_utc": at.isoformat(),
                "exercise": {"id": exercise, "title": "", "sha256": ""},
            }
            done = {
                "begun_s": 0.0,
                "minutes": 5.0,
                "repetitions": 30,
                "day": str(at.date()),
                "ended_s": 300.0,
            }
            store.add(Document(name, 0, "start", 0.0, start))
            stop = {"status": "completed", "reason": "dose", "trials": 30, "done": done}
            store.add(Document(name, 1, "stop", 300.0, stop))


@pytest.fixture
def practised(terminal: Terminal) -> Terminal:
    practise(terminal.home, 0, 1, 3)
    practise(terminal.home, 0, exercise="star_shift")
    return terminal


def opened(png: bytes) -> np.ndarray:
    return pygame.surfarray.array3d(pygame.image.load(BytesIO(png), "page.png"))


def picture_in(pdf: bytes) -> bytes:
    """The largest picture of a PDF, as a PNG."""
    found = re.findall(rb"<<([^<>]*(?:<<[^<>]*>>[^<>]*)*)>>\s*stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    images = [(head, data) for head, data in found if b"/Subtype /Image" in head]
    head, data = max(images, key=lambda each: len(each[1]))
    assert b"/Predictor 10" in head
    width, height = (int(re.search(rb"/%s (\d+)" % key, head)[1]) for key in (b"Width", b"Height"))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    made = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", made) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def is_turned(pdf: bytes) -> bool:
    """Whether the page shows its picture with the last row on top: by the height in the matrix before it."""
    for data in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with contextlib.suppress(zlib.error):
            if placed := re.search(rb"(\S+) \S+ \S+ cm /\w+ Do", zlib.decompress(data)):
                return float(placed[1]) < 0
    raise AssertionError("no picture is placed")


def test_a_pdf_of_one_a4_page_holds_the_same_picture_as_the_png(practised: Terminal) -> None:
    pdf, png = practised.folder / "week.pdf", practised.folder / "week.png"
    for path in (pdf, png):
        answer = practised.typed("share", "--out", path)
        assert (answer.code, answer.err) == (0, "")
        assert answer.out.split() == [str(path)]
    whole = pdf.read_bytes()
    assert whole.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b(?!s)", whole)) == 1
    box = [float(number) for number in re.search(rb"/MediaBox \[([^\]]+)\]", whole)[1].split()]
    assert box[2:] == pytest.approx(A4_PT, abs=1.0)
    shown, painted = opened(picture_in(whole)), opened(png.read_bytes())
    shown = shown[:, ::-1] if is_turned(whole) else shown
    assert painted.shape == (*SIZE, 3)
    assert np.array_equal(shown, painted)
    assert painted.std(axis=(0, 1)).min() > 20  # something is painted on it


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed, which renders a PDF")
def test_another_program_renders_the_pdf(practised: Terminal) -> None:
    assert practised.typed("share", "--out", practised.folder / "week.pdf").code == 0
    subprocess.run(["pdftoppm", "-png", "-r", "50", "week.pdf", "page"], cwd=practised.folder, check=True)
    (page,) = practised.folder.glob("page*.png")
    assert opened(page.read_bytes()).std() > 20


@pytest.mark.parametrize("language", languages())
def test_the_page_has_words_in_every_language_and_fills_its_paper(practised: Terminal, language: str) -> None:
    if missing_scripts(language):
        pytest.skip(f"no font for {language} on this system")
    one = practised.folder / "one.png"
    assert practised.typed("share", "--out", one, "--language", language).code == 0
    shot = opened(one.read_bytes())
    ground = np.array([0xFD, 0xF9, 0xEE])
    used = np.abs(shot.astype(int) - ground).max(axis=2) > 24
    rows = used[:, 1000:].any(axis=0)
    assert rows.mean() > 0.55
    assert not used[:40, 1000:].any()  # nothing leaves the paper
    assert not used[-40:, 1000:].any()
    assert not used[:, -20:].any()


def test_a_name_is_on_it_only_where_one_is_given(practised: Terminal) -> None:
    shots = []
    for number, more in enumerate(((), ("--name", "Ada"), ("--name", " "))):
        path = practised.folder / f"{number}.png"
        assert practised.typed("share", "--out", path, *more).code == 0
        shots.append(opened(path.read_bytes()))
    without, ada, blank = shots
    assert np.array_equal(without, blank)
    assert not np.array_equal(ada, without)


def test_without_a_file_it_lies_in_the_data_folder_for_its_owner_alone(practised: Terminal) -> None:
    answer = practised.typed("share")
    path = Path(answer.out.strip())
    assert path == practised.home / "shared" / f"p-17-{datetime.now().astimezone().date()}.pdf"
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_week_without_practice_has_a_page_too(terminal: Terminal) -> None:
    practise(terminal.home, 12)
    assert terminal.typed("share", "--out", terminal.folder / "week.png").code == 0


# --- what cannot be


def test_nobody_has_practised(terminal: Terminal) -> None:
    assert terminal.typed("share").message == "patient has not practised yet. Practise first: rehabgames"


def test_several_people_are_not_guessed_at(practised: Terminal) -> None:
    practise(practised.home, 2, patient="p-18")
    said = practised.typed("share").message
    assert "p-17" in said
    assert "p-18" in said
    assert "--player" in said
    assert practised.typed("share", "--player", "p-18").code == 0
    assert "p-18" in practised.typed("share", "--player", "p-19").message


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--out", "week.doc"), "neither a PDF nor a picture"),
        (("--out", "nowhere/week.pdf"), "cannot be written"),
        (("--language", "xx"), "language"),
        (("--player", "p-170"), "p-17"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(practised: Terminal, more: tuple[str, ...], said: str) -> None:
    answer = practised.typed("share", *more)
    assert said in answer.message
    assert answer.code == 2
    assert not list(practised.folder.iterdir())
