"""The product in this process: the chain that the API serves, over the index in use."""

import time
from collections.abc import Sequence

from eval.dataset import Item
from eval.targets.reply import AnsweredDemand, Cited, Reply, TicketReply
from eval.tickets.ticket import Ticket
from ingest.index import Index
from rag.answer import Answer
from rag.assist import AssistChain
from rag.candidate import Candidate
from rag.chain import AnswerChain
from rag.retriever import HybridRetriever
from rag.turn import AskRequest

DEPTH = 10


class Product:
    """Replies as the API would without a language model; ranks what it does not cite, too."""

    name = "product"

    def __init__(self, index: Index) -> None:
        self._chain = AnswerChain(index)
        self._assist = AssistChain(self._chain, index.corpus)
        self._retriever = HybridRetriever(index=index, k=DEPTH)

    def ask(self, item: Item) -> Reply:
        """The answer, its time, and the ranking behind it."""
        started = time.perf_counter()
        answer = self._chain.answer(AskRequest(item.question, notice_id=item.notice, history=item.history))
        seconds = time.perf_counter() - started
        scope = (item.notice,) if item.notice else None
        found = self._retriever.candidates(answer.resolved_question, scope)
        ids = (*(each.id for each in answer.citations), *(each.source_id for each in found))
        return Reply(
            id=item.id,
            seconds=seconds,
            status=answer.status,
            text=answer.text,
            citations=tuple(Cited(item.key_of(each.id), each.source.lead, each.quote) for each in answer.citations),
            ranking=tuple(dict.fromkeys(map(item.key_of, ids))),
            confidence=answer.confidence,
            trace=_trace(answer, found),
        )

    def assist(self, ticket: Ticket) -> TicketReply:
        """The ticket worked through."""
        return ticket_reply(self._assist, ticket)

    def close(self) -> None:
        """Nothing: the index belongs to the caller."""


def ticket_reply(chain: AssistChain, ticket: Ticket, excerpts: Sequence[str] = ()) -> TicketReply:
    """What the chain makes of a ticket, with what a language model has pointed out in it."""
    started = time.perf_counter()
    made = chain.assist(ticket.text, excerpts=excerpts)
    return TicketReply(
        id=ticket.id,
        seconds=time.perf_counter() - started,
        demands=tuple(
            AnsweredDemand(
                demand.text, demand.answer.status, tuple(each.source.key for each in demand.answer.citations)
            )
            for demand in made.demands
        ),
        needs_human=made.dispatch.needs_human,
        texts=(
            made.masked_text,
            made.draft_reply,
            made.dispatch.reason,
            *(text for demand in made.demands for text in (demand.text, demand.answer.resolved_question)),
        ),
    )


def _trace(answer: Answer, found: list[Candidate]) -> dict[str, str]:
    return {
        "intent": answer.intent,
        "resolved_question": answer.resolved_question,
        "candidates": " ".join(f"{each.source.key}:{each.fused:.3f}" for each in found),
        "missing": "、".join(answer.missing),
    }
