"""The server process, and how it ends: no running answer is cut off, and nobody waits for pages that are only open."""

import asyncio
import signal
import socket
import time
from collections.abc import Callable
from types import FrameType

import uvicorn

from api.draining import Draining

LEAVING_S = 1.0
"""After SIGTERM requests are still taken for so long, while /readyz says no: whoever shares them out learns of it."""

REST_S = 3
"""What is left after the answers: pages that show them, and downloads."""

_LOOK_S = 0.1
_QUIET_S = 0.3
"""A page that has asked once may ask once more for the same answer."""


class Server(uvicorn.Server):
    """Ends by a signal with exit code 0, at most ``LEAVING_S + answers_s + REST_S`` seconds before the lifespan ends.

    ``close_pages`` ends the connections that open pages hold for ever.
    """

    def __init__(
        self, config: uvicorn.Config, draining: Draining, answers_s: float, close_pages: Callable[[], None]
    ) -> None:
        config.timeout_graceful_shutdown = REST_S
        super().__init__(config)
        self._draining = draining
        self._answers_s = answers_s
        self._close_pages = close_pages
        self._leaves_at_once = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Unlike uvicorn, do not raise the signal again in the end: whoever asked to end was obeyed."""
        self._leaves_at_once = sig == signal.SIGINT
        self.force_exit = self.should_exit and self._leaves_at_once
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say that the end has come, take no more, finish the answers, then everything else."""
        self._draining.is_begun = True
        if not self._leaves_at_once:
            await asyncio.sleep(LEAVING_S)
        for server in self.servers:
            server.close()
        await self._finish_answers()
        self._close_pages()
        await super().shutdown(sockets)

    async def _finish_answers(self) -> None:
        deadline = time.monotonic() + self._answers_s
        quiet_since = time.monotonic()
        while time.monotonic() < deadline and not self.force_exit:
            if self._draining.running:
                quiet_since = time.monotonic()
            elif time.monotonic() - quiet_since >= _QUIET_S:
                return
            await asyncio.sleep(_LOOK_S)
