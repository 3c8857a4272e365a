"""Language models in the terminal: for drafts, which nobody waits for and somebody reviews."""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

from ingest.settings import Settings
from rag.model import ModelServers, needed_models

PATIENCE_S = 120.0
"""A server that says nothing for so long is given up; a large model on a small machine takes its time."""


@asynccontextmanager
async def drafting_models(settings: Settings) -> AsyncIterator[ModelServers]:
    """The models that are set, closed at the end. Raises SettingsError if there is none."""
    patient = settings.model_copy(update={"llm_timeout_s": max(PATIENCE_S, settings.llm_timeout_s)})
    async with aclosing(needed_models(patient)) as models:
        yield models
