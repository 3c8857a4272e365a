"""The store: what was asked and suggested, what people decided, batches, keys, who did what. All texts are masked."""

from datetime import datetime

from sqlalchemy import delete, text

from api.store.batches import Batches
from api.store.engine import open_engine, translated
from api.store.exchanges import Exchanges
from api.store.keys import Keys
from api.store.records import (
    ApiKey,
    AuditEntry,
    Batch,
    Candidate,
    Decision,
    Exchange,
    Figures,
    Kind,
    Proposal,
    State,
    Tally,
    Verdict,
)
from api.store.review import Review, log
from api.store.tables import batches, candidates, exchanges

__all__ = [
    "ApiKey",
    "AuditEntry",
    "Batch",
    "Candidate",
    "Decision",
    "Exchange",
    "Exchanges",
    "Figures",
    "Keys",
    "Kind",
    "Proposal",
    "State",
    "Store",
    "Tally",
    "Verdict",
]


class Store:
    """One database, SQLite or PostgreSQL, seen by what it is for."""

    def __init__(self, url: str) -> None:
        """Open, creating the tables or bringing them up to date. Raises SettingsError or StoreUnavailable."""
        self._engine = open_engine(url)
        self.exchanges = Exchanges(self._engine)
        self.review = Review(self._engine)
        self.batches = Batches(self._engine)
        self.keys = Keys(self._engine)

    def purge(self, before: datetime, who: str, at: datetime) -> int:
        """Delete what is older than ``before``, and return how many exchanges that were. Raises StoreUnavailable.

        Approved candidates stay: they are questions of the bank. The audit trail stays and tells of the purge.
        """
        old = delete(candidates).where(candidates.c.at < before, candidates.c.state != "approved")
        with translated(), self._engine.begin() as connection:
            count = connection.execute(delete(exchanges).where(exchanges.c.at < before)).rowcount
            connection.execute(old)
            connection.execute(delete(batches).where(batches.c.at < before))
        log(self._engine, AuditEntry(at, who, "purge", before.date().isoformat(), f"{count} exchanges"))
        if self._engine.dialect.name == "sqlite":
            with translated(), self._engine.connect() as connection:
                # Deleted text must not rest in the write-ahead log either.
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        return count

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()
