"""Exchanges as they are recorded, found again and counted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, Row, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from api.store.engine import translated
from api.store.records import Exchange, Figures, Tally, Verdict
from api.store.tables import decisions, exchanges
from ingest.errors import UnknownTrace

_MINUTE = 60.0


class Exchanges:
    """The exchanges in the store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def record(self, *made: Exchange) -> None:
        """Keep exchanges, all or none of them; one that is already there stays as it is. Raises StoreUnavailable."""
        if not made:
            return
        insert = sqlite.insert if self._engine.dialect.name == "sqlite" else postgresql.insert
        with translated(), self._engine.begin() as connection:
            connection.execute(insert(exchanges).on_conflict_do_nothing(), [_row(exchange) for exchange in made])

    def find(self, trace_id: str) -> Exchange:
        """The exchange of that trace. Raises UnknownTrace or StoreUnavailable."""
        with translated(), self._engine.connect() as connection:
            row = connection.execute(select(exchanges).where(exchanges.c.trace_id == trace_id)).one_or_none()
        if row is None:
            raise UnknownTrace(trace_id)
        return _exchange(row)

    def since(self, at: datetime) -> Iterator[Exchange]:
        """All exchanges from ``at`` on, oldest first."""
        query = select(exchanges).where(exchanges.c.at >= at).order_by(exchanges.c.at)
        with translated(), self._engine.connect() as connection:
            yield from map(_exchange, connection.execution_options(yield_per=500).execute(query))

    def newest_tickets(self, most: int) -> list[str]:
        """Trace ids of the newest ``most`` tickets, newest first. Raises StoreUnavailable."""
        # Only columns of the index of tickets: no row is touched, however many exchanges there are.
        query = select(exchanges.c.trace_id).where(exchanges.c.kind == literal("assist", literal_execute=True))
        query = query.order_by(exchanges.c.at.desc())
        with translated(), self._engine.connect() as connection:
            return list(connection.execute(query.limit(most)).scalars())

    def vectors(self, trace_ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The embeddings of these tickets, as far as they are still there. Raises StoreUnavailable."""
        query = select(exchanges.c.trace_id, exchanges.c.vector).where(exchanges.c.trace_id.in_(trace_ids))
        with translated(), self._engine.connect() as connection:
            rows = connection.execute(query.where(exchanges.c.vector.is_not(None))).all()
        return {row.trace_id: np.frombuffer(row.vector, "<f4") for row in rows}

    def outcomes(self, trace_ids: Iterable[str]) -> dict[str, tuple[str | None, Verdict | None]]:
        """Ticket id and latest verdict of each trace."""
        wanted = list(trace_ids)
        joined = exchanges.outerjoin(decisions, decisions.c.trace_id == exchanges.c.trace_id)
        query = select(exchanges.c.trace_id, exchanges.c.ticket_id, decisions.c.verdict).select_from(joined)
        with translated(), self._engine.connect() as connection:
            rows = connection.execute(query.where(exchanges.c.trace_id.in_(wanted)).order_by(decisions.c.id)).all()
        return {row.trace_id: (row.ticket_id, cast("Verdict | None", row.verdict)) for row in rows}

    def figures(self, since: datetime) -> Figures:
        """What became of the exchanges from ``since`` on; a later decision replaces an earlier one."""
        columns = (exchanges.c.trace_id, exchanges.c.sources, exchanges.c.leads, exchanges.c.seconds)
        recent = exchanges.c.at >= since
        with translated(), self._engine.connect() as connection:
            rows = connection.execute(select(*columns).where(recent)).all()
            said = select(decisions.c.trace_id, decisions.c.verdict).join(exchanges).where(recent)
            verdicts = {row.trace_id: row.verdict for row in connection.execute(said.order_by(decisions.c.id))}
        counted = Counter(verdicts.values())
        accepted, edited = counted["helpful"], counted["edited"]
        return Figures(
            exchanges=len(rows),
            within_a_minute=sum(row.seconds <= _MINUTE for row in rows),
            decided=len(verdicts),
            accepted=accepted,
            edited=edited,
            rejected=len(verdicts) - accepted - edited,
            by_department=_tallies((row.leads, verdicts.get(row.trace_id)) for row in rows),
            by_source=_tallies((row.sources, verdicts.get(row.trace_id)) for row in rows),
        )


def _tallies(rows: Iterable[tuple[list[str], str | None]]) -> Mapping[str, Tally]:
    total, decided, accepted = Counter[str](), Counter[str](), Counter[str]()
    for names, verdict in rows:
        distinct = list(dict.fromkeys(names))
        total.update(distinct)
        decided.update(distinct if verdict else ())
        accepted.update(distinct if verdict == "helpful" else ())
    return {name: Tally(count, decided[name], accepted[name]) for name, count in total.most_common()}


def _row(exchange: Exchange) -> dict[str, Any]:
    vector = None if exchange.vector is None else exchange.vector.astype("<f4").tobytes()
    return {**{field.name: getattr(exchange, field.name) for field in fields(exchange)}, "vector": vector}


def _exchange(row: Row[Any]) -> Exchange:
    values = row._asdict()
    vector = values["vector"]
    return Exchange(
        **{
            **values,
            "sources": tuple(values["sources"]),
            "leads": tuple(values["leads"]),
            "vector": None if vector is None else np.frombuffer(vector, "<f4"),
        }
    )
