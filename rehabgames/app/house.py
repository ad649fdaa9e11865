"""House: what a visit asks of the machine: plan, record and data folder, and the camera."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from rehabgames.app.aside import Aside
from rehabgames.app.cameras import candidates, keep_camera
from rehabgames.app.day import Opener, day_of
from rehabgames.app.players import keep_player, load_players, lost_players
from rehabgames.core.document import Document
from rehabgames.core.errors import UseError
from rehabgames.core.inputs import Answer
from rehabgames.core.message import Message
from rehabgames.core.player import Player
from rehabgames.hearing.listener import Listener, recogniser_here
from rehabgames.records.folder import prepare_folder
from rehabgames.records.lock import SessionLock
from rehabgames.records.running import only_here
from rehabgames.records.store import Store
from rehabgames.session import Session
from rehabgames.tracking.sources import SourceSpec, WebcamSpec
from rehabgames.tracking.tracker import Tracker
from rehabgames.visit.day import Day
from rehabgames.visit.today import Told
from rehabgames.visit.visit import Helpers, Visit

NEEDED_MB: Final = 200  # an hour's record is a tenth of it; what begins is also to be brought to its end


class House:
    """Opens what it needs when it is first asked for it, so that a screen is there to say what does not work.

    listener  for the word that means STOP
    players   who is known here
    notes     what is missing and can be done without; sentences: what people should know besides
    """

    def __init__(
        self, folder: Path, spec: SourceSpec, tracker: Tracker, listener: Listener | None = None
    ) -> None:
        self.listener = listener or Listener()
        self.players: list[Player] = []
        self.notes: list[Message] = []
        self.sentences: tuple[str, ...] = ()
        self._aside: Aside | None = None
        self._begun, self._asked = datetime.now().astimezone(), tuple[object, ...]()
        self._folder, self._spec, self._tracker = folder, spec, tracker
        self._running: SessionLock | None = None
        self._store: Store | None = None
        self._opener: Opener | None = None
        self._told_lost = False
        self._cameras = candidates() if isinstance(spec, WebcamSpec) else ()

    def visit(self, languages: tuple[str, ...]) -> Visit:
        """One that is to be begun with `begin`. What suits whoever played last holds until it is known who is
        there. languages: that can be shown."""
        players, _ = load_players()
        if players and players[0].comfort.language not in languages:
            self.note("note.language")
        return Visit(Day(players), self.helpers(), languages, self.notes, hears=recogniser_here())

    def begin(self) -> Day:
        """Who it is known to be, where there is but one. Raises UseError where another program runs, or
        somebody's file is lost (once), and StoreError."""
        if self._opener is None:
            if self._running is None:
                self._running = only_here(self._folder)
            self._store = self._store or Store.open(self._folder)
            self._opener = Opener(self._store, self._spec)
        self._aside = self._aside or Aside(self._folder)
        self._tracker.begin()  # not before: the camera may be another program's
        players, notes = load_players()
        self.players, self.sentences = list(players), notes
        if notes and players:
            self.note("note.settings")
        if lost_players(players) and not self._told_lost:
            self._told_lost = True
            raise UseError(notes[0], "Ask who set it up.", code="player")
        if len(players) == 1:
            return self.day_of(players[0])
        return self._here(Day(tuple(players)))

    def day_of(self, player: Player) -> Day:
        """Who has no id yet is new here."""
        kept = player if player.id else keep_player(player)
        self.players = [kept, *(each for each in self.players if each.id != kept.id)]
        self._begun = datetime.now().astimezone()
        return self._here(day_of(kept, self.players, self.store, self._begun))

    def told(self, player: Player) -> Told | None:
        """Asked anew when a session has ended. Never waits."""
        if self._aside is None:
            return None
        asked = player.id, self._begun, self._opens.ended
        if asked != self._asked:
            self._asked = asked
            self._aside.ask(player, self._begun, self._opens.ended)
        return self._aside.told()

    def keep(self, player: Player) -> None:
        """What suits this player, as it is now."""
        keep_player(player)

    def _here(self, day: Day) -> Day:
        return replace(day, cameras=len(self._cameras))

    def note(self, message_id: str) -> None:
        """It is told on the home screen, once."""
        note = Message(message_id)
        self.notes += [] if note in self.notes else [note]

    @property
    def store(self) -> Store:
        assert self._store is not None, "nothing is asked of the record before the house is opened"
        return self._store

    def add(self, document: Document, *, wait_s: float) -> None:
        """As of a store."""
        self.store.add(document, wait_s=wait_s)

    def ready(self) -> None:
        """Raises StoreError where the disk is so full that what is begun might not be kept."""
        prepare_folder(self._folder, NEEDED_MB)

    def again(self) -> None:
        """Camera and tracking begin anew; a camera that was plugged in elsewhere is found there."""
        spec = self._spec
        if isinstance(spec, WebcamSpec):
            self._cameras = candidates()
            if self._cameras and spec.number not in self._cameras:
                spec = replace(spec, number=self._cameras[0])
        self._turn_to(spec)

    def other_camera(self) -> None:
        """The next one, and after the last one the first. One that turned out not to be there is left out."""
        spec, failed = self._spec, self._tracker.error
        if not isinstance(spec, WebcamSpec):
            return
        if failed is not None and failed.code == "camera_none":
            self._cameras = tuple(number for number in self._cameras if number != spec.number)
        after = [number for number in self._cameras if number > spec.number] or self._cameras
        self._turn_to(replace(spec, number=after[0]) if after else spec)

    def keep_camera(self) -> None:
        """What is seen on the screen is the right one."""
        if isinstance(self._spec, WebcamSpec):
            keep_camera(self._spec.number, self._folder)

    def _turn_to(self, spec: SourceSpec) -> None:
        self._spec = spec
        self._tracker.again(spec)

    def helpers(self) -> Helpers:
        return Helpers(
            self._room,
            self._block,
            self.day_of,
            self.keep,
            self.told,
            ready=self.ready,
            again=self.again,
            other_camera=self.other_camera,
            keep_camera=self.keep_camera,
        )

    def _room(self, day: Day, said: tuple[Answer, ...]) -> Session:
        return self._opens.room(day, said)

    def _block(self, day: Day, number: int, said: tuple[Answer, ...]) -> Session:
        return self._opens.block(day, number, said)

    @property
    def _opens(self) -> Opener:
        assert self._opener is not None, "no session is begun before the house is opened"
        return self._opener

    def close(self) -> None:
        """What was opened; harmless where nothing was."""
        self.listener.close()
        if self._aside is not None:
            self._aside.close()
        if self._store is not None:
            self._store.close()
        if self._running is not None:
            self._running.release()
