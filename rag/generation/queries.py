"""A messy question as search queries in the words of a notice: they join the question in the search (rag.rewritten)."""

from anyio.to_thread import run_sync

from rag.generation.listed import listed
from rag.model import ModelServers
from rag.privacy import mask, unmarked
from rag.question import normalised

MAX_QUERIES, MAX_LENGTH = 3, 60
MAX_TOKENS = 150
"""Three queries of thirty characters take no more."""

DEADLINE_SHARE = 1 / 3
"""The part of llm_deadline_s that rewriting may take: the question is not even searched for by then."""


async def search_queries(models: ModelServers, question: str, within_s: float) -> tuple[str, ...]:
    """One to three queries for a question, which is masked first; none if the model fails or is late."""
    lines = await listed(models, "queries", await run_sync(mask, question), MAX_TOKENS, within_s)
    queries = (normalised(unmarked(line))[:MAX_LENGTH] for line in lines)
    return tuple(dict.fromkeys(filter(None, queries)))[:MAX_QUERIES]
