"""Other ways of fusing the same evidence, which the learned weights have to beat."""

from collections.abc import Callable

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from eval.fitting.conditional_logit import Example
from rag.fusion import FEATURES, Floats, Fusion, only

RRF_CONSTANT = 60
"""Cormack, Clarke, Büttcher (SIGIR 2009)."""

RANKABLE = tuple(name for name in FEATURES if name not in ("department", "level"))
"""Features that order all sources; the other two only tell some of them apart."""


def reciprocal_rank_fusion(item: Example) -> Floats:
    """Sum of 1 / (60 + rank) over all rankings."""
    columns = item.table[:, [FEATURES.index(name) for name in RANKABLE]]
    ranks = np.argsort(np.argsort(-columns, axis=0, kind="stable"), axis=0, kind="stable")
    scores: Floats = (1.0 / (RRF_CONSTANT + 1 + ranks)).sum(axis=1)
    return scores


def fused(fusion: Fusion) -> Callable[[Example], Floats]:
    """Weighted sum of z-scores."""
    return lambda item: fusion.combine(item.table, item.banked)


def equal_weights(item: Example) -> Floats:
    """Sum of all z-scores."""
    return fused(only(dict.fromkeys(RANKABLE, 1.0)))(item)


class Boosting:
    """Gradient-boosted trees over the features of one source, right or not."""

    def __init__(self, training: list[Example]) -> None:
        tables = np.concatenate([item.table for item in training])
        gold = np.concatenate([item.gold for item in training])
        self._model = HistGradientBoostingClassifier(max_depth=3, learning_rate=0.05, random_state=0).fit(tables, gold)

    def __call__(self, item: Example) -> Floats:
        """Log-odds of every source."""
        scores: Floats = self._model.decision_function(item.table)
        return scores
