"""What is written about the project is true of it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer

COMMAND = re.compile(r"\brehabgames ((?:[a-z][a-z-]*)(?:[ ]+(?:--?[a-z][a-z-]*|[A-Za-z0-9_./]+))*)")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)|<img[^>]*src=\"([^\"]+)\"")


def papers(repository: Path) -> list[Path]:
    return [
        repository / "README.md",
        repository / "CHANGELOG.md",
        *sorted((repository / "docs").glob("**/*.md")),
    ]


def code_of(text: str) -> list[str]:
    """Lines of fenced blocks, and every piece of `code`, one command each."""
    fenced = "\n".join(re.findall(r"^```[^\n]*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL))
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    lines = [re.sub(r"'?\brehabgames\[\w+\]'?", "", line) for line in [*fenced.splitlines(), *inline]]
    lines = [re.sub(r"[][|]", " ", line) for line in lines]
    return [part.strip() for line in lines for part in re.split(r"&&|#", line)]


@pytest.fixture(scope="module")
def commands() -> dict[str, Any]:
    """The commands by name, as Typer made them."""
    from rehabgames.cli import app  # noqa: PLC0415

    found: dict[str, Any] = vars(typer.main.get_command(app))["commands"]
    return found


def readme_command(repository: Path, heading: str) -> str:
    done = subprocess.run(
        [str(repository / ".ci" / "readme-command"), heading], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="a bash script reads them")
def test_readme_has_the_two_commands_that_are_checked(repository: Path) -> None:
    assert readme_command(repository, "Play") == "pip install -e . && rehabgames demo"
    assert readme_command(repository, "Run the tests") == 'pip install -e ".[dev]" && pytest'


def test_every_written_command_and_option_exists(repository: Path, commands: dict[str, Any]) -> None:
    wrong, seen = [], 0
    for paper in papers(repository):
        for line in code_of(paper.read_text("utf-8")):
            for said in COMMAND.findall(line):
                name, *rest = said.split()
                command = commands.get(name)
                while rest and hasattr(command, "commands"):
                    command = command.commands.get(rest.pop(0))
                options = {opt for p in (command.params if command else []) for opt in (*p.opts, "--help")}
                unknown = [word for word in rest if word.startswith("-") and word not in options]
                wrong += [f"{paper.name}: {said}"] if command is None or unknown else []
                seen += 1
    assert wrong == []
    assert seen >= 10


def test_every_command_is_written_about(repository: Path, commands: dict[str, Any]) -> None:
    text = (repository / "README.md").read_text("utf-8")
    said = {match.split()[0] for line in code_of(text) for match in COMMAND.findall(line)}
    assert sorted(set(commands) - said) == []


def test_every_exercise_is_written_about(repository: Path) -> None:
    text = (repository / "README.md").read_text("utf-8")
    ids = [file.stem for file in (repository / "exercises").glob("*.toml")]
    assert ids
    assert [name for name in ids if name not in text] == []


def test_links_lead_to_files(repository: Path) -> None:
    dead = []
    for paper in papers(repository):
        for first, second in LINK.findall(paper.read_text("utf-8")):
            target = first or second
            if (
                "://" not in target
                and not target.startswith("mailto:")
                and not (paper.parent / target).exists()
            ):
                dead.append(f"{paper.name}: {target}")
    assert dead == []


def test_readme_answers_what_it_must(repository: Path) -> None:
    text = (repository / "README.md").read_text("utf-8")
    assert "## Where is my data?" in text
    assert "medical device" in text
    assert re.search(r"!\[[^\]]+\]\(", text), "a picture of the running game"
    for package in ("libegl1", "libgles2", "libgl1", "libglib2.0-0", "fonts-noto-core", "fonts-noto-cjk"):
        assert package in text


def test_ci_installs_the_libraries_that_the_doctor_looks_for(repository: Path) -> None:
    from rehabgames.app.doctor import PACKAGES  # noqa: PLC0415

    script = (repository / ".ci" / "machine").read_text("utf-8")
    pairs = dict(re.findall(r"has_library (\S+)\s+\|\| missing\+=\((\S+)\)", script))
    assert pairs == PACKAGES


def test_licence_is_the_official_text(repository: Path) -> None:
    text = (repository / "LICENSE").read_text("utf-8")
    assert text.strip().startswith("Apache License")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
