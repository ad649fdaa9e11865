"""pydantic's errors as findings in plain words, every one of a file at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel
from pydantic import ValidationError as Invalid
from pydantic_core import ErrorDetails

from rehabgames.content.finding import Finding, shown
from rehabgames.content.known import Known
from rehabgames.content.reading import Source
from rehabgames.content.rules import COMPLETE, NAME, NAME_RULE, RULE
from rehabgames.core.errors import nearest

M = TypeVar("M", bound=BaseModel)

_MUST_BE = {
    "float_type": "a number",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "string_type": "text in quotes",
    "list_type": "a list in [ ]",
    "dict_type": "a table",
    "model_type": "a table",
}


def validated(
    model: type[M], tables: Mapping[str, type[BaseModel]], source: Source, known: Known
) -> tuple[M | None, list[Finding]]:
    """The file's table as a model, or None and all that is wrong with it.

    `tables` names the models of the inner tables ("dose", "limits.sectors"), for the nearest name of a
    key that is unknown.
    """
    named: list[Finding] = []
    if not source.findings and not NAME.fullmatch(source.name):
        named = [Finding(source.file, "", f"the file's name must be {NAME_RULE}")]
    read, findings = modelled(model, tables, source, known)
    return read, named + findings


def modelled(
    model: type[M], tables: Mapping[str, type[BaseModel]], source: Source, known: Known
) -> tuple[M | None, list[Finding]]:
    """As `validated`, for a file that may be called anything."""
    if source.findings:
        return None, list(source.findings)
    findings: list[Finding] = []
    try:
        return model.model_validate(source.table, context=known), findings
    except Invalid as invalid:
        errors = invalid.errors(include_url=False)
    for error in errors:
        findings.append(Finding(source.file, _key(error), _what(error, _inner(error, tables) or model)))
    return None, findings


def _inner(error: ErrorDetails, tables: Mapping[str, type[BaseModel]]) -> type[BaseModel] | None:
    """The model of the innermost table that the error is in, or None where none is named."""
    names = [part for part in error["loc"][:-1] if isinstance(part, str)]
    paths = (".".join(names[:n]) for n in range(len(names), 0, -1))
    return next((tables[path] for path in paths if path in tables), None)


def _key(error: ErrorDetails) -> str:
    """dose.repetitions, directions_deg[2]; counted from 0, as in the file's own list."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"]]
    named = error.get("ctx", {}).get("key") if error["type"] == COMPLETE else None
    return "".join([*parts, f".{named}" if named else ""]).removeprefix(".")


def _what(error: ErrorDetails, model: type[BaseModel]) -> str:
    kind = error["type"]
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return unknown_key(str(error["loc"][-1]), model.model_fields)
    if kind == COMPLETE:
        return error["msg"]
    if kind == RULE:
        what = error["msg"]
    elif kind == "literal_error":
        what = f"must be {error['ctx']['expected']}"
    else:
        what = f"must be {_MUST_BE[kind]}" if kind in _MUST_BE else error["msg"]
    return f"{what}, got {shown(error['input'])}"


def unknown_key(key: str, keys: Mapping[str, Any]) -> str:
    near = nearest(key, keys)
    return f"unknown key, did you mean '{near}'?" if near else f"unknown key, allowed are {', '.join(keys)}"
