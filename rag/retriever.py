"""Hybrid retrieval: dense and lexical evidence of text and question bank, fused per source."""

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from ingest.index import Index
from ingest.index.passages import notice_of
from rag.candidate import Candidate
from rag.features import collect, sentence_cosines
from rag.fusion import FEATURES, Fusion, default_fusion
from rag.reranker import DEPTH, Reranker
from rag.sources import SourceTable, source_table

_REMEMBERED = 16
"""Tables of so many scopes are kept: a handful of regions is asked about again and again."""


class HybridRetriever(BaseRetriever):
    """Sources for a question, best first, each once. ``k`` is how many are returned."""

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    index: Index
    k: int = 5
    fusion: Fusion = Field(default_factory=default_fusion)
    reranker: Reranker | None = None

    def candidates(self, text: str, scope: tuple[str, ...] | None = None, k: int | None = None) -> list[Candidate]:
        """The best candidates for ``text``, of the notices in ``scope`` (ids; None: of all). Raises UnknownNotice."""
        table = self._table(scope)
        found = collect(self.index, table, text, self.fusion.nearest_questions)
        fused = self.fusion.fuse(found.features, table.banked) - table.handicaps
        sentences = sentence_cosines(found.passages)
        wanted = k or self.k
        candidates = [
            Candidate(
                source_id=table.ids[row],
                source=table.sources[row],
                fused=float(fused[row]),
                features=dict(zip(FEATURES, found.features[row].tolist(), strict=True)),
                sentence_cosines=sentences.get(table.ids[row], {}),
                outside=found.outside,
                has_bank=bool(self.index.corpus.notice(notice_of(table.ids[row])).banked_keys),
            )
            for row in np.argsort(-fused, kind="stable")[: max(wanted, DEPTH) if self.reranker else wanted]
        ]
        return self.reranker.rerank(text, candidates)[:wanted] if self.reranker else candidates

    @cached_property
    def _table(self) -> Callable[[tuple[str, ...] | None], SourceTable]:
        return lru_cache(maxsize=_REMEMBERED)(lambda scope: source_table(self.index, scope))

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
