"""What lies where: the top level, the size of files and functions, and what no file may hold."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

TOP_LEVEL = {
    *("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"),
    *("rehabgames", "exercises", "assets", "calibration", "tests", "docs"),
}
NEEDED = TOP_LEVEL - {"docs"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LARGEST_FILE_KB = 1500
# in pieces, so that this file does not hold what it looks for
UNWANTED = [
    (
        "a package registry",
        re.compile("|".join(("pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npm"))),
    ),
    ("a package mirror", re.compile("|".join(("deb" + r"\.debian", "archive" + r"\.ubuntu")))),
    ("a path of one machine", re.compile("|".join(("/wo" + "rk/", "/ho" + r"me/\w+/", "/ro" + "ot/")))),
]


@pytest.fixture(scope="module")
def files(repository: Path) -> list[Path]:
    """Every file of the project; what git ignores is none."""
    if shutil.which("git") is None:
        pytest.skip("git, which tells what belongs to the project, is not installed")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip(f"git does not tell what belongs to the project: {listed.stderr.strip()}")
    return [path for name in listed.stdout.split("\0") if name and (path := repository / name).is_file()]


def python_files(files: list[Path]) -> list[Path]:
    return [file for file in files if file.suffix == ".py"]


def test_top_level_is_exactly_this(repository: Path, files: list[Path]) -> None:
    names = {file.relative_to(repository).parts[0] for file in files}
    seen = {name for name in names if not name.startswith(".")}
    assert sorted(seen - TOP_LEVEL) == []
    assert sorted(NEEDED - seen) == []


def test_files_are_short(repository: Path, files: list[Path]) -> None:
    lines = {file: len(file.read_text("utf-8").splitlines()) for file in python_files(files)}
    long = {str(file.relative_to(repository)): n for file, n in lines.items() if n > LONGEST_FILE}
    assert long == {}


def test_functions_are_short(repository: Path, files: list[Path]) -> None:
    long = []
    for file in python_files(files):
        if file.is_relative_to(repository / "rehabgames"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    n = (node.end_lineno or node.lineno) - node.lineno + 1
                    if n >= LONGEST_FUNCTION:
                        long.append(f"{file.relative_to(repository)} {node.name}: {n} lines")
    assert long == []


def test_no_file_is_large(repository: Path, files: list[Path]) -> None:
    sizes = {str(file.relative_to(repository)): file.stat().st_size // 1024 for file in files}
    assert {name: kb for name, kb in sizes.items() if kb > LARGEST_FILE_KB} == {}


def test_no_file_names_a_registry_or_a_machine(repository: Path, files: list[Path]) -> None:
    found = []
    for file in files:
        content = file.read_bytes()
        if b"\0" in content:
            continue
        text = content.decode("utf-8", errors="replace")
        for what, pattern in UNWANTED:
            found += [
                f"{file.relative_to(repository)} names {what}: {hit.group()}"
                for hit in pattern.finditer(text)
            ]
    assert found == []


def test_test_files_have_names_of_their_own(repository: Path, files: list[Path]) -> None:
    """Test folders are no packages, so equal names would hide each other."""
    inside = [file for file in python_files(files) if file.is_relative_to(repository / "tests")]
    names = [file.name for file in inside if file.name != "conftest.py"]
    assert sorted({name for name in names if names.count(name) > 1}) == []
    assert "__init__.py" not in names
