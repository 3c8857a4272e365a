"""What is measured: the product, the plain baselines it has to beat, and the product without parts of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from eval.dataset import Item
from eval.held_out import folds, without_questions_of
from ingest.index import Index
from rag.answer import Status
from rag.chain import AnswerChain, AskRequest
from rag.features import collect
from rag.fusion import FEATURES, Fusion, default_fusion, only
from rag.question import read_question
from rag.retriever import HybridRetriever
from rag.sources import source_table

DEPTH = 10
RRF_CONSTANT = 60
"""Cormack, Clarke, Büttcher (SIGIR 2009)."""

RANKABLE = tuple(name for name in FEATURES if name not in ("department", "level"))
"""Features that order all sources; the other two only tell some of them apart."""


@dataclass(frozen=True, slots=True)
class Response:
    """What a system made of one question: source keys best first, leads of the first, and its status.

    ``status`` and ``confidence`` are None for a bare ranker, which has no way to say no or to doubt.
    """

    ranking: tuple[str, ...]
    lead: tuple[str, ...]
    status: Status | None = None
    confidence: float | None = None


System = Callable[[Item], Response]


def systems(index: Index) -> Mapping[str, System]:
    """By name: baselines over the notice's text, plain fusions of all evidence, the product, and its ablations."""
    return {
        "BM25": _ranker(index, only({"lexical_text": 1.0})),
        "dense": _ranker(index, only({"dense_text": 1.0})),
        "BM25+dense": _ranker(index, only({"lexical_text": 1.0, "dense_text": 1.0})),
        "RRF": _reciprocal_rank_fusion(index),
        "equal": _ranker(index, only(dict.fromkeys(RANKABLE, 1.0))),
        "no bank": _unbanked(index),
        "product": _product(index),
    }


def _ranker(index: Index, fusion: Fusion) -> System:
    retriever = HybridRetriever(index=index, k=DEPTH, fusion=fusion)

    def respond(item: Item) -> Response:
        candidates = retriever.candidates(read_question(item.question).text)
        return Response(tuple(found.source.key for found in candidates), candidates[0].source.lead)

    return respond


def _reciprocal_rank_fusion(index: Index) -> System:
    """Sum of 1 / (60 + rank) over all rankings."""
    table = source_table(index, None)
    columns = [FEATURES.index(name) for name in RANKABLE]

    def respond(item: Item) -> Response:
        features, _ = collect(index, table, read_question(item.question).text, None, nearest_questions=3)
        ranks = np.argsort(np.argsort(-features[:, columns], axis=0, kind="stable"), axis=0, kind="stable")
        order = np.argsort(-(1.0 / (RRF_CONSTANT + 1 + ranks)).sum(axis=1), kind="stable")[:DEPTH]
        found = [table.sources[row] for row in order]
        return Response(tuple(source.key for source in found), found[0].lead)

    return respond


def _unbanked(index: Index) -> System:
    """The product as it meets a source that nobody has asked about yet: the gold source's bank is out of sight."""
    rankers = {part: _ranker(without_questions_of(index, part), default_fusion()) for part in folds(index)}

    def respond(item: Item) -> Response:
        part = next((part for part in rankers if item.gold & part), frozenset())
        return rankers.get(part, next(iter(rankers.values())))(item)

    return respond


def _product(index: Index) -> System:
    rank = _ranker(index, default_fusion())
    chain = AnswerChain(index)

    def respond(item: Item) -> Response:
        answer = chain.answer(AskRequest(item.question))
        cited = tuple(citation.source for citation in answer.citations)
        ranking = (*(source.key for source in cited), *rank(item).ranking)
        lead = cited[0].lead if cited else ()
        return Response(tuple(dict.fromkeys(ranking)), lead, answer.status, answer.confidence)

    return respond
