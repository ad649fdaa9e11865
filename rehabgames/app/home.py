"""Home: what `rehabgames` alone does. Somebody is led from the home screen through a day's practice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from rehabgames.app.house import House
from rehabgames.app.live import Played, play_live
from rehabgames.app.pictures import make_album
from rehabgames.app.play import USUALLY, Progress, Screen, unsaved
from rehabgames.app.players import load_players
from rehabgames.app.plug_ins import load_places
from rehabgames.app.resources import Resources
from rehabgames.core.document import Document
from rehabgames.core.errors import MachineError, RehabgamesError
from rehabgames.core.view import Phase
from rehabgames.hearing.listener import Listener
from rehabgames.records.folder import data_folder
from rehabgames.records.writer import Writer
from rehabgames.stage.fonts import missing_scripts
from rehabgames.stage.window import Stage
from rehabgames.tracking.models import model_path
from rehabgames.tracking.sources import SourceSpec, VirtualSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker
from rehabgames.tracking.variants import pose_path
from rehabgames.visit.day import Day
from rehabgames.visit.troubles import told_as
from rehabgames.visit.visit import Visit
from rehabgames.words import ENGLISH, languages, usual_language, warm

MOST_FAULTS: Final = 2  # of the program itself, after which it does not begin anew


@dataclass(frozen=True, slots=True)
class Been:
    """What came of a visit: whether it came to its end, and what people should know besides."""

    played: Played
    over: bool
    notes: tuple[str, ...]


class Unseen:
    """See live.Ending: where nobody sees the screen, nobody can do anything about a trouble."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    def lost(self, phase: Phase, *, playing: bool, now_s: float) -> str:
        return self._visit.trouble


def home(
    spec: SourceSpec, screen: Screen, progress: Progress | None = None, *, takes: Resources = USUALLY
) -> Been:
    """From the home screen to wherever it is left. What does not work is told on a screen; where nobody sees
    one, and where no window can be opened, it raises RehabgamesError."""
    if screen.pictures is not None:
        make_album(screen.pictures)
    spec = _as_they_sit(takes.asked_of(spec))
    tracker = Tracker(
        spec,
        models=lambda: ModelPaths(pose_path(takes.pose, progress), model_path("hand", progress=progress), ()),
        keeps=True,
        apart=True,
        most_fps=takes.most_fps,
    )
    house = House(data_folder(), spec, tracker, Listener(always=screen.stop_word))
    comfort = house.visit(spoken()).comfort
    house.listener.follow(comfort)
    for language in spoken():  # any of them may be chosen; each takes a hundredth of a second
        warm(language)
    stage = screen.stage(comfort)
    for what in stage.lacking:
        house.note(f"note.{what}")
    try:
        load_places()
        visit, played = _visited(house, stage, tracker, screen, takes)
    finally:
        tracker.stop()
        stage.close()
        house.close()
    if played.unsaved:
        raise unsaved(played.unsaved, data_folder())
    failed = visit.error or played.error
    if screen.headless and failed is not None:
        raise failed
    told = () if failed is None else (str(failed),)
    return Been(played, visit.over, (*house.sentences, *stage.notes, *house.listener.told, *told))


def _as_they_sit(spec: SourceSpec) -> SourceSpec:
    """A virtual patient sits before its camera, or stands, as its days are done."""
    if not isinstance(spec, VirtualSpec) or spec.sitting is not None:
        return spec
    players, _ = load_players()
    return replace(spec, sitting=not players or players[0].posture == "sitting")


def spoken() -> tuple[str, ...]:
    """Languages that there are words and letters for; the computer's own first, then English."""
    can = [each for each in languages() if each == ENGLISH or not missing_scripts(each)]
    first = [each for each in (usual_language(can), ENGLISH) if each in can]
    return tuple(dict.fromkeys((*first, *can)))


def _visited(
    house: House, stage: Stage, tracker: Tracker, screen: Screen, takes: Resources
) -> tuple[Visit, Played]:
    """A fault of the program is told, too, and it begins anew: nobody is to sit before a dark screen."""
    faults: list[Exception] = []
    left: list[Document] = []  # what could not be saved before a fault is tried again after it

    def begin() -> Day:
        if faults and faults[-1] not in told:
            told.append(faults[-1])
            raise _broken(faults[-1], left)
        return house.begin()

    told: list[Exception] = []
    while True:
        visit = house.visit(spoken())
        writer = Writer(house)
        for document in left:
            writer.put(document)
        try:
            visit.begin(begin)
            stage.prepare(*visit.scene)
            played = play_live(
                visit,
                tracker,
                stage,
                writer,
                pictures=screen.pictures,
                headless=screen.headless,
                ending=Unseen(visit) if screen.headless else None,
                scenes_fps=takes.scenes_fps,
                listener=house.listener,
            )
        except RehabgamesError:
            raise
        except Exception as error:
            faults.append(error)
            left = writer.close(0.0)
            if screen.headless or len(faults) >= MOST_FAULTS:
                raise _broken(error, left) from error
        else:
            return visit, played


def _broken(error: Exception, left: Sequence[Document]) -> MachineError:
    """left: what could not be saved before."""
    what = f"rehabgames broke: {type(error).__name__}: {error}".splitlines()[0].rstrip(".")
    lost = f" {len(left)} entries could not be saved yet." if left else ""
    code = told_as("fault", saved=not left)
    return MachineError(f"{what}.{lost}", "Start again; if it stays, please report it.", code=code)
