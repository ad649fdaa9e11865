"""Mending: what fails becomes a screen, from which it is tried again; what comes back by itself goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from rehabgames.core.document import Document
from rehabgames.core.errors import RehabgamesError
from rehabgames.core.inputs import Input
from rehabgames.visit.flow import Flow
from rehabgames.visit.guidance import Guidance
from rehabgames.visit.helpers import Helpers, nothing
from rehabgames.visit.troubles import known, told_as
from rehabgames.visit.watching import Watching

# where nobody needs a camera, or something else is told first
UNSEEN: Final = ("trouble", "advice", "summary", "bye")


class Mending:
    """error: of the helper that failed last, while its screen is shown; None else."""

    def __init__(self, flow: Flow, helpers: Helpers, guidance: Guidance) -> None:
        self.error: RehabgamesError | None = None
        self._flow, self._helpers, self._guidance = flow, helpers, guidance
        self._watching = Watching()
        self._retry: Callable[[], None] = nothing
        self._told_unsaved = False

    def attempt(self, do: Callable[[], None]) -> None:
        """Do it; what it fails at is shown, and can be tried again."""
        try:
            do()
        except RehabgamesError as error:
            self.error, self._retry = error, lambda: self.attempt(do)
            self._flow.fails(known(error.code))

    def chose(self, option: str, now_s: float) -> None:
        """On the screen of a trouble."""
        retry, self._retry, self.error = self._retry, nothing, None
        self._flow.chose(option, now_s)
        if option in ("try_again", "go_on"):
            retry()
        elif option == "other_camera":
            self.begin_camera(self._helpers.other_camera)

    def begin_camera(self, how: Callable[[], None]) -> None:
        """Anew, and it is waited for as at the start."""
        self._watching.begin()
        self._guidance.begin()
        self.attempt(how)

    def look(
        self, heard: tuple[Input, ...], close: Callable[[], tuple[Document, ...]]
    ) -> tuple[Document, ...]:
        """For trouble of camera and tracking, and of a record that cannot be written when all is over. close:
        ends the session that runs, if one does. Returns its last documents where it is ended."""
        flow, watching, shown = self._flow, self._watching, self._watching.code
        watching.hear(heard, gone=self._guidance.gone)
        documents: tuple[Document, ...] = ()
        if watching.code and flow.at not in UNSEEN:
            documents = close()
            flow.fails(told_as(watching.code, saved=not watching.unsaved))
            self._retry = lambda: self.begin_camera(self._helpers.again)
        elif shown and not watching.code and flow.trouble == shown:
            flow.mends()
        if flow.at == "bye" and watching.unsaved and not self._told_unsaved:
            self._told_unsaved = True
            flow.fails("unsaved")
        elif flow.trouble == "unsaved" and not watching.unsaved:
            flow.mends()
        return documents
