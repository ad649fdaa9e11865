"""Visit: one who sits down at home is led from the home screen through a day's practice to its summary.

It steps as a session does, and while an exercise is on it is that session. Between sessions it shows screens;
what is answered there, the sessions write down.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final

from rehabgames.core.document import Document, StopStatus
from rehabgames.core.errors import RehabgamesError
from rehabgames.core.inputs import Answer, Input, Stop, Woke
from rehabgames.core.landmarks import SIDES, Side
from rehabgames.core.menu import Menu
from rehabgames.core.message import Message
from rehabgames.core.player import AS_USUAL, Comfort, Player
from rehabgames.core.pose import PoseFrame
from rehabgames.core.view import Cue, Guide, View
from rehabgames.session import Halting, Session, Step
from rehabgames.visit.choosing import AGAIN, Choosing
from rehabgames.visit.comfort import changed
from rehabgames.visit.day import Day, newcomer
from rehabgames.visit.demonstration import demonstrated
from rehabgames.visit.flow import NEWCOMERS, QUESTIONS, Flow
from rehabgames.visit.guidance import Guidance
from rehabgames.visit.helpers import Helpers
from rehabgames.visit.mending import Mending
from rehabgames.visit.pointing import EitherHand, Pointing
from rehabgames.visit.screens import Screen, screen_of
from rehabgames.visit.today import TELLS, with_told

__all__ = ["Helpers", "Visit"]

LONGEST_STEP_S: Final = 0.1
DOUBTED_S: Final = 10.0  # in which an answer that ends the day can be taken back
NOTED_S: Final = 6.0  # for which each is told
PLACE: Final = "orchard"  # behind the screens of whom nothing is planned
WINDOW: Final = (-1.0, -1.0, 1.0, 1.0)
ANEW_S: Final = 3600.0  # after so long without anybody, or asleep, all is asked anew
# where that changes nothing: it is not known yet who is there, or there is nothing more to do
STAYS: Final = ("affected", "points", "posture", "picture", "camera", "who", "advice", "trouble", "bye")


class Visit:
    """`step` it until `over`.

    hears      the word that means STOP can be listened for here
    session    the one that runs now, or None
    player     who plays, as far as that is known
    """

    def __init__(
        self,
        day: Day,
        helpers: Helpers,
        languages: tuple[str, ...] = ("en",),
        notes: Sequence[Message] = (),
        *,
        hears: bool = False,
    ) -> None:
        """languages: that can be shown, what is usual here first. notes: what is missing here and can be done
        without; more may come. hears: the word that means STOP can be listened for here."""
        self._helpers, self._languages, self._notes = helpers, languages, notes
        self._flow = Flow(day, hears=hears)
        self.player = day.player or Player("patient", comfort=replace(AS_USUAL, language=languages[0]))
        self.session: Session | None = None
        self._pointing: Pointing | EitherHand = EitherHand(day.limits)
        if day.player is not None:
            self._pointing = Pointing(self.player.points, day.limits)
        self._halting = Halting(self.player.points)
        self._frame: PoseFrame | None = None
        self._screens = self._again = 0
        self._now_s = self._came_s = 0.0
        self._screen: Screen | None = None
        self._menu: Menu | None = None
        self._choosing = Choosing(())
        self._cues: list[Cue] = []
        self._confirmed = 0  # in the sessions before this one
        self._settled = False
        self._ended: StopStatus | None = None  # from outside
        self._guidance = Guidance()
        self._mending = Mending(self._flow, helpers, self._guidance)

    def begin(self, day: Callable[[], Day]) -> None:
        """With the day as it is known now, or with a screen of why it cannot be."""
        self._mending.attempt(lambda: self._enter(day()))

    @property
    def trouble(self) -> str:
        """Code of what does not work, see troubles; "" while all does."""
        return self._flow.trouble

    @property
    def error(self) -> RehabgamesError | None:
        """Of the helper that failed, while its screen is shown."""
        return self._mending.error

    @property
    def comfort(self) -> Comfort:
        """What suits whoever plays; while that is asked, whoever of them played last. Of them a newcomer has
        the language alone."""
        day = self._flow.day
        asked = day.player is None and bool(day.players)
        comfort = day.players[0].comfort if asked else self.player.comfort
        language = comfort.language if comfort.language in self._languages else AS_USUAL.language
        return replace(AS_USUAL if self._flow.at in NEWCOMERS else comfort, language=language)

    @property
    def over(self) -> bool:
        return self._flow.at == "bye" and self.session is None

    @property
    def scene(self) -> tuple[str, int, Side]:
        """(place, seed, side) of what is seen behind the screens: of the exercise that comes."""
        blocks, at = self._flow.day.blocks, self._flow.block
        here = blocks[at] if at is not None else blocks[-1] if blocks else None
        return (PLACE, 0, self.player.points) if here is None else (here.place, 0, here.side)

    @property
    def closed(self) -> StopStatus | None:
        return "completed" if self.over else self._ended

    @property
    def playing(self) -> bool:
        return self.session is not None and self.session.playing

    @property
    def hands(self) -> tuple[Side, ...]:
        """As of a session; on screens none is wanted."""
        return self.session.hands if self.session is not None else ()

    def close(self, status: StopStatus, reason: str) -> tuple[Document, ...]:
        """End it from outside, with the session that runs, if one does."""
        self._ended = self._ended or status
        return self._close(status, reason)

    def _close(self, status: StopStatus, reason: str) -> tuple[Document, ...]:
        return () if self.session is None else self.session.close(status, reason)

    def step(
        self, frame: PoseFrame | None, inputs: Iterable[Input], now_s: float, shown_s: float | None = None
    ) -> Step:
        """As of a session."""
        heard = tuple(inputs)
        dt_s = min(LONGEST_STEP_S, max(0.0, now_s - self._now_s))
        self._now_s = max(self._now_s, now_s)
        if frame is not None:
            self._frame = frame
            self._pointing.picture(frame)
            if self._halting.picture(frame, listens=self.session is None):
                heard = (*heard, Stop("hand"))
            self._guidance.picture(frame, self._pointing.sample, self.player.posture, self._now_s)
        self._guidance.update(heard, self._pointing.sample, self._now_s)
        asked: tuple[Answer, ...] = ()
        documents = self._slept(heard)
        if not self._in_play:
            asked = self._choose(heard, dt_s, shown_s)
        self._settle()
        stepped: Step | None = None
        if self.session is not None:
            stepped = self.session.step(frame, (*heard, *asked), now_s, shown_s)
            documents += stepped.documents
            self._look_on()
        documents += self._mending.look(heard, self._broken_off)
        if stepped is not None and self._in_play:
            return replace(stepped, view=self._counted(stepped.view), documents=documents)
        self._cues += () if stepped is None else stepped.cues
        return Step(self._counted(self._view()), self._taken_cues(), documents)

    @property
    def _in_play(self) -> bool:
        """A session is on, and nothing is asked."""
        return self._flow.in_session

    def _choose(self, heard: tuple[Input, ...], dt_s: float, shown_s: float | None) -> tuple[Answer, ...]:
        """On a screen. Returns what was answered to the session that is still open."""
        screen = self._shown()
        if any(isinstance(each, Stop) for each in heard) and self.session is None:
            self._flow.stop()
            return ()
        pointer = self._pointing.at(shown_s) if self._guidance.alone else None
        chosen = self._choosing.step(pointer, heard, dt_s)
        if not chosen and self._now_s - self._came_s >= screen.leaves_s:
            chosen = screen.leaves
        if chosen == AGAIN:
            self._again += 1
            return ()
        if not chosen:
            return ()
        self._cues.append(Cue("pick"))
        at = self._flow.at
        if at == "trouble":
            self._screen = None  # what still fails is told anew
            self._mending.chose(chosen, self._now_s)
        elif (at, chosen) == ("home", "start"):
            self._mending.attempt(self._start)
        else:
            self._flow.chose(chosen, self._now_s)
            self._follow(at, chosen)
        if self.session is not None and at in QUESTIONS:
            return (self._flow.said[QUESTIONS[at]],)
        return ()

    def _start(self) -> None:
        self._helpers.ready()
        self._flow.begin(self._helpers.day_of(self.player))  # it may be another day since home was shown
        self._flow.chose("start", self._now_s)

    def _follow(self, at: str, chosen: str) -> None:
        """What was chosen asks for more than another screen."""
        if at == "who" and chosen != "new":
            player = next(each for each in self._flow.day.players if each.id == chosen)
            self._mending.attempt(lambda: self._welcome(player))
        elif at == "picture" and chosen != "back":
            told = newcomer(chosen, self._flow.told, self.comfort)
            self._mending.attempt(lambda: self._welcome(told))
        elif at == "points" and chosen in SIDES:
            self._choose_with("left" if chosen == "left" else "right")
        elif at == "camera" and chosen == "other_camera":
            self._mending.begin_camera(self._helpers.other_camera)
        elif at == "camera" and chosen == "yes":
            self._mending.attempt(self._helpers.keep_camera)
        elif at in ("comfort", "comfort_more") and chosen not in ("others", "back"):
            comfort: Comfort = changed(self.player.comfort, chosen, self._languages)
            self.player = replace(self.player, comfort=comfort)
            self._flow.suits(self.player)
            self._screen = None
            self._mending.attempt(lambda: self._helpers.keep(self.player))
        if self._flow.in_session and self.session is None:
            self._mending.attempt(self._open)

    def _welcome(self, player: Player) -> None:
        self._enter(self._helpers.day_of(player))

    def _enter(self, day: Day) -> None:
        """The day of whoever is there, as far as that is known."""
        self._flow.begin(day)
        if day.player is not None:
            self.player = day.player
            self._choose_with(self.player.points)

    def _choose_with(self, hand: Side) -> None:
        """A hand that was followed already is followed on."""
        limits = self._flow.day.limits
        either = self._pointing.of(hand) if isinstance(self._pointing, EitherHand) else None
        self._pointing, self._halting = either or Pointing(hand, limits), Halting(hand)

    def _open(self) -> None:
        """The session that comes now, with what was answered since the last one."""
        self._helpers.ready()
        said = self._flow.answers(self._now_s)
        if self._flow.at == "room":
            self.session = self._helpers.open_room(self._flow.day, said)
        elif self._flow.block is not None:
            self.session = self._helpers.open_block(self._flow.day, self._flow.block, said)

    def _settle(self) -> None:
        """What ends a day before it began is written down as a session that does not begin."""
        waits = self._flow.at == "advice" and self._flow.doubtful and self._now_s - self._came_s < DOUBTED_S
        if self._flow.unwritten and not waits and self.session is None:
            self._flow.settle()
            said, number = self._flow.answers(self._now_s), self._flow.block
            open_block, open_room = self._helpers.open_block, self._helpers.open_room
            day = self._flow.day
            with suppress(RehabgamesError):  # nothing may take the place of the advice
                self.session = open_room(day, said) if number is None else open_block(day, number, said)
                self._settled = True

    def _slept(self, heard: tuple[Input, ...]) -> tuple[Document, ...]:
        """After hours nobody knows any more how somebody is: a session that runs is closed, and the day is
        begun anew. Returns its last documents."""
        at, waited_s = self._flow.at, self._now_s - self._came_s
        slept = any(isinstance(each, Woke) and each.after_s >= ANEW_S for each in heard)
        left_alone = not self._in_play and waited_s >= ANEW_S and at != "home"
        if not (slept or left_alone) or at in STAYS:
            return ()
        documents: tuple[Document, ...] = ()
        if self.session is not None:
            documents = self._close("stopped", "sleep")
            self._confirmed += self.session.confirmed
            self.session = None
        self._mending.attempt(lambda: self._welcome(self.player))
        return documents

    def _broken_off(self) -> tuple[Document, ...]:
        """By camera or tracking."""
        documents = self._close("failed", "tracking")
        self._look_on()
        return documents

    def _look_on(self) -> None:
        """At the session: its exercise is over and how it was is to be asked, or it has ended."""
        session = self.session
        if session is None:
            return
        if session.closed is not None:
            self._confirmed += session.confirmed
            self.session = None
            if self._settled:
                self._settled = False
                return
            self._flow.ended(session.closed, session.reason, self._now_s, session.minutes)
            if self._flow.in_session:  # the room was fine, and an exercise follows at once
                self._mending.attempt(self._open)
        elif session.asks and self._flow.at == "play":
            self._flow.asks()

    def _shown(self) -> Screen:
        """The screen of where the flow is; a new one begins anew."""
        screen = screen_of(self._flow)
        if self._screen is None or screen != self._screen:
            self._came_s = self._now_s
            self._screens += 1
            comfort = self.comfort
            menu = screen.menu(self._screens, comfort)
            dwell_s, scan_s = comfort.dwell_s, comfort.scan_s
            self._choosing = Choosing(menu.choices, dwell_s=dwell_s, scan_s=scan_s, ear=menu.ear)
            self._menu = menu
        self._screen = screen
        return screen

    def _view(self) -> View:
        if self._in_play:
            self._screen = None
        screen = None if self._flow.in_session else self._shown()
        menu = None
        if screen is not None and self._menu is not None:
            known = self._helpers.told(self.player) if screen.name in TELLS else None
            menu = replace(
                with_told(self._menu, known),
                lit=self._choosing.lit,
                pointed=self._choosing.pointed,
                held=self._choosing.held,
                again=self._again,
                pointer=self._pointing.at(None) if self._guidance.alone else None,
                points=self._pointing.side,
                guidance=None if self._flow.at in ("trouble", "bye") else self._guidance.prompt(),
                sign=self._guidance.sign,
                note=self._note(),
            )
        frame, sample = self._frame, self._pointing.sample
        place, seed, side = self.scene
        left_s = math.nan if screen is None else self._came_s + screen.leaves_s - self._now_s
        return View(
            t_s=self._now_s,
            phase="menu",
            place=place,
            side=side,
            seed=seed,
            window=WINDOW,
            prompt=None if screen is None else screen.title,
            menu=menu,
            halting=self._halting.share,
            guide=self._guide(),
            seconds_left=left_s if math.isfinite(left_s) else None,
            body_px=frame.points_px if frame is not None and sample.present and frame.has_body else None,
            picture_size=frame.size if frame is not None else (0, 0),
            lacks="" if menu is None or menu.guidance is None else self._guidance.lacks,
        )

    def _note(self) -> Message | None:
        """At home, in turn, what is missing here."""
        notes = self._notes if self._flow.at == "home" else ()
        return notes[int((self._now_s - self._came_s) / NOTED_S) % len(notes)] if notes else None

    def _guide(self) -> Guide | None:
        """The movement of the exercise that comes."""
        at, day = self._flow.block, self._flow.day
        if self._flow.at != "shown" or at is None:
            return None
        return demonstrated(day.blocks[at], day.limits, self._now_s - self._came_s, self._screens)

    def _counted(self, view: View) -> View:
        """With who was confirmed in earlier sessions, which a tracker that is replaced has to know, and with
        what suits whoever plays."""
        now = self.session.confirmed if self.session is not None else 0
        return replace(view, confirmed=self._confirmed + now, comfort=self.comfort)

    def _taken_cues(self) -> tuple[Cue, ...]:
        told, self._cues = tuple(self._cues), []
        return told
