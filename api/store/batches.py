"""Batches of tickets: what is done of each, so that one that was cut off goes on where it stopped."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from api.store.engine import translated
from api.store.records import Batch
from api.store.tables import batch_rows, batches
from ingest.errors import UnknownBatch


class Batches:
    """The batches in the store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, batch_id: str) -> Batch:
        """How far a batch is. Raises UnknownBatch or StoreUnavailable."""
        done = select(func.count()).where(batch_rows.c.batch_id == batch_id).scalar_subquery()
        query = select(batches, done.label("done")).where(batches.c.id == batch_id)
        with translated(), self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise UnknownBatch(batch_id)
        return Batch(row.id, row.name, row.total, row.done, row.finished_at is not None)

    def results(self, batch_id: str) -> dict[int, Any]:
        """The results so far, by row number. Raises StoreUnavailable."""
        done = select(batch_rows.c.number, batch_rows.c.result).where(batch_rows.c.batch_id == batch_id)
        with translated(), self._engine.connect() as connection:
            return {row.number: row.result for row in connection.execute(done.order_by(batch_rows.c.number))}

    def start(self, batch_id: str, name: str, total: int, at: datetime) -> dict[int, Any]:
        """Begin a batch, or go on with it: the results so far, by row number. Raises StoreUnavailable."""
        add = sqlite.insert if self._engine.dialect.name == "sqlite" else postgresql.insert
        new = add(batches).values(id=batch_id, name=name, total=total, at=at).on_conflict_do_nothing()
        with translated(), self._engine.begin() as connection:
            connection.execute(new)
        return self.results(batch_id)

    def save(self, batch_id: str, results: Mapping[int, Any]) -> None:
        """Keep results by row number, all or none of them. Raises StoreUnavailable."""
        rows = [{"batch_id": batch_id, "number": number, "result": result} for number, result in results.items()]
        with translated(), self._engine.begin() as connection:
            connection.execute(insert(batch_rows), rows)

    def finish(self, batch_id: str, at: datetime) -> None:
        """Note that every row is done. Raises StoreUnavailable."""
        with translated(), self._engine.begin() as connection:
            connection.execute(update(batches).where(batches.c.id == batch_id).values(finished_at=at))
