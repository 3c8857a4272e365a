"""Learning the weights of fusion: those that make the gold source most probable among all sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from eval.dataset import Item
from ingest.index import Index
from rag.features import collect
from rag.fusion import FEATURES, TEXT_FEATURES, Floats, Fusion, Mask, standardise
from rag.question import read_question
from rag.sources import SourceTable, source_table

NEAREST_QUESTIONS = 3
# Strength of the L2 penalty: mild, so that a few hundred questions cannot carry a weight away.
PENALTY = 0.01
# More of any evidence never speaks against a source.
_BOUNDS = [(0.0, None)] * len(FEATURES)


@dataclass(frozen=True, slots=True)
class Example:
    """One question: standardised features of every source, which sources are banked, and which are right."""

    table: Floats
    banked: Mask
    gold: Mask


def example(index: Index, sources: SourceTable, item: Item) -> Example:
    """The evidence that ``index`` has for one item."""
    found = collect(index, sources, read_question(item.question).text, NEAREST_QUESTIONS)
    is_gold = np.array([source.key in item.gold for source in sources.sources])
    return Example(standardise(found.features, sources.banked), sources.banked, is_gold)


def examples(index: Index, items: Sequence[Item]) -> list[Example]:
    """The answerable items as examples."""
    sources = source_table(index, None)
    return [example(index, sources, item) for item in items if item.gold]


def fit_weights(items: Sequence[Example]) -> tuple[float, ...]:
    """Weights of the features of banked sources.

    Banked questions themselves are no examples: the adapter was trained on them, and weights fitted on them
    would trust it too much.
    """

    def loss(weights: Floats) -> float:
        return _surprise((item.table @ weights for item in items), items) + PENALTY * float(weights @ weights)

    return tuple(map(float, minimize(loss, np.full(len(FEATURES), 0.5), bounds=_BOUNDS).x))


def fit_unbanked(items: Sequence[Example], weights: tuple[float, ...]) -> tuple[tuple[float, ...], float]:
    """Weights and bias of sources without banked questions, beside others that keep ``weights``."""

    def loss(parameters: Floats) -> float:
        *unbanked, bias = parameters
        fusion = Fusion(weights, tuple(unbanked), bias, NEAREST_QUESTIONS)
        scores = (fusion.combine(item.table, item.banked) for item in items)
        return _surprise(scores, items) + PENALTY * float(parameters @ parameters)

    start = np.append(weights[: len(TEXT_FEATURES)], 0.0)
    *unbanked, bias = minimize(loss, start, bounds=[*_BOUNDS[: len(TEXT_FEATURES)], (None, None)]).x
    return tuple(map(float, unbanked)), float(bias)


def _surprise(scores: Iterable[Floats], items: Sequence[Example]) -> float:
    """Mean negative log probability (softmax over all sources) of the gold sources."""
    total = 0.0
    for score, item in zip(scores, items, strict=True):
        shifted = np.exp(score - score.max())
        total += float(np.log(shifted.sum()) - np.log(shifted[item.gold].sum()))
    return total / len(items)
