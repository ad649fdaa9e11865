"""Troubles: what may keep somebody from practising, each with its picture, and what can be done about it.

One plain sentence and the next step stand in the words, as "trouble.CODE" and "step.CODE". The codes are
those of the errors (core.errors) and two of the visit's own: "unsaved" and "fault".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CAMERAS: Final = ("camera_none", "camera_busy", "camera_denied", "camera_gone")
OTHER: Final = "other"  # what is none of them
SAYS_SAVED: Final = ("tracker", "fault")  # their words say that all is


@dataclass(frozen=True, slots=True)
class Trouble:
    """picture: of the folder "screens"; choices: what can be chosen, in that order."""

    picture: str
    choices: tuple[str, ...] = ("try_again", "finish")


TROUBLES: Final[dict[str, Trouble]] = {
    "camera_none": Trouble("camera_off"),
    "camera_gone": Trouble("camera_off"),
    "camera_busy": Trouble("camera_busy"),
    "camera_denied": Trouble("camera_locked"),
    "tracker": Trouble("machine_tired"),
    "models": Trouble("update"),
    "disk": Trouble("disk_full"),
    "unsaved": Trouble("disk_full", ("finish",)),
    "record": Trouble("record_broken"),
    "plan": Trouble("plan_torn", ("try_again", "who", "finish")),
    "plan_other": Trouble("plan_other", ("try_again", "who", "finish")),
    "plan_newer": Trouble("update", ("try_again", "who", "finish")),
    "player": Trouble("person_torn", ("go_on", "finish")),
    "running": Trouble("two_windows"),
    "fault": Trouble("machine_tired"),
    OTHER: Trouble("help"),
}


def known(code: str) -> str:
    """The same where it is one of them, else OTHER."""
    return code if code in TROUBLES else OTHER


def told_as(code: str, *, saved: bool) -> str:
    """The same, or OTHER where its words would say that all is saved and something is not."""
    return OTHER if code in SAYS_SAVED and not saved else code


def choices_of(code: str, *, cameras: int, players: int) -> tuple[str, ...]:
    """cameras, players: how many there are. Another of either is offered where there is one."""
    found = TROUBLES[code].choices
    if code in CAMERAS and cameras > 1:
        return found[0], "other_camera", *found[1:]
    return found if players > 1 else tuple(each for each in found if each != "who")
