"""Stage: the window that paints a View with pygame, plays its cues and reads the keys.

pygame is imported here and not before a Stage is wanted.
"""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pygame

from rehabgames.core.inputs import Input
from rehabgames.core.landmarks import Side
from rehabgames.core.menu import Menu
from rehabgames.core.message import Message
from rehabgames.core.player import AS_USUAL, Comfort
from rehabgames.core.view import Cue, View
from rehabgames.stage.board import Board, counts, paint_prompt, paint_stops
from rehabgames.stage.canvas import Canvas
from rehabgames.stage.carved import BORDER, board, window_frame
from rehabgames.stage.crossing import Crossing
from rehabgames.stage.dimming import Dimming
from rehabgames.stage.easel import Easel
from rehabgames.stage.frame import Frame
from rehabgames.stage.guides import Guides
from rehabgames.stage.head import drifted
from rehabgames.stage.layout import Layout
from rehabgames.stage.led import Led
from rehabgames.stage.letters import Letters
from rehabgames.stage.menus import Menus, Seen
from rehabgames.stage.mirror import Mirror
from rehabgames.stage.notes import lacking
from rehabgames.stage.phases import Phases
from rehabgames.stage.pictures import Pictures, read_part
from rehabgames.stage.place import SIGN, Place
from rehabgames.stage.places import PLACES
from rehabgames.stage.player import Player
from rehabgames.stage.presses import input_of, says_again
from rehabgames.stage.shelf import Shelf
from rehabgames.stage.sound import Sounds
from rehabgames.stage.speaking import Speaking
from rehabgames.stage.voice import Voice

LEADS = ("appear", "call")  # kinds of cues that say where a target is
MIRROR_S = 0.028  # as often as a usual camera gives pictures: more of them nobody sees
SAME_S = 0.1  # who is in a picture may be found later than the picture
FIRST = "orchard"  # where a place is not known here
ICON_PX = 64
_PLAYED = 136  # most of what a place shows in play is no wider, px of the 720 px grid
SIGNED = ("rest", "farthest", "pick", "place")  # kinds of target that have a pictogram in any place
# the others have a guide, or are looked for
_SIGNED_LACKS = ("camera", "light", "upright", "patient", "certainty")


def display_available() -> bool:
    """True where a window can be opened here. Never raises; leaves pygame's display closed."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return False
    if os.environ.get("SDL_VIDEODRIVER") in ("dummy", "offscreen"):
        return False
    if pygame.display.get_init():
        return True
    try:
        pygame.display.init()
        return pygame.display.get_driver() not in ("dummy", "offscreen")
    except pygame.error:
        return False
    finally:
        pygame.display.quit()


@dataclass(slots=True)
class Scene:
    """What is drawn once for a place, a seed and a side."""

    key: tuple[str, int, Side]
    layout: Layout
    place: Place


class Stage:
    """One window. `notes` holds a plain sentence for each thing that was missing here; lacking: see notes.

    say: the words of a message for whom something suits. comfort: what suits whoever plays, until a View says
    otherwise: it is followed at once. voice: something may be spoken at all; follows_head: the room's
    perspective follows the player's head, where motion is not reduced.

    Raises MachineError where no window can be opened, ValueError for a text scale that Layout does not know.
    """

    def __init__(
        self,
        assets: Path,
        say: Callable[[Message, Comfort], str],
        *,
        size: tuple[int, int] = (1280, 720),
        headless: bool = False,
        sound: bool = True,
        voice: bool = False,
        follows_head: bool = True,
        comfort: Comfort = AS_USUAL,
    ) -> None:
        if headless:
            os.environ["SDL_VIDEODRIVER"] = "dummy"
            os.environ["SDL_AUDIODRIVER"] = "dummy"
        self.notes: list[str] = []
        self._words, self._comfort = say, comfort
        self._canvas = Canvas(size, headless=headless)
        self._shelf = shelf = Shelf()
        self._pictures = Pictures(assets / "pictures", self.notes, shelf)
        self._canvas.sign(self._icon(assets / "icon.svg"))
        self._menus = Menus(Pictures(assets / "pictures", self.notes, shelf))
        self._crossing, self._menu = Crossing(), False
        self._letters = Letters(self.notes, comfort.language)
        self._sounds = Sounds(self.notes, comfort.volume) if sound else None
        self._voice = Voice(self.notes, comfort=comfort) if voice and not headless else None
        self.lacking = lacking(self._sounds, self._voice)
        self._speaking = Speaking(self._voice, self._say)
        self._scene: Scene | None = None
        self._guides = Guides()
        self._player = Player()
        self._mirror, self._board, self._phases = Mirror(), Board(), Phases()
        self._dimming, self._led = Dimming(), Led()
        self._bare = True  # nothing is shown yet
        self._mirrored: npt.NDArray[np.uint8] | None = None  # the picture in it, and since when
        self._mirrored_s = -math.inf
        self._window: tuple[float, float, float, float] = (-1.0, -1.0, 1.0, 1.0)
        self._follows_head = follows_head
        self._head = (0.0, 0.0)
        self.hears: bool | None = None  # whether the word that means STOP is heard; None: nobody listens
        self._over = False  # a guide is shown over the veil of a pause
        self.drawn_s = self.flipped_s = math.nan  # when the newest scene was painted, and when it was shown

    def prepare(self, place: str, seed: int, side: Side) -> Scene:
        """Draws the still scene of a seed now (about a second), so that the first paint is quick."""
        if self._scene and self._scene.key == (place, seed, side):
            return self._scene
        if self._sounds:
            self._sounds.tune(place)
        self._speaking.ahead()
        return self._draw(place, seed, side)

    def _draw(self, place: str, seed: int, side: Side) -> Scene:
        size, made = self._canvas.size, PLACES.get(place, PLACES[FIRST])
        self._scene = Scene((place, seed, side), self._laid(side), made(self._pictures, seed, size, side))
        self._warm(self._scene.layout, place)
        return self._scene

    def _icon(self, path: Path) -> pygame.Surface | None:
        """That of the program; None where there is none, which is not told: nothing depends on it."""
        with suppress(OSError, ValueError):
            return self._pictures.raster(read_part(path.read_text("utf-8")).document(ICON_PX, ICON_PX))
        return None

    def _laid(self, side: Side) -> Layout:
        return Layout.of(self._canvas.size, side, text_scale=self._comfort.letters)

    def _say(self, message: Message) -> str:
        return self._words(message, self._comfort)

    def _follow(self, comfort: Comfort | None) -> None:
        """What suits whoever plays now holds from this scene on."""
        if comfort is None or comfort == self._comfort:
            return
        before, self._comfort = self._comfort, comfort
        if comfort.language != before.language:
            self._letters = Letters(self.notes, comfort.language)
        if comfort.letters != before.letters and self._scene is not None:
            self._scene.layout = self._laid(self._scene.key[2])
        if self._sounds:
            self._sounds.volume = comfort.volume
        self._speaking.follow(comfort)

    def _warm(self, layout: Layout, place: str) -> None:
        """Draws what every scene shows and what this one is made of, so that no frame has to wait for it."""
        frame = Frame(layout.size, self._window, layout.play)
        easel = Easel(self._canvas.surface, self._pictures, self._letters, layout, frame, 0.0)
        window_frame(easel, layout.mirror, easel.px(BORDER))
        board(easel, layout.board)
        self._guides.warm(easel)
        self._pictures.warm("signs", easel.px(_PLAYED))
        self._pictures.warm(place, easel.px(_PLAYED))

    def paint(
        self,
        view: View,
        now_s: float,
        picture: npt.NDArray[np.uint8] | None = None,
        *,
        mirror_later: bool = False,
    ) -> None:
        """Paints everything and flips. `picture` is the newest camera picture, BGR, not mirrored.

        mirror_later: the mirror follows with the next scene; its work is done after the flip, so that what
        the hand does is seen sooner.
        """
        if self._canvas.follow(now_s) and self._scene is not None:
            self._bare = True
            self._pictures.forget()
            self._draw(*self._scene.key)
        self._follow(view.comfort)
        scene = self.prepare(view.place, view.seed, view.side)
        if view.hand and not (math.isfinite(view.hand.x) and math.isfinite(view.hand.y)):
            view = replace(view, hand=None)
        self._window = view.window
        easel = self._easel(scene, view, now_s)
        menu = view.menu if view.phase == "menu" else None
        seen = None if menu is None else Seen(view, menu, self._say, self._letter(menu.points), picture)
        self._choosable(menu)
        self._speaking.speak(view, now_s)
        if self._sounds:
            self._sounds.step(now_s)
        if seen is not None and not self._menus.ready(easel, seen, at_once=self._bare):
            self._show()
            return
        self._crossing.step(self._canvas.surface, None if menu is None else menu.number, now_s)
        if seen is not None:
            self._menus.paint(easel, seen, scene.place)
        else:
            if not mirror_later:
                self._mirror.renew(easel, view, picture)
            self._paint_session(easel, scene, view)
        self._crossing.paint(self._canvas.surface, now_s)
        paint_stops(easel, view.halting, self.hears)
        self._show()
        if mirror_later and menu is None:
            self._reflect(easel, view, picture)

    def _show(self) -> None:
        self.drawn_s = time.monotonic()
        self._canvas.show()
        self.flipped_s = time.monotonic()
        self._bare = False

    def _easel(self, scene: Scene, view: View, now_s: float) -> Easel:
        if self._follows_head and not self._comfort.calm:
            self._head = drifted(self._head, view)
        return Easel(
            self._canvas.surface,
            self._pictures,
            self._letters,
            scene.layout,
            Frame(scene.layout.size, view.window, scene.layout.play),
            now_s,
            head=(0.0, 0.0) if self._comfort.calm else self._head,
            comfort=self._comfort,
        )

    def _paint_session(self, easel: Easel, scene: Scene, view: View) -> None:
        """Where no screen is shown."""
        veil = self._phases.step(view, easel.now_s)
        self._guides.step(easel, view)
        scene.place.paint_back(easel, view)
        self._dimming.paint(easel, easel.theme.dim)
        over = self._guided_over(view)
        self._play(easel, scene, view, 1.0 - veil)
        self._mirror.paint(easel, view, 1.0 - veil)
        self._tell(easel, scene.place, view, over=over)

    def _reflect(self, easel: Easel, view: View, picture: npt.NDArray[np.uint8] | None) -> None:
        """Not more often than anybody sees."""
        often_s = MIRROR_S if picture is None or picture is not self._mirrored else SAME_S
        if not 0.0 <= easel.now_s - self._mirrored_s < often_s:
            self._mirror.renew(easel, view, picture)
            self._mirrored, self._mirrored_s = picture, easel.now_s

    def _tell(self, easel: Easel, place: Place, view: View, *, over: bool) -> None:
        """Board, veil and prompt. over: what is asked is shown over the veil."""
        sign = self._sign(easel, place, view)
        if self._guides.showing and not over:
            self._guides.paint_small(easel, self._board.paint_guided(easel, view))
        elif not counts(view):
            self._board.paint_asked(easel, view, place, sign)
        else:
            self._board.paint(easel, view, place)
        self._phases.veil(easel)
        if over:
            self._guides.paint_small(easel, self._board.paint_guided(easel, view))
            self._guides.paint(easel, 1.0)
        self._phases.paint(easel, view, place)
        if view.prompt is not None:
            beside = paint_prompt(easel, self._say(view.prompt), sign)
            if sign is None:
                place.paint_goal(easel, view, beside, easel.px(SIGN))

    def _guided_over(self, view: View) -> bool:
        """What is asked in a pause is shown over its veil, until it has faded."""
        asked = view.guide is not None or (self._over and self._guides.showing)
        self._over = view.phase == "paused" and asked
        return self._over

    def _sign(self, easel: Easel, place: Place, view: View) -> pygame.Surface | str | None:
        """Which pictogram goes with the prompt; None where it is what is played for: at the end, and while
        nothing is asked."""
        asked = None if view.phase == "play" else self._guides.sign(easel.px(62))
        if view.phase in ("looking", "paused", "saving"):
            return asked if asked is not None and view.guide is not None else _waiting(view)
        shown = asked or place.sign(easel, view, easel.px(SIGN))
        if shown is not None or view.phase == "done":
            return shown
        if view.target and view.target.kind in SIGNED:
            return view.target.kind
        return "rest" if view.phase == "rest" else None

    def _choosable(self, menu: Menu | None) -> None:
        """Keys and presses choose from now on, or mean what they mean in play; the mouse comes with them."""
        if (menu is not None) != self._menu:
            self._menu = menu is not None
            self._canvas.show_mouse(self._menu)

    def _play(self, easel: Easel, scene: Scene, view: View, shown: float) -> None:
        scene.place.paint_play(easel, view, shown)
        self._led.paint(easel, view, shown)
        if not easel.theme.dim:
            scene.place.paint_front(easel, view)
        if self._guides.showing:
            if not self._over:
                self._guides.paint(easel, shown)
            return
        if scene.place.shows_hand and view.phase not in ("looking", "done", "saving"):
            self._player.paint(easel, view, self._letter(view.side), 0.3 + 0.7 * shown)
        scene.place.paint_rewards(easel)

    def _letter(self, side: Side) -> str:
        """The letter of a side in the player's language; R or L where the words have none."""
        said = self._say(Message("side.right_letter" if side == "right" else "side.left_letter"))
        return said if 0 < len(said) <= 2 else side[0].upper()

    def cue(self, cue: Cue, now_s: float) -> None:
        """Plays a cue, panned to where it is, and lets its reward bloom."""
        if self._scene is not None:
            self._scene.place.cue(cue, now_s)
        if self._sounds:
            x_min, _, x_max, _ = self._window
            leads = self._comfort.sees if cue.kind in LEADS else ""
            # a sound travels there from the side that is seen
            begins = {"left": 0.0, "right": 1.0}.get(leads)
            self._sounds.play(cue.kind, (cue.x - x_min) / (x_max - x_min), now_s, begins=begins)

    def inputs(self) -> list[Input]:
        """What was pressed since the last call: ESC, SPACE, Q and closing the window all mean STOP; a window
        that is not seen any more is Hidden. On a screen SPACE and RETURN are the one key that chooses, and
        mouse or finger press what they are on. A sign of STOP means STOP always. R has what is asked said
        again."""
        told = pygame.event.get()
        if any(map(says_again, told)):
            self._speaking.repeat()
        layout = None if self._scene is None else self._scene.layout
        found = (input_of(event, self._canvas, layout, menu=self._menu) for event in told)
        return [each for each in found if each is not None]

    def save(self, path: Path) -> None:
        """Writes what is shown as a PNG."""
        pygame.image.save(self._canvas.surface, str(path))

    def close(self) -> None:
        if self._voice:
            self._voice.close()
        if self._sounds:
            self._sounds.close()
        if self._shelf.grown:  # not at the start: to look through it takes hundredths of a second
            self._shelf.sweep()
        pygame.display.quit()


def _waiting(view: View) -> str:
    """The sign of what everything waits for."""
    if view.lacks in _SIGNED_LACKS:
        return f"lacks_{view.lacks}"
    if view.phase == "looking" or view.lacks == "person":
        return f"looking_{view.shows}"
    return view.phase
