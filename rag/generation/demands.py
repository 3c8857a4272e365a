"""The demands of a ticket as a language model reads them: excerpts, which are votes (rag.ticket), never new words."""

from rag.generation.listed import listed
from rag.model import ModelServers
from rag.question import normalised

MAX_EXCERPTS = 8
MOST = 0.6
"""Excerpts that are more of a ticket copy it and point out nothing; no training ticket has so much of demands."""

MAX_TOKENS = 400
"""Eight excerpts of fifty characters take no more."""


async def demand_excerpts(models: ModelServers, masked: str, within_s: float) -> tuple[str, ...]:
    """What a model points out in a masked ticket; only what stands in it word for word, blanks aside.

    Nothing if the model fails, is late, or copies the ticket.
    """
    ticket = _compared(masked)
    lines = await listed(models, "demands", masked, MAX_TOKENS, within_s)
    excerpts = {words: line for line in lines if (words := _compared(line)) and words in ticket}
    is_copy = sum(map(len, excerpts)) > MOST * len(ticket)
    return () if is_copy else tuple(excerpts.values())[:MAX_EXCERPTS]


def _compared(text: str) -> str:
    return "".join(normalised(text).split())
