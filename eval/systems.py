"""What is measured: the product from its plainest parts up, and other ways of fusing the same evidence."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from eval.conditional_logit import Example, example, examples, fit_weights
from eval.dataset import Item
from eval.fusions import Boosting, equal_weights, fused, reciprocal_rank_fusion
from ingest.index import Index
from rag.answer import Status
from rag.chain import AnswerChain
from rag.fusion import Floats, default_fusion, only
from rag.question import read_question
from rag.retriever import HybridRetriever
from rag.sources import SourceTable, source_table
from rag.turn import AskRequest

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Response:
    """What a system made of one question: source keys best first, leads of the first, and its status.

    ``status`` and ``confidence`` are None for a bare ranker, which has no way to say no or to doubt; neither has it
    ``cited`` anything: the part of the ranking that the person gets to see.
    """

    ranking: tuple[str, ...]
    lead: tuple[str, ...]
    status: Status | None = None
    confidence: float | None = None
    cited: tuple[str, ...] = ()


System = Callable[[Item], Response]


def ablation(index: Index, unadapted: Index | None, training: Sequence[Item]) -> Mapping[str, System]:
    """The product from its plainest parts up; each column adds one.

    ``unadapted`` is the index without the adapter; without it the columns that need it are left out.
    """
    adapted = _evidence(index)
    return {
        "BM25": _ranker(adapted, fused(only({"lexical_text": 1.0}))),
        **(_without_adapter(unadapted, training) if unadapted else {}),
        "+ adapter": _ranker(adapted, fused(default_fusion())),
        "product": _product(index),
    }


def _without_adapter(unadapted: Index, training: Sequence[Item]) -> Mapping[str, System]:
    plain = _evidence(unadapted)
    weights = fit_weights(examples(unadapted, training))
    return {
        "dense": _ranker(plain, fused(only({"dense_text": 1.0}))),
        "fusion": _ranker(plain, fused(only({"lexical_text": 1.0, "dense_text": 1.0}))),
        "+ bank": _ranker(plain, fused(replace(default_fusion(), weights=weights))),
    }


def fusions(index: Index, training: Sequence[Item]) -> Mapping[str, System]:
    """Ways of fusing the same evidence; without training items none that has to be fitted."""
    evidence = _evidence(index)
    boosted = {"boosted trees": _ranker(evidence, Boosting(examples(index, training)))} if training else {}
    return {
        "RRF": _ranker(evidence, reciprocal_rank_fusion),
        "equal weights": _ranker(evidence, equal_weights),
        **boosted,
        "learned weights": _ranker(evidence, fused(default_fusion())),
    }


Evidence = Callable[[Item], tuple[SourceTable, Example]]


def _evidence(index: Index) -> Evidence:
    """The features of a question, collected once for all systems that use this index."""
    sources = source_table(index, None)
    return cache(lambda item: (sources, example(index, sources, item)))


def _ranker(evidence: Evidence, score: Callable[[Example], Floats]) -> System:
    def respond(item: Item) -> Response:
        sources, found = evidence(item)
        order = np.argsort(-score(found), kind="stable")[:DEPTH]
        ranking = [sources.sources[row] for row in order]
        return Response(tuple(source.key for source in ranking), ranking[0].lead)

    return respond


def _product(index: Index) -> System:
    retriever = HybridRetriever(index=index, k=DEPTH)
    chain = AnswerChain(index)

    def respond(item: Item) -> Response:
        answer = chain.answer(AskRequest(item.question))
        cited = tuple(citation.source for citation in answer.citations)
        ranking = (*cited, *(found.source for found in retriever.candidates(read_question(item.question).text)))
        lead = cited[0].lead if cited else ()
        keys = dict.fromkeys(source.key for source in ranking)
        return Response(tuple(keys), lead, answer.status, answer.confidence, tuple(source.key for source in cited))

    return respond


def agreement(index: Index, other: Index, items: Iterable[Item]) -> Iterator[bool]:
    """For each item, whether both indexes put the same source first."""
    ours, theirs = (_ranker(_evidence(each), fused(default_fusion())) for each in (index, other))
    return (ours(item).ranking[0] == theirs(item).ranking[0] for item in items)
