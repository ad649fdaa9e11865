"""What `rehabgames measure` and `rehabgames calibrate` print."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.table import Table

from rehabgames.app.telling import console, pairs, say, tell_notes
from rehabgames.core.message import Message
from rehabgames.reports.calibrated import unit_of
from rehabgames.words import render

if TYPE_CHECKING:
    from rehabgames.app.calibrate import Calibrated
    from rehabgames.app.measure import Found
    from rehabgames.core.measured import Measured, Validity


def tell_measured(found: Found, *, everything: bool = False) -> None:
    """A table of what could be measured; with `everything`, also what could not, and why."""
    say(f"{found.what}: {found.frames} frames, {found.seconds:.1f} s")
    good = [each for each in found.measured if each.good]
    if good:
        table = Table("measure", "of", "value", "unit", "seen", box=None)
        for each in good:
            table.add_row(_title(each), each.of, _value(each), each.unit, f"{100 * each.coverage:.0f} %")
        console().print(table)
    else:
        say("Nothing could be measured.")
    refused = [each for each in found.measured if not each.good]
    if everything and refused:
        say("\nNot measured, and why:")
        table = Table("measure", "of", "why", box=None)
        for each in refused:
            table.add_row(_title(each), each.of, why(each.validity))
        console().print(table)
    elif refused:
        say(f"{len(refused)} more could not be measured; --all tells why.")
    _tell_changes(found)
    say("Measured by the game, not by a clinical test. A change counts only beyond this person's own spread.")


def tell_calibrated(done: Calibrated) -> None:
    profile = done.profile
    if done.rechecked:
        say("The last calibration still fits and was kept.")
    rows = [
        (f"reach at {direction:g}\u00b0", f"{far:.2f} arm lengths")
        for direction, far in profile.reach.items()
    ]
    rows += [
        (name, f"{_shown(value)} {unit_of(name.rpartition('.')[0])}".rstrip())
        for name, value in profile.found.items()
    ]
    rows += [
        ("side", profile.side),
        ("profile", f"number {profile.version} of {profile.made_utc or 'today'}"),
    ]
    rows += [("Session", done.session_id)]
    pairs(rows)
    for name, reason in profile.refused.items():
        say(f"Not found: {name} ({why_named(reason)})")
    tell_notes(done.notes)


def why(validity: Validity) -> str:
    """A reason in words."""
    return render(Message(f"validity.{validity.name.lower()}"))


def why_named(name: str) -> str:
    return render(Message(f"validity.{name.lower()}"))


def _tell_changes(found: Found) -> None:
    beyond = [each for each in found.changed if each.good]
    if found.baselines < 2:
        say("Change is told from the third session on: two are needed to know this person's own spread.")
    elif not beyond:
        say(f"No change beyond this person's own spread over {found.baselines} earlier sessions.")
    for each in beyond:
        name, _, part = each.of.partition(".")
        title, of = render(Message(f"measure.{name}")), f" ({part})" if part else ""
        say(f"{title}{of}: changed by {each.value:+.3g} {each.unit}, more than chance explains.")


def _value(each: Measured) -> str:
    within = "" if math.isnan(each.plus_minus) else f" \u00b1 {_shown(each.plus_minus)}"
    return f"{_shown(each.value)}{within}"


def _title(each: Measured) -> str:
    return render(Message(f"measure.{each.name}"))


def _shown(value: float) -> str:
    """Three digits; what is next to nothing is 0."""
    if abs(value) < 5e-4:
        return "0"
    return f"{value:.0f}" if value == round(value) and abs(value) < 1e6 else f"{value:.3g}"
