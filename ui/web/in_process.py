"""Calling an ASGI application in the same process, its response handed on piece by piece.

httpx's own ASGITransport waits for the end of a response: an answer that is being written would come all at once.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
from starlette.types import ASGIApp, Message

from ui.web.client import VISITOR

_HERE = "127.0.0.1"


class InProcess(httpx.AsyncBaseTransport):
    """The transport of an ApiClient that is mounted beside the API."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        # The event loop holds tasks only weakly.
        self._running: set[asyncio.Task[None]] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; returns as soon as the response has begun. Raises httpx.RemoteProtocolError without one."""
        exchange = _Exchange(await request.aread())
        task = asyncio.create_task(exchange.run(self._app, _scope(request)))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            start = await exchange.sent.get()
        except asyncio.CancelledError:
            exchange.is_left.set()
            raise
        if start is None:
            raise httpx.RemoteProtocolError("the application sent no response", request=request)
        return httpx.Response(start["status"], headers=start["headers"], stream=exchange)


class _Exchange(httpx.AsyncByteStream):
    """One request and its response, between the application's task and whoever reads."""

    def __init__(self, body: bytes) -> None:
        self._body: bytes | None = body
        self.sent: asyncio.Queue[Message | None] = asyncio.Queue()
        self.is_left = asyncio.Event()

    async def run(self, app: ASGIApp, scope: dict[str, Any]) -> None:
        try:
            await app(scope, self._receive, self.sent.put)
        finally:
            await self.sent.put(None)

    async def _receive(self) -> Message:
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self.is_left.wait()
        return {"type": "http.disconnect"}

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while message := await self.sent.get():
            yield message.get("body", b"")
            if not message.get("more_body", False):
                return
        raise httpx.RemoteProtocolError("the application ended in the middle of its response")

    async def aclose(self) -> None:
        """Nobody reads on: the application is told, as if a browser had left."""
        self.is_left.set()


def _scope(request: httpx.Request) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "scheme": request.url.scheme,
        "path": request.url.path,
        "raw_path": request.url.raw_path.partition(b"?")[0],
        "query_string": request.url.query,
        "server": (request.url.host, request.url.port),
        "client": (request.headers.get(VISITOR, _HERE), 0),
        "root_path": "",
    }
