"""Hybrid retrieval: dense and lexical evidence of text and question bank, fused per source."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
from chromadb.api.models.Collection import Collection
from chromadb.api.types import Where
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from ingest.encoder import Vectors
from ingest.index import Index
from ingest.lexicon import tokenize
from ingest.passages import sentence_position, source_id_of
from rag.candidate import Candidate
from rag.fusion import FEATURES, Floats, Fusion, default_fusion
from rag.level import level_match

NEAREST = 120
"""How many passages, and how many banked questions, are fetched from Chroma for one question."""


class HybridRetriever(BaseRetriever):
    """Sources for a question, best first, each once. ``k`` is how many are returned."""

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    index: Index
    k: int = 5
    fusion: Fusion = Field(default_factory=default_fusion)

    def candidates(self, text: str, notice_id: str | None = None, k: int | None = None) -> list[Candidate]:
        """The best candidates for ``text``, of one notice or of all. Raises UnknownNotice."""
        if notice_id:
            self.index.corpus.notice(notice_id)
        vector = self.index.encoder.encode_queries([text])
        tokens = tokenize(text)
        passages = _nearest(self.index.passages, vector, notice_id)
        questions = _nearest(self.index.questions, vector, notice_id)
        source_ids = [
            source_id
            for source_id in self.index.lexicon.source_ids
            if notice_id in (None, source_id.rpartition("/")[0])
        ]
        sources = [self.index.corpus.source(source_id) for source_id in source_ids]
        columns = (
            _best(passages, source_ids, 1),
            _best(questions, source_ids, self.fusion.nearest_questions),
            self._lexical(self.index.lexicon.scores(tokens), source_ids),
            self._lexical(self.index.bank.scores(tokens), source_ids),
            np.array([level_match(text, source.kind) for source in sources]),
        )
        features = np.stack(columns, axis=1)
        fused = self.fusion.fuse(features)
        sentences = _sentence_cosines(passages)
        return [
            Candidate(
                source_id=source_ids[row],
                source=sources[row],
                fused=float(fused[row]),
                features=dict(zip(FEATURES, features[row].tolist(), strict=True)),
                sentence_cosines=sentences.get(source_ids[row], {}),
            )
            for row in np.argsort(-fused, kind="stable")[: k or self.k]
        ]

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        **kwargs: Any,  # noqa: ANN401 - as in the base class
    ) -> list[Document]:
        found = self.candidates(query, **kwargs)
        return [
            Document(
                id=candidate.source_id,
                page_content=candidate.source.text,
                metadata={
                    "source": candidate.source_id,
                    "title": candidate.source.title,
                    "lead": list(candidate.source.lead),
                    "score": candidate.fused,
                },
            )
            for candidate in found
        ]

    def _lexical(self, scores: Vectors, source_ids: Iterable[str]) -> Floats:
        rows = [self.index.lexicon.row[source_id] for source_id in source_ids]
        return scores[rows].astype(np.float64)


Hits = list[tuple[str, float]]


def _nearest(collection: Collection, vector: Vectors, notice_id: str | None) -> Hits:
    """Passage ids with their cosines, nearest first."""
    where: Where | None = {"notice": notice_id} if notice_id else None
    found = collection.query(query_embeddings=vector, n_results=NEAREST, where=where, include=["distances"])
    distances = found["distances"]
    assert distances is not None
    return [(name, 1.0 - distance) for name, distance in zip(found["ids"][0], distances[0], strict=True)]


def _best(hits: Hits, source_ids: list[str], count: int) -> Floats:
    """Mean cosine of the ``count`` nearest passages of each source.

    A passage that was not fetched is at most as near as the farthest that was, and counts as that.
    """
    floor = hits[-1][1] if hits else 0.0
    cosines: defaultdict[str, list[float]] = defaultdict(list)
    for passage_id, cosine in hits:
        cosines[source_id_of(passage_id)].append(cosine)
    return np.array([np.mean((cosines[source_id] + [floor] * count)[:count]) for source_id in source_ids])


def _sentence_cosines(hits: Hits) -> dict[str, dict[int, float]]:
    found: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for passage_id, cosine in hits:
        position = sentence_position(passage_id)
        if position is not None:
            found[source_id_of(passage_id)][position] = cosine
    return dict(found)
