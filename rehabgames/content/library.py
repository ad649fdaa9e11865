"""Library: the exercises and calibration protocols that this program comes with, and the user's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rehabgames.content.finding import Finding, content_error, shown
from rehabgames.content.known import Known
from rehabgames.content.lines import located
from rehabgames.content.protocols import PROTOCOL_KEYS, protocol_of
from rehabgames.content.reading import Source, read_source
from rehabgames.content.root import calibration_folder, exercises_folder, must_be_whole
from rehabgames.content.rules import NAME
from rehabgames.content.schema import EXERCISE_KEYS, exercise_of
from rehabgames.content.writing import write_copy
from rehabgames.core.errors import ContentError, UnknownNameError, unknown_name
from rehabgames.core.exercise import Exercise
from rehabgames.core.protocol import Protocol


@dataclass(frozen=True, slots=True)
class Shelf:
    """Content files by id. Of two files with one id the first is meant: what ships cannot be broken by a file
    of one's own. The other is told of: see `Library.readable`."""

    files: dict[str, tuple[tuple[Path, str], ...]]

    @classmethod
    def of(cls, folders: Iterable[tuple[Path, str]]) -> Shelf:
        """`folders`: each folder with what messages call it. One that is not there is empty."""
        files: dict[str, tuple[tuple[Path, str], ...]] = {}
        for folder, label in folders:
            for path in sorted(folder.glob("*.toml")):
                files[path.stem] = (*files.get(path.stem, ()), (path, f"{label}/{path.name}"))
        return cls(files)

    def source(self, kind: str, name: str) -> Source:
        """Raises UnknownNameError."""
        if name not in self.files:
            raise unknown_name(kind, name, self.files)
        path, label = self.files[name][0]
        return read_source(path, label)

    def unused(self) -> list[ContentError]:
        """One for each file whose name another one has already."""
        return [
            ContentError(f"{label} is not used: an exercise that ships has its name.", "Rename the file.")
            for files in self.files.values()
            for _, label in files[1:]
        ]


@dataclass(frozen=True, slots=True)
class Library:
    """Exercises are found when it is opened and read when they are asked for.

    So one broken file keeps nobody from the others.
    """

    known: Known
    exercise_files: Shelf
    protocol_files: Shelf
    own: Path | None = None  # the folder for the user's own exercise files

    @classmethod
    def open(cls, known: Known, extra: tuple[Path, ...] = ()) -> Library:
        """`extra`: folders of the user's own exercise files; one that is not there yet is empty.

        Raises MachineError where what ships is missing.
        """
        must_be_whole(exercises_folder())
        protocols = Shelf.of([(calibration_folder(), "calibration")])
        exercises = Shelf.of([(exercises_folder(), "exercises"), *((path, str(path)) for path in extra)])
        return cls(_with_own_protocols(known), exercises, protocols, extra[0] if extra else None)

    def exercise(self, name: str, *, child: bool = False) -> Exercise:
        """child: with what its table [child] says. Raises UnknownNameError, ContentError."""
        source = self._source(name)
        exercise, findings = exercise_of(source, self.known, child=child)
        if exercise is None:
            raise content_error(located(findings, source))
        return exercise

    def _source(self, name: str) -> Source:
        """Raises UnknownNameError, which says of a file where it belongs."""
        path = Path(name)
        if name in self.exercise_files.files or self.own is None or not _means_a_file(name):
            return self.exercise_files.source("exercise", name)
        if path.stem in self.exercise_files.files:
            step = f"Say its name alone: {path.stem}."
        else:
            step = f"Your own exercise files belong in {self.own}: put it there, then say {path.stem}."
        raise UnknownNameError(f"There is no exercise {shown(name)}.", step)

    def protocol(self, name: str) -> Protocol:
        """Raises UnknownNameError, ContentError."""
        source = self.protocol_files.source("calibration protocol", name)
        protocol, findings = protocol_of(source, self.known)
        if protocol is None:
            raise content_error(located(findings, source))
        return protocol

    def protocols(self) -> list[Protocol]:
        """All of them by id. Raises ContentError."""
        return [self.protocol(name) for name in sorted(self.protocol_files.files)]

    def exercises(self) -> list[Exercise]:
        """All of them by id. Raises ContentError that names every broken file; see `readable`."""
        found, broken = self.readable()
        if broken:
            raise ContentError("\n".join(error.what for error in broken), broken[0].next_step)
        return found

    def readable(self) -> tuple[list[Exercise], list[ContentError]]:
        """The exercises that can be played, and one error for each file that cannot."""
        found: list[Exercise] = []
        broken = self.exercise_files.unused()
        for name in sorted(self.exercise_files.files):
            try:
                found.append(self.exercise(name))
            except ContentError as error:
                broken.append(error)
        return found, broken

    def file_of(self, named: Path) -> Path:
        """The file that is meant by a path, or by the bare name of an exercise or a protocol."""
        if named.exists() or named.suffix or len(named.parts) != 1:
            return named
        for shelf in (self.exercise_files, self.protocol_files):
            if named.name in shelf.files:
                return shelf.files[named.name][0][0]
        return named

    def new_exercise(self, name: str, like: str, folder: Path) -> Path:
        """Write `folder`/`name`.toml, a copy of the exercise `like` with its comments, and return it.

        Raises UnknownNameError, ContentError (a bad or taken name), MachineError (cannot be written).
        """
        source = self._source(like)
        exercise, findings = exercise_of(source, self.known)
        if exercise is None:
            raise content_error(located(findings, source))
        if name in self.exercise_files.files:
            raise ContentError(f"There is an exercise '{name}' already.", "Choose another name.")
        return write_copy(source, name, folder)


def read_exercise(path: Path, known: Known) -> Exercise:
    """The exercise of one file anywhere. Raises ContentError."""
    source = read_source(path)
    exercise, findings = exercise_of(source, _with_own_protocols(known))
    if exercise is None:
        raise content_error(located(findings, source))
    return exercise


def check(paths: list[Path], known: Known) -> list[Finding]:
    """All that is wrong with these exercise and protocol files; an empty list means nothing is.

    Which of the two a file is, its own keys tell. A folder stands for the .toml files in it.
    """
    knows = _with_own_protocols(known)
    findings: list[Finding] = []
    for path in paths:
        inside = sorted(path.glob("*.toml")) if path.is_dir() else []
        for file in inside or [path]:
            source = read_source(file)
            of = protocol_of if _is_protocol(source) else exercise_of
            findings += located(of(source, knows)[1], source)
    return findings


def _with_own_protocols(known: Known) -> Known:
    """Those of calibration/, and what they say. A broken one is judged where it is asked for."""
    must_be_whole(calibration_folder())
    sources = [read_source(path) for path in sorted(calibration_folder().glob("*.toml"))]
    read = {source.name: protocol_of(source, known)[0] for source in sources}
    good = {name: protocol for name, protocol in read.items() if protocol is not None}
    return known.with_protocols(frozenset(read), good)


def _means_a_file(name: str) -> bool:
    """A path, or the bare name of a file of this folder: that is not where exercises are looked for."""
    path = Path(name)
    if path.suffix == ".toml" or path.name != name:
        return True
    return NAME.fullmatch(name) is not None and path.with_suffix(".toml").is_file()


def _is_protocol(source: Source) -> bool:
    keys = source.table.keys()
    return len(keys & PROTOCOL_KEYS) > len(keys & EXERCISE_KEYS)
