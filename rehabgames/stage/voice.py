"""Voice: prompts are spoken by espeak-ng, rendered ahead by a child process and kept as files.

Nothing here is waited for: a worker thread has the sentence rendered while the picture goes on, and
the sound is played when it is there, unless something else is asked by then. Without espeak-ng, or
without sound, people read: that is a note, never an error.
"""

from __future__ import annotations

import hashlib
import os
import queue
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Final

import platformdirs
import pygame

PROGRAM: Final = "espeak-ng"
RATE_WPM: Final = 135  # unhurried; 175 is usual
RENDER_WITHIN_S: Final = 10.0
AGAIN_AFTER_S: Final = 8.0
LONGEST: Final = 200
LOUDNESS: Final = 0.9
NOTE: Final = "Prompts are not spoken, because espeak-ng is not installed; they are written and pictured."


class Voice:
    """`say` what is asked now, at every picture; it is spoken once, and again after 8 s of asking.

    folder  where rendered sentences are kept; None is the user's cache folder
    notes   gets a sentence where nothing can be spoken
    """

    def __init__(self, notes: list[str], *, folder: Path | None = None, language: str = "en") -> None:
        self._folder = folder or platformdirs.user_cache_path("rehabgames") / "voice"
        self._language = language
        self._program = shutil.which(PROGRAM)
        self._ready: dict[str, pygame.mixer.Sound | None] = {}
        self._asked: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._wanted = ""
        self._spoken_s: float | None = None
        self._channel: pygame.mixer.Channel | None = None
        self._thread: threading.Thread | None = None
        if self._program is None:
            notes.append(NOTE)
        elif pygame.mixer.get_init():
            self._thread = threading.Thread(target=self._render_all, name="voice", daemon=True)
            self._thread.start()

    def say(self, text: str, now_s: float) -> None:
        """The sentence that is asked now; "" falls silent. Never waits."""
        if self._thread is None:
            return
        text = text.strip()[:LONGEST]
        if text != self._wanted:
            self._wanted, self._spoken_s = text, None
            if self._channel is not None:
                self._channel.stop()
            if text and text not in self._ready:
                self._ready[text] = None
                self._asked.put(text)
        due = self._spoken_s is None or now_s - self._spoken_s >= AGAIN_AFTER_S
        sound = self._ready.get(text)
        if text and due and sound is not None:
            self._spoken_s = now_s
            self._channel = sound.play()
            if self._channel is not None:
                self._channel.set_volume(LOUDNESS)

    @property
    def spoken(self) -> bool:
        """The sentence that is asked now was begun to be spoken."""
        return self._spoken_s is not None

    def close(self) -> None:
        """Fall silent, and let the worker end."""
        if self._thread is not None:
            if self._channel is not None and pygame.mixer.get_init():
                self._channel.stop()
            self._asked.put(None)
            self._thread.join(RENDER_WITHIN_S)
            self._thread = None

    def _render_all(self) -> None:
        while (text := self._asked.get()) is not None:
            path = self._rendered(text)
            if path is not None:
                try:
                    self._ready[text] = pygame.mixer.Sound(str(path))
                except pygame.error:
                    path.unlink(missing_ok=True)  # damaged: rendered anew the next time

    def _rendered(self, text: str) -> Path | None:
        """The sentence as a WAV file, None where it cannot be made."""
        said = f"{PROGRAM}\n{self._language}\n{RATE_WPM}\n{text}"
        path = self._folder / f"{hashlib.sha256(said.encode()).hexdigest()[:32]}.wav"
        if path.is_file():
            return path
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(suffix=".wav", dir=self._folder)
            os.close(handle)
            new = Path(name)
            try:
                self._run(text, new)
                new.replace(path)
            finally:
                new.unlink(missing_ok=True)
        except (OSError, subprocess.SubprocessError):
            return None
        return path

    def _run(self, text: str, path: Path) -> None:
        assert self._program is not None
        subprocess.run(
            [self._program, "-v", self._language, "-s", str(RATE_WPM), "-w", str(path), "--stdin"],
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=RENDER_WITHIN_S,
            check=True,
        )
