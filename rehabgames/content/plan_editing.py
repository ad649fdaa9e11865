"""One key of a plan file is given another value; every note, and the order of the file, stay as they are."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from rehabgames.content.finding import shown
from rehabgames.content.plan_schema import ExerciseTable, LimitsTable
from rehabgames.content.reading import LONGEST_LINE, Source, source_of
from rehabgames.core.errors import ContentError, UseError, nearest

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*\[")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
# tables whose own keys are names: of signals, of axes
_NAMED = {"angles_deg", "locked", "probe_levels"}
_ALONE = ("aim", "onset", "early_dose", "contact")
_NOT_TO_SET = {
    "patient": "the plan of somebody else is made by: rehabgames plan new --patient NAME",
    "version": "it is counted by the program",
    "made_utc": "it is written by the program",
    "by": "use --by NAME",
    "reason": "use --reason TEXT",
}


def edited(text: str, path: Path, value: Any) -> str:
    """The text of a TOML file with `value` at `path`; ("exercise", 0, "sets") is in the first block.

    A key that is not there yet comes below the note that shows it, "# sets = 1", where there is one.
    Raises ContentError where the file is written so that it cannot be done without breaking something.
    """
    plain = text.replace("\r\n", "\n")
    wanted = _with(tomllib.loads(plain), path, value)
    for candidate in _candidates(plain, path, value):
        try:
            if tomllib.loads(candidate) == wanted:
                return candidate.replace("\n", "\r\n") if "\r\n" in text else candidate
        except tomllib.TOMLDecodeError:
            continue
    raise _not_here(path)


def value_of(key: str, text: str) -> Any:
    """The value that somebody typed: as TOML where it is that, else as text. Raises UseError."""
    source = source_of(f"value = {text}".encode("utf-8", "surrogatepass"), key, "value")
    if "\n" not in text and "\r" not in text and source.table.keys() == {"value"}:
        return source.table["value"]
    wrong = next((finding for finding in source.findings if finding.key.startswith("value")), None)
    if wrong is not None:
        raise UseError(f"{key} {wrong.what}.", "Nothing was changed.")
    if len(text) > LONGEST_LINE or not _encodable(text):
        raise UseError(f"The value of {key} is no readable text.", "Nothing was changed.")
    return text


def path_of(key: str, source: Source) -> Path:
    """Where limits.reach or exercise.orchard_reach.left.sets is in this plan. Raises UseError."""
    first, *rest = key.split(".")
    if key in _NOT_TO_SET:
        raise UseError(f"{key} cannot be set: {_NOT_TO_SET[key]}.", "Nothing was changed.")
    if first == "exercise" and rest:
        return _in_exercise(key, rest, source)
    if key in _ALONE:
        return (key,)
    found = _in_table(rest, LimitsTable.model_fields) if first == "limits" else None
    if found is None:
        raise _no_such_key(key, source)
    return ("limits", *found)


def _in_exercise(key: str, rest: list[str], source: Source) -> Path:
    name, *rest = rest
    blocks = _blocks(source)
    mine = [i for i, block in enumerate(blocks) if block.get("exercise") == name]
    if not mine:
        said = ", ".join(sorted({shown(block.get("exercise")) for block in blocks})) or "none yet"
        raise UseError(
            f"This plan does not prescribe {shown(name)}; it prescribes {said}.",
            f"Add a block [[exercise]] to {source.file}.",
        )
    if rest and rest[0] in {"left", "right"}:
        mine = [i for i in mine if blocks[i].get("side") == rest[0]]
        if not mine:
            raise UseError(f"This plan prescribes {name}, but not {rest[0]}.", "See: rehabgames plan show")
        rest = rest[1:]
    if len(mine) > 1:
        said = ".".join([f"exercise.{name}.left", *rest])
        raise UseError(f"This plan prescribes {name} more than once.", f"Say which side, such as {said}.")
    found = _in_table(rest, ExerciseTable.model_fields)
    if found is None:
        raise _no_such_key(key, source)
    return ("exercise", mine[0], *found)


def _in_table(rest: list[str], keys: Mapping[str, Any]) -> tuple[str, ...] | None:
    """("locked", "distance") of locked.distance; None where there is no such key."""
    if not rest or rest[0] not in keys:
        return None
    if rest[0] in _NAMED and len(rest) > 1:
        return rest[0], ".".join(rest[1:])
    return (rest[0],) if len(rest) == 1 else None


def _no_such_key(key: str, source: Source) -> UseError:
    names = [block["exercise"] for block in _blocks(source) if isinstance(block.get("exercise"), str)]
    known = {f"limits.{name}": name for name in LimitsTable.model_fields}
    known |= {f"exercise.{name}.{each}": each for name in names for each in ExerciseTable.model_fields}
    # a key that begins rightly is meant to end like one of those that begin so too
    head, _, last = key.rpartition(".")
    ends = {name: whole for whole, name in known.items() if not head or whole == f"{head}.{name}"}
    end = nearest(last, ends)
    near = ends[end] if end else nearest(key, [*_ALONE, *known])
    hint = f"Did you mean '{near}'?" if near else "Set aim, onset, contact, limits.NAME or exercise.ID.NAME."
    return UseError(f"A plan has no key {shown(key)}.", hint)


def _blocks(source: Source) -> list[dict[str, Any]]:
    blocks = source.table.get("exercise")
    return [b if isinstance(b, dict) else {} for b in blocks] if isinstance(blocks, list) else []


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _not_here(path: Path) -> ContentError:
    key = ".".join(map(str, path))
    return ContentError(f"{key} cannot be changed in this file by a command.", "Change it with an editor.")


def _with(table: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """A copy of the table with the value at the path; tables on the way are made. Raises ContentError."""
    whole = copy.deepcopy(table)
    inner: Any = whole
    for part in path[:-1]:
        inner = inner[part] if isinstance(part, int) else inner.setdefault(part, {})
        if not isinstance(inner, dict | list):
            raise _not_here(path)
    inner[path[-1]] = value
    return whole


def _candidates(text: str, path: Path, value: Any) -> Iterator[str]:
    """Ways to do it, the most pleasing first; none is trusted."""
    line = _below_its_note(text, path, value)
    if line is not None:
        yield line
    try:
        document = tomlkit.parse(text)
        inner: Any = document
        for at, part in enumerate(path[:-1]):
            if isinstance(part, str) and part not in inner:
                rest = _nested([str(each) for each in path[at + 1 :]], value)
                inner[part] = tomlkit.parse(f"v = {_rendered(rest)}")["v"]
                break
            inner = inner[part]
        else:
            inner[path[-1]] = tomlkit.parse(f"v = {_rendered(value)}")["v"]
        yield tomlkit.dumps(document)
    except (TOMLKitError, LookupError, TypeError, ValueError):
        return


def _below_its_note(text: str, path: Path, value: Any) -> str | None:
    """The text with a line for the key below its note in its own table; None where that is not to be.

    The key is the first one on the path that is not there.
    """
    inner: Any = tomllib.loads(text)
    parents: list[str | int] = []
    for part in path:
        if isinstance(part, str) and not (isinstance(inner, dict) and part in inner):
            break
        parents.append(part)
        inner = inner[part]
    else:
        return None
    key, rest = str(path[len(parents)]), [str(part) for part in path[len(parents) + 1 :]]
    lines = text.split("\n")
    begin, end = _section(lines, tuple(parents))
    note = re.compile(rf"# ?{re.escape(key)} *=")
    for number in range(begin, end):
        if note.match(lines[number]):
            lines.insert(number + 1, f"{_key(key)} = {_rendered(_nested(rest, value))}")
            return "\n".join(lines)
    return None


def _section(lines: list[str], parents: Path) -> tuple[int, int]:
    """First line of a table, and the one behind its last; an empty range where it is not found."""
    headers = [i for i, line in enumerate(lines) if _HEADER.match(line)]
    if not parents:
        return 0, headers[0] if headers else len(lines)
    nth = parents[1] if len(parents) > 1 and isinstance(parents[1], int) else 0
    header = re.compile(rf"\s*\[\[?\s*{re.escape(str(parents[0]))}\s*\]")
    mine = [i for i in headers if header.match(lines[i])]
    if nth >= len(mine) or len(parents) > 2:
        return 0, 0
    return mine[nth] + 1, next((i for i in headers if i > mine[nth]), len(lines))


def _nested(keys: list[str], value: Any) -> Any:
    for key in reversed(keys):
        value = {key: value}
    return value


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else tomlkit.string(key).as_string()


def _rendered(value: Any) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{_key(name)} = {_rendered(item)}" for name, item in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_rendered, value))}]"
    return str(tomlkit.item(value).as_string())
