"""Key facts, forbidden facts, and inventions."""

from collections.abc import Sequence

from eval.facts.invention import InventionCheck
from eval.scores import Pair, Scores, says, score_each
from ingest.corpus import Corpus


def score(pairs: Sequence[Pair], corpus: Corpus) -> Scores:
    """Share of the key facts that is said; whether a forbidden one is; whether anything is invented."""
    check = InventionCheck(corpus)
    return score_each(
        (pair for pair in pairs if pair[1].status is not None),
        {
            "key facts": (
                lambda pair: bool(pair[0].must_say),
                lambda item, reply: sum(says(reply.text, each) for each in item.must_say) / len(item.must_say),
            ),
            "forbidden facts": (
                lambda pair: bool(pair[0].must_not_say),
                lambda item, reply: says(reply.text, item.must_not_say),
            ),
            "inventions": (
                lambda pair: True,
                lambda item, reply: any(check.inventions(item.said, reply.text, len(reply.citations))),
            ),
        },
    )
