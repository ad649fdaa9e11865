"""The report of one session: a self-contained HTML page, the same for the same record."""

from __future__ import annotations

import contextlib
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

from rehabgames.content.whole import OWNER_ONLY, write_whole
from rehabgames.core.errors import StoreError
from rehabgames.records.rows import EventRow
from rehabgames.records.store import Store
from rehabgames.reports.calibrated import calibrated_ends, found_words
from rehabgames.reports.delay_words import MOTION_TO_PHOTON, delay_words
from rehabgames.reports.drawing import degrees, inline
from rehabgames.reports.facts import Facts, furthest_towards, gather
from rehabgames.reports.limit_words import limit_words
from rehabgames.reports.reach_map import reach_map_figure
from rehabgames.reports.terms import direction_words, reason_words
from rehabgames.reports.trial_plots import (
    asked_figure,
    axis_words,
    difficulty_figure,
    success_figure,
    success_window,
)
from rehabgames.reports.trial_table import columns

_PAGES = Path(__file__).with_name("pages")
_EVENTS_SHOWN = 60
_STATUS = {
    "completed": ("Completed", ""),
    "stopped": ("Stopped early", "Somebody ended the session before its dose was done."),
    "failed": ("Ended by a fault", "The program could not go on. What was recorded until then is below."),
    "interrupted": (
        "Interrupted",
        "The program ended without closing the session. What was recorded until then is below.",
    ),
    "running": ("Still running", "This report was written before the session had ended."),
}


def write_report(store: Store, session_id: str, folder: Path) -> Path:
    """Write <folder>/reports/<session id>.html and return its path.

    session_id may be "last" or the beginning of an id. Raises UseError where there is no such
    session, StoreError where the page cannot be written; an older page then stays as it was.
    """
    facts = gather(store, session_id)
    page = render_report(facts)
    path = folder / "reports" / f"{facts.row.id}.html"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, page, OWNER_ONLY)
    except OSError as error:
        why = error.strerror or str(error)
        next_step = "Free some space or choose another folder, then write it again: rehabgames report"
        raise StoreError(f"The report {path} cannot be written: {why}.", next_step) from error
    return path


def render_report(facts: Facts) -> str:
    """The page as text."""
    import jinja2  # noqa: PLC0415 -- only a report needs it

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(n2=_n2, n1=_n1, clock=_clock)
    noted = [each for each in facts.events if each.name != MOTION_TO_PHOTON]
    status, status_words = _STATUS.get(facts.row.status, (facts.row.status, ""))
    return environment.get_template("session.html.jinja").render(
        facts=facts,
        terms=facts.terms,
        exercise=_dict(facts.row.start.get("exercise")),
        when=_when(facts),
        status=status,
        status_words=status_words,
        stop_reason=(facts.row.reason or "").replace("_", " "),
        plots=_plots(facts),
        window=success_window(facts.tries),
        towards_rows=_by_direction(facts),
        best_where=_where(facts),
        ends_unit=calibrated_ends(facts)[1],
        columns=columns(facts),
        practised=_practised(facts),
        flags=_flags(facts),
        reason=lambda t: reason_words(t.reason, facts.game),
        tracked_share=_share(facts.frames_tracked, facts.frames_seen),
        events=[(e, _details(e)) for e in noted[:_EVENTS_SHOWN]],
        more_events=max(0, len(noted) - _EVENTS_SHOWN),
        details=_recorded_with(facts),
    )


def _flags(facts: Facts) -> str:
    """What was said that a therapist is to be told, "" for nothing."""
    said = [
        f"{str(body.get('what') or '').replace('_', ' ')}{_of_ten(body.get('value'))}"
        for body in (_dict(each.body) for each in facts.events if each.name == "answer")
        if body.get("flag") is True
    ]
    if not said:
        return ""
    whole = ", ".join(dict.fromkeys(said))
    return f"For the therapist: the person reported {whole}. Speak with them before they practise again."


def _of_ten(value: object) -> str:
    """Of a scale; a question of yes or no has been said yes to."""
    return f" {value:g} of 10" if isinstance(value, int | float) and value > 1 else ""


def _plots(facts: Facts) -> dict[str, Markup]:
    """Name → SVG; only plots that have something to show."""
    plots = {}
    if facts.reach:
        found = ", ".join(f"{degrees(d)} {r:.2f}" for d, r in facts.reach.items())
        plots["map"] = inline(
            "map",
            f"Calibrated reach of the {facts.side or 'working'} arm in arm lengths by direction: {found}.",
            lambda: reach_map_figure(facts.reach, facts.tries, facts.side, facts.elevation_deg),
        )
    if not facts.tries:
        return plots
    counted = f"{facts.successes} of {facts.judged} judged trials succeeded"
    plots["reach"] = inline(
        "reach",
        f"{facts.terms.title} over {len(facts.tries)} trials: what was asked, and what came of it. "
        f"{_trend(facts)}",
        lambda: asked_figure(facts),
    )
    plots["success"] = inline(
        "success",
        f"Success over the trials: {counted}.",
        lambda: success_figure(facts.tries, facts.target_success),
    )
    if facts.axes:
        plots["difficulty"] = inline(
            "difficulty",
            "Difficulty over the trials. " + " ".join(_axis_label(facts, name) for name in facts.axes),
            lambda: difficulty_figure(facts, _dict(facts.row.start.get("axes"))),
        )
    return plots


def _practised(facts: Facts) -> list[tuple[str, str, str]]:
    """(what, how many, what it means) of the dose ledger; those of 0 are left out, but not the first."""
    named = dict(facts.terms.practised)
    moved = named.pop("active_minutes", None)
    rows = [
        (what, f"{facts.ledger[name]:.0f}", meaning)
        for name, (what, meaning) in named.items()
        if facts.ledger.get(name) or (name == "purposeful" and name in facts.ledger)
    ]
    if facts.probes:
        made = sum(t.success is True for t in facts.probes)
        rows.append(
            ("Probes", f"{made} of {len(facts.probes)}", "always the same, without praise; kept apart")
        )
    if moved is not None and "active_minutes" in facts.ledger:
        what, meaning = moved
        rows.append((what, f"{facts.ledger['active_minutes']:.1f} min", meaning))
    return rows


def _where(facts: Facts) -> str:
    """In which direction the best was, or ""."""
    towards = facts.best[1].direction_deg if facts.best is not None else None
    if towards is None or not facts.terms.towards:
        return ""
    words = direction_words(towards, facts.space)
    return f"to the {words}" if facts.space == "shift" else f"at {degrees(towards)} ({words})"


def _trend(facts: Facts) -> str:
    asked = [t.asked for t in facts.tries if t.asked]
    if not asked:
        return ""
    return f"Asked from {min(asked):.2f} to {max(asked):.2f} {facts.terms.unit}."


def _axis_label(facts: Facts, name: str) -> str:
    levels = [t.levels[name] for t in facts.tries if name in t.levels]
    return f"{axis_words(facts, name)}: began at {levels[0]:.2f}, ended at {levels[-1]:.2f}."


def _by_direction(facts: Facts) -> list[dict[str, Any]]:
    """One row for each direction. calibrated: None where none is told in this kind of practice."""
    ends, _ = calibrated_ends(facts)
    rows = []
    for direction in facts.directions:
        there = [t for t in facts.tries if t.direction_deg == direction]
        rows.append(
            {
                "degrees": "" if facts.space == "shift" else degrees(direction),
                "words": direction_words(direction, facts.space),
                "calibrated": ends.get(direction),
                "played": furthest_towards(there, direction),
                "judged": sum(t.success is not None and not t.probe for t in there),
                "successes": sum(t.success is True and not t.probe for t in there),
            }
        )
    return rows


def _when(facts: Facts) -> str:
    """Beginning of the session on the clock of the patient's zone, or "" where it is unknown."""
    from babel.dates import format_datetime  # noqa: PLC0415

    if facts.row.started_utc is None:
        return ""
    zone, name = _zone(facts.row.start.get("zone"))
    time = facts.row.started_utc.astimezone(zone)
    return f"{format_datetime(time, 'EEEE, d MMMM y, HH:mm', tzinfo=zone, locale='en')} ({name})"


def _zone(name: object) -> tuple[tzinfo, str]:
    if isinstance(name, str) and name:
        with contextlib.suppress(ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo(name), name.replace("_", " ")
    return UTC, "UTC"


def _recorded_with(facts: Facts) -> list[tuple[str, str]]:
    """What a second person needs in order to know how these numbers came about."""
    start = facts.row.start
    protocol, limits = _dict(start.get("protocol")), _dict(start.get("limits"))
    versions = _dict(start.get("versions"))
    rows = [
        ("Session", facts.row.id),
        ("Exercise", _with_hash(facts.row.exercise_id, facts.row.exercise_sha256)),
        ("Calibration", _with_hash(protocol.get("id"), protocol.get("sha256"))),
        ("Calibration found", found_words(facts)),
        ("Limits", ", ".join(limit_words(limits))),
        ("Noise at rest", f"{facts.noise:.3f} arm lengths" if facts.noise is not None else ""),
        ("Source of pictures", str(start.get("source") or "")),
        ("From motion to screen", delay_words(facts.events)),
        ("Seed", str(start.get("seed", ""))),
        ("Versions", ", ".join(f"{k} {v}" for k, v in versions.items())),
    ]
    return [(name, value) for name, value in rows if value]


def _with_hash(name: object, sha256: object) -> str:
    return f"{name} (sha256 {str(sha256)[:12]})" if name and sha256 else str(name or "")


def _details(event: EventRow) -> tuple[str, str]:
    name = (event.name or "event").replace("_", " ")
    if event.name == "trial_abandoned":  # the whole trial is in the record; its numbers judge nothing
        return name, _abandoned(_dict(event.body))
    if event.name == "practised":
        return name, str(_dict(event.body).get("reason") or "").replace("_", " ")
    more = {k: v for k, v in _dict(event.body).items() if k != "name" and _tellable(v)}
    return name, ", ".join(f"{k}: {_short(v)}" for k, v in more.items()).replace("_", " ")


def _abandoned(body: dict[str, Any]) -> str:
    number = body.get("number")
    which = f"trial {number + 1}, " if type(number) is int else ""
    return f"{which}{str(body.get('reason') or 'stopped').replace('_', ' ')}"


def _tellable(value: object) -> bool:
    """What a line of a table can say; tables and long lists are in the record."""
    return isinstance(value, str | int | float | list) and value not in ("", []) and len(str(value)) < 120


def _short(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _dict(given: object) -> dict[str, Any]:
    return given if isinstance(given, dict) else {}


def _share(part: int | None, whole: int | None) -> float | None:
    return part / whole if part is not None and whole else None


def _n2(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


def _n1(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}"


def _clock(t_s: float | None) -> str:
    if t_s is None:
        return "—"
    minutes, seconds = divmod(round(t_s), 60)
    return f"{minutes}:{seconds:02d}"
