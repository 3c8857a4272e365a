"""The tables of the store. Texts in them are masked; times are UTC."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time; SQLite keeps no zone, so everything is kept in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; without a zone where the engine knows none."""
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s"}
)

_A_TICKET = text("kind = 'assist'")

exchanges = Table(
    "exchanges",
    metadata,
    Column("trace_id", String(64), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("ticket_id", String(200)),
    Column("text", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("sources", JSON, nullable=False),
    Column("leads", JSON, nullable=False),
    Column("response", JSON, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("vector", LargeBinary),
    Index("ix_exchanges_tickets", "kind", "at", "trace_id", sqlite_where=_A_TICKET, postgresql_where=_A_TICKET),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("trace_id", ForeignKey("exchanges.trace_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", String(100), nullable=False),
    Column("verdict", String(24), nullable=False),
    Column("correct_sources", JSON, nullable=False),
    Column("text", Text, nullable=False),
)

candidates = Table(
    "candidates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("trace_id", String(64)),
    Column("at", UtcDateTime, nullable=False),
    Column("question", Text, nullable=False),
    Column("suggested", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("verdict", String(24)),
    Column("proposed_by", String(100), nullable=False),
    Column("state", String(10), nullable=False),
    Column("reviewed_by", String(100)),
    Column("reviewed_at", UtcDateTime),
    Column("remark", Text, nullable=False),
    Index("ix_candidates_state", "state"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", String(100), nullable=False),
    Column("what", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("detail", Text, nullable=False),
)

batches = Table(
    "batches",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("name", String(200), nullable=False),
    Column("total", Integer, nullable=False),
    Column("finished_at", UtcDateTime),
)

batch_rows = Table(
    "batch_rows",
    metadata,
    Column("batch_id", ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("result", JSON, nullable=False),
)

_IN_FORCE = text("revoked_at IS NULL")

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("role", String(8), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Index("ix_api_keys_name", "name", unique=True, sqlite_where=_IN_FORCE, postgresql_where=_IN_FORCE),
)
