"""What `rehabgames ledger` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.table import Table

from rehabgames.app.telling import console, say
from rehabgames.core.message import Message
from rehabgames.words import render

if TYPE_CHECKING:
    from rehabgames.app.ledger import Account, Won

# what is practised → how it is called here
PRACTICE: Final = {"arm": "arm", "shift": "weight", "hand": "hand"}
# what is counted → its short name
COLUMNS: Final = {
    "purposeful": "done",
    "compensated": "trunk",
    "assisted": "helped",
    "short": "short",
    "unjudged": "lost",
}


def tell_account(account: Account) -> None:
    """Day by day, then what was won."""
    table = Table(box=None, pad_edge=False, collapse_padding=True)  # all of it fits 80 letters
    for name in ("day", "of", "n", "min", "active", *COLUMNS.values(), "probes"):
        table.add_column(name, no_wrap=True)
    for day in account.days:
        ledger = day.ledger
        probes = f"{ledger.probes_made} of {ledger.probes}" if ledger.probes else ""
        counts = [str(getattr(ledger, name)) for name in COLUMNS]
        table.add_row(
            day.day or "unknown",
            PRACTICE[day.practice],
            f"{day.sessions}{'*' * bool(day.unknown)}",
            f"{day.minutes:.1f}",
            f"{ledger.active_minutes:.1f}",
            *counts,
            probes,
        )
    console().print(table)
    say(
        "of: an arm that reaches, the weight that shifts, or a hand close to the camera; n: sessions; "
        "min: of play; active: of these, with movement; done: tries that went at least half of the way, "
        "where an arm reaches by the arm alone; trunk: it helped the arm; helped: by the other hand; "
        "short: hardly begun; lost: out of sight or stopped, and not judged; probes: how many succeeded."
    )
    if any(day.unknown for day in account.days):
        say("* with a session that was cut off or is older, and is not counted here.")
    for won in account.won:
        _tell_won(won)
    if not account.won:
        say("What was won is told from the third session of an exercise on.")


def _tell_won(won: Won) -> None:
    found = won.gains
    whose = "" if found.practice == "shift" else f", {found.side} {PRACTICE[found.practice]}"
    say(f"\n{won.exercise}{whose}: {render(Message(f'gain.{found.verdict}'))}")
    for each in found.changes:
        if each.good:
            name, _, part = each.of.partition(".")
            of = "" if part == found.side else f" ({part.replace('_', ' ').replace('.', ', ')})"
            say(f"  {render(Message(f'measure.{name}'))}{of}: {each.value:+.3g} {each.unit}")
    if found.verdict != "unknown":
        say(f"  Compared with the first {found.sessions} sessions; only what is more than chance is told.")
