"""Wheel, source archive and editable install all carry the content and find it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from itertools import product
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import rehabgames

CONTENT = ("exercises", "calibration", "assets")
FIND = """
import json, rehabgames
from rehabgames.content import root
print(json.dumps({
    "package": rehabgames.__file__,
    "root": str(root.content_root()),
    "content": [p.relative_to(root.content_root()).as_posix()
                for folder in (root.exercises_folder(), root.calibration_folder(), root.assets_folder())
                for p in sorted(folder.rglob("*")) if p.is_file()],
}))
"""


def build(source: Path, out: Path, kind: str) -> Path:
    command = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        f"--{kind}",
        "--outdir",
        str(out),
        str(source),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(repository, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def sdist(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(repository, tmp_path_factory.mktemp("sdist"), "sdist")


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return sorted(archive.namelist())


def content_of(repository: Path) -> list[str]:
    return sorted(
        file.relative_to(repository).as_posix()
        for folder in CONTENT
        for file in (repository / folder).rglob("*")
        if file.is_file()
    )


def found_by(pythonpath: Path | None, cwd: Path) -> dict[str, object]:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if pythonpath:
        env["PYTHONPATH"] = str(pythonpath)
    done = subprocess.run(
        [sys.executable, "-c", FIND], cwd=cwd, env=env, capture_output=True, text=True, check=True
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_wheel_holds_all_content(repository: Path, wheel: Path) -> None:
    inside = set(names(wheel))
    content = content_of(repository)
    assert any(name.startswith("exercises/") for name in content)
    assert any(name.startswith("calibration/") for name in content)
    assert any(name.startswith("assets/") for name in content)
    assert sorted(f"rehabgames/_content/{name}" for name in content) == sorted(
        name for name in inside if name.startswith("rehabgames/_content/")
    )


def test_wheel_holds_the_package_and_nothing_else(repository: Path, wheel: Path) -> None:
    inside = names(wheel)
    assert {name.split("/")[0] for name in inside} == {
        "rehabgames",
        f"rehabgames-{rehabgames.__version__}.dist-info",
    }
    modules = {file.relative_to(repository).as_posix() for file in (repository / "rehabgames").rglob("*.py")}
    assert modules <= set(inside)
    assert [name for name in inside if "__pycache__" in name or name.endswith((".task", ".mp4"))] == []


def test_source_archive_builds_the_same_wheel(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        for member in filter(tarfile.TarInfo.isfile, archive):
            content = archive.extractfile(member)
            assert content is not None
            file = tmp_path / "source" / member.name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.read())
    (source,) = (tmp_path / "source").iterdir()
    assert names(build(source, tmp_path / "rebuilt", "wheel")) == names(wheel)


def test_source_archive_holds_tests_and_papers(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "CHANGELOG.md", "README.md", "pyproject.toml", "tests/conftest.py"} <= inside
    assert [name for name in inside if name.startswith((".git/", "dist/")) or "__pycache__" in name] == []


def test_installed_wheel_finds_its_content(repository: Path, wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*pip, "--target", str(target), str(wheel)], check=True)
    found = found_by(target, tmp_path)
    assert Path(str(found["package"])).is_relative_to(target)
    assert Path(str(found["root"])).is_relative_to(target)
    assert sorted(found["content"]) == content_of(repository)  # type: ignore[call-overload]


def test_editable_install_or_clone_finds_its_content(repository: Path, tmp_path: Path) -> None:
    found = found_by(repository, tmp_path)
    assert found["root"] == str(repository)
    assert sorted(found["content"]) == content_of(repository)  # type: ignore[call-overload]


def test_one_version_everywhere(repository: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(archive.read(name).decode("utf-8"))
    assert metadata["Version"] == rehabgames.__version__
    assert metadata["License-Expression"] == "Apache-2.0"
    changes = (repository / "CHANGELOG.md").read_text("utf-8")
    newest = next(line for line in changes.splitlines() if line.startswith("## "))
    assert newest.split()[1] == rehabgames.__version__


def applies(requirement: Requirement, python: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"python_version": python})


def test_tried_versions_are_within_the_ranges(repository: Path) -> None:
    """docs/constraints.txt lists one version of every direct dependency, allowed by its range."""
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["dev"], *extras["voice"]]
    wanted.remove("rehabgames[voice]")
    lines = (repository / "docs" / "constraints.txt").read_text("utf-8").splitlines()
    tried = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert all(len(line.specifier) == 1 and str(line.specifier).startswith("==") for line in tried)
    for python, requirement in product(("3.11", "3.12", "3.13"), map(Requirement, wanted)):
        if not applies(requirement, python):
            continue
        versions = [
            str(line.specifier).removeprefix("==")
            for line in tried
            if canonicalize_name(line.name) == canonicalize_name(requirement.name) and applies(line, python)
        ]
        assert versions, f"{requirement.name} was not tried"
        assert all(requirement.specifier.contains(version) for version in versions), requirement.name
