"""Rules for single values, as metadata of pydantic fields. Each says what would be allowed."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, ValidationError, core_schema

from rehabgames.content.finding import not_known
from rehabgames.content.known import Known

# an error of this type says all there is to say; the value got is added to every other one
COMPLETE = "complete"
RULE = "rule"

# ids go into the record, into file names and onto command lines
NAME = re.compile(r"[a-z][a-z0-9_]{1,40}")
NAME_RULE = "2 to 41 small letters a-z, digits and _, beginning with a letter, such as my_reach"

# they make a text look like another one (direction embeddings, overrides and isolates)
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# letters and signs by their category, and blank: fillers of Hangul, braille without a dot
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def is_visible(character: str) -> bool:
    """False for spaces, control and format characters, marks that need a letter, and what no font has."""
    return unicodedata.category(character)[0] not in "CZM" and character not in _BLANK


def broken(must_be: str) -> PydanticCustomError:
    return PydanticCustomError(RULE, "must be {must_be}", {"must_be": must_be})


def complete(what: str, key: str = "") -> PydanticCustomError:
    return PydanticCustomError(COMPLETE, "{what}", {"what": what, "key": key})


@dataclass(frozen=True, slots=True)
class Between:
    """A number with `low` <= value <= `high`; whole or not as the field's own type says. or_zero: 0 is
    allowed as well."""

    low: float
    high: float
    or_zero: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        kind = "a whole number" if source is int else "a number"
        allowed = f"{'0 or ' if self.or_zero else ''}{self.low:g}..{self.high:g}"

        def check(value: Any, inner: core_schema.ValidatorFunctionWrapHandler) -> Any:
            try:
                number = inner(value)
            except ValidationError:
                raise broken(f"{kind} {allowed}") from None
            inside = math.isfinite(number) and self.low <= number <= self.high
            if not inside and not (self.or_zero and number == 0):
                raise broken(allowed)
            return number

        return core_schema.no_info_wrap_validator_function(check, handler(source))


@dataclass(frozen=True, slots=True)
class Words:
    """Text of `fewest` to `longest` characters that can be seen and read as they stand, without control
    characters; white space is made even."""

    longest: int
    fewest: int = 1

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def check(value: str) -> str:
            text = " ".join(value.split())
            if not self.fewest <= len(text) <= self.longest:
                allowed = f"{self.fewest}..{self.longest}"
                raise complete(f"must be text of {allowed} characters, got {len(text)}")
            if any(unicodedata.category(c) == "Cc" for c in text):
                raise complete("must be text without control characters")
            if any(c in TURNING for c in text):
                raise complete("must be text without characters that turn the direction of writing")
            if text and not any(map(is_visible, text)):
                raise complete("must be text that can be seen, got invisible characters only")
            return text

        return core_schema.no_info_after_validator_function(check, handler(source))


@dataclass(frozen=True, slots=True)
class Name:
    """The name of something that exists, looked up in the validation context's `known`."""

    kind: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def check(value: str, validation: ValidationInfo) -> str:
            if not isinstance(validation.context, Known):
                raise TypeError("names can only be judged with Known as the validation context")
            names = validation.context.names(self.kind)
            if value not in names:
                raise complete(not_known(self.kind, value, names))
            return value

        return core_schema.with_info_after_validator_function(check, handler(source))


@dataclass(frozen=True, slots=True)
class Some:
    """A list of `fewest` to `most` items, none of them twice."""

    fewest: int
    most: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def check(value: list[Any]) -> list[Any]:
            if not self.fewest <= len(value) <= self.most:
                raise complete(f"must be a list of {self.fewest}..{self.most} items, got {len(value)}")
            twice = [item for i, item in enumerate(value) if item in value[:i]]
            if twice:
                raise complete(f"must name each item once, got {twice[0]} twice")
            return value

        return core_schema.no_info_after_validator_function(check, handler(source))
