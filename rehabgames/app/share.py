"""Share: one page about a week of practice, for whoever is to see it: `rehabgames share`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from rehabgames.app.gains import Past, practised
from rehabgames.app.players import player_named
from rehabgames.app.plug_ins import load_places
from rehabgames.content.root import assets_folder
from rehabgames.content.whole import OWNER_ONLY, write_whole
from rehabgames.core.errors import StoreError, UseError, unknown_name
from rehabgames.core.message import Message
from rehabgames.records.folder import data_folder
from rehabgames.records.store import Store
from rehabgames.stage.family import Number, Page, as_pdf, as_png, painted
from rehabgames.visit.today import WEEK, Practised, Told
from rehabgames.words import ENGLISH, date_in_words, languages, render, weekdays

ENDINGS: Final = (".pdf", ".png")
MOST_PLACES: Final = 3
PICTURES: Final = {"better": "better", "same": "same"}  # of news that others are told, too


@dataclass(frozen=True, slots=True)
class Shared:
    """Where the page is, and what was missing for it."""

    path: Path
    notes: tuple[str, ...]


def share(
    player: str | None = None, out: Path | None = None, name: str = "", language: str | None = None
) -> Shared:
    """player: as of player_named; out: a file that ends as one of ENDINGS, None: in the data
    folder; name: written on the page, "" for none. Raises RehabgamesError."""
    if out is not None and out.suffix.lower() not in ENDINGS:
        raise UseError(f"{out} is neither a PDF nor a picture.", "Name a file that ends with .pdf or .png.")
    if language is not None and language not in languages():
        raise unknown_name("language", language, languages())
    now = datetime.now().astimezone()
    with Store.open(data_folder()) as store:
        who, past = player_named(player), Past(store)
        done = practised(past.rows(who.id))
        if not done:
            raise UseError(f"{who.id} has not practised yet.", "Practise first: rehabgames")
        (*_, told) = past.told(who, now, WEEK)
    spoken = language or who.comfort.language
    page = page_of(told, done, now.date(), name, spoken if spoken in languages() else ENGLISH)
    path = out or data_folder() / "shared" / f"{who.id}-{now.date().isoformat()}.pdf"
    notes: list[str] = []
    load_places()
    sheet = painted(page, assets_folder(), spoken, notes)
    try:
        path.parent.mkdir(exist_ok=True)
        write_whole(path, as_png(sheet) if path.suffix.lower() == ".png" else as_pdf(sheet), OWNER_ONLY)
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}).", "Name another file.") from error
    return Shared(path, tuple(notes))


def page_of(told: Told, done: Sequence[Practised], today: date, name: str, language: str) -> Page:
    """In words of a language. done: all that was ever practised."""
    first = today - timedelta(days=WEEK - 1)
    week = [each for each in done if first <= each.day <= today + timedelta(days=1)]

    def say(message_id: str) -> str:
        return render(Message(message_id), language)

    minutes: dict[tuple[str, str], float] = {}
    for each in week:
        key = each.place, say(f"exercise.{each.exercise}")
        minutes[key] = minutes.get(key, 0.0) + each.minutes
    most = sorted(minutes, key=lambda key: -minutes[key])
    names = weekdays(language)
    return Page(
        say("share.title"),
        name.strip(),
        date_in_words(today, language),
        told.week,
        tuple(names[day.weekday] for day in told.week),
        (
            Number("clock", str(round(sum(each.minutes for each in week))), say("share.minutes")),
            Number("again", str(sum(each.count for each in week)), say("share.count")),
            Number("calendar", str(told.sums.days), say("share.days")),
        ),
        tuple(most[:MOST_PLACES]),
        tuple((PICTURES[n.kind], render(n.text, language)) for n in told.news if n.kind in PICTURES),
        say("share.foot"),
    )
