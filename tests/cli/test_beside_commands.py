"""Commands beside playing: what they write, and one plain sentence for whatever is said wrongly."""

from __future__ import annotations

import pytest
from terminal import Terminal

import rehabgames


def test_the_version_is_told(terminal: Terminal) -> None:
    answer = terminal.typed("--version")
    assert (answer.code, answer.out, answer.err) == (0, f"rehabgames {rehabgames.__version__}\n", "")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["update"], "Nothing was asked."),
        (["update", "--check", "--index", "http://192.0.2.1/"], "'http://192.0.2.1/' is no address"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_nothing_is_left(
    terminal: Terminal, command: list[str], said: str
) -> None:
    answer = terminal.typed(*command)
    assert answer.code == 2
    assert answer.message.startswith(said)
    assert terminal.files() == []
    assert not terminal.home.exists()
