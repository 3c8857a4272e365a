"""Between OpenAI's chat completions and the question with its answer."""

import time
from collections.abc import Sequence
from urllib.parse import quote

from starlette.datastructures import URL

from api.contract import (
    AskResponse,
    ChatBody,
    ChatCompletion,
    ChatCompletionChunk,
    ChunkChoice,
    CompletionChoice,
    CompletionMessage,
    Delta,
    SourceModel,
    UrlAnnotation,
    UrlCitation,
    Usage,
)
from api.contract.asking import MAX_HISTORY, MAX_HISTORY_CONTENT
from ingest.errors import UnknownModel
from rag.dialogue import Message
from rag.phrases import phrases_for
from rag.question import BadQuestion, Language
from rag.turn import AskRequest

MODEL = "policyqa"
"""The one name under which the service answers OpenAI's clients."""


def asked_by(body: ChatBody) -> AskRequest:
    """The question with what was said before. Raises UnknownModel, or BadQuestion if nobody asks anything."""
    if body.model != MODEL:
        raise UnknownModel("没有这个名称的模型。", f"请把 model 写成 {MODEL}。")
    last = max((at for at, message in enumerate(body.messages) if message.role == "user"), default=None)
    if last is None:
        raise BadQuestion("messages 里没有 user 的消息。", "请把问题写成最后一条 user 消息。")
    history = tuple(
        Message(message.role, message.text[:MAX_HISTORY_CONTENT])
        for message in body.messages[:last]
        if message.role == "user" or message.role == "assistant"
    )
    return AskRequest(body.messages[last].text, history=history[-MAX_HISTORY:])


class Completion:
    """The answer of one request in OpenAI's shapes, whole or in chunks. ``site`` is where the sources' pages are."""

    def __init__(self, trace_id: str, site: URL) -> None:
        self._id = f"chatcmpl-{trace_id}"
        self._created = int(time.time())
        self._site = str(site)

    def whole(self, response: AskResponse) -> ChatCompletion:
        """The answer at once."""
        message = CompletionMessage(content=response.answer, annotations=self._annotations(response))
        return ChatCompletion(
            id=self._id,
            created=self._created,
            model=MODEL,
            choices=[CompletionChoice(message=message)],
            citations=response.citations,
            status=response.status,
            missing=response.missing,
        )

    def first(self) -> ChatCompletionChunk:
        """The chunk that says who speaks."""
        return self._chunk([ChunkChoice(delta=Delta(role="assistant", content=""))])

    def piece(self, text: str) -> ChatCompletionChunk:
        """A piece of the answer."""
        return self._chunk([ChunkChoice(delta=Delta(content=text))])

    def last(self, response: AskResponse) -> ChatCompletionChunk:
        """The chunk with what the answer rests on."""
        delta = Delta(annotations=self._annotations(response))
        return self._closing(self._chunk([ChunkChoice(delta=delta, finish_reason="stop")]), response)

    def usage(self, response: AskResponse) -> ChatCompletionChunk:
        """The chunk after the last one for who asks for the usage; whoever looks only at it finds the citations too."""
        return self._closing(self._chunk([]), response).model_copy(update={"usage": Usage()})

    def _chunk(self, choices: list[ChunkChoice]) -> ChatCompletionChunk:
        return ChatCompletionChunk(id=self._id, created=self._created, model=MODEL, choices=choices)

    @staticmethod
    def _closing(chunk: ChatCompletionChunk, response: AskResponse) -> ChatCompletionChunk:
        known = {"citations": response.citations, "status": response.status, "missing": response.missing}
        return chunk.model_copy(update=known)

    def _annotations(self, response: AskResponse) -> list[UrlAnnotation]:
        return [self._annotation(source, response.answer, response.language) for source in response.citations]

    def _annotation(self, source: SourceModel, answer: str, language: Language) -> UrlAnnotation:
        start, end = _place((source.quote, source.title), answer)
        title = source.title
        if source.number is not None:
            title = f"{phrases_for(language).say(f'{source.kind}_label', number=source.number)} {title}"
        url = f"{self._site}notices/{quote(source.id)}"
        return UrlAnnotation(url_citation=UrlCitation(url=url, title=title, start_index=start, end_index=end))


def _place(texts: Sequence[str], answer: str) -> tuple[int, int]:
    """Where the first of the texts that is there stands in the answer; all of it if none is."""
    for text in filter(None, texts):
        if (start := answer.find(text)) >= 0:
            return start, start + len(text)
    return 0, len(answer)
