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
from api.journal import JournalDep
from api.leaving import while_waited_for
from api.metrics import MetricsDep
from api.model_use import models_for
from api.presenter import ask_response
from api.serving import ServedDep
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

    ``response`` is the answer as far as it got: who leaves in the middle has been answered with that.
    """

    def __init__(self, chain: AnswerChain, found: Turn, writing: Writing | None) -> None:
        self.response: AskResponse | None = None
        self._chain = chain
        self._turn = chain.word(found)
        self._writing = writing

    @property
    def takes_time(self) -> bool:
        """Whether a language model is asked; else all pieces are there at once."""
        return self._writing is not None

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

    def finish(self) -> AskResponse:
        """The answer with what a language model has added to it so far."""
        generation = self._writing.generation if self._writing else None
        self.response = ask_response(self._chain.finish(self._turn, generation))
        return self.response


def _split(text: str) -> Iterator[str]:
    return filter(None, _PIECE_END.split(text))


async def _find(body: AskBody, served: ServedDep, request: Request) -> Turn:
    history = tuple(Message(message.role, message.content) for message in body.history)
    asked = AskRequest(body.question, body.language, body.notice, history)
    found = await run_in_threadpool(served.chain.find, asked)
    models = models_for("queries", request) if found.is_unclear else None
    if models is None:
        return found
    settings: Settings = request.app.state.settings
    started, queries = time.perf_counter(), tuple[str, ...]()
    async with while_waited_for(request):
        queries = await search_queries(models, found.question.text, settings.llm_deadline_s * DEADLINE_SHARE)
    rewrite = round((time.perf_counter() - started) * 1000, 3)
    if queries:
        again = await run_in_threadpool(served.chain.find, replace(asked, queries=queries))
        found = replace(again, started=found.started)
    return replace(found, timings_ms={**found.timings_ms, "rewrite": rewrite})


FoundDep = Annotated[Turn, Depends(_find)]
"""What was found for the question of a request; what fails here is an ordinary error response."""


async def _answering(
    found: FoundDep, served: ServedDep, request: Request, journal: JournalDep, metrics: MetricsDep
) -> AsyncIterator[Answering]:
    settings: Settings = request.app.state.settings
    models = models_for("wording", request) if can_be_worded(found) else None
    writing = Writing(models, served.verifier, settings.llm_deadline_s, found) if models else None
    answering = Answering(served.chain, found, writing)
    yield answering
    # Once the response is out, or the caller has left in the middle of it.
    if response := answering.response:
        lead = response.citations[0].lead if response.citations else []
        metrics.count_answer("ask", response.status, response.intent, lead, response.timings_ms)
        if response.generation:
            metrics.count_generation(response.generation)
        journal.keep_question(response)


AnsweringDep = Annotated[Answering, Depends(_answering)]
"""The answer to the question of a request; in the end it is counted and kept."""
