"""Home: what `rehabgames` alone does. Somebody is led from the home screen through a day's practice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from rehabgames.app.aside import Aside
from rehabgames.app.day import Opener, day_of
from rehabgames.app.live import Played, play_live
from rehabgames.app.pictures import make_album
from rehabgames.app.play import USUALLY, Progress, Screen, unsaved
from rehabgames.app.players import keep_player, load_players
from rehabgames.app.plug_ins import load_places
from rehabgames.app.resources import Resources
from rehabgames.core.player import Player
from rehabgames.records.folder import data_folder
from rehabgames.records.store import Store
from rehabgames.records.writer import Writer
from rehabgames.session.scene import PLACE
from rehabgames.tracking.models import model_path
from rehabgames.tracking.sources import SourceSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker
from rehabgames.tracking.variants import pose_path
from rehabgames.visit.day import Day
from rehabgames.visit.today import Told
from rehabgames.visit.visit import Helpers, Visit
from rehabgames.words import languages, warm


@dataclass(frozen=True, slots=True)
class Been:
    """What came of a visit: whether it came to its end, and what people should know besides."""

    played: Played
    over: bool
    notes: tuple[str, ...]


@dataclass(slots=True)
class House:
    """What a visit asks of plan, record and data folder."""

    store: Store
    spec: SourceSpec
    aside: Aside
    players: list[Player] = field(default_factory=list)
    _opener: Opener = field(init=False)
    _begun: datetime = field(init=False)
    _asked: tuple[object, ...] = ()

    def __post_init__(self) -> None:
        self._opener, self._begun = Opener(self.store, self.spec), datetime.now().astimezone()

    def day(self) -> Day:
        """Of whom it is known to be, where there is but one."""
        return self._day(self.players[0]) if len(self.players) == 1 else Day(tuple(self.players))

    def _day(self, player: Player) -> Day:
        self._begun = datetime.now().astimezone()
        return day_of(player, self.players, self.store, self._begun)

    def day_of(self, player: Player) -> Day:
        """Who has no id yet is new here."""
        kept = player if player.id else keep_player(player)
        self.players = [kept, *(each for each in self.players if each.id != kept.id)]
        return self._day(kept)

    def told(self, player: Player) -> Told | None:
        """Asked anew when a session has ended. Never waits."""
        asked = player.id, self._begun, self._opener.ended
        if asked != self._asked:
            self._asked = asked
            self.aside.ask(player, self._begun, self._opener.ended)
        return self.aside.told()

    def keep(self, player: Player) -> None:
        keep_player(player)

    def helpers(self) -> Helpers:
        return Helpers(self._opener.room, self._opener.block, self.day_of, self.keep, self.told)


@contextmanager
def telling() -> Iterator[Aside]:
    """The process that gathers what is told in the end."""
    aside = Aside(data_folder())
    try:
        yield aside
    finally:
        aside.close()


def home(
    spec: SourceSpec, screen: Screen, progress: Progress | None = None, *, takes: Resources = USUALLY
) -> Been:
    """From the home screen to wherever it is left. Raises RehabgamesError."""
    if screen.pictures is not None:
        make_album(screen.pictures)
    models = ModelPaths(pose_path(takes.pose, progress), model_path("hand", progress=progress), ())
    players, notes = load_players()
    with Store.open(data_folder()) as store, telling() as aside:
        house = House(store, spec, aside, list(players))
        day = house.day()
        visit = Visit(day, house.helpers(), tuple(languages()))
        for language in languages():  # any of them may be chosen; each takes a hundredth of a second
            warm(language)
        stage = screen.stage(visit.comfort)
        tracker = Tracker(
            takes.asked_of(spec), models=models, keeps=True, apart=True, most_fps=takes.most_fps
        )
        try:
            load_places()
            stage.prepare(day.blocks[0].place if day.blocks else PLACE, 0, "right")
            tracker.begin()
            played = play_live(
                visit,
                tracker,
                stage,
                Writer(store),
                pictures=screen.pictures,
                headless=screen.headless,
                scenes_fps=takes.scenes_fps,
            )
            notes = (*notes, *stage.notes)
        finally:
            tracker.stop()
            stage.close()
    if played.unsaved:
        raise unsaved(played.unsaved, data_folder())
    if played.error is not None:
        raise played.error
    return Been(played, visit.over, notes)
