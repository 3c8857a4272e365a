"""More requests at once than can be served in time are refused at once, so that those accepted are served."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import http_error_response

MAX_AT_ONCE = 256
"""On two cores about three seconds of work; who waits longer has given up. Pages that are only open do not count."""

_RETRY_AFTER = {"Retry-After": "1"}
_SERVED = "/v1/"


class OverloadMiddleware:
    """Counts the requests of the API that are being served. One whose body is on its way does not hold a place yet."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._serving = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or answer it with busy."""
        if scope["type"] != "http" or not scope["path"].startswith(_SERVED):
            await self._app(scope, receive, send)
            return
        is_counted = False

        def count() -> bool:
            nonlocal is_counted
            if not is_counted and self._serving < MAX_AT_ONCE:
                self._serving, is_counted = self._serving + 1, True
            return is_counted

        async def counting() -> Message:
            message = await receive()
            if not message.get("more_body", False) and message["type"] == "http.request" and not count():
                raise HTTPException(503, headers=_RETRY_AFTER)
            return message

        if not _has_body(scope) and not count():
            response = http_error_response(503)
            response.headers.update(_RETRY_AFTER)
            await response(scope, receive, send)
            return
        try:
            await self._app(scope, counting, send)
        finally:
            self._serving -= is_counted


def _has_body(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
