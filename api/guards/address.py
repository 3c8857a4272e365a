"""Addresses that can be none are refused before anything takes them apart; claims of another are not believed."""

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import http_error_response

_HOST = re.compile(r"[A-Za-z0-9._-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
_LONGEST_NAME = 255
"""Bytes between two slashes: no file system has longer names, and none of our ids is near it."""

_CLAIMS = (b"x-forwarded-host", b"x-gradio-server")
"""Gradio would have a page load everything from there, whoever says so. A proxy in front passes Host on."""


class AddressMiddleware:
    """Looks at Host and path."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request: 400 for a Host that is none, 404 for a path that leads up or is no text."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        if not _HOST.fullmatch(Headers(scope=scope).get("host", "localhost")):
            await http_error_response(400)(scope, receive, send)
        elif not path.isprintable() or any(map(_is_no_name, path.split("/"))):
            await http_error_response(404)(scope, receive, send)
        else:
            headers = [(name, value) for name, value in scope["headers"] if name not in _CLAIMS]
            await self._app({**scope, "headers": headers}, receive, send)


def _is_no_name(name: str) -> bool:
    return name in (".", "..") or len(name.encode()) > _LONGEST_NAME
