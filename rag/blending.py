"""One ranking from several."""

from collections.abc import Sequence
from dataclasses import replace

from rag.candidate import Candidate


def blend(rankings: Sequence[Sequence[Candidate]], weights: Sequence[float]) -> list[Candidate]:
    """The sources of all rankings by their weighted fused scores; what else is known of one is from the first ranking.

    A source that a ranking does not reach scores there as its last one.
    """
    found = {each.source_id: each for ranking in reversed(rankings) for each in ranking}
    scores = [{each.source_id: each.fused for each in ranking} for ranking in rankings]
    lasts = [ranking[-1].fused for ranking in rankings]
    totals = {
        source_id: sum(
            weight * score.get(source_id, last) for weight, score, last in zip(weights, scores, lasts, strict=True)
        )
        for source_id in found
    }
    ranked = sorted(found.values(), key=lambda each: -totals[each.source_id])
    return [replace(each, fused=totals[each.source_id]) for each in ranked]
