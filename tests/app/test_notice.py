"""At login, whoever has not practised today is told so once, on a screen that one key answers."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pygame
import pytest
from acted_sessions import acted, keep

from rehabgames.app.notice import ASKED, Due, due, tell
from rehabgames.app.plan import new_plan, plan_path, set_plan
from rehabgames.app.play import Screen
from rehabgames.app.players import keep_player, players_folder
from rehabgames.core.player import Comfort, Player
from rehabgames.records.folder import data_folder
from rehabgames.records.store import Store
from rehabgames.stage.window import Stage

NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)
HEADLESS = Screen(headless=True, voice=False)


def kept(player: Player) -> Player:
    """With the id that sessions of `acted` have."""
    made = keep_player(player)
    (players_folder() / f"{made.id}.toml").rename(players_folder() / "p-17.toml")
    return made


@pytest.fixture
def ada(home: Path) -> Player:
    return kept(Player("", "Ada", "bird"))


def test_where_nobody_plays_nobody_is_told_and_nothing_is_made(home: Path) -> None:
    assert due(NOON) == (None, ())
    assert not home.exists()


def test_whoever_has_not_practised_today_is_told(ada: Player) -> None:
    waiting, notes = due(NOON)
    assert waiting is not None
    assert (waiting.player.name, len(waiting.day.left), notes) == ("Ada", 3, ())


def test_whoever_has_practised_today_is_left_alone_until_tomorrow(ada: Player) -> None:
    with Store.open(data_folder()) as store:
        keep(store, acted("today", 12, minutes=0.1))
    assert due(NOON)[0] is None
    assert due(NOON + timedelta(days=1))[0] is not None


def test_of_several_the_one_who_has_not_is_told(ada: Player) -> None:
    with Store.open(data_folder()) as store:
        keep(store, acted("today", 12, minutes=0.1))
    keep_player(Player("", "Bo"))
    waiting, _ = due(NOON)
    assert waiting is not None
    assert waiting.player.name == "Bo"


def test_a_plan_that_cannot_be_read_is_told_and_the_others_are_asked(ada: Player) -> None:
    new_plan("p-17")
    plan_path("p-17").write_text("onset = ", "utf-8")
    nobody, (note,) = due(NOON)
    assert nobody is None
    assert "p-17" in note
    bo = keep_player(Player("", "Bo"))
    waiting, _ = due(NOON)
    assert waiting is not None
    assert waiting.player == bo


def test_in_days_in_which_nothing_may_be_practised_nobody_is_told(ada: Player) -> None:
    new_plan("p-17")
    today = datetime.now().astimezone()
    set_plan("p-17", [("onset", today.date().isoformat())])
    assert due(today)[0] is None


def told(waiting: Due | None, key: int) -> bool:
    """key: is pressed again and again, from before there is a window, as somebody does who cannot wait."""
    assert waiting is not None
    over = threading.Event()

    def press() -> None:
        while not over.wait(0.7):
            if pygame.display.get_init():
                with suppress(pygame.error):  # it is closed at this very instant
                    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key))

    thread = threading.Thread(target=press)
    thread.start()
    try:
        begins, _ = tell(waiting, HEADLESS, NOON)
    finally:
        over.set()
        thread.join()
    return begins


def test_one_key_begins_and_it_is_told_once_a_day(ada: Player) -> None:
    assert told(due(NOON)[0], pygame.K_SPACE)
    assert due(NOON + timedelta(hours=3)) == (None, ())
    assert due(NOON + timedelta(days=1))[0] is not None


@pytest.mark.parametrize("key", [pygame.K_ESCAPE, pygame.K_q])
def test_stop_closes_it_and_begins_nothing(ada: Player, key: int) -> None:
    assert not told(due(NOON)[0], key)
    assert due(NOON)[0] is None


def test_it_opens_no_camera_and_starts_no_process(ada: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess  # noqa: PLC0415

    import cv2  # noqa: PLC0415

    opened = []
    monkeypatch.setattr(cv2, "VideoCapture", lambda *said: opened.append(said))
    monkeypatch.setattr(subprocess, "Popen", lambda *said, **more: opened.append(said))
    told(due(NOON)[0], pygame.K_ESCAPE)
    assert opened == []


@pytest.mark.parametrize(("language", "letters"), [("ar", 2.0), ("de", 2.0), ("zh", 1.0)])
def test_it_suits_the_player(home: Path, language: str, letters: float, monkeypatch) -> None:
    kept(Player("", "Ada", comfort=Comfort(language=language, letters=letters)))
    made = []
    whole = Stage.__init__

    def noted(self: Stage, *said, **more) -> None:
        made.append((more["comfort"].language, more["comfort"].letters))
        whole(self, *said, **more)

    monkeypatch.setattr(Stage, "__init__", noted)
    told(due(NOON)[0], pygame.K_ESCAPE)
    assert made == [(language, letters)]


def test_both_answers_are_large_and_apart() -> None:
    first, second = (choice.box for choice in ASKED.menu(0).choices)
    assert first[2] >= 0.4
    assert first[3] >= 0.15
    assert second[1] - (first[1] + first[3]) >= 0.03
