"""Variants: what an exercise file says for children, laid over what it says for adults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from rehabgames.content.reading import Source

CHILD: Final = "child"


def variants_of(source: Source) -> tuple[Source, Source | None]:
    """The file for adults, and the same with its table [child] laid over it; None where it has none.

    A [child] that is no table stays where it is, and is reported as every unknown key is.
    """
    over = source.table.get(CHILD)
    if not isinstance(over, dict):
        return source, None
    adults = {key: value for key, value in source.table.items() if key != CHILD}
    return replace(source, table=adults), replace(source, table=_laid_over(adults, over))


def _laid_over(table: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Tables in tables are merged, everything else is replaced."""
    merged = dict(table)
    for key, value in over.items():
        below = merged.get(key)
        inner = isinstance(below, dict) and isinstance(value, dict)
        merged[key] = _laid_over(merged[key], value) if inner else value
    return merged
