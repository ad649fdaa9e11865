"""Messages to the therapist are kept in the record, whole, in order, and for the right person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.app.messages import LONGEST, leave_message, left_messages
from rehabgames.app.players import keep_player, player_named
from rehabgames.core.errors import UseError
from rehabgames.core.player import Comfort, Player
from rehabgames.records.folder import data_folder
from rehabgames.records.store import DATABASE_NAME, Store

ADA, BO = Player("p-17", "Ada", comfort=Comfort(language="ar")), Player("p-18", "Bo")
TEN = datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=-5)))


def test_what_is_left_is_there_in_the_order_in_which_it_was_written(home: Path) -> None:
    leave_message("كتفي يؤلمني،\n  قليلا", ADA, now=TEN)
    leave_message("Works well.", BO, "helper", now=TEN - timedelta(hours=1))
    leave_message("Thank you 👍🏽", ADA, now=TEN + timedelta(seconds=1))
    assert [row.body["text"] for row in left_messages()] == [
        "Works well.",
        "كتفي يؤلمني، قليلا",
        "Thank you 👍🏽",
    ]
    first, second = left_messages(ADA)
    assert first.body == {
        "text": "كتفي يؤلمني، قليلا",
        "by": "patient",
        "language": "ar",
        "written": "2026-11-23T10:00:00-05:00",
    }
    assert first.written_utc == TEN.astimezone(UTC)
    assert first.id != second.id
    assert left_messages(BO)[0].body["by"] == "helper"


def test_a_record_from_before_there_were_messages_takes_them(home: Path) -> None:
    with Store.open(data_folder()):
        pass
    engine = sa.create_engine(f"sqlite:///{data_folder() / DATABASE_NAME}")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE messages")
    engine.dispose()
    leave_message("Here I am.", ADA)
    assert len(left_messages()) == 1


@pytest.mark.parametrize("text", ["", "  \n\t", "\u200b\u200d", "\u202e", "\x00\x07", "\u3164"])
def test_what_says_nothing_is_refused(home: Path, text: str) -> None:
    with pytest.raises(UseError, match="says nothing"):
        leave_message(text, ADA)
    assert not home.exists()


def test_what_is_too_long_is_refused_with_its_length_and_the_longest_is_kept(home: Path) -> None:
    with pytest.raises(UseError, match=f"has {LONGEST + 1} characters, and {LONGEST} can"):
        leave_message("é" * (LONGEST + 1), ADA)
    leave_message("é" * LONGEST, ADA)
    assert [len(row.body["text"]) for row in left_messages()] == [LONGEST]


def test_letters_that_nobody_can_read_are_refused(home: Path) -> None:
    with pytest.raises(UseError, match="cannot be read"):
        leave_message("caf\udce9", ADA)


@given(text=st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60))
def test_whatever_is_written_is_kept_as_one_line_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REHABGAMES_HOME", str(tmp_path_factory.mktemp("home")))
        try:
            leave_message(text, ADA)
        except UseError:
            assert left_messages() == []
            return
        (row,) = left_messages()
    said = row.body["text"]
    assert len(said.splitlines()) == 1
    assert not set(said) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b")


def test_who_is_meant_is_the_only_one_here_or_has_to_be_named(home: Path) -> None:
    assert player_named(None).id == "patient"
    ada = keep_player(Player("", "Ada"))
    assert player_named(None) == ada
    bo = keep_player(Player("", "Bo"))
    with pytest.raises(UseError, match="Several people play here") as refused:
        player_named(None)
    assert all(f"{each.id} ({each.name})" in str(refused.value) for each in (ada, bo))
    assert player_named(bo.id) == bo
    assert player_named("patient").id == "patient"


@pytest.mark.parametrize("name", ["nobody", "../x", "", "p-1\n"])
def test_somebody_who_is_not_known_is_never_taken_for_another(home: Path, name: str) -> None:
    keep_player(Player("", "Ada"))
    with pytest.raises(UseError):
        player_named(name)
