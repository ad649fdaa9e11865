"""Speaking: which words of a view are spoken, and when again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from rehabgames.core.message import Message
from rehabgames.core.player import Comfort
from rehabgames.core.view import GUIDES, View
from rehabgames.stage.voice import Voice

MENU_AGAIN_S: Final = 12.0  # what is asked on a screen is said again while nothing is chosen
Say = Callable[[Message], str]


class Speaking:
    """say: in the language of whoever plays. voice None: nobody is to hear anything."""

    def __init__(self, voice: Voice | None, say: Say) -> None:
        self._voice, self._say = voice, say
        self._again = 0  # how often it was asked to be said again

    def follow(self, comfort: Comfort) -> None:
        if self._voice is not None:
            self._voice.follow(comfort)
            self.ahead()

    def ahead(self) -> None:
        """Has what a calibration may say rendered while nothing else is."""
        if self._voice is not None:
            self._voice.ahead(self._guiding())

    def _guiding(self) -> Iterator[str]:
        """As far as there are words for it."""
        for name in (*GUIDES, "back"):
            for side in ("left", "right") if name != "back" else ("",):
                message = Message(f"guide.{name}", {"side": f"side.{side}"} if side else {})
                if (said := self._say(message)) != message.id:
                    yield said

    def repeat(self) -> None:
        """What is asked now is to be heard again."""
        if self._voice is not None:
            self._voice.repeat()

    def speak(self, view: View, now_s: float) -> None:
        """In play nothing is said: it would be the same at every fruit. What a guide asks is said again
        while it is not followed, and what a screen asks while nothing is chosen."""
        if self._voice is None:
            return
        menu = view.menu if view.phase == "menu" else None
        if menu is not None:
            if menu.again > self._again:
                self.repeat()
            self._again = menu.again
            news = tuple(each.text for each in menu.news)  # what was asked before was heard
            told = (menu.guidance,) if menu.guidance else news or (menu.title, *menu.facts)
            asked = " ".join(map(self._say, told))
            self._voice.say(asked, now_s, again=menu.held <= 0.0, after_s=MENU_AGAIN_S)
            return
        prompt, guide = view.prompt if view.phase != "play" else None, view.guide
        again = view.phase == "looking" or (guide is not None and guide.hold <= 0.0)
        self._voice.say("" if prompt is None else self._say(prompt), now_s, again=again)
