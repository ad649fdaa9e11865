"""How a model wants its picture scaled, written into the TFLite file as MediaPipe Tasks read it.

A TFLite file is a FlatBuffer: tables whose offsets point forward only. So a new root is put *before*
the untouched original, keeps every part of it by offset, and adds one metadata entry. The original is
copied, never rewritten, and no library's version has a say: the same model gives the same bytes for
ever, which is what allows a pinned SHA-256 of the result.

Field numbers come from TensorFlow's `schema.fbs` and `metadata_schema.fbs`.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

METADATA_NAME: Final = "TFLITE_METADATA"
# TFLite's schema asks this much for the content of a buffer
ALIGNMENT: Final = 16

# Model
_VERSION, _OPERATOR_CODES, _SUBGRAPHS, _DESCRIPTION, _BUFFERS, _METADATA_BUFFER, _METADATA, _SIGNATURES = (
    range(8)
)
_KEPT: Final = (_OPERATOR_CODES, _SUBGRAPHS, _DESCRIPTION, _METADATA_BUFFER, _SIGNATURES)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A part of the original model, by its position there."""

    position: int


@dataclass(frozen=True, slots=True)
class _Blob:
    """A vector of `count` numbers as bytes; its content begins at a multiple of `alignment`."""

    count: int
    content: bytes
    alignment: int = 4


@dataclass(frozen=True, slots=True)
class _List:
    """A vector of offsets."""

    items: Sequence[_Node]


@dataclass(frozen=True, slots=True)
class _Table:
    """Field number → four bytes kept inside the table, or something it points to."""

    fields: dict[int, bytes | _Node]


_Node = _Kept | _Blob | _List | _Table


def with_normalization(model: bytes, mean: float, std: float) -> bytes:
    """The same model, saying that its picture input is RGB and scaled as (pixel - mean) / std.

    Raises ValueError where `model` is not a TFLite file or already carries metadata.
    """
    old = _Reader(model)
    entries = old.offsets(_METADATA)
    if METADATA_NAME in [old.text(entry, 0) for entry in entries]:
        raise ValueError("this TFLite model already says how its input is scaled")
    buffers = old.offsets(_BUFFERS)
    text = _normalization(mean, std)
    buffer = _Table({0: _Blob(len(text), text, ALIGNMENT)})
    entry = _Table({0: _text(METADATA_NAME), 1: struct.pack("<I", len(buffers))})
    fields: dict[int, bytes | _Node] = {_VERSION: old.scalar(old.root, _VERSION)}
    for number in _KEPT:
        position = old.points_to(old.root, number)
        if position is not None:
            fields[number] = _Kept(position)
    fields[_BUFFERS] = _List([*map(_Kept, buffers), buffer])
    fields[_METADATA] = _List([*map(_Kept, entries), entry])
    return _Writer(b"TFL3").finish(_Table(fields), model)


def _normalization(mean: float, std: float) -> bytes:
    """A ModelMetadata file with one image input."""
    options = _Table({0: _floats(mean), 1: _floats(std)})
    unit = _Table({0: _number(1), 1: options})  # ProcessUnitOptions.NormalizationOptions
    image = _Table({0: _number(1)})  # ColorSpaceType.RGB
    content = _Table({0: _number(2), 1: image})  # ContentProperties.ImageProperties
    tensor = _Table({0: _text("image"), 3: content, 4: _List([unit])})
    graph = _Table({2: _List([tensor])})
    metadata = _Table({0: _text("rehabgames"), 3: _List([graph]), 7: _text("1.0.0")})
    return _Writer(b"M001").finish(metadata)


def _number(value: int) -> bytes:
    return struct.pack("<I", value)


def _floats(*values: float) -> _Blob:
    return _Blob(len(values), struct.pack(f"<{len(values)}f", *values))


def _text(words: str) -> _Blob:
    content = words.encode()
    return _Blob(len(content), content + b"\0")


class _Reader:
    """The tables of a TFLite file, each known by its position."""

    def __init__(self, model: bytes) -> None:
        if model[4:8] != b"TFL3":
            raise ValueError("this is not a TFLite model")
        self._model = model
        self.root = self._u32(0)

    def scalar(self, table: int, number: int) -> bytes:
        """The four bytes of a number in a table; zeros where it is not set."""
        slot = self._slot(table, number)
        return b"\0\0\0\0" if slot is None else self._model[slot : slot + 4]

    def points_to(self, table: int, number: int) -> int | None:
        """Where the thing is that a field points to; None where the field is not set."""
        slot = self._slot(table, number)
        return None if slot is None else slot + self._u32(slot)

    def text(self, table: int, number: int) -> str:
        """A text field; empty where it is not set."""
        at = self.points_to(table, number)
        return "" if at is None else self._model[at + 4 : at + 4 + self._u32(at)].decode()

    def offsets(self, number: int) -> list[int]:
        """Where the members of the root's vector of tables are."""
        vector = self.points_to(self.root, number)
        if vector is None:
            return []
        slots = range(vector + 4, vector + 4 + 4 * self._u32(vector), 4)
        return [slot + self._u32(slot) for slot in slots]

    def _slot(self, table: int, number: int) -> int | None:
        vtable = table - int(struct.unpack_from("<i", self._model, table)[0])
        entry = 4 + 2 * number
        if entry >= self._u16(vtable):
            return None
        offset = self._u16(vtable + entry)
        return table + offset if offset else None

    def _u16(self, at: int) -> int:
        return int(struct.unpack_from("<H", self._model, at)[0])

    def _u32(self, at: int) -> int:
        return int(struct.unpack_from("<I", self._model, at)[0])


class _Writer:
    """Lays nodes out parents first, so that every offset points forward."""

    def __init__(self, identifier: bytes) -> None:
        self._out = bytearray(4) + identifier
        self._kept: list[tuple[int, int]] = []

    def finish(self, root: _Table, kept: bytes = b"") -> bytes:
        """The file; `kept` follows at the end and is what _Kept positions mean."""
        self._point(0, root)
        self._align(ALIGNMENT)
        base = len(self._out)
        for slot, position in self._kept:
            struct.pack_into("<I", self._out, slot, base + position - slot)
        return bytes(self._out) + kept

    def _align(self, alignment: int, before: int = 0) -> None:
        """Pad so that what comes `before` bytes later begins at a multiple of `alignment`."""
        self._out += bytes(-(len(self._out) + before) % alignment)

    def _point(self, slot: int, node: _Node) -> None:
        if isinstance(node, _Kept):
            self._kept.append((slot, node.position))
            return
        struct.pack_into("<I", self._out, slot, self._put(node) - slot)

    def _put(self, node: _Blob | _List | _Table) -> int:
        if isinstance(node, _Table):
            return self._put_table(node.fields)
        if isinstance(node, _Blob):
            self._align(node.alignment, before=4)
            at = len(self._out)
            self._out += struct.pack("<I", node.count) + node.content
            return at
        self._align(4)
        at = len(self._out)
        self._out += struct.pack("<I", len(node.items)) + bytes(4 * len(node.items))
        for number, item in enumerate(node.items, start=1):
            self._point(at + 4 * number, item)
        return at

    def _put_table(self, fields: dict[int, bytes | _Node]) -> int:
        slots = {number: 4 + 4 * k for k, number in enumerate(sorted(fields))}
        offsets = [slots.get(number, 0) for number in range(max(slots) + 1)]
        self._align(4)
        vtable = len(self._out)
        self._out += struct.pack(f"<{2 + len(offsets)}H", 4 + 2 * len(offsets), 4 + 4 * len(slots), *offsets)
        self._align(4)
        at = len(self._out)
        self._out += struct.pack("<i", at - vtable) + bytes(4 * len(slots))
        for number, slot in slots.items():
            content = fields[number]
            if isinstance(content, bytes):
                self._out[at + slot : at + slot + 4] = content
            else:
                self._point(at + slot, content)
        return at
