"""What is measured: the product, and the plain baselines it has to beat."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ingest.index import Index
from rag.answer import Status
from rag.chain import AnswerChain, AskRequest
from rag.fusion import FEATURES, Fusion, default_fusion
from rag.question import read_question
from rag.retriever import HybridRetriever

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Response:
    """What a system made of one question: source keys best first, leads of the first, and its status.

    ``status`` is None for a bare ranker, which has no way to say no.
    """

    ranking: tuple[str, ...]
    lead: tuple[str, ...]
    status: Status | None


System = Callable[[str], Response]


def systems(index: Index) -> Mapping[str, System]:
    """BM25 alone, dense alone, both over the notice's text only, and the full hybrid with its verdicts."""
    return {
        "BM25": _ranker(index, lexical_text=1.0),
        "dense": _ranker(index, dense_text=1.0),
        "BM25 + dense": _ranker(index, lexical_text=1.0, dense_text=1.0),
        "hybrid": _product(index),
    }


def _ranker(index: Index, **weights: float) -> System:
    fusion = Fusion(tuple(weights.get(name, 0.0) for name in FEATURES), nearest_questions=1)
    return _ranking_system(HybridRetriever(index=index, k=DEPTH, fusion=fusion))


def _ranking_system(retriever: HybridRetriever) -> System:
    def respond(question: str) -> Response:
        candidates = retriever.candidates(read_question(question).text)
        return Response(tuple(found.source.key for found in candidates), candidates[0].source.lead, status=None)

    return respond


def _product(index: Index) -> System:
    rank = _ranking_system(HybridRetriever(index=index, k=DEPTH, fusion=default_fusion()))
    chain = AnswerChain(index)

    def respond(question: str) -> Response:
        answer = chain.answer(AskRequest(question))
        cited = tuple(citation.source for citation in answer.citations)
        ranking = (*(source.key for source in cited), *rank(question).ranking)
        lead = cited[0].lead if cited else ()
        return Response(tuple(dict.fromkeys(ranking)), lead, answer.status)

    return respond
