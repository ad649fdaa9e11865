"""Screens: what is asked on each, and what can be chosen there. One thing at a time, answered by a
picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from rehabgames.core.inputs import Question
from rehabgames.core.menu import Choice, Menu, Tone
from rehabgames.core.message import Message
from rehabgames.core.player import PICTURES
from rehabgames.safety.stop_rules import SCALES
from rehabgames.visit.flow import QUESTIONS, At, Flow
from rehabgames.visit.places import MOST, places

STEPS: Final = (0, 2, 4, 6, 8, 10)  # of a scale from 0 to 10 that can be pointed at
EFFORTS: Final = (0, 3, 5, 7, 10)
SHOWN_S: Final = 12.0  # for which the movement is shown before an exercise


@dataclass(frozen=True, slots=True)
class Option:
    """id; picture: of the folder "screens"; the rest as of a Choice."""

    id: str
    picture: str
    tone: Tone = "plain"
    figure: str = ""
    label: Message | None = None
    facts: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Screen:
    """name; title and picture of what is asked. leaves_s: so long after it came it is left with the choice
    `leaves` where nothing was chosen; inf: never."""

    name: str
    title: Message
    picture: str
    options: tuple[Option, ...]
    facts: tuple[Message, ...] = ()
    leaves_s: float = math.inf
    leaves: str = "go_on"

    def menu(self, number: int) -> Menu:
        """number: counts the screens."""
        boxes = places(len(self.options))
        choices = tuple(
            Choice(o.id, o.label or Message(f"choice.{o.id}"), o.picture, box, o.tone, o.figure, o.facts)
            for o, box in zip(self.options, boxes, strict=True)
        )
        return Menu(self.name, number, self.title, self.picture, choices, self.facts)


YES: Final = Option("yes", "yes", "yes")
NO: Final = Option("no", "no", "no")
GO_ON: Final = Option("go_on", "go_on", "go")
START: Final = Option("start", "start", "go")
BACK: Final = Option("back", "back")
SKIP: Final = Option("skip", "skip")
FINISH: Final = Option("finish", "home")
MISTAKE: Final = Option("mistake", "back")
COMFORTS: Final = (
    Option("voice", "sound_on"),
    Option("letters", "letters_larger"),
    Option("slower", "dwell"),
    Option("contrast", "contrast"),
    Option("calm", "calm"),
    Option("language", "language"),
)
TITLED: Final[dict[At, str]] = {
    "chair": "chair",
    "camera": "camera_on",
    "rest": "rest_cup",
    "advice": "phone",
}
WHYS: Final = frozenset(
    {
        *("chest_pain", "new_weakness", "speech_or_vision", "dizziness", "fall", "sharp_pain"),
        *("pain_stop", "pain_end", "pain_rise", "soreness_stop", "effort_end", "over_range", "tracking"),
    }
)
# what can be chosen where nothing depends on the day or on what was answered
FIXED: Final[dict[At, tuple[Option, ...]]] = {
    "affected": (
        Option("left", "hand_left_affected"),
        Option("both", "both_affected"),
        Option("right", "hand_right_affected"),
    ),
    "points": (Option("left", "choose_left"), Option("right", "choose_right"), BACK),
    "posture": (Option("sitting", "sits"), Option("standing", "stands"), BACK),
    "camera": (YES, BACK),
    "comfort": (*COMFORTS, BACK),
    "chair": (YES, BACK),
    "shown": (GO_ON, SKIP),
    "rest": (FINISH,),
    "advice": (FINISH,),
    "enough": (FINISH,),
    "stopped": (GO_ON, FINISH),
    "summary": (FINISH,),
    "bye": (FINISH,),
}


def screen_of(flow: Flow) -> Screen:
    """What is shown where the flow is. Raises ValueError where a session runs."""
    if flow.in_session:
        raise ValueError(f"at {flow.at} a session runs, and no screen is shown")
    if flow.at in QUESTIONS:
        question = QUESTIONS[flow.at]
        return scale(question) if question in SCALES else asked(question)
    if flow.at == "who":
        return Screen("who", Message("menu.who"), "", _people(flow))
    if flow.at == "picture":
        pictures = (Option(name, f"who_{name}") for name in PICTURES[: MOST - 1])
        return Screen("picture", Message("menu.picture"), "", (*pictures, BACK))
    if flow.at == "home":
        return _home(flow)
    options = FIXED[flow.at] + ((MISTAKE,) if flow.at == "advice" and flow.doubtful else ())
    told = flow.why in WHYS and flow.at in ("advice", "enough", "stopped")
    facts = (Message(f"why.{flow.why}"),) if told else ()
    leaves_s = {"shown": SHOWN_S, "rest": flow.rest_s}.get(flow.at, math.inf)
    return Screen(flow.at, Message(f"menu.{flow.at}"), TITLED.get(flow.at, ""), options, facts, leaves_s)


def _people(flow: Flow) -> tuple[Option, ...]:
    known = (
        Option(each.id, f"who_{each.picture}", label=Message("name.own", {"name": each.name}))
        for each in flow.day.players[: MOST - 1]
    )
    return (*known, Option("new", "go_on"))


def _home(flow: Flow) -> Screen:
    day, left = flow.day, flow.day.left
    start = START if left else Option("start", "again", "plain", label=Message("choice.more"))
    today = tuple(
        Message("menu.block", {"exercise": f"exercise.{block.exercise}", "minutes": block.minutes})
        for block in day.blocks
    )
    options = (start, Option("who", "help"), Option("comfort", "letters_larger"), Option("close", "home"))
    return Screen("home", Message("menu.home"), "", options, today)


def asked(question: Question) -> Screen:
    """Whether something is so. "No" comes first where "yes" ends the day: it is the usual answer."""
    options = (YES, NO) if question == "support" else (NO, YES)
    return Screen(question, Message(f"ask.{question}"), question, options)


def scale(question: Question) -> Screen:
    """How much of something, 0 to 10."""
    pictures = {"pain": "pain", "effort": "effort", "soreness": "sore"}
    steps = EFFORTS if question == "effort" else STEPS
    options = tuple(
        Option(str(n), _step_picture(pictures[question], n), figure=str(n), label=Message(f"{question}.{n}"))
        for n in steps
    )
    return Screen(question, Message(f"ask.{question}"), "", options)


def _step_picture(of: str, n: int) -> str:
    if of == "sore":
        return "sore_none" if n < 2 else "sore_some" if n < 6 else "sore_much"
    return f"{of}_{n}"
