"""Fields that several kinds of content file have."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict

from rehabgames.content.rules import Between, Name, Some, Words

Title = Annotated[str, Words(80)]
Sentence = Annotated[str, Words(400)]
Sentences = Annotated[list[Sentence], Some(1, 20)]
Signal = Annotated[str, Name("signal")]
Control = Annotated[str, Name("control")]
Directions = Annotated[list[Annotated[float, Between(-180, 180)]], Some(1, 24)]


class Table(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
