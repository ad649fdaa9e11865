"""Voice: prompts are spoken by espeak-ng, rendered ahead by a child process and kept as files.

Nothing here is waited for: a worker thread has the sentence rendered while the picture goes on, and
the sound is played when it is there, unless something else is asked by then. Without espeak-ng, or
without sound, people read and look: that is a note, never an error.
"""

from __future__ import annotations

import contextlib
import hashlib
import math
import os
import shutil
import subprocess
import tempfile
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pygame

from rehabgames.core.player import AS_USUAL, Comfort
from rehabgames.stage.notes import once
from rehabgames.stage.shelf import cache_folder

PROGRAM: Final = "espeak-ng"
RATE_WPM: Final = 135  # unhurried; 175 is usual
GAP: Final = 3  # between words, in 10 ms
RENDER_WITHIN_S: Final = 5.0
SETTLED_S: Final = 0.25  # so long a sentence must stand before it is spoken
AGAIN_AFTER_S: Final = 8.0
SAME_APART_S: Final = 4.0  # at least, however often what is asked changes to and fro
FADE_MS: Final = 120
LONGEST: Final = 200  # characters
LOUDNESS: Final = 0.75  # at full volume; as usual somewhat less
KEPT_FILES: Final = 500
KEPT_SOUNDS: Final = 48  # in memory, half a megabyte the longest
# Where the language alone would not be the best choice. "zh" and "cmn" of espeak-ng 1.51, which Debian 12 and
# Ubuntu 24.04 have, read the tone of each letter aloud as an English number (espeak-ng issue 1028).
VOICES: Final = {"en": "en-gb", "zh": "cmn-latn-pinyin"}
GAPS: Final = {"zh": 0}  # every letter is a word to it, and a gap would part the words that people hear
MISSING: Final = "Prompts are not spoken, because espeak-ng is not installed; they are written and pictured."
FAILED: Final = "Prompts are not spoken, because espeak-ng does not work here; they are written and pictured."


@dataclass(frozen=True, slots=True)
class Said:
    """What is rendered: the text, by which voice of espeak-ng, how fast, and with which gap between words."""

    text: str
    voice: str
    wpm: int
    gap: int


class Voice:
    """`say` what is asked now, at every picture; it is spoken once, and again only where wanted.

    comfort   in which language, how fast and how loud it begins; see `follow`
    notes     gets a sentence where nothing can be spoken
    folder    where rendered sentences are kept
    program   what renders them, found on the PATH
    """

    def __init__(
        self,
        notes: list[str],
        *,
        folder: Path | None = None,
        comfort: Comfort = AS_USUAL,
        program: str = PROGRAM,
    ) -> None:
        self._notes = notes
        self._folder = folder or cache_folder("voice")
        self._comfort = comfort
        self._program = shutil.which(program)
        self._wanted, self._since_s = "", 0.0
        self._spoken_s: float | None = None
        self._heard_s: dict[str, float] = {}
        self._lock = threading.Condition()  # over all below
        self._sounds: dict[Said, pygame.mixer.Sound] = {}
        self._now: deque[Said] = deque()
        self._later: deque[Said] = deque()
        self._rendering = self._closed = False
        self._child: subprocess.Popen[bytes] | None = None
        self._channel: pygame.mixer.Channel | None = None
        self._thread: threading.Thread | None = None
        if self._program is None:
            once(notes, MISSING)
        elif pygame.mixer.get_init():
            pygame.mixer.set_reserved(1)  # cues never take the voice's channel
            self._channel = pygame.mixer.Channel(0)
            self._thread = threading.Thread(target=self._work, name="voice", daemon=True)
            self._thread.start()

    @property
    def works(self) -> bool:
        """Something can be spoken here, as far as is known."""
        return self._thread is not None

    @property
    def spoken(self) -> bool:
        """The sentence that is asked now was begun to be spoken."""
        return self._spoken_s is not None

    @property
    def speaking(self) -> bool:
        return self._channel is not None and self._thread is not None and self._channel.get_busy()

    def follow(self, comfort: Comfort) -> None:
        """Speak as suits this person from now on. What is asked now is said anew where that makes it another
        sound; what was to be rendered ahead as before is not rendered any more."""
        before, self._comfort = self._comfort, comfort
        if self._channel is None:
            return
        if comfort.volume != before.volume:
            self._channel.set_volume(self._loud)
        if (comfort.language, comfort.pace, comfort.voice) != (before.language, before.pace, before.voice):
            self._wanted, self._heard_s = "", {}
            self._channel.fadeout(FADE_MS)
            with self._lock:
                self._now.clear()
                self._later.clear()

    @property
    def _loud(self) -> float:
        return LOUDNESS * min(1.0, max(0.0, self._comfort.volume))

    def _said(self, text: str) -> Said:
        comfort = self._comfort
        voice = VOICES.get(comfort.language, comfort.language)
        wpm = round(RATE_WPM * comfort.pace)
        return Said(text.strip()[:LONGEST], voice, wpm, GAPS.get(comfort.language, GAP))

    def repeat(self) -> None:
        """What is asked now is said again at once."""
        self._spoken_s = None
        self._heard_s.pop(self._wanted, None)

    def say(self, text: str, now_s: float, *, again: bool = False, after_s: float = AGAIN_AFTER_S) -> None:
        """The sentence that is asked now; "" falls silent. Never waits.

        again: it is not followed yet, so that it is to be heard again every `after_s`
        """
        if self._thread is None or self._channel is None:
            return
        asked = self._said(text if self._comfort.voice else "")
        text = asked.text
        if text != self._wanted:
            self._wanted, self._since_s, self._spoken_s = text, now_s, None
            self._channel.fadeout(FADE_MS)
            with self._lock:
                if text and asked not in self._sounds:
                    self._now.clear()
                    self._now.append(asked)
                    self._lock.notify_all()
        if not again and self._spoken_s is not None:
            self._spoken_s = now_s  # whoever follows is not told again at once when they pause
        with self._lock:
            sound = self._sounds.get(asked)
        if sound is None or self._channel.get_busy() or not self._due(now_s, after_s if again else math.inf):
            return
        self._heard_s.pop(text, None)
        self._spoken_s = self._heard_s[text] = now_s
        if len(self._heard_s) > KEPT_SOUNDS:
            del self._heard_s[next(iter(self._heard_s))]
        self._channel.set_volume(self._loud)
        self._channel.play(sound)

    def _due(self, now_s: float, after_s: float) -> bool:
        if self._spoken_s is not None:
            return now_s - self._spoken_s >= after_s
        heard_s = self._heard_s.get(self._wanted, -1e9)
        return now_s - self._since_s >= SETTLED_S and not 0.0 <= now_s - heard_s < SAME_APART_S

    def ahead(self, texts: Iterable[str]) -> None:
        """Have these rendered when nothing else is, so that they are there when they are asked."""
        if self._thread is not None and self._comfort.voice:
            with self._lock:
                self._later.extend(map(self._said, texts))
                self._lock.notify_all()

    def settle(self, within_s: float) -> bool:
        """Wait until nothing is left to be rendered. False where that takes longer."""
        with self._lock:
            return self._lock.wait_for(lambda: not (self._now or self._later or self._rendering), within_s)

    def close(self) -> None:
        """Fall silent, and end the worker and its child at once."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        with self._lock:
            self._closed = True
            if self._child is not None:
                self._child.kill()
            self._lock.notify_all()
        if self._channel is not None and pygame.mixer.get_init():
            self._channel.stop()
        thread.join(RENDER_WITHIN_S)

    def _work(self) -> None:
        self._forget_oldest()
        while True:
            with self._lock:
                self._rendering = False
                self._lock.notify_all()
                self._lock.wait_for(lambda: self._closed or self._now or self._later)
                if self._closed:
                    return
                wanted = bool(self._now)
                said = self._now.popleft() if wanted else self._later.popleft()
                self._rendering = True
            path = self._rendered(said)
            if path is not None and wanted:
                self._load(said, path)

    def _load(self, said: Said, path: Path) -> None:
        try:
            sound = pygame.mixer.Sound(str(path))
        except (pygame.error, FileNotFoundError):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)  # damaged: rendered anew the next time
            return
        with self._lock:
            self._sounds[said] = sound
            while len(self._sounds) > KEPT_SOUNDS:
                del self._sounds[next(iter(self._sounds))]

    def _rendered(self, said: Said) -> Path | None:
        """The sentence as a WAV file; None where it cannot be made."""
        named = f"{PROGRAM}\n{said.voice}\n{said.wpm}\n{said.gap}\n{said.text}"
        path = self._folder / f"{hashlib.sha256(named.encode()).hexdigest()[:32]}.wav"
        try:
            if path.is_file() and path.stat().st_size > 0:
                return path
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(suffix=".new", dir=self._folder)
            os.close(handle)
            new = Path(name)
            try:
                if not self._run(said, new):
                    return None
                new.replace(path)
            finally:
                new.unlink(missing_ok=True)
        except OSError:
            once(self._notes, FAILED)
            return None
        return path

    def _run(self, said: Said, path: Path) -> bool:
        """The child renders the text, which it reads from its input. False where it fails or hangs."""
        assert self._program is not None
        manner = ["-v", said.voice, "-s", str(said.wpm), "-g", str(said.gap)]
        with self._lock:
            if self._closed:
                return False
            self._child = subprocess.Popen(
                [self._program, *manner, "-w", str(path), "--stdin"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        try:
            self._child.communicate(said.text.encode(), timeout=RENDER_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.communicate()
        well = self._child.returncode == 0 and path.stat().st_size > 0
        if not well and not self._closed:
            once(self._notes, FAILED)
        return well

    def _forget_oldest(self) -> None:
        """Sentences with numbers in them would add up."""
        with contextlib.suppress(OSError):
            files = sorted(self._folder.glob("*.wav"), key=lambda file: file.stat().st_mtime)
            for file in files[:-KEPT_FILES]:
                file.unlink(missing_ok=True)
