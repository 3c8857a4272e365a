"""Every request has an id, from its X-Request-ID header or a new one; it is in the response and in the log."""

import re
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.request_id import HEADER, request_id, working_under

_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{1,64}")


def trace_id() -> str:
    """Id of the request being served; "-" outside of one."""
    return request_id()


class TraceMiddleware:
    """Gives the request its id and sends it back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        # An id that is not plain is replaced: it ends up in a header and in the log.
        identity = given if _ACCEPTED.fullmatch(given) else uuid4().hex

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = identity
            await send(message)

        with working_under(identity):
            await self._app(scope, receive, send_with_id)
