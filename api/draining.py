"""The end of the service: it says that it is not ready any more, and waits for the answers that are being given."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

API = "/v1/"


class Draining:
    """Whether the service is ending, and how many requests of the API are being served."""

    def __init__(self) -> None:
        self.is_begun = False
        self.running = 0


class DrainMiddleware:
    """Counts the requests of the API. Once the end has begun, every response asks to close the connection after it."""

    def __init__(self, app: ASGIApp, draining: Draining) -> None:
        self._app = app
        self._draining = draining

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def closing(message: Message) -> None:
            # A proxy must not send a request into a connection that is about to go.
            if message["type"] == "http.response.start" and self._draining.is_begun:
                MutableHeaders(scope=message)["Connection"] = "close"
            await send(message)

        is_counted = scope["path"].startswith(API)
        self._draining.running += is_counted
        try:
            await self._app(scope, receive, closing)
        finally:
            self._draining.running -= is_counted
