"""Which pages of other origins may call the API: none, but those that the operator names, and those only /v1."""

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OPENED = "/v1/"
_METHODS = ("GET", "POST", "DELETE")
_ALLOWED_HEADERS = ("Authorization", "Content-Type", "X-Request-ID")
_EXPOSED_HEADERS = ("X-Request-ID", "Retry-After")
_PREFIX = "access-control-"


class CrossOriginMiddleware:
    """Takes away what a mounted application allows by itself: Gradio lets every origin read its routes."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self._app = app
        self._origins = origins
        # Cookies stay at home: pages of other origins send a key, or none.
        self._opened = CORSMiddleware(
            app,
            allow_origins=tuple(origins),
            allow_methods=_METHODS,
            allow_headers=_ALLOWED_HEADERS,
            expose_headers=_EXPOSED_HEADERS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"].startswith(_OPENED) and Headers(scope=scope).get("origin") in self._origins:
            await self._opened(scope, receive, send)
            return

        async def send_closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name in [name for name in headers if name.startswith(_PREFIX)]:
                    del headers[name]
            await send(message)

        await self._app(scope, receive, send_closed)
