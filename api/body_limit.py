"""A request body over the limit is refused before it is read into memory.

FastAPI has a limit of its own, but refuses a declared length in plain text instead of the contract's shape.
"""

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

_UPLOADS = {
    "/v1/batches": MAX_UPLOAD_BYTES,
    "/v1/notices": MAX_NOTICE_BYTES,
    "/v1/notices/preview": MAX_NOTICE_BYTES,
}


class BodyLimitMiddleware:
    """Counts what is received and stops at the limit, whatever Content-Length says."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; a body over the limit gets a 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = _UPLOADS.get(scope["path"], MAX_BODY_BYTES)
        received = 0

        async def limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413)
            return message

        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdigit() and int(declared) > limit:
            await http_error_response(413)(scope, receive, send)
            return
        await self._app(scope, limited, send)
