"""The demands of a ticket as a language model reads them: excerpts, which are votes (rag.ticket), never new words."""

from rag.generation.listed import listed
from rag.model import ModelServers
from rag.question import normalised

MAX_EXCERPTS = 8
MAX_TOKENS = 400
"""Eight excerpts of fifty characters take no more."""


async def demand_excerpts(models: ModelServers, masked: str, within_s: float) -> tuple[str, ...]:
    """What a model points out in a masked ticket; only what stands in it word for word, blanks aside.

    None if the model fails or is late.
    """
    ticket = _compared(masked)
    lines = await listed(models, "demands", masked, MAX_TOKENS, within_s)
    excerpts = dict.fromkeys(line for line in lines if _compared(line) in ticket)
    return tuple(excerpts)[:MAX_EXCERPTS]


def _compared(text: str) -> str:
    return "".join(normalised(text).split())
