"""A request body over the limit is refused before it is read into memory, and one that does not come is given up.

FastAPI has a limit of its own, but refuses a declared length in plain text instead of the contract's shape.
"""

import asyncio

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import http_error_response
from api.sheet import MAX_BYTES
from ingest.document.limits import MAX_BYTES as NOTICE_BYTES

MAX_BODY_BYTES = 1024 * 1024
MAX_UPLOAD_BYTES = MAX_BYTES + 64 * 1024
"""A table of tickets with what a form puts around it."""

MAX_NOTICE_BYTES = NOTICE_BYTES + 1024 * 1024
"""A notice with its corrections and what a form puts around it."""

MAX_BODY_S = 30.0
"""A megabyte at 300 kbit/s. Who sends more slowly holds a connection and memory that others need."""

SLOWEST_UPLOAD = 256 * 1024
"""Bytes a second that a larger upload may take beyond that."""

_CLOSE = {"Connection": "close"}
"""What is left of such a body is not waited for."""

_UPLOADS = {
    "/v1/batches": MAX_UPLOAD_BYTES,
    "/v1/notices": MAX_NOTICE_BYTES,
    "/v1/notices/preview": MAX_NOTICE_BYTES,
}


class BodyLimitMiddleware:
    """Counts what is received and stops at the limit, whatever Content-Length says; stops waiting at a deadline."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; a body over the limit gets a 413, one that is not there in time body_too_slow."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = _UPLOADS.get(scope["path"], MAX_BODY_BYTES)
        received, is_whole = 0, False
        deadline = asyncio.get_running_loop().time() + MAX_BODY_S + (limit - MAX_BODY_BYTES) / SLOWEST_UPLOAD

        async def limited() -> Message:
            nonlocal received, is_whole
            try:
                # After the body it is waited for the client to leave, as long as the answer takes.
                async with asyncio.timeout_at(None if is_whole else deadline):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408, headers=_CLOSE) from None
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413, headers=_CLOSE)
            is_whole = not message.get("more_body", False)
            return message

        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdigit() and int(declared) > limit:
            await http_error_response(413)(scope, receive, send)
            return
        await self._app(scope, limited, send)
