"""Ranking metrics by ir-measures over the questions that seek a source, each alone (no conversation)."""

from collections.abc import Sequence

from ir_measures import RR, Qrel, ScoredDoc, Success, iter_calc, nDCG

from eval.scores import Pair, Scores
from ingest.corpus import Corpus

GOLD, REASONABLE = 2, 1
"""Relevance of a source that must be cited, and of one that may be."""

METRICS = {
    "hit@1": Success(rel=GOLD) @ 1,
    "hit@1 (reasonable)": Success(rel=REASONABLE) @ 1,
    "hit@5": Success(rel=GOLD) @ 5,
    "MRR": RR(rel=GOLD) @ 10,
    "nDCG@5": nDCG @ 5,
}


def score(pairs: Sequence[Pair], _: Corpus) -> Scores:
    """Values of every ranking metric; a question of which nothing was found counts 0."""
    sought = [(item, reply) for item, reply in pairs if item.gold and not item.history and not item.is_of_catalogue]
    relevant = [
        Qrel(item.id, key, GOLD if key in item.gold else REASONABLE) for item, _ in sought for key in item.fitting
    ]
    found = [
        ScoredDoc(item.id, key, -float(place)) for item, reply in sought for place, key in enumerate(reply.ranking)
    ]
    scores: dict[str, dict[str, float]] = {
        name: dict.fromkeys((item.id for item, _ in sought), 0.0) for name in METRICS
    }
    names = {str(measure): name for name, measure in METRICS.items()}
    for each in iter_calc(list(METRICS.values()), relevant, found):
        scores[names[str(each.measure)]][each.query_id] = each.value
    return scores
