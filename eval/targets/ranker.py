"""The product's own parts as targets: the same evidence, fused in plainer ways and in others."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from eval.dataset import Item
from eval.fitting.conditional_logit import Example, example, examples, fit_weights
from eval.targets.fusions import Boosting, equal_weights, fused, reciprocal_rank_fusion
from eval.targets.reply import Cited, Reply
from ingest.index import Index
from rag.fusion import Floats, default_fusion, only
from rag.sources import source_table

DEPTH = 10


class Ranker:
    """Ranks all sources by ``score`` and shows the first. It cannot say no."""

    def __init__(self, name: str, index: Index, score: Callable[[Example], Floats]) -> None:
        self.name = name
        self._index = index
        self._sources = cache(lambda notice: source_table(index, (notice,) if notice else None))
        self._score = score

    def ask(self, item: Item) -> Reply:
        """The ranking for the question alone: what was said before it is not understood."""
        started = time.perf_counter()
        sources = self._sources(item.notice)
        evidence = example(self._index, sources, item)
        order = np.argsort(-self._score(evidence), kind="stable")[:DEPTH]
        seconds = time.perf_counter() - started
        first, *_ = ranking = [sources.sources[row] for row in order]
        return Reply(
            id=item.id,
            seconds=seconds,
            citations=(Cited(first.key, first.lead),),
            ranking=tuple(source.key for source in ranking),
        )

    def close(self) -> None:
        """Nothing: the index belongs to the caller."""


def plain_rankers(index: Index) -> Sequence[Ranker]:
    """What the index in use can do without its bank, and without the verdicts."""
    return (
        Ranker("BM25", index, fused(only({"lexical_text": 1.0}))),
        Ranker("+ adapter", index, fused(default_fusion())),
    )


def unadapted_rankers(unadapted: Index, training: Sequence[Item]) -> Sequence[Ranker]:
    """The same with the packaged encoder as it is; the weights of ``+ bank`` are fitted for it."""
    weights = fit_weights(examples(unadapted, training))
    return (
        Ranker("dense", unadapted, fused(only({"dense_text": 1.0}))),
        Ranker("fusion", unadapted, fused(only({"lexical_text": 1.0, "dense_text": 1.0}))),
        Ranker("+ bank", unadapted, fused(replace(default_fusion(), weights=weights))),
    )


def exact_ranker(exact: Index) -> Ranker:
    """The index in full precision: what int8 costs."""
    return Ranker("fp32", exact, fused(default_fusion()))


def other_fusions(index: Index, training: Sequence[Item]) -> Sequence[Ranker]:
    """Other ways of fusing the evidence of the index in use, to be held against ``+ adapter``."""
    return (
        Ranker("RRF", index, reciprocal_rank_fusion),
        Ranker("equal weights", index, equal_weights),
        Ranker("boosted trees", index, Boosting(examples(index, training))),
    )
