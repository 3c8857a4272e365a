"""Fitting the weights of fusion and the verdict models on the training split; writes them as data with provenance.

    python -m eval.fit

The training split has writers of its own; no evaluation question is used.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

import rag
from eval.dataset import TRAINING_DIR, Item, load_items
from eval.held_out import folds, without_questions_of
from ingest.index import Index, open_index
from ingest.settings import load_settings
from rag.confidence import SIGNALS, language_group, signals
from rag.features import collect
from rag.fusion import FEATURES, TEXT_FEATURES, Floats, Fusion, Mask, standardise
from rag.question import read_question
from rag.retriever import HybridRetriever
from rag.sources import source_table

DATA_DIR = Path(rag.__file__).parent / "data"
NEAREST_QUESTIONS = 3
# Strengths of the L2 penalties: mild, so that a few hundred questions cannot carry a weight away.
FUSION_PENALTY, VERDICT_C = 0.01, 0.3
FOLDS = 10


def main() -> None:
    """Fit on the training split and write rag/data/fusion.json and rag/data/confidence.json."""
    index = open_index(load_settings())
    items = load_items(TRAINING_DIR)
    fusion = fit_fusion(index, [item for item in items if item.gold])
    _write(
        "fusion.json",
        {
            "provenance": _provenance("conditional logit over all sources, answerable questions only", items),
            "nearest_questions": fusion.nearest_questions,
            "weights": dict(zip(FEATURES, (round(weight, 4) for weight in fusion.weights), strict=True)),
            "unbanked": dict(zip(TEXT_FEATURES, (round(weight, 4) for weight in fusion.unbanked), strict=True)),
            "bias": round(fusion.bias, 4),
        },
    )
    items += [in_pinyin(item) for item in items if item.language == "zh"]
    verdicts: dict[str, object] = {
        "provenance": _provenance(
            f"logistic regression, C={VERDICT_C}, on standardised signals, by language group (the Chinese questions "
            f"once more in pinyin); threshold of the best balanced accuracy in {FOLDS}-fold cross-validation",
            items,
        ),
        "signals": list(SIGNALS),
    }
    _write("confidence.json", verdicts | fit_verdicts(index, items, fusion))


def in_pinyin(item: Item) -> Item:
    """The same question typed in pinyin."""
    return replace(item, question=" ".join(lazy_pinyin(item.question, errors="ignore")))


def fit_fusion(index: Index, items: Sequence[Item]) -> Fusion:
    """Weights that maximise the probability (softmax over all sources) of the gold source.

    First those of banked sources; then, those fixed, those of unbanked ones, fold by fold, with all banked
    questions of the fold's sources out of sight. Banked questions themselves are no examples: the adapter was
    trained on them, and weights fitted on them would trust it too much.
    """
    examples = _examples(index, items)

    def loss(weights: Floats) -> float:
        scores = (example.table @ weights for example in examples)
        return _surprise(scores, examples) + FUSION_PENALTY * float(weights @ weights)

    # More of any evidence never speaks against a source.
    bounds = [(0.0, None)] * len(FEATURES)
    weights = minimize(loss, np.full(len(FEATURES), 0.5), bounds=bounds).x

    unbanked_examples: list[_Example] = []
    for held in folds(index):
        held_items = [item for item in items if item.gold <= held]
        unbanked_examples += _examples(without_questions_of(index, held), held_items)

    def loss_unbanked(parameters: Floats) -> float:
        *unbanked, bias = parameters
        fusion = Fusion(tuple(weights), tuple(unbanked), bias, NEAREST_QUESTIONS)
        scores = (fusion.combine(example.table, example.banked) for example in unbanked_examples)
        return _surprise(scores, unbanked_examples) + FUSION_PENALTY * float(parameters @ parameters)

    start = np.append(weights[: len(TEXT_FEATURES)], 0.0)
    *unbanked, bias = minimize(loss_unbanked, start, bounds=[*bounds[: len(TEXT_FEATURES)], (None, None)]).x
    return Fusion(tuple(map(float, weights)), tuple(map(float, unbanked)), float(bias), NEAREST_QUESTIONS)


@dataclass(frozen=True, slots=True)
class _Example:
    """One question: standardised features of every source, which sources are banked, and which are right."""

    table: Floats
    banked: Mask
    gold: Mask


def _examples(index: Index, items: Sequence[Item]) -> list[_Example]:
    sources = source_table(index, None)
    examples = []
    for item in items:
        features, _ = collect(index, sources, read_question(item.question).text, None, NEAREST_QUESTIONS)
        is_gold = np.array([source.key in item.gold for source in sources.sources])
        examples.append(_Example(standardise(features, sources.banked), sources.banked, is_gold))
    return examples


def fit_verdicts(index: Index, items: Sequence[Item], fusion: Fusion) -> dict[str, object]:
    """For each language group, the models of both verdicts (covered; first candidate right) and the threshold."""
    retriever = HybridRetriever(index=index, k=2, fusion=fusion)
    questions = [read_question(item.question) for item in items]
    found = [retriever.candidates(question.text) for question in questions]
    table = np.array([signals(*pair) for pair in zip(questions, found, strict=True)])
    fitting = [item.gold | item.also_ok for item in items]
    covered = np.array([bool(keys) for keys in fitting])
    right = np.array([candidates[0].source.key in keys for candidates, keys in zip(found, fitting, strict=True)])
    groups = np.array([language_group(question) for question in questions])
    return {
        str(group): {
            "questions": int(rows.sum()),
            "threshold": _best_threshold(table[rows], covered[rows]),
            "covered": _fit_logistic(table[rows], covered[rows]),
            "right": _fit_logistic(table[rows], right[rows]),
        }
        for group in np.unique(groups)
        if (rows := groups == group).any()
    }


def _surprise(scores: Iterable[Floats], examples: Sequence[_Example]) -> float:
    """Mean negative log probability of the gold sources."""
    total = 0.0
    for score, example in zip(scores, examples, strict=True):
        shifted = np.exp(score - score.max())
        total += float(np.log(shifted.sum()) - np.log(shifted[example.gold].sum()))
    return total / len(examples)


def _model() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=VERDICT_C, max_iter=1000))


def _best_threshold(table: Floats, covered: NDArray[np.bool_]) -> float:
    probabilities = cross_val_predict(_model(), table, covered, cv=FOLDS, method="predict_proba")[:, 1]
    grid = np.arange(0.3, 0.91, 0.05)
    balanced = [balanced_accuracy_score(covered, probabilities >= threshold) for threshold in grid]
    return round(float(grid[int(np.argmax(balanced))]), 2)


def _fit_logistic(table: Floats, target: NDArray[np.bool_]) -> dict[str, object]:
    scaler, model = _model().fit(table, target)
    return {
        "mean": scaler.mean_.round(5).tolist(),
        "scale": np.maximum(scaler.scale_, 1e-5).round(5).tolist(),
        "weights": model.coef_[0].round(5).tolist(),
        "bias": round(float(model.intercept_[0]), 5),
    }


def _provenance(method: str, items: Sequence[Item]) -> str:
    return f"python -m eval.fit: {method}; {len(items)} training questions of eval/training (writers of their own)"


def _write(name: str, data: dict[str, object]) -> None:
    (DATA_DIR / name).write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
