"""POST /v1/ask, and POST /v1/ask/stream: the same answer piece by piece."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel

from api.answering import AnsweringDep
from api.contract import AskResponse, CitationsEvent, DeltaEvent, ErrorBody, StatusEvent
from api.errors import ERROR_RESPONSES, described
from api.openapi import ANSWER
from api.presenter import citation_models

router = APIRouter(prefix="/v1", tags=["问答"])

_COMPONENT = "#/components/schemas/{model}"
_EVENTS: dict[str, type[BaseModel]] = {
    "status": StatusEvent,
    "citations": CitationsEvent,
    "delta": DeltaEvent,
    "done": AskResponse,
    "error": ErrorBody,
}


@router.post("/ask", summary="提问", responses=ANSWER)
async def ask(answering: AnsweringDep, request: Request) -> AskResponse:
    """Answer a question with the measure, the lead department and the sentence that proves it."""
    return await answering.whole(request)


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
async def ask_stream(answering: AnsweringDep) -> AsyncIterator[ServerSentEvent]:
    """The answer of /v1/ask as events: status, citations, delta (joined they are the answer), done (all of it).

    What fails after the first event is an event, error, and the last one.
    """
    found = answering.found
    try:
        yield _event(StatusEvent(status=found.status))
        yield _event(CitationsEvent(citations=citation_models(found.citations, found.question.language)))
        async with aclosing(answering.pieces()) as pieces:
            async for piece in pieces:
                yield _event(DeltaEvent(text=piece))
        yield _event(answering.finish())
    except Exception as error:
        _, body = described(error)
        yield _event(body)


def _event(data: BaseModel) -> ServerSentEvent:
    name = next(name for name, model in _EVENTS.items() if isinstance(data, model))
    return ServerSentEvent(event=name, data=data)
