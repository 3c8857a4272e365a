"""Search queries that a language model made of a question join it in the search; it stays the question that is asked."""

from collections.abc import Sequence

from rag.blending import blend
from rag.candidate import Candidate

OWN_SAY = 0.6
"""The question's own part in the ranking."""


def rewritten(alone: Sequence[Candidate], of_queries: Sequence[Sequence[Candidate]]) -> list[Candidate]:
    """The ranking of a question blended with the mean of those of its queries; at least one."""
    share = (1.0 - OWN_SAY) / len(of_queries)
    return blend([alone, *of_queries], [OWN_SAY, *[share] * len(of_queries)])
