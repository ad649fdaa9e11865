"""Screens: what is asked on each, and what can be chosen there. One thing at a time, answered by a
picture."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from rehabgames.core.inputs import Question
from rehabgames.core.menu import Box, Choice, Menu, Planned, Sums, Tone
from rehabgames.core.message import Message
from rehabgames.core.player import AS_USUAL, PICTURES, Comfort, Player
from rehabgames.safety.stop_rules import SCALES
from rehabgames.visit.day import Block
from rehabgames.visit.flow import QUESTIONS, At, Flow
from rehabgames.visit.places import (
    ASKED,
    ASKED_NEAR,
    BESIDE,
    BESIDE_NEAR,
    HOME,
    HOME_LARGE,
    HOME_NEAR,
    IN_A_ROW,
    LAST,
    LAST_NEAR,
    MOST,
    TOP,
    between,
    on_half,
    places,
)
from rehabgames.visit.troubles import TROUBLES, choices_of

STEPS: Final = (0, 2, 4, 6, 8, 10)  # of a scale from 0 to 10 that can be pointed at
EFFORTS: Final = (0, 3, 5, 7, 10)
# where choices begin under a picture, under a picture and words, and under a picture and more
LOWER, MIDDLE, LOW = 0.43, 0.46, 0.58
# so much lower they begin at twice the letters: what is asked grows, too
LOWERED: Final = {TOP: 0.1, LOWER: 0.06, MIDDLE: 0.06, LOW: 0.1}
ROWS_LOWERED: Final = 0.03  # the same over two rows
OWN: Final = {
    "home": (HOME, HOME_LARGE, HOME_NEAR),
    "shown": (BESIDE, BESIDE, BESIDE_NEAR),
    "summary": (LAST, LAST, LAST_NEAR),
}
FACES: Final = frozenset(f"pain_{n}" for n in STEPS)
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

    def drawn(self, comfort: Comfort) -> str:
        """The picture for whoever looks: a child sees faces of children."""
        own = comfort.child and self.picture in FACES
        return f"{self.picture}_child" if own else self.picture


@dataclass(frozen=True, slots=True)
class Screen:
    """name; title and picture of what is asked; facts and planned as of a Menu. leaves_s: so long after it
    came it is left with the choice `leaves` where nothing was chosen; inf: never."""

    name: str
    title: Message
    picture: str
    options: tuple[Option, ...]
    facts: tuple[Message, ...] = ()
    planned: tuple[Planned, ...] = ()
    leaves_s: float = math.inf
    leaves: str = "go_on"

    def menu(self, number: int, comfort: Comfort = AS_USUAL) -> Menu:
        """number: counts the screens; comfort: what suits whoever looks."""
        boxes = self._boxes(comfort)[-len(self.options) :]  # home has nothing to start where nothing is left
        if comfort.leftwards and not comfort.sees and self.name not in OF_SIDES:
            boxes = tuple((1.0 - left - across, top, across, down) for left, top, across, down in boxes)
        ear = on_half((ASKED_NEAR,), comfort.sees)[0] if comfort.sees else ASKED
        choices = tuple(
            Choice(
                o.id, o.label or Message(f"choice.{o.id}"), o.drawn(comfort), box, o.tone, o.figure, o.facts
            )
            for o, box in zip(self.options, boxes, strict=True)
        )
        told = self.facts, self.planned
        sums = Sums() if self.name == "summary" else None
        return Menu(
            self.name,
            number,
            self.title,
            self.picture,
            choices,
            *told,
            sums=sums,
            ear=_above(ear, boxes),
        )

    def _boxes(self, comfort: Comfort) -> tuple[Box, ...]:
        sees = comfort.sees
        if self.name in OWN:
            usual, large, near = OWN[self.name]
            return on_half(near, sees) if sees else between(usual, large, comfort.letters)
        many, top = len(self.options), self._top
        if sees:
            return places(many, top, sees)
        lowered = ROWS_LOWERED if many > IN_A_ROW else LOWERED[top]
        return places(many, top + lowered * (comfort.letters - 1.0))

    @property
    def _top(self) -> float:
        """Where the choices begin: what is asked has more to show on some screens."""
        if self.name == "trouble":
            return MIDDLE
        if self.name == "camera" or (self.picture and self.facts):
            return LOW
        return LOWER if self.picture or self.facts else TOP


def _above(ear: Box, boxes: tuple[Box, ...]) -> Box:
    """The part of it that is above all choices, with a gap."""
    left, top, across, down = ear
    return left, top, across, min(down, min(box[1] for box in boxes) - 0.05 - top)


YES: Final = Option("yes", "yes", "yes")
NO: Final = Option("no", "no", "no")
GO_ON: Final = Option("go_on", "go_on", "go")
BACK: Final = Option("back", "back")
SKIP: Final = Option("skip", "skip")
FINISH: Final = Option("finish", "home")
AGAIN: Final = Option("try_again", "again", "go")
WHO: Final = Option("who", "help")
MISTAKE: Final = Option("mistake", "back")
MISSES: Final[dict[str, str]] = {"": "misses_none", "left": "misses_left", "right": "misses_right"}
# choices that stand on the side that they mean, in every language
OF_SIDES: Final[tuple[At, ...]] = ("affected", "points")
OTHER_CAMERA: Final = Option("other_camera", "camera_choose")
TITLED: Final[dict[At, str]] = {
    "chair": "chair",
    "camera": "camera_on",
    "rest": "rest_cup",
    "advice": "phone",
}
# what can be chosen where nothing depends on the day or on what was answered
FIXED: Final[dict[At, tuple[Option, ...]]] = {
    "affected": (
        Option("left", "hand_left_affected"),
        Option("both", "both_affected"),
        Option("right", "hand_right_affected"),
    ),
    "points": (Option("left", "choose_left"), Option("right", "choose_right"), BACK),
    "posture": (Option("sitting", "sits"), Option("standing", "stands"), BACK),
    "camera": (YES, BACK),  # and another camera, where there is one
    "chair": (YES, BACK),
    "shown": (GO_ON, SKIP),  # and who it is for
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
        return (
            scale(question, flow.at if flow.at == "tired" else question)
            if question in SCALES
            else asked(question)
        )
    own: dict[At, Callable[[Flow], Screen]] = {"who": _who, "picture": _pictures, "home": _home}
    own |= {"comfort": _comfort, "comfort_more": _comfort, "trouble": _trouble}
    if flow.at in own:
        return own[flow.at](flow)
    options = _with_more(flow, FIXED[flow.at])
    leaves_s = {"shown": SHOWN_S, "rest": flow.rest_s}.get(flow.at, math.inf)
    title, picture = Message(f"menu.{flow.at}"), TITLED.get(flow.at, "")
    return Screen(flow.at, title, picture, options, _facts(flow), leaves_s=leaves_s)


def _with_more(flow: Flow, options: tuple[Option, ...]) -> tuple[Option, ...]:
    """What can be chosen, too, as things are."""
    if flow.at == "advice" and flow.doubtful:
        return *options, MISTAKE
    if flow.at == "camera" and flow.day.cameras > 1:
        return options[0], OTHER_CAMERA, *options[1:]
    return (*options, _whose(flow.day.player)) if flow.at == "shown" else options


def _trouble(flow: Flow) -> Screen:
    """What does not work, the next step, and what can be done here."""
    code = flow.trouble
    shown = {"try_again": AGAIN, "go_on": GO_ON, "who": WHO, "other_camera": OTHER_CAMERA, "finish": FINISH}
    choices = choices_of(code, cameras=flow.day.cameras, players=len(flow.day.players))
    options = tuple(shown[each] for each in choices)
    step = (Message(f"step.{code}"),)
    return Screen("trouble", Message(f"trouble.{code}"), TROUBLES[code].picture, options, step)


def _facts(flow: Flow) -> tuple[Message, ...]:
    if flow.at == "shown" and flow.block is not None:
        return (_called(flow.day.blocks[flow.block]),)
    if not flow.why or flow.at not in ("advice", "enough", "stopped"):
        return ()
    call = flow.day.contact if flow.at == "advice" else ""
    whom = (Message("menu.contact", {"contact": call}),) if call else ()
    return (Message(f"why.{flow.why}"), *whom)


def _called(block: Block) -> Message:
    return Message(f"exercise.{block.exercise}")


def _who(flow: Flow) -> Screen:
    known = (
        Option(each.id, f"who_{each.picture}", label=_called_by(each))
        for each in flow.day.players[: MOST - 1]
    )
    return Screen("who", Message("menu.who"), "", (*known, Option("new", "go_on")))


def _pictures(flow: Flow) -> Screen:
    """Hazard H12: nobody takes another's picture, as long as there is one that nobody has."""
    taken = {each.picture for each in flow.day.players}
    free = [name for name in PICTURES if name not in taken] or PICTURES
    pictures = (Option(name, f"who_{name}") for name in free[: MOST - 1])
    return Screen("picture", Message("menu.picture"), "", (*pictures, BACK))


def _comfort(flow: Flow) -> Screen:
    comfort = AS_USUAL if flow.day.player is None else flow.day.player.comfort
    options = _comforts(comfort) if flow.at == "comfort" else _more_comforts(comfort, hears=flow.hears)
    return Screen(flow.at, Message("menu.comfort"), "", (*options, BACK))


def _called_by(player: Player) -> Message:
    """The name, or that of the picture of who has none."""
    return Message("name.own", {"name": player.name}) if player.name else Message(f"choice.{player.picture}")


def _home(flow: Flow) -> Screen:
    day, left = flow.day, flow.day.left
    whole = (Message("menu.minutes", {"minutes": day.minutes}),)
    label = Message("choice.go_on" if day.begun else "choice.start")
    start = (Option("start", "start", "go", label=label, facts=whole),) if left else ()
    more = (
        (Option("start", "again", "plain", label=Message("choice.more")),) if day.again and not left else ()
    )
    today = tuple(
        Planned(_called(each), Message("menu.minutes", {"minutes": each.minutes}), each.place, each.done)
        for each in day.blocks
    )
    beside = (_own(day.player), Option("comfort", "letters_larger"), Option("close", "home"))
    options = (*start, *more, *beside)
    title = Message("menu.home_done" if day.blocks and not left else "menu.home")
    return Screen("home", title, "", options, planned=today)


def _whose(player: Player | None) -> Option:
    """Hazard H12: for whom an exercise is that comes now. Whoever is somebody else chooses it."""
    if player is None:
        return WHO
    named = Message("shown.for", {"name": player.name}) if player.name else Message("shown.for_you")
    return replace(_own(player), label=named)


def _own(player: Player | None) -> Option:
    """Who is taken to be there, by picture and name; whoever is somebody else chooses it."""
    if player is None:
        return WHO
    return Option("who", f"who_{player.picture}", label=_called_by(player))


def _comforts(comfort: Comfort) -> tuple[Option, ...]:
    """What many change; what is on has the shape of a yes."""
    louder, softer = comfort.volume > AS_USUAL.volume, comfort.volume < AS_USUAL.volume
    voice = "voice_louder" if louder else "voice_softer" if softer else "sound_on"
    return (
        Option("letters", "letters_larger"),
        Option("voice", voice if comfort.voice else "sound_off"),
        Option("contrast", "contrast", "yes" if comfort.contrast else "plain"),
        Option("language", "language"),
        Option("others", "go_on"),
    )


def _more_comforts(comfort: Comfort, *, hears: bool) -> tuple[Option, ...]:
    misses = MISSES[comfort.neglects]
    word = Option("voice_stop", "microphone", "yes" if comfort.voice_stop else "plain")
    return (
        *((word,) if hears else ()),
        Option("slower", "dwell"),
        Option("calm", "calm", "yes" if comfort.calm else "plain"),
        Option("misses", misses, label=Message(f"choice.{misses}")),
    )


def asked(question: Question) -> Screen:
    """Whether something is so. "No" comes first where "yes" ends the day: it is the usual answer."""
    options = (YES, NO) if question == "support" else (NO, YES)
    return Screen(question, Message(f"ask.{question}"), question, options)


def scale(question: Question, name: str = "") -> Screen:
    """How much of something, 0 to 10. name: of the screen, where it is not that of the question."""
    name = name or question
    pictures = {"pain": "pain", "effort": "effort", "soreness": "sore"}
    steps = EFFORTS if question == "effort" else STEPS
    options = tuple(
        Option(str(n), _step_picture(pictures[question], n), figure=str(n), label=Message(f"{name}.{n}"))
        for n in steps
    )
    return Screen(name, Message(f"ask.{name}"), "", options)


def _step_picture(of: str, n: int) -> str:
    if of == "sore":
        return "sore_none" if n < 2 else "sore_some" if n < 6 else "sore_much"
    return f"{of}_{n}"
