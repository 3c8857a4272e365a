"""Answering one question: composed at once, or worded by a language model piece by piece."""

import re
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from api.contract import AskBody, AskResponse
from api.guards.turnstile import Turnstile, TurnstileDep
from api.keeping.journal import JournalDep
from api.leaving import while_waited_for
from api.model_use import models_for
from api.observing.metrics import MetricsDep
from api.presenter import ask_response
from api.serving import Served, ServedDep
from ingest.settings import Settings
from rag.chain import AnswerChain
from rag.dialogue import Message
from rag.generation.queries import DEADLINE_SHARE, search_queries
from rag.generation.writing import Writing, can_be_worded
from rag.turn import AskRequest, Turn

_PIECE_END = re.compile(r"(?<=\n)(?!\n)|(?<=[。!?])(?![”』」)\n])")
"""Between paragraphs, lines and sentences."""


class Answering:
    """The words for what was found: take the pieces, then ``finish``.

    ``found`` is what they are for; ``response`` the answer as far as it got: who leaves in the middle has been answered
    with that.
    """

    def __init__(self, chain: AnswerChain, found: Turn, writing: Writing | None) -> None:
        self.found = found
        self.response: AskResponse | None = None
        self._chain = chain
        self._turn = chain.word(found)
        self._writing = writing

    async def pieces(self) -> AsyncGenerator[str]:
        """The text of the answer; all pieces joined are the whole."""
        said = ""
        if self._writing:
            opening = replace(self._turn.wording, cards="")
            for piece in _split(opening.text()):
                yield piece
            said = opening.text()
            self.finish()
            async with aclosing(self._writing.sentences()) as sentences:
                async for _ in sentences:
                    so_far = opening.text("".join(self._writing.generation.sentences))
                    self.finish()
                    yield so_far.removeprefix(said)
                    said = so_far
        for piece in _split(self.finish().answer.removeprefix(said)):
            yield piece

    async def whole(self, request: Request) -> AskResponse:
        """The answer, as long as the caller waits for it."""
        if self._writing:
            async with while_waited_for(request), aclosing(self.pieces()) as pieces:
                async for _ in pieces:
                    pass
        return self.finish()

    def finish(self) -> AskResponse:
        """The answer with what a language model has added to it so far."""
        generation = self._writing.generation if self._writing else None
        self.response = ask_response(self._chain.finish(self._turn, generation))
        return self.response


def _split(text: str) -> Iterator[str]:
    return filter(None, _PIECE_END.split(text))


class Inquiry:
    """What answers the one question of a request."""

    def __init__(self, request: Request, served: Served, turnstile: Turnstile) -> None:
        self.answering: Answering | None = None
        self._request = request
        self._served = served
        self._turnstile = turnstile
        self._settings: Settings = request.app.state.settings

    async def answer(self, asked: AskRequest) -> Answering:
        """The words for what is found. Raises UnknownNotice or BadQuestion."""
        found = await self._find(asked)
        models = models_for("wording", self._request) if can_be_worded(found) else None
        deadline = self._settings.llm_deadline_s
        writing = Writing(models, self._served.verifier, deadline, found) if models else None
        self.answering = Answering(self._served.chain, found, writing)
        return self.answering

    async def _find(self, asked: AskRequest) -> Turn:
        """What there is; for a question that is not clear it is searched once more in the words of a model."""
        found = await self._turnstile.run(self._served.chain.find, asked)
        models = models_for("queries", self._request) if found.is_unclear else None
        if models is None:
            return found
        started, queries = time.perf_counter(), tuple[str, ...]()
        async with while_waited_for(self._request):
            within = self._settings.llm_deadline_s * DEADLINE_SHARE
            queries = await search_queries(models, found.question.text, within)
        rewrite = round((time.perf_counter() - started) * 1000, 3)
        if queries:
            again = await self._turnstile.run(self._served.chain.find, replace(asked, queries=queries))
            found = replace(again, started=found.started)
        return replace(found, timings_ms={**found.timings_ms, "rewrite": rewrite})


async def _get_inquiry(
    request: Request, served: ServedDep, turnstile: TurnstileDep, journal: JournalDep, metrics: MetricsDep
) -> AsyncIterator[Inquiry]:
    inquiry = Inquiry(request, served, turnstile)
    yield inquiry
    # Once the response is out, or the caller has left in the middle of it.
    if inquiry.answering and (response := inquiry.answering.response):
        lead = response.citations[0].lead if response.citations else []
        metrics.count_answer("ask", response.status, response.intent, lead, response.timings_ms)
        if response.generation:
            metrics.count_generation(response.generation)
        await run_in_threadpool(journal.keep_question, response)


InquiryDep = Annotated[Inquiry, Depends(_get_inquiry)]
"""The question of a request, as a FastAPI dependency; in the end its answer is counted and kept."""


async def _answer(body: AskBody, inquiry: InquiryDep) -> Answering:
    history = tuple(Message(message.role, message.content) for message in body.history)
    return await inquiry.answer(AskRequest(body.question, body.language, body.notice, history))


AnsweringDep = Annotated[Answering, Depends(_answer)]
"""The answer to the question of a request; what fails before it has words is an ordinary error response."""
