"""The transport between the page and the API in one process: piece by piece, and left when nobody reads."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route

from ui.web.in_process import InProcess


class Story:
    """An application that tells three pieces, each only when it is let go on."""

    def __init__(self) -> None:
        self.go_on = asyncio.Semaphore(0)
        self.told = 0
        self.was_left = asyncio.Event()

    def client(self) -> httpx.AsyncClient:
        routes = [
            Route("/story", self._story),
            Route("/echo", self._echo, methods=["POST"]),
            Route("/broken", self._broken),
            Route("/breaks", self._breaks),
        ]
        return httpx.AsyncClient(transport=InProcess(Starlette(routes=routes)), base_url="http://app")

    async def _pieces(self) -> AsyncIterator[str]:
        try:
            for piece in ("一", "二", "三"):
                await self.go_on.acquire()
                self.told += 1
                yield piece
        except asyncio.CancelledError:
            self.was_left.set()
            raise

    async def _story(self, _: Request) -> StreamingResponse:
        return StreamingResponse(self._pieces())

    async def _echo(self, request: Request) -> JSONResponse:
        body = (await request.body()).decode()
        return JSONResponse({"body": body, "q": request.query_params["q"], "key": request.headers["authorization"]})

    async def _broken(self, _: Request) -> PlainTextResponse:
        raise RuntimeError("broken")

    async def _breaks(self, _: Request) -> StreamingResponse:
        async def pieces() -> AsyncIterator[str]:
            yield "一"
            raise RuntimeError("breaks")

        return StreamingResponse(pieces())


@pytest.fixture
def portal() -> Iterator[BlockingPortal]:
    """An event loop in a thread of its own: the browser of the other tests holds this one's."""
    with start_blocking_portal() as portal:
        yield portal


def test_a_piece_is_read_before_the_next_is_told(portal: BlockingPortal) -> None:
    async def tell() -> None:
        story = Story()
        async with story.client() as client, client.stream("GET", "/story") as response:
            pieces = response.aiter_text()
            for number, piece in enumerate(("一", "二", "三"), start=1):
                story.go_on.release()
                assert await anext(pieces) == piece
                assert story.told == number

    portal.call(tell)


def test_the_application_is_told_when_nobody_reads_on(portal: BlockingPortal) -> None:
    async def tell() -> None:
        story = Story()
        async with story.client() as client:
            async with client.stream("GET", "/story") as response:
                story.go_on.release()
                await anext(response.aiter_text())
            await asyncio.wait_for(story.was_left.wait(), timeout=2)
        assert story.told == 1

    portal.call(tell)


def test_query_body_and_headers_arrive(portal: BlockingPortal) -> None:
    async def tell() -> None:
        async with Story().client() as client:
            response = await client.post("/echo?q=问", content="正文".encode(), headers={"Authorization": "Bearer k"})
        assert response.json() == {"body": "正文", "q": "问", "key": "Bearer k"}

    portal.call(tell)


def test_an_application_that_breaks_is_an_error_of_http(portal: BlockingPortal) -> None:
    async def tell() -> None:
        async with Story().client() as client:
            # Starlette answers 500 and raises on, as it does under a server.
            assert (await client.get("/broken")).status_code == 500
            with pytest.raises(httpx.RemoteProtocolError):
                await client.get("/breaks")

    portal.call(tell)
