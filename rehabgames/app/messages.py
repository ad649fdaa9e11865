"""Messages to the therapist. They are kept in the record and travel with it."""

from __future__ import annotations

import unicodedata
import uuid
from datetime import datetime
from typing import Final, Literal

from rehabgames.content.rules import TURNING, is_visible
from rehabgames.core.errors import UseError
from rehabgames.core.player import Player
from rehabgames.records.folder import data_folder
from rehabgames.records.rows import MessageRow
from rehabgames.records.store import Store

By = Literal["patient", "helper"]

LONGEST: Final = 1000  # characters


def leave_message(text: str, player: Player, by: By = "patient", now: datetime | None = None) -> MessageRow:
    """Keep it; it is on disk when this returns. now: with its zone; None: by the wall.

    Raises UseError where there is nothing to be read in it or too much, StoreError.
    """
    said = _cleaned(text)
    now = datetime.now().astimezone() if now is None else now
    row = MessageRow(
        id=f"m-{uuid.uuid4().hex}",
        patient=player.id,
        written_utc=now,
        body={
            "text": said,
            "by": by,
            "language": player.comfort.language,
            "written": now.isoformat(timespec="seconds"),
        },
    )
    with Store.open(data_folder()) as store:
        store.add_message(row)
    return row


def left_messages(player: Player | None = None) -> list[MessageRow]:
    """Those of this player, or all; the oldest first. Raises StoreError."""
    with Store.open(data_folder()) as store:
        return store.messages(None if player is None else player.id)


def _cleaned(text: str) -> str:
    """One paragraph, without what cannot be seen and what makes text look like another one."""
    if any(unicodedata.category(each) == "Cs" for each in text):
        raise UseError("Some letters of the message cannot be read.", "Write it again, as UTF-8.")
    kept = "".join(
        " " if unicodedata.category(each) == "Cc" else each for each in text if each not in TURNING
    )
    said = unicodedata.normalize("NFC", " ".join(kept.split()))
    if not any(map(is_visible, said)):
        raise UseError("The message says nothing.", 'Write it like this: rehabgames message "Good day"')
    if len(said) > LONGEST:
        what = f"The message has {len(said)} characters, and {LONGEST} can be kept."
        raise UseError(what, "Say it in fewer words, or leave two messages.")
    return said
