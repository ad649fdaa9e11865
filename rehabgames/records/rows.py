"""The tables. `body`, `start` and `stop` keep whole documents; the columns beside them are copies to
select and sort by, and are null where a document does not say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, ForeignKey, LargeBinary, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC, also on databases that know no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    type_annotation_map = {dict[str, Any]: JSON(none_as_null=True), datetime: UtcDateTime}  # noqa: RUF012


class SessionRow(Base):
    """One session. status: "running" until its stop is here, then a `StopStatus`.

    ended_s is session time of the stop, or of the last thing known of an interrupted session.
    """

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    patient: Mapped[str | None] = mapped_column(String(128), index=True)
    exercise_id: Mapped[str | None] = mapped_column(String(128))
    exercise_sha256: Mapped[str | None] = mapped_column(String(64))
    seed: Mapped[int | None] = mapped_column(BigInteger)
    started_utc: Mapped[datetime | None] = mapped_column(index=True)
    status: Mapped[str] = mapped_column(String(16), index=True)
    reason: Mapped[str | None]
    ended_s: Mapped[float | None]
    start: Mapped[dict[str, Any]]
    stop: Mapped[dict[str, Any] | None]


class Entry(Base):
    """What the rows of all other documents have: whose, which number, when (session time), what."""

    __abstract__ = True

    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    t_s: Mapped[float]
    body: Mapped[dict[str, Any]]


class TrialRow(Entry):
    """One trial; `trial` is its number among the trials. margin and reached in arm lengths."""

    __tablename__ = "trials"

    trial: Mapped[int | None]
    success: Mapped[bool | None]
    reason: Mapped[str | None] = mapped_column(String(32))
    margin: Mapped[float | None]
    reached: Mapped[float | None]
    levels: Mapped[dict[str, Any] | None]


class EventRow(Entry):
    __tablename__ = "events"

    name: Mapped[str | None] = mapped_column(String(64), index=True)


class ProfileRow(Entry):
    __tablename__ = "profiles"

    protocol: Mapped[str | None] = mapped_column(String(128))
    side: Mapped[str | None] = mapped_column(String(8))


class LandmarkChunk(Entry):
    """Landmarks of `frames` pictures from t0_s on; `payload` as the session packed them."""

    __tablename__ = "landmark_chunks"

    t0_s: Mapped[float | None]
    frames: Mapped[int | None]
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class MessageRow(Base):
    """What a patient, or who helps, wants the therapist to know, written outside of any session. `body`: who
    wrote it, and the text."""

    __tablename__ = "messages"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    patient: Mapped[str] = mapped_column(String(128), index=True)
    written_utc: Mapped[datetime] = mapped_column(index=True)
    body: Mapped[dict[str, Any]]
