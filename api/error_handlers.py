"""Where errors are caught: known ones, invalid requests, bare HTTP statuses, and what nobody expected."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import described, error_response, http_error_response
from ingest.errors import PolicyQAError, TooManyRequests

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
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(error.retry_after_s)
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
