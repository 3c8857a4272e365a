"""What a language model points out in a ticket before it is worked through, where the settings let it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from api.contract import AssistBody
from api.leaving import while_waited_for
from api.model_use import models_for
from ingest.settings import Settings
from rag.generation.demands import demand_excerpts
from rag.privacy import mask


@dataclass(frozen=True, slots=True)
class Excerpts:
    """The excerpts, and how long they were waited for; None where no model was asked."""

    texts: tuple[str, ...] = ()
    waited_ms: float | None = None

    def timings_ms(self, worked: Mapping[str, float]) -> Mapping[str, float]:
        """The timings of a ticket, with the wait before it was worked through."""
        if self.waited_ms is None:
            return worked
        return {"excerpt": self.waited_ms, **worked, "total": round(self.waited_ms + worked["total"], 3)}


async def _get_excerpts(body: AssistBody, request: Request) -> Excerpts:
    models = models_for("demands", request)
    if models is None:
        return Excerpts()
    settings: Settings = request.app.state.settings
    started, texts = time.perf_counter(), tuple[str, ...]()
    masked = await run_in_threadpool(mask, body.text)
    async with while_waited_for(request):
        texts = await demand_excerpts(models, masked, settings.llm_deadline_s)
    return Excerpts(texts, round((time.perf_counter() - started) * 1000, 3))


ExcerptsDep = Annotated[Excerpts, Depends(_get_excerpts)]
"""The excerpts for the ticket of a request."""
