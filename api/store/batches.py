"""Batches of tickets: what is done of each, so that one that was cut off goes on where it stopped."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from api.store.engine import translated
from api.store.tables import batch_rows, batches


class Batches:
    """The batches in the store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def start(self, batch_id: str, name: str, total: int, at: datetime) -> dict[int, Any]:
        """Begin a batch, or go on with it: the results so far, by row number. Raises StoreUnavailable."""
        add = sqlite.insert if self._engine.dialect.name == "sqlite" else postgresql.insert
        new = add(batches).values(id=batch_id, name=name, total=total, at=at).on_conflict_do_nothing()
        done = select(batch_rows.c.number, batch_rows.c.result).where(batch_rows.c.batch_id == batch_id)
        with translated(), self._engine.begin() as connection:
            connection.execute(new)
            return {row.number: row.result for row in connection.execute(done)}

    def save(self, batch_id: str, results: Mapping[int, Any]) -> None:
        """Keep results by row number, all or none of them. Raises StoreUnavailable."""
        rows = [{"batch_id": batch_id, "number": number, "result": result} for number, result in results.items()]
        with translated(), self._engine.begin() as connection:
            connection.execute(insert(batch_rows), rows)

    def finish(self, batch_id: str, at: datetime) -> None:
        """Note that every row is done. Raises StoreUnavailable."""
        with translated(), self._engine.begin() as connection:
            connection.execute(update(batches).where(batches.c.id == batch_id).values(finished_at=at))
