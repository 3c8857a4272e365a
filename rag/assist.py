"""The hotline's chain, readable from top to bottom: ticket → masked → demands → answers → dispatch → draft reply."""

import time
from dataclasses import replace

from ingest.corpus import Corpus
from rag.answer import Answer
from rag.assistance import AnsweredDemand, Assistance
from rag.chain import AnswerChain
from rag.dispatch import dispatch
from rag.privacy import mask, unmarked
from rag.question import MAX_LENGTH
from rag.reply import draft_reply
from rag.ticket import Demand, read_ticket
from rag.turn import AskRequest


class AssistChain:
    """Works through tickets with the chain that answers questions."""

    def __init__(self, chain: AnswerChain, corpus: Corpus) -> None:
        self._chain = chain
        self._corpus = corpus

    def assist(self, text: str, notice_id: str | None = None) -> Assistance:
        """Work through one ticket of 1 to 5000 characters. Raises BadQuestion or UnknownNotice."""
        entry = self._corpus.notice(notice_id) if notice_id else self._corpus.notices[0]
        marks = [time.perf_counter()]

        def passed() -> float:
            marks.append(time.perf_counter())
            return round((marks[-1] - marks[-2]) * 1000, 3)

        timings = {}
        masked = mask(text)
        timings["mask"] = passed()
        demands = read_ticket(masked)
        timings["split"] = passed()
        answered = _merged([AnsweredDemand(demand.text, self._answer(demand, notice_id)) for demand in demands])
        timings["answer"] = passed()
        dispatched = dispatch(masked, answered, entry, self._corpus.departments)
        reply = draft_reply(answered, dispatched)
        timings["draft"] = passed()
        timings["total"] = round((marks[-1] - marks[0]) * 1000, 3)
        return Assistance(masked, answered, dispatched, reply, timings)

    def _answer(self, demand: Demand, notice_id: str | None) -> Answer:
        # A word in place of personal data would only be noise to the search.
        text = unmarked(demand.text)[:MAX_LENGTH]
        return self._chain.answer(AskRequest(text, language="zh", notice_id=notice_id))


def _merged(demands: list[AnsweredDemand]) -> tuple[AnsweredDemand, ...]:
    """Small talk left out, and neighbours with the same first source put together."""
    kept = [demand for demand in demands if demand.answer.status != "chitchat"] or demands[:1]
    merged: list[AnsweredDemand] = []
    for demand in kept:
        last = merged[-1] if merged else None
        if (
            last
            and demand.lead
            and last.answer.citations[:1]
            and last.answer.citations[0].id == demand.answer.citations[0].id
        ):
            merged[-1] = replace(last, text=f"{last.text};{demand.text}")
        else:
            merged.append(demand)
    return tuple(merged)
