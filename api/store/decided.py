"""Every decision in the order in which they were made; the store itself is asked for the latest only."""

from datetime import datetime

from sqlalchemy import select

from api.store.engine import open_engine, translated
from api.store.records import Decision
from api.store.tables import decisions, exchanges


def decisions_since(url: str, at: datetime) -> tuple[Decision, ...]:
    """The decisions on exchanges from ``at`` on, oldest first. Raises SettingsError or StoreUnavailable."""
    columns = [column for column in decisions.columns if column is not decisions.c.id]
    query = select(*columns).join(exchanges).where(exchanges.c.at >= at).order_by(decisions.c.id)
    engine = open_engine(url)
    try:
        with translated(), engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
    finally:
        engine.dispose()
    return tuple(Decision(**{**row, "correct_sources": tuple(row["correct_sources"])}) for row in rows)
