"""POST /v1/ask, and POST /v1/ask/stream: the same answer piece by piece."""

import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel

from api.contract import AskBody, AskResponse, CitationsEvent, DeltaEvent, ErrorBody, StatusEvent
from api.errors import ERROR_RESPONSES, described
from api.journal import JournalDep
from api.metrics import MetricsDep
from api.presenter import ask_response, citation_models
from api.serving import ServedDep
from rag.dialogue import Message
from rag.turn import AskRequest, Turn

router = APIRouter(prefix="/v1", tags=["问答"])

_PIECE_END = re.compile(r"(?<=\n)(?!\n)|(?<=[。!?])(?![”』」)\n])")
"""Between paragraphs, lines and sentences."""

_COMPONENT = "#/components/schemas/{model}"
_EVENTS: dict[str, type[BaseModel]] = {
    "status": StatusEvent,
    "citations": CitationsEvent,
    "delta": DeltaEvent,
    "done": AskResponse,
    "error": ErrorBody,
}


def _find(body: AskBody, served: ServedDep) -> Turn:
    history = tuple(Message(message.role, message.content) for message in body.history)
    return served.chain.find(AskRequest(body.question, body.language, body.notice, history))


FoundDep = Annotated[Turn, Depends(_find)]
"""What was found for the question of a request; what fails here is an ordinary error response."""


def _compose(
    found: FoundDep, served: ServedDep, journal: JournalDep, metrics: MetricsDep
) -> Iterator[Callable[[], AskResponse]]:
    composed: list[AskResponse] = []

    def compose() -> AskResponse:
        response = ask_response(served.chain.compose(found))
        lead = response.citations[0].lead if response.citations else []
        metrics.count_answer("ask", response.status, response.intent, lead, response.timings_ms)
        composed.append(response)
        return response

    yield compose
    # Once the response is out, or the caller has left in the middle of it.
    for response in composed:
        journal.keep_question(response)


ComposeDep = Annotated[Callable[[], AskResponse], Depends(_compose)]
"""Words what was found and counts it; in the end it is kept."""


@router.post("/ask", summary="提问")
def ask(compose: ComposeDep) -> AskResponse:
    """Answer a question with the measure, the lead department and the sentence that proves it."""
    return compose()


def _documented() -> dict[int | str, dict[str, Any]]:
    """The responses of the stream for the OpenAPI document: FastAPI takes errors for events, and events for text."""
    error = {"schema": {"$ref": _COMPONENT.format(model=ErrorBody.__name__)}}
    responses: dict[int | str, dict[str, Any]] = {
        status: {"content": {"application/json": error}} for status in ERROR_RESPONSES
    }
    events = []
    for name, model in _EVENTS.items():
        schema = model.model_json_schema(ref_template=_COMPONENT, mode="serialization")
        schema.pop("$defs", None)
        data = {"type": "string", "contentMediaType": "application/json", "contentSchema": schema}
        events.append({"properties": {"event": {"const": name}, "data": data}, "required": ["event", "data"]})
    responses[HTTPStatus.OK] = {"content": {EventSourceResponse.media_type: {"itemSchema": {"oneOf": events}}}}
    return responses


@router.post("/ask/stream", summary="提问,逐段答复", response_class=EventSourceResponse, responses=_documented())
def ask_stream(found: FoundDep, compose: ComposeDep) -> Iterator[ServerSentEvent]:
    """The answer of /v1/ask as events: status, citations, delta (joined they are the answer), done (all of it).

    What fails after the first event is an event, error, and the last one.
    """
    try:
        yield _event(StatusEvent(status=found.status))
        yield _event(CitationsEvent(citations=citation_models(found.citations)))
        response = compose()
        for piece in _PIECE_END.split(response.answer):
            if piece:
                yield _event(DeltaEvent(text=piece))
        yield _event(response)
    except Exception as error:
        _, body = described(error)
        yield _event(body)


def _event(data: BaseModel) -> ServerSentEvent:
    name = next(name for name, model in _EVENTS.items() if isinstance(data, model))
    return ServerSentEvent(event=name, data=data)
