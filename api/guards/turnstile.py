"""How many answers are worked on at once. The others wait their turn, first come first served.

Threads that share two processors among thirty answers make all thirty late, and keep everything else from running.
"""

import os
from collections.abc import Callable
from typing import Annotated, TypeVar, TypeVarTuple

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import Depends, Request

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")
AT_ONCE = len(os.sched_getaffinity(0)) + 1
"""One for each processor, and one more while another waits for a disk or a server."""


class Turnstile:
    """Lets so much work in at once."""

    def __init__(self) -> None:
        self._limiter = CapacityLimiter(AT_ONCE)

    async def run(self, work: Callable[[*Arguments], Result], *arguments: *Arguments) -> Result:
        """Do a piece of work in a thread, when its turn comes."""
        return await run_sync(work, *arguments, limiter=self._limiter)


async def _get_turnstile(request: Request) -> Turnstile:
    turnstile: Turnstile = request.app.state.turnstile
    return turnstile


TurnstileDep = Annotated[Turnstile, Depends(_get_turnstile)]
"""The turnstile of the application, as a FastAPI dependency."""
