"""What is kept of every exchange, masked, and what it is good for: similar tickets, decisions, candidates."""

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Annotated

import numpy as np
from fastapi import Depends, Request
from numpy.typing import NDArray
from prometheus_client import Counter

from api.contract import AskResponse, AssistResponse, FeedbackBody, SimilarTicket
from api.keeping.learning import proposals
from api.keeping.precedents import Precedents
from api.keeping.recorder import Recorder
from api.store import Decision, Exchange, Keys, Kind, Store
from ingest.errors import StoreUnavailable, UnknownTrace
from ingest.settings import Settings
from rag.privacy import mask

logger = logging.getLogger(__name__)
UNNAMED: Mapping[Kind, str] = {"ask": "用户", "assist": "坐席"}
"""Who decides on an exchange if no key says it."""
KEPT_WITHIN_S = 0.3
"""Whoever judges an answer sooner than it is kept waits so long at most."""
_REMEMBERED = 2048
"""What many ask in the same words is masked once."""
_masked = lru_cache(_REMEMBERED)(mask)


class Journal:
    """Keeps exchanges. Answers go on without a store; what needs one says so."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.lost = Counter("policyqa_lost_exchanges", "没有记下来的问答和工单", registry=None)
        self._lock = threading.Lock()
        self._recorder = Recorder(self._keep)
        self._precedents = Precedents()

    @cached_property
    def _opened(self) -> Store:
        return Store(self.settings.store)

    def _open(self) -> Store:
        with self._lock:
            return self._opened

    @property
    def store(self) -> Store:
        """The store with everything that was kept so far, opened when it is first needed. Raises StoreUnavailable."""
        self._recorder.flush()
        return self._open()

    @property
    def keys(self) -> Keys:
        """The keys in the store; nobody waits for what is being kept. Raises StoreUnavailable."""
        return self._open().keys

    def keep_question(self, response: AskResponse) -> None:
        """Keep a question with its answer, soon; if there is no store, only the log tells."""
        if not self._recorder.put(_asked(response)):
            self.lost.inc()
            logger.warning("ask %s not kept: too many are waiting", response.trace_id)

    def keep_ticket(self, response: AssistResponse, ticket_id: str | None, vector: NDArray[np.float32]) -> None:
        """Keep a ticket with what was suggested; if there is no store, only the log tells."""
        first = [demand.citations[0] for demand in response.demands if demand.citations]
        exchange = Exchange(
            trace_id=response.trace_id,
            kind="assist",
            at=datetime.now(UTC),
            text=response.masked_text,
            status=response.status,
            sources=tuple(source.id for source in first),
            leads=tuple(dict.fromkeys(name for source in first for name in source.lead or source.responsible)),
            response=response.model_dump(mode="json"),
            seconds=response.timings_ms["total"] / 1000,
            ticket_id=ticket_id,
            vector=vector,
        )
        self._keep([exchange])

    def similar(self, vector: NDArray[np.float32]) -> list[SimilarTicket]:
        """Earlier tickets about the same trouble, the most alike first, with what became of them."""
        try:
            # Tickets are kept at once: there is nothing to wait for.
            kept = self._open().exchanges
            found = self._precedents.alike(kept, vector)
            outcomes = kept.outcomes([trace_id for trace_id, _ in found]) if found else {}
        except StoreUnavailable as error:
            logger.warning("no similar tickets: %s", error)
            return []
        told = [(trace_id, score, *outcomes[trace_id]) for trace_id, score in found if trace_id in outcomes]
        return [
            SimilarTicket(ticket_id=ticket or trace_id, score=score, outcome=verdict or "undecided")
            for trace_id, score, ticket, verdict in told
        ]

    def decide(self, body: FeedbackBody, correct_sources: Sequence[str], who: str | None) -> None:
        """Keep what a person, known by name or not, says of an answer. Raises UnknownTrace or StoreUnavailable."""
        exchange = self._find(body.trace_id)
        name, text = who or UNNAMED[exchange.kind], mask(body.text or "")
        said = Decision(body.trace_id, datetime.now(UTC), name, body.verdict, tuple(correct_sources), text)
        self.store.review.decide(said, proposals(exchange, said))

    def _find(self, trace_id: str) -> Exchange:
        """The exchange; waited for a moment, since it is kept behind its response, and maybe by another process."""
        deadline = time.monotonic() + KEPT_WITHIN_S
        while True:
            try:
                return self.store.exchanges.find(trace_id)
            except UnknownTrace:
                if time.monotonic() > deadline:
                    raise
                time.sleep(KEPT_WITHIN_S / 10)

    def _keep(self, exchanges: Sequence[Exchange]) -> None:
        try:
            self._open().exchanges.record(*exchanges)
        except StoreUnavailable as error:
            self.lost.inc(len(exchanges))
            for exchange in exchanges:
                logger.warning("%s %s not kept: %s", exchange.kind, exchange.trace_id, error)

    def close(self) -> None:
        """Keep what is waiting, and close the store if it was opened."""
        self._recorder.close()
        if "_opened" in self.__dict__:
            self._opened.close()


def _asked(response: AskResponse) -> Exchange:
    cited = [source for source in response.citations if response.status in ("answered", "partial")]
    kept = response.model_copy(update={"resolved_question": _masked(response.resolved_question)})
    return Exchange(
        trace_id=response.trace_id,
        kind="ask",
        at=datetime.now(UTC),
        text=kept.resolved_question,
        status=response.status,
        sources=tuple(source.id for source in cited[:1]),
        leads=tuple(cited[0].lead or cited[0].responsible) if cited else (),
        response=kept.model_dump(mode="json"),
        seconds=response.timings_ms["total"] / 1000,
    )


async def _get_journal(request: Request) -> Journal:
    journal: Journal = request.app.state.journal
    return journal


JournalDep = Annotated[Journal, Depends(_get_journal)]
"""The journal, as a FastAPI dependency."""
