"""Message: what the pure rooms say to people; `words` turns it into a language."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """A message id such as "play.reach" with the parameters its text needs."""

    id: str
    params: dict[str, str | int | float] = field(default_factory=dict)
