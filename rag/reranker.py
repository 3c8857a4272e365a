"""Reranking the best candidates with any sentence-transformers CrossEncoder. Off unless a model is set."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import SettingsError
from ingest.settings import Settings
from rag.candidate import Candidate

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

DEPTH = 10
"""How many candidates are reranked; the rest keep their places behind them."""


class Reranker:
    """Orders candidates by a CrossEncoder's score of question and source text."""

    def __init__(self, model: "CrossEncoder") -> None:
        self._model = model

    def rerank(self, text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The same candidates, the first DEPTH of them in the model's order. Their fused scores stay as they were."""
        head, tail = candidates[:DEPTH], candidates[DEPTH:]
        pairs = [(text, f"{candidate.source.title}。{candidate.source.text}") for candidate in head]
        order = np.argsort(-np.asarray(self._model.predict(pairs)), kind="stable")
        return [*(head[place] for place in order), *tail]


def open_reranker(settings: Settings) -> Reranker | None:
    """The configured reranker, or None. Raises SettingsError if the model cannot be loaded."""
    if not settings.reranker:
        return None
    # torch and its kin take seconds to import; without a reranker the server never does.
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(settings.reranker, device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        raise SettingsError(f"打不开重排模型“{settings.reranker}”:{error}。", "请检查 POLICYQA_RERANKER。") from error
    return Reranker(model)
