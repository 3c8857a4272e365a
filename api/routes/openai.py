"""POST /v1/chat/completions and GET /v1/models: the answers of /v1/ask for OpenAI's clients."""

import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse, format_sse_event
from pydantic import BaseModel

from api.answering import Answering, InquiryDep
from api.chat import MODEL, Completion, asked_by
from api.contract import ChatBody, ChatCompletion, ChatModel, ChatModelList
from api.errors import described
from api.observing.tracing import trace_id

router = APIRouter(prefix="/v1", tags=["OpenAI 兼容"])

_SINCE = int(time.time())
_UNBUFFERED = {"X-Accel-Buffering": "no"}
"""As of FastAPI's own streams: no proxy on the way holds the chunks back."""
_DONE = format_sse_event(data_str="[DONE]")
_CHUNK = {"type": "string", "description": "chat.completion.chunk;最后一段带 citations,之后是 [DONE]"}
_STREAM = {"itemSchema": {"properties": {"data": _CHUNK}, "required": ["data"]}}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    HTTPStatus.OK: {"content": {EventSourceResponse.media_type: _STREAM}, "description": "答复"}
}


@router.get("/models", summary="模型列表")
async def list_models() -> ChatModelList:
    """The one model: the assistant itself."""
    return ChatModelList(data=[ChatModel(id=MODEL, created=_SINCE, owned_by=MODEL)])


@router.post("/chat/completions", summary="对话补全", response_model=ChatCompletion, responses=_RESPONSES)
async def complete_chat(body: ChatBody, inquiry: InquiryDep, request: Request) -> ChatCompletion | Response:
    """Answer the last user message as /v1/ask does; its citations are annotations of the message, and ``citations``."""
    answering = await inquiry.answer(asked_by(body))
    completion = Completion(trace_id(), request.base_url)
    if not body.stream:
        return completion.whole(await answering.whole(request))
    with_usage = bool(body.stream_options and body.stream_options.include_usage)
    return EventSourceResponse(_chunks(completion, answering, with_usage=with_usage), headers=_UNBUFFERED)


async def _chunks(completion: Completion, answering: Answering, *, with_usage: bool) -> AsyncIterator[bytes]:
    """The chunks on the wire. What fails after the first is an event in the contract's shape, and the last one."""
    try:
        yield _event(completion.first())
        async with aclosing(answering.pieces()) as pieces:
            async for piece in pieces:
                yield _event(completion.piece(piece))
        response = answering.finish()
        yield _event(completion.last(response))
        if with_usage:
            yield _event(completion.usage(response))
        yield _DONE
    except Exception as error:
        _, body = described(error)
        yield _event(body)


def _event(data: BaseModel) -> bytes:
    return format_sse_event(data_str=data.model_dump_json())
