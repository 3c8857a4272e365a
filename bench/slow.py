"""Connections that send slowly or not at all, held open while the server has other work."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from urllib.parse import urlsplit

SLOW = 40.0
"""Seconds; longer than a body may take (api.guards.body_limit)."""

_TIMES = 6
_HEAD = b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
_LENGTH = b"Content-Length: 500\r\n\r\n"


async def hold_open(url: str, seconds: float) -> Sequence[str]:
    """What became of each connection after so long: a status, hung up, or still open."""
    ways = (_half_head, _no_body, _half_body, _drops)
    return await asyncio.gather(*(_held(url, way, seconds) for way in ways for _ in range(_TIMES)))


async def _held(url: str, way: Callable[[], AsyncIterator[bytes]], seconds: float) -> str:
    where = urlsplit(url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)

    async def send() -> None:
        async for piece in way():
            writer.write(piece)
            await writer.drain()

    sending = asyncio.create_task(send())
    try:
        async with asyncio.timeout(seconds):
            line = await reader.readline()
        return line.split(b" ")[1].decode() if line else "hung up"
    except TimeoutError:
        return "still open"
    except OSError:
        return "hung up"
    finally:
        sending.cancel()
        writer.close()


async def _half_head() -> AsyncIterator[bytes]:
    yield _HEAD[:40]


async def _no_body() -> AsyncIterator[bytes]:
    yield _HEAD + _LENGTH


async def _half_body() -> AsyncIterator[bytes]:
    yield _HEAD + _LENGTH + b'{"question":"' + b"a" * 200


async def _drops() -> AsyncIterator[bytes]:
    yield _HEAD + _LENGTH
    while True:
        await asyncio.sleep(1)
        yield b"a"
