"""Screens of a visit as views to paint."""

from __future__ import annotations

from dataclasses import replace

from rehabgames.app.notice import ASKED
from rehabgames.core.menu import Menu, News, Planned, Sums, WeekDay
from rehabgames.core.message import Message
from rehabgames.core.player import Comfort, Player
from rehabgames.core.view import Guide, View
from rehabgames.visit.day import Block, Day
from rehabgames.visit.flow import Flow
from rehabgames.visit.screens import Screen, asked, scale, screen_of
from rehabgames.visit.today import Told, with_told

WINDOW = (-1.0, -1.0, 1.0, 1.0)
PLAYER = Player("p-1", "Ada", "bird")
EXERCISES = {"orchard_reach": "orchard", "star_shift": "night_hill", "harbour_centre": "harbour"}


def day(*, done: int = 0) -> Day:
    """Of three exercises; so many of them are done."""
    blocks = tuple(
        Block(name, Message(f"exercise.{name}"), place, "right", "sitting", 5.0, "arm_out", i < done)
        for i, (name, place) in enumerate(EXERCISES.items())
    )
    return Day((PLAYER,), PLAYER, blocks)


def at(where: str, *, why: str = "") -> Screen:
    """The screen of a flow that is there."""
    flow = Flow(day())
    flow.at, flow.why = where, why
    return screen_of(flow)


def troubled(code: str) -> Screen:
    """What does not work, where two people play."""
    flow = Flow(replace(day(), players=(PLAYER, Player("p-2", "Bo", "cup"))))
    flow.fails(code)
    return screen_of(flow)


def home(*, done: int = 0) -> Screen:
    return screen_of(Flow(day(done=done)))


def told(news: int = 3, *, kept: bool = True) -> Told:
    """What there is to tell of a day with so many news; kept: its goal was reached."""
    marks = (True, False, True, True, False, True, True)
    week = tuple(WeekDay(i, marked, i == 6) for i, marked in enumerate(marks))
    titled = {name: Message(f"exercise.{name}") for name in EXERCISES}
    places = tuple(
        Planned(titled[name], Message("menu.minutes", {"minutes": 5.0}), place, kept or i < 1)
        for i, (name, place) in enumerate(EXERCISES.items())
    )
    said = (
        News("better", Message("told.better.arm")),
        News("same", Message("told.same.smooth")),
        News("next", Message("told.next", {"exercise": "exercise.orchard_reach"})),
    )
    sums = Sums(15.0 if kept else 8.0, 15.0, 64, 9, 14)
    return Told(week, sums, places if kept else places[:2], said[len(said) - news :])


def shown_told(name: str, known: Told, **suits) -> View:
    """A screen that tells it. suits: of the Comfort."""
    return view_of(with_told(SCREENS[name].menu(3, Comfort(**suits)), known))


SCREENS = {
    "home": home(),
    "home done": home(done=3),
    "who": at("who"),
    "affected": at("affected"),
    "points": at("points"),
    "posture": at("posture"),
    "picture": at("picture"),
    "camera": at("camera"),
    "comfort": at("comfort"),
    "comfort more": at("comfort_more"),
    "chest pain": asked("chest_pain"),
    "support": asked("support"),
    "pain": scale("pain"),
    "effort": scale("effort"),
    "chair": at("chair"),
    "shown": at("shown"),
    "rest": at("rest"),
    "advice": at("advice", why="dizziness"),
    "enough": at("enough", why="pain_end"),
    "stopped": at("stopped", why="key"),
    "trouble": troubled("camera_gone"),
    "trouble of a plan": troubled("plan_other"),
    "summary": at("summary"),
    "bye": at("bye"),
    "notice": ASKED,
}
GUIDE = Guide("arm_out", "right", back=False, hold=0.0, done=0, of=0, number=0)


def view_of(menu: Menu, **more) -> View:
    """more: of the View."""
    given = {"place": "orchard", "side": "right", "seed": 0, "window": WINDOW}
    given["guide"] = GUIDE if menu.screen == "shown" else None
    given["seconds_left"] = {"shown": 9.5, "rest": 73.0}.get(menu.screen)
    return View(t_s=0.0, phase="menu", menu=menu, **(given | more))


def shown_as(name: str, **more) -> View:
    """A screen of SCREENS; more: of its Menu."""
    return view_of(replace(SCREENS[name].menu(3), **more))


def area_of(box, size=(1280, 720), wider=0.0):
    """(left, top, right, bottom) px of a choice."""
    left, top, across, down = box
    w, h = size
    whole = (left * w - wider, top * h - wider, (left + across) * w + wider, (top + down) * h + wider)
    return tuple(round(value) for value in whole)
