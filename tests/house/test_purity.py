"""Floors 0 to 4 take time, chance and files as arguments.

Their imports are held by the contract in pyproject.toml; here is what needs no import of its own.
"""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

CLOCKS = {"now", "utcnow", "today"}
TALKS = {"print", "input", "breakpoint", "eval", "exec", "__import__"}
# a generator comes as an argument, or is made from a seed that does
SEEDED = {"default_rng", "Generator", "SeedSequence", "BitGenerator", "PCG64"}
NUMPY_FILES = {
    "load",
    "save",
    "savez",
    "savez_compressed",
    "loadtxt",
    "savetxt",
    "genfromtxt",
    "fromfile",
    "memmap",
}


def pure_rooms(repository: Path) -> list[str]:
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    pure = next(contract for contract in contracts if "are pure" in contract["name"])
    return [str(name).removeprefix("rehabgames.") for name in pure["source_modules"]]


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def impure_call(node: ast.Call, files_allowed: bool) -> bool:
    parts = dotted(node.func).split(".")
    if parts == ["open"]:
        return not files_allowed
    if parts[-2:] == ["random", "default_rng"]:
        return not (node.args or node.keywords)
    reads_a_clock = parts[-1] in CLOCKS and parts[-2:-1] in (["datetime"], ["date"])
    return reads_a_clock or (len(parts) == 1 and parts[0] in TALKS)


def impure_name(node: ast.Attribute) -> bool:
    owner, _, last = dotted(node).rpartition(".")
    if owner in ("np.random", "numpy.random"):
        return last not in SEEDED
    return owner in ("np", "numpy") and last in NUMPY_FILES


def impurities(source: str, *, files_allowed: bool = False) -> list[str]:
    """ "line 3: x = open('f')" for every impure thing in a module's source."""
    return [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Call) and impure_call(node, files_allowed))
        or (isinstance(node, ast.Attribute) and impure_name(node))
    ]


def test_pure_rooms_are_pure(repository: Path) -> None:
    rooms = pure_rooms(repository)
    assert len(rooms) >= 10
    found = []
    for room in rooms:
        place = repository / "rehabgames" / room
        files = sorted(place.rglob("*.py")) or [place.with_suffix(".py")]
        for file in files:
            said = impurities(file.read_text("utf-8"), files_allowed=room == "content")
            found += [f"{file.relative_to(repository)} {line}" for line in said]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "x = datetime.now(UTC)",
        "x = datetime.datetime.utcnow()",
        "x = dt.date.today()",
        "x = np.random.normal(0, 1)",
        "np.random.seed(3)",
        "x = np.random.default_rng()",
        "with open('f') as f: pass",
        "print('hello')",
        "x = np.load('f')",
    ],
)
def test_impure_lines_are_noticed(source: str) -> None:
    assert len(impurities(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "x = np.random.default_rng(seed)",
        "def f(chance: np.random.Generator) -> None: ...",
        "x = session.now()",
        "door.open()",
    ],
)
def test_pure_lines_pass(source: str) -> None:
    assert impurities(source) == []
