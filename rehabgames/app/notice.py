"""Notice: whoever has not practised today is told so once, at login.

It is a screen of its own with two choices. No camera is opened and no model loaded before START is chosen.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from rehabgames.app.day import day_of
from rehabgames.app.play import Screen as Window
from rehabgames.app.players import load_players
from rehabgames.app.plug_ins import load_places
from rehabgames.content.whole import OWNER_ONLY, write_whole
from rehabgames.core.errors import RehabgamesError, StoreError
from rehabgames.core.inputs import Stop
from rehabgames.core.menu import Menu
from rehabgames.core.message import Message
from rehabgames.core.player import Player
from rehabgames.core.view import View
from rehabgames.records.folder import data_folder
from rehabgames.records.store import Store
from rehabgames.session.scene import PLACE
from rehabgames.stage.window import Stage
from rehabgames.visit.choosing import Choosing
from rehabgames.visit.day import Day
from rehabgames.visit.screens import Option, Screen
from rehabgames.words import languages, warm

ASKED: Final = Screen(
    "notice",
    Message("menu.notice"),
    "reminder",
    (Option("start", "start", "go"), Option("later", "next_time")),
)
LEAVES_S: Final = 600.0  # a window that nobody looks at goes away
TICK_S: Final = 1 / 30
TOLD: Final = "told"  # in the data folder: the day on which it was told last


@dataclass(frozen=True, slots=True)
class Due:
    """Who has not practised today, whoever was kept last first, with what is planned for that one."""

    player: Player
    day: Day


def due(now: datetime | None = None) -> tuple[Due | None, tuple[str, ...]]:
    """Who is to be told now, None where nobody is: all have practised, nothing is planned, nobody is known
    here, or it was told today. Then one sentence for each player whose plan or record cannot be read.

    now: with its zone; None: by the wall. Raises StoreError.
    """
    players, notes = load_players()
    now = datetime.now().astimezone() if now is None else now
    if not players or _told() == _day(now):
        return None, notes
    with Store.open(data_folder()) as store:
        for player in players:
            try:
                found = day_of(player, players, store, now)
            except RehabgamesError as error:
                notes = (*notes, str(error))
                continue
            if found.blocks and not found.begun:
                return Due(player, found), notes
    return None, notes


def tell(waiting: Due, window: Window, now: datetime | None = None) -> tuple[bool, Sequence[str]]:
    """Show it until something is chosen. Returns whether that is START, and what the stage was missing.

    Raises RehabgamesError.
    """
    comfort = waiting.player.comfort
    if comfort.language in languages():
        warm(comfort.language)
    load_places()
    stage = window.stage(comfort)
    try:
        stage.prepare(_place(waiting), 0, waiting.player.points)
        _tell_once(datetime.now().astimezone() if now is None else now)
        return _chosen(stage, waiting) == "start", stage.notes
    finally:
        stage.close()


def _chosen(stage: Stage, waiting: Due) -> str:
    """What was chosen, "later" where the window was closed or left alone."""
    menu, comfort = ASKED.menu(0), waiting.player.comfort
    choosing = Choosing(menu.choices, dwell_s=comfort.dwell_s, scan_s=comfort.scan_s)
    began_s = last_s = time.monotonic()
    _paint(stage, waiting, menu, 0.0)
    # a key that was pressed before there was anything to be read was not meant for this
    if Stop("window") in stage.inputs():
        return "later"
    while last_s - began_s < LEAVES_S:
        now_s = time.monotonic()
        heard = stage.inputs()
        if any(isinstance(each, Stop) for each in heard):
            break
        if chosen := choosing.step(None, heard, now_s - last_s):
            return chosen
        last_s = now_s
        _paint(stage, waiting, replace(menu, lit=choosing.lit), now_s - began_s)
        time.sleep(max(0.0, now_s + TICK_S - time.monotonic()))
    return "later"


def _paint(stage: Stage, waiting: Due, menu: Menu, t_s: float) -> None:
    side = waiting.player.points
    view = View(
        t_s=t_s,
        phase="menu",
        place=_place(waiting),
        side=side,
        seed=0,
        window=(-1.0, -1.0, 1.0, 1.0),
        prompt=menu.title,
        menu=replace(menu, points=side),
        comfort=waiting.player.comfort,
    )
    stage.paint(view, t_s)


def _place(waiting: Due) -> str:
    return waiting.day.blocks[0].place if waiting.day.blocks else PLACE


def _day(now: datetime) -> str:
    return now.date().isoformat()


def _told() -> str:
    try:
        return _told_file().read_text("utf-8").strip()
    except (OSError, ValueError):
        return ""


def _tell_once(now: datetime) -> None:
    try:
        write_whole(_told_file(), f"{_day(now)}\n", OWNER_ONLY)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        step = "Set REHABGAMES_HOME to a folder that you may write to."
        raise StoreError(f"{_told_file()} cannot be written ({why}).", step) from error


def _told_file() -> Path:
    return data_folder() / TOLD
