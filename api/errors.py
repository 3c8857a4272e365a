"""Every error leaves in one shape: {"error": {"code", "message", "detail", "trace_id"}}. No trace, no path."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.contract import ErrorBody, ErrorInfo
from api.tracing import trace_id
from ingest.errors import (
    BadApproval,
    CandidateClosed,
    EvaluationUnreadable,
    Forbidden,
    IndexUnavailable,
    NoEvaluation,
    NotFound,
    PolicyQAError,
    SheetError,
    StoreUnavailable,
    Unauthorized,
    UnknownBatch,
    UnknownCandidate,
    UnknownDepartment,
    UnknownNotice,
    UnknownSource,
    UnknownTrace,
)
from rag.question import BadQuestion

logger = logging.getLogger(__name__)

_KINDS: tuple[tuple[type[PolicyQAError], HTTPStatus, str], ...] = (
    (BadQuestion, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_question"),
    (BadApproval, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_approval"),
    (SheetError, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_sheet"),
    (Unauthorized, HTTPStatus.UNAUTHORIZED, "unauthorized"),
    (Forbidden, HTTPStatus.FORBIDDEN, "forbidden"),
    (NoEvaluation, HTTPStatus.NOT_FOUND, "no_evaluation"),
    (UnknownNotice, HTTPStatus.NOT_FOUND, "unknown_notice"),
    (UnknownSource, HTTPStatus.NOT_FOUND, "unknown_source"),
    (UnknownDepartment, HTTPStatus.NOT_FOUND, "unknown_department"),
    (UnknownTrace, HTTPStatus.NOT_FOUND, "unknown_trace"),
    (UnknownCandidate, HTTPStatus.NOT_FOUND, "unknown_candidate"),
    (UnknownBatch, HTTPStatus.NOT_FOUND, "unknown_batch"),
    (NotFound, HTTPStatus.NOT_FOUND, "not_found"),
    (CandidateClosed, HTTPStatus.CONFLICT, "candidate_closed"),
    (IndexUnavailable, HTTPStatus.SERVICE_UNAVAILABLE, "index_unavailable"),
    (EvaluationUnreadable, HTTPStatus.SERVICE_UNAVAILABLE, "evaluation_unreadable"),
    (StoreUnavailable, HTTPStatus.SERVICE_UNAVAILABLE, "store_unavailable"),
)
_HTTP_MESSAGES = {
    400: ("bad_request", "请求无法读取,请检查 JSON 格式和编码。"),
    404: ("not_found", "没有这个地址。"),
    405: ("method_not_allowed", "这个地址不支持这种请求方法。"),
    413: ("body_too_large", "请求内容太大。"),
}
_FIELD_MESSAGES = {
    "missing": "缺少此项",
    "extra_forbidden": "不认识的字段",
    "string_too_short": "不能为空",
    "string_too_long": "太长",
    "too_long": "太多",
    "string_type": "应为文字",
    "string_unicode": "不是有效的文字",
    "literal_error": "取值不在允许范围内",
    "enum": "取值不在允许范围内",
    "bool_parsing": "应为 true 或 false",
    "list_type": "应为列表",
}

ERROR_RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody} for status in (400, 401, 403, 404, 413, 422, 500, 503)
}
"""For the OpenAPI document."""


def error_response(status: int, code: str, message: str, detail: Any = None) -> JSONResponse:  # noqa: ANN401 - contract
    """An error in the contract's shape."""
    return JSONResponse(_body(code, message, detail).model_dump(), status)


def described(error: Exception) -> tuple[HTTPStatus, ErrorBody]:
    """Status and body for an error. One that nobody expected goes to the log, with its trace, under the trace id."""
    for kind, status, code in _KINDS:
        if isinstance(error, kind):
            return status, _body(code, str(error))
    logger.error("unexpected error, trace_id=%s", trace_id(), exc_info=error)
    message = "服务内部出错,请稍后再试;若一再出现,请把 trace_id 告诉管理员。"
    return HTTPStatus.INTERNAL_SERVER_ERROR, _body("internal_error", message)


def _body(code: str, message: str, detail: Any = None) -> ErrorBody:  # noqa: ANN401 - contract
    return ErrorBody(error=ErrorInfo(code=code, message=message, detail=detail, trace_id=trace_id()))


def http_error_response(status: int) -> JSONResponse:
    """The error that a bare HTTP status stands for."""
    code, message = _HTTP_MESSAGES.get(status, ("http_error", HTTPStatus(status).phrase))
    return error_response(status, code, message)


def install(app: FastAPI) -> None:
    """Register the handlers."""
    app.add_exception_handler(PolicyQAError, _on_known_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_exception)


async def _on_known_error(_: Request, error: Exception) -> JSONResponse:
    status, body = described(error)
    response = JSONResponse(body.model_dump(), status)
    if status is HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


async def _on_invalid_request(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    problems: Sequence[Any] = error.errors()
    if any(problem["type"] == "json_invalid" for problem in problems):
        return http_error_response(400)
    # The offending input is not echoed: it may be huge, private, or not even encodable.
    detail = [
        {"loc": list(problem["loc"]), "type": problem["type"], "message": _in_chinese(problem)} for problem in problems
    ]
    message = ";".join(f"{'.'.join(map(str, item['loc'][1:])) or '请求体'}:{item['message']}" for item in detail)
    return error_response(422, "invalid_request", f"请求有误:{message}。", detail)


def _in_chinese(problem: dict[str, Any]) -> str:
    return _FIELD_MESSAGES.get(problem["type"], str(problem["msg"]))


async def _on_http_exception(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    response = http_error_response(error.status_code)
    response.headers.update(error.headers or {})
    return response


class LastResortMiddleware:
    """Turns what nobody expected into a 500 in the contract's shape; the trace goes to the log, under the trace id."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request. An error after the response has started can only end the connection."""
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            status, body = described(error)
            await JSONResponse(body.model_dump(), status)(scope, receive, send)
