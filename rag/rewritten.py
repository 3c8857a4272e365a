"""Search queries that a language model made of a question join it in the search; it stays what is asked."""

from collections.abc import Sequence

from rag.blending import blend
from rag.candidate import Candidate

OWN_SAY = 0.8
"""The question's own part in the ranking: so much that a model that misses the point does not turn a refusal round.

Given queries for something else, 2 of 406 trials with training questions outside the notice were no longer refused, at
0.7 it were 49. Apt queries, written by hand, put 18 of 18 unclear training questions right at 0.8 as at 0.5; 10 alone.
"""


def rewritten(alone: Sequence[Candidate], of_queries: Sequence[Sequence[Candidate]]) -> list[Candidate]:
    """The ranking of a question blended with the mean of those of its queries; at least one."""
    share = (1.0 - OWN_SAY) / len(of_queries)
    return blend([alone, *of_queries], [OWN_SAY, *[share] * len(of_queries)])
