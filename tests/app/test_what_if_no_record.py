"""A data folder whose record is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehabgames.app.what_if import Wishes, what_if
from rehabgames.core.errors import StoreError
from rehabgames.records.store import DATABASE_NAME


def test_a_file_that_is_no_record(home: Path) -> None:
    home.mkdir()
    (home / DATABASE_NAME).write_bytes(b"no record at all" * 100)
    with pytest.raises(StoreError, match="is not a record"):
        what_if("last", Wishes())
