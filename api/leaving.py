"""Callers who leave before they are answered."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import create_task_group
from fastapi import Request


@asynccontextmanager
async def while_waited_for(request: Request) -> AsyncIterator[None]:
    """Ends what is inside, in the middle of it, when the caller leaves. The body must have been read."""
    async with create_task_group() as group:

        async def watch() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            group.cancel_scope.cancel()

        group.start_soon(watch)
        yield
        group.cancel_scope.cancel()
