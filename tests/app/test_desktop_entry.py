"""Entries of a Linux desktop: right by the rules of freedesktop.org, in the user's folders, and undone."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.app import desktop
from rehabgames.app.desktop import entry_text, files, install, notice_text, quoted, remove, start_command
from rehabgames.core.errors import MachineError, UseError
from rehabgames.words import languages

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="entries of Linux desktops")
KEY = re.compile(r"(?P<key>[A-Za-z0-9-]+(?:\[[a-z_A-Z]+\])?)=(?P<value>.*)")
ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in desktop.KEPT:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def keys(text: str) -> dict[str, str]:
    """Of the one group of an entry, unescaped."""
    head, *lines = text.splitlines()
    assert head == "[Desktop Entry]"
    found = {}
    for line in lines:
        match = KEY.fullmatch(line)
        assert match is not None, line
        assert match["key"] not in found
        found[match["key"]] = re.sub(r"\\(.)", lambda escape: ESCAPES[escape[1]], match["value"])
    return found


def run_as_said(line: str) -> list[str]:
    """The arguments of an Exec line, by the rules that a desktop follows."""
    arguments: list[str] = []
    for quote, bare in re.findall(r'"((?:[^"\\]|\\.)*)"|([^\s"]+)', line):
        said = re.sub(r'\\(["`$\\])', r"\1", quote) if quote or not bare else bare
        arguments.append(said.replace("%%", "%"))
    return arguments


def test_entry_and_icon_come_where_desktops_look_and_go_again(folders: Path) -> None:
    written = install(at_login=True)
    assert sorted(path.relative_to(folders).as_posix() for path in written) == [
        "config/autostart/rehabgames-notice.desktop",
        "data/applications/rehabgames.desktop",
        "data/icons/hicolor/scalable/apps/rehabgames.svg",
    ]
    assert all(path.is_file() for path in written)
    assert install(at_login=False) == (files().icon, files().entry)  # once more, over what is there
    assert set(remove()) == set(written)
    assert [path for path in folders.rglob("*") if path.is_file()] == []
    assert remove() == ()


def test_without_at_login_nothing_is_started_at_login(folders: Path) -> None:
    install(at_login=False)
    assert files().entry.is_file()
    assert not files().at_login.exists()


def test_the_entry_says_what_a_desktop_needs_in_every_language(folders: Path) -> None:
    entry, notice = keys(entry_text(["/x/rehabgames"])), keys(notice_text(["/x/rehabgames"]))
    assert (entry["Type"], entry["Name"], entry["Icon"]) == ("Application", "rehabgames", "rehabgames")
    assert (entry["TryExec"], entry["Exec"]) == ("/x/rehabgames", "/x/rehabgames")
    assert (notice["Exec"], notice["NoDisplay"]) == ("/x/rehabgames notice", "true")
    for language in set(languages()) - {"en"}:
        assert entry[f"Comment[{language}]"] not in ("", entry["Comment"])
        assert entry[f"GenericName[{language}]"] not in ("", entry["GenericName"])
        assert notice[f"Comment[{language}]"] not in ("", notice["Comment"])


@pytest.mark.parametrize("at_login", [False, True])
def test_the_validator_of_freedesktop_finds_nothing(folders: Path, at_login: bool) -> None:
    if shutil.which("desktop-file-validate") is None:
        pytest.skip("desktop-file-validate (Debian's desktop-file-utils) is not installed")
    for path in install(at_login=at_login):
        if path.suffix == ".desktop":
            done = subprocess.run(
                ["desktop-file-validate", str(path)], capture_output=True, text=True, check=False
            )
            assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_what_the_entry_starts_is_this_program(folders: Path) -> None:
    install(at_login=False)
    command = run_as_said(keys(files().entry.read_text("utf-8"))["Exec"])
    assert tuple(command) == start_command()
    done = subprocess.run([*command, "--version"], capture_output=True, text=True, cwd=folders, check=True)
    assert re.fullmatch(r"rehabgames \d+\.\d+\.\d+\n", done.stdout)


def test_folders_that_are_set_now_hold_for_the_entry_too(
    folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REHABGAMES_HOME", str(folders / "my own $data 100%"))
    command = run_as_said(keys(entry_text(start_command()))["Exec"])
    assert command[1] == f"REHABGAMES_HOME={folders}/my own $data 100%"
    done = subprocess.run(
        [command[0], command[1], sys.executable, "-c", "import os; print(os.environ['REHABGAMES_HOME'])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{folders}/my own $data 100%\n"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")) | st.just(" "), max_size=40))
def test_any_path_comes_back_from_an_exec_line(path: str) -> None:
    line = keys(entry_text(["/bin/x", path]))["Exec"]
    assert run_as_said(line)[-2:] == ["/bin/x", path]


def test_quotes_are_those_of_the_specification() -> None:
    assert quoted("/usr/bin/rehabgames") == "/usr/bin/rehabgames"
    assert quoted("/my games/x") == '"/my games/x"'
    assert quoted('a"$`\\') == '"a\\"\\$\\`\\\\"'
    assert shlex.split(quoted("a b")) == ["a b"]


def test_a_folder_that_cannot_be_written_is_one_sentence(folders: Path) -> None:
    (folders / "data").write_text("a file")
    with pytest.raises(MachineError, match="cannot be written"):
        install(at_login=False)
    assert remove() == ()


def test_elsewhere_it_says_what_to_do(folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desktop.sys, "platform", "win32")
    with pytest.raises(UseError, match=r"docs/installing\.md"):
        install(at_login=False)
    assert list(folders.iterdir()) == []


def test_what_a_bundle_sets_for_itself_is_not_written_down(
    folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/games/rehabgames/rehabgames")
    monkeypatch.setenv("REHABGAMES_MODELS", "/games/rehabgames/_internal/models")
    monkeypatch.setenv("REHABGAMES_HOME", "/mine")
    command = run_as_said(keys(entry_text(start_command()))["Exec"])
    assert command[1:] == ["REHABGAMES_HOME=/mine", "/games/rehabgames/rehabgames"]
