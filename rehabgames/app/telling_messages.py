"""What `rehabgames message --list` prints."""

from __future__ import annotations

from collections.abc import Sequence

from rehabgames.app.telling import say
from rehabgames.records.rows import MessageRow


def tell_messages(messages: Sequence[MessageRow]) -> None:
    """When by the clock of whom wrote it, whose, by whom, and the text: a message is a paragraph."""
    for each in messages:
        when = str(each.body.get("written", ""))[:16].replace("T", " ")
        say(f"{when}  {each.patient}, by the {each.body.get('by', 'patient')}")
        say(f"  {each.body.get('text', '')}")
    if not messages:
        say('There is no message. Leave one: rehabgames message "Good day"')
