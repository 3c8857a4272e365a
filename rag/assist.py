"""The hotline's chain, readable from top to bottom: ticket → masked → demands → answers → dispatch → draft reply."""

import time
from collections.abc import Sequence
from dataclasses import replace

from ingest.corpus import Corpus
from rag.answer import Answer
from rag.assistance import AnsweredDemand, Assistance
from rag.chain import AnswerChain
from rag.dispatch import dispatch
from rag.matched import marked
from rag.privacy import mask, unmarked
from rag.question import MAX_LENGTH
from rag.reply import draft_reply
from rag.scope import ScopeReader
from rag.ticket import LIKELY, Demand, read_ticket
from rag.turn import AskRequest

CONFIDENT = 0.9
"""What is not likely a demand has to be answered with so much confidence (docs/eval.md)."""


class AssistChain:
    """Works through tickets with the chain that answers questions."""

    def __init__(self, chain: AnswerChain, corpus: Corpus) -> None:
        self._chain = chain
        self._corpus = corpus
        self._scopes = ScopeReader(corpus)

    def assist(self, text: str, notice_id: str | None = None, excerpts: Sequence[str] = ()) -> Assistance:
        """Work through one ticket of 1 to 5000 characters. Raises BadQuestion or UnknownNotice.

        ``excerpts`` are what a language model takes for demands in the masked ticket.
        """
        entry = self._scopes.read("", notice_id).first
        marks = [time.perf_counter()]

        def passed() -> float:
            marks.append(time.perf_counter())
            return round((marks[-1] - marks[-2]) * 1000, 3)

        timings = {}
        masked = mask(text)
        timings["mask"] = passed()
        demands = read_ticket(masked, excerpts)
        timings["split"] = passed()
        answered = _kept([(each, AnsweredDemand(each.text, self._answer(each, masked, notice_id))) for each in demands])
        timings["answer"] = passed()
        dispatched = dispatch(masked, answered, entry, self._corpus)
        reply = draft_reply(answered, dispatched)
        timings["draft"] = passed()
        timings["total"] = round((marks[-1] - marks[0]) * 1000, 3)
        return Assistance(masked, answered, dispatched, reply, timings)

    def _answer(self, demand: Demand, ticket: str, notice_id: str | None) -> Answer:
        # What is hardly a demand has to be clear by itself.
        told = (demand.context, ticket) if demand.likely >= LIKELY else ()
        request = AskRequest(_words(demand.text), language="zh", notice_id=notice_id, told=tuple(map(_words, told)))
        return self._chain.answer(request)


def _words(masked: str) -> str:
    """What is searched for: a word in place of personal data would only be noise, unless there is nothing else."""
    return unmarked(masked).strip()[:MAX_LENGTH] or masked[:MAX_LENGTH]


def _kept(demands: list[tuple[Demand, AnsweredDemand]]) -> tuple[AnsweredDemand, ...]:
    """Those that are needs: likely so by themselves, or surely of a topic; neighbours with one answer put together."""
    likeliest = max(demand.likely for demand, _ in demands)
    kept: list[AnsweredDemand] = []
    for demand, answered in demands:
        if demand.likely < min(LIKELY, likeliest) and (answered.is_outside or answered.answer.confidence < CONFIDENT):
            continue
        if kept and _first(answered) and _first(answered) == _first(kept[-1]):
            kept[-1] = _joined(kept[-1], f"{kept[-1].text};{answered.text}")
        else:
            kept.append(answered)
    return tuple(each for each in kept if each.answer.status != "chitchat") or tuple(kept[:1])


def _joined(demand: AnsweredDemand, text: str) -> AnsweredDemand:
    """A demand told in more words, its answer as it is."""
    citations = marked(demand.answer.citations, _words(text))
    return replace(demand, text=text, answer=replace(demand.answer, citations=citations))


def _first(demand: AnsweredDemand) -> str | None:
    return demand.answer.citations[0].id if demand.answer.citations else None
