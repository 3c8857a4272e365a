"""HTTP/1.1 by hand over one kept connection: cheap beside the server it measures, and able to send what no client may.

Requests are bytes, whole, so that a benchmark prepares them once and an attacker can send anything.
"""

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

TIMEOUT_S = 60.0
_END = b"\r\n\r\n"
_BODILESS = (204, 304)


@dataclass(frozen=True, slots=True)
class Response:
    """What came back; header names in lower case, the last of the same name."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()


def request(method: str, target: str, body: object = None) -> bytes:
    """A well-formed request; ``body`` is sent as JSON."""
    if body is None:
        return f"{method} {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    content = json.dumps(body, ensure_ascii=False).encode()
    head = f"{method} {target} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content


class Connection:
    """A connection to the server at ``url``, opened when it is needed and again after it was closed."""

    def __init__(self, url: str) -> None:
        where = urlsplit(url)
        self._host, self._port = where.hostname or "127.0.0.1", where.port or 80
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def exchange(self, sent: bytes, *, timeout_s: float = TIMEOUT_S) -> Response:
        """Send a request and read its response. Raises OSError or EOFError (no response), or TimeoutError."""
        async with asyncio.timeout(timeout_s):
            if self._writer is None:
                self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
            try:
                # A server may answer and hang up before everything was sent; its answer is what counts.
                with suppress(ConnectionError):
                    self._writer.write(sent)
                    await self._writer.drain()
                assert self._reader is not None
                response, is_over = await _read(self._reader, is_head=sent.startswith(b"HEAD "))
            except BaseException:
                self.close()
                raise
        if is_over:
            self.close()
        return response

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


async def _read(reader: asyncio.StreamReader, *, is_head: bool) -> tuple[Response, bool]:
    """A response, and whether it is the last one of its connection."""
    lines = (await reader.readuntil(_END)).decode("latin-1").split("\r\n")
    status = int(lines[0].split(" ", 2)[1])
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:-2])}
    is_over = headers.get("connection", "").lower() == "close"
    if is_head or status in _BODILESS:
        body = b""
    elif headers.get("transfer-encoding", "").lower() == "chunked":
        body = await _read_chunks(reader)
    elif "content-length" in headers:
        body = await reader.readexactly(int(headers["content-length"]))
    else:
        body, is_over = await reader.read(), True
    return Response(status, headers, body), is_over


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    chunks = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        chunks.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readuntil(b"\r\n")
    return b"".join(chunks)
