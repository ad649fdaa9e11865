"""What `rehabgames what-if` prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.table import Table

from rehabgames.app.telling import console, say

if TYPE_CHECKING:
    from rehabgames.app.what_if import Line, WhatIf
    from rehabgames.app.what_if_record import Settings


def tell_what_if(found: WhatIf) -> None:
    """Trial by trial, then the summary, then what nobody can know."""
    say(f"{found.session}: played with {_settings(found.recorded)}")
    say(
        "Asked again with the same settings" if found.as_recorded else f"What if: {_settings(found.settings)}"
    )
    several = len(found.settings.axes) > 1
    unit = "" if several else f" {found.settings.axes[0].name}"
    table = Table("trial", f"played{unit}", "succeeded", f"asked instead{unit}", "why", box=None)
    for line in found.lines:
        table.add_row(
            str(line.number + 1),
            _levels(line.played, several=several),
            _came(line),
            "" if line.probe else _levels(line.asked, several=several),
            "Not compared: no adapter asks for a probe." if line.probe else line.why,
        )
    console().print(table)
    if any(line.moved and not line.probe for line in found.lines):
        say("* The safety envelope had moved what was asked then.")
    units = "; ".join(f"{name}: {unit}" for name, unit in found.units.items() if unit)
    if units:
        say(f"Units: {units}.")
    for text in _summary(found):
        say(text)
    say(
        "What would have come of levels that were not played cannot be known: each line goes on from what "
        "was really played until then. The safety envelope has not yet passed what is asked here."
    )


def _settings(settings: Settings) -> str:
    said = [settings.adapter, f"{settings.target_success:.0%} of tries to succeed"]
    if settings.order:
        said.append(f"what gets harder: {', then '.join(settings.order)}")
    said += [f"{name} stays at {level:g}" for name, level in settings.locked.items()]
    return "; ".join(said)


def _levels(levels: dict[str, float], *, several: bool) -> str:
    return ", ".join(f"{name} {level:.2f}" if several else f"{level:.2f}" for name, level in levels.items())


def _came(line: Line) -> str:
    came = "not judged" if line.success is None else "yes" if line.success else "no"
    if line.success:
        came += ", with help" * line.assisted + ", by the trunk" * line.compensated
    return f"{came} (probe)" if line.probe else f"{came} *" if line.moved else came


def _summary(found: WhatIf) -> Iterator[str]:
    n = len(found.compared)
    if not n:
        yield "All trials were probes, so there is nothing to compare."
        return
    apart = ", ".join(f"{axis.name} {found.difference(axis.name):+.3f}" for axis in found.settings.axes)
    mixed = f", harder in one way and easier in another in {found.share('mixed'):.0%}"
    yield (
        f"On average over {n} trials: {apart}. Harder in {found.share('harder'):.0%} of them, easier in "
        f"{found.share('easier'):.0%}{mixed if found.share('mixed') else ''}, "
        f"the same in {found.share('same'):.0%}."
    )
    if found.as_recorded and found.differing:
        by = f" by version {found.version}" if found.version else ""
        yield (
            f"The settings are those of the record, yet {len(found.differing)} trials differ: it was "
            f"recorded{by}, and this program adapts in another way."
        )
