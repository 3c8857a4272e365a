"""Answering one question: composed at once, or worded by a language model piece by piece."""

import re
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Request

from api.contract import AskBody, AskResponse
from api.journal import JournalDep
from api.metrics import MetricsDep
from api.presenter import ask_response
from api.serving import ServedDep
from ingest.settings import Settings
from rag.chain import AnswerChain
from rag.dialogue import Message
from rag.generation.writing import Writing, can_be_worded
from rag.model import ModelServers
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


def _find(body: AskBody, served: ServedDep) -> Turn:
    history = tuple(Message(message.role, message.content) for message in body.history)
    return served.chain.find(AskRequest(body.question, body.language, body.notice, history))


FoundDep = Annotated[Turn, Depends(_find)]
"""What was found for the question of a request; what fails here is an ordinary error response."""


def _answering(
    found: FoundDep, served: ServedDep, request: Request, journal: JournalDep, metrics: MetricsDep
) -> Iterator[Answering]:
    models: ModelServers | None = request.app.state.models
    settings: Settings = request.app.state.settings
    is_wanted = models and "wording" in settings.llm_uses and can_be_worded(found)
    writing = Writing(models, served.verifier, settings.llm_deadline_s, found) if models and is_wanted else None
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
