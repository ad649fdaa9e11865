"""What a plan file must say, key by key. What its keys must be to each other: plan_checks."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, Field, create_model, model_validator

from rehabgames.content.fields import Table
from rehabgames.content.finding import shown
from rehabgames.content.rules import Between, Name, Some, Words, complete
from rehabgames.content.writing import RESERVED
from rehabgames.safety.merge import COUNTED
from rehabgames.safety.walls import WALLS

# pseudonyms go into the names of files; no point, for a version's file is PATIENT.v3.toml
PATIENT: Final = re.compile(r"[a-z0-9][a-z0-9_+-]{0,59}")
PATIENT_RULE: Final = "1 to 60 small letters a-z, digits, _, + and -, beginning with a letter or a digit"
MOST_EXERCISES: Final = 20
MOST_SECTORS: Final = 12
LONGEST_BY, LONGEST_REASON = 80, 400
LONGEST_CONTACT = 40  # a line of the screen


def is_patient(name: str) -> bool:
    return PATIENT.fullmatch(name) is not None and name not in RESERVED


def _patient(name: str) -> str:
    if not is_patient(name):
        raise complete(f"must be {PATIENT_RULE}, got {shown(name)}")
    return name


def _date(given: Any) -> str:
    """TOML has dates of its own, without quotes; both are understood."""
    try:
        return date.fromisoformat(str(given)).isoformat() if given != "" else ""
    except ValueError:
        raise complete(f"must be a date such as 2026-10-01, or empty, got {shown(given)}") from None


def _range(ends: list[float]) -> list[float]:
    if len(ends) != 2 or ends[0] >= ends[1]:
        got = ", ".join(f"{end:g}" for end in ends[:4])
        raise complete(f"must be [lowest, highest] with lowest below highest, got [{got}]")
    return ends


class SectorTable(Table):
    from_deg: Annotated[float, Between(-180, 180)]
    to_deg: Annotated[float, Between(-180, 180)]
    reach: Annotated[float, Between(0, WALLS["reach"].loosest)]

    @model_validator(mode="after")
    def _ordered(self) -> SectorTable:
        if self.from_deg > self.to_deg:
            raise complete(f"must be from_deg ({self.from_deg:g}) or more, got {self.to_deg:g}", "to_deg")
        return self


def _limit(name: str) -> Any:
    lowest, highest = sorted(WALLS[name])
    kind = int if name in COUNTED else float
    return Annotated[kind, Between(lowest, highest)] | None, None


_Degrees = Annotated[float, Between(-180, 180)]
# every field of Limits by its name; None: the default holds
LimitsTable: Final[type[Table]] = create_model(
    "LimitsTable",
    __base__=Table,
    sectors=(Annotated[list[SectorTable], Some(0, MOST_SECTORS)] | None, None),
    angles_deg=(dict[str, Annotated[list[_Degrees], AfterValidator(_range)]] | None, None),
    standing=(bool | None, None),
    **{name: _limit(name) for name in WALLS},
)


class ExerciseTable(Table):
    exercise: Annotated[str, Words(80)]
    side: Literal["left", "right"]
    repetitions: Annotated[int, Between(1, 500)] | None = None
    sets: Annotated[int, Between(1, 20)] = 1
    rest_s: Annotated[float, Between(0, 1800)] | None = None
    minutes: Annotated[float, Between(0.5, 240)] | None = None
    target_success: Annotated[float, Between(0.5, 0.95)] | None = None
    adapter: Annotated[str, Name("adapter")] | None = None
    order: Annotated[list[str], Some(0, 12)] = Field(default_factory=list)
    locked: dict[str, float] = Field(default_factory=dict)
    probe_every: Annotated[int, Between(0, 100)] = 0
    probe_levels: dict[str, float] = Field(default_factory=dict)


FORMAT: Final = 1  # a file that says a higher one was made by a newer program


class PlanTable(Table):
    format: Annotated[int, Between(1, FORMAT)] = FORMAT
    patient: Annotated[str, AfterValidator(_patient)] | None = None
    version: Annotated[int, Between(0, 999_999)] = 1
    made_utc: Annotated[str, Words(40, fewest=0)] = ""
    by: Annotated[str, Words(LONGEST_BY, fewest=0)] = ""
    reason: Annotated[str, Words(LONGEST_REASON, fewest=0)] = ""
    aim: Literal["restitution", "compensation"] = "restitution"
    onset: Annotated[Any, AfterValidator(_date)] = ""
    early_dose: bool = False
    contact: Annotated[str, Words(LONGEST_CONTACT, fewest=0)] = ""
    limits: LimitsTable = Field(default_factory=LimitsTable)  # type: ignore[valid-type]
    exercise: list[ExerciseTable] = Field(default_factory=list)

    @model_validator(mode="after")
    def _few(self) -> PlanTable:
        if len(self.exercise) > MOST_EXERCISES:
            what = f"must be at most {MOST_EXERCISES} blocks [[exercise]], got {len(self.exercise)}"
            raise complete(what, "exercise")
        return self


TABLES: Final[dict[str, type[BaseModel]]] = {
    "limits": LimitsTable,
    "limits.sectors": SectorTable,
    "exercise": ExerciseTable,
}
